package renown.night.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rowOf;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.CascadeActs;
import renown.tables.Communities;
import renown.tables.Deletions;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.MartBridges;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.MartPostSpread;
import renown.tables.PostReactions;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.testing.PrintedIds;

/** Two nights of acts on posts of account 1: p on bluesky, which tells paths, q on x. */
class NightSpreadTest {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 13);
  static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);

  private static Timestamp at(int day, int hour) {
    return Timestamp.valueOf(String.format("2026-01-%02d %02d:00:00", day, hour));
  }

  private static Object[] act(
      String network,
      String id,
      String verb,
      long actor,
      String post,
      String via,
      int day,
      int hour,
      int change) {
    return row(
        network,
        PrintedIds.high(id),
        PrintedIds.low(id),
        NIGHT,
        verb,
        actor,
        1L,
        post,
        PrintedIds.high(via),
        PrintedIds.low(via),
        at(day, hour),
        change,
        NIGHT);
  }

  private static Object[] post(
      String network, String id, long author, String parent, String thread, int day, int hour) {
    return row(
        network,
        id,
        NIGHT,
        author,
        at(day, hour),
        "en",
        parent,
        thread,
        null,
        new String[0],
        new String[0],
        NIGHT);
  }

  private static Object[] edge(String network, long src, long dst, String verb, long acts) {
    return row(network, src, dst, verb, acts, acts << 30, NIGHT);
  }

  private static Object[] credible(String network, long account, double credibility) {
    return rowOf(
        AccountState.TABLE,
        AccountState.NETWORK,
        network,
        AccountState.ACCOUNT_KEY,
        account,
        AccountState.CREDIBILITY,
        credibility);
  }

  private static Object[] known(String network, String id, long author, Timestamp at) {
    return row(network, id, 0, 0, author, at, 0, FIRST);
  }

  /** Whoever is not among the credible is not scored: 99. */
  private static SpreadTables tables() {
    List<Object[]> people = new ArrayList<>();
    for (long key = 1; key < 20; key++) {
      people.add(credible("x", key, key == 4 ? 0.25 : 1));
    }
    Object[] scored =
        rowOf(
            AccountState.TABLE,
            AccountState.ACCOUNT_KEY,
            1L,
            AccountState.ACTOR_COUNT,
            9L,
            AccountState.EVIDENCE,
            "sufficient",
            AccountState.SCORE,
            20.0,
            AccountState.SCORE_LOW,
            10.0,
            AccountState.SCORE_HIGH,
            30.0);
    people.add(scored);
    return new SpreadTables()
        .with(AccountState.TABLE, rows(AccountState.TABLE, people.toArray(Object[][]::new)))
        .with(
            Communities.TABLE,
            rows(
                Communities.TABLE,
                row("x", 1L, 1L, NIGHT),
                row("x", 2L, 2L, NIGHT),
                row("x", 3L, 2L, NIGHT)))
        .with(Accounts.TABLE, rows(Accounts.TABLE, account(1, 100L), account(2, null)))
        .with(
            Landmarks.TABLE,
            rows(
                Landmarks.TABLE,
                row("x", LocalDate.of(2026, 1, 15), 90),
                row("bluesky", LocalDate.of(2026, 1, 15), 90)))
        .with(
            EdgeIncrements.TABLE,
            rows(
                EdgeIncrements.TABLE,
                edge("bluesky", 2, 1, "follow", 1),
                edge("bluesky", 2, 1, "repost", 1),
                edge("bluesky", 3, 1, "repost", 1),
                edge("x", 7, 6, "like", 2),
                edge("x", 7, 1, "repost", 1),
                edge("x", 6, 1, "repost", 1)))
        .with(
            PostReactions.TABLE,
            rows(
                PostReactions.TABLE,
                known("bluesky", "p", 1, at(13, 12)),
                known("x", "q", 1, at(13, 12)),
                known("x", "quiet", 1, at(13, 13)),
                known("x", "young", 1, at(14, 20)),
                known("x", "old", 1, at(2, 20))));
  }

  private static Object[] account(long key, Long followers) {
    return rowOf(
        Accounts.TABLE,
        Accounts.ACCOUNT_KEY,
        key,
        Accounts.FOLLOWER_COUNT,
        followers,
        Accounts.STATUS,
        "active");
  }

  private static final Object[][] ACTS = {
    act("bluesky", "r2", "repost", 2, "p", null, 13, 13, 1),
    act("bluesky", "r3", "repost", 3, "p", "r2", 13, 14, 1),
    act("bluesky", "l4", "like", 4, "p", "r3", 13, 15, 1),
    act("bluesky", "l5", "like", 5, "p", null, 13, 15, 1),
    act("bluesky", "l5", "like", 5, "p", null, 13, 15, -1),
    act("bluesky", "l99", "like", 99, "p", null, 13, 16, 1),
    act("bluesky", "a", "reply", 8, "p", null, 13, 17, 1),
    act("bluesky", "f", "follow", 2, null, null, 13, 13, 1),
    act("x", "6", "repost", 6, "q", null, 13, 14, 1),
    act("x", "7", "repost", 7, "q", null, 13, 16, 1)
  };

  private static final Object[][] POSTS = {
    post("bluesky", "a", 8, "p", "p", 13, 17),
    post("bluesky", "b", 9, "a", "p", 13, 18),
    post("bluesky", "c", 10, "p", null, 13, 18)
  };

  static SpreadTables first() {
    return tables()
        .with(Interactions.TABLE, rows(Interactions.TABLE, ACTS))
        .with(Posts.TABLE, rows(Posts.TABLE, POSTS));
  }

  static Map<TableSchema, ColumnRows> run(SpreadTables tables) {
    return NightSpread.of(tables.input(NIGHT, FIRST)).rows();
  }

  private static int of(ColumnRows spread, String post) {
    for (int i = 0; i < spread.size(); i++) {
      if (spread.texts(MartPostSpread.POST_ID).get(i).equals(post)) {
        return i;
      }
    }
    throw new AssertionError(post + " is not told of");
  }

  @Test
  void aNightOfAPost() {
    ColumnRows spread = run(first()).get(MartPostSpread.TABLE);
    assertThat(spread.size()).isEqualTo(2);
    // The answer to the answer stands in the thread; the answer itself is an interaction.
    int p = of(spread, "p");
    assertThat(spread.longs(MartPostSpread.ACTOR_COUNT).get(p)).isEqualTo(5);
    assertThat(spread.longs(MartPostSpread.REPLY_COUNT).get(p)).isEqualTo(2);
    assertThat(spread.longs(MartPostSpread.LIKE_COUNT).get(p)).isEqualTo(1);
    assertThat(spread.doubles(MartPostSpread.CREDIBLE_ACTOR_SUM).get(p)).isEqualTo(4.25);
    assertThat(spread.longs(MartPostSpread.DEPTH).get(p)).isEqualTo(3);
    // 2 follows the author; 3 has done nothing but this repost.
    assertThat(spread.doubles(MartPostSpread.BEYOND_AUDIENCE_SHARE).get(p)).isEqualTo(0.8);
    assertThat(spread.longs(MartPostSpread.COMMUNITY_COUNT).get(p)).isEqualTo(1);
    assertThat(spread.doubles(MartPostSpread.AUTHOR_SCORE).get(p)).isEqualTo(20);
    int q = of(spread, "q");
    assertThat(spread.doubles(MartPostSpread.RECORDED_SHARE).get(q)).isZero();
    assertThat(spread.doubles(MartPostSpread.CONFIDENCE_SHARE).get(q)).isEqualTo(0.75);
    assertThat(spread.longs(MartPostSpread.DEPTH).get(q)).isEqualTo(2);
  }

  @Test
  void postsAreJudgedOnceTheyHaveBeenOutForADayAndWatchedBefore() {
    SpreadInput input = first().input(NIGHT, FIRST);
    Names networks = new Names();
    NightActs acts = new NightActs(input, networks, new People(input, networks));
    NightPosts posts = acts.posts();
    Map<String, Integer> windows = new HashMap<>();
    for (int post = 0; post < posts.size(); post++) {
      windows.put(
          posts.id(post), posts.window(posts.posted(post), acts.start(posts.network(post))));
    }
    assertThat(windows)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "p", NightPosts.JUDGED,
                "q", NightPosts.JUDGED,
                "quiet", NightPosts.JUDGED,
                "young", NightPosts.WATCHED));
    assertThat(posts.isTouched(posts.of(networks.of("x"), "quiet"))).isFalse();
  }

  /** The next night: 3 takes its repost back, 11 comes through it, 12 through 2's. */
  @Test
  void whatIsTakenBackOnALaterNightLeavesThePost() {
    ColumnRows before = run(first()).get(CascadeActs.TABLE);
    Map<TableSchema, ColumnRows> second =
        run(
            tables()
                .with(CascadeActs.TABLE, before)
                .with(
                    Interactions.TABLE,
                    rows(
                        Interactions.TABLE,
                        act("bluesky", "r3", "repost", 3, "p", "r2", 13, 14, -1),
                        act("bluesky", "l11", "like", 11, "p", "r3", 14, 1, 1),
                        act("bluesky", "l12", "like", 12, "p", "r2", 14, 2, 1))));
    ColumnRows spread = second.get(MartPostSpread.TABLE);
    assertThat(spread.size()).isEqualTo(1);
    assertThat(spread.longs(MartPostSpread.ACTOR_COUNT).get(0)).isEqualTo(6);
    assertThat(spread.longs(MartPostSpread.REPOST_COUNT).get(0)).isEqualTo(1);
    assertThat(spread.longs(MartPostSpread.DEPTH).get(0)).isEqualTo(2);
    assertThat(spread.doubles(MartPostSpread.DAYS_ALIVE).get(0))
        .isCloseTo(14 / 24.0, within(1e-12));
    assertThat(spread.doubles(MartPostSpread.HOURS_TO_HALF).get(0)).isCloseTo(5, within(1e-12));
    assertThat(spread.doubles(MartPostSpread.BEYOND_AUDIENCE_SHARE).get(0))
        .isCloseTo(5 / 6.0, within(1e-12));
    // 2, 4, 8, 9, 11 and 12 saw it; the author states 100 followers, nobody follows 2.
    assertThat(spread.doubles(MartPostSpread.EXPOSURE_LOW).get(0)).isEqualTo(5.25);
    assertThat(spread.doubles(MartPostSpread.EXPOSURE_HIGH).get(0)).isEqualTo(100);
    assertThat(values(second.get(CascadeActs.TABLE), CascadeActs.ACTOR_KEY, CascadeActs.CHANGE))
        .containsExactlyInAnyOrder(List.of(11L, 1L), List.of(12L, 1L), List.of(3L, -1L));
    // And stays away from it.
    ColumnRows all = new ColumnRows(CascadeActs.TABLE);
    for (ColumnRows rows : List.of(before, second.get(CascadeActs.TABLE))) {
      for (int i = 0; i < rows.size(); i++) {
        all.addRow(rows, i);
      }
    }
    ColumnRows third =
        run(tables()
                .with(CascadeActs.TABLE, all)
                .with(
                    Interactions.TABLE,
                    rows(
                        Interactions.TABLE,
                        act("bluesky", "l13", "like", 13, "p", "r2", 14, 3, 1))))
            .get(MartPostSpread.TABLE);
    assertThat(third.longs(MartPostSpread.ACTOR_COUNT).get(0)).isEqualTo(7);
    assertThat(third.longs(MartPostSpread.REPOST_COUNT).get(0)).isEqualTo(1);
    long first = NIGHT.toEpochDay();
    assertThat(NightSpread.alive(before, new ColumnRows(CascadeActs.TABLE), first + 1).size())
        .isZero();
    assertThat(NightSpread.alive(before, new ColumnRows(CascadeActs.TABLE), first).size())
        .isEqualTo(before.size());
  }

  /**
   * Two reposts within a second are two: one that is undone leaves the other, on any later night.
   */
  @Test
  void oneOfTwoActsOfOneMomentIsUndone() {
    ColumnRows before =
        run(tables()
                .with(
                    Interactions.TABLE,
                    rows(
                        Interactions.TABLE,
                        act("x", "60", "repost", 6, "q", null, 13, 14, 1),
                        act("x", "61", "repost", 6, "q", null, 13, 14, 1))))
            .get(CascadeActs.TABLE);
    ColumnRows spread =
        run(tables()
                .with(CascadeActs.TABLE, before)
                .with(
                    Interactions.TABLE,
                    rows(Interactions.TABLE, act("x", "61", "repost", 6, "q", null, 13, 14, -1))))
            .get(MartPostSpread.TABLE);
    assertThat(spread.longs(MartPostSpread.REPOST_COUNT).get(0)).isEqualTo(1);
  }

  /** A reply that stands in a thread of its own post's and in that of the first goes from both. */
  @Test
  void aReplyIsUndoneInEveryThreadThatItStandsIn() {
    ColumnRows before = run(first()).get(CascadeActs.TABLE);
    ColumnRows spread =
        run(tables()
                .with(CascadeActs.TABLE, before)
                .with(
                    Interactions.TABLE,
                    rows(
                        Interactions.TABLE,
                        act("bluesky", "b", "reply", 9, "a", null, 13, 18, -1))))
            .get(MartPostSpread.TABLE);
    assertThat(spread.longs(MartPostSpread.REPLY_COUNT).get(of(spread, "p"))).isEqualTo(1);
  }

  @Test
  void theSameWhateverTheOrderOfRows() {
    Map<TableSchema, ColumnRows> found = run(first());
    List<Object[]> acts = new ArrayList<>(List.of(ACTS));
    Collections.shuffle(acts, new Random(5));
    List<Object[]> posts = new ArrayList<>(List.of(POSTS));
    Collections.reverse(posts);
    Map<TableSchema, ColumnRows> again =
        run(
            first()
                .with(Interactions.TABLE, rows(Interactions.TABLE, acts.toArray(Object[][]::new)))
                .with(Posts.TABLE, rows(Posts.TABLE, posts.toArray(Object[][]::new))));
    found.forEach(
        (table, rows) ->
            assertThat(
                    new HashSet<>(
                        values(again.get(table), table.columns().toArray(SpreadInput.COLUMNS))))
                .as(table.name())
                .isEqualTo(
                    new HashSet<>(values(rows, table.columns().toArray(SpreadInput.COLUMNS)))));
  }

  @Test
  void postsThatWereDeletedAreNotJudged() {
    SpreadTables tables =
        first()
            .with(
                Deletions.TABLE,
                rows(
                    Deletions.TABLE,
                    row("x", "quiet", null, Deletions.BY_THE_NETWORK, at(14, 9), NIGHT),
                    row("x", "q", null, 7L, at(14, 9), NIGHT),
                    row("bluesky", "p", null, 1L, at(14, 9), NIGHT),
                    row("x", "young", null, 1L, at(1, 9), LocalDate.of(2026, 1, 1))));
    SpreadInput input = tables.input(NIGHT, FIRST);
    Names networks = new Names();
    NightPosts posts = new NightActs(input, networks, new People(input, networks)).posts();
    assertThat(posts.isDeleted(posts.of(networks.of("x"), "quiet"))).isTrue();
    assertThat(posts.isDeleted(posts.of(networks.of("bluesky"), "p"))).isTrue();
    // By somebody else, and too long ago to be the post's.
    assertThat(posts.isDeleted(posts.of(networks.of("x"), "q"))).isFalse();
    assertThat(posts.isDeleted(posts.of(networks.of("x"), "young"))).isFalse();
  }

  /**
   * An answer of long ago comes along with a repost of it, and is no sign of what else was seen.
   */
  @Test
  void actsBeginWithTheFirstThatNoOtherBroughtAlong() {
    SpreadInput input =
        tables()
            .with(
                Interactions.TABLE,
                rows(
                    Interactions.TABLE,
                    act("x", "1", "reply", 2, "q", null, 2, 9, 1),
                    act("x", "2", "repost", 3, "q", null, 14, 6, 1),
                    act("x", "3", "like", 3, "q", null, 14, 5, 1),
                    act("forum", "4", "reply", 3, "r", null, 3, 4, 1),
                    act("known", "5", "repost", 3, "s", null, 3, 4, 1)))
            .with(
                Landmarks.TABLE,
                rows(
                    Landmarks.TABLE,
                    row("x", NIGHT, 90),
                    row("forum", NIGHT, 90),
                    row("known", FIRST, 90)))
            .input(NIGHT, FIRST);
    Names networks = new Names();
    NightActs acts = new NightActs(input, networks, new People(input, networks));
    assertThat(acts.start(networks.of("x"))).isEqualTo(at(14, 5).getTime() * 1_000);
    assertThat(acts.start(networks.of("forum"))).isEqualTo(at(3, 4).getTime() * 1_000);
    assertThat(acts.start(networks.of("known"))).isNull();
  }

  @Test
  void bridgesAreToldForAllPostsAndByTopic() {
    List<Object[]> acts = new ArrayList<>();
    for (String post : List.of("p", "q")) {
      acts.add(act("bluesky", post + "5", "repost", 5, post, null, 14, 1, 1));
      for (int actor = 7; actor < (post.equals("p") ? 10 : 11); actor++) {
        acts.add(act("bluesky", post + actor, "like", actor, post, post + "5", 14, actor, 1));
      }
    }
    acts.add(act("bluesky", "p6", "repost", 6, "p", null, 14, 1, 1));
    acts.add(act("bluesky", "p11", "like", 11, "p", "p6", 14, 2, 1));
    List<Object[]> communities = new ArrayList<>();
    for (long key = 1; key < 12; key++) {
      communities.add(row("bluesky", key, key == 1 ? 1L : 2L, NIGHT));
    }
    ColumnRows bridges =
        run(tables()
                .with(Interactions.TABLE, rows(Interactions.TABLE, acts.toArray(Object[][]::new)))
                .with(
                    Communities.TABLE,
                    rows(Communities.TABLE, communities.toArray(Object[][]::new)))
                .with(
                    PostTopics.TABLE,
                    rows(PostTopics.TABLE, topic("p", "*"), topic("p", "chess"), topic("q", "*"))))
            .get(MartBridges.TABLE);
    assertThat(
            values(
                bridges,
                MartBridges.ACCOUNT_KEY,
                MartBridges.FROM_COMMUNITY_KEY,
                MartBridges.TO_COMMUNITY_KEY,
                MartBridges.TOPIC_ID,
                MartBridges.POST_COUNT,
                MartBridges.RECIPIENT_COUNT,
                MartBridges.CREDIBLE_RECIPIENT_SUM))
        .containsExactlyInAnyOrder(
            List.of(5L, 1L, 2L, "*", 2L, 7L, 7.0),
            List.of(5L, 1L, 2L, "chess", 1L, 3L, 3.0),
            List.of(6L, 1L, 2L, "*", 1L, 1L, 1.0),
            List.of(6L, 1L, 2L, "chess", 1L, 1L, 1.0));
  }

  private static Object[] tagged(String id, long author, String language, String... hashtags) {
    return row(
        "bluesky",
        id,
        NIGHT,
        author,
        at(14, 0),
        language,
        null,
        null,
        null,
        hashtags,
        new String[0],
        NIGHT);
  }

  /**
   * 1 to 5 play chess, 6 to 12 sail; everybody says hello, and 13 to 16 are too few to be told of.
   */
  @Test
  void communitiesAreToldByWhatSetsThemApart() {
    List<Object[]> communities = new ArrayList<>();
    List<Object[]> posts = new ArrayList<>();
    List<Object[]> topics = new ArrayList<>();
    for (long key = 1; key <= 16; key++) {
      long group = key <= 5 ? 1 : key <= 12 ? 6 : 13;
      communities.add(row("bluesky", key, group, NIGHT));
      posts.add(
          tagged(
              "post" + key,
              key,
              key == 12 ? "fr" : "en",
              "hello",
              group == 1 ? "Endgame" : group == 6 ? "regatta" : "secret"));
      topics.add(
          row(
              "bluesky",
              "post" + key,
              NIGHT,
              key,
              group == 1 ? "chess" : "sailing",
              0.5,
              "term",
              at(14, 0),
              NIGHT));
    }
    // 6 brings a post of 1's into its own community, where 7 and 8 take it from it.
    Object[][] acts = {
      act("bluesky", "r6", "repost", 6, "p", null, 14, 1, 1),
      act("bluesky", "l7", "like", 7, "p", "r6", 14, 2, 1),
      act("bluesky", "l8", "like", 8, "p", "r6", 14, 3, 1)
    };
    Map<TableSchema, ColumnRows> found =
        run(
            tables()
                .with(
                    Communities.TABLE,
                    rows(Communities.TABLE, communities.toArray(Object[][]::new)))
                .with(Posts.TABLE, rows(Posts.TABLE, posts.toArray(Object[][]::new)))
                .with(PostTopics.TABLE, rows(PostTopics.TABLE, topics.toArray(Object[][]::new)))
                .with(Interactions.TABLE, rows(Interactions.TABLE, acts)));
    ColumnRows told = found.get(MartCommunities.TABLE);
    assertThat(
            values(
                told,
                MartCommunities.COMMUNITY_KEY,
                MartCommunities.NAME,
                MartCommunities.MEMBER_COUNT,
                MartCommunities.LANGUAGE,
                MartCommunities.LANGUAGE_SHARE,
                MartCommunities.BRIDGE_COUNT))
        .containsExactlyInAnyOrder(
            List.of(1L, "#endgame", 5L, "en", 1.0, 0L),
            List.of(6L, "#regatta", 7L, "en", 6 / 7.0, 1L));
    for (int i = 0; i < told.size(); i++) {
      boolean isChess = told.longs(MartCommunities.COMMUNITY_KEY).get(i) == 1;
      assertThat(told.texts(MartCommunities.TOPIC_IDS).get(i))
          .isEqualTo(isChess ? "chess" : "sailing");
    }
    List<List<Object>> members =
        values(
            found.get(MartCommunityMembers.TABLE),
            MartCommunityMembers.ACCOUNT_KEY,
            MartCommunityMembers.COMMUNITY_KEY,
            MartCommunityMembers.SCORE,
            MartCommunityMembers.BRIDGED_COUNT);
    assertThat(members)
        .hasSize(12)
        .contains(
            List.of(1L, 1L, 20.0, 0L),
            java.util.Arrays.asList(6L, 6L, null, 2L),
            java.util.Arrays.asList(7L, 6L, null, 0L));
  }

  private static Object[] topic(String post, String topic) {
    return row("bluesky", post, NIGHT, 1L, topic, 0.5, "term", at(14, 0), NIGHT);
  }
}
