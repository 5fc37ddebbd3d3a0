package renown.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import renown.app.Jobs;
import renown.lab.generate.GenerateJob;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.night.Night;
import renown.night.NightlyJob;
import renown.night.Stage;
import renown.operate.erase.EraseJob;
import renown.run.Config;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RunContext;
import renown.tables.MartRunHealth;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** Runs nights on a lake of a test, and looks at what they published. */
public final class NightRuns {
  private final Map<String, String> settings = new TreeMap<>();
  private final Path lakeRoot;
  private SparkSession spark = SparkTest.spark();
  private String said = "";

  public NightRuns(Path raw, Path lake) {
    lakeRoot = lake;
    settings.put("raw.root", raw.toString());
    settings.put("lake.root", lake.toString());
    settings.put("score.reference-accounts-min", "100");
    settings.put("night.stages-at-once", "3");
  }

  /** Generates a society's dumps into a folder, and the truth about it into another. */
  public static void generate(Path raw, Path truth, int accounts, int days, double dirtyShare)
      throws Exception {
    generate(raw, truth, accounts, days, dirtyShare, LocalDate.parse(SharedLake.FIRST));
  }

  /** The same from another day on. */
  public static void generate(
      Path raw, Path truth, int accounts, int days, double dirtyShare, LocalDate first)
      throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("raw.root", raw.toString());
    settings.put("truth.root", truth.toString());
    settings.put("generate.accounts", Integer.toString(accounts));
    settings.put("generate.days", Integer.toString(days));
    settings.put("generate.first-date", first.toString());
    settings.put("generate.dirty-share", Double.toString(dirtyShare));
    run(
        SparkTest.spark(),
        new GenerateJob(),
        settings,
        Optional.empty(),
        new ByteArrayOutputStream());
  }

  public NightRuns with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** For runs of stages that do not know the key. */
  public NightRuns without(String key) {
    settings.remove(key);
    return this;
  }

  /** In another session than that of all tests. */
  public NightRuns as(SparkSession session) {
    spark = session;
    return this;
  }

  public static List<Stage> stages() {
    return Jobs.stages();
  }

  /** Runs the night, and those missed before it. */
  public void run(String date, String... options) throws Exception {
    run(stages(), date, options);
  }

  public void run(List<Stage> stages, String date, String... options) throws Exception {
    NightlyJob job = new NightlyJob(stages);
    new CommandLine(job).parseArgs(options);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      run(spark, job, settings, Optional.of(LocalDate.parse(date)), out);
    } finally {
      said = out.toString(StandardCharsets.UTF_8);
      spark.catalog().clearCache();
    }
  }

  /** Copies a folder without what file systems hide in it. */
  public static void copy(Path from, Path to) throws IOException {
    FileUtils.copyDirectory(from.toFile(), to.toFile(), file -> !file.getName().startsWith("."));
  }

  private static void run(
      SparkSession spark,
      Job job,
      Map<String, String> settings,
      Optional<LocalDate> date,
      ByteArrayOutputStream out)
      throws Exception {
    Clock clock = Clock.systemUTC();
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), settings);
    Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock);
    job.run(new RunContext(config, date, clock, progress, () -> spark));
  }

  /** What the last run said. */
  public String said() {
    return said;
  }

  public Lake lake() {
    return new Lake(SparkTest.spark(), lakeRoot.toUri().toString());
  }

  public Publication published() {
    return PublishedNights.of(lake()).latest().orElseThrow();
  }

  /** A night as it was published. */
  public Publication publication(String night) {
    return PublishedNights.of(lake()).of(LocalDate.parse(night)).orElseThrow();
  }

  /** The rows of a table as published, sorted, as text that tells all bits. */
  public List<String> rows(TableSchema table) {
    return rows(table, published());
  }

  private List<String> rows(TableSchema table, Publication publication) {
    return lake().readOf(publication, table).collectAsList().stream()
        .map(NightRuns::text)
        .sorted()
        .toList();
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      // Bytes would be told by where they lie in memory.
      Object value =
          row.get(i) instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : row.get(i);
      text.append(i == 0 ? "" : ",").append(value);
    }
    return text.toString();
  }

  /** The rows of every published table but the one with wall times. */
  public Map<String, List<String>> marts() {
    return marts(published());
  }

  /** The same of an earlier night. */
  public Map<String, List<String>> marts(String night) {
    return marts(publication(night));
  }

  private Map<String, List<String>> marts(Publication publication) {
    Map<String, List<String>> marts = new TreeMap<>();
    Tables.ALL.stream()
        .filter(table -> table.isPublished() && table != MartRunHealth.TABLE)
        .forEach(table -> marts.put(table.name(), rows(table, publication)));
    return marts;
  }

  /** Erases, or looks whether somebody is erased. */
  public void erase(String... options) throws Exception {
    EraseJob job = new EraseJob();
    new CommandLine(job).parseArgs(options);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> roots = new TreeMap<>(settings);
    roots.keySet().retainAll(List.of("raw.root", "lake.root"));
    try {
      run(spark, job, roots, Optional.empty(), out);
    } finally {
      said = out.toString(StandardCharsets.UTF_8);
    }
  }

  /** A stage that does its work and then dies before anybody knows. */
  public static Stage dying(Stage stage) {
    return new Stage() {
      @Override
      public String name() {
        return stage.name();
      }

      @Override
      public String phase() {
        return stage.phase();
      }

      @Override
      public List<renown.run.ConfigKey<?>> keys() {
        return stage.keys();
      }

      @Override
      public List<TableSchema> inputs() {
        return stage.inputs();
      }

      @Override
      public List<TableSchema> inputsOfNightBefore() {
        return stage.inputsOfNightBefore();
      }

      @Override
      public List<TableSchema> outputs() {
        return stage.outputs();
      }

      @Override
      public void run(Night night) throws Exception {
        stage.run(night);
        throw new IllegalStateException("dies after " + stage.name());
      }
    };
  }

  /** The stages, one of which dies. */
  public static List<Stage> dyingAt(List<Stage> of, int place) {
    Stage[] stages = of.toArray(Stage[]::new);
    stages[place] = dying(stages[place]);
    return Arrays.asList(stages);
  }

  /** Takes back the nights after one. */
  public void withdrawAfter(String night) throws Exception {
    NightlyJob job = new NightlyJob(List.of());
    new CommandLine(job).parseArgs("--withdraw-after", night);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      run(spark, job, settings, Optional.empty(), out);
    } finally {
      said = out.toString(StandardCharsets.UTF_8);
    }
  }
}
