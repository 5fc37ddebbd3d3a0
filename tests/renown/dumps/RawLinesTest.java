package renown.dumps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawLinesTest {
  /** What a handler heard: one text per line, so that lists can be compared. */
  private static final class Heard implements RawLines.Handler {
    final List<String> lines = new ArrayList<>();

    @Override
    public void line(byte[] buffer, int offset, int length, long lineNumber, long byteOffset) {
      String text = new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
      lines.add(lineNumber + "@" + byteOffset + ":" + text);
    }

    @Override
    public void tooLong(long lineNumber, long byteOffset, long length) {
      lines.add(lineNumber + "@" + byteOffset + " too long: " + length);
    }
  }

  /** Gives as little at a time as a network may, and never says that there is more. */
  private static final class Trickle extends ByteArrayInputStream {
    private final Random random;

    Trickle(byte[] bytes, Random random) {
      super(bytes);
      this.random = random;
    }

    @Override
    public synchronized int available() {
      return 0;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(5)));
    }
  }

  private record Read(RawLines.Result result, List<String> lines) {}

  private static Read read(
      byte[] stored, Compression compression, RawLines.Slice slice, int longest, int buffer)
      throws IOException {
    return read(new ByteArrayInputStream(stored), compression, slice, longest, buffer);
  }

  private static Read read(
      InputStream stored, Compression compression, RawLines.Slice slice, int longest, int buffer)
      throws IOException {
    Heard heard = new Heard();
    long position = Math.max(0, slice.start() - 1);
    stored.skipNBytes(position);
    RawLines.Result result =
        RawLines.read(
            stored, position, compression, slice, ReadLimits.ofLines(longest), buffer, heard);
    return new Read(result, heard.lines);
  }

  private static Read readWhole(byte[] stored, Compression compression, int longest, int buffer)
      throws IOException {
    return read(stored, compression, new RawLines.Slice(0, stored.length), longest, buffer);
  }

  /** The same rules, in the plainest way. */
  private static List<String> naive(byte[] content, int longest, long from, long to) {
    List<String> lines = new ArrayList<>();
    int lineNumber = 0;
    int start = 0;
    while (start < content.length) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      boolean here = start >= from && start < to;
      int begin = start;
      if (start == 0
          && content.length >= 3
          && content[0] == (byte) 0xEF
          && content[1] == (byte) 0xBB
          && content[2] == (byte) 0xBF) {
        begin = 3;
      }
      int stop = end > begin && content[end - 1] == '\r' ? end - 1 : end;
      // A file of a mark alone has no line.
      if (here && !(begin == 3 && start == 0 && content.length == 3)) {
        lineNumber++;
        String text = new String(content, begin, stop - begin, StandardCharsets.ISO_8859_1);
        if (text.length() > longest) {
          lines.add(lineNumber + "@" + begin + " too long: " + text.length());
        } else if (!text.replaceAll("[ \t\r]", "").isEmpty()) {
          lines.add(lineNumber + "@" + begin + ":" + text);
        }
      }
      start = end + 1;
    }
    return lines;
  }

  private static byte[] random(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      bytes.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
    }
    String alphabet = "ab \t\r\n\n" + (char) 0xEF + (char) 0x8A + (char) 0xFF;
    int pieces = random.nextInt(60);
    for (int i = 0; i < pieces; i++) {
      if (random.nextInt(3) == 0) {
        bytes.writeBytes(
            "x"
                .repeat(random.nextInt(random.nextInt(10) == 0 ? 300 : 20))
                .getBytes(StandardCharsets.US_ASCII));
      }
      bytes.write(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return bytes.toByteArray();
  }

  private static byte[] pack(byte[] content, Compression compression) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> bytes;
          case GZIP -> new GZIPOutputStream(bytes);
          case BZIP2 -> new BZip2CompressorOutputStream(bytes, 1);
          case ZSTD -> new ZstdOutputStreamNoFinalizer(bytes, 3).setChecksum(true);
        }) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readsWhatANaiveReaderReads(Compression compression) throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 1_500; round++) {
      byte[] content = random(random);
      byte[] stored = pack(content, compression);
      int longest = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
      int buffer = 1 + random.nextInt(64);
      RawLines.Slice whole = new RawLines.Slice(0, stored.length);
      Read read =
          round % 2 == 0
              ? read(new Trickle(stored, random), compression, whole, longest, buffer)
              : read(stored, compression, whole, longest, buffer);
      assertThat(read.lines())
          .as("round %d, longest line %d, buffer %d", round, longest, buffer)
          .isEqualTo(naive(content, longest, 0, Long.MAX_VALUE));
      assertThat(read.result().fault()).isNull();
      assertThat(read.result().checksum()).isEqualTo(checksum(stored));
      assertThat(read.result().byteCount()).isEqualTo(stored.length);
      long given = read.lines().stream().filter(l -> !l.contains(" too long: ")).count();
      assertThat(given + read.result().blankCount() + read.result().tooLongCount())
          .isEqualTo(read.result().lineCount());
    }
  }

  @Test
  void everyLineBelongsToExactlyOneSlice() throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      byte[] content = random(random);
      int longest = 1 + random.nextInt(100);
      int buffer = 1 + random.nextInt(64);
      RawFile file =
          new RawFile("x", LocalDate.EPOCH, "x", content.length, Instant.EPOCH, Compression.NONE);
      long bytes = 0;
      for (RawLines.Slice slice : RawLines.slices(file, 1 + random.nextInt(40))) {
        InputStream stored =
            round % 2 == 0 ? new Trickle(content, random) : new ByteArrayInputStream(content);
        Read read = read(stored, Compression.NONE, slice, longest, buffer);
        assertThat(read.lines())
            .as("round %d, slice %s, longest line %d, buffer %d", round, slice, longest, buffer)
            .isEqualTo(naive(content, longest, slice.start(), slice.end()));
        assertThat(read.result().checksum())
            .isEqualTo(
                checksum(Arrays.copyOfRange(content, (int) slice.start(), (int) slice.end())));
        assertThat(read.result().fault()).isNull();
        bytes += read.result().byteCount();
      }
      assertThat(bytes).isEqualTo(content.length);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD"})
  void aTruncatedFileGivesWhatCameBefore(Compression compression) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      text.append(i).append(' ').append(Long.toHexString(random.nextLong())).append('\n');
    }
    byte[] content = text.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] stored = pack(content, compression);
    List<String> all = naive(content, 100, 0, Long.MAX_VALUE);
    for (int cut : new int[] {0, 1, 5, stored.length / 2, stored.length - 1}) {
      Read read = readWhole(Arrays.copyOf(stored, cut), compression, 100, 1 << 16);
      assertThat(read.lines()).isEqualTo(all.subList(0, read.lines().size()));
      assertThat(read.result().fault())
          .isEqualTo(
              new RawLines.Fault(
                  "truncated " + compression.extension().substring(1) + " file",
                  read.lines().size() + 1));
      assertThat(read.result().checksum()).isEqualTo(checksum(Arrays.copyOf(stored, cut)));
      if (cut == stored.length / 2) {
        // Half of the bytes hold about half of the lines; bzip2 gives whole blocks of 100 kB.
        assertThat(read.lines().size()).isBetween(all.size() * 4 / 10, all.size() * 6 / 10);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD"})
  void aDamagedFileNeverThrowsAndKeepsTheLinesBefore(Compression compression) throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(' ').append(Long.toHexString(random.nextLong())).append('\n');
    }
    byte[] content = text.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] stored = pack(content, compression);
    List<String> all = naive(content, 100, 0, Long.MAX_VALUE);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = stored.clone();
      int at = damaged.length / 2 + random.nextInt(damaged.length / 4);
      for (int i = 0; i < 40; i++) {
        damaged[at + i] = (byte) random.nextInt();
      }
      Read read = readWhole(damaged, compression, 100, 1 << 20);
      assertThat(read.result().fault()).as("damage at %d", at).isNotNull();
      // A block before the damage is whole; bzip2's are 100 kB, Zstandard's 128 kB.
      int whole = all.size() / 4;
      assertThat(read.lines().size()).isGreaterThan(whole);
      assertThat(read.lines().subList(0, whole)).isEqualTo(all.subList(0, whole));
      assertThat(read.result().checksum()).isEqualTo(checksum(damaged));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD"})
  void readsFilesThatWereAppendedToEachOther(Compression compression) throws IOException {
    byte[] stored =
        join(
            pack("one\ntw".getBytes(StandardCharsets.US_ASCII), compression),
            pack(new byte[0], compression),
            pack("o\nthree".getBytes(StandardCharsets.US_ASCII), compression));
    Read read =
        read(
            new Trickle(stored, new Random(1)),
            compression,
            new RawLines.Slice(0, stored.length),
            100,
            64);
    assertThat(read.lines()).containsExactly("1@0:one", "2@4:two", "3@8:three");
    assertThat(read.result().fault()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"GZIP", "BZIP2", "ZSTD"})
  void somethingElseUnderTheNameIsAFault(Compression compression) throws IOException {
    byte[] plain = "{\"a\":1}\n{\"a\":2}\n".repeat(9).getBytes(StandardCharsets.US_ASCII);
    Read read = readWhole(plain, compression, 100, 64);
    assertThat(read.lines()).isEmpty();
    assertThat(read.result().fault())
        .isEqualTo(
            new RawLines.Fault("corrupt " + compression.extension().substring(1) + " file", 1));
    byte[] tail = join(pack("one\n".getBytes(StandardCharsets.US_ASCII), compression), plain);
    Read before = readWhole(tail, compression, 100, 64);
    assertThat(before.lines()).containsExactly("1@0:one");
    assertThat(before.result().fault().lineNumber()).isEqualTo(2);
  }

  @Test
  void aWrongGzipChecksumIsAFaultAfterTheLines() throws IOException {
    byte[] stored = pack("one\ntwo\n".getBytes(StandardCharsets.US_ASCII), Compression.GZIP);
    stored[stored.length - 8] ^= 1;
    Read read = readWhole(stored, Compression.GZIP, 100, 64);
    assertThat(read.lines()).containsExactly("1@0:one", "2@4:two");
    assertThat(read.result().fault()).isEqualTo(new RawLines.Fault("corrupt gz file", 3));
  }

  @Test
  void readsTheOptionalPartsOfAGzipHeaderAndPadding() throws IOException {
    byte[] stored = pack("one\n".getBytes(StandardCharsets.US_ASCII), Compression.GZIP);
    byte[] header = Arrays.copyOf(stored, 10);
    header[3] = 2 | 4 | 8 | 16;
    byte[] extra = {2, 0, 'x', 'y', 'n', 'a', 0, 'c', 0, 1, 2};
    byte[] all = join(header, extra, Arrays.copyOfRange(stored, 10, stored.length), new byte[600]);
    Read read = readWhole(all, Compression.GZIP, 100, 64);
    assertThat(read.lines()).containsExactly("1@0:one");
    assertThat(read.result().fault()).isNull();
  }

  @Test
  void aZstandardWindowIsAsLargeAsTheKeyAllows() throws IOException {
    byte[] line = "{\"a\":1}\n".getBytes(StandardCharsets.US_ASCII);
    int blockHeader = line.length << 3 | 1;
    byte[] frame =
        join(
            new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) (31 - 10 << 3)},
            new byte[] {(byte) blockHeader, (byte) (blockHeader >> 8), 0},
            line);
    Heard heard = new Heard();
    RawLines.Slice whole = new RawLines.Slice(0, frame.length);
    RawLines.Result result =
        RawLines.read(
            new ByteArrayInputStream(frame),
            0,
            Compression.ZSTD,
            whole,
            new ReadLimits(100, 1L << 31, 1L << 20, 10, 10, 1L << 20),
            64,
            heard);
    assertThat(result.fault()).isNull();
    assertThat(heard.lines).containsExactly("1@0:{\"a\":1}");
    assertThat(readWhole(frame, Compression.ZSTD, 100, 64).result().fault())
        .isEqualTo(
            new RawLines.Fault(
                "it asks for a window of more than 134217728 bytes (ingest.zstd-window-bytes-max)",
                1));
  }

  @Test
  void aFailingStoreIsNoFaultOfTheFile() throws IOException {
    byte[] stored = pack("one\n".repeat(99).getBytes(StandardCharsets.US_ASCII), Compression.GZIP);
    InputStream failing =
        new ByteArrayInputStream(stored) {
          private int reads;

          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            if (reads++ == 1) {
              throw sneaky(new IOException("connection reset"));
            }
            return super.read(bytes, offset, Math.min(length, 12));
          }
        };
    assertThatThrownBy(
            () -> read(failing, Compression.GZIP, new RawLines.Slice(0, stored.length), 9, 64))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  private static RuntimeException sneaky(Exception e) {
    return RawLinesTest.<RuntimeException>thrown(e);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E thrown(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void anEndlessLineNeedsNoMoreMemoryThanTheBound() throws IOException {
    // More than the heap of the JVM of the tests; the stream makes it up as it goes.
    long length = 4L << 30;
    InputStream endless =
        new InputStream() {
          private long at;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] bytes, int offset, int wanted) {
            if (at > length) {
              return -1;
            }
            int count = (int) Math.min(wanted, length + 1 - at);
            if (at < 1 << 22 || at + count > length) {
              Arrays.fill(bytes, offset, offset + count, (byte) 'x');
            }
            if (at + count > length) {
              bytes[offset + (int) (length - at)] = '\n';
            }
            at += count;
            return count;
          }
        };
    Heard heard = new Heard();
    RawLines.Result result =
        RawLines.read(
            endless,
            0,
            Compression.NONE,
            new RawLines.Slice(0, length + 1),
            ReadLimits.ofLines(1 << 20),
            1 << 20,
            heard);
    assertThat(heard.lines).containsExactly("1@0 too long: " + length);
    assertThat(result.tooLongCount()).isEqualTo(1);
  }

  @Test
  void readsAFileFromAFileSystemInSlices(@TempDir Path folder) throws IOException {
    StringBuilder text = new StringBuilder("\uFEFF");
    for (int i = 0; i < 5_000; i++) {
      text.append("{\"n\":").append(i).append(i % 2 == 0 ? "}\n" : "}\r\n");
    }
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    Files.createDirectories(folder.resolve("net/dt=2024-01-01"));
    Files.write(folder.resolve("net/dt=2024-01-01/a b+c.json"), content);
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(folder.toUri());
    Configuration hadoop = new Configuration();
    RawFile file = RawFiles.list(root, hadoop).files().get(0);
    Heard heard = new Heard();
    long lines = 0;
    List<RawLines.Slice> slices = RawLines.slices(file, 10_000);
    assertThat(slices).hasSize(content.length / 10_000 + 1);
    for (RawLines.Slice slice : slices) {
      lines += RawLines.read(root, file, slice, ReadLimits.ofLines(100), hadoop, heard).lineCount();
    }
    assertThat(lines).isEqualTo(5_000);
    assertThat(heard.lines.stream().map(l -> l.substring(l.indexOf(':') + 1)))
        .isEqualTo(text.substring(1).lines().toList());
  }

  @Test
  void aFileThatShrankIsAFault() throws IOException {
    Read read =
        read(
            "one\ntw".getBytes(StandardCharsets.US_ASCII),
            Compression.NONE,
            new RawLines.Slice(0, 40),
            100,
            64);
    assertThat(read.result().fault())
        .isEqualTo(new RawLines.Fault("file is shorter than when it was listed", 3));
  }
}
