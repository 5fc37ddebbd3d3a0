package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.night.score.accounts.Given.UNIT;
import static renown.night.score.accounts.Given.at;
import static renown.night.score.accounts.Given.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.tables.AccountReactions;
import renown.tables.PostReactions;
import renown.tables.PostReactors;
import renown.tables.Posts;

class ReactionsTest {
  private static final AccountNumbers ACCOUNTS = Given.accounts(20);
  private static final Instant END = at("2026-01-15T00:00:00Z");
  private static final Instant NOON = at("2026-01-14T12:00:00Z");
  private static final List<renown.tables.TableColumn> POSTS =
      List.of(Posts.NETWORK, Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT);
  private static final Reactions.Before NOTHING =
      new Reactions.Before(
          Given.rows(AccountReactions.TABLE),
          Given.rows(PostReactions.TABLE),
          Given.rows(PostReactors.TABLE));

  private static double[] credible(double... ofFirst) {
    return Arrays.copyOf(ofFirst, 20);
  }

  private static Reactions reactions(
      Reactions.Before before, ColumnRows posts, double[] credibility, Object[]... acts) {
    return reactions(before, posts, credibility, 0, acts);
  }

  private static Reactions reactions(
      Reactions.Before before,
      ColumnRows posts,
      double[] credibility,
      long nightsLater,
      Object[]... acts) {
    return new Reactions(
        ACCOUNTS,
        before,
        posts,
        Given.acts(ACCOUNTS, acts),
        credibility,
        10,
        Given.DAY + nightsLater);
  }

  private static Reactions.Before after(Reactions reactions) {
    return new Reactions.Before(
        reactions.accountRows(), reactions.postRows(), reactions.reactorRows());
  }

  private static Map<String, Long> units(Reactions reactions) {
    ColumnRows rows = reactions.postRows();
    Map<String, Long> units = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      units.put(
          rows.texts(PostReactions.POST_ID).get(row),
          rows.longs(PostReactions.REACTOR_UNITS).get(row));
    }
    return units;
  }

  @Test
  void reactionsCountOncePerPostAndActorAndTellLateOnesWhereThePostIsKnown() {
    LocalDate tenDaysAgo = LocalDate.of(2026, 1, 4);
    Reactions.Before before =
        new Reactions.Before(
            Given.rows(
                AccountReactions.TABLE,
                row(
                    "x",
                    9,
                    2 * UNIT,
                    2 * UNIT,
                    2 * UNIT,
                    2 * UNIT,
                    0,
                    0,
                    6 * UNIT,
                    Given.DAY - 10,
                    tenDaysAgo)),
            Given.rows(
                PostReactions.TABLE,
                row("x", "old", 9, at("2026-01-13T12:00:00Z"), UNIT, tenDaysAgo),
                row("x", "gone", 9, at("2025-10-13T12:00:00Z"), UNIT / 5, tenDaysAgo),
                row("x", "loved", 9, at("2025-10-13T12:00:00Z"), 8 * UNIT, tenDaysAgo)),
            Given.rows(PostReactors.TABLE));
    Reactions reactions =
        reactions(
            before,
            Given.rows(POSTS, row("x", "new", 9, NOON), row("x", "own", 9, NOON)),
            credible(0, 0.5, 0.25, 0, 1, 0, 0, 0, 0, 1),
            row("like", 1, 9, "old", END, 1),
            row("repost", 1, 9, "old", END, 1),
            row("like", 2, 9, "new", END, 1),
            row("like", 2, 9, "unknown", END, 1),
            row("mention", 2, 9, "new", END, 1),
            row("like", 3, 9, "new", END, 1),
            row("like", 9, 9, "new", END, 1),
            row("like", 4, 9, "new", END, -1));
    assertThat(units(reactions))
        .isEqualTo(Map.of("old", UNIT, "new", UNIT / 4, "own", 0L, "loved", 4 * UNIT));
    ColumnRows rows = reactions.accountRows();
    assertThat(rows.size()).isEqualTo(1);
    long halfDay = Math.round(UNIT * Math.pow(2, -0.05));
    long recentHalfDay = Math.round(UNIT * Math.pow(2, -0.5 / Reactions.RECENT_DAYS));
    assertThat(rows.longs(AccountReactions.ACCOUNT_KEY).get(0)).isEqualTo(9);
    assertThat(rows.longs(AccountReactions.REACTOR_UNITS).get(0)).isEqualTo(2 * UNIT);
    assertThat(rows.longs(AccountReactions.TIMED_UNITS).get(0)).isEqualTo(UNIT + UNIT * 3 / 4);
    assertThat(rows.longs(AccountReactions.LATE_UNITS).get(0)).isEqualTo(UNIT + UNIT / 2);
    assertThat(rows.longs(AccountReactions.POST_UNITS).get(0)).isEqualTo(UNIT + 2 * halfDay);
    assertThat(rows.longs(AccountReactions.RECENT_REACTOR_UNITS).get(0)).isEqualTo(UNIT);
    assertThat(rows.longs(AccountReactions.RECENT_POST_UNITS).get(0)).isEqualTo(2 * recentHalfDay);
    assertThat(reactions.lateShares()[0]).isCloseTo(1.5 / 1.75, within(1e-12));
    // Six days of old, halved, and today, on which more than one credible account reacted.
    assertThat(rows.longs(AccountReactions.DAY_UNITS).get(0)).isEqualTo(3 * UNIT + UNIT * 3 / 4);
    assertThat(rows.longs(AccountReactions.LAST_DAY).get(0)).isEqualTo(Given.DAY);
  }

  /** A day counts once, by the credibility of those who reacted on it, at most 1. */
  @Test
  void daysWithReactionsCountOnce() {
    double[] credibility = credible(0, 0.5, 0.25, 0.75);
    Reactions first =
        reactions(
            NOTHING,
            Given.rows(POSTS),
            credibility,
            row("like", 1, 9, "a", NOON, 1),
            row("reply", 1, 9, "b", NOON, 1),
            row("mention", 2, 9, null, NOON, 1),
            row("mention", 1, 9, null, at("2026-01-04T01:00:00Z"), 1),
            row("follow", 1, 8, null, NOON, 1));
    assertThat(first.days(9)).isCloseTo(0.75 + 0.5 * 0.5, within(1e-9));
    assertThat(first.days(8)).isZero();
    // The next night brings a late act of a day that is counted, and two of its own.
    Reactions next =
        reactions(
            after(first),
            Given.rows(POSTS),
            credibility,
            10,
            row("mention", 3, 9, null, NOON, 1),
            row("mention", 1, 9, null, at("2026-01-24T01:00:00Z"), 1),
            row("mention", 3, 9, null, at("2026-01-24T02:00:00Z"), 1));
    assertThat(next.days(9)).isCloseTo(0.5 + 1, within(1e-9));
  }

  /** One friend who replies to a post on a hundred nights is one reactor. */
  @Test
  void whoReactsAgainDoesNotCountAgain() {
    double[] credibility = credible(1, 1);
    Reactions reactions =
        reactions(
            NOTHING,
            Given.rows(POSTS, row("x", "post", 0, NOON)),
            credibility,
            row("reply", 1, 0, "post", NOON, 1));
    double once = reactions.reactors(0);
    assertThat(once).isCloseTo(1, within(0.05));
    for (int night = 1; night < 100; night++) {
      Instant now = NOON.plusSeconds(night * 86_400L);
      reactions =
          reactions(
              after(reactions),
              Given.rows(POSTS),
              credibility,
              night,
              row("reply", 1, 0, "post", now, 1),
              row("like", 1, 0, "post", now, 1));
      assertThat(reactions.reactors(0)).isLessThan(once);
    }
    // Ten half-lives after its first reaction.
    assertThat(reactions.reactors(0)).isCloseTo(Math.pow(2, -9.9), within(0.0002));
    assertThat(reactions.late(0)).isZero();
  }

  @Test
  void whatIsTakenBackStopsCounting() {
    double[] credibility = credible(1, 0.5, 0.25);
    Reactions first =
        reactions(
            NOTHING,
            Given.rows(POSTS, row("x", "post", 0, NOON)),
            credibility,
            row("like", 1, 0, "post", NOON, 1),
            row("like", 2, 0, "post", NOON, 1),
            row("repost", 2, 0, "post", NOON, 1));
    // A night later, by people who have since become less credible.
    Reactions second =
        reactions(
            after(first),
            Given.rows(POSTS),
            credible(1, 0.1, 0.1),
            1,
            row("like", 1, 0, "post", NOON, -1),
            row("like", 2, 0, "post", NOON, -1));
    double left = 0.25 * Math.pow(2, -1.5 / 10);
    assertThat(second.reactors(0)).isCloseTo(left, within(1e-6));
    assertThat(units(second).get("post") / (double) UNIT).isCloseTo(left, within(1e-6));
    assertThat(second.timed(0)).isCloseTo(left, within(1e-6));
    assertThat(second.reactorRows().longs(PostReactors.ACTOR_KEY).toArray()).containsExactly(2);
    // And again: counted from then on, by what it is worth then.
    Instant later = NOON.plusSeconds(2 * 86_400);
    Reactions third =
        reactions(
            after(second),
            Given.rows(POSTS),
            credible(1, 0.4, 0.1),
            2,
            row("like", 1, 0, "post", later, 1));
    assertThat(third.reactors(0))
        .isCloseTo(0.25 * Math.pow(2, -2.5 / 10) + 0.4 * Math.pow(2, -0.5 / 10), within(1e-6));
  }

  /** Each pair by itself, in whatever order the acts of three nights came. */
  @Test
  void onlyWhatStandsCountsWhateverTheOrderOfFiles() {
    Random random = new Random(6);
    for (int round = 0; round < 20; round++) {
      List<Object[]> acts = new ArrayList<>();
      Map<String, Integer> standing = new TreeMap<>();
      for (int i = 0; i < 120; i++) {
        int actor = 1 + random.nextInt(9);
        String post = "post" + random.nextInt(4);
        acts.add(row("like", actor, 0, post, NOON, 1));
        boolean isUndone = random.nextBoolean();
        if (isUndone) {
          acts.add(row("like", actor, 0, post, NOON, -1));
        }
        standing.merge(actor + post, isUndone ? 0 : 1, Integer::sum);
      }
      Collections.shuffle(acts, random);
      double[] credibility = new double[20];
      Arrays.fill(credibility, 0.5);
      Reactions reactions = null;
      for (int night = 0; night < 3; night++) {
        reactions =
            reactions(
                night == 0 ? NOTHING : after(reactions),
                Given.rows(POSTS),
                credibility,
                night,
                acts.subList(acts.size() * night / 3, acts.size() * (night + 1) / 3)
                    .toArray(new Object[0][]));
      }
      long distinct = standing.values().stream().filter(count -> count > 0).count();
      assertThat(reactions.reactors(0))
          .isCloseTo(distinct * 0.5 * Math.pow(2, -2.5 / 10), within(1e-4));
    }
  }

  @Test
  void whoReactedIsForgottenAMonthLater() {
    Reactions first =
        reactions(NOTHING, Given.rows(POSTS), credible(1, 1), row("like", 1, 0, "post", NOON, 1));
    assertThat(first.reactorRows().size()).isEqualTo(1);
    Reactions later = reactions(after(first), Given.rows(POSTS), credible(1, 1), 30);
    assertThat(later.reactorRows().size()).isEqualTo(1);
    assertThat(reactions(after(first), Given.rows(POSTS), credible(1, 1), 31).reactorRows().size())
        .isZero();
  }

  @Test
  void theHIndexIsOfAnAccountsOwnPosts() {
    List<Object[]> before = new ArrayList<>();
    double[] reactors = {10, 8, 5, 4, 3};
    for (int i = 0; i < reactors.length; i++) {
      before.add(row("x", "p" + i, 9, null, (long) (reactors[i] * UNIT), Given.NIGHT));
      before.add(row("x", "q" + i, 8, null, 100 * UNIT, Given.NIGHT));
    }
    Reactions reactions =
        reactions(
            new Reactions.Before(
                Given.rows(AccountReactions.TABLE),
                Given.rows(PostReactions.TABLE, before.toArray(new Object[0][])),
                Given.rows(PostReactors.TABLE)),
            Given.rows(POSTS),
            credible());
    assertThat(reactions.hIndexes()[9].value()).isCloseTo(4, within(1e-9));
    assertThat(reactions.hIndexes()[8].value()).isBetween(5.0, 6.0);
    assertThat(reactions.hIndexes()[7].value()).isZero();
  }
}
