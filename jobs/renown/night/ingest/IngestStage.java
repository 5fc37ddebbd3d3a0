package renown.night.ingest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.dumps.formats.NetworkFormats;
import renown.lake.ErasedNames;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.lake.NamedAccounts;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.tables.AccountHandles;
import renown.tables.AccountLists;
import renown.tables.AccountMoves;
import renown.tables.Accounts;
import renown.tables.DeletedPosts;
import renown.tables.Deletions;
import renown.tables.ErasedAccounts;
import renown.tables.Exclusions;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.Rejects;
import renown.tables.TableSchema;
import renown.tables.WaitingInteractions;

/** Loads raw files into the core tables. */
public final class IngestStage implements Stage {
  /**
   * The accumulator of the nanoseconds that reading threads computed: no task counts them as its.
   */
  public static final String CPU_OF_READERS = "CPU of readers";

  static final ConfigKey<Double> REJECTED_SHARE_MAX =
      ConfigKey.number(
          "ingest.rejected-share-max",
          0.05,
          0,
          1,
          "A night fails if more than this share of a network's lines is rejected.");

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
          "Uncompressed files are split into slices of this many bytes, which are read in"
              + " parallel.");

  static final ConfigKey<Long> SHARD_BYTES =
      ConfigKey.integer(
          "ingest.shard-bytes",
          64L << 20,
          1024,
          1L << 40,
          "What lines say is divided into shards of about this many bytes, of which each core holds"
              + " one in memory. The result does not depend on it.");

  static final ConfigKey<String> OPT_OUTS =
      ConfigKey.text(
          "consent.opt-outs",
          "",
          "a Hadoop path, or empty",
          "File of accounts that opted out of scoring, one per line: network, tab, account"
              + " id, handle or address of the profile, in any case, or *@host for all of a host of"
              + " the fediverse.");

  static final ConfigKey<List<String>> OPT_OUT_TAGS =
      ConfigKey.parsed(
          "consent.opt-out-tags",
          "#nobot,#nobots,#noindex,#nosearch,#noarchive,#nobridge",
          "tags that begin with #, separated by commas, or empty",
          "Tags in a profile by which an account opts out of scoring, in any case.",
          text -> words(text, tag -> tag.matches("#[\\p{L}\\p{N}_]+")));

  static final ConfigKey<List<String>> OPT_OUT_FIELDS =
      ConfigKey.parsed(
          "consent.opt-out-fields",
          "display_name,description",
          "some of display_name, description and handle, separated by commas",
          "What of a profile is searched for consent.opt-out-tags.",
          text ->
              words(
                  text,
                  field -> Consent.FIELDS.stream().anyMatch(one -> one.name().equals(field))));

  private static List<String> words(String text, Predicate<String> isRight) {
    List<String> words =
        text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    if (!words.stream().allMatch(isRight)) {
      throw new IllegalArgumentException(text);
    }
    return words;
  }

  static final ConfigKey<Long> TEXT_DAYS =
      ConfigKey.integer(
          "retention.text-days",
          30,
          0,
          36_500,
          "Retention of post texts in nights; 0 stores none.");

  static final ConfigKey<Long> WAITING_DAYS =
      ConfigKey.integer(
          "ingest.waiting-days",
          30,
          0,
          36_500,
          "Nights to keep a reaction whose line does not name the post's author, until that"
              + " post is loaded; then it is dropped.");

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return Stream.concat(
            Stream.of(
                Locations.RAW_ROOT,
                NetworkFormats.FORMATS,
                REJECTED_SHARE_MAX,
                LINE_BYTES_MAX,
                SLICE_BYTES,
                SHARD_BYTES,
                OPT_OUTS,
                OPT_OUT_TAGS,
                OPT_OUT_FIELDS,
                TEXT_DAYS,
                WAITING_DAYS),
            ReadLimits.KEYS.stream())
        .toList();
  }

  @Override
  public List<TableSchema> inputs() {
    return Stream.concat(Stream.of(ErasedAccounts.TABLE), outputs().stream()).toList();
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        LoadedFiles.TABLE,
        Rejects.TABLE,
        IgnoredKinds.TABLE,
        Accounts.TABLE,
        AccountHandles.TABLE,
        AccountMoves.TABLE,
        Posts.TABLE,
        PostTexts.TABLE,
        Interactions.TABLE,
        WaitingInteractions.TABLE,
        Deletions.TABLE,
        DeletedPosts.TABLE,
        AccountLists.TABLE,
        Exclusions.TABLE);
  }

  @Override
  public void run(Night whole) throws Exception {
    Lake lake = whole.lake();
    Night night = whole.withWaiting(outputs());
    Path raw = Locations.readable(Locations.RAW_ROOT, night.config());
    NetworkFormats formats = NetworkFormats.of(night.config());
    NamedAccounts optOuts =
        NamedAccounts.read(OPT_OUTS, night.config(), night.spark())
            .withIds(formats::accountId)
            .inAnySpelling();
    RawFiles.Listing listing = RawFiles.list(raw, night.spark().sessionState().newHadoopConf());
    List<RawFile> files = FilesToLoad.of(listing, night);
    ReadReport.tellUnread(night, listing);
    ErasedNames erased = ErasedNames.of(lake);
    Parsing parsing =
        new Parsing(
            formats.byNetwork(),
            raw,
            ReadLimits.of(night.config(), night.value(LINE_BYTES_MAX).intValue()),
            night.value(SLICE_BYTES),
            night.date(),
            erased);
    JavaRDD<ParsedBlock> parsed =
        parsing.blocks(night.spark(), files).persist(StorageLevel.MEMORY_AND_DISK_SER());
    JavaRDD<ParsedBlock> resolved = parsed;
    HandleHistory handles = new HandleHistory(night, namingNetworks(formats, files));
    try {
      Told told = new Told();
      parsed.map(block -> block.told).collect().forEach(told::addAll);
      ReadReport.write(night, files, listing.unreadable(), told);
      if (!handles.isEmpty()) {
        resolved = handles.resolved(parsed).persist(StorageLevel.MEMORY_AND_DISK_SER());
      }
      CoreTables tables =
          new CoreTables(
              night,
              resolved,
              handles,
              told,
              night.value(SHARD_BYTES),
              night.value(TEXT_DAYS),
              night.value(WAITING_DAYS));
      told.ignored.addAll(
          tables.write(
              erased.lastKeys(),
              names(optOuts),
              new Consent.Tags(night.value(OPT_OUT_TAGS), night.value(OPT_OUT_FIELDS))));
      ReadReport.writeIgnored(night, listing.unreadable(), told.ignored);
      night.lake().commitWaiting();
    } finally {
      parsed.unpersist(false);
      resolved.unpersist(false);
      handles.unpersist();
    }
    optOuts.tellUnknownNetworks(() -> lake.read(LoadedFiles.TABLE), night.progress());
    optOuts.tellUnknownAccounts(() -> lake.read(Accounts.TABLE), night.progress());
  }

  /** Networks of the night whose lines may name accounts by their handles alone. */
  private static Set<String> namingNetworks(NetworkFormats formats, List<RawFile> files) {
    Set<String> networks = new HashSet<>();
    formats
        .byNetwork()
        .forEach(
            (network, format) -> {
              if (format.namesAccounts()
                  && files.stream().anyMatch(file -> file.network().equals(network))) {
                networks.add(network);
              }
            });
    return networks;
  }

  private static Set<String> names(NamedAccounts accounts) {
    Set<String> names = new HashSet<>();
    accounts
        .collect()
        .forEach(row -> names.add(KeyBucket.name(row.getString(0), row.getString(1))));
    return names;
  }
}
