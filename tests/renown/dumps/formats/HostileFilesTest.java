package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.dumps.Archive;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.DumpReader;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.lake.ErasedNames;

/**
 * Whole files as a broken disk or an enemy makes them: packed in any way, in archives, in archives
 * in archives, and then damaged. Whatever they are, reading ends, says what was wrong, and counts
 * every record once.
 */
class HostileFilesTest {
  private static final LocalDate NIGHT = LocalDate.of(2100, 12, 30);
  private static final long AFTER = Long.MAX_VALUE;
  private static final int MOST_BYTES = 4 << 20;
  private static final Configuration HADOOP = new Configuration(false);

  @TempDir private Path folder;

  private final Set<String> reasons = new TreeSet<>();

  /** What goes into a file, and how the file is called. */
  private record Packed(String name, byte[] content) {}

  private static byte[] packed(byte[] content, Compression how) throws IOException {
    if (how == Compression.ZSTD) {
      return Zstd.compress(content);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (how) {
          case GZIP -> new GZIPOutputStream(bytes);
          case BZIP2 -> new BZip2CompressorOutputStream(bytes, 1);
          default -> bytes;
        }) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(List<Packed> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
      for (Packed member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.name);
        entry.setSize(member.content.length);
        out.putArchiveEntry(entry);
        out.write(member.content);
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(List<Packed> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      for (Packed member : members) {
        out.putArchiveEntry(new ZipArchiveEntry(member.name));
        out.write(member.content);
        out.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The same lines as files of every kind. */
  private static List<Packed> files(byte[] lines) throws IOException {
    List<Packed> files = new ArrayList<>();
    for (Compression how : Compression.values()) {
      files.add(new Packed("a.jsonl" + how.extension(), packed(lines, how)));
    }
    List<Packed> members = new ArrayList<>(files);
    // An archive in an archive is passed over by its name.
    members.add(new Packed("inner.tar", tar(files)));
    members.add(new Packed("inner.zip", zip(files)));
    files.add(new Packed("a.tar", tar(members)));
    files.add(new Packed("a.tar.gz", packed(tar(members), Compression.GZIP)));
    files.add(new Packed("a.zip", zip(members)));
    return files;
  }

  private static byte[] damaged(byte[] content, Random random) {
    byte[] bytes = content.clone();
    for (int times = random.nextInt(3); times >= 0 && bytes.length > 1; times--) {
      int at = random.nextInt(bytes.length);
      int length = 1 + random.nextInt(Math.min(64, bytes.length - at));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> bytes = join(Arrays.copyOf(bytes, at), tail(bytes, at + length));
        case 3 -> bytes = join(Arrays.copyOf(bytes, at + length), tail(bytes, at));
        case 4 -> Arrays.fill(bytes, at, at + length, (byte) random.nextInt());
        default -> {
          // Lengths and offsets at their limits.
          byte[] limit = random.nextBoolean() ? new byte[] {-1, -1, -1, 127} : new byte[4];
          System.arraycopy(limit, 0, bytes, at, Math.min(4, bytes.length - at));
        }
      }
    }
    return bytes;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static RawFile file(String name, int size) {
    Archive archive =
        name.endsWith(".zip") ? Archive.ZIP : name.contains(".tar") ? Archive.TAR : Archive.NONE;
    Compression compression = Compression.NONE;
    for (Compression each : Compression.values()) {
      if (!each.extension().isEmpty() && name.endsWith(each.extension())) {
        compression = each;
      }
    }
    return new RawFile("n", NIGHT, name, size, Instant.EPOCH, compression, archive);
  }

  /** Reads a file and counts again what is told of it. */
  private DumpReader.Counts read(DumpFormat format, Packed packed, Object seed) throws IOException {
    Files.write(folder.resolve(packed.name), packed.content);
    RawFile file = file(packed.name, packed.content.length);
    DumpReader reader =
        new DumpReader(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            new ReadLimits(1 << 16, 1 << 23, MOST_BYTES, 250, 100, MOST_BYTES),
            AFTER,
            ErasedNames.of(List.of()));
    long[] told = new long[2];
    DumpReader.Counts counts;
    try {
      counts =
          reader.read(
              file,
              new RawLines.Slice(0, file.size()),
              format,
              HADOOP,
              new DumpReader.Output() {
                @Override
                public void said(List<ParsedRecord> statements, int length) {
                  assertThat(statements).isNotEmpty();
                  told[0]++;
                }

                @Override
                public void rejected(String path, long lineNumber, String reason) {
                  told[1]++;
                  reasons.add(reason.replaceAll("[0-9]+", "N"));
                  // It is shown on terminals.
                  assertThat(path.chars().noneMatch(Character::isISOControl)).isTrue();
                }
              });
    } catch (IOException | RuntimeException | Error e) {
      return fail("%s of %s, seed %s".formatted(packed.name, format.name(), seed), e);
    }
    assertThat(counts.accepted()).isEqualTo(told[0]);
    assertThat(counts.rejected()).isEqualTo(told[1]);
    // Blank lines are no records. A line of JSON may hold several, and a record take many lines.
    if (!format.isJson() && !file.isParquet() && file.archive() == Archive.NONE) {
      assertThat(counts.accepted() + counts.ignored() + counts.rejected())
          .as("seed %s", seed)
          .isEqualTo(counts.lineCount() - counts.blankCount());
    }
    return counts;
  }

  private void damagedFiles(int rounds, long firstSeed) throws Exception {
    for (DumpFormat format : Formats.all()) {
      byte[] lines =
          (String.join("\n", Tampering.lines(format)) + "\n").getBytes(StandardCharsets.UTF_8);
      // What is damaged is the files; each event of nostr costs the check of its signature.
      int most = format.name().equals("nostr") ? 2_000 : 6_000;
      List<Packed> files = files(Arrays.copyOf(lines, Math.min(lines.length, most)));
      for (Packed file : files) {
        if (!file.name.contains("tar") && !file.name.endsWith("zip")) {
          DumpReader.Counts whole = read(format, file, "none");
          assertThat(whole.accepted()).as("%s of %s", file.name, format.name()).isPositive();
        }
        for (int round = 0; round < rounds; round++) {
          long seed = firstSeed + round;
          byte[] content =
              damaged(
                  file.content,
                  new Random(seed * 31 + file.name.hashCode() + format.name().hashCode()));
          read(format, new Packed(file.name, content), seed);
        }
      }
    }
  }

  @Test
  void damagedFilesOfEveryFormatAreReadToTheirEnd() throws Exception {
    damagedFiles(8, 1);
    assertThat(reasons)
        .contains("truncated gz file", "corrupt gz file", "corrupt zst file", "corrupt zip file");
  }

  private static final List<String> TYPES =
      List.of(
          "optional binary %s (STRING)",
          "required binary %s",
          "optional int32 %s",
          "optional int64 %s (TIMESTAMP(MICROS,true))",
          "required int64 %s (TIMESTAMP(NANOS,false))",
          "optional int96 %s",
          "optional double %s",
          "optional float %s",
          "optional boolean %s",
          "repeated int64 %s",
          "repeated binary %s (STRING)",
          "optional fixed_len_byte_array(3) %s",
          "optional group %s { optional group a { repeated int32 b; } }",
          "optional group %s (LIST) { repeated group list { optional binary element (STRING); } }",
          "optional group %s (LIST) { repeated double element; }",
          "optional group %s (MAP) { repeated group key_value { required binary key (STRING);"
              + " optional int32 value; } }");

  private static final List<String> COLUMNS =
      List.of(
          "type",
          "account_id",
          "at",
          "record_id",
          "text",
          "hashtags",
          "links",
          "follower_count",
          "is_protected",
          "handle",
          "verb",
          "target_account_id");

  private static void fill(Group group, Random random) {
    for (int field = 0; field < group.getType().getFieldCount(); field++) {
      var type = group.getType().getType(field);
      boolean isRepeated = type.isRepetition(org.apache.parquet.schema.Type.Repetition.REPEATED);
      boolean isRequired = type.isRepetition(org.apache.parquet.schema.Type.Repetition.REQUIRED);
      int times = isRepeated ? random.nextInt(3) : isRequired || random.nextInt(4) > 0 ? 1 : 0;
      for (int i = 0; i < times; i++) {
        if (!type.isPrimitive()) {
          fill(group.addGroup(field), random);
          continue;
        }
        long extreme = random.nextBoolean() ? random.nextLong() : Long.MIN_VALUE;
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
          case INT32 -> group.add(field, (int) extreme);
          case INT64 -> group.add(field, extreme);
          case DOUBLE -> group.add(field, Double.longBitsToDouble(random.nextLong()));
          case FLOAT -> group.add(field, Float.intBitsToFloat(random.nextInt()));
          case BOOLEAN -> group.add(field, random.nextBoolean());
          default -> {
            int length =
                type.asPrimitiveType().getTypeLength() > 0
                    ? type.asPrimitiveType().getTypeLength()
                    : random.nextInt(12);
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] word =
                random.nextBoolean() ? "account".getBytes(StandardCharsets.US_ASCII) : bytes;
            boolean isFixed = type.asPrimitiveType().getTypeLength() > 0;
            switch (type.asPrimitiveType().getPrimitiveTypeName()) {
              case INT96 -> {
                byte[] time = new byte[12];
                random.nextBytes(time);
                group.add(field, Binary.fromConstantByteArray(time));
              }
              default -> group.add(field, Binary.fromConstantByteArray(isFixed ? bytes : word));
            }
          }
        }
      }
    }
  }

  private byte[] parquet(Random random) throws IOException {
    StringBuilder schema = new StringBuilder("message m {");
    for (String column : COLUMNS) {
      if (random.nextInt(3) > 0) {
        String made = TYPES.get(random.nextInt(TYPES.size())).formatted(column);
        schema.append(made).append(made.endsWith("}") ? "" : ";");
      }
    }
    MessageType type = MessageTypeParser.parseMessageType(schema + "optional int32 z;}");
    Path path = folder.resolve("made.parquet");
    Files.deleteIfExists(path);
    Files.deleteIfExists(folder.resolve(".made.parquet.crc"));
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(path.toUri()))
            .withType(type)
            .withDictionaryEncoding(random.nextBoolean())
            .build()) {
      for (int row = 0; row < 20; row++) {
        Group group = new SimpleGroup(type);
        fill(group, random);
        out.write(group);
      }
    }
    return Files.readAllBytes(path);
  }

  private void parquetFiles(int rounds, long firstSeed) throws Exception {
    DumpFormat format = Formats.byName("neutral");
    for (int round = 0; round < rounds; round++) {
      long seed = firstSeed + round;
      Random random = new Random(seed);
      byte[] made = parquet(random);
      DumpReader.Counts whole = read(format, new Packed("a.parquet", made), seed);
      assertThat(whole.accepted() + whole.ignored() + whole.rejected())
          .as("seed %s", seed)
          .isEqualTo(20);
      for (int i = 0; i < 10; i++) {
        read(format, new Packed("a.parquet", damaged(made, random)), seed);
      }
    }
  }

  @Test
  void parquetOfAnyTypesAndDamageIsReadToItsEnd() throws Exception {
    parquetFiles(25, 1);
    assertThat(reasons).contains("corrupt parquet file");
  }

  /** A run of levels that claims to be as long as the heap: found by the test below. */
  @Test
  void aRunThatClaimsTooMuchCostsItsFileAlone() throws Exception {
    parquetFiles(5, 1_010);
  }

  /** As many as fit two minutes, or {@code -Drenown.fuzz-minutes}. */
  @Test
  @Tag("long")
  void manyMoreOfThem() throws Exception {
    long seed = Long.getLong("renown.seed", 1_000);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("renown.fuzz-minutes", 2));
    int rounds = 0;
    do {
      damagedFiles(1, seed + rounds);
      parquetFiles(5, seed + 5L * rounds);
      rounds++;
    } while (System.nanoTime() < end);
    System.out.printf("damaged files: seeds %d to %d%n", seed, seed + rounds - 1);
  }
}
