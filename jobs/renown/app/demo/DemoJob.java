package renown.app.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.PublishedMarts;
import renown.ask.sql.ResultFormat;
import renown.lake.Lake;
import renown.lake.s3.EmbeddedS3;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.run.Sessions;

/** Demonstrates the whole product on one machine in a few minutes, with no input. */
@Command(
    name = "demo",
    description = {
      "Starts an S3 server on this machine, generates a small society, runs two nights from"
          + " S3 to S3",
      "and shows the results. The server is stopped at the end; the lake stays available for"
          + " queries.",
      "Accepts the keys of generate and nightly, except those that define the demo."
    })
public final class DemoJob implements Job {
  private static final String CAMPAIGN = "climate: topic=climate, seats=5";

  static final LocalDate FIRST_DATE = LocalDate.of(2026, 1, 5);

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "400",
      description =
          "Accounts of the society on each of its two networks. Default:" + " ${DEFAULT-VALUE}.")
  private int accounts;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Days of dumps, at least 2: the first night loads all but the last day, the second"
              + " night the last. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Folder for the S3 server's files; emptied first. Default: target/demo.")
  private Path folder;

  private final Job generate;
  private final Job nightly;
  private final PrintStream out;

  /**
   * @param generate writes dumps
   * @param nightly runs nights
   */
  public DemoJob(Job generate, Job nightly, PrintStream out) {
    this.generate = generate;
    this.nightly = nightly;
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public void run(RunContext context) throws Exception {
    if (days < 2) {
      throw RenownException.configuration("--days %s: it must be at least 2.", days);
    }
    Map<String, String> chosen = settings(context.config());
    Path home = folder == null ? EmbeddedS3.buildFolder().resolve("demo") : folder;
    Path buckets = home.resolve("s3");
    FileUtils.deleteDirectory(buckets.toFile());
    Optional<String> card;
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(buckets)) {
      context.progress().say("The S3 server listens at %s.", s3.endpoint());
      s3.createBucket("raw");
      s3.createBucket("lake");
      Map<String, String> settings = new TreeMap<>(s3.sparkSettings());
      settings.putAll(chosen);
      try (Sessions sessions = new Sessions(config(nightly, settings), this)) {
        run(generate, settings, Optional.empty(), context, sessions);
        run(nightly, settings, Optional.of(FIRST_DATE.plusDays(days - 2L)), context, sessions);
        settings.putIfAbsent("campaign.nightly", CAMPAIGN);
        run(nightly, settings, Optional.of(FIRST_DATE.plusDays(days - 1L)), context, sessions);
        card = show(new Lake(sessions.session(), "s3a://lake/"));
      }
    }
    out.println();
    out.println("The S3 server is stopped. Its files are the lake; to query it:");
    Path lake = buckets.resolve("lake").toAbsolutePath().normalize();
    List<String> commands = new ArrayList<>(card.stream().toList());
    commands.addAll(
        List.of(
            "sql \"SELECT * FROM mart_top_sources LIMIT 5\"",
            "top --topic climate --kind person --lang es",
            "campaign --topic climate --seats 10",
            "report --topic-words"));
    for (String command : commands) {
      out.printf("  scripts/submit.sh %s --set lake.root=%s%n", command, lake);
    }
    out.println("Tables are documented in jobs/renown/tables/DICTIONARY.md.");
  }

  /**
   * What the demo runs its jobs with, except for how S3 is reached: the caller's settings win over
   * its own, where they can.
   *
   * @throws RenownException for a key that the demo must set itself or that neither job has
   */
  Map<String, String> settings(Config config) {
    Map<String, String> itsOwn =
        Map.of(
            "raw.root",
            "s3a://raw/",
            "lake.root",
            "s3a://lake/",
            "truth.root",
            "s3a://raw/_truth",
            "generate.accounts",
            Integer.toString(accounts),
            "generate.days",
            Integer.toString(days),
            "generate.first-date",
            FIRST_DATE.toString());
    String instead = " (--accounts, --days and --folder say how large the demo is and where)";
    Map<String, String> given =
        config.handedOn(
            "the demo",
            new TreeMap<>(Map.of("generate", generate, "nightly", nightly)),
            itsOwn.keySet().stream().collect(Collectors.toMap(name -> name, name -> instead)));
    Map<String, String> settings = new TreeMap<>();
    settings.put("consent.opt-outs", "s3a://raw/_truth/opt-outs.tsv");
    settings.put("score.reference-accounts-min", "100");
    settings.put("night.stages-at-once", "3");
    settings.putAll(config.sparkSettings());
    settings.putAll(given);
    settings.putAll(itsOwn);
    return settings;
  }

  private static boolean has(Job job, String name) {
    return job.keys().stream().anyMatch(key -> key.name().equals(name));
  }

  /** The settings that a job has. */
  static Config config(Job job, Map<String, String> settings) {
    Map<String, String> own = new TreeMap<>(settings);
    own.keySet().removeIf(name -> !name.startsWith("spark.") && !has(job, name));
    return Config.load(job.keys(), job.keys(), Optional.empty(), own);
  }

  /** Runs a job on a session that stays. */
  static void run(
      Job job,
      Map<String, String> settings,
      Optional<LocalDate> date,
      RunContext context,
      Sessions sessions)
      throws Exception {
    job.run(
        new RunContext(
            config(job, settings), date, context.clock(), context.progress(), sessions::session));
  }

  /** What the lake holds; the command that asks for the account shown in detail. */
  private Optional<String> show(Lake lake) {
    PublishedMarts.register(lake);
    ask(
        lake,
        "Highest scores (12.5 = top 10 %, 25 = top 1 %, of the data loaded so far)",
        """
        SELECT network, place, handle, round(score, 1) AS score, round(score_low, 1) AS low,
               round(score_high, 1) AS high, round(momentum, 1) AS momentum,
               actor_count AS attending_accounts
        FROM mart_account_scores_latest WHERE place <= 5 ORDER BY network, place
        """);
    Optional<String> card = card(lake);
    ask(
        lake,
        "Largest changes since the previous night, with their main reason",
        """
        SELECT c.network, l.handle, round(any_value(c.score_change), 1) AS points,
               replace(max_by(c.term, abs(c.points)), 'reference', 'the scale') AS main_term,
               round(max_by(c.points, abs(c.points)), 1) AS its_points,
               any_value(c.actor_change) AS attending_accounts
        FROM mart_score_changes c JOIN mart_account_scores_latest l USING (account_key)
        WHERE c.night = (SELECT max(night) FROM mart_score_changes)
        GROUP BY c.network, l.handle, c.account_key
        ORDER BY abs(any_value(c.score_change)) DESC, c.account_key LIMIT 6
        """);
    ask(
        lake,
        "Experts on climate: people to whom others attest it, whatever they post themselves",
        """
        SELECT network, place, handle, language, round(expertise, 1) AS expertise, evidence
        FROM mart_topic_leaders WHERE topic_id = 'climate' AND kind = 'person'
        ORDER BY expertise DESC, network, place LIMIT 6
        """);
    ask(
        lake,
        "The same topic by share of own output: interest is not expertise",
        """
        SELECT s.network, a.handle, round(100 * s.interest_share) AS percent_of_output,
               s.post_count AS posts, s.attester_count AS attesters,
               round(s.expertise, 1) AS expertise
        FROM mart_topic_scores s JOIN mart_account_scores_latest a USING (account_key)
        WHERE s.topic_id = 'climate' AND s.post_count >= 10
        ORDER BY s.interest_share DESC, s.account_key LIMIT 6
        """);
    ask(
        lake,
        "Posts that spread far beyond what their author's record predicts",
        """
        SELECT network, author_handle AS author, round(author_score, 1) AS score,
               topic_id AS topic, round(expected_count, 1) AS expected,
               observed_count AS reactors_in_a_day, tail_probability AS probability,
               depth, round(structural_virality, 1) AS virality, community_count AS communities,
               round(100 * beyond_audience_share) AS percent_beyond_audience
        FROM mart_breakouts ORDER BY tail_probability, post_id LIMIT 6
        """);
    ask(
        lake,
        "Shortlist for a climate campaign: each account adds people whom the others do not"
            + " reach",
        """
        SELECT place, network, handle, reached_count AS reaches, new_count AS new,
               together_count AS together, top_scores_count AS as_many_top_scores,
               most_followed_count AS as_many_most_followed, random_count AS as_many_random
        FROM mart_campaign_shortlists
        WHERE night = (SELECT max(night) FROM mart_campaign_shortlists) ORDER BY campaign, place
        """);
    ask(
        lake,
        "What was loaded",
        """
        SELECT network, measure, sum(measure_count) AS count FROM mart_network_activity
        WHERE measure IN ('file', 'line', 'rejected line', 'post', 'repost', 'like', 'reply',
                          'follow', 'undone follow', 'deletion', 'account')
        GROUP BY network, measure ORDER BY network, count DESC, measure
        """);
    return card;
  }

  /** All details of one score; the command that asks for them, if there is a score. */
  private Optional<String> card(Lake lake) {
    List<Row> first =
        lake.spark()
            .sql(
                """
                SELECT account_key, network, handle, explanation_en, explanation_es
                FROM mart_account_scores_latest WHERE place = 1 ORDER BY network LIMIT 1
                """)
            .collectAsList();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Row account = first.get(0);
    long key = account.getAs("account_key");
    out.println();
    out.printf(
        "Score card of %s on %s%n", account.getAs("handle"), account.<String>getAs("network"));
    out.println(account.<String>getAs("explanation_en"));
    out.println(account.<String>getAs("explanation_es"));
    ask(
        lake,
        "  Terms: points add up to the score",
        """
        SELECT term, round(points, 2) AS points, round(value, 3) AS value, meaning
        FROM mart_score_terms WHERE measure = 'score' AND account_key = %d ORDER BY points DESC
        """
            .formatted(key));
    ask(
        lake,
        "  Changes since the previous night: points add up to the change",
        """
        SELECT replace(c.term, 'reference', 'the scale') AS term, s.handle AS source, round(c.points, 2) AS points
        FROM mart_score_changes c
        LEFT JOIN mart_account_scores_latest s ON s.account_key = c.source_key
        WHERE c.account_key = %d AND c.night = (SELECT max(night) FROM mart_score_changes)
        ORDER BY abs(c.points) DESC, c.term, c.source_key LIMIT 6
        """
            .formatted(key));
    ask(
        lake,
        "  Sources of its authority",
        """
        SELECT place, source_handle, round(100 * influence_share, 1) AS percent_of_authority
        FROM mart_top_sources WHERE account_key = %d AND place <= 3 ORDER BY place
        """
            .formatted(key));
    return Optional.of("account " + account.getAs("handle"));
  }

  private void ask(Lake lake, String title, String query) {
    Dataset<Row> answer = lake.spark().sql(query);
    out.println();
    out.println(title);
    ResultFormat.TABLE.write(answer, out);
  }
}
