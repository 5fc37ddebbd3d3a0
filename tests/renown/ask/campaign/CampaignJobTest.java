package renown.ask.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.datasketches.theta.UpdateSketch;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Communities;
import renown.tables.CredibleAccounts;
import renown.tables.EdgeIncrements;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartAudienceSketches;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopics;
import renown.tables.Publications;
import renown.tables.TableSchema;
import renown.tables.TopicIncrements;
import renown.testing.SparkTest;

/**
 * Asked of a lake of seven accounts that are known for chess. The three with the highest scores
 * reach the same hundred people, two others fifty and thirty more; one is automated, one reaches
 * few.
 */
class CampaignJobTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final long[][] REACHED = {
    {1000, 1100}, {1000, 1099}, {1001, 1100}, {2000, 2050}, {3000, 3030}, {4000, 5000}, {6000, 6003}
  };

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private static Lake made;
  private static Path root;

  @BeforeEach
  void makeLake() throws Exception {
    if (made != null) {
      return;
    }
    root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "campaign-lake");
    Lake lake = new Lake(spark(), root.toUri().toString());
    List<Row> latest = new ArrayList<>();
    List<Row> sketches = new ArrayList<>();
    List<Row> increments = new ArrayList<>();
    List<Row> edges = new ArrayList<>();
    List<Row> credible = new ArrayList<>();
    for (int i = 0; i < REACHED.length; i++) {
      double score = 60 - 5 * i;
      Map<String, Object> account = new HashMap<>();
      account.put("network", "n");
      account.put("account_key", (long) i);
      account.put("account_id", "id-" + i);
      account.put("handle", "account-" + i);
      account.put("night", NIGHT);
      account.put("score", score);
      account.put("evidence", "sufficient");
      account.put("earned_attention", 1.0);
      account.put("actor_count", 9L);
      account.put("credible_actor_sum", 9.0);
      account.put("response_rate", i == 0 ? null : (Double) (i / 10.0));
      account.put("explanation_en", "en");
      account.put("explanation_es", "es");
      account.put("kind", "unknown");
      account.put("first_night", NIGHT);
      latest.add(row(MartAccountScoresLatest.TABLE, account));
      UpdateSketch onTopic = UpdateSketch.builder().build();
      UpdateSketch everybody = UpdateSketch.builder().build();
      long reached = REACHED[i][1] - REACHED[i][0];
      for (long src = REACHED[i][0]; src < REACHED[i][1]; src++) {
        onTopic.update(src);
        everybody.update(src);
        credible.add(RowFactory.create("n", src, NIGHT));
        increments.add(
            RowFactory.create(
                "n",
                "chess",
                src,
                (long) i,
                "like",
                1L,
                1L,
                null,
                java.sql.Timestamp.valueOf("2026-01-05 12:00:00"),
                NIGHT));
        edges.add(RowFactory.create("n", src, (long) i, "like", 1L, 1L, NIGHT));
      }
      // On everything the one that reaches few is followed by many.
      for (long src = 7000; i == 6 && src < 7500; src++) {
        everybody.update(src);
        credible.add(RowFactory.create("n", src, NIGHT));
        edges.add(RowFactory.create("n", src, (long) i, "follow", 1L, 1L, NIGHT));
      }
      String kind = i == 5 ? "automated" : i == 3 ? "organisation" : "person";
      String language = i == 4 ? "es" : "en";
      for (String topic : List.of("chess", "*")) {
        boolean all = topic.equals("*");
        sketches.add(
            RowFactory.create(
                "n",
                (long) i,
                topic,
                all && i == 6 ? 503L : reached,
                0.0,
                (all ? everybody : onTopic).compact().toByteArrayCompressed(),
                i == 6 ? 503L : reached,
                null,
                kind,
                language,
                score,
                all ? null : 30.0,
                all ? null : 3L + i,
                NIGHT));
      }
    }
    List<Row> topics =
        List.of(
            RowFactory.create(
                "chess",
                "Chess",
                "Ajedrez",
                new String[] {"en=Chess", "es=Ajedrez"},
                new String[0],
                new String[0],
                null,
                "renown",
                7L,
                7L,
                NIGHT));
    Map<String, Object> leader = new HashMap<>();
    leader.put("network", "n");
    leader.put("topic_id", "chess");
    leader.put("label_en", "Chess");
    leader.put("place", 1L);
    leader.put("kind_place", 1L);
    leader.put("account_key", 0L);
    leader.put("kind", "person");
    leader.put("expertise", 30.0);
    leader.put("expertise_low", 29.0);
    leader.put("expertise_high", 31.0);
    leader.put("attester_count", 3L);
    leader.put("evidence", "They say so.");
    leader.put("night", NIGHT);
    List<Row> leaders = List.of(row(MartTopicLeaders.TABLE, leader));
    List<Row> communities =
        List.of(
            RowFactory.create("n", 0L, 0L, NIGHT),
            RowFactory.create("n", 3L, 0L, NIGHT),
            RowFactory.create("n", 4L, 4L, NIGHT));
    Map<TableSchema, List<Row>> tables =
        Map.of(
            MartTopics.TABLE, topics,
            MartTopicLeaders.TABLE, leaders,
            MartAudienceSketches.TABLE, sketches,
            MartAccountScoresLatest.TABLE, latest,
            EdgeIncrements.TABLE, edges,
            TopicIncrements.TABLE, increments,
            CredibleAccounts.TABLE, credible.stream().distinct().toList(),
            Communities.TABLE, communities);
    List<Row> published = new ArrayList<>();
    for (Map.Entry<TableSchema, List<Row>> table : tables.entrySet()) {
      write(lake, table.getKey(), table.getValue());
      published.add(RowFactory.create(NIGHT, 1L, "run", table.getKey().path(), 0L));
    }
    write(lake, Publications.TABLE, published);
    made = lake;
  }

  /** A row of a table by the names of its columns; the others are null. */
  private static Row row(TableSchema table, Map<String, Object> values) {
    return RowFactory.create(Arrays.stream(table.names()).map(values::get).toArray());
  }

  private static void write(Lake lake, TableSchema table, List<Row> rows) {
    lake.append(table, spark().createDataFrame(rows, table.structType()).coalesce(1));
  }

  private String run(String... options) throws Exception {
    printed.reset();
    CampaignJob job = new CampaignJob(new PrintStream(printed, true, StandardCharsets.UTF_8));
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    Config config =
        Config.load(job.keys(), job.keys(), Optional.empty(), Map.of("lake.root", root.toString()));
    job.run(
        new RunContext(
            config,
            Optional.empty(),
            Clock.systemUTC(),
            new Progress(new PrintStream(printed), Clock.systemUTC()),
            SparkTest::spark));
    return printed.toString(StandardCharsets.UTF_8);
  }

  private List<String> picks(String... options) throws Exception {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--format";
    all[options.length + 1] = "json";
    List<String> picks = new ArrayList<>();
    for (String line : run(all).lines().toList()) {
      JsonNode pick = new ObjectMapper().readTree(line);
      picks.add(
          pick.get("handle").asText()
              + " "
              + pick.get("new").asLong()
              + "/"
              + pick.get("reaches").asLong());
    }
    return picks;
  }

  @Test
  void whoAddsMostIsPickedBesideTheNaiveLists() throws Exception {
    assertThat(picks("--topic", "AJEDREZ", "--seats", "3"))
        .containsExactly("account-0 100/100", "account-3 50/50", "account-4 30/30");
    String shown = run("--topic", "chess", "--seats", "3");
    assertThat(shown)
        .startsWith(
            "Chess: 3 of 6 accounts, which together reach 180 credible accounts on it\n"
                + "place  network  handle     kind          language  reaches  new  already "
                + " together  score  expertise  response_rate  evidence\n")
        .contains(
            "1  n        account-0  person        en            100  100        0       100"
                + "   60.0       30.0                 They say so.")
        .contains("6 accounts attest it.")
        .contains("accounts  shortlist  top_scores  most_followed  random\n")
        .contains("       3        180         100            1")
        .contains("At equal cost the shortlist reaches 180, the top scores 100 (+80 %)")
        .contains(
            "Chosen greedily on whole audiences, where the greedy choice reaches at least 63 %");
    assertThat(shown).doesNotContain("cost  ");
  }

  @Test
  void filtersExclusionsAndAudiencesBind() throws Exception {
    assertThat(picks("--topic", "chess", "--kind", "person", "--lang", "es"))
        .containsExactly("account-4 30/30");
    assertThat(picks("--topic", "chess", "--audience", "all", "--seats", "1"))
        .containsExactly("account-6 503/503");
    // The first and the second largest are of one community; the seventh is of none.
    assertThat(picks("--topic", "chess", "--seats", "3", "--per-community", "1"))
        .containsExactly("account-0 100/100", "account-4 30/30", "account-6 3/3");
    assertThat(picks("--topic", "chess", "--min-response-rate", "0.35"))
        .containsExactly("account-4 30/30", "account-6 3/3");
    Path excluded = Files.writeString(folder.resolve("not"), "# no\nn\tAccount-0\n\nn\tid-3\n");
    assertThat(picks("--topic", "chess", "--seats", "2", "--exclude", excluded.toString()))
        .containsExactly("account-1 99/99", "account-4 30/30");
    Path mistyped = Files.writeString(folder.resolve("mistyped"), "n\tacount-0\nn\tid-3\n");
    assertThat(run("--topic", "chess", "--exclude", mistyped.toString()))
        .contains(
            "line 1 names acount-0 of n, whom the lake does not know; the nearest that it knows is"
                + " id-0.");
    assertThatThrownBy(() -> run("--topic", "chess", "--network", "m"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("no account with evidence on it passes the filters");
    assertThatThrownBy(() -> run("--topic", "chezz"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("did you mean Chess?");
  }

  @Test
  void aBudgetBuysWhatReachesMost() throws Exception {
    Path costs =
        Files.writeString(
            folder.resolve("costs"),
            "n\taccount-0\t10\nn\taccount-3\t4.5\nn\taccount-4\t5.5\nn\taccount-5\t0.1\n");
    assertThat(picks("--topic", "chess", "--costs", costs.toString(), "--budget", "9.9"))
        .containsExactly("account-3 50/50");
    assertThat(picks("--topic", "chess", "--costs", costs.toString(), "--budget", "10"))
        .containsExactly("account-0 100/100");
    // 4.5 + 5.5 is exactly 10.
    assertThat(
            picks(
                "--topic",
                "chess",
                "--costs",
                costs.toString(),
                "--budget",
                "10",
                "--exclude",
                Files.writeString(folder.resolve("not"), "n\taccount-0\n").toString()))
        .containsExactly("account-3 50/50", "account-4 30/30");
    String shown = run("--topic", "chess", "--costs", costs.toString(), "--budget", "14.5");
    assertThat(shown).contains("Reach by cost", "accounts  cost  shortlist");
    assertThatThrownBy(
            () -> run("--topic", "chess", "--costs", costs.toString(), "--budget", "0.5"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--budget 0.5: each of the 3 accounts that pass the filters costs more.");
  }

  @Test
  void mistakesAreSaidInALine() throws Exception {
    assertThatThrownBy(() -> run("--topic", "chess", "--budget", "5"))
        .hasMessageStartingWith("--budget and --costs must be used together");
    assertThatThrownBy(() -> run("--topic", "chess", "--seats", "0"))
        .hasMessage("--seats 0: it must be 1 to 1000.");
    Path file = Files.writeString(folder.resolve("wrong"), "n\taccount-0\t10\nn\taccount-3\t0\n");
    assertThatThrownBy(() -> run("--topic", "chess", "--costs", file.toString(), "--budget", "5"))
        .hasMessageContaining("line 2 is not NETWORK<tab>ACCOUNT<tab>COST with a cost above 0");
    Path strangers = Files.writeString(folder.resolve("strangers"), "n\tnobody\n");
    assertThatThrownBy(() -> run("--topic", "chess", "--exclude", strangers.toString()))
        .hasMessageContaining("the lake knows none of its 1 accounts");
    assertThatThrownBy(() -> run("--topic", "chess", "--exclude", folder.toString()))
        .hasMessageContaining("the file cannot be read");
    for (String amount : List.of("0", "1.1234567")) {
      assertThatThrownBy(
              () -> run("--topic", "chess", "--costs", file.toString(), "--budget", amount))
          .hasMessageContaining("--budget " + amount);
    }
  }
}
