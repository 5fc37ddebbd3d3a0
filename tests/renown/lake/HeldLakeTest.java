package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

/** A run that stalled, was taken for dead and woke up writes nothing that another publishes. */
class HeldLakeTest extends SparkTest {
  private static final TableColumn KEY = TableColumn.whole("account_key", "Key.");

  private static final TableSchema TABLE =
      TableSchema.of("core", "held")
          .purpose("Rows of two runs.")
          .grain("a row")
          .writer("test")
          .key(KEY)
          .columns(KEY);

  private static ColumnRows row(long key) {
    ColumnRows rows = new ColumnRows(TABLE);
    rows.longs(KEY).add(key);
    return rows;
  }

  private static long[] keys(Lake lake) {
    return lake.files(TABLE).read(KEY).longs(KEY).toArray();
  }

  private static void isLost(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY))
        .hasMessageContaining("has lost the lake");
  }

  @Test
  void itGoesOnFromWhatItLeftItself() throws Exception {
    Lake run = lake().held();
    for (long key = 0; key < 3; key++) {
      run.append(TABLE, row(key));
    }
    assertThat(keys(lake())).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void whatWaitsIsSeenByItsRunAloneUntilAllIsCommitted() throws Exception {
    TableSchema other =
        TableSchema.of("core", "beside")
            .purpose("Rows of two runs.")
            .grain("a row")
            .writer("test")
            .key(KEY)
            .columns(KEY);
    lake().append(TABLE, row(1));
    Lake run = lake().held();
    Lake stage = run.withWaiting(java.util.List.of(TABLE));
    Lake step = stage.withWaiting(java.util.List.of(other));
    step.append(TABLE, row(2));
    step.append(TABLE, row(3));
    step.overwrite(other, row(4));
    assertThat(keys(step)).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(keys(stage)).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(step.files(other).rowCount()).isEqualTo(1);
    assertThat(stage.has(other)).isFalse();
    assertThat(keys(lake())).containsExactly(1);

    assertThat(step.commitWaiting()).isEqualTo(java.util.Map.of(other.path(), 0L));
    assertThat(keys(lake())).containsExactly(1);
    assertThat(stage.commitWaiting()).isEqualTo(java.util.Map.of(TABLE.path(), 1L));
    assertThat(keys(lake())).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(run.counts().commits()).isEqualTo(2);

    step.append(TABLE, row(5));
    lake().append(TABLE, row(6));
    isLost(stage::commitWaiting);
  }

  @Test
  void aVersionOfAnotherRunIsNeitherSeenNorFollowed() throws Exception {
    lake().append(TABLE, row(1));
    Lake run = lake().held();
    assertThat(keys(run)).containsExactly(1);
    Lake woken = lake();
    woken.append(TABLE, row(2));

    assertThat(keys(run)).containsExactly(1);
    isLost(() -> run.append(TABLE, row(3)));
    isLost(() -> run.only(java.util.List.of(TABLE)).overwrite(TABLE, row(3)));
    assertThat(keys(lake())).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void aTableThatAnotherRunHasBegunIsNotTaken() throws Exception {
    Lake run = lake().held();
    assertThat(run.has(TABLE)).isFalse();
    lake().append(TABLE, row(2));

    assertThat(run.has(TABLE)).isFalse();
    isLost(() -> run.append(TABLE, row(3)));
    assertThat(keys(lake())).containsExactly(2);
  }

  @Test
  void aTableWhoseLogWasLookedAtByNameAloneIsSeenToo() throws Exception {
    lake().append(TABLE, row(1));
    Lake run = lake().held();
    assertThat(run.isAt(TABLE, 0L)).isTrue();
    lake().append(TABLE, row(2));

    assertThat(run.isAt(TABLE, 0L)).isTrue();
    isLost(() -> run.append(TABLE, row(3)));
    isLost(() -> run.version(TABLE));
  }

  @Test
  void aCommandOfSparkFollowsNoVersionOfAnotherRun() throws Exception {
    ColumnRows rows = row(1);
    rows.longs(KEY).add(3);
    lake().append(TABLE, rows);
    Lake deletes = lake().held();
    Lake findsNone = lake().held();
    assertThat(deletes.isAt(TABLE, 0L)).isTrue();
    assertThat(findsNone.version(TABLE)).contains(0L);
    lake().append(TABLE, row(9));

    // Its command does nothing: the version after the one it saw is not its own.
    isLost(() -> findsNone.delete(TABLE, KEY.col().equalTo(2)));
    isLost(() -> deletes.delete(TABLE, KEY.col().equalTo(1)));
  }

  @Test
  void aCommandOfSparkIsFollowedByItsRun() throws Exception {
    Lake run = lake().held();
    run.append(TABLE, row(1));
    run.append(TABLE, row(2));
    run.delete(TABLE, KEY.col().equalTo(1));
    run.keep(TABLE, 40);
    run.append(TABLE, row(3));
    run.compact(TABLE);
    run.append(TABLE, row(4));
    assertThat(run.read(TABLE).sort("account_key").collectAsList())
        .extracting(each -> each.getLong(0))
        .containsExactly(2L, 3L, 4L);
  }

  /** A store that ran out of room has kept the folder of a log, and no log. */
  @Test
  void aTableOfWhichThereIsAFolderAloneIsNone() throws Exception {
    Files.createDirectories(folder.resolve("lake").resolve(TABLE.path()).resolve("_delta_log"));
    Lake run = lake().held();
    assertThat(run.isAt(TABLE, null)).isTrue();
    run.append(TABLE, row(1));
    assertThat(keys(lake())).containsExactly(1);
  }

  @Test
  void whoeverOnlyReadsSeesTheNewest() throws Exception {
    Lake reader = lake();
    assertThat(reader.has(TABLE)).isFalse();
    lake().append(TABLE, row(2));
    assertThat(keys(reader)).containsExactly(2);
  }
}
