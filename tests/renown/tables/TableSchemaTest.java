package renown.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class TableSchemaTest extends SparkTest {
  static final java.util.List<TableSchema> ALL = Tables.ALL;

  private static final TableSchema PROBES =
      TableSchema.of("core", "probes")
          .purpose("Probes.")
          .grain("one row per probe")
          .writer("probe")
          .columns(
              TableColumn.text("name", "Name."),
              TableColumn.whole("size", "Size."),
              TableColumn.number("share", "Share; null where unknown.").orNull());

  @Test
  void rowsThatFitComeOutInTheOrderOfTheColumns() {
    Dataset<Row> rows = rows("share double, name string, size bigint", row(0.5, "a", 1L));
    TableAssert.assertThat(PROBES.conform(rows)).hasColumnsOf(PROBES).hasRows(row("a", 1L, 0.5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name string, size bigint|missing [share DOUBLE], superfluous []",
        "name string, size bigint, share double, more int|missing [], superfluous [more INT]",
        "name string, size int, share double|missing [size BIGINT], superfluous [size INT]",
        "name string, Size bigint, share double|missing [size BIGINT], superfluous [Size BIGINT]",
      })
  void rowsThatDoNotFitAreRefused(String ddl, String wrong) {
    assertThatThrownBy(() -> PROBES.conform(rows(ddl)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Rows do not fit table probes: " + wrong + ".");
  }

  @Test
  void aColumnThatIsThereTwiceIsRefused() {
    Dataset<Row> rows = rows("name string, size bigint, share double");
    assertThatThrownBy(() -> PROBES.conform(rows.select("name", "size", "share", "share")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Rows do not fit table probes");
  }

  /** What is promised of every table of the lake. */
  @ParameterizedTest
  @FieldSource("ALL")
  void everyTableIsWhole(TableSchema table) {
    assertThat(table.isPublished()).isEqualTo(table.name().startsWith("mart_"));
    assertThat(table.purpose()).endsWith(".");
    assertThat(table.grain()).isNotBlank();
    assertThat(table.writer()).isNotBlank();
    assertThat(table.columns()).containsAll(table.key()).containsAll(table.clusteredBy());
    assertThat(table.key()).isNotEmpty().noneMatch(TableColumn::nullable);
    assertThat(table.clusteredBy()).hasSizeLessThanOrEqualTo(4);
    Set<String> names = new HashSet<>();
    for (StructField field : table.structType().fields()) {
      assertThat(names.add(field.name())).as(field.name()).isTrue();
      assertThat(field.name()).matches("[a-z][a-z_]*(_\\d+_[a-z]+)?");
      String comment = field.getComment().get();
      assertThat(comment).endsWith(".");
      if (field.nullable()) {
        assertThat(comment).as(field.name()).containsPattern("null|none");
      }
    }
    // Every rule is a condition over the table's columns.
    for (String rule : table.rules()) {
      rows(table.structType()).where(rule).schema();
    }
    for (TableColumn column : table.columns()) {
      if (column.rule() != null) {
        rows(table.structType()).select(column.name()).where(column.rule()).schema();
      }
    }
  }

  @Test
  void noTwoTablesLieInOnePlace() {
    assertThat(Tables.ALL.stream().map(TableSchema::path)).doesNotHaveDuplicates();
    assertThat(Tables.OF_A_NIGHT).noneMatch(table -> table.floor().equals("runs"));
  }
}
