package renown.night.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.formats.NetworkFormats;
import renown.lake.Lake;
import renown.night.Night;
import renown.run.RenownException;
import renown.run.Together;
import renown.tables.IgnoredKinds;
import renown.tables.LoadedFiles;
import renown.tables.Rejects;

/** Records which files and lines were read, and which were not, with the reason. */
final class ReadReport {
  /** Lines that are not blank; in JSON, values, of which a line may hold several or a part. */
  private static final Column RECORDS =
      col("accepted_count").plus(col("ignored_count")).plus(col("rejected_count"));

  private ReadReport() {}

  /** Records what was read and rejected, then fails if too much was rejected. */
  static void write(
      Night night, List<RawFile> files, List<RawFiles.Unreadable> unreadable, Dataset<Row> parsed)
      throws Exception {
    Lake lake = night.lake();
    Dataset<Row> slices = parsed.where(col("kind").equalTo(Parsed.SLICE));
    Map<String, Map<Long, Long>> linesBefore = linesBefore(slices);
    Together.run(
        () -> lake.append(LoadedFiles.TABLE, loaded(night, files, slices).coalesce(1)),
        () ->
            lake.append(
                Rejects.TABLE,
                rejects(night, parsed, linesBefore)
                    .unionByName(notReadable(night, unreadable))
                    .coalesce(1)));
    checkRejects(night, slices);
  }

  /**
   * What was left out by rule.
   *
   * @param unreadable files that cannot be taken for dumps
   * @param duplicates network, line_count
   * @param undecided network, rule, statement_count; may be empty
   * @return rows of {@code ignored_kinds}
   */
  static Dataset<Row> ignored(
      Night night,
      List<RawFiles.Unreadable> unreadable,
      Dataset<Row> parsed,
      Dataset<Row> duplicates,
      Optional<Dataset<Row>> undecided) {
    Dataset<Row> ignored = ofLines(parsed, duplicates).unionByName(ofFiles(night, unreadable));
    return undecided
        .map(ignored::unionByName)
        .orElse(ignored)
        .withColumn("night", night.literal())
        .select(IgnoredKinds.TABLE.cols())
        .coalesce(1);
  }

  private static Dataset<Row> ofFiles(Night night, List<RawFiles.Unreadable> unreadable) {
    List<Row> rows = new ArrayList<>();
    byNetwork(night, unreadable)
        .forEach(
            (network, files) ->
                rows.add(
                    RowFactory.create(network, IgnoredKinds.UNREADABLE_FILE, (long) files.size())));
    return night
        .spark()
        .createDataFrame(
            rows, StructType.fromDDL("network string, rule string, statement_count bigint"));
  }

  /** Those of networks that are not to be skipped; a file that lies in the root is of none. */
  private static Map<String, List<RawFiles.Unreadable>> byNetwork(
      Night night, List<RawFiles.Unreadable> unreadable) {
    Map<String, String> formats = night.value(NetworkFormats.FORMATS);
    return unreadable.stream()
        .filter(file -> file.network() != null)
        .filter(file -> !NetworkFormats.SKIP.equals(formats.get(file.network())))
        .collect(
            Collectors.groupingBy(RawFiles.Unreadable::network, TreeMap::new, Collectors.toList()));
  }

  /** Says which networks bring nothing because none of their files is taken for a dump. */
  static void tellUnread(Night night, RawFiles.Listing listing) {
    byNetwork(night, listing.unreadable())
        .forEach(
            (network, files) -> {
              if (listing.files().stream().noneMatch(file -> file.network().equals(network))) {
                night
                    .progress()
                    .say(
                        "  Warning: nothing of %s is loaded, for none of its files can be read:"
                            + " %d, such as %s: %s.",
                        network, files.size(), files.get(0).path(), files.get(0).reason());
              }
            });
  }

  private static Dataset<Row> ofLines(Dataset<Row> parsed, Dataset<Row> duplicates) {
    return parsed
        .where(col("kind").equalTo(Parsed.IGNORED))
        .groupBy(col("network"), col("reason").as("rule"))
        .agg(sum("statement_count").as("statement_count"))
        .unionByName(
            duplicates.select(
                col("network"),
                lit(IgnoredKinds.DUPLICATE_LINE).as("rule"),
                col("line_count").as("statement_count")));
  }

  /** For files in several slices, the lines before each slice. */
  private static Map<String, Map<Long, Long>> linesBefore(Dataset<Row> slices) {
    Map<String, TreeMap<Long, Long>> counts = new HashMap<>();
    for (Row row : slices.select("path", "slice_start", "line_count").collectAsList()) {
      counts
          .computeIfAbsent(row.getAs("path"), path -> new TreeMap<>())
          .put(row.getAs("slice_start"), row.getAs("line_count"));
    }
    Map<String, Map<Long, Long>> before = new HashMap<>();
    counts.forEach(
        (path, byStart) -> {
          if (byStart.size() > 1) {
            long lines = 0;
            Map<Long, Long> sums = new HashMap<>();
            for (Map.Entry<Long, Long> slice : byStart.entrySet()) {
              sums.put(slice.getKey(), lines);
              lines += slice.getValue();
            }
            before.put(path, sums);
          }
        });
    return before;
  }

  private static Dataset<Row> rejects(
      Night night, Dataset<Row> parsed, Map<String, Map<Long, Long>> linesBefore) {
    List<Row> rows = new ArrayList<>();
    linesBefore.forEach(
        (path, starts) ->
            starts.forEach((start, lines) -> rows.add(RowFactory.create(path, start, lines))));
    Dataset<Row> before =
        night
            .spark()
            .createDataFrame(
                rows,
                new StructType()
                    .add("path", DataTypes.StringType)
                    .add("slice_start", DataTypes.LongType)
                    .add("lines_before", DataTypes.LongType));
    return parsed
        .where(col("kind").equalTo(Parsed.REJECT))
        .select("network", "path", "slice_start", "line_number", "reason")
        .join(before, new String[] {"path", "slice_start"}, "left")
        .withColumn("line_number", col("line_number").plus(coalesce(col("lines_before"), lit(0L))))
        .withColumn("night", night.literal())
        .select(Rejects.TABLE.cols())
        // An archive may hold several members of one name.
        .distinct();
  }

  /** Files that are not dumps, each reported once. */
  private static Dataset<Row> notReadable(Night night, List<RawFiles.Unreadable> unreadable) {
    Map<String, String> formats = night.value(NetworkFormats.FORMATS);
    Set<String> told =
        night
            .lake()
            .read(Rejects.TABLE)
            .where(col("line_number").equalTo(0))
            .select("path")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());
    List<Row> rows = new ArrayList<>();
    for (RawFiles.Unreadable file : unreadable) {
      String network = file.network() == null ? "" : file.network();
      if (!told.contains(file.path()) && !NetworkFormats.SKIP.equals(formats.get(network))) {
        night.progress().say("  rejected %s: %s", file.path(), file.reason());
        rows.add(
            RowFactory.create(
                network, file.path(), 0L, file.reason(), java.sql.Date.valueOf(night.date())));
      }
    }
    return night.spark().createDataFrame(rows, Rejects.TABLE.structType());
  }

  private static Dataset<Row> loaded(Night night, List<RawFile> files, Dataset<Row> slices) {
    List<Row> rows = new ArrayList<>();
    for (RawFile file : files) {
      rows.add(
          RowFactory.create(
              file.network(),
              java.sql.Date.valueOf(file.date()),
              file.path(),
              file.size(),
              Timestamp.from(file.modifiedAt())));
    }
    Dataset<Row> listed =
        night
            .spark()
            .createDataFrame(
                rows,
                new StructType()
                    .add("network", DataTypes.StringType)
                    .add("file_date", DataTypes.DateType)
                    .add("path", DataTypes.StringType)
                    .add("size", DataTypes.LongType)
                    .add("modified_at", DataTypes.TimestampType));
    Dataset<Row> read =
        slices
            .groupBy("path")
            .agg(
                sum("checksum").as("checksum"),
                sum(RECORDS).as("line_count"),
                sum("accepted_count").as("accepted_count"),
                sum("ignored_count").as("ignored_count"),
                sum("rejected_count").as("rejected_count"));
    return listed
        .join(read, "path")
        .withColumn("night", night.literal())
        .select(LoadedFiles.TABLE.cols());
  }

  private static void checkRejects(Night night, Dataset<Row> slices) {
    double most = night.value(IngestStage.REJECTED_SHARE_MAX);
    for (Row row :
        slices
            .groupBy("network")
            .agg(sum(RECORDS).as("line_count"), sum("rejected_count").as("rejected_count"))
            .sort("network")
            .collectAsList()) {
      long lines = row.getAs("line_count");
      long rejected = row.getAs("rejected_count");
      if (rejected > most * Math.max(lines, 1)) {
        Row worst =
            night
                .rows(Rejects.TABLE)
                .where(col("network").equalTo(row.<String>getAs("network")))
                .groupBy("reason")
                .agg(
                    count(lit(1)).as("reject_count"),
                    org.apache
                        .spark
                        .sql
                        .functions
                        .min(org.apache.spark.sql.functions.struct("path", "line_number"))
                        .as("example"))
                .sort(col("reject_count").desc(), col("reason"))
                .head();
        Row example = worst.getAs("example");
        throw RenownException.data(
            "Night %s: %d of %d lines of %s were rejected, more than %s = %s allows. Most"
                + " frequent reason (%d times): %s, first in %s line %d. Repair or remove the"
                + " files, or raise the limit; \"scripts/submit.sh rejects\" shows the rest.",
            night.date(),
            rejected,
            lines,
            row.getAs("network"),
            IngestStage.REJECTED_SHARE_MAX.name(),
            most,
            worst.<Long>getAs("reject_count"),
            worst.getAs("reason"),
            example.getAs("path"),
            example.<Long>getAs("line_number"));
      }
    }
  }
}
