package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

/** Rows by column: what is written by one of Spark and the column files the other reads. */
class ColumnFilesTest extends SparkTest {
  private static final TableColumn KEY = TableColumn.whole("account_key", "Key.").notNegative();
  private static final TableColumn DAY = TableColumn.date("record_date", "Day.").orNull();
  private static final TableColumn AT = TableColumn.instant("happened_at", "Instant.").orNull();
  private static final TableColumn SHARE = TableColumn.number("a_share", "Share.").between(0, 1);
  private static final TableColumn FLAG = TableColumn.flag("is_flag", "Flag.").orNull();
  private static final TableColumn VERB = TableColumn.text("verb", "Verb.").oneOf("like", "reply");
  private static final TableColumn NAME = TableColumn.text("name", "Name.").orNull();
  private static final TableColumn TAGS = TableColumn.texts("tags", "Tags.");
  private static final TableColumn COUNTS =
      new TableColumn(
          "counts", DataTypes.createArrayType(DataTypes.LongType, false), true, "Counts.", null);
  private static final TableColumn SUMS =
      new TableColumn(
          "sums", DataTypes.createArrayType(DataTypes.DoubleType, false), false, "Sums.", null);
  private static final TableColumn SKETCH =
      new TableColumn("sketch", DataTypes.BinaryType, true, "Sketch.", null);

  private static final TableSchema TABLE =
      TableSchema.of("core", "column_files")
          .purpose("Everything.")
          .grain("a row")
          .writer("test")
          .key(KEY)
          .rules("name IS NULL OR length(name) < 100")
          .columns(KEY, DAY, AT, SHARE, FLAG, VERB, NAME, TAGS, COUNTS, SUMS, SKETCH);

  private static ColumnRows rows(int count, long seed) {
    Random random = new Random(seed);
    ColumnRows rows = new ColumnRows(TABLE);
    for (int i = 0; i < count; i++) {
      rows.longs(KEY).add(seed * 1_000_000 + i);
      if (random.nextInt(4) == 0) {
        rows.longs(DAY).addNull();
        rows.longs(AT).addNull();
        rows.longs(FLAG).addNull();
      } else {
        rows.longs(DAY).add(random.nextInt(40_000) - 10_000);
        rows.longs(AT).add(random.nextLong() >> 12);
        rows.longs(FLAG).add(random.nextBoolean());
      }
      rows.doubles(SHARE).add(random.nextDouble());
      rows.texts(VERB).add(random.nextBoolean() ? "like" : "reply");
      rows.texts(NAME).add(random.nextInt(3) == 0 ? null : "名前 " + random.nextInt(9));
      rows.lists(TAGS)
          .add(
              random
                  .ints(random.nextInt(3), 0, 9)
                  .mapToObj(Integer::toString)
                  .toArray(String[]::new));
      rows.lists(COUNTS)
          .add(random.nextInt(3) == 0 ? null : random.longs(random.nextInt(3)).toArray());
      rows.lists(SUMS).add(random.doubles(random.nextInt(3)).toArray());
      byte[] bytes = new byte[random.nextInt(5)];
      random.nextBytes(bytes);
      rows.lists(SKETCH).add(random.nextInt(3) == 0 ? null : bytes);
    }
    return rows;
  }

  private static List<String> texts(ColumnRows rows) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      texts.add(
          rows.longs(KEY).get(i)
              + "|"
              + rows.longs(DAY).boxed(i)
              + "|"
              + rows.longs(AT).boxed(i)
              + "|"
              + rows.doubles(SHARE).get(i)
              + "|"
              + rows.longs(FLAG).boxed(i)
              + "|"
              + rows.texts(VERB).get(i)
              + "|"
              + rows.texts(NAME).get(i)
              + "|"
              + Arrays.toString(rows.lists(TAGS).texts(i))
              + "|"
              + Arrays.toString(rows.lists(COUNTS).longs(i))
              + "|"
              + Arrays.toString(rows.lists(SUMS).doubles(i))
              + "|"
              + Arrays.toString(rows.lists(SKETCH).bytes(i)));
    }
    return texts;
  }

  private static List<String> bySpark(Lake lake) {
    List<String> texts = new ArrayList<>();
    for (Row row :
        lake.read(TABLE)
            .selectExpr(
                "account_key",
                "unix_date(record_date)",
                "unix_micros(happened_at)",
                "a_share",
                "cast(is_flag as bigint)",
                "verb",
                "name",
                "tags",
                "counts",
                "sums",
                "sketch")
            .collectAsList()) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        Object value = row.get(i);
        text.append(i == 0 ? "" : "|")
            .append(
                value instanceof scala.collection.Seq<?>
                    ? row.getList(i).toString()
                    : value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void whatTheDriverWritesSparkAndItselfRead() throws Exception {
    Lake lake = lake();
    lake.append(TABLE, rows(1000, 1));
    lake.append(TABLE, rows(3, 2));

    List<String> written = texts(rows(1000, 1));
    written.addAll(texts(rows(3, 2)));
    assertThat(texts(lake.files(TABLE).read(TABLE.columns())))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(bySpark(lake)).containsExactlyInAnyOrderElementsOf(written);
    assertThat(lake.version(TABLE)).contains(1L);
  }

  @Test
  void whatSparkWritesIsReadInTasks() throws Exception {
    Lake lake = lake();
    lake.append(TABLE, rows(500, 3));
    lake.overwrite(
        TABLE,
        spark().createDataFrame(lake.read(TABLE).repartition(3).toJavaRDD(), TABLE.structType()));

    List<String> read =
        new JavaSparkContext(spark().sparkContext())
            .parallelize(lake.files(TABLE).each(), 3)
            .flatMap(files -> texts(files.read(TABLE.columns())).iterator())
            .collect();
    assertThat(read).containsExactlyInAnyOrderElementsOf(texts(rows(500, 3)));
  }

  @Test
  void filesOfTasksCountOnceACommitNamesThem() throws Exception {
    Lake lake = lake();
    TableFileWriter writer = lake.writer(TABLE);
    List<DataFile> written =
        new JavaSparkContext(spark().sparkContext())
            .parallelize(List.of(5L, 6L), 2)
            .flatMap(seed -> writer.write(rows(10, seed), 4).iterator())
            .collect();
    assertThat(written).hasSize(6);
    assertThat(lake.has(TABLE)).isFalse();
    lake.append(TABLE, written);
    assertThat(lake.read(TABLE).count()).isEqualTo(20);

    TableFiles ofFive = lake.files(TABLE).within(KEY, 5_000_000, 5_999_999);
    assertThat(ofFive.count()).isEqualTo(3);
    lake.replace(TABLE, ofFive, writer.write(rows(1, 7)));
    List<String> left = texts(rows(10, 6));
    left.addAll(texts(rows(1, 7)));
    assertThat(bySpark(lake)).containsExactlyInAnyOrderElementsOf(left);
  }

  @Test
  void rowsThatWereDeletedAreNotRead() throws Exception {
    TableSchema changing =
        new TableSchema(
            TABLE.floor(),
            TABLE.name(),
            TABLE.purpose(),
            TABLE.grain(),
            TABLE.writer(),
            TABLE.columns(),
            TABLE.key(),
            TABLE.clusteredBy(),
            true,
            TABLE.rules(),
            TABLE.retention());
    Lake lake = lake();
    lake.append(changing, rows(100, 1));
    lake.delete(changing, org.apache.spark.sql.functions.expr("account_key % 3 = 0"));

    assertThat(texts(lake.files(changing).read(changing.columns())))
        .containsExactlyElementsOf(
            texts(rows(100, 1)).stream()
                .filter(text -> Long.parseLong(text.split("\\|")[0]) % 3 != 0)
                .toList());

    // Further rows go by the log alone, with what was gone before.
    TableFiles file = lake.files(changing);
    TableReader.Wanted ofFive = (some, row) -> some.longs(KEY).get(row) % 5 == 0;
    lake.replace(changing, file, List.of(file.without(ofFive, List.of(KEY)).orElseThrow()));
    List<String> left =
        texts(rows(100, 1)).stream()
            .filter(text -> Long.parseLong(text.split("\\|")[0]) % 3 != 0)
            .filter(text -> Long.parseLong(text.split("\\|")[0]) % 5 != 0)
            .toList();
    assertThat(lake.files(changing).without(ofFive, List.of(KEY))).isEmpty();
    assertThat(texts(lake.files(changing).read(changing.columns())))
        .containsExactlyElementsOf(left);
    assertThat(lake.read(changing).count()).isEqualTo(left.size());
    assertThat(lake.files(changing).count()).isEqualTo(1);

    // Those that are wanted, told by a column that need not be among the ones read.
    long before = lake.counts().rowsRead();
    ColumnRows even =
        lake.files(changing)
            .readWhere(
                (some, row) -> some.longs(KEY).get(row) % 2 == 0,
                List.of(KEY),
                VERB,
                NAME,
                COUNTS,
                SHARE,
                SKETCH);
    List<String> verbs = new ArrayList<>();
    for (int row = 0; row < even.size(); row++) {
      verbs.add(even.texts(VERB).get(row) + "|" + even.texts(NAME).get(row));
    }
    assertThat(verbs)
        .containsExactlyElementsOf(
            left.stream()
                .filter(text -> Long.parseLong(text.split("\\|")[0]) % 2 == 0)
                .map(text -> text.split("\\|")[5] + "|" + text.split("\\|")[6])
                .toList());
    assertThat(lake.counts().rowsRead() - before).isEqualTo(even.size());

    // A second condition is asked of those alone that met the first, in the order of the rows.
    List<Long> asked = new ArrayList<>();
    ColumnRows both =
        TableReader.of(lake.files(changing))
            .where((some, row) -> some.longs(KEY).get(row) % 2 == 0, KEY)
            .readWhere(
                (some, row) -> {
                  asked.add(some.longs(KEY).get(row));
                  return some.texts(NAME).get(row) != null && some.longs(KEY).get(row) > 20;
                },
                List.of(NAME, KEY),
                VERB,
                NAME);
    assertThat(asked).hasSize(even.size()).allMatch(key -> key % 2 == 0);
    List<String> found = new ArrayList<>();
    for (int row = 0; row < both.size(); row++) {
      found.add(both.texts(VERB).get(row) + "|" + both.texts(NAME).get(row));
    }
    assertThat(found)
        .containsExactlyElementsOf(
            left.stream()
                .filter(text -> Long.parseLong(text.split("\\|")[0]) % 2 == 0)
                .filter(text -> Long.parseLong(text.split("\\|")[0]) > 20)
                .filter(text -> !text.split("\\|")[6].equals("null"))
                .map(text -> text.split("\\|")[5] + "|" + text.split("\\|")[6])
                .toList())
        .isNotEmpty();
  }

  @Test
  void groupsOfRowsThatHoldNoneOfTheNumbersAreNotFetched() throws Exception {
    Lake lake = lake();
    ColumnRows rows = rows(1_000, 0);
    int[] order = IntStream.range(0, rows.size()).toArray();
    lake.append(TABLE, lake.writer(TABLE).writeGroups(rows, order, 100));
    long[] keys = {-7, 3, 4, 5, 742, 10_000};
    List<String> wanted =
        texts(rows).stream()
            .filter(text -> Arrays.binarySearch(keys, Long.parseLong(text.split("\\|")[0])) >= 0)
            .toList();

    long before = lake.counts().bytesRead();
    lake.files(TABLE).read(KEY, NAME);
    long whole = lake.counts().bytesRead() - before;
    ColumnRows found =
        lake.files(TABLE).readAmong(KEY, keys, TABLE.columns().toArray(TableColumn[]::new));
    assertThat(texts(found)).hasSize(4).containsExactlyElementsOf(wanted);
    before = lake.counts().bytesRead();
    lake.files(TABLE).readAmong(KEY, keys, NAME);
    // Two of ten groups.
    assertThat(lake.counts().bytesRead() - before).isLessThan(whole * 3 / 10).isPositive();
    before = lake.counts().bytesRead();
    assertThat(lake.files(TABLE).readAmong(KEY, new long[] {2_000}, NAME).size()).isZero();
    assertThat(lake.counts().bytesRead() - before).isZero();
  }

  @Test
  void aRowThatBreaksARuleIsToldAndNothingIsWritten() {
    Lake lake = lake();
    for (String rule : List.of("account_key >= 0", "a_share BETWEEN", "verb IN", "length(name)")) {
      ColumnRows rows = rows(2, 1);
      rows.longs(KEY).add(rule.startsWith("account_key") ? -1 : 77);
      rows.longs(DAY).addNull();
      rows.longs(AT).addNull();
      rows.doubles(SHARE).add(rule.startsWith("a_share") ? 1.5 : 1);
      rows.longs(FLAG).addNull();
      rows.texts(VERB).add(rule.startsWith("verb") ? "LIKE" : "like");
      rows.texts(NAME).add(rule.startsWith("length") ? "x".repeat(100) : null);
      rows.lists(TAGS).add(new String[0]);
      rows.lists(COUNTS).addNull();
      rows.lists(SUMS).add(new double[0]);
      rows.lists(SKETCH).addNull();
      assertThatThrownBy(() -> lake.append(TABLE, rows))
          .hasMessageContaining("column_files")
          .hasMessageContaining(rule)
          .hasMessageContaining("account_key=" + (rule.startsWith("account_key") ? -1 : 77));
    }
    assertThat(lake.has(TABLE)).isFalse();
  }

  @Test
  void aNullWhereNoneMayBeIsTold() {
    ColumnRows rows = rows(1, 1);
    ColumnRows lacking = new ColumnRows(TABLE);
    TABLE.columns().forEach(column -> lacking.values(column.name()).addNull());
    assertThat(rows.size()).isEqualTo(lacking.size());
    assertThatThrownBy(() -> lake().append(TABLE, lacking))
        .hasMessageContaining("account_key IS NOT NULL");
  }
}
