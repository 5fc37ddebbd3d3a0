package renown.dumps.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import renown.dumps.DumpFormat;
import renown.dumps.DumpReader;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawFiles;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.lake.ErasedNames;
import renown.lake.LocalFiles;

/**
 * What dumps tell, in the plainest way, without tables or keys: files are read as a night reads
 * them, and what their statements come to is worked out in maps. Of two statements about a record
 * the later one holds, a deletion before an act of the same instant; an act on a post whose author
 * the line does not name is an act towards who wrote it.
 */
final class ToldByDumps implements Told {
  private record Stated(ParsedRecord record, long witnessedAt) {}

  private static final String NETWORK = "found";
  private static final Configuration HADOOP = new Configuration();

  static {
    HADOOP.set("fs.file.impl", LocalFiles.class.getName());
  }

  private final DumpFormat format;
  private final LocalDate night;
  private final List<Stated> statements = new ArrayList<>();
  private final List<String> rejects = new ArrayList<>();
  private final Map<String, Long> ignored = new TreeMap<>();
  private long records;

  ToldByDumps(String format, LocalDate night) {
    this.format = Formats.byName(format);
    this.night = night;
  }

  @Override
  public List<String> rejects() {
    return rejects;
  }

  @Override
  public Map<String, Long> ignored() {
    return ignored;
  }

  @Override
  public long records() {
    return records;
  }

  /**
   * Reads files as those of the night's folder.
   *
   * @param names of files, or of folders with files
   */
  void read(Path folder, long sliceSize, String... names) throws IOException {
    Path root = Files.createTempDirectory("told");
    try {
      Path day = Files.createDirectories(root.resolve(NETWORK).resolve("dt=" + night));
      for (String name : names) {
        copy(folder.resolve(name), day.resolve(name));
      }
      org.apache.hadoop.fs.Path raw = new org.apache.hadoop.fs.Path(root.toUri());
      RawFiles.Listing listing = RawFiles.list(raw, HADOOP);
      listing.unreadable().forEach(file -> rejects.add(file.path() + ": " + file.reason()));
      long endOfNight = micros(night.plusDays(1));
      DumpReader reader =
          new DumpReader(
              raw,
              ReadLimits.ofLines(RawLines.LONGEST_LINE),
              micros(night.plusDays(2)),
              ErasedNames.of(List.of()));
      for (RawFile file : listing.files()) {
        for (RawLines.Slice slice : RawLines.slices(file, sliceSize)) {
          DumpReader.Counts counts =
              reader.read(
                  file,
                  slice,
                  format,
                  HADOOP,
                  new DumpReader.Output() {
                    @Override
                    public void said(List<ParsedRecord> said, int length) {
                      for (ParsedRecord record : said) {
                        boolean isDated = record.witnessedAt != ParsedRecord.NO_TIME;
                        statements.add(
                            new Stated(record, isDated ? record.witnessedAt : endOfNight));
                      }
                    }

                    @Override
                    public void rejected(String path, long line, String reason) {
                      rejects.add(path + " line " + line + ": " + reason);
                    }
                  });
          records += counts.accepted() + counts.ignored() + counts.rejected();
          counts.ignoredByRule().forEach((rule, count) -> ignored.merge(rule, count, Long::sum));
        }
      }
    } finally {
      delete(root);
    }
  }

  private static long micros(LocalDate day) {
    return TimeUnit.SECONDS.toMicros(day.toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    if (!Files.isDirectory(from)) {
      Files.copy(from, to);
      return;
    }
    try (Stream<Path> all = Files.list(from)) {
      for (Path each : all.toList()) {
        copy(each, to.resolve(each.getFileName()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private Stream<Stated> of(ParsedRecord.Kind kind) {
    return statements.stream().filter(stated -> stated.record.kind == kind);
  }

  private Set<String> gone() {
    Set<String> gone = new TreeSet<>();
    of(ParsedRecord.Kind.ACCOUNT)
        .filter(stated -> stated.record.status == ParsedRecord.Status.DELETED)
        .forEach(stated -> gone.add(stated.record.accountId));
    return gone;
  }

  /** When a record was last deleted, by its owner or by the network itself. */
  private long deletedAt(String recordId, String owner) {
    return of(ParsedRecord.Kind.DELETION)
        .filter(stated -> stated.record.recordId.equals(recordId))
        .filter(stated -> stated.record.accountId == null || stated.record.accountId.equals(owner))
        .mapToLong(Stated::witnessedAt)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private boolean stands(Stated stated) {
    ParsedRecord record = stated.record;
    return stated.witnessedAt > deletedAt(record.recordId, record.accountId)
        && !gone().contains(record.accountId);
  }

  /** Every post that stands, in its newest version; of equally old ones with the longest text. */
  @Override
  public Map<String, ParsedRecord> posts() {
    Map<String, ParsedRecord> posts = new TreeMap<>();
    of(ParsedRecord.Kind.POST)
        .filter(this::stands)
        .map(Stated::record)
        .sorted(
            Comparator.comparing((ParsedRecord post) -> post.editedAt)
                .thenComparing(post -> post.text == null ? 0 : post.text.length()))
        .forEach(post -> posts.put(post.recordId, post));
    return posts;
  }

  /** Ids of posts whose last word is that they are gone. */
  @Override
  public Set<String> deleted() {
    Set<String> deleted = new TreeSet<>();
    of(ParsedRecord.Kind.POST)
        .filter(stated -> !stands(stated))
        .forEach(stated -> deleted.add(stated.record.recordId));
    deleted.removeAll(posts().keySet());
    return deleted;
  }

  /** Every act that stands, once. */
  @Override
  public Collection<Act> acts() {
    Map<String, String> authors = new HashMap<>();
    // Who wrote what is known of deleted posts, too.
    of(ParsedRecord.Kind.POST)
        .forEach(stated -> authors.put(stated.record.recordId, stated.record.accountId));
    Map<List<Object>, Act> acts = new java.util.LinkedHashMap<>();
    of(ParsedRecord.Kind.INTERACTION)
        .filter(this::stands)
        .map(Stated::record)
        .forEach(
            act -> {
              String target =
                  act.targetAccountId == null && act.targetHandle == null
                      ? authors.get(act.objectId)
                      : act.targetAccountId;
              Object whom = target != null ? target : act.targetHandle + " " + act.objectId;
              acts.put(
                  List.of(act.recordId, act.verb, whom),
                  new Act(act.verb, act.accountId, target, act.objectId, act.amount));
            });
    return acts.values();
  }

  /** The latest of what is said of an account, member by member. */
  @Override
  public Map<String, ParsedRecord> profiles() {
    Map<String, ParsedRecord> profiles = new TreeMap<>();
    of(ParsedRecord.Kind.ACCOUNT)
        .sorted(Comparator.comparingLong(Stated::witnessedAt))
        .forEach(
            stated -> {
              ParsedRecord said = stated.record;
              ParsedRecord known =
                  profiles.computeIfAbsent(
                      said.accountId, id -> new ParsedRecord(said.kind, id, stated.witnessedAt));
              known.handle = said.handle == null ? known.handle : said.handle;
              known.displayName = said.displayName == null ? known.displayName : said.displayName;
              known.description = said.description == null ? known.description : said.description;
              known.isAutomated = said.isAutomated == null ? known.isAutomated : said.isAutomated;
              known.isDiscoverable =
                  said.isDiscoverable == null ? known.isDiscoverable : said.isDiscoverable;
            });
    return profiles;
  }

  /** Everything that is said, to compare two readings. */
  @Override
  public List<String> everything() {
    return statements.stream().map(stated -> Statements.text(stated.record)).sorted().toList();
  }
}
