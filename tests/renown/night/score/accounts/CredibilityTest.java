package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.night.score.accounts.Given.UNIT;
import static renown.night.score.accounts.Given.at;
import static renown.night.score.accounts.Given.increment;
import static renown.night.score.accounts.Given.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.night.score.model.CredibilityModel;
import renown.tables.AccountState;
import renown.tables.DeletedPosts;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.RecentEdges;

class CredibilityTest {
  private static final AccountNumbers ACCOUNTS = Given.accounts(100);

  private static ColumnRows posts(Object[]... rows) {
    return Given.rows(
        List.of(Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT, Posts.LINKS, Posts.NETWORK),
        rows);
  }

  private static Object[] post(String id, long author, String at, String... links) {
    return row(id, author, at(at), links, "x");
  }

  private static ColumnRows texts(Object[]... rows) {
    return Given.rows(List.of(PostTexts.NETWORK, PostTexts.POST_ID, PostTexts.TEXT), rows);
  }

  private static void assertRow(ColumnRows rows, int row, long... values) {
    long[] found = {
      rows.longs(AccountState.ACCOUNT_KEY).get(row),
      rows.longs(AccountState.POST_UNITS).get(row),
      rows.longs(AccountState.LINK_POST_UNITS).get(row),
      rows.longs(AccountState.REPEATED_POST_UNITS).get(row),
      rows.longs(AccountState.WEEK_UNITS).get(row),
      rows.longs(AccountState.WEEK_COUNT).get(row),
      rows.longs(AccountState.MOMENT_COUNT).get(row),
      rows.longs(AccountState.LAST_WEEK).get(row),
      rows.longs(AccountState.NIGHT).get(row)
    };
    assertThat(found).containsExactly(values);
  }

  @Test
  void whatWasWrittenIsCountedByTheMomentAndTellsWordsFromLinksAndRepetition() {
    String noon = "2026-01-14T12:00:00Z";
    ColumnRows activities =
        new Activity(
                ACCOUNTS,
                Given.rows(AccountState.ACTIVITY),
                posts(
                    post("a", 1, noon),
                    post("b", 1, noon),
                    post("c", 1, noon),
                    post("d", 1, noon, "https://example.org/1"),
                    post("e", 2, "2026-01-15T00:00:00Z", "https://example.org/1"),
                    post("f", 2, "2026-01-14T23:59:59.999999Z")),
                texts(
                    row("x", "a", "acorn"),
                    row("x", "b", "Acorn! 2"),
                    row("x", "c", "something else entirely"),
                    row("x", "d", "read https://example.org/1"),
                    row("x", "e", "a text about what stands behind the link https://e.org/1")),
                Given.rows(DeletedPosts.TABLE),
                Given.acts(ACCOUNTS, row("like", 3, 1, null, at(noon), -1)),
                1,
                Given.DAY)
            .rows(Given.DAY);
    // Half a day before the end, at a half-life of one day.
    long noonUnits = (long) Math.rint(UNIT / Math.sqrt(2));
    assertThat(activities.size()).isEqualTo(2);
    assertRow(
        activities, 0, 1, 4 * noonUnits, noonUnits, noonUnits, noonUnits, 1, 1, 2923, Given.DAY);
    // A week ends with the night: the two posts lie in different ones.
    assertRow(activities, 1, 2, 2 * UNIT, 0, 0, 2 * UNIT, 2, 2, 2924, Given.DAY);
  }

  @Test
  void aWeekCountsOnceAndSumsHalveFromNightToNight() {
    LocalDate before = LocalDate.of(2026, 1, 12);
    Instant late = at("2026-01-14T23:59:59.999999Z");
    ColumnRows activities =
        new Activity(
                ACCOUNTS,
                Given.rows(
                    AccountState.ACTIVITY,
                    row("x", 1, 8 * UNIT, 4 * UNIT, 2 * UNIT, 3 * UNIT, 3, 6, 2923, before),
                    row("x", 2, 8 * UNIT, 0, 0, 2 * UNIT, null, null, 2922, before)),
                posts(),
                texts(),
                Given.rows(DeletedPosts.TABLE),
                Given.acts(
                    ACCOUNTS, row("like", 1, 3, null, late, 1), row("vote", 2, 3, null, late, 1)),
                1,
                Given.DAY)
            .rows(Given.DAY);
    assertThat(activities.size()).isEqualTo(2);
    assertRow(activities, 0, 1, 2 * UNIT, UNIT, UNIT / 2, 3 * UNIT / 4, 3, 7, 2923, Given.DAY);
    assertRow(activities, 1, 2, 2 * UNIT, 0, 0, UNIT / 2 + UNIT, 1, 1, 2923, Given.DAY);
  }

  @Test
  void postsOfEarlierNightsThatWereDeletedAreTakenBackAndTheirWeeksAreNot() {
    LocalDate before = LocalDate.of(2026, 1, 13);
    LocalDate tonight = LocalDate.of(2026, 1, 14);
    Instant yesterday = at("2026-01-14T00:00:00Z");
    Instant noon = at("2026-01-14T12:00:00Z");
    ColumnRows activities =
        new Activity(
                ACCOUNTS,
                Given.rows(
                    AccountState.ACTIVITY,
                    row("x", 1, 4 * UNIT, 2 * UNIT, UNIT, UNIT, 1, 4, 2923, before),
                    row("x", 2, UNIT, UNIT, 0, UNIT, 1, 1, 2923, before)),
                posts(post("new", 1, "2026-01-15T00:00:00Z")),
                texts(),
                Given.rows(
                    DeletedPosts.TABLE,
                    // At a half-life of one day as much as a half of what was left of four.
                    row("x", "a", 1, yesterday, before, tonight),
                    row("x", "b", 1, yesterday, before, tonight),
                    row("x", "c", 2, yesterday, before, tonight),
                    row("x", "more than there was", 2, noon, before, tonight),
                    // Never counted as posts, but somebody was there.
                    row("x", "d", 2, noon, tonight, tonight),
                    row("x", "e", 3, noon, tonight, tonight)),
                Given.acts(ACCOUNTS),
                1,
                Given.DAY)
            .rows(Given.DAY);
    long noonUnits = (long) Math.rint(UNIT / Math.sqrt(2));
    assertThat(activities.size()).isEqualTo(3);
    assertRow(
        activities, 0, 1, UNIT + UNIT, UNIT / 2, UNIT / 4, UNIT + UNIT / 2, 2, 5, 2924, Given.DAY);
    assertRow(activities, 1, 2, 0, 0, 0, UNIT / 2, 1, 2, 2923, Given.DAY);
    assertRow(activities, 2, 3, 0, 0, 0, noonUnits, 1, 1, 2923, Given.DAY);
  }

  /** Whoever acts every week is regular; whoever has been silent ever longer less and less so. */
  @Test
  void regularityForgetsWithoutAStep() {
    double halfLife = 90;
    double weekly = 0;
    for (int week = 0; week < 100; week++) {
      weekly += Math.pow(2, -(7 * week + 3.5) / halfLife);
    }
    double before = 1;
    for (int hour = 0; hour <= 120 * 24; hour++) {
      double days = hour / 24.0;
      double share =
          Activity.regularityShare(
              (long) (UNIT * weekly * Math.pow(2, -days / halfLife)), 700 + days, halfLife);
      assertThat(before - share).isBetween(0.0, hour == 0 ? 0.1 : 0.001);
      before = share;
    }
    assertThat(before).isBetween(0.3, 0.45);
  }

  private static Object[] account(long key, String created, Long followers, Long following) {
    return row(
        "x",
        key,
        "id" + key,
        "Name",
        "What it says of itself",
        created == null ? null : at(created),
        followers,
        following,
        null,
        null,
        at("2026-01-10T00:00:00Z"),
        LocalDate.of(2026, 1, 5));
  }

  private static EdgeShard.AllAttention attention(StandingEdges edges) {
    FastEdges fast =
        new FastEdges(ACCOUNTS, Given.rows(RecentEdges.TABLE), Given.acts(ACCOUNTS), Given.DAY);
    return new EdgeShard.AllAttention(List.of(new EdgeShard(edges, fast).attention(true)));
  }

  private static CredibilityFactors factors(
      boolean[] excluded, Set<String> trusted, StandingEdges edges, Object[]... profiles) {
    return factors(Set.of(), excluded, trusted, edges, profiles);
  }

  private static CredibilityFactors factors(
      Set<String> claimedAges,
      boolean[] excluded,
      Set<String> trusted,
      StandingEdges edges,
      Object[]... profiles) {
    return factors(
        claimedAges, Map.of(), excluded, trusted, edges, activity(), Given.profiles(profiles));
  }

  private static Activity activity(Object[]... before) {
    return new Activity(
        ACCOUNTS,
        Given.rows(AccountState.ACTIVITY, before),
        posts(),
        texts(),
        Given.rows(DeletedPosts.TABLE),
        Given.acts(ACCOUNTS),
        90,
        Given.DAY);
  }

  private static CredibilityFactors factors(
      Set<String> claimedAges,
      Map<String, Double> sampleShares,
      boolean[] excluded,
      Set<String> trusted,
      StandingEdges edges,
      Activity activity,
      ColumnRows profiles) {
    return new CredibilityFactors(
        ACCOUNTS,
        new Profiles(trusted, Set.of("x")).add(profiles),
        excluded,
        activity,
        attention(edges),
        CredibilityModel.standard(),
        claimedAges,
        Set.of("x"),
        sampleShares,
        90,
        Given.DAY);
  }

  private static double[] regularity(Map<String, Double> sampleShares) {
    Object[][] before = new Object[20][];
    Object[][] profiles = new Object[20][];
    for (int account = 0; account < 20; account++) {
      // Each of its acts was in a week of its own, and long ago.
      long weeks = account % 3;
      before[account] =
          row("x", account, 0, 0, 0, weeks * UNIT / 4, weeks, weeks, 2923, Given.NIGHT);
      profiles[account] = account(account, null, null, null);
    }
    return factors(
            Set.of(),
            sampleShares,
            new boolean[100],
            Set.of(),
            Given.edges(100),
            activity(before),
            Given.profiles(profiles))
        .regularityShare;
  }

  /** Nobody was seen to do two things in a week: their acts come evenly. */
  @Test
  void ofASampleTheWeeksOfTheWholeAreEstimated() {
    double[] seen = regularity(Map.of("another", 0.1));
    double[] whole = regularity(Map.of("x", 0.1));
    for (int account = 0; account < 20; account++) {
      assertThat(seen[account]).isBetween(account % 3 / 10.0, account % 3 / 9.0);
      assertThat(whole[account]).isCloseTo(1 - Math.pow(1 - seen[account], 10), within(1e-3));
    }
    assertThat(regularity(Map.of("x", 1.0))).containsExactly(seen);
  }

  @Test
  void ratiosMultiplyTheOddsAndTrustIsWhole() {
    String ninetyDaysAgo = "2025-10-17T00:00:00Z";
    boolean[] excluded = new boolean[100];
    excluded[99] = true;
    CredibilityFactors factors =
        factors(
            excluded,
            Set.of("x\tid8"),
            Given.edges(
                100,
                excluded,
                // A swap of two, closed.
                increment(7, 9, "like", 1),
                increment(9, 7, "like", 1),
                increment(8, 6, "block", 100)),
            account(1, ninetyDaysAgo, 100L, 100L),
            account(2, ninetyDaysAgo, 100L, 700L),
            account(3, "2026-01-06T00:00:00Z", 100L, 100L),
            account(4, null, null, null),
            account(6, ninetyDaysAgo, 100L, 100L),
            account(7, ninetyDaysAgo, 100L, 100L),
            account(8, "2026-01-14T00:00:00Z", 0L, 5000L),
            account(9, ninetyDaysAgo, 100L, 100L),
            account(99, ninetyDaysAgo, 100L, 100L));
    // Half the age, not a week yet, a whole profile.
    double young = 1.25 * 0.25;
    double swapping = young * 0.8 * 1.2;
    // Nobody vouches for the others. That is how it is on most of what is known of the network: of
    // two pairs, the swap, and ten that are presumed.
    double mass = credibility(swapping);
    double vouched = mass * mass / (mass * mass + 0.2 * 0.2);
    double usual = (2 * mass * (1 - vouched) + 10) / (2 * mass + 10);
    double one = swapping * usual * usual * usual;
    assertThat(factors.credibility[1]).isCloseTo(credibility(one), within(1e-12));
    // Follows four times as many as follow it.
    assertThat(factors.credibility[2]).isCloseTo(credibility(one / 4), within(1e-12));
    double share = 81 / (81 + 8100.0);
    assertThat(factors.credibility[3])
        .isCloseTo(credibility(one * 4 * share * share), within(1e-12));
    // No word of its age: it was there when the lake began, and counts as the average does.
    assertThat(factors.credibility[4]).isCloseTo(credibility(one / young), within(1e-12));
    // One block by an account that is trusted, among ten that nobody has seen.
    double unblocked = 1 - 0.5 / 11;
    assertThat(factors.credibility[6])
        .isCloseTo(credibility(one * unblocked * unblocked), within(1e-7));
    // All of its attention is traded, but it is a single act: a sixth of it is believed.
    assertThat(factors.tradingShare[7]).isCloseTo(1, within(1e-12));
    double left = vouched + (1 - vouched) * usual;
    assertThat(factors.credibility[7])
        .isCloseTo(credibility(swapping * left * left * left), within(1e-9));
    assertThat(factors.credibility[8]).isEqualTo(1);
    assertThat(factors.credibility[99]).isZero();
    assertThat(factors.rows(0, 100, Given.DAY).longs(AccountState.ACCOUNT_KEY).toArray())
        .containsExactly(1, 2, 3, 4, 6, 7, 8, 9);
  }

  /** Where nobody vouches for most, it says nothing that nobody does; and it is never a cliff. */
  @Test
  void whoNobodyAttendsToIsDoubtedAsFarAsThatIsUnusual() {
    CredibilityModel model = CredibilityModel.standard();
    assertThat(model.usualUnvouched(0, 0)).isEqualTo(1);
    assertThat(model.usualUnvouched(300, 9990)).isCloseTo(0.031, within(1e-12));
    assertThat(model.vouchedRatio(0, 1)).isEqualTo(1);
    assertThat(model.vouchedRatio(0, 0.031)).isCloseTo(0.031 * 0.031 * 0.031, within(1e-12));
    double before = 0;
    for (int i = 0; i <= 1000; i++) {
      double ratio = model.vouchedRatio(model.vouchedShare(i / 500.0), 0.031);
      assertThat(ratio - before).isBetween(0.0, 0.01);
      before = ratio;
    }
    assertThat(before).isGreaterThan(0.95);
    assertThat(model.passedOn(model.credibility(1))).isEqualTo(1);
    assertThat(model.passedOn(model.credibility(1) / 4)).isCloseTo(0.25, within(1e-12));
  }

  private static Object[] numbered(long key, String id, String created, String firstNight) {
    LocalDate first = LocalDate.parse(firstNight);
    return row(
        "x",
        key,
        id,
        null,
        null,
        created == null ? null : at(created),
        null,
        null,
        null,
        null,
        null,
        first);
  }

  /** The lake began on 2025-10-17, 90 days before the night. */
  @Test
  void numbersThatRiseProveAgesAndClaimsProveNone() {
    Object[][] profiles = {
      numbered(1, "100", null, "2025-10-17"),
      numbered(2, "500", null, "2025-10-17"),
      numbered(3, "400", null, "2026-01-14"),
      numbered(4, "900", null, "2026-01-14"),
      numbered(5, "901", "2023-01-14T00:00:00Z", "2026-01-14"),
      numbered(6, "450", null, "2025-10-18"),
    };
    CredibilityFactors claimed =
        factors(Set.of("x"), new boolean[100], Set.of(), Given.edges(100), profiles);
    ColumnRows rows = claimed.rows(0, 100, Given.DAY);
    // Two of higher numbers were there on the second day of the lake.
    assertThat(rows.doubles(AccountState.AGE_DAYS).get(2)).isEqualTo(89);
    assertThat(rows.doubles(AccountState.AGE_DAYS).get(3)).isEqualTo(1);
    assertThat(claimed.credibility[3]).isGreaterThan(20 * claimed.credibility[4]);
    assertThat(claimed.credibility[5]).isLessThan(2 * claimed.credibility[4]);
  }

  /** A ring that answers itself for long is hardly believed. */
  @Test
  void closedTradeSpeaksAgainstThoseWhoHaveDoneMuchOfIt() {
    CredibilityModel model = CredibilityModel.standard();
    assertThat(model.tradingRatio(1, 0)).isEqualTo(1);
    assertThat(model.tradingRatio(0.3, 1000)).isEqualTo(1);
    assertThat(model.tradingRatio(1, 1e9)).isCloseTo(0.001, within(1e-6));
    double half = 1 - 0.9 * 0.2 / 0.7;
    assertThat(model.tradingRatio(1, 5)).isCloseTo(half * half * half, within(1e-12));
    // Of a circle of fifty who all answer one another a quarter counts, of five friends most.
    assertThat(model.openShare(1, 49)).isBetween(0.2, 0.25);
    assertThat(model.openShare(1, 4)).isBetween(0.8, 0.85);
    assertThat(model.openShare(0.3, 1000)).isEqualTo(1);
  }

  /** Of whom nothing is known but who attended to whom once, counts as the average actor. */
  @Test
  void noInformationIsNoDiscount() {
    Object[][] profiles = new Object[30][];
    Arrays.setAll(
        profiles,
        i ->
            row(
                "x",
                (long) i,
                "id" + i,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                LocalDate.of(2026, 1, 14)));
    List<Object[]> acts = new ArrayList<>();
    for (int actor = 1; actor < 20; actor++) {
      for (int target = 20; target < 20 + actor % 5 + 1; target++) {
        acts.add(increment(actor, target, "mention", 1));
      }
    }
    CredibilityFactors factors =
        factors(
            new boolean[100], Set.of(), Given.edges(100, acts.toArray(new Object[0][])), profiles);
    // Regularity is known, and hardly matters.
    for (int actor = 1; actor < 20; actor++) {
      assertThat(factors.credibility[actor]).isCloseTo(credibility(0.8), within(1e-9));
    }
    assertThat(credibility(0.8)).isBetween(0.75, 0.85);
  }

  /** By the formula of the odds. */
  private static double credibility(double ratio) {
    double person = 1 / (1 + 0.15 / (0.85 * ratio));
    return person * person * person / (person * person + 0.15 * 0.15);
  }
}
