package renown.night.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rowOf;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.MartBreakouts;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartWarningOutcomes;
import renown.tables.PostReactions;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.testing.PrintedIds;

/**
 * Posts of one day by two hundred authors, each with one reaction; one of them drew sixty, so did
 * another that was posted late in the evening.
 */
class BreakoutsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  private static final LocalDate BEFORE = NIGHT.minusDays(1);
  private static final long FAR = 1;
  private static final long LATE = 2;

  private final List<Object[]> posts = new ArrayList<>();
  private final List<Object[]> known = new ArrayList<>();
  private final List<Object[]> acts = new ArrayList<>();
  private final List<Object[]> people = new ArrayList<>();
  private final List<Object[]> accounts = new ArrayList<>();

  private void author(long key) {
    people.add(
        rowOf(
            AccountState.TABLE,
            AccountState.NETWORK,
            "x",
            AccountState.ACCOUNT_KEY,
            key,
            AccountState.CREDIBILITY,
            1.0));
    accounts.add(
        rowOf(
            Accounts.TABLE,
            Accounts.ACCOUNT_KEY,
            key,
            Accounts.HANDLE,
            "handle" + key,
            Accounts.STATUS,
            "active"));
  }

  private void post(String id, long author, String language, Timestamp at, int reactors) {
    author(author);
    posts.add(
        row(
            "x",
            id,
            BEFORE,
            author,
            at,
            language,
            null,
            null,
            null,
            new String[0],
            new String[0],
            BEFORE));
    known.add(row("x", id, 0, 0, author, at, 0, BEFORE));
    for (int i = 0; i < reactors; i++) {
      Timestamp then = new Timestamp(at.getTime() + 60_000L * (i + 1));
      acts.add(
          row(
              "x",
              PrintedIds.high(id + "/" + i),
              PrintedIds.low(id + "/" + i),
              NIGHT,
              "repost",
              100L + (author * 7 + i) % 200,
              author,
              id,
              null,
              null,
              then,
              1,
              NIGHT));
    }
  }

  private static Object[] topic(String post, String topic, double confidence, LocalDate night) {
    return row("x", post, BEFORE, 1L, topic, confidence, "term", null, night);
  }

  private static Object[] warning(String post, LocalDate night) {
    return rowOf(
        MartEarlyWarnings.TABLE,
        MartEarlyWarnings.NETWORK,
        "x",
        MartEarlyWarnings.POST_ID,
        post,
        MartEarlyWarnings.NIGHT,
        night.toEpochDay());
  }

  private Map<TableSchema, ColumnRows> night(LocalDate warned) {
    post("far", FAR, "pt", Timestamp.valueOf("2026-01-13 12:00:00"), 60);
    post("late", LATE, null, Timestamp.valueOf("2026-01-13 23:30:00"), 60);
    for (long author = 100; author < 300; author++) {
      post("p" + author, author, "en", Timestamp.valueOf("2026-01-13 12:00:00"), 1);
    }
    return NightSpread.of(
            new SpreadTables()
                .with(AccountState.TABLE, rows(AccountState.TABLE, people.toArray(Object[][]::new)))
                .with(Accounts.TABLE, rows(Accounts.TABLE, accounts.toArray(Object[][]::new)))
                .with(Interactions.TABLE, rows(Interactions.TABLE, acts.toArray(Object[][]::new)))
                .with(Posts.TABLE, rows(Posts.TABLE, posts.toArray(Object[][]::new)))
                .with(
                    PostReactions.TABLE, rows(PostReactions.TABLE, known.toArray(Object[][]::new)))
                .with(
                    PostTopics.TABLE,
                    rows(
                        PostTopics.TABLE,
                        topic("far", "*", 1, BEFORE),
                        topic("far", "music", 0.6, BEFORE),
                        topic("far", "jazz", 0.8, BEFORE),
                        topic("far", "dance", 0.8, BEFORE),
                        // Told of another post, and long ago.
                        topic("p100", "chess", 0.9, BEFORE),
                        topic("far", "opera", 0.9, NIGHT.minusDays(9))))
                .with(
                    MartEarlyWarnings.TABLE,
                    rows(
                        MartEarlyWarnings.TABLE,
                        warning("far", warned),
                        warning("p101", warned),
                        warning("late", NIGHT.minusDays(5))))
                .input(NIGHT, BEFORE))
        .rows();
  }

  /** The surest topic, of equally sure ones the first; the author's handle; the language. */
  @Test
  void aBreakoutIsToldWithTopicLanguageHandleAndWarning() {
    Map<TableSchema, ColumnRows> night = night(BEFORE);
    ColumnRows found = night.get(MartBreakouts.TABLE);
    assertThat(
            values(
                found,
                MartBreakouts.POST_ID,
                MartBreakouts.AUTHOR_HANDLE,
                MartBreakouts.OBSERVED_COUNT,
                MartBreakouts.TOPIC_ID,
                MartBreakouts.LANGUAGE,
                MartBreakouts.WAS_WARNED))
        .containsExactlyInAnyOrder(
            java.util.Arrays.asList("far", "handle1", 60L, "dance", "pt", 1L),
            java.util.Arrays.asList("late", "handle2", 60L, null, null, 0L));
    // "late" was not yet an hour old when the night before ended, so nobody could warn of it.
    assertThat(
            values(
                night.get(MartWarningOutcomes.TABLE),
                MartWarningOutcomes.WARNED_COUNT,
                MartWarningOutcomes.BREAKOUT_COUNT,
                MartWarningOutcomes.CONFIRMED_COUNT,
                MartWarningOutcomes.PRECISION,
                MartWarningOutcomes.RECALL))
        .containsExactly(List.of(2L, 1L, 1L, 0.5, 1.0));
  }

  @Test
  void aWarningOfAnotherNightIsNone() {
    ColumnRows found = night(BEFORE.minusDays(1)).get(MartBreakouts.TABLE);
    assertThat(values(found, MartBreakouts.WAS_WARNED)).containsOnly(List.of(0L));
  }
}
