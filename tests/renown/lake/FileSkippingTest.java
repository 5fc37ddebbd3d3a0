package renown.lake;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

/** Files that are passed over hold no row that meets the filter, whatever the filter. */
class FileSkippingTest extends SparkTest {
  private static final TableColumn NAME = TableColumn.text("name", "Name.").orNull();
  private static final TableColumn DAY = TableColumn.date("day", "Day.");
  private static final TableColumn SIZE = TableColumn.whole("size", "Size.");
  private static final TableSchema TABLE =
      TableSchema.of("core", "pieces")
          .purpose("Pieces.")
          .grain("one row per piece")
          .writer("probe")
          .key(SIZE)
          .columns(NAME, DAY, SIZE);

  private static final List<String> NAMES = List.of("a", "b", "\u00e9", "zz", "\ud83d\ude00", "");

  @Test
  void everyRowThatMeetsAFilterIsFound() throws Exception {
    Random random = new Random(7);
    Lake lake = lake();
    List<Row> all = new ArrayList<>();
    for (int file = 0; file < 12; file++) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        rows.add(
            RowFactory.create(
                random.nextInt(5) == 0 ? null : NAMES.get(random.nextInt(NAMES.size())),
                java.sql.Date.valueOf(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(9))),
                (long) file * 3 + random.nextInt(5)));
      }
      all.addAll(rows);
      lake.append(TABLE, spark().createDataFrame(rows, TABLE.structType()).coalesce(1));
    }
    Dataset<Row> truth = spark().createDataFrame(all, TABLE.structType());
    List<String> atoms = new ArrayList<>();
    for (String operator : List.of("=", "<", "<=", ">", ">=", "<=>", "<>")) {
      atoms.add("size " + operator + " 11");
      atoms.add("17 " + operator + " size");
      atoms.add("day " + operator + " DATE'2026-01-04'");
      atoms.add("name " + operator + " '\u00e9'");
    }
    atoms.add("size IN (1, 30)");
    atoms.add("name IN ('zz', NULL)");
    atoms.add("name IS NULL");
    atoms.add("size + 1 = 12");
    for (int i = 0; i < 40; i++) {
      String one = atoms.get(random.nextInt(atoms.size()));
      String other = atoms.get(random.nextInt(atoms.size()));
      String filter =
          switch (i % 4) {
            case 0 -> one;
            case 1 -> one + " AND " + other;
            case 2 -> "(" + one + ") OR (" + other + ")";
            default -> "NOT (" + one + ")";
          };
      assertThat(lake.read(TABLE).where(filter).count())
          .as(filter)
          .isEqualTo(truth.where(filter).count());
    }
  }

  @Test
  void filesThatCannotHoldARowAreNotRead() throws Exception {
    Lake lake = lake();
    for (long size = 0; size < 5; size++) {
      lake.append(
          TABLE,
          rows(
              TABLE.structType(),
              row("n" + size, java.sql.Date.valueOf("2026-01-0" + (size + 1)), size)));
    }
    FileSkipping skipping = new FileSkipping(TABLE.structType());
    for (String filter :
        List.of("size = 3", "day = DATE'2026-01-04'", "name = 'n3'", "size > 2 AND size < 4")) {
      var condition =
          lake.read(TABLE).where(expr(filter)).queryExecution().optimizedPlan().expressions();
      long kept =
          TableSnapshot.newest(
                  io.delta.kernel.defaults.engine.DefaultEngine.create(
                      spark().sessionState().newHadoopConf()),
                  lake.path(TABLE))
              .orElseThrow()
              .files()
              .stream()
              .filter(
                  file ->
                      skipping.mayMatch(
                          file.statistics(),
                          scala.jdk.javaapi.CollectionConverters.asJava(condition)))
              .count();
      assertThat(kept).as(filter).isEqualTo(1);
    }
  }
}
