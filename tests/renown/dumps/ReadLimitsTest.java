package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that want more than they are worth: what is read of them, and what the reject says. */
class ReadLimitsTest {
  private static final byte[] SPACES = " ".repeat(1 << 20).getBytes();
  private static final String LARGE =
      "it becomes more than 250 times as large (ingest.unpacked-bytes-per-byte-max)";

  @TempDir private Path folder;

  private static final class Heard implements RawLines.Handler {
    private final List<String> rows = new ArrayList<>();

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      rows.add(lineNumber + ":" + new String(buffer, offset, length));
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      rows.add(lineNumber + " too long");
    }

    @Override
    public void brokenMember(RawLines.Fault fault) {
      rows.add("broken: " + fault.reason());
    }

    @Override
    public void skippedMember(String extension) {
      rows.add("skipped " + extension);
    }
  }

  private static ReadLimits limits(long unpacked, long members, long rowGroup) {
    return new ReadLimits(1_000, 1 << 27, unpacked, 250, members, rowGroup);
  }

  private interface Content {
    void to(OutputStream out) throws IOException;
  }

  private static byte[] gzip(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
      content.to(out);
    }
    return bytes.toByteArray();
  }

  /** A line, and then so many MiB of a line that never ends. */
  private static byte[] bomb(int size) throws IOException {
    return gzip(
        out -> {
          out.write("first\n".getBytes());
          for (int i = 0; i < size; i++) {
            out.write(SPACES);
          }
        });
  }

  private static RawLines.Result read(byte[] stored, ReadLimits limits, Heard heard)
      throws IOException {
    RawLines.Result result =
        RawLines.read(
            new ByteArrayInputStream(stored),
            0,
            Compression.GZIP,
            new RawLines.Slice(0, stored.length),
            limits,
            1 << 16,
            heard);
    // Whatever is read of it, its checksum tells it from others.
    assertThat(result.byteCount()).isEqualTo(stored.length);
    return result;
  }

  @Test
  void aFileThatBecomesTooLargeIsReadAsFarAsTheKeysAllow() throws IOException {
    Heard heard = new Heard();
    assertThat(read(bomb(80), ReadLimits.ofLines(1_000), heard).fault().reason()).isEqualTo(LARGE);
    assertThat(heard.rows).contains("1:first");

    heard = new Heard();
    byte[] lines = gzip(out -> out.write("0123456\n".repeat(1_000).getBytes()));
    assertThat(read(lines, limits(4_000, 10, 1 << 20), heard).fault())
        .isEqualTo(
            new RawLines.Fault(
                "it becomes more than 4000 bytes (ingest.unpacked-bytes-max)",
                heard.rows.size() + 1));
    // As far as the buffer that went beyond.
    assertThat(heard.rows).isNotEmpty();
    assertThat(read(lines, limits(8_000, 10, 1 << 20), new Heard()).fault()).isNull();
  }

  private static byte[] zip(String name, int count, byte[] content, int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      for (int i = 0; i < count; i++) {
        out.putArchiveEntry(new ZipArchiveEntry(name.formatted(i)));
        for (int time = 0; time < times; time++) {
          out.write(content);
        }
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static RawLines.Result zip(byte[] stored, ReadLimits limits, Heard heard)
      throws IOException {
    return RawLines.members(
        new ByteArrayInputStream(stored), Archive.ZIP, Compression.NONE, limits, 1 << 16, heard);
  }

  @Test
  void aBombInAnArchiveEndsTheArchive() throws IOException {
    ReadLimits limits = ReadLimits.ofLines(1_000);
    // Members that are read, members that are passed over, and members that are packed themselves.
    assertThat(zip(zip("%d.jsonl", 2, SPACES, 70), limits, new Heard()).fault().reason())
        .isEqualTo(LARGE);
    Heard heard = new Heard();
    assertThat(zip(zip("%d.mp4", 2, SPACES, 70), limits, heard).fault().reason()).isEqualTo(LARGE);
    assertThat(heard.rows).containsExactly("skipped .mp4");
    heard = new Heard();
    byte[] packed = bomb(80);
    assertThat(zip(zip("%d.jsonl.gz", 2, packed, 1), limits, heard).fault().reason())
        .isEqualTo(LARGE);
    assertThat(heard.rows).containsExactly("1:first");
  }

  @Test
  void anArchiveOfTooManyMembersIsReadAsFarAsTheKeyAllows() throws IOException {
    byte[] stored = zip("%d.jsonl", 12, "line".getBytes(), 1);
    Heard heard = new Heard();
    assertThat(zip(stored, limits(1 << 20, 10, 1 << 20), heard).fault().reason())
        .isEqualTo("the archive has more than 10 members (ingest.archive-members-max)");
    assertThat(heard.rows).hasSize(10);
    assertThat(zip(stored, limits(1 << 20, 12, 1 << 20), new Heard()).fault()).isNull();
  }

  @Test
  void aRowGroupIsNoLargerThanTheKeyAllows() throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { required binary id; }");
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(folder.resolve("a.parquet").toUri());
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(path).withType(schema).withDictionaryEncoding(false).build()) {
      for (int i = 0; i < 2_000; i++) {
        out.write(new SimpleGroupFactory(schema).newGroup().append("id", "x".repeat(100) + i));
      }
    }
    long size = folder.resolve("a.parquet").toFile().length();
    Heard heard = new Heard();
    assertThat(
            ParquetLines.read(path, size, limits(1 << 20, 10, 100_000), conf(), heard)
                .fault()
                .reason())
        .isEqualTo("a row group has more than 100000 bytes (ingest.row-group-bytes-max)");
    assertThat(heard.rows).isEmpty();
    assertThat(ParquetLines.read(path, size, limits(1 << 20, 10, 1_000_000), conf(), heard).fault())
        .isNull();
    assertThat(heard.rows).hasSize(2_000);
  }

  private static Configuration conf() {
    return new Configuration(false);
  }
}
