package renown.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import renown.lab.generate.GenerateJob;
import renown.lake.Lake;
import renown.night.NightlyJob;
import renown.night.ingest.IngestStage;
import renown.run.Config;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RunContext;

/**
 * The core tables of a generated society, taken in as one night, and the truth about it. Made once
 * for a JVM; nobody changes it.
 */
public final class IngestedSociety {
  public static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  public static final int DAYS = 18;

  private static final int ACCOUNTS = 240;

  private static Path root;

  private IngestedSociety() {}

  /** The lake, with core tables alone. */
  public static Lake lake() throws Exception {
    return new Lake(SparkTest.spark(), root().resolve("lake").toUri().toString());
  }

  /** The lines of the truth about accounts. */
  public static List<JsonNode> accounts() throws Exception {
    List<JsonNode> accounts = new ArrayList<>();
    for (String line : Files.readAllLines(root().resolve("truth/accounts.jsonl"))) {
      accounts.add(new ObjectMapper().readTree(line));
    }
    return accounts;
  }

  private static synchronized Path root() throws Exception {
    if (root == null) {
      Path made = Files.createTempDirectory("renown-society");
      FileUtils.forceDeleteOnExit(made.toFile());
      Map<String, String> settings = new TreeMap<>();
      settings.put("raw.root", made.resolve("raw").toString());
      settings.put("truth.root", made.resolve("truth").toString());
      settings.put("generate.accounts", Integer.toString(ACCOUNTS));
      settings.put("generate.days", Integer.toString(DAYS));
      settings.put("generate.dirty-share", "0");
      run(new GenerateJob(), settings, Optional.empty());
      settings.keySet().retainAll(List.of("raw.root"));
      settings.put("lake.root", made.resolve("lake").toString());
      run(
          new NightlyJob(List.of(new IngestStage())),
          settings,
          Optional.of(FIRST.plusDays(DAYS - 1)));
      root = made;
    }
    return root;
  }

  private static void run(Job job, Map<String, String> settings, Optional<LocalDate> date)
      throws Exception {
    Clock clock = Clock.systemUTC();
    job.run(
        new RunContext(
            Config.load(job.keys(), job.keys(), Optional.empty(), settings),
            date,
            clock,
            new Progress(new PrintStream(OutputStream.nullOutputStream()), clock),
            SparkTest::spark));
  }
}
