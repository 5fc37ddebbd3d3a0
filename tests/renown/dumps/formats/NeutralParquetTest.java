package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.testing.SparkTest;

/** Parquet rows say what the lines say that they were made of. */
class NeutralParquetTest extends SparkTest {
  private static final DumpFormat NEUTRAL = Formats.byName("neutral");
  private static final String COLUMNS =
      "type string, account_id string, record_id string, at timestamp, witnessed_at timestamp,"
          + " record_at string, text string, language string, reply_to_id string,"
          + " thread_id string, quoted_id string, hashtags array<string>, links array<string>,"
          + " verb string, target_account_id string, object_id string, via_id string,"
          + " handle string, display_name string, description string, created_at timestamp,"
          + " follower_count bigint, following_count int, post_count bigint, listed_count bigint,"
          + " is_protected boolean, is_automated boolean, is_verified boolean,"
          + " is_discoverable boolean, status string, purpose string, moved_to_account_id string,"
          + " alias_account_ids array<string>";

  private static RawFile file(Path path, long size) {
    return new RawFile(
        "n", LocalDate.EPOCH, path.getFileName().toString(), size, Instant.EPOCH, Compression.NONE);
  }

  private static RawLines.Result read(Path path, List<String> lines) throws Exception {
    RawFile file = file(path, Files.size(path));
    assertThat(RawLines.slices(file, 1)).hasSize(1);
    return RawLines.read(
        new org.apache.hadoop.fs.Path(path.getParent().toUri()),
        file,
        RawLines.slices(file, 1).get(0),
        ReadLimits.ofLines(10_000),
        new Configuration(),
        new RawLines.Handler() {
          @Override
          public void line(byte[] buffer, int offset, int length, long number, long at) {
            assertThat(number).isEqualTo(lines.size() + 1);
            lines.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
          }

          @Override
          public void tooLong(long number, long at, long length) {
            lines.add("too long");
          }
        });
  }

  /** Writes rows as one Parquet file, with row groups as small as Spark makes them. */
  private Path written(Dataset<Row> rows, String name, String timestamps) throws Exception {
    Path target = folder.resolve(name);
    spark().conf().set("spark.sql.parquet.outputTimestampType", timestamps);
    try {
      rows.coalesce(1).write().option("parquet.block.size", "100000").parquet(target.toString());
    } finally {
      spark().conf().unset("spark.sql.parquet.outputTimestampType");
    }
    try (var files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  @Test
  void rowsSayWhatLinesSay() throws Exception {
    List<String> lines =
        Files.readAllLines(Path.of("jobs/renown/dumps/formats/NEUTRAL.md")).stream()
            .filter(line -> line.startsWith("{"))
            .toList();
    assertThat(lines).hasSizeGreaterThan(8);
    Dataset<Row> rows =
        spark()
            .read()
            .schema(COLUMNS)
            .json(spark().createDataset(lines, org.apache.spark.sql.Encoders.STRING()).coalesce(1));
    List<String> expected =
        lines.stream().flatMap(line -> Statements.asText(NEUTRAL, line).stream()).sorted().toList();
    for (String timestamps : List.of("TIMESTAMP_MICROS", "TIMESTAMP_MILLIS", "INT96")) {
      List<String> read = new ArrayList<>();
      RawLines.Result result = read(written(rows, timestamps, timestamps), read);
      assertThat(result.fault()).isNull();
      assertThat(result.lineCount()).isEqualTo(lines.size());
      assertThat(
              read.stream()
                  .flatMap(line -> Statements.asText(NEUTRAL, line).stream())
                  .sorted()
                  .toList())
          .as(timestamps)
          .isEqualTo(expected);
    }
  }

  @Test
  void manyRowGroupsListsNestingAndLongRows() throws Exception {
    Dataset<Row> rows =
        spark()
            .range(0, 5_000, 1, 1)
            .selectExpr(
                "id",
                "IF(id % 3 = 0, null, array('a', null, concat('\"', id))) AS tags",
                "named_struct('x', id, 'y', CAST(NULL AS INT)) AS inner",
                "id / 4 AS quarter",
                "DATE'1970-01-02' AS day",
                "CAST('2024-02-29 23:59:59.5' AS timestamp_ntz) AS local",
                "IF(id = 7, repeat('x', 20000), 'é\\n') AS text");
    List<String> read = new ArrayList<>();
    RawLines.Result result = read(written(rows, "many", "TIMESTAMP_MICROS"), read);
    assertThat(result.lineCount()).isEqualTo(5_000);
    assertThat(result.tooLongCount()).isEqualTo(1);
    assertThat(read.get(7)).isEqualTo("too long");
    assertThat(read.get(4))
        .isEqualTo(
            "{\"id\":4,\"tags\":[\"a\",null,\"\\\"4\"],\"inner\":{\"x\":4},\"quarter\":1.0,"
                + "\"day\":1,\"local\":\"2024-02-29T23:59:59.500\",\"text\":\"é\\n\"}");
    assertThat(read.get(6)).doesNotContain("tags");
    assertThat(read.get(4_999)).startsWith("{\"id\":4999,");
  }

  @Test
  void damageIsAFaultAndKeepsTheRowsBeforeIt() throws Exception {
    Path whole = written(spark().range(0, 60_000, 1, 1).toDF(), "whole", "TIMESTAMP_MICROS");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.parquet");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    List<String> none = new ArrayList<>();
    assertThat(read(cut, none).fault()).isEqualTo(new RawLines.Fault("corrupt parquet file", 1));
    assertThat(none).isEmpty();

    byte[] scratched = bytes.clone();
    java.util.Arrays.fill(scratched, bytes.length / 2, bytes.length / 2 + 200, (byte) 0xA5);
    Path damaged = folder.resolve("damaged.parquet");
    Files.write(damaged, scratched);
    List<String> some = new ArrayList<>();
    RawLines.Result result = read(damaged, some);
    assertThat(result.byteCount()).isEqualTo(bytes.length);
    assertThat(result.fault().reason()).isEqualTo("corrupt parquet file");
    assertThat(result.fault().lineNumber()).isEqualTo(some.size() + 1);

    Path empty = folder.resolve("empty.parquet");
    Files.write(empty, new byte[0]);
    assertThat(read(empty, none).fault()).isEqualTo(new RawLines.Fault("corrupt parquet file", 1));
  }
}
