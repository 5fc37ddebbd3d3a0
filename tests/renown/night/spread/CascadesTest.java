package renown.night.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.engine.decay.EdgeSums;
import renown.tables.CascadeActs;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.MartBridges;
import renown.tables.MartPostSpread;
import renown.tables.Posts;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

/** Two nights of acts on posts of account 1: p on bluesky, which tells paths, q on x. */
class CascadesTest extends SparkTest {
  private static final Date FIRST = Date.valueOf("2026-01-13");
  private static final Date NIGHT = Date.valueOf("2026-01-14");
  private static final Column LITERAL = lit(NIGHT);
  private static final String KNOWN =
      "network string, post_id string, author_key bigint, posted_at timestamp";

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
      long change) {
    return row(network, id, NIGHT, verb, actor, 1L, post, via, at(day, hour), change, NIGHT);
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

  private final Dataset<Row> known =
      rows(
          KNOWN,
          row("bluesky", "p", 1L, at(13, 12)),
          row("x", "q", 1L, at(13, 12)),
          row("x", "quiet", 1L, at(13, 13)),
          row("x", "young", 1L, at(14, 20)),
          row("x", "old", 1L, at(2, 20)));

  private final Dataset<Row> landmarks =
      rows(Landmarks.TABLE.structType(), row("x", Date.valueOf("2026-01-01"), 90L));

  /** Whoever is not among them is not scored: 99. */
  private static Dataset<Row> people() {
    List<Object[]> people = new ArrayList<>();
    for (long key = 1; key < 20; key++) {
      people.add(row(key, key == 4 ? 0.25 : 1.0));
    }
    return Cascades.people(
        rows("account_key bigint, credibility double", people.toArray(Object[][]::new)),
        rows("account_key bigint, community_key bigint", row(1L, 1L), row(2L, 2L), row(3L, 2L)));
  }

  private record Night(Dataset<Row> cascades, Dataset<Row> remembered) {}

  private Night run(
      Dataset<Row> interactions, Dataset<Row> posts, Dataset<Row> edges, Dataset<Row> state) {
    Dataset<Row> acts = Cascades.acts(interactions, posts, new Object[] {"bluesky"});
    Dataset<Row> decided = Cascades.decided(state);
    Dataset<Row> undone = Cascades.undone(acts, decided);
    long end = Timestamp.valueOf("2026-01-15 00:00:00").getTime() * 1000;
    Dataset<Row> looked =
        Cascades.posts(
            acts,
            undone,
            decided,
            known,
            Cascades.starts(acts, landmarks, LITERAL),
            Cascades.window(end, end - 24 * Breakouts.MICROS_PER_HOUR));
    Dataset<Row> cascades =
        Cascades.cascades(
                acts,
                undone,
                decided,
                Cascades.attends(acts, decided, looked, Cascades.attention(edges, acts)),
                looked,
                people())
            .persist();
    return new Night(cascades, Cascades.remembered(cascades, undone, LITERAL));
  }

  private static Row of(Dataset<Row> cascades, String post) {
    return cascades.where(col("post_id").equalTo(post)).head();
  }

  @Test
  void twoNightsOfAPost() {
    Dataset<Row> nothing = rows(CascadeActs.TABLE.structType());
    Dataset<Row> increments =
        rows(
            EdgeIncrements.TABLE.structType(),
            edge("bluesky", 2, 1, "follow", 1),
            edge("bluesky", 2, 1, "repost", 1),
            edge("bluesky", 3, 1, "repost", 1),
            edge("x", 7, 6, "like", 2),
            edge("x", 7, 1, "repost", 1),
            edge("x", 6, 1, "repost", 1));
    Dataset<Row> edges =
        EdgeSums.of(
                increments,
                rows(
                    Landmarks.TABLE.structType(),
                    row("x", Date.valueOf("2026-01-15"), 90L),
                    row("bluesky", Date.valueOf("2026-01-15"), 90L)),
                LITERAL)
            .persist();
    Night first =
        run(
            rows(
                Interactions.TABLE.structType(),
                act("bluesky", "r2", "repost", 2, "p", null, 13, 13, 1),
                act("bluesky", "r3", "repost", 3, "p", "r2", 13, 14, 1),
                act("bluesky", "l4", "like", 4, "p", "r3", 13, 15, 1),
                act("bluesky", "l5", "like", 5, "p", null, 13, 15, 1),
                act("bluesky", "l5", "like", 5, "p", null, 13, 15, -1),
                act("bluesky", "l99", "like", 99, "p", null, 13, 16, 1),
                act("bluesky", "a", "reply", 8, "p", null, 13, 17, 1),
                act("bluesky", "f", "follow", 2, null, null, 13, 13, 1),
                act("x", "6", "repost", 6, "q", null, 13, 14, 1),
                act("x", "7", "repost", 7, "q", null, 13, 16, 1)),
            rows(
                Posts.TABLE.structType(),
                post("bluesky", "a", 8, "p", "p", 13, 17),
                post("bluesky", "b", 9, "a", "p", 13, 18),
                post("bluesky", "c", 10, "p", null, 13, 18)),
            edges,
            nothing);
    // The answer to the answer stands in the thread; the answer itself is an interaction.
    Row p = of(first.cascades(), "p");
    assertThat(p.<Long>getAs("actor_count")).isEqualTo(5);
    assertThat(p.<Long>getAs("reply_count")).isEqualTo(2);
    assertThat(p.<Long>getAs("like_count")).isEqualTo(1);
    assertThat(p.<Long>getAs("units")).isEqualTo(Math.round(4.25 * (1 << 20)));
    assertThat(p.<Long>getAs("depth")).isEqualTo(3);
    // 2 follows the author; 3 has done nothing but this repost.
    assertThat(p.<Long>getAs("beyond_count")).isEqualTo(4);
    assertThat(p.<Long>getAs("community_count")).isEqualTo(1);
    assertThat(p.<Boolean>getAs("is_touched")).isTrue();
    Row q = of(first.cascades(), "q");
    assertThat(q.<Double>getAs("recorded_share")).isZero();
    assertThat(q.<Double>getAs("confidence_share")).isEqualTo(0.75);
    assertThat(q.<Long>getAs("depth")).isEqualTo(2);
    Map<String, Integer> windows =
        first.cascades().select("post_id", "window").collectAsList().stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getInt(1)));
    assertThat(windows)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "p", Cascades.JUDGED,
                "q", Cascades.JUDGED,
                "quiet", Cascades.JUDGED,
                "young", Cascades.WATCHED));
    TableAssert.assertThat(first.remembered()).hasColumnsOf(CascadeActs.TABLE);

    // The next night: 3 takes its repost back, 11 comes through it, 12 through 2's.
    Dataset<Row> state =
        rows(
            CascadeActs.TABLE.structType(),
            first.remembered().withColumn("night", lit(FIRST)).collectAsList().stream()
                .map(
                    row -> {
                      Object[] values = new Object[row.size()];
                      for (int i = 0; i < values.length; i++) {
                        values[i] = row.get(i);
                      }
                      return values;
                    })
                .toArray(Object[][]::new));
    Night second =
        run(
            rows(
                Interactions.TABLE.structType(),
                act("bluesky", "r3", "repost", 3, "p", "r2", 13, 14, -1),
                act("bluesky", "l11", "like", 11, "p", "r3", 14, 1, 1),
                act("bluesky", "l12", "like", 12, "p", "r2", 14, 2, 1)),
            rows(Posts.TABLE.structType()),
            edges,
            state);
    Row later = of(second.cascades(), "p");
    assertThat(later.<Long>getAs("actor_count")).isEqualTo(6);
    assertThat(later.<Long>getAs("repost_count")).isEqualTo(1);
    assertThat(later.<Long>getAs("depth")).isEqualTo(2);
    assertThat(of(second.cascades(), "q").<Boolean>getAs("is_touched")).isFalse();
    assertThat(second.remembered().where(col("change").equalTo(-1)).count()).isEqualTo(1);
    assertThat(second.remembered().count()).isEqualTo(3);
    assertThat(Cascades.alive(state, LITERAL).count()).isZero();
    assertThat(Cascades.alive(state, lit(FIRST)).count()).isEqualTo(state.count());

    Dataset<Row> reach =
        Reach.reach(
            second.cascades(),
            edges,
            rows("account_key bigint, follower_count bigint", row(1L, 100L), row(2L, null)),
            rows(
                "network string, account_key bigint, credibility double",
                row("bluesky", 2L, 1.0),
                row("bluesky", 4L, 0.25),
                row("bluesky", 8L, 1.0),
                row("bluesky", 9L, 1.0),
                row("bluesky", 11L, 1.0),
                row("bluesky", 12L, 1.0)),
            100);
    TableAssert.assertThat(reach)
        // 2, 4, 8, 9, 11 and 12 saw it; the author states 100 followers, nobody follows 2.
        .hasRows(row("bluesky", "p", 5.25, 100.0));
    Dataset<Row> scores = rows("account_key bigint, score double", row(1L, 20.0));
    Dataset<Row> spread = PostSpread.spread(second.cascades(), reach, scores, LITERAL);
    TableAssert.assertThat(spread).hasColumnsOf(MartPostSpread.TABLE);
    Row told = spread.head();
    assertThat(told.<Double>getAs("days_alive")).isCloseTo(14 / 24.0, within(1e-12));
    assertThat(told.<Double>getAs("hours_to_half")).isCloseTo(5, within(1e-12));
    assertThat(told.<Double>getAs("beyond_audience_share")).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(told.<Double>getAs("author_score")).isEqualTo(20);
  }

  /**
   * An answer of long ago comes along with a repost of it, and is no sign of what else was seen.
   */
  @Test
  void actsBeginWithTheFirstThatNoOtherBroughtAlong() {
    Dataset<Row> acts =
        Cascades.acts(
            rows(
                Interactions.TABLE.structType(),
                act("x", "1", "reply", 2, "q", null, 2, 9, 1),
                act("x", "2", "repost", 3, "q", null, 14, 6, 1),
                act("x", "3", "like", 3, "q", null, 14, 5, 1),
                act("forum", "4", "reply", 3, "r", null, 3, 4, 1),
                act("known", "5", "repost", 3, "s", null, 3, 4, 1)),
            rows(Posts.TABLE.structType()),
            new Object[0]);
    Dataset<Row> landmarks =
        rows(
            "network string, landmark_date date",
            row("x", NIGHT),
            row("forum", NIGHT),
            row("known", FIRST));
    TableAssert.assertThat(Cascades.starts(acts, landmarks, LITERAL))
        .hasRows(row("x", at(14, 5).getTime() * 1_000), row("forum", at(3, 4).getTime() * 1_000));
  }

  @Test
  void bridgesAreToldForAllPostsAndByTopic() {
    Dataset<Row> cascades =
        rows(
            "network string, post_id string, is_touched boolean, bridges"
                + " array<struct<account_key: bigint, from_community_key: bigint,"
                + " to_community_key: bigint, reached_count: bigint, units: bigint>>",
            row("x", "p", true, new Row[] {bridge(5, 1, 2, 3), bridge(6, 1, 2, 1)}),
            row("x", "q", true, new Row[] {bridge(5, 1, 2, 4)}),
            row("x", "r", false, new Row[] {bridge(5, 1, 2, 9)}));
    Dataset<Row> topics =
        rows(
            "network string, post_id string, topic_id string",
            row("x", "p", "*"),
            row("x", "p", "chess"),
            row("x", "q", "*"));
    TableAssert.assertThat(PostSpread.bridges(cascades, topics, LITERAL))
        .hasColumnsOf(MartBridges.TABLE)
        .hasRows(
            row("x", 5L, 1L, 2L, "*", 2L, 7L, 7.0, NIGHT),
            row("x", 5L, 1L, 2L, "chess", 1L, 3L, 3.0, NIGHT),
            row("x", 6L, 1L, 2L, "*", 1L, 1L, 1.0, NIGHT),
            row("x", 6L, 1L, 2L, "chess", 1L, 1L, 1.0, NIGHT));
  }

  private static Row bridge(long account, long from, long to, long reached) {
    return org.apache.spark.sql.RowFactory.create(account, from, to, reached, reached << 20);
  }
}
