package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.ReadLimits;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.dumps.formats.Tampering;
import renown.lake.ErasedNames;

/** Whatever stands in a file, each of its lines ends in one of three ways, and costs no other. */
class ParsingFuzzTest {
  @TempDir private Path folder;

  /** After all times of the fixtures, so that none lies ahead of the night. */
  private static final LocalDate NIGHT = LocalDate.of(2100, 12, 30);

  private static final int LONGEST_LINE = 1 << 19;
  private static final long FUZZ_MINUTES = 3;
  private static final int LINES_OF_A_BATCH = 10_000;

  private RawFile file(String network, String name, byte[] content, Compression compression)
      throws Exception {
    String path = network + "/dt=" + NIGHT + "/" + name;
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return new RawFile(network, NIGHT, path, content.length, Instant.EPOCH, compression);
  }

  private ReadLines read(Map<String, DumpFormat> formats, List<RawFile> files) throws Exception {
    return read(formats, files, ReadLimits.ofLines(LONGEST_LINE));
  }

  private ReadLines read(Map<String, DumpFormat> formats, List<RawFile> files, ReadLimits limits)
      throws Exception {
    return new ReadLines(
        new Parsing(
            formats,
            new org.apache.hadoop.fs.Path(folder.toUri()),
            limits,
            1 << 20,
            NIGHT,
            ErasedNames.of(List.of())),
        files);
  }

  /** Accepts its one line in every file, so that the lines around it can be seen not to cost it. */
  private static byte[] good(DumpFormat format) throws Exception {
    for (String line : Tampering.lines(format)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      List<ParsedRecord> said = new ArrayList<>();
      try {
        format.parse(
            bytes,
            0,
            bytes.length,
            new LineSink() {
              @Override
              public void accept(ParsedRecord record) {
                said.add(record);
              }

              @Override
              public void ignored(String rule) {}
            });
      } catch (RejectedLineException e) {
        continue;
      }
      if (!said.isEmpty()) {
        return bytes;
      }
    }
    throw new AssertionError("no line of " + format.name() + " says anything");
  }

  private static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  /** 100,000 of them; those of nostr are few, since each has to be signed. */
  @Test
  void everyLineEndsInOneWayAndTheCountsAddUp() throws Exception {
    everyLineEndsInOneWay(17, 4_500, Formats.all(), true);
  }

  /**
   * As many as fit three minutes, or {@code -Drenown.fuzz-lines=10000000} of each format; {@code
   * -Drenown.seed=1} says from which seed on, and {@code -Drenown.fuzz-formats=reddit,x-v2} of
   * which formats alone.
   */
  @Test
  @Tag("long")
  void soDoManyMore() throws Exception {
    long seed = Long.getLong("renown.seed", 1_000);
    long most = Long.getLong("renown.fuzz-lines", Long.MAX_VALUE);
    long end =
        most < Long.MAX_VALUE
            ? Long.MAX_VALUE
            : System.nanoTime() + TimeUnit.MINUTES.toNanos(FUZZ_MINUTES);
    List<String> names = List.of(System.getProperty("renown.fuzz-formats", "").split(","));
    List<DumpFormat> formats =
        Formats.all().stream()
            .filter(format -> names.contains("") || names.contains(format.name()))
            .toList();
    assertThat(formats).isNotEmpty();
    long lines = 0;
    long batch = seed;
    for (; lines < most && System.nanoTime() < end; batch++) {
      everyLineEndsInOneWay(batch, LINES_OF_A_BATCH, formats, false);
      lines += LINES_OF_A_BATCH;
    }
    System.out.printf(
        "fuzz: %,d tampered lines of each of %d formats, seeds %d to %d%n",
        lines, formats.size(), seed, batch - 1);
  }

  private void everyLineEndsInOneWay(
      long seed, int count, List<DumpFormat> tried, boolean withHostile) throws Exception {
    Random random = new Random(seed);
    Map<String, DumpFormat> formats = new HashMap<>();
    List<RawFile> files = new ArrayList<>();
    Map<String, Long> lines = new HashMap<>();
    Map<String, Long> goods = new HashMap<>();
    for (DumpFormat format : tried) {
      Tampering tampering = new Tampering(format, random);
      byte[] good = good(format);
      List<byte[]> bad = new ArrayList<>();
      int most = format.name().equals("nostr") ? count / 50 : count;
      for (int i = 0; i < most; i++) {
        bad.add(tampering.line());
      }
      if (withHostile) {
        bad.addAll(Tampering.hostile());
      }
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      for (byte[] line : bad) {
        content.writeBytes(line);
        content.write('\n');
        content.writeBytes(good);
        content.write('\n');
      }
      formats.put(format.name(), format);
      files.add(file(format.name(), "a", content.toByteArray(), Compression.NONE));
      long blank = bad.stream().filter(ParsingFuzzTest::isBlank).count();
      lines.put(format.name(), 2L * bad.size() - blank);
      goods.put(format.name(), (long) bad.size());
    }
    ReadLines read = read(formats, files);
    for (RawFile file : files) {
      String network = file.network();
      List<Long> counts = read.counts().get(file.path());
      long counted = counts.get(0) - counts.get(1);
      // A file may begin with an array that never ends, which is told once more where it ends.
      long cutOff =
          read.told.rejected.get(network).entrySet().stream()
              .filter(one -> one.getKey().contains("the file ends inside an array of JSON"))
              .mapToLong(one -> one.getValue().count())
              .sum();
      assertThat(counted).as("%s, seed %d", network, seed).isEqualTo(lines.get(network) + cutOff);
      // A line may hold several values, and one that is broken several pieces.
      assertThat(counts.get(2) + counts.get(3) + counts.get(4))
          .as("%s, seed %d", network, seed)
          .isBetween(counted, counted + counted / 4);
      assertThat(counts.get(2))
          .as("%s, seed %d", network, seed)
          .isGreaterThanOrEqualTo(goods.get(network));
      assertThat(counts.get(4)).as("%s, seed %d", network, seed).isPositive();
      assertThat(
              read.told.rejected.get(network).values().stream()
                  .mapToLong(Told.Rejected::count)
                  .sum())
          .as("%s, seed %d", network, seed)
          .isEqualTo(counts.get(4));
    }
  }

  /** A file of half a megabyte that unpacks to half a gigabyte, in one line and then in many. */
  @Test
  void aBombIsReadInBoundedMemory() throws Exception {
    DumpFormat format = Formats.byName("neutral");
    byte[] good = good(format);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    byte[] brackets = "[".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = new GZIPOutputStream(packed, 1 << 16)) {
      for (int i = 0; i < 256; i++) {
        out.write(brackets);
      }
      out.write('\n');
      out.write(good);
      out.write('\n');
      for (int i = 0; i < 256; i++) {
        out.write(spaces, 0, LONGEST_LINE - 1);
        out.write('\n');
      }
      out.write(good);
    }
    assertThat(packed.size()).isLessThan(2 << 20);
    RawFile bomb = file("n", "a.gz", packed.toByteArray(), Compression.GZIP);
    ReadLimits wide = new ReadLimits(LONGEST_LINE, 1 << 20, 1 << 30, 1 << 20, 10, 1 << 20);
    ReadLines read = read(Map.of("n", format), List.of(bomb), wide);
    assertThat(read.counts()).isEqualTo(Map.of(bomb.path(), List.of(259L, 256L, 2L, 0L, 1L)));
    // As the keys are, it is told from a dump by what it becomes.
    read = read(Map.of("n", format), List.of(bomb));
    assertThat(read.counts()).isEqualTo(Map.of(bomb.path(), List.of(1L, 0L, 0L, 0L, 2L)));
    assertThat(read.rejects())
        .contains(
            bomb.path()
                + " 1 it becomes more than 250 times as large"
                + " (ingest.unpacked-bytes-per-byte-max)");
  }
}
