package renown.operate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.PublishedMarts;
import renown.ask.sql.ResultFormat;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.lake.PublishedNights.Publication;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.LoadedFiles;
import renown.tables.Publications;
import renown.tables.Rejects;
import renown.tables.StageRuns;
import renown.tables.TableSchema;

/** Prints the status of the last nights. */
@Command(
    name = "status",
    description = {
      "Shows how the last nights went: what is published and how old it is, lines and rejects,",
      "validation, and what is unusual. Unusual is a night that is late; a network of which no"
          + " file",
      "can be read, or with fewer than",
      "half or more than twice its usual lines, with over 1 %% and twice its usual share of"
          + " rejects,",
      "or over 10 %% fewer accounts with a score than the night before; a night that took twice"
          + " the",
      "usual and a minute more; a validation lower by 0.1. Usual is the median of the seven nights",
      "before (three at least). Also what is missing of the dumps of the last 30 days: days"
          + " without",
      "a file, hours without one where the source writes every hour, files that stop in the"
          + " middle or",
      "of which every line was rejected, files that came after the night of their day."
    })
public final class StatusJob implements Job {
  private static final int NIGHTS_SHOWN = 7;

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description =
          "Also writes the metrics to this file for Prometheus, atomically; for example into"
              + " the folder of node_exporter's textfile collector.")
  private Path prometheus;

  private final PrintStream out;

  /**
   * @param out where the status goes
   */
  public StatusJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return Stream.concat(
            Stream.of(Publications.TABLE, StageRuns.TABLE, LoadedFiles.TABLE, Rejects.TABLE),
            PublishedMarts.marts().stream())
        .toList();
  }

  @Override
  public void run(RunContext context) throws Exception {
    if (prometheus != null && !Files.isDirectory(prometheus.toAbsolutePath().getParent())) {
      throw RenownException.configuration(
          "--prometheus %s: the folder does not exist; give a file in an existing one.",
          prometheus);
    }
    PublishedMarts.Opened opened = PublishedMarts.open(context, context.date());
    Lake lake = opened.lake();
    Publication publication = opened.publication();
    Status status = Status.of(lake.spark(), publication.date());
    LocalDate today = LocalDate.now(context.clock());
    List<Anomalies.Anomaly> anomalies = new ArrayList<>(Anomalies.of(status, today));
    anomalies.addAll(gaps(lake, publication.date()));
    show(lake, publication, status, anomalies, today);
    if (prometheus != null) {
      write(publication, status, anomalies);
    }
  }

  private void show(
      Lake lake,
      Publication publication,
      Status status,
      List<Anomalies.Anomaly> anomalies,
      LocalDate today) {
    long days = today.toEpochDay() - 1 - publication.date().toEpochDay();
    out.printf(
        "Published: night %s, revision %d, run %s; %s%n",
        publication.date(),
        publication.revision(),
        publication.runId(),
        days <= 0 ? "up to date" : days == 1 ? "1 night behind" : days + " nights behind");
    begun(lake, publication.date())
        .ifPresent(
            row ->
                out.printf(
                    "Started, not published: night %s, %d stages completed (running or"
                        + " failed; the same command resumes it)%n",
                    row.get(0), row.getLong(1)));
    out.println();
    nights(lake.spark(), status);
    out.println();
    networks(lake.spark(), status);
    out.println();
    if (anomalies.isEmpty()) {
      out.println("Nothing unusual.");
    } else {
      out.println("Unusual:");
      anomalies.forEach(one -> out.printf("  %-10s %s%n", one.rule(), one.text()));
    }
  }

  /** What is missing of the dumps that the published nights read. */
  private static List<Anomalies.Anomaly> gaps(Lake lake, LocalDate last) {
    if (!lake.has(LoadedFiles.TABLE)) {
      return List.of();
    }
    Column published = col("night").leq(lit(java.sql.Date.valueOf(last)));
    List<Gaps.Loaded> files = new ArrayList<>();
    for (Row row :
        lake.read(LoadedFiles.TABLE)
            .where(published)
            .select(
                col("network"),
                col("file_date"),
                col("night"),
                col("path"),
                col("accepted_count").plus(col("ignored_count")),
                col("rejected_count"))
            .collectAsList()) {
      files.add(
          new Gaps.Loaded(
              row.getString(0),
              row.getDate(1).toLocalDate(),
              row.getDate(2).toLocalDate(),
              row.getString(3),
              row.getLong(4),
              row.getLong(5)));
    }
    return Gaps.of(
        files, lake.has(Rejects.TABLE) ? cut(lake, published, last, files) : List.of(), last);
  }

  private static List<Gaps.Cut> cut(
      Lake lake, Column published, LocalDate last, List<Gaps.Loaded> files) {
    Column isCut =
        Gaps.CUT.stream()
            .map(begin -> col("reason").startsWith(begin))
            .reduce(Column::or)
            .orElseThrow();
    List<Gaps.Cut> cut = new ArrayList<>();
    for (Row row :
        lake.read(Rejects.TABLE)
            .where(published)
            .where(col("night").geq(lit(java.sql.Date.valueOf(last.minusDays(Gaps.DAYS - 1L)))))
            .where(isCut.or(col("reason").equalTo(Gaps.CUT_LINE)))
            .select("network", "path", "reason", "line_number")
            .distinct()
            .collectAsList()) {
      if (!row.getString(2).equals(Gaps.CUT_LINE)
          || Gaps.isLast(row.getString(1), row.getLong(3), files)) {
        cut.add(new Gaps.Cut(row.getString(0), row.getString(1), row.getString(2)));
      }
    }
    return cut;
  }

  /** The latest unpublished night: night and number of completed stages. */
  private static Optional<Row> begun(Lake lake, LocalDate published) {
    return lake
        .read(StageRuns.TABLE)
        .where(StageRuns.NIGHT.col().gt(lit(java.sql.Date.valueOf(published))))
        .groupBy(StageRuns.NIGHT.col())
        .agg(countDistinct(StageRuns.STAGE.col()))
        .sort(col("night").desc())
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }

  private void nights(SparkSession spark, Status status) {
    List<LocalDate> nights =
        status.loaded().stream()
            .map(Status.Loaded::night)
            .distinct()
            .sorted(java.util.Comparator.reverseOrder())
            .limit(NIGHTS_SHOWN)
            .toList();
    List<Row> rows = new ArrayList<>();
    for (LocalDate night : nights) {
      List<Status.Loaded> ofNight =
          status.loaded().stream().filter(one -> one.night().equals(night)).toList();
      long lines = ofNight.stream().mapToLong(Status.Loaded::lines).sum();
      long rejected = ofNight.stream().mapToLong(Status.Loaded::rejected).sum();
      rows.add(
          RowFactory.create(
              night.toString(),
              lines,
              rejected,
              share(rejected, lines),
              ofNight.stream().mapToLong(Status.Loaded::scored).sum(),
              status.durations().stream()
                  .filter(one -> one.night().equals(night))
                  .map(one -> Math.round(one.seconds()))
                  .findFirst()
                  .orElse(null)));
    }
    table(
        spark,
        "night string, lines bigint, rejected bigint, rejected_percent string,"
            + " scored_accounts bigint, seconds bigint",
        rows);
  }

  private void networks(SparkSession spark, Status status) {
    List<Row> rows = new ArrayList<>();
    for (String network :
        status.loaded().stream().map(Status.Loaded::network).distinct().sorted().toList()) {
      Status.Loaded now =
          status.loaded().stream()
              .filter(one -> one.network().equals(network))
              .filter(one -> one.night().equals(status.lastNight()))
              .findFirst()
              .orElse(new Status.Loaded(status.lastNight(), network, 0, 0, 0, 0, 0));
      rows.add(
          RowFactory.create(
              network,
              now.lines(),
              now.rejected(),
              share(now.rejected(), now.lines()),
              now.scored(),
              judged(status, network, "momentum"),
              judged(status, network, "score")));
    }
    table(
        spark,
        "network string, lines bigint, rejected bigint, rejected_percent string,"
            + " scored_accounts bigint, momentum_validation string, score_validation string",
        rows);
  }

  /** The latest validation: our rank correlation with the outcome, and the best baseline's. */
  private static String judged(Status status, String network, String measure) {
    return status.judged().stream()
        .filter(one -> one.network().equals(network) && one.measure().equals(measure))
        .reduce((earlier, later) -> later)
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "%.2f (%s %.2f)",
                    one.spearman(),
                    one.rival(),
                    one.rivalSpearman()))
        .orElse("not judged yet");
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "" : String.format(Locale.ROOT, "%.2f", 100.0 * part / whole);
  }

  private void table(SparkSession spark, String ddl, List<Row> rows) {
    ResultFormat.TABLE.write(spark.createDataFrame(rows, StructType.fromDDL(ddl)), out);
  }

  /** Writes to a temporary name and renames it, so that readers never see a partial file. */
  private void write(Publication publication, Status status, List<Anomalies.Anomaly> anomalies)
      throws IOException {
    Path half = prometheus.resolveSibling(prometheus.getFileName() + ".half");
    try (OutputStream file = Files.newOutputStream(half)) {
      Metrics.write(publication, status, anomalies, file);
    }
    Files.move(
        half, prometheus, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
