package renown.night.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.testing.Columns.rowOf;
import static renown.testing.Columns.rows;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.MartPostingHours;

class PostingPartsTest {
  /** A day on which it is the turn of part 3. */
  private static final long NIGHT = 7 * 2900 + 3;

  private static final int TOLD = 40;

  private final CredibleSet credible = credible(-1);

  private static CredibleSet credible(long excluded) {
    AudienceTables tables = new AudienceTables();
    for (long account = 1; account < 2000; account++) {
      if (account != excluded) {
        tables.credible(account);
      }
    }
    return new CredibleSet(tables.input(LocalDate.ofEpochDay(NIGHT)));
  }

  /** The first so many accounts of each part, and a file for each part. */
  private static List<TableReader> files() {
    List<TableReader> files = new ArrayList<>();
    for (int part = 0; part < PostingParts.PARTS; part++) {
      List<Long> accounts = accounts(part);
      files.add(columns -> file(accounts));
    }
    return files;
  }

  private static List<Long> accounts(int part) {
    List<Long> accounts = new ArrayList<>();
    for (long account = 1; accounts.size() < TOLD; account++) {
      if (PostingParts.of(account) == part) {
        accounts.add(account);
      }
    }
    return accounts;
  }

  private static ColumnRows file(List<Long> accounts) {
    List<Object[]> hours = new ArrayList<>();
    for (long account : accounts) {
      for (long place = 1; place <= PostingHours.PLACES; place++) {
        hours.add(
            rowOf(
                MartPostingHours.TABLE,
                MartPostingHours.ACCOUNT_KEY,
                account,
                MartPostingHours.PLACE,
                place));
      }
    }
    return rows(MartPostingHours.TABLE, hours.toArray(Object[][]::new));
  }

  private static long[] wanted(long of0, long others) {
    long[] wanted = new long[PostingParts.PARTS];
    Arrays.fill(wanted, others);
    wanted[0] = of0;
    return wanted;
  }

  @Test
  void aNightWritesThePartWhoseTurnItIs() {
    PostingParts parts = new PostingParts(NIGHT, files(), credible);
    boolean[] due = parts.due(wanted(TOLD + 2, TOLD - 2));
    assertThat(due).containsExactly(false, false, false, true, false, false, false);
    assertThat(parts.replaced(due)).containsExactly(3);
    ColumnRows[] rows = PostingParts.none(due);
    assertThat(rows[3].size()).isZero();
    assertThat(rows[2]).isNull();
  }

  @Test
  void aPartOfWhichASixteenthIsNewOrThatHoldsSomebodyExcludedIsWrittenToo() {
    PostingParts parts = new PostingParts(NIGHT, files(), credible);
    assertThat(parts.due(wanted(TOLD + 3, TOLD)))
        .containsExactly(true, false, false, true, false, false, false);
    long excluded = accounts(5).get(7);
    assertThat(new PostingParts(NIGHT, files(), credible(excluded)).due(wanted(TOLD, TOLD)))
        .containsExactly(false, false, false, true, false, true, false);
  }

  /** At first, and where rows of several parts lie in one file. */
  @Test
  void allAreWrittenWhereThereAreNoPartsYet() {
    boolean[] all = new boolean[PostingParts.PARTS];
    Arrays.fill(all, true);
    assertThat(new PostingParts(NIGHT, List.of(), credible).due(wanted(1, 1))).isEqualTo(all);
    TableReader mixed = columns -> file(List.of(accounts(0).get(0), accounts(1).get(0)));
    PostingParts parts = new PostingParts(NIGHT, List.of(mixed), credible);
    boolean[] due = parts.due(wanted(1, 1));
    assertThat(due).isEqualTo(all);
    assertThat(parts.replaced(due)).containsExactly(0);
    // Who has nothing to tell of writes nothing but where something was told.
    boolean[] none = new PostingParts(NIGHT, List.of(), credible).due(wanted(0, 0));
    assertThat(none).containsExactly(false, false, false, true, false, false, false);
  }
}
