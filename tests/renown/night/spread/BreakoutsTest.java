package renown.night.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import renown.tables.AuthorRecords;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartWarningOutcomes;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class BreakoutsTest extends SparkTest {
  private static final Date NIGHT = Date.valueOf("2026-01-14");
  private static final Date BEFORE = Date.valueOf("2026-01-13");
  private static final Column LITERAL = lit(NIGHT);
  private static final long END = Timestamp.valueOf("2026-01-15 00:00:00").getTime() * 1000;
  private static final long HOUR = Breakouts.MICROS_PER_HOUR;
  private static final String CASCADES =
      "network string, post_id string, author_key bigint, posted bigint, beyond_count bigint,"
          + " actor_count bigint, hourly_units array<bigint>, depth bigint, structural_virality"
          + " double, community_count bigint, first_hour struct<actor_count: bigint, sharer_count:"
          + " bigint, beyond_count: bigint, community_count: bigint, depth: bigint>";

  /** What a post drew in its hours, in whole accounts. */
  private static Object[] post(
      String id, long author, double age, long beyond, int firstHour, int later) {
    long[] units = new long[24];
    units[0] = (long) firstHour << 20;
    units[4] = (long) later << 20;
    return row(
        "x",
        id,
        author,
        END - (long) (age * HOUR),
        beyond,
        (long) firstHour + later,
        units,
        2L,
        1.9,
        1L,
        RowFactory.create((long) firstHour, 1L, 0L, 1L, 1L));
  }

  private static Dataset<Row> authors(int count) {
    List<Object[]> rows = new ArrayList<>();
    for (long key = 0; key < count; key++) {
      // Every tenth is famous.
      rows.add(row(key, key % 10 == 0 ? 1000L : 5L));
    }
    return Breakouts.authors(
        rows("account_key bigint, actor_count bigint", rows.toArray(Object[][]::new)),
        rows(
            "account_key bigint, follower_count bigint",
            row(1L, 300L),
            row(3L, -1L),
            row(5L, null)));
  }

  private static Dataset<Row> kinds(Object[]... posts) {
    return rows("network string, post_id string, language string, kind string", posts);
  }

  @Test
  void postsAreJudgedByWhatTheyDrewInTheirHoursAndWhoAttendedBefore() {
    Dataset<Row> judged =
        Breakouts.judged(
            rows(
                CASCADES,
                post("a", 1, 30, 4, 2, 3),
                post("b", 1, 3.5, 0, 2, 3),
                post("c", 0, 30, 0, 0, 0),
                post("d", 777, 30, 9, 9, 0)),
            authors(10),
            kinds(row("x", "a", "en", "reply"), row("y", "b", "en", "reply")),
            END);
    // Of the first author the network states 300 followers.
    TableAssert.assertThat(
            judged.select("post_id", "kind", "hours", "observed", "audience_count", "band"))
        .hasRows(
            row("a", "reply", 24, 5L, 1L, 4),
            row("b", "post", 3, 2L, 5L, 4),
            row("c", "post", 24, 0L, 1000L, 4),
            row("d", "post", 24, 9L, 0L, 0));
  }

  @Test
  void recordsAddUpHalveAndForget() {
    Dataset<Row> before =
        rows(
            AuthorRecords.TABLE.structType(),
            row("x", "post", 1L, 4L << 20, 8L << 20, 20L << 20, Date.valueOf("2025-10-16")),
            row("x", "post", 2L, 100L, 100L, 100L, BEFORE));
    Dataset<Row> counted =
        rows(
            "network string, kind string, author_key bigint, counted bigint",
            row("x", "post", 1L, 3L),
            row("x", "reply", 1L, 1L));
    TableAssert.assertThat(Breakouts.records(before, counted, LITERAL))
        .hasColumnsOf(AuthorRecords.TABLE)
        .hasRows(
            row("x", "post", 1L, 3L << 20, 7L << 20, 19L << 20, NIGHT),
            row("x", "reply", 1L, 1L << 20, 1L << 20, 1L << 20, NIGHT));
  }

  /** Authors of four posts each draw what their audience lets expect; three posts do not. */
  @Test
  void postsFarBeyondTheirAuthorsRecordAreFoundAndNoOthers() {
    Random random = new Random(3);
    List<Object[]> posts = new ArrayList<>();
    for (int author = 0; author < 400; author++) {
      double rate = (author % 10 == 0 ? 60 : 2) * (0.5 + random.nextDouble());
      for (int p = 0; p < 4; p++) {
        int drawn = 0;
        for (double t = -Math.log(1 - random.nextDouble());
            t < rate;
            t -= Math.log(1 - random.nextDouble())) {
          drawn++;
        }
        posts.add(post(author + "-" + p, author, 30, 0, drawn / 3, drawn - drawn / 3));
      }
    }
    posts.add(post("small", 3, 30, 40, 10, 30));
    posts.add(post("unknown", 9999, 30, 35, 10, 30));
    posts.add(post("famous", 10, 30, 300, 100, 400));
    // As many as the small one, but no surprise.
    posts.add(post("usual", 20, 30, 0, 10, 30));
    Dataset<Row> authors = authors(400);
    // Who only answered so far draws little with it; a post of its own draws what posts do.
    List<Object[]> answers = new ArrayList<>();
    for (int author = 20_000; author < 20_100; author++) {
      for (int p = 0; p < 8; p++) {
        posts.add(post(author + "-answer-" + p, author, 30, 0, 0, 0));
        answers.add(row("x", author + "-answer-" + p, "en", "reply"));
      }
      posts.add(post(author + "-own", author, 30, 0, 2, 4));
    }
    posts.add(post("answer", 20_000, 30, 20, 10, 10));
    answers.add(row("x", "answer", "en", "reply"));
    Dataset<Row> kinds = kinds(answers.toArray(Object[][]::new));
    Dataset<Row> cascades = rows(CASCADES, posts.toArray(Object[][]::new));
    Dataset<Row> counted =
        Breakouts.counted(Breakouts.judged(cascades, authors, kinds, END)).persist();
    Dataset<Row> records =
        Breakouts.records(rows(AuthorRecords.TABLE.structType()), counted, LITERAL).persist();
    List<Row> totals = Breakouts.totals(records, counted, authors).collectAsList();
    Dataset<Row> priors = Breakouts.priors(spark(), totals);
    Dataset<Row> found = Breakouts.surprising(counted, true, records, priors, 0.01, 5).persist();
    assertThat(ids(found)).isEqualTo(Set.of("small", "unknown", "famous", "answer"));
    Row small = found.where(col("post_id").equalTo("small")).head();
    assertThat(small.<Double>getAs("expected_count")).isBetween(0.5, 5.0);
    assertThat(small.<Long>getAs("judged_count")).isEqualTo(2505);
    assertThat(small.<Double>getAs("author_post_count")).isCloseTo(4, within(1e-9));
    assertThat(small.<Double>getAs("tail_probability"))
        .isLessThan(small.<Double>getAs("adjusted_probability"));
    assertThat(found.select("place").as(org.apache.spark.sql.Encoders.LONG()).collectAsList())
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    TableAssert.assertThat(
            Breakouts.breakouts(
                    found,
                    rows("account_key bigint, score double", row(3L, 7.5)),
                    rows("account_key bigint, handle string", row(3L, "three")),
                    rows(
                        "network string, post_id string, topic_id string, confidence double",
                        row("x", "small", "*", 1.0),
                        row("x", "small", "chess", 0.7),
                        row("x", "small", "games", 0.9)),
                    rows(
                        "network string, post_id string, language string", row("x", "small", "es")),
                    rows("network string, post_id string", row("x", "small")),
                    LITERAL)
                .where(col("author_handle").isNotNull())
                .select(
                    "post_id",
                    "topic_id",
                    "language",
                    "author_score",
                    "was_warned",
                    "first_hour_actor_count",
                    "observed_count",
                    "audience_count"))
        .hasRows(row("small", "games", "es", 7.5, true, 10L, 40L, 0L));

    // Three and a half hours after they were posted: what is drawn later is not known yet.
    Dataset<Row> young =
        Breakouts.judged(
            rows(
                CASCADES,
                post("rises", 3, 3.5, 20, 20, 0),
                post("calm", 4, 3.5, 0, 1, 0),
                post("empty", 5, 1.5, 0, 0, 0)),
            authors,
            kinds,
            END);
    Dataset<Row> warnings =
        Breakouts.warnings(Breakouts.surprising(young, false, records, priors, 0.01, 5), LITERAL);
    TableAssert.assertThat(warnings).hasColumnsOf(MartEarlyWarnings.TABLE);
    Row warning = warnings.head();
    assertThat(warnings.count()).isEqualTo(1);
    assertThat(warning.<String>getAs("post_id")).isEqualTo("rises");
    assertThat(warning.<Long>getAs("age_hours")).isEqualTo(3);
    assertThat(warning.<Double>getAs("expected_count"))
        .isLessThan(small.<Double>getAs("expected_count"));
    // However rows are spread.
    TableAssert.assertThat(
            Breakouts.surprising(
                    counted.repartition(5), true, records.repartition(3), priors, 0.01, 5)
                .select("post_id", "tail_probability", "adjusted_probability", "place"))
        .hasRowsOf(found.select("post_id", "tail_probability", "adjusted_probability", "place"));
  }

  private static Set<String> ids(Dataset<Row> rows) {
    Set<String> ids = new TreeSet<>();
    rows.select("post_id").collectAsList().forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  /** Benjamini and Hochberg's own example (1995, section 5): 4 of 15 hypotheses at level 0.05. */
  @Test
  void theCorrectionIsThatOfTheWorkedExample() {
    double[] tails = {
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.0
    };
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < tails.length; i++) {
      rows.add(row("x", "post-" + i, tails[i], 10L, 1.0));
    }
    Dataset<Row> kept =
        Breakouts.corrected(
            rows(
                "network string, post_id string, tail_probability double, observed bigint,"
                    + " expected_count double",
                rows.toArray(Object[][]::new)),
            rows("network string, judged_count bigint", row("x", 15L)),
            0.05,
            5);
    assertThat(ids(kept)).isEqualTo(Set.of("post-0", "post-1", "post-2", "post-3"));
    assertThat(
            kept.where(col("post_id").equalTo("post-3"))
                .head()
                .<Double>getAs("adjusted_probability"))
        .isCloseTo(0.0095 * 15 / 4, within(1e-12));
  }

  @Test
  void warningsAreHeldAgainstWhatHappened() {
    Dataset<Row> warnings =
        rows(
            "network string, post_id string",
            row("x", "a"),
            row("x", "b"),
            row("x", "c"),
            row("y", "a"));
    Dataset<Row> breakouts =
        rows(
            "network string, post_id string",
            row("x", "b"),
            row("x", "c"),
            row("x", "d"),
            row("z", "d"));
    TableAssert.assertThat(Breakouts.outcomes(warnings, breakouts, LITERAL))
        .hasColumnsOf(MartWarningOutcomes.TABLE)
        .hasRows(
            row("x", 3L, 3L, 2L, 2 / 3.0, 2 / 3.0, NIGHT),
            row("y", 1L, 0L, 0L, 0.0, null, NIGHT),
            row("z", 0L, 1L, 0L, null, 0.0, NIGHT));
  }
}
