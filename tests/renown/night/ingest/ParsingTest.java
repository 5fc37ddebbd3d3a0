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
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import renown.dumps.Archive;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RawFile;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.lake.ErasedNames;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class ParsingTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);

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

  private Dataset<Row> rows(long sliceBytes, RawFile... files) {
    return new Parsing(
            Map.of("x", new Words()),
            new org.apache.hadoop.fs.Path(folder.toUri()),
            1 << 20,
            sliceBytes,
            NIGHT,
            ErasedNames.of(List.of()))
        .rows(spark(), List.of(files));
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
    Dataset<Row> rows = rows(1 << 20, file).cache();
    TableAssert.assertThat(
            rows.where("kind = 'post'")
                .selectExpr("record_id", "account_id", "timestamp_micros(happened_micros)"))
        .hasRows(
            row("1", "ann", "2026-01-05 10:00:00.0"), row("2", "ann", "2026-01-05 10:00:01.0"));
    TableAssert.assertThat(
            rows.where("kind = 'reject'").select("network", "path", "line_number", "reason"))
        .hasRows(row("x", file.path(), 3L, "said no"));
    TableAssert.assertThat(
            rows.where("kind = 'ignored'").select("network", "reason", "statement_count"))
        .hasRows(row("x", "word chat", 2L));
    TableAssert.assertThat(
            rows.where("kind = 'slice'")
                .select(
                    "path",
                    "slice_start",
                    "line_count",
                    "blank_count",
                    "accepted_count",
                    "ignored_count",
                    "rejected_count"))
        .hasRows(row(file.path(), 0L, 4L, 1L, 1L, 1L, 1L));
    // The line tells no witness: the end of the file's day is the latest that it can have been.
    TableAssert.assertThat(
            rows.where("kind = 'post'").selectExpr("timestamp_micros(witnessed_micros)").distinct())
        .hasRows(row("2026-01-06 00:00:00.0"));
    rows.unpersist();
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
    Dataset<Row> rows = rows(10, file).cache();
    TableAssert.assertThat(rows.where("kind = 'reject'").select("path", "line_number", "reason"))
        .hasRows(
            row(name + "!/06/29.json", 2L, "said no"),
            row(name + "!/06/30.json.gz", 1L, "corrupt gz file"),
            row(name + "!/06/31.json", 2L, "said no"));
    TableAssert.assertThat(rows.where("kind = 'ignored'").select("reason", "statement_count"))
        .hasRows(row("archive member .png", 1L), row("word chat", 1L));
    // The line that the damage hides counts as one.
    TableAssert.assertThat(
            rows.where("kind = 'slice'")
                .select(
                    "path",
                    "line_count",
                    "blank_count",
                    "accepted_count",
                    "ignored_count",
                    "rejected_count"))
        .hasRows(row(name, 6L, 1L, 1L, 1L, 3L));
    rows.unpersist();
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
    Dataset<Row> rows =
        new Parsing(
                Map.of("x", Formats.byName("mastodon")),
                new org.apache.hadoop.fs.Path(folder.toUri()),
                1 << 20,
                1 << 20,
                NIGHT,
                ErasedNames.of(List.of()))
            .rows(spark(), List.of(file));
    TableAssert.assertThat(
            rows.where("kind in ('account', 'interaction')")
                .selectExpr("kind", "account_id", "target_id", "timestamp_micros(happened_micros)"))
        .hasRows(
            row("account", "https://a.example/users/ann", null, null),
            // Nobody knows when: on the file's day.
            row(
                "interaction",
                "https://a.example/users/ann",
                "https://b.example/users/bob",
                "2026-01-05 23:59:59.999999"));
    TableAssert.assertThat(rows.where("kind = 'ignored'").select("reason"))
        .hasRows(row("archive member .png"));
  }

  @Test
  void whatLiesMoreThanADayAfterTheNightIsRejectedWithItsWholeLine() throws Exception {
    RawFile file =
        file(
            "a",
            "1@2026-01-06T23:59:59.999999Z\n"
                + "2@2026-01-05T10:00:00Z 3@2026-01-07T00:00:00Z\n"
                + "4@2099-01-01T00:00:00Z\n");
    Dataset<Row> rows = rows(1 << 20, file);
    TableAssert.assertThat(rows.where("kind = 'post'").select("record_id")).hasRows(row("1"));
    TableAssert.assertThat(rows.where("kind = 'reject'").select("line_number", "reason"))
        .hasRows(
            row(2L, "its time lies more than a day after the night"),
            row(3L, "its time lies more than a day after the night"));
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
    Dataset<Row> whole = rows(1 << 20, all).where("kind = 'post'").select("record_id");
    assertThat(whole.distinct().count()).isEqualTo(6000);
    TableAssert.assertThat(rows(10_000, all).where("kind = 'post'").select("record_id"))
        .hasRowsOf(whole);
    TableAssert.assertThat(
            rows(10_000, all)
                .where("kind = 'slice'")
                .groupBy("path")
                .agg(
                    org.apache.spark.sql.functions.sum("accepted_count"),
                    org.apache.spark.sql.functions.sum("checksum").equalTo(0)))
        .hasRows(
            row(all[0].path(), 2000L, false),
            row(all[1].path(), 2000L, false),
            row(all[2].path(), 2000L, false));
  }

  @Test
  void aFileThatIsGoneIsToldAndNotCountedAsRead() throws Exception {
    RawFile there = file("a", "1@2026-01-05T10:00:00Z\n");
    RawFile gone = file("b", "2@2026-01-05T10:00:00Z\n");
    Files.delete(folder.resolve(gone.path()));
    Dataset<Row> rows = rows(1 << 20, there, gone);
    TableAssert.assertThat(rows.where("kind = 'slice'").select("path")).hasRows(row(there.path()));
    TableAssert.assertThat(rows.where("kind = 'reject'").select("path", "line_number", "reason"))
        .hasRows(row(gone.path(), 0L, "the file cannot be opened: gone or unreadable"));
  }

  @Test
  void aBugInAFormatFailsTheNight() throws Exception {
    RawFile file = file("a", "1@2026-01-05T10:00:00Z\nbug\n");
    assertThatThrownBy(() -> rows(1 << 20, file).count())
        .hasStackTraceContaining("a bug in the format");
  }

  @Test
  void noFilesAreNoRows() {
    assertThat(rows(1 << 20).count()).isZero();
  }

  @Test
  void pushedRowsComeAllAndInOrder() {
    for (int count : new int[] {0, 1, 1023, 1024, 1025, 10_000}) {
      PushedRows rows =
          new PushedRows(
              out -> {
                for (int i = 0; i < count; i++) {
                  out.accept(RowFactory.create(i));
                }
              });
      for (int i = 0; i < count; i++) {
        assertThat(rows.next().getInt(0)).isEqualTo(i);
      }
      assertThat(rows.hasNext()).isFalse();
      assertThatThrownBy(rows::next).isInstanceOf(java.util.NoSuchElementException.class);
    }
  }

  @Test
  void largeRowsAreHandedOnBeforeThereAreMany() {
    java.util.concurrent.CountDownLatch taken = new java.util.concurrent.CountDownLatch(1);
    PushedRows rows =
        new PushedRows(
            out -> {
              out.accept(RowFactory.create(0));
              out.weigh(50 << 20);
              if (!taken.await(1, java.util.concurrent.TimeUnit.MINUTES)) {
                throw new java.io.IOException("nobody took the first row");
              }
              out.accept(RowFactory.create(1));
            });
    assertThat(rows.next().getInt(0)).isZero();
    taken.countDown();
    assertThat(rows.next().getInt(0)).isEqualTo(1);
    assertThat(rows.hasNext()).isFalse();
  }

  @Test
  void aFailureOfTheReaderIsTheFailureOfWhoTakes() {
    for (int before : new int[] {0, 10, 5000}) {
      PushedRows rows =
          new PushedRows(
              out -> {
                for (int i = 0; i < before; i++) {
                  out.accept(RowFactory.create(i));
                }
                throw new java.io.IOException("the disk");
              });
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("the disk");
      assertThatThrownBy(rows::hasNext).isInstanceOf(IllegalStateException.class);
    }
  }
}
