package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.dumps.Archive;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RawFile;
import renown.dumps.ReadLimits;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.lake.ErasedNames;
import renown.night.ingest.Statement.Sort;

class ParsingTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);

  @TempDir private Path folder;

  /** Words of a line: id@ISO-time is a post, "no" rejects, "bug" is one, others are ignored. */
  private static final class Words implements DumpFormat {
    @Override
    public String name() {
      return "words";
    }

    @Override
    public void parse(byte[] bytes, int offset, int length, LineSink sink)
        throws RejectedLineException {
      String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
      for (String word : line.split(" ")) {
        int at = word.indexOf('@');
        if (word.equals("no")) {
          throw new RejectedLineException("said no");
        } else if (word.equals("bug")) {
          throw new IllegalStateException("a bug in the format");
        } else if (at < 0) {
          sink.ignored("word " + word);
        } else {
          ParsedRecord post = new ParsedRecord(Kind.POST, "ann", ParsedRecord.NO_TIME);
          post.recordId = word.substring(0, at);
          Instant time = Instant.parse(word.substring(at + 1));
          post.happenedAt = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
          sink.accept(post);
        }
      }
    }
  }

  private RawFile file(String name, String text) throws Exception {
    Path path = folder.resolve("x/dt=" + NIGHT).resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return new RawFile(
        "x",
        NIGHT,
        "x/dt=" + NIGHT + "/" + name,
        Files.size(path),
        Instant.EPOCH,
        Compression.NONE);
  }

  private ReadLines read(long sliceBytes, RawFile... files) throws Exception {
    return new ReadLines(
        new Parsing(
            Map.of("x", new Words()),
            new org.apache.hadoop.fs.Path(folder.toUri()),
            ReadLimits.ofLines(1 << 20),
            sliceBytes,
            NIGHT,
            ErasedNames.of(List.of())),
        List.of(files));
  }

  private static List<String> posts(ReadLines read) {
    return read.of(Sort.POST).stream().map(one -> one.id).sorted().toList();
  }

  @Test
  void aRejectedLineSaysNothingAtAll() throws Exception {
    RawFile file =
        file(
            "a",
            "1@2026-01-05T10:00:00Z chat 2@2026-01-05T10:00:01Z\n"
                + "\n"
                + "3@2026-01-05T10:00:02Z gossip no 4@2026-01-05T10:00:03Z\n"
                + "chat\n");
    ReadLines read = read(1 << 20, file);
    assertThat(
            read.of(Sort.POST).stream()
                .map(
                    one ->
                        one.id
                            + " "
                            + read.account(one)
                            + " "
                            + Instant.ofEpochMilli(one.happened / 1000)))
        .containsExactly("1 ann 2026-01-05T10:00:00Z", "2 ann 2026-01-05T10:00:01Z");
    // The line is about the first of them.
    assertThat(read.of(Sort.POST).stream().map(one -> one.own)).containsExactly(1, 0);
    assertThat(read.rejects()).containsExactly(file.path() + " 3 said no");
    assertThat(read.ignored()).containsExactly("word chat 2");
    assertThat(read.counts()).isEqualTo(Map.of(file.path(), List.of(4L, 1L, 1L, 1L, 1L)));
    // The line tells no witness: the end of the file's day is the latest that it can have been.
    assertThat(read.of(Sort.POST))
        .allSatisfy(
            one ->
                assertThat(Instant.ofEpochMilli(one.witnessed / 1000))
                    .isEqualTo("2026-01-06T00:00:00Z"));
  }

  @Test
  void rejectsOfAnArchiveNameItsMember() throws Exception {
    Path path = folder.resolve("x/dt=" + NIGHT).resolve("a.zip");
    Files.createDirectories(path.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (String[] member :
          new String[][] {
            {"06/29.json", "1@2026-01-05T10:00:00Z\nno\n"},
            {"06/30.json.gz", "not gz"},
            {"06/30.png", "picture"},
            {"06/31.json", "\nno\nchat\n"}
          }) {
        zip.putNextEntry(new ZipEntry(member[0]));
        zip.write(member[1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    String name = "x/dt=" + NIGHT + "/a.zip";
    RawFile file =
        new RawFile(
            "x", NIGHT, name, Files.size(path), Instant.EPOCH, Compression.NONE, Archive.ZIP);
    ReadLines read = read(10, file);
    assertThat(read.rejects())
        .containsExactly(
            name + "!/06/29.json 2 said no",
            name + "!/06/30.json.gz 1 corrupt gz file",
            name + "!/06/31.json 2 said no");
    assertThat(read.ignored()).containsExactly("archive member .png 1", "word chat 1");
    // The line that the damage hides counts as one.
    assertThat(read.counts()).isEqualTo(Map.of(name, List.of(6L, 1L, 1L, 1L, 3L)));
  }

  /** The actor comes last in an archive of Mastodon's, and says whose the likes before it are. */
  @Test
  void aMemberOfAnArchiveTellsWhoseTheOthersAre() throws Exception {
    Path path = folder.resolve("x/dt=" + NIGHT).resolve("archive.tar.gz");
    Files.createDirectories(path.getParent());
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(path)))) {
      for (String[] member :
          new String[][] {
            {
              "likes.json",
              "{\"type\":\"OrderedCollection\",\"id\":\"likes.json\","
                  + "\"orderedItems\":[\"https://b.example/users/bob/statuses/1\"]}"
            },
            {"avatar.png", "picture"},
            {
              "actor.json",
              "{\"type\":\"Person\",\"id\":\"https://a.example/users/ann\","
                  + "\"preferredUsername\":\"ann\",\"likes\":\"likes.json\"}"
            }
          }) {
        byte[] content = member[1].getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(member[0]);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    RawFile file =
        new RawFile(
            "x",
            NIGHT,
            "x/dt=" + NIGHT + "/archive.tar.gz",
            Files.size(path),
            Instant.EPOCH,
            Compression.GZIP,
            Archive.TAR);
    ReadLines read =
        new ReadLines(
            new Parsing(
                Map.of("x", Formats.byName("mastodon")),
                new org.apache.hadoop.fs.Path(folder.toUri()),
                ReadLimits.ofLines(1 << 20),
                1 << 20,
                NIGHT,
                ErasedNames.of(List.of())),
            List.of(file));
    assertThat(read.of(Sort.ACCOUNT).stream().map(read::account))
        .containsExactly("https://a.example/users/ann");
    Statement like = read.of(Sort.ACT).get(0);
    assertThat(read.of(Sort.ACT)).hasSize(1);
    assertThat(read.account(like)).isEqualTo("https://a.example/users/ann");
    assertThat(read.target(like)).isEqualTo("https://b.example/users/bob");
    // Nobody knows when: on the file's day.
    assertThat(like.hasTime()).isFalse();
    assertThat(Instant.ofEpochMilli(like.happened / 1000)).isEqualTo("2026-01-05T23:59:59.999Z");
    assertThat(read.ignored()).containsExactly("archive member .png 1");
  }

  @Test
  void whatLiesMoreThanADayAfterTheNightIsRejectedWithItsWholeLine() throws Exception {
    RawFile file =
        file(
            "a",
            "1@2026-01-06T23:59:59.999999Z\n"
                + "2@2026-01-05T10:00:00Z 3@2026-01-07T00:00:00Z\n"
                + "4@2099-01-01T00:00:00Z\n");
    ReadLines read = read(1 << 20, file);
    assertThat(posts(read)).containsExactly("1");
    assertThat(read.rejects())
        .containsExactly(
            file.path() + " 2 its time lies more than a day after the night",
            file.path() + " 3 its time lies more than a day after the night");
  }

  @Test
  void slicesAndTasksDoNotMatter() throws Exception {
    List<RawFile> files = new ArrayList<>();
    for (int f = 0; f < 3; f++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 2000; line++) {
        text.append(f).append('-').append(line).append("@2026-01-05T10:00:00Z\n");
      }
      files.add(file("f" + f, text.toString()));
    }
    RawFile[] all = files.toArray(new RawFile[0]);
    ReadLines whole = read(1 << 20, all);
    assertThat(posts(whole)).doesNotHaveDuplicates().hasSize(6000);
    ReadLines sliced = read(10_000, all);
    assertThat(sliced.told.slices).hasSizeGreaterThan(10);
    assertThat(posts(sliced)).isEqualTo(posts(whole));
    assertThat(sliced.counts()).isEqualTo(whole.counts());
    assertThat(sliced.told.days).isEqualTo(whole.told.days);
    assertThat(sliced.told.count(Sort.POST)).isEqualTo(6000);
  }

  @Test
  void ofBadLinesSomeAreToldAndAllAreCounted() throws Exception {
    RawFile file = file("a", "1@2026-01-05T10:00:00Z\n" + "no\n".repeat(5000));
    ReadLines read = read(1 << 20, file);
    assertThat(read.told.rejects).hasSize(Told.MOST_REJECTS);
    assertThat(read.told.rejects.get(0).lineNumber()).isEqualTo(2);
    assertThat(read.counts()).isEqualTo(Map.of(file.path(), List.of(5001L, 0L, 1L, 0L, 5000L)));
    assertThat(read.told.rejected.get("x").get("said no"))
        .isEqualTo(new Told.Rejected(5000, file.path(), 0, 2));
  }

  @Test
  void manyLinesMakeManyBlocks() throws Exception {
    RawFile file = file("a", "1@2026-01-05T10:00:00Z\n".repeat(400_000));
    ReadLines read = read(1L << 40, file);
    assertThat(read.blockCount).isBetween(2, 5);
    assertThat(read.of(Sort.POST)).hasSize(400_000);
  }

  @Test
  void aFileThatIsGoneIsToldAndNotCountedAsRead() throws Exception {
    RawFile there = file("a", "1@2026-01-05T10:00:00Z\n");
    RawFile gone = file("b", "2@2026-01-05T10:00:00Z\n");
    Files.delete(folder.resolve(gone.path()));
    ReadLines read = read(1 << 20, there, gone);
    assertThat(read.counts().keySet()).containsExactly(there.path());
    assertThat(read.rejects())
        .containsExactly(gone.path() + " 0 the file cannot be opened: gone or unreadable");
  }

  @Test
  void aBugInAFormatFailsTheNight() throws Exception {
    RawFile file = file("a", "1@2026-01-05T10:00:00Z\nbug\n");
    assertThatThrownBy(() -> read(1 << 20, file)).hasStackTraceContaining("a bug in the format");
  }

  @Test
  void noFilesAreNoStatements() throws Exception {
    assertThat(read(1 << 20).statements).isEmpty();
  }

  private static ParsedBlock block(int number) {
    List<ParsedBlock> made = new ArrayList<>();
    new ParsedBlock.Writer(number, made::add).close();
    return made.get(0);
  }

  @Test
  void pushedBlocksComeAllAndInOrder() {
    for (int count : new int[] {0, 1, 2, 50}) {
      LongAdder cpu = new LongAdder();
      PushedBlocks blocks =
          new PushedBlocks(
              out -> {
                for (int i = 0; i < count; i++) {
                  out.accept(block(i));
                }
              },
              cpu::add);
      for (int i = 0; i < count; i++) {
        assertThat(blocks.next().partition).isEqualTo(i);
      }
      assertThat(blocks.hasNext()).isFalse();
      assertThat(cpu.sum()).isPositive();
      assertThatThrownBy(blocks::next).isInstanceOf(java.util.NoSuchElementException.class);
    }
  }

  @Test
  void aFailureOfTheReaderIsTheFailureOfWhoTakes() {
    for (int before : new int[] {0, 1, 10}) {
      PushedBlocks blocks =
          new PushedBlocks(
              out -> {
                for (int i = 0; i < before; i++) {
                  out.accept(block(i));
                }
                throw new java.io.IOException("the disk");
              },
              nanos -> {});
      assertThatThrownBy(
              () -> {
                while (blocks.hasNext()) {
                  blocks.next();
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("the disk");
      assertThatThrownBy(blocks::hasNext).isInstanceOf(IllegalStateException.class);
    }
  }
}
