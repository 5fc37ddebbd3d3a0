package renown.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;

/**
 * Two whole nights over three days of a small generated society. The second is run as users run it:
 * with what {@code conf/local.properties} tells Spark of queries. Made once for a build; nobody
 * changes it.
 */
public final class SharedLake {
  /** Of the three days; no night is run for it alone. */
  public static final String FIRST = "2026-01-05";

  /** The first night: it takes the days before it too. */
  public static final String SECOND = "2026-01-06";

  public static final String THIRD = "2026-01-07";
  public static final String FOURTH = "2026-01-08";

  private SharedLake() {}

  /** The dumps. */
  public static Path raw() throws Exception {
    return dumps().resolve("raw");
  }

  /** What was planted. */
  public static Path truth() throws Exception {
    return dumps().resolve("truth");
  }

  /** Who asked not to be scored: some accounts, and one of a network that nobody knows. */
  public static Path optOuts() throws Exception {
    return dumps().resolve("opt-outs.tsv");
  }

  /** The lake after both nights. */
  public static Path lake() throws Exception {
    return secondNight().resolve("lake");
  }

  /** The lake as the first night left it. */
  public static Path afterFirstNight() throws Exception {
    return firstNight().resolve("lake");
  }

  /**
   * What was asked of Spark in the first night, of two days, and in the second, of one: {@code
   * largest_broadcast}, {@code largest_result} (bytes), {@code windows} (the columns by which rows
   * were put into each, separated by blanks).
   */
  public static List<Properties> asked() throws Exception {
    List<Properties> nights = new ArrayList<>();
    for (Path night : List.of(firstNight(), secondNight())) {
      Properties asked = new Properties();
      asked.load(new StringReader(Files.readString(night.resolve("asked.properties"))));
      nights.add(asked);
    }
    return nights;
  }

  /** Runs a night, and notes beside the lake what it asks of Spark. */
  private static void run(NightRuns runs, SparkSession spark, String night, Path folder)
      throws Exception {
    AskedOfSpark asked = AskedOfSpark.of(spark);
    try {
      runs.as(spark).run(night);
    } finally {
      asked.end();
    }
    Files.writeString(
        folder.resolve("asked.properties"),
        String.format(
            "largest_broadcast=%d%nlargest_result=%d%nwindows=%s%n",
            asked.largestBroadcast(), asked.largestResult(), String.join(" ", asked.windows())));
  }

  private static Path firstNight() throws Exception {
    return MadeOnce.folder(
        "first-night",
        folder -> run(runs(raw(), folder.resolve("lake")), SparkTest.spark(), SECOND, folder));
  }

  /** What the second night said. */
  public static String said() throws Exception {
    return Files.readString(secondNight().resolve("said.txt"));
  }

  /** Nights over a folder of dumps with the settings of this lake. */
  public static NightRuns runs(Path raw, Path lake) throws Exception {
    return new NightRuns(raw, lake)
        .with("consent.opt-outs", optOuts().toString())
        .with("credibility.trusted", dumps().resolve("trusted.tsv").toString());
  }

  /** Nights as far as they are published. */
  public static NightRuns undisturbed() throws Exception {
    return runs(raw(), lake());
  }

  private static Path dumps() throws Exception {
    return MadeOnce.folder(
        "dumps",
        folder -> {
          NightRuns.generate(folder.resolve("raw"), folder.resolve("truth"), 100, 3, 0.01);
          List<String> lines = new ArrayList<>();
          for (String line : Files.readAllLines(folder.resolve("truth/accounts.jsonl"))) {
            JsonNode account = new ObjectMapper().readTree(line);
            String id = account.get("account_id").asText();
            if (id.hashCode() % 20 == 0) {
              lines.add(account.get("network").asText() + "\t" + id);
            }
          }
          lines.add("bsky\tdid:plc:who");
          Files.write(folder.resolve("opt-outs.tsv"), lines);
          Files.writeString(folder.resolve("trusted.tsv"), "twitter\t12\n");
        });
  }

  private static Path secondNight() throws Exception {
    return MadeOnce.folder(
        "second-night",
        folder -> {
          NightRuns.copy(afterFirstNight(), folder.resolve("lake"));
          NightRuns runs = runs(raw(), folder.resolve("lake"));
          run(runs, SparkTest.shipped(), THIRD, folder);
          Files.writeString(folder.resolve("said.txt"), runs.said());
        });
  }
}
