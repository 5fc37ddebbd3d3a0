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
import renown.tables.AccountState;
import renown.tables.DeletedPosts;
import renown.tables.PostReactions;
import renown.tables.PostReactors;
import renown.tables.Posts;

class ReactionsTest {
  private static final AccountNumbers ACCOUNTS = Given.accounts(20);
  private static final Instant END = at("2026-01-15T00:00:00Z");
  private static final List<String> NAMES =
      List.of("old", "gone", "loved", "new", "own", "unknown", "post");
  private static final Instant NOON = at("2026-01-14T12:00:00Z");
  private static final List<renown.tables.TableColumn> POSTS =
      List.of(Posts.NETWORK, Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT);
  private static final Before NOTHING =
      new Before(Given.rows(AccountState.REACTIONS), Given.Parts.NONE);

  private record Before(ColumnRows accounts, Given.Parts parts) {}

  private static double[] credible(double... ofFirst) {
    return Arrays.copyOf(ofFirst, 20);
  }

  private static Reactions reactions(
      Before before, ColumnRows posts, double[] credibility, Object[]... acts) {
    return reactions(before, posts, credibility, 0, acts);
  }

  private static Reactions reactions(
      Before before, ColumnRows posts, double[] credibility, long nightsLater, Object[]... acts) {
    ColumnRows none = Given.rows(DeletedPosts.TABLE);
    return reactions(before, posts, none, credibility, nightsLater, acts);
  }

  private static Reactions reactions(
      Before before,
      ColumnRows posts,
      ColumnRows deleted,
      double[] credibility,
      long nightsLater,
      Object[]... acts) {
    return new Reactions(
        ACCOUNTS,
        before.accounts(),
        before.parts(),
        posts,
        deleted,
        Given.acts(ACCOUNTS, acts),
        credibility,
        10,
        Given.DAY + nightsLater);
  }

  /** What is left when all parts of posts are kept apart, of those before as well. */
  private static Before after(Before before, Reactions reactions) {
    ColumnRows posts = new ColumnRows(PostReactions.TABLE);
    posts.addAll(before.parts().allPosts());
    posts.addAll(reactions.newPostRows());
    List<ColumnRows> reactors = new ArrayList<>(List.of(before.parts().allReactors()));
    // Whatever the order in which they are read.
    reactors.add(reactors.size() / 2, reactions.reactorRows());
    return new Before(
        reactions.accountRows(), new Given.Parts(posts, reactors.toArray(ColumnRows[]::new)));
  }

  private static Map<String, Long> units(Before before, Reactions reactions) {
    ColumnRows rows = reactions.allPostRows();
    Map<String, Long> units = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      String id = rows.texts(PostReactions.POST_ID).get(row);
      assertThat(rows.longs(PostReactions.POST_PRINT_HIGH).get(row))
          .isEqualTo(Given.print(id, true));
      assertThat(rows.longs(PostReactions.POST_PRINT_LOW).get(row))
          .isEqualTo(Given.print(id, false));
      units.put(id, rows.longs(PostReactions.REACTOR_UNITS).get(row));
    }
    return units;
  }

  @Test
  void reactionsCountOncePerPostAndActorAndTellLateOnesWhereThePostIsKnown() {
    LocalDate tenDaysAgo = LocalDate.of(2026, 1, 4);
    Before before =
        new Before(
            Given.rows(
                AccountState.REACTIONS,
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
                    4 * UNIT,
                    Given.DAY - 10,
                    tenDaysAgo)),
            new Given.Parts(
                Given.rows(
                    PostReactions.TABLE,
                    Given.post("old", 9, at("2026-01-13T12:00:00Z"), UNIT, tenDaysAgo),
                    Given.post("gone", 9, at("2025-10-13T12:00:00Z"), UNIT / 5, tenDaysAgo),
                    Given.post("loved", 9, at("2025-10-13T12:00:00Z"), 8 * UNIT, tenDaysAgo))));
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
    assertThat(units(before, reactions))
        .isEqualTo(Map.of("old", UNIT, "new", UNIT / 4, "own", 0L, "loved", 4 * UNIT));
    ColumnRows rows = reactions.accountRows();
    assertThat(rows.size()).isEqualTo(1);
    long halfDay = Math.round(UNIT * Math.pow(2, -0.05));
    long recentHalfDay = Math.round(UNIT * Math.pow(2, -0.5 / Reactions.RECENT_DAYS));
    assertThat(rows.longs(AccountState.ACCOUNT_KEY).get(0)).isEqualTo(9);
    assertThat(rows.longs(AccountState.REACTOR_UNITS).get(0)).isEqualTo(2 * UNIT);
    assertThat(rows.longs(AccountState.TIMED_UNITS).get(0)).isEqualTo(UNIT + UNIT * 3 / 4);
    assertThat(rows.longs(AccountState.LATE_UNITS).get(0)).isEqualTo(UNIT + UNIT / 2);
    assertThat(rows.longs(AccountState.SCORED_POST_UNITS).get(0)).isEqualTo(UNIT + 2 * halfDay);
    assertThat(rows.longs(AccountState.RECENT_REACTOR_UNITS).get(0)).isEqualTo(UNIT);
    assertThat(rows.longs(AccountState.RECENT_POST_UNITS).get(0)).isEqualTo(2 * recentHalfDay);
    assertThat(reactions.record().lateShare(0)).isCloseTo(1.5 / 1.75, within(1e-12));
    // Six days of old, halved, and today, on which more than one credible account reacted.
    assertThat(rows.longs(AccountState.DAY_UNITS).get(0)).isEqualTo(3 * UNIT + UNIT * 3 / 4);
    // Four of them would not be without one; today's needs both, who together are no whole one.
    assertThat(rows.longs(AccountState.LONE_DAY_UNITS).get(0)).isEqualTo(2 * UNIT + UNIT * 3 / 4);
    assertThat(rows.longs(AccountState.LAST_DAY).get(0)).isEqualTo(Given.DAY);
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
    assertThat(first.record().days(9)).isCloseTo(0.75 + 0.5 * 0.5, within(1e-9));
    assertThat(first.record().days(8)).isZero();
    // The next night brings a late act of a day that is counted, and two of its own.
    Reactions next =
        reactions(
            after(NOTHING, first),
            Given.rows(POSTS),
            credibility,
            10,
            row("mention", 3, 9, null, NOON, 1),
            row("mention", 1, 9, null, at("2026-01-24T01:00:00Z"), 1),
            row("mention", 3, 9, null, at("2026-01-24T02:00:00Z"), 1));
    assertThat(next.record().days(9)).isCloseTo(0.5 + 1, within(1e-9));
  }

  /** One friend who replies to a post on a hundred nights is one reactor. */
  @Test
  void whoReactsAgainDoesNotCountAgain() {
    double[] credibility = credible(1, 1);
    Before before = NOTHING;
    Reactions reactions =
        reactions(
            before,
            Given.rows(POSTS, row("x", "post", 0, NOON)),
            credibility,
            row("reply", 1, 0, "post", NOON, 1));
    double once = reactions.record().reactors(0);
    assertThat(once).isCloseTo(1, within(0.05));
    for (int night = 1; night < 100; night++) {
      Instant now = NOON.plusSeconds(night * 86_400L);
      before = after(before, reactions);
      reactions =
          reactions(
              before,
              Given.rows(POSTS),
              credibility,
              night,
              row("reply", 1, 0, "post", now, 1),
              row("like", 1, 0, "post", now, 1));
      assertThat(reactions.record().reactors(0)).isLessThan(once);
    }
    // Ten half-lives after its first reaction.
    assertThat(reactions.record().reactors(0)).isCloseTo(Math.pow(2, -9.9), within(0.0002));
    assertThat(reactions.record().late(0)).isZero();
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
    Before afterFirst = after(NOTHING, first);
    Reactions second =
        reactions(
            afterFirst,
            Given.rows(POSTS),
            credible(1, 0.1, 0.1),
            1,
            row("like", 1, 0, "post", NOON, -1),
            row("like", 2, 0, "post", NOON, -1));
    double left = 0.25 * Math.pow(2, -1.5 / 10);
    assertThat(second.record().reactors(0)).isCloseTo(left, within(1e-6));
    assertThat(units(afterFirst, second).get("post") / (double) UNIT).isCloseTo(left, within(1e-6));
    assertThat(second.record().timed(0)).isCloseTo(left, within(1e-6));
    // The last night's rows tell, also that nothing is left.
    ColumnRows rows = second.reactorRows();
    assertThat(rows.longs(PostReactors.ACTOR_KEY).toArray()).containsExactly(1, 2);
    assertThat(rows.longs(PostReactors.ACT_COUNT).toArray()).containsExactly(0, 1);
    // And again: counted from then on, by what it is worth then.
    Instant later = NOON.plusSeconds(2 * 86_400);
    Reactions third =
        reactions(
            after(afterFirst, second),
            Given.rows(POSTS),
            credible(1, 0.4, 0.1),
            2,
            row("like", 1, 0, "post", later, 1));
    assertThat(third.record().reactors(0))
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
      Before before = NOTHING;
      for (int night = 0; night < 3; night++) {
        before = night == 0 ? NOTHING : after(before, reactions);
        reactions =
            reactions(
                before,
                Given.rows(POSTS),
                credibility,
                night,
                acts.subList(acts.size() * night / 3, acts.size() * (night + 1) / 3)
                    .toArray(new Object[0][]));
      }
      long distinct = standing.values().stream().filter(count -> count > 0).count();
      assertThat(reactions.record().reactors(0))
          .isCloseTo(distinct * 0.5 * Math.pow(2, -2.5 / 10), within(1e-4));
    }
  }

  @Test
  void whoReactedIsForgottenAMonthLater() {
    Reactions first =
        reactions(NOTHING, Given.rows(POSTS), credible(1, 1), row("like", 1, 0, "post", NOON, 1));
    assertThat(first.reactorRows().size()).isEqualTo(1);
    Object[] again = row("like", 1, 0, "post", NOON.plusSeconds(86_400), 1);
    Before before = after(NOTHING, first);
    double once = reactions(before, Given.rows(POSTS), credible(1, 1), 30).record().reactors(0);
    assertThat(reactions(before, Given.rows(POSTS), credible(1, 1), 30, again).record().reactors(0))
        .isEqualTo(once);
    assertThat(reactions(before, Given.rows(POSTS), credible(1, 1), 31, again).record().reactors(0))
        .isGreaterThan(once);
    // So tomorrow nobody asks for what is older than this.
    assertThat(first.firstNightOfReactors() + 30).isEqualTo(Given.DAY + 1);
    assertThat(reactions(before, Given.rows(POSTS), credible(1, 1), 30).reactorRows().size())
        .isZero();
  }

  /** Parts of posts summed and written again say what they said apart. */
  @Test
  void partsOfPostsMaySummedAtAnyTime() {
    Random random = new Random(8);
    Before apart = NOTHING;
    Before summed = NOTHING;
    for (int night = 0; night < 12; night++) {
      List<Object[]> acts = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        Instant at = NOON.plusSeconds(night * 86_400L + random.nextInt(3600));
        acts.add(
            row(
                "like",
                1 + random.nextInt(9),
                10,
                NAMES.get(random.nextInt(NAMES.size())),
                at,
                random.nextInt(4) == 0 ? -1 : 1));
      }
      ColumnRows posts =
          Given.rows(
              POSTS,
              row("x", NAMES.get(night % NAMES.size()), 10, NOON.plusSeconds(night * 86_400L)));
      double[] credibility = new double[20];
      Arrays.fill(credibility, 0.75);
      Object[][] tonights = acts.toArray(new Object[0][]);
      Reactions one = reactions(apart, posts, credibility, night, tonights);
      Reactions other = reactions(summed, posts, credibility, night, tonights);
      Map<String, Long> expected = units(apart, one);
      units(summed, other)
          .forEach(
              (post, units) ->
                  assertThat(units).as(post).isCloseTo(expected.get(post), within(20L)));
      assertThat(units(summed, other).keySet()).isEqualTo(expected.keySet());
      assertThat(other.record().reactors(10)).isEqualTo(one.record().reactors(10));
      assertThat(other.record().late(10)).isEqualTo(one.record().late(10));
      apart = after(apart, one);
      Before later = after(summed, other);
      summed =
          new Before(
              later.accounts(), new Given.Parts(other.allPostRows(), later.parts().allReactors()));
    }
    assertThat(apart.parts().allPosts().size()).isGreaterThan(5 * summed.parts().allPosts().size());
  }

  /** Where the falling line through values crosses the rising one through places, by halving. */
  private static double crossing(double[] units) {
    double[] rising = units.clone();
    Arrays.sort(rising);
    int posts = rising.length;
    if (posts == 0 || rising[posts - 1] < 1) {
      return posts == 0 ? 0 : rising[posts - 1];
    }
    double low = 1;
    double high = posts + 1;
    while (high - low > 1e-12) {
      double middle = (low + high) / 2;
      int place = (int) middle;
      double here = rising[posts - Math.min(place, posts)];
      double next = place < posts ? rising[posts - 1 - place] : 0;
      double line = place > posts ? 0 : here + (middle - place) * (next - here);
      if (line >= middle) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The h-index of a night that reads only posts that it names is that of all posts, whatever is
   * taken back.
   */
  @Test
  void whatIsKeptOfForemostPostsTellsTheHIndexOfAll() {
    Random random = new Random(3);
    double[] credibility = new double[20];
    Arrays.fill(credibility, 1);
    Before before = NOTHING;
    int named = 0;
    int there = 0;
    List<Object[]> liked = new ArrayList<>();
    for (int night = 0; night < 28; night++) {
      Instant now = NOON.plusSeconds(night * 86_400L);
      List<Object[]> acts = new ArrayList<>();
      List<Object[]> posts = new ArrayList<>();
      for (int author = 10; author < 13; author++) {
        for (int i = 0; night % 9 == 0 && i < 15; i++) {
          posts.add(row("x", "p" + author + "." + night + "." + i, author, now));
        }
        // Some nights a few, others many.
        for (int i = 0; i < 4 + night % 4 * 20; i++) {
          int first = random.nextInt(1 + night / 9) * 9;
          String post = "p" + author + "." + first + "." + random.nextInt(15);
          acts.add(row("like", random.nextInt(10), author, post, now, 1));
        }
      }
      for (int i = 0; night % 4 == 0 && night > 0 && i < 24; i++) {
        // All that stands of a post, and so most of what many do.
        Object post = liked.get(random.nextInt(liked.size()))[3];
        liked.stream()
            .filter(act -> act[3].equals(post))
            .forEach(act -> acts.add(row(act[0], act[1], act[2], act[3], now, -1)));
        liked.removeIf(act -> act[3].equals(post));
      }
      acts.stream().filter(act -> act[5].equals(1)).forEach(liked::add);
      Reactions reactions =
          reactions(
              before,
              Given.rows(POSTS, posts.toArray(new Object[0][])),
              credibility,
              night,
              acts.toArray(new Object[0][]));
      Map<String, Long> all = units(before, reactions);
      for (int author = 10; author < 13; author++) {
        String its = "p" + author + ".";
        double[] units =
            all.entrySet().stream()
                .filter(post -> post.getKey().startsWith(its))
                .mapToDouble(post -> post.getValue() / (double) UNIT)
                .toArray();
        assertThat(reactions.record().hIndex(author))
            .as("night %d", night)
            .isCloseTo(crossing(units), within(1e-6));
      }
      named += reactions.newPostRows().size();
      there += all.size();
      before = after(before, reactions);
    }
    assertThat(named).isLessThan(there / 2);
    ColumnRows rows = before.accounts();
    for (int row = 0; row < rows.size(); row++) {
      assertThat(rows.lists(AccountState.FOREMOST_POST_UNITS).longs(row).length)
          .isBetween(Reactions.FOREMOST, 15);
    }
  }

  @Test
  void theHIndexIsOfAnAccountsOwnPosts() {
    List<Object[]> before = new ArrayList<>();
    double[] reactors = {10, 8, 5, 4, 3};
    for (int i = 0; i < reactors.length; i++) {
      before.add(Given.post("p" + i, 9, null, (long) (reactors[i] * UNIT), Given.NIGHT));
      before.add(Given.post("q" + i, 8, null, 100 * UNIT, Given.NIGHT));
    }
    Reactions reactions =
        reactions(
            new Before(
                Given.rows(AccountState.REACTIONS),
                new Given.Parts(Given.rows(PostReactions.TABLE, before.toArray(new Object[0][])))),
            Given.rows(POSTS),
            credible());
    assertThat(reactions.record().hIndex(9)).isCloseTo(4, within(1e-9));
    assertThat(reactions.record().hIndex(8)).isBetween(5.0, 6.0);
    assertThat(reactions.record().hIndex(7)).isZero();
  }

  @Test
  void aDeletedPostLeavesTheSameWhetherItWasLoadedBeforeOrNever() {
    LocalDate tonight = LocalDate.ofEpochDay(Given.DAY);
    ColumnRows post = Given.rows(POSTS, row("x", "post", 9, NOON));
    Object[][] reactions = {
      row("like", 1, 9, "post", at("2026-01-14T13:00:00Z"), 1),
      row("like", 2, 9, "post", at("2026-01-15T13:00:00Z"), 1)
    };
    double[] credibility = credible(0, 1, 0.5);
    Reactions first = reactions(NOTHING, post, credibility, reactions);
    Before loaded = after(NOTHING, first);
    Reactions later =
        reactions(
            loaded,
            Given.rows(POSTS),
            Given.rows(DeletedPosts.TABLE, row("x", "post", 9, NOON, tonight, tonight.plusDays(1))),
            credibility,
            1);
    Reactions never =
        reactions(
            NOTHING,
            Given.rows(POSTS),
            Given.rows(DeletedPosts.TABLE, row("x", "post", 9, NOON, tonight, tonight)),
            credibility,
            0,
            reactions);
    Reactions neverLater = reactions(after(NOTHING, never), Given.rows(POSTS), credibility, 1);
    assertThat(first.record().posts(9)).isGreaterThan(0.9);
    assertThat(never.record().posts(9)).isZero();
    // Sums are rounded each night, and what is taken back is rounded once.
    assertThat(later.record().posts(9)).isLessThan(3 / Decay.UNIT);
    assertThat(later.record().recentPosts(9)).isLessThan(3 / Decay.UNIT);
    assertThat(later.record().timed(9)).isEqualTo(neverLater.record().timed(9)).isGreaterThan(1);
    assertThat(later.record().late(9)).isEqualTo(neverLater.record().late(9)).isGreaterThan(0.1);
    assertThat(units(after(loaded, later), later)).containsOnlyKeys("post");
    assertThat(units(NOTHING, never)).containsOnlyKeys("post");
  }
}
