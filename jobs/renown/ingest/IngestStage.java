package renown.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import renown.ingest.formats.Formats;
import renown.io.Lake;
import renown.io.Locations;
import renown.io.RawFile;
import renown.io.RawFiles;
import renown.io.RawLines;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.tables.TableSchema;

/** Raw files in, core tables out. */
public final class IngestStage implements Stage {
  private static final List<String> FORMAT_NAMES =
      Formats.all().stream().map(DumpFormat::name).toList();

  static final ConfigKey<Map<String, String>> FORMATS =
      ConfigKey.parsed(
          "ingest.formats",
          "bluesky=bluesky-jetstream,x=x-v1-stream",
          "NETWORK=FORMAT pairs, separated by commas; formats: "
              + String.join(", ", FORMAT_NAMES)
              + "; NETWORK=skip leaves a folder alone",
          "The dump format of each network folder under the raw root.",
          IngestStage::pairs);

  static final ConfigKey<Double> REJECTED_SHARE_MAX =
      ConfigKey.number(
          "ingest.rejected-share-max",
          0.05,
          0,
          1,
          "A night fails where more than this share of a network's lines is rejected.");

  static final ConfigKey<Long> LINE_BYTES_MAX =
      ConfigKey.integer(
          "ingest.line-bytes-max",
          RawLines.LONGEST_LINE,
          1024,
          1 << 30,
          "Longer lines are rejected unread.");

  static final ConfigKey<Long> SLICE_BYTES =
      ConfigKey.integer(
          "ingest.slice-bytes",
          RawLines.SLICE_SIZE,
          4096,
          1L << 40,
          "Plain files are cut into pieces of this size to be read in parallel.");

  static final ConfigKey<String> OPT_OUTS =
      ConfigKey.text(
          "consent.opt-outs",
          "",
          "a Hadoop path, or empty",
          "A file with one line per account that asked not to be scored: network, tab, account id.");

  static final ConfigKey<Long> TEXT_DAYS =
      ConfigKey.integer(
          "retention.text-days",
          30,
          0,
          36_500,
          "How many nights the text of posts is kept; 0 keeps none.");

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        Locations.RAW_ROOT,
        FORMATS,
        REJECTED_SHARE_MAX,
        LINE_BYTES_MAX,
        SLICE_BYTES,
        OPT_OUTS,
        TEXT_DAYS);
  }

  @Override
  public List<TableSchema> inputs() {
    return outputs();
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        LoadedFiles.TABLE,
        Rejects.TABLE,
        IgnoredKinds.TABLE,
        Accounts.TABLE,
        Posts.TABLE,
        PostTexts.TABLE,
        Interactions.TABLE,
        Deletions.TABLE,
        AccountLists.TABLE,
        Exclusions.TABLE);
  }

  @Override
  public void run(Night night) {
    Path raw = Locations.readable(Locations.RAW_ROOT, night.config());
    RawFiles.Listing listing = RawFiles.list(raw, night.spark().sessionState().newHadoopConf());
    List<RawFile> files = filesToLoad(listing, night);
    Parsing parsing =
        new Parsing(
            formats(night),
            raw,
            night.value(LINE_BYTES_MAX).intValue(),
            night.value(SLICE_BYTES),
            night.date());
    Dataset<Row> parsed =
        parsing.rows(night.spark(), files).persist(StorageLevel.MEMORY_AND_DISK());
    writeFiles(night, files, listing.unreadable(), parsed);
    Dataset<Row> keys = writeAccounts(night, parsed);
    Dataset<Row> newDeletions = writeDeletions(night, parsed, keys);
    writeInteractions(night, parsed, keys, newDeletions);
    writePosts(night, parsed, keys, newDeletions);
    writeLists(night, parsed, keys, newDeletions);
    night
        .lake()
        .overwrite(
            Exclusions.TABLE,
            Consent.exclusions(night.lake().read(Accounts.TABLE), optOuts(night), night.literal())
                .coalesce(1));
  }

  /** The files up to the night that were not loaded, as far as name, size and time tell. */
  private List<RawFile> filesToLoad(RawFiles.Listing listing, Night night) {
    Map<String, String> formats = night.value(FORMATS);
    Set<String> loaded = new HashSet<>();
    for (Row row :
        night
            .lake()
            .read(LoadedFiles.TABLE)
            .select("path", "size", "modified_at")
            .collectAsList()) {
      loaded.add(
          identity(
              row.getAs("path"),
              row.getAs("size"),
              row.<Timestamp>getAs("modified_at").toInstant().toEpochMilli()));
    }
    List<RawFile> files = new ArrayList<>();
    Set<String> today = new HashSet<>();
    for (RawFile file : listing.files()) {
      String format = formats.get(file.network());
      if (format == null) {
        throw RenownException.configuration(
            "The raw root has a folder %s, but %s = \"%s\" names no format for it: add"
                + " %s=FORMAT (one of %s), or %s=skip.",
            file.network(),
            FORMATS.name(),
            night.config().texts().get(FORMATS.name()),
            file.network(),
            String.join(", ", FORMAT_NAMES),
            file.network());
      }
      if (!format.equals("skip") && !file.date().isAfter(night.date())) {
        if (file.date().equals(night.date())) {
          today.add(file.network());
        }
        if (!loaded.contains(
            identity(file.path(), file.size(), file.modifiedAt().toEpochMilli()))) {
          files.add(file);
        }
      }
    }
    formats.forEach(
        (network, format) -> {
          boolean known = listing.files().stream().anyMatch(f -> f.network().equals(network));
          if (known && !format.equals("skip") && !today.contains(network)) {
            night.progress().say("  %s has no file of %s", network, night.date());
          }
        });
    if (listing.files().isEmpty() && listing.unreadable().isEmpty()) {
      night.progress().say("  the raw root holds no file <network>/dt=YYYY-MM-DD/*");
    }
    return files;
  }

  private static String identity(String path, long size, long modifiedMillis) {
    return path + '\n' + size + '\n' + modifiedMillis;
  }

  private Map<String, DumpFormat> formats(Night night) {
    Map<String, DumpFormat> formats = new HashMap<>();
    night
        .value(FORMATS)
        .forEach(
            (network, format) -> {
              if (!format.equals("skip")) {
                formats.put(network, Formats.byName(format));
              }
            });
    return formats;
  }

  /** Writes what was read and what was not, then fails where too much was not. */
  private void writeFiles(
      Night night, List<RawFile> files, List<RawFiles.Unreadable> unreadable, Dataset<Row> parsed) {
    Lake lake = night.lake();
    Dataset<Row> slices = parsed.where(col("kind").equalTo(Parsed.SLICE));
    Map<String, Map<Long, Long>> linesBefore = linesBefore(slices);
    lake.append(LoadedFiles.TABLE, loaded(night, files, slices).coalesce(1));
    lake.append(
        Rejects.TABLE,
        rejects(night, parsed, linesBefore)
            .unionByName(notReadable(night, unreadable))
            .coalesce(1));
    lake.append(
        IgnoredKinds.TABLE,
        parsed
            .where(col("kind").equalTo(Parsed.IGNORED))
            .groupBy(col("network"), col("reason").as("rule"))
            .agg(sum("statement_count").as("statement_count"))
            .withColumn("night", night.literal())
            .coalesce(1));
    checkRejects(night, slices);
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
        .select(Rejects.TABLE.cols());
  }

  /** Files that cannot be taken for dumps, each told once. */
  private static Dataset<Row> notReadable(Night night, List<RawFiles.Unreadable> unreadable) {
    Map<String, String> formats = night.value(FORMATS);
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
      if (!told.contains(file.path()) && !"skip".equals(formats.get(network))) {
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
                sum(col("line_count").minus(col("blank_count"))).as("line_count"),
                sum("accepted_count").as("accepted_count"),
                sum("ignored_count").as("ignored_count"),
                sum("rejected_count").as("rejected_count"));
    return listed
        .join(read, "path")
        .withColumn("night", night.literal())
        .select(LoadedFiles.TABLE.cols());
  }

  private void checkRejects(Night night, Dataset<Row> slices) {
    double most = night.value(REJECTED_SHARE_MAX);
    for (Row row :
        slices
            .groupBy("network")
            .agg(
                sum(col("line_count").minus(col("blank_count"))).as("line_count"),
                sum("rejected_count").as("rejected_count"))
            .sort("network")
            .collectAsList()) {
      long lines = row.getAs("line_count");
      long rejected = row.getAs("rejected_count");
      if (rejected > most * Math.max(lines, 1)) {
        Row worst =
            night
                .lake()
                .read(Rejects.TABLE)
                .where(
                    col("night")
                        .equalTo(night.literal())
                        .and(col("network").equalTo(row.<String>getAs("network"))))
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
            "Night %s: %d of %d lines of %s were rejected, more than %s = %s allows. Most often"
                + " (%d times): %s, first in %s line %d. Repair or remove the files, or raise the"
                + " bound.",
            night.date(),
            rejected,
            lines,
            row.getAs("network"),
            REJECTED_SHARE_MAX.name(),
            most,
            worst.<Long>getAs("reject_count"),
            worst.getAs("reason"),
            example.getAs("path"),
            example.<Long>getAs("line_number"));
      }
    }
  }

  /** Gives keys and writes profiles; gives back network, account_id, account_key of all named. */
  private static Dataset<Row> writeAccounts(Night night, Dataset<Row> parsed) {
    Dataset<Row> accounts = night.lake().read(Accounts.TABLE);
    Dataset<Row> named = AccountKeys.named(parsed).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> known = AccountKeys.known(named, accounts).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> unseen =
        AccountKeys.assign(
                named.join(known, new String[] {"network", "account_id"}, "left_anti"),
                AccountKeys.next(accounts))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> keys = known.unionByName(unseen);
    Dataset<Row> profiles =
        Profiles.freshest(Parsed.of(parsed, ParsedRecord.Kind.ACCOUNT))
            .join(keys, new String[] {"network", "account_id"});
    night
        .lake()
        .upsert(Accounts.TABLE, Profiles.changed(profiles, accounts, unseen, night.literal()));
    return keys;
  }

  private static Dataset<Row> writeDeletions(Night night, Dataset<Row> parsed, Dataset<Row> keys) {
    Dataset<Row> deletions =
        Records.deletions(Parsed.of(parsed, ParsedRecord.Kind.DELETION), keys, night.literal())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> held = night.lake().read(Deletions.TABLE).where(RecordDates.within(deletions));
    Dataset<Row> added =
        Records.newDeletions(deletions, held).persist(StorageLevel.MEMORY_AND_DISK());
    night.lake().append(Deletions.TABLE, added);
    return added;
  }

  private static void writeInteractions(
      Night night, Dataset<Row> parsed, Dataset<Row> keys, Dataset<Row> newDeletions) {
    Lake lake = night.lake();
    Dataset<Row> acts =
        Records.interactions(
                Parsed.of(parsed, ParsedRecord.Kind.INTERACTION), keys, night.literal())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Column itsDays = RecordDates.within(acts);
    Dataset<Row> added =
        Records.newInteractions(acts, lake.read(Interactions.TABLE).where(itsDays))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> held =
        lake.read(Interactions.TABLE)
            .where(RecordDates.within(newDeletions))
            .where(Interactions.CHANGE.col().equalTo(1));
    Dataset<Row> deletions =
        lake.read(Deletions.TABLE).where(itsDays.or(col("record_date").isNull()));
    Dataset<Row> undone =
        Records.undone(added, deletions, night.literal())
            .unionByName(Records.undone(held, newDeletions, night.literal()));
    lake.append(Interactions.TABLE, added.unionByName(undone));
  }

  private static void writePosts(
      Night night, Dataset<Row> parsed, Dataset<Row> keys, Dataset<Row> newDeletions) {
    Lake lake = night.lake();
    Dataset<Row> posts =
        Records.posts(Parsed.of(parsed, ParsedRecord.Kind.POST), keys, night.literal())
            .persist(StorageLevel.MEMORY_AND_DISK());
    Column itsDays = RecordDates.within(posts);
    Dataset<Row> added =
        Records.newPosts(
                posts,
                lake.read(Posts.TABLE).where(itsDays),
                lake.read(Deletions.TABLE).where(itsDays.or(col("record_date").isNull())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    lake.append(Posts.TABLE, Records.toPosts(added));
    long textDays = night.value(TEXT_DAYS);
    if (textDays > 0) {
      lake.append(PostTexts.TABLE, Records.toTexts(added));
    }
    Column tooOld =
        PostTexts.NIGHT.col().leq(lit(java.sql.Date.valueOf(night.date().minusDays(textDays))));
    if (!lake.read(PostTexts.TABLE).where(tooOld).isEmpty()) {
      lake.delete(PostTexts.TABLE, tooOld);
    }
    if (!newDeletions.isEmpty()) {
      Dataset<Row> gone =
          newDeletions.select(
              col("network"), col("record_id").as("post_id"), col("deleter_key").as("author_key"));
      Column theirDays = RecordDates.within(newDeletions);
      Dataset<Row> deleted =
          lake.read(Posts.TABLE)
              .where(theirDays)
              .join(gone, new String[] {"network", "post_id", "author_key"}, "left_semi")
              .select("network", "post_id", "record_date")
              .persist(StorageLevel.MEMORY_AND_DISK());
      if (!deleted.isEmpty()) {
        lake.deleteMatching(PostTexts.TABLE, deleted);
        lake.deleteMatching(Posts.TABLE, deleted);
      }
    }
  }

  private static void writeLists(
      Night night, Dataset<Row> parsed, Dataset<Row> keys, Dataset<Row> newDeletions) {
    Lake lake = night.lake();
    Dataset<Row> lists =
        Records.lists(Parsed.of(parsed, ParsedRecord.Kind.LIST), keys, night.literal())
            .persist(StorageLevel.MEMORY_AND_DISK());
    if (!lists.isEmpty()) {
      lake.upsert(
          AccountLists.TABLE,
          Records.newLists(lists, lake.read(AccountLists.TABLE), lake.read(Deletions.TABLE)));
    }
    if (!newDeletions.isEmpty()) {
      Dataset<Row> gone =
          newDeletions.select(
              col("network"), col("record_id").as("list_id"), col("deleter_key").as("owner_key"));
      Dataset<Row> deleted =
          lake.read(AccountLists.TABLE)
              .join(gone, new String[] {"network", "list_id", "owner_key"}, "left_semi")
              .select("network", "list_id");
      if (!deleted.isEmpty()) {
        lake.deleteMatching(AccountLists.TABLE, deleted);
      }
    }
  }

  private static Dataset<Row> optOuts(Night night) {
    String path = night.value(OPT_OUTS);
    if (path.isEmpty()) {
      return night
          .spark()
          .createDataFrame(
              List.of(),
              new StructType()
                  .add("network", DataTypes.StringType)
                  .add("account_id", DataTypes.StringType));
    }
    Dataset<Row> optOuts =
        Consent.optOuts(
            night.spark().read().text(Locations.readableFile(OPT_OUTS, night.config()).toString()));
    List<Row> bad = optOuts.where(col("account_id").isNull()).limit(1).collectAsList();
    if (!bad.isEmpty()) {
      throw RenownException.configuration(
          "%s = \"%s\": a line is not NETWORK<tab>ACCOUNT_ID: \"%s\".",
          OPT_OUTS.name(), path, bad.get(0).<String>getAs("network"));
    }
    return optOuts;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new TreeMap<>();
    Set<String> formats = new HashSet<>(FORMAT_NAMES);
    formats.add("skip");
    for (String pair : text.split(",")) {
      String[] parts = pair.strip().split("=", -1);
      if (parts.length != 2
          || parts[0].isBlank()
          || !formats.contains(parts[1])
          || pairs.put(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException(text);
      }
    }
    return pairs;
  }
}
