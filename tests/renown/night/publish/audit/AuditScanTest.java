package renown.night.publish.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.tables.AccountState;
import renown.tables.Exclusions;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartNetworkActivity;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

/** On tables with one wrong thing each, among rows of other nights that do not matter. */
class AuditScanTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 6);
  private static final LocalDate BEFORE = NIGHT.minusDays(1);
  private static final List<TableSchema> PUBLISHED =
      List.of(MartNetworkActivity.TABLE, MartAccountScores.TABLE, MartAccountScoresLatest.TABLE);

  private Lake lake;

  @BeforeEach
  void aRightNight() throws Exception {
    fill(lake());
  }

  private void fill(Lake empty) throws Exception {
    lake = empty;
    for (LocalDate night : List.of(BEFORE, NIGHT)) {
      add(MartNetworkActivity.TABLE, night, Map.of("network", "bluesky", "measure", "line"));
      add(MartNetworkActivity.TABLE, night, Map.of("network", "x", "measure", "line"));
      add(MartNetworkActivity.TABLE, night, Map.of("network", "x", "measure", "post"));
      add(MartAccountScores.TABLE, night, Map.of("account_key", 1L));
      add(MartAccountScores.TABLE, night, Map.of("account_key", 2L));
    }
    add(MartAccountScores.TABLE, BEFORE, Map.of("account_key", 9L));
    add(MartAccountScoresLatest.TABLE, NIGHT, Map.of("account_key", 1L));
    add(MartAccountScoresLatest.TABLE, NIGHT, Map.of("account_key", 2L));
    add(Exclusions.TABLE, NIGHT, Map.of("account_key", 9L, "reason", "opted out"));
    rank(1, "bluesky", 0.75);
    rank(2, "bluesky", 0.25);
    rank(3, "x", 1);
  }

  private void rank(long account, String network, double share) throws Exception {
    add(
        AccountState.TABLE,
        NIGHT,
        Map.of("network", network, "account_key", account, "rank_share", share));
  }

  /** A row in a file of its own; what is not told is null or any value that the rules allow. */
  private void add(TableSchema table, LocalDate night, Map<String, Object> values)
      throws Exception {
    ColumnRows rows = new ColumnRows(table);
    for (TableColumn column : table.columns()) {
      Object value = column.name().equals("night") ? night.toEpochDay() : values.get(column.name());
      boolean isNull = value == null && column.nullable();
      if (column.type() instanceof StringType) {
        String word = column.name().equals("evidence") ? "insufficient" : "unknown";
        rows.texts(column).add(isNull ? null : value == null ? word : (String) value);
      } else if (column.type() instanceof DoubleType) {
        if (isNull) {
          rows.doubles(column).addNull();
        } else {
          rows.doubles(column).add(value == null ? 0.5 : (Double) value);
        }
      } else if (isNull && column.type() instanceof ArrayType) {
        rows.lists(column).addNull();
      } else if (isNull) {
        rows.longs(column).addNull();
      } else {
        rows.longs(column).add(value == null ? 1 : (Long) value);
      }
    }
    lake.append(table, rows);
  }

  private AuditScan scan() {
    return AuditScan.of(lake, NIGHT, PUBLISHED);
  }

  @Test
  void nothingIsWrongWithARightNight() {
    AuditScan scan = scan();
    assertThat(scan.repeatedIn()).isEmpty();
    assertThat(scan.excluded()).isEmpty();
    assertThat(scan.lacking()).isEmpty();
    assertThat(scan.rankSums()).isEqualTo(Map.of("bluesky", 1.0, "x", 1.0));
  }

  /** Where writers have told that no key is repeated and files hold different ones. */
  @Test
  void keysAreReadOnlyWhereWritersDoNotTellEnough() throws Exception {
    // The log keeps nothing of it: only what waits to be published is told of.
    assertThat(
            lake.files(MartAccountScoresLatest.TABLE)
                .areKeysUnique(MartAccountScoresLatest.TABLE.key()))
        .isFalse();
    fill(new Lake(spark(), folder.resolve("waiting").toUri().toString()).withWaitingMarts());
    assertThat(
            lake.files(MartAccountScoresLatest.TABLE)
                .areKeysUnique(MartAccountScoresLatest.TABLE.key()))
        .isTrue();
    assertThat(scan().repeatedIn()).isEmpty();
    TableFiles scores =
        lake.files(MartAccountScores.TABLE).holding(MartAccountScores.NIGHT, NIGHT.toEpochDay());
    assertThat(scores.count()).isEqualTo(2);
    assertThat(scores.areKeysUnique(MartAccountScores.TABLE.key())).isTrue();
    // Their keys are texts, of which the log tells too little.
    assertThat(lake.files(MartNetworkActivity.TABLE).areKeysUnique(MartNetworkActivity.TABLE.key()))
        .isFalse();
    ColumnRows twice = scores.each().get(0).read(MartAccountScores.TABLE.columns());
    twice.addRow(twice, 0);
    lake.append(MartAccountScores.TABLE, twice);
    for (TableFiles file : lake.files(MartAccountScores.TABLE).each()) {
      assertThat(file.areKeysUnique(MartAccountScores.TABLE.key())).isEqualTo(file.rowCount() == 1);
    }
    assertThat(scan().repeatedIn()).containsExactly(1);
    // One key in two files that repeat none themselves.
    add(MartAccountScoresLatest.TABLE, NIGHT, Map.of("account_key", 2L));
    for (TableFiles file : lake.files(MartAccountScoresLatest.TABLE).each()) {
      assertThat(file.areKeysUnique(MartAccountScoresLatest.TABLE.key())).isTrue();
    }
    assertThat(
            lake.files(MartAccountScoresLatest.TABLE)
                .areKeysUnique(MartAccountScoresLatest.TABLE.key()))
        .isFalse();
    assertThat(scan().repeatedIn()).containsExactly(1, 2);
  }

  @Test
  void aLakeWithoutTablesHasNothingWrong() {
    AuditScan scan =
        AuditScan.of(
            new Lake(spark(), folder.resolve("empty").toUri().toString()), NIGHT, PUBLISHED);
    assertThat(scan.repeatedIn()).isEmpty();
    assertThat(scan.rankSums()).isEmpty();
  }

  @Test
  void aKeyThatOccursTwiceTonightIsFound() throws Exception {
    add(MartNetworkActivity.TABLE, BEFORE, Map.of("network", "x", "measure", "like"));
    add(MartNetworkActivity.TABLE, NIGHT, Map.of("network", "x", "measure", "like"));
    add(MartAccountScoresLatest.TABLE, NIGHT, Map.of("account_key", 3L));
    assertThat(scan().repeatedIn()).isEmpty();
    add(MartNetworkActivity.TABLE, NIGHT, Map.of("network", "x", "measure", "line"));
    assertThat(scan().repeatedIn()).containsExactly(0);
    add(MartAccountScoresLatest.TABLE, NIGHT, Map.of("account_key", 3L));
    assertThat(scan().repeatedIn()).containsExactly(0, 2);
  }

  @Test
  void scoresOfTheExcludedAndThoseNotInTheLatestAreFound() throws Exception {
    add(MartAccountScores.TABLE, NIGHT, Map.of("account_key", 7L));
    add(MartAccountScores.TABLE, NIGHT, Map.of("account_key", 9L));
    add(MartAccountScoresLatest.TABLE, NIGHT, Map.of("account_key", 9L));
    AuditScan scan = scan();
    assertThat(scan.excluded()).containsExactly(9L);
    assertThat(scan.lacking()).containsExactly(7L);
  }

  @Test
  void ranksAreAddedUpByNetwork() throws Exception {
    rank(4, "x", 0.125);
    assertThat(scan().rankSums()).isEqualTo(Map.of("bluesky", 1.0, "x", 1.125));
  }
}
