package renown.lab.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import renown.lake.CoreRows;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.TableSchema;

/** The environment of a suite: a work folder, and the jobs to run in it. */
public final class Laboratory {
  /** First day of every society that suites generate. */
  public static final LocalDate FIRST_DATE = LocalDate.of(2026, 1, 5);

  /**
   * What the caller asks for.
   *
   * @param data folders of real dumps by a name each
   * @param labels of real posts; null where none are asked for
   * @param isDataAlone whether no society is to be generated
   * @param starts random starts of a search, 0 or more
   */
  record Asked(SortedMap<String, Path> data, Path labels, boolean isDataAlone, int starts) {
    /** Societies alone. */
    static Asked nothing() {
      return new Asked(new TreeMap<>(), null, false, 0);
    }
  }

  private final RunContext context;
  private final Path folder;
  private final Job generate;
  private final Job nightly;
  private final Job scoring;
  private final Asked asked;
  private final SortedMap<String, String> given;

  /**
   * @throws RenownException if the caller gives a key that the jobs do not have
   */
  Laboratory(RunContext context, Path folder, Job generate, Job nightly, Job scoring, Asked asked) {
    this.context = context;
    this.given =
        context
            .config()
            .handedOn(
                "evaluate",
                new TreeMap<>(Map.of("generate", generate, "nightly", nightly)),
                Map.of(
                    "raw.root", " (--folder says where)",
                    "truth.root", " (--folder says where)",
                    "lake.root", " (--folder says where)",
                    "generate.first-date", ""));
    this.folder = folder;
    this.generate = generate;
    this.nightly = nightly;
    this.scoring = scoring;
    this.asked = asked;
  }

  /** Folders of real dumps that the caller has given, by a name each; none if none were. */
  public SortedMap<String, Path> data() {
    return asked.data();
  }

  /** What a reader says that real posts are about; see {@link TopicAccuracy#labels}. */
  public Path labels() {
    return asked.labels();
  }

  /** Whether the caller requests measurements on real data only. */
  public boolean isDataAlone() {
    return asked.isDataAlone();
  }

  /** Random starts of a search. */
  public int starts() {
    return asked.starts();
  }

  public SparkSession spark() {
    return context.spark();
  }

  public Progress progress() {
    return context.progress();
  }

  /** A folder of this run; empty at its beginning. */
  public Path folder(String name) {
    return folder.resolve(name);
  }

  /**
   * Generates a society, first day {@link #FIRST_DATE}.
   *
   * @param name of its folder; dumps lie in {@code raw} below it, the truth in {@code truth}
   * @param settings of {@code generate}, except for the roots and the first date
   */
  public void generate(String name, Map<String, String> settings) throws Exception {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("raw.root", uri(folder(name).resolve("raw")));
    all.put("truth.root", uri(folder(name).resolve("truth")));
    all.put("generate.first-date", FIRST_DATE.toString());
    run(generate, all, Optional.empty());
  }

  /**
   * Runs nights over a society's dumps into the lake next to them. Further calls go on with it.
   *
   * @param name of a folder that {@link #generate} filled
   * @param settings of {@code nightly}, except for the roots
   * @param until the last night to run; on a new lake everything up to it is one night
   */
  public Lake nights(String name, Map<String, String> settings, LocalDate until) throws Exception {
    return nights(nightly, name, settings, until);
  }

  /** The same, but nights end with the scores: topics, spread and marts stay empty. */
  public Lake scoredNights(String name, Map<String, String> settings, LocalDate until)
      throws Exception {
    return nights(scoring, name, settings, until);
  }

  private Lake nights(Job nights, String name, Map<String, String> settings, LocalDate until)
      throws Exception {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("raw.root", uri(folder(name).resolve("raw")));
    all.put("lake.root", uri(folder(name).resolve("lake")));
    if (Files.exists(folder(name).resolve("truth/opt-outs.tsv"))) {
      all.putIfAbsent("consent.opt-outs", uri(folder(name).resolve("truth/opt-outs.tsv")));
    }
    run(nights, all, Optional.of(until));
    return new Lake(spark(), all.get("lake.root"));
  }

  /** What the posts of a society of {@code generate.speech = people} are about, one row each. */
  public Dataset<Row> truthOfTopics(String name) {
    return spark()
        .read()
        .schema("network STRING, post_id STRING, topic STRING")
        .json(uri(folder(name).resolve("truth/topics")) + "*/*");
  }

  /** The planted truth, one row per account: see {@code accounts.jsonl} there. */
  public Dataset<Row> truth(String name) {
    return spark().read().json(uri(folder(name).resolve("truth/accounts.jsonl")));
  }

  /** The cascades planted in a society, one row each: see {@code breakouts.jsonl} there. */
  public Dataset<Row> breakouts(String name) {
    return spark().read().json(uri(folder(name).resolve("truth/breakouts.jsonl")));
  }

  /**
   * Through whose repost each account reached a post, one row per reaction: see {@code paths}
   * there.
   */
  public Dataset<Row> paths(String name) {
    return spark()
        .read()
        .option("recursiveFileLookup", true)
        .json(uri(folder(name).resolve("truth/paths")));
  }

  /** A table as it was published last. */
  public static Dataset<Row> published(Lake lake, TableSchema table) {
    return lake.readOf(PublishedNights.of(lake).latest().orElseThrow(), table);
  }

  /** What was read of the dumps, as it was published last. */
  public static CoreRows core(Lake lake) {
    return new CoreRows(table -> published(lake, table));
  }

  private void run(Job job, Map<String, String> settings, Optional<LocalDate> date)
      throws Exception {
    Map<String, String> all = new TreeMap<>(given);
    all.keySet().retainAll(job.keys().stream().map(ConfigKey::name).toList());
    settings.forEach(all::putIfAbsent);
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), all);
    job.run(new RunContext(config, date, context.clock(), context.progress(), context::spark));
  }

  private static String uri(Path path) {
    return path.toUri().toString();
  }

  static void empty(Path folder) throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
    Files.createDirectories(folder);
  }
}
