package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.lake.PublishedNights.Publication;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.Publications;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

/** A lake of an earlier version: what is added to a table's class, and what is refused. */
class OldLakeTest extends SparkTest {
  private static final TableColumn KEY = TableColumn.whole("account_key", "Whose.");
  private static final TableColumn NAME =
      TableColumn.text("name", "Name; null if unknown.").orNull();
  private static final TableColumn ADDED =
      TableColumn.text("added", "What an account's name was; null if unknown.").orNull();

  private static TableSchema table(boolean changesInPlace, TableColumn... columns) {
    TableSchema.Builder builder =
        TableSchema.of("core", "old")
            .purpose("Rows of two versions.")
            .grain("a row")
            .writer("test")
            .key(KEY);
    return (changesInPlace ? builder.changesInPlace() : builder).columns(columns);
  }

  private static List<String> rows(Lake lake, TableSchema table) {
    return lake.read(table).sort("account_key").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  private static ColumnRows row(TableSchema table, long key) {
    ColumnRows rows = new ColumnRows(table);
    rows.longs(KEY).add(key);
    for (TableColumn column : table.columns()) {
      if (!column.equals(KEY)) {
        rows.texts(column).add(column.name() + key);
      }
    }
    return rows;
  }

  @Test
  void aColumnThatAClassHasGainedIsAdded() throws Exception {
    TableSchema before = table(true, KEY, NAME);
    TableSchema now = table(true, KEY, ADDED, NAME);
    ColumnRows two = row(before, 1);
    two.longs(KEY).add(2);
    two.texts(NAME).add("name2");
    lake().append(before, two);
    // Whoever only reads changes nothing.
    assertThat(rows(lake(), now)).containsExactly("[1,null,name1]", "[2,null,name2]");
    assertThat(lake().files(now).read(ADDED, KEY).texts(ADDED).get(0)).isNull();
    assertThat(lake().version(now)).contains(0L);

    Lake run = lake().held();
    run.append(now, row(now, 3));
    assertThat(rows(lake(), now))
        .containsExactly("[1,null,name1]", "[2,null,name2]", "[3,added3,name3]");
    // Versions: rows, the column, rows.
    assertThat(lake().version(now)).contains(2L);
    run.restore(now, 0);
    assertThat(rows(run, now)).containsExactly("[1,null,name1]", "[2,null,name2]");
  }

  /** A command of Spark may be the first that writes, and rows may be deleted already. */
  @Test
  void aColumnIsAddedBeforeACommandOfSparkToo() throws Exception {
    TableSchema before = table(true, KEY, NAME);
    TableSchema now = table(true, KEY, NAME, ADDED);
    ColumnRows two = row(before, 1);
    two.longs(KEY).add(2);
    two.texts(NAME).add("name2");
    lake().append(before, two);
    lake().delete(before, KEY.col().equalTo(2));
    assertThat(rows(lake(), now)).containsExactly("[1,name1,null]");
    lake()
        .upsert(
            now,
            spark()
                .createDataFrame(
                    List.of(org.apache.spark.sql.RowFactory.create(1L, "new", "old")),
                    now.structType()));
    assertThat(rows(lake(), now)).containsExactly("[1,new,old]");
    assertThat(lake().readAt(now, 0).count()).isEqualTo(2);
  }

  private void refused(TableSchema now, String why) {
    assertThatThrownBy(() -> lake().read(now))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "The lake at "
                + lake().root()
                + " was written by another version of Renown (table core/old "
                + why
                + "). Build it again: set lake.root to a new folder and run nightly from the first"
                + " dumps on, or use the version that wrote it.");
  }

  @Test
  void whatMeansSomethingElseIsRefused() throws Exception {
    TableSchema before = table(false, KEY, NAME);
    lake().append(before, row(before, 1));
    refused(table(false, KEY, NAME, TableColumn.text("must", "It.")), "has no column must");
    refused(
        table(false, KEY, TableColumn.number("name", "It; null.").orNull()),
        "has STRING in its column name instead of DOUBLE");
    refused(table(false, KEY, TableColumn.text("name", "It.")), "may have null in its column name");
    refused(table(false, NAME), "has a column account_key that is no longer written");
    // What may be null and is no longer written is left as it is.
    assertThat(rows(lake(), table(false, KEY))).containsExactly("[1]");
    spark()
        .sql(
            "ALTER TABLE delta.`"
                + lake().path(before)
                + "` SET TBLPROPERTIES ('renown.format' = '999')");
    refused(before, "is of format 999, not " + renown.tables.Tables.FORMAT);
  }

  /** Such as those of before November 2026. */
  @Test
  void aLakeWhoseTablesHaveNoFormatIsRefused() throws Exception {
    Lake lake = lake();
    PublishedNights.publish(
        lake, new Publication(LocalDate.EPOCH, 1, "run", Map.of("scores/reachabilities", 1L)));
    // A table that this version would give up: its lakes are read.
    assertThat(PublishedNights.of(lake).latest()).isPresent();
    spark()
        .sql(
            "ALTER TABLE delta.`"
                + lake.path(Publications.TABLE)
                + "` UNSET TBLPROPERTIES ('renown.format')");
    assertThatThrownBy(() -> PublishedNights.of(lake()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("is of format 1, not " + renown.tables.Tables.FORMAT)
        .hasMessageContaining("Build it again: set lake.root to a new folder");
  }
}
