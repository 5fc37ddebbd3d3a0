package renown.ask.campaign;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import renown.ask.sql.FormatOption;
import renown.ask.sql.PublishedMarts;
import renown.ask.top.TopicOptions;
import renown.engine.shortlist.Campaign;
import renown.engine.shortlist.Candidates;
import renown.engine.shortlist.Choices;
import renown.engine.shortlist.Shortlist;
import renown.engine.shortlist.Shortlist.Seat;
import renown.kernels.taxonomy.Topic;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Communities;
import renown.tables.CredibleAccounts;
import renown.tables.EdgeIncrements;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartAudienceSketches;
import renown.tables.MartNetworks;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopics;
import renown.tables.TableSchema;
import renown.tables.TopicIncrements;

/** Picks the few accounts that together reach most of a topic's audience. */
@Command(
    name = "campaign",
    description = {
      "Picks accounts with expertise on a topic that together reach the most distinct"
          + " credible accounts,",
      "each counted once however many of them reach it, for a number of seats or a budget."
          + " Compares the",
      "result with the highest scores, the most followed and random accounts.",
      "As csv or json it prints only the list of accounts."
    })
public final class CampaignJob implements Job {
  /** Kinds of accounts that can be selected. */
  enum Kind {
    PERSON,
    ORGANISATION,
    UNKNOWN
  }

  /** The audience to reach. */
  enum Audience {
    TOPIC,
    ALL
  }

  private static final int DEFAULT_SEATS = 10;

  @Mixin private TopicOptions asked;

  @Option(
      names = "--audience",
      paramLabel = "WHOM",
      defaultValue = "topic",
      description =
          "topic: accounts reached on the topic; all: everybody reached. Default:"
              + " ${DEFAULT-VALUE}.")
  private Audience audience;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "person, organisation or unknown. Default: all; automated accounts are"
              + " never picked.")
  private Kind kind;

  @Option(
      names = "--seats",
      paramLabel = "N",
      description = "Number of accounts, 1 to 1000. Default: 10; unlimited with --budget.")
  private Integer seats;

  @Option(
      names = "--min-response-rate",
      paramLabel = "P",
      defaultValue = "0",
      description =
          "Minimum probability, 0 to 1, that the account answers a stranger within a week;"
              + " accounts whose rate is unknown are left out. Default: no minimum.")
  private double leastResponseRate;

  @Option(
      names = "--per-community",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Maximum number of accounts from one community, that is accounts that attend to one"
              + " another more than chance would have it. Default: no maximum.")
  private int perCommunity;

  @Option(
      names = "--budget",
      paramLabel = "AMOUNT",
      description = "Maximum total cost of the accounts; requires --costs.")
  private String budget;

  @Option(
      names = "--costs",
      paramLabel = "FILE",
      description =
          "Costs of accounts, one per line: network, tab, account id or handle, tab, cost."
              + " Only these accounts are considered.")
  private Path costs;

  @Option(
      names = "--exclude",
      paramLabel = "FILE",
      description = "Accounts to exclude, one per line: network, tab, account id or handle.")
  private Path excluded;

  @Mixin private FormatOption format;

  private final PrintStream out;

  /**
   * @param out where the list goes
   */
  public CampaignJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        MartNetworks.TABLE,
        MartTopics.TABLE,
        MartAudienceSketches.TABLE,
        MartAccountScoresLatest.TABLE,
        MartTopicLeaders.TABLE,
        EdgeIncrements.TABLE,
        TopicIncrements.TABLE,
        CredibleAccounts.TABLE,
        Communities.TABLE);
  }

  @Override
  public void run(RunContext context) {
    Long budgetUnits = budgetUnits();
    Optional<AccountFile> costFile =
        Optional.ofNullable(costs).map(file -> AccountFile.costs("--costs", file));
    Optional<AccountFile> excludedFile =
        Optional.ofNullable(excluded).map(file -> AccountFile.names("--exclude", file));
    PublishedMarts.Opened opened = PublishedMarts.open(context);
    SparkSession spark = context.spark();
    PublishedMarts.checkNetwork(spark, asked.network());
    Topic wanted = asked.topic(spark);
    Campaign campaign = campaign(wanted.id());
    Dataset<Row> accounts = spark.table(MartAccountScoresLatest.TABLE.name());
    // Where a program reads the result, nothing else may stand in it.
    Consumer<String> warning =
        line -> {
          if (format.isForEyes()) {
            context.progress().say("%s", line);
          }
        };
    Dataset<Row> candidates =
        Candidates.of(
            spark.table(MartAudienceSketches.TABLE.name()),
            campaign,
            costFile.map(file -> file.known(accounts, warning)),
            excludedFile.map(file -> file.known(accounts, warning)),
            perCommunity > 0 ? Optional.of(published(opened, Communities.TABLE)) : Optional.empty(),
            accounts.select("account_key", "response_rate"));
    Choices choices = Choices.of(candidates, budgetUnits, campaign.seats(), perCommunity);
    if (choices.candidates() == 0) {
      throw RenownException.configuration(
          "--topic %s: no account with evidence on it passes the filters; relax --kind,"
              + " --lang, --network, --costs or --exclude.",
          wanted.id());
    }
    Shortlist shortlist =
        Shortlist.counted(
            choices,
            campaign,
            published(opened, EdgeIncrements.TABLE),
            published(opened, TopicIncrements.TABLE),
            published(opened, CredibleAccounts.TABLE));
    if (shortlist.seats().isEmpty()) {
      throw RenownException.configuration(
          "--budget %s: each of the %d accounts that pass the filters costs more.",
          budget, choices.candidates());
    }
    show(shortlist, campaign, wanted, candidates, spark);
  }

  private Long budgetUnits() {
    if (seats != null && (seats < 1 || seats > Campaign.MOST_SEATS)) {
      throw RenownException.configuration(
          "--seats %d: it must be 1 to %d.", seats, Campaign.MOST_SEATS);
    }
    if (!(leastResponseRate >= 0 && leastResponseRate <= 1)) {
      throw RenownException.configuration(
          "--min-response-rate %s: it must be 0 to 1.", leastResponseRate);
    }
    if (perCommunity < 0) {
      throw RenownException.configuration(
          "--per-community %d: it must be 1 or more.", perCommunity);
    }
    if ((budget == null) != (costs == null)) {
      throw RenownException.configuration("--budget and --costs must be used together.");
    }
    if (budget == null) {
      return null;
    }
    Long units = AccountFile.whole(budget);
    if (units == null) {
      throw RenownException.configuration(
          "--budget %s: it must be a number above 0 with at most %d decimals.",
          budget, AccountFile.DECIMALS);
    }
    return units;
  }

  private Campaign campaign(String topicId) {
    int most = seats != null ? seats : budget == null ? DEFAULT_SEATS : Campaign.MOST_SEATS;
    return new Campaign(
        "command line",
        topicId,
        audience == Audience.ALL,
        asked.network(),
        asked.language(),
        kind == null ? null : kind.name().toLowerCase(Locale.ROOT),
        leastResponseRate,
        most,
        perCommunity);
  }

  private static Dataset<Row> published(PublishedMarts.Opened opened, TableSchema table) {
    return opened.lake().readOf(opened.publication(), table);
  }

  private void show(
      Shortlist shortlist,
      Campaign campaign,
      Topic wanted,
      Dataset<Row> candidates,
      SparkSession spark) {
    Dataset<Row> list = list(shortlist, campaign, candidates, spark);
    if (!format.isForEyes()) {
      format.write(list, out);
      return;
    }
    Choices choices = shortlist.choices();
    out.printf(
        Locale.ROOT,
        "%s: %,d of %,d accounts, which together reach %,d credible accounts%s%n",
        wanted.label("en"),
        shortlist.seats().size(),
        choices.candidates(),
        shortlist.reach(),
        campaign.isOfEverything() ? "" : " on it");
    format.write(list, out);
    out.println();
    out.println(
        costs == null
            ? "Reach by number of accounts, compared with other lists"
            : "Reach by cost, compared with other lists");
    format.write(curve(shortlist, spark), out);
    out.println();
    out.println(gain(shortlist));
    out.println(basis(shortlist));
  }

  /** One row per account of the shortlist, in order. */
  private Dataset<Row> list(
      Shortlist shortlist, Campaign campaign, Dataset<Row> candidates, SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shortlist.seats().size(); i++) {
      Seat seat = shortlist.seats().get(i);
      rows.add(
          RowFactory.create(
              i + 1L,
              seat.accountKey(),
              seat.reached(),
              seat.gained(),
              seat.reached() - seat.gained(),
              seat.reachedSum(),
              amount(shortlist.choices().costs().get(seat.accountKey()))));
    }
    Dataset<Row> seated =
        spark.createDataFrame(
            rows,
            StructType.fromDDL(
                "place bigint, account_key bigint, reaches bigint, new bigint, already bigint,"
                    + " together bigint, cost double"));
    Object[] keys = shortlist.seats().stream().map(Seat::accountKey).toArray();
    Dataset<Row> list =
        seated
            .join(
                candidates
                    .where(col("account_key").isin(keys))
                    .select(
                        "account_key",
                        "network",
                        "kind",
                        "language",
                        "score",
                        "expertise",
                        "attester_count"),
                "account_key")
            .join(
                spark
                    .table(MartAccountScoresLatest.TABLE.name())
                    .where(col("account_key").isin(keys))
                    .select("account_key", "handle", "response_rate"),
                "account_key")
            .join(
                spark
                    .table(MartTopicLeaders.TABLE.name())
                    .where(
                        col("topic_id")
                            .equalTo(campaign.topic())
                            .and(col("account_key").isin(keys)))
                    .select("account_key", "evidence"),
                new String[] {"account_key"},
                "left")
            .sort("place")
            .select(
                col("place"),
                col("network"),
                col("handle"),
                col("kind"),
                col("language"),
                col("reaches"),
                col("new"),
                col("already"),
                col("together"),
                col("cost"),
                round(col("score"), 1).as("score"),
                round(col("expertise"), 1).as("expertise"),
                round(col("response_rate"), 2).as("response_rate"),
                coalesce(
                        col("evidence"),
                        concat(col("attester_count").cast("string"), lit(" accounts attest it.")))
                    .as("evidence"));
    return costs == null ? list.drop("cost") : list;
  }

  private static double amount(long units) {
    return BigDecimal.valueOf(units, AccountFile.DECIMALS).doubleValue();
  }

  /** Reach of each list, for a few numbers of accounts or costs. */
  private Dataset<Row> curve(Shortlist shortlist, SparkSession spark) {
    List<Seat> seated = shortlist.seats();
    TreeSet<Integer> places = new TreeSet<>();
    for (int place : new int[] {1, 2, 3, 5, 10, 20, 50, 100, 200, 500}) {
      places.add(place);
    }
    places.add(seated.size());
    List<Row> rows = new ArrayList<>();
    for (int place : places.headSet(seated.size(), true)) {
      long cost = seated.get(place - 1).costSum();
      rows.add(
          RowFactory.create(
              (long) place,
              amount(cost),
              seated.get(place - 1).reachedSum(),
              shortlist.reachAt(Choices.TOP_SCORES, cost),
              shortlist.reachAt(Choices.MOST_FOLLOWED, cost),
              shortlist.reachAt(Choices.RANDOM, cost)));
    }
    Dataset<Row> curve =
        spark.createDataFrame(
            rows,
            StructType.fromDDL(
                "accounts bigint, cost double, shortlist bigint, top_scores bigint, most_followed"
                    + " bigint, random bigint"));
    return costs == null ? curve.drop("cost") : curve;
  }

  private static String gain(Shortlist shortlist) {
    List<Seat> seated = shortlist.seats();
    long cost = seated.get(seated.size() - 1).costSum();
    List<String> parts = new ArrayList<>();
    for (String list : Arrays.asList(Choices.TOP_SCORES, Choices.MOST_FOLLOWED, Choices.RANDOM)) {
      long other = shortlist.reachAt(list, cost);
      parts.add(
          String.format(
              Locale.ROOT,
              "%s %,d%s",
              list.equals(Choices.RANDOM) ? "random accounts" : "the " + list,
              other,
              other == 0
                  ? ""
                  : String.format(
                      Locale.ROOT, " (%+.0f %%)", 100.0 * (shortlist.reach() - other) / other)));
    }
    return String.format(
        Locale.ROOT,
        "At equal cost the shortlist reaches %,d, %s; in brackets the shortlist's gain.",
        shortlist.reach(),
        String.join(", ", parts));
  }

  private static String basis(Shortlist shortlist) {
    Choices choices = shortlist.choices();
    String chosen =
        shortlist.basis().equals(Choices.SHORTLIST)
            ? "Chosen greedily"
            : "These are the "
                + shortlist.basis()
                + ", which reach more than the greedy choice, made";
    return String.format(
        Locale.ROOT,
        "%s on %s%s. All numbers shown are exact counts.",
        chosen,
        choices.sampledShare() == 1
            ? "whole audiences"
            : String.format(
                Locale.ROOT, "a sample of %.2g %% of all accounts", 100 * choices.sampledShare()),
        choices.guarantee() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", where the greedy choice reaches at least %.0f %% of the optimum",
                100 * choices.guarantee()));
  }
}
