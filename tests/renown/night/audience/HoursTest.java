package renown.night.audience;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.tables.AudienceHours;
import renown.tables.MartPostingHours;
import renown.tables.NetworkHours;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class HoursTest extends SparkTest {
  private static final int HOURS = PostingModel.HOURS;
  private static final Date NIGHT = Date.valueOf("2026-01-05");
  private static final Column DATE = lit(NIGHT);
  private static final String ACTS =
      "network string, verb string, actor_key bigint, target_key bigint, object_id string,"
          + " happened_at timestamp, change bigint";
  private static final String TOPICS =
      "network string, post_id string, author_key bigint, topic_id string, happened_at timestamp,"
          + " night date";
  private static final String KEYS = "account_key bigint";

  /** Half of the reactions within the hour, half of the rest in the next. */
  private static double[] profile() {
    double[] profile = new double[HOURS];
    double left = 1;
    for (int lag = 0; lag < HOURS; lag++) {
      profile[lag] = lag == HOURS - 1 ? left : left / 2;
      left -= profile[lag];
    }
    return profile;
  }

  /** A day's swing with its height at an hour, 1 on average. */
  private static double[] swing(int height, double depth) {
    return IntStream.range(0, HOURS)
        .mapToDouble(h -> 1 + depth * Math.cos(2 * Math.PI * (h - height) / HOURS))
        .toArray();
  }

  private static double[][] expected(
      double[] posts, double[] profile, double[] activity, double rate) {
    double[][] reactions = new double[HOURS][HOURS];
    for (int g = 0; g < HOURS; g++) {
      for (int lag = 0; lag < HOURS; lag++) {
        int h = (g + lag) % HOURS;
        reactions[g][h] = rate * posts[g] * profile[lag] * activity[h];
      }
    }
    return reactions;
  }

  private static double[] columns(double[][] reactions) {
    double[] sums = new double[HOURS];
    for (double[] row : reactions) {
      for (int h = 0; h < HOURS; h++) {
        sums[h] += row[h];
      }
    }
    return sums;
  }

  private static int best(double[] values) {
    return IntStream.range(0, HOURS).reduce(0, (a, b) -> values[b] > values[a] ? b : a);
  }

  @Test
  void theModelFindsWhatThePlantedNetworkWasMadeWith() {
    double[] posts = swing(12, 0.9);
    for (int g = 0; g < HOURS; g++) {
      posts[g] *= 10_000;
    }
    double[] activity = swing(19, 0.6);
    PostingModel model = PostingModel.fit(posts, expected(posts, profile(), activity, 5));
    for (int h = 0; h < HOURS; h++) {
      assertThat(model.activity()[h]).as("hour %s", h).isCloseTo(activity[h], within(0.01));
      assertThat(model.profile()[h]).as("lag %s", h).isCloseTo(profile()[h], within(0.005));
    }
    assertThat(Arrays.stream(model.profile()).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(model.activity()).sum()).isCloseTo(HOURS, within(1e-9));
  }

  /**
   * It posts at nine and is reacted to at nine, but its audience is there in the evening: an hour
   * in the evening must be advised, which the reactions alone would not say.
   */
  @Test
  void anAudienceOfTheEveningIsFoundThoughItReactsInTheMorning() {
    PostingModel network = new PostingModel(profile(), swing(14, 0.3));
    double[] audience = swing(20, 0.9);
    double[] posts = new double[HOURS];
    posts[9] = 90;
    posts[13] = 30;
    posts[19] = 6;
    double[] activity =
        IntStream.range(0, HOURS).mapToDouble(h -> network.activity()[h] * audience[h]).toArray();
    double[] truth =
        IntStream.range(0, HOURS)
            .mapToDouble(
                g -> {
                  double[] one = new double[HOURS];
                  one[g] = 1;
                  return Arrays.stream(columns(expected(one, profile(), activity, 1))).sum();
                })
            .toArray();
    double habit = (90 * truth[9] + 30 * truth[13] + 6 * truth[19]) / 126;
    Random random = new Random(1);
    double[] reactions =
        Arrays.stream(columns(expected(posts, profile(), activity, 40)))
            .map(mean -> Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian())))
            .toArray();
    assertThat(best(reactions)).isLessThan(15);
    double[] ratios = network.ratios(posts, reactions);
    double[] gains = network.gains(posts, ratios);
    assertThat(best(gains)).isBetween(17, 20);
    assertThat(truth[best(gains)]).isGreaterThan(0.95 * Arrays.stream(truth).max().getAsDouble());
    assertThat(gains[9]).isLessThan(0);
    assertThat(gains[19]).isCloseTo(truth[19] / habit - 1, within(0.3));
    // Over its own hours the gain is nothing.
    assertThat(90 * gains[9] + 30 * gains[13] + 6 * gains[19]).isCloseTo(0, within(1e-9));
  }

  @Test
  void whereLittleIsKnownTheNetworkCounts() {
    PostingModel network = new PostingModel(profile(), swing(14, 0.5));
    double[] posts = new double[HOURS];
    double[] none = new double[HOURS];
    posts[3] = 2;
    assertThat(network.ratios(posts, none)).containsOnly(1.0);
    assertThat(best(network.gains(posts, network.ratios(posts, none)))).isEqualTo(14 - 1);
    double[] one = new double[HOURS];
    one[3] = 1;
    for (double ratio : network.ratios(posts, one)) {
      assertThat(ratio).isBetween(0.75, 1.25);
    }
    // Nothing was seen at all: numbers, all the same.
    PostingModel blank = PostingModel.fit(none, new double[HOURS][HOURS]);
    for (double gain : blank.gains(none, blank.ratios(none, none))) {
      assertThat(gain).isCloseTo(0, within(1e-9));
    }
  }

  private static Object[] act(String verb, long actor, String post, String time, long change) {
    return row("n", verb, actor, 100L, post, Timestamp.valueOf("2026-01-05 " + time), change);
  }

  private static Object[] post(String id, String topic, String time, String night) {
    return row("n", id, 100L, topic, Timestamp.valueOf(time), Date.valueOf(night));
  }

  private static Dataset<Row> acts() {
    return Hours.acts(
        rows(
            ACTS,
            act("like", 1, "a", "09:30:00", 1),
            act("repost", 2, "a", "11:30:00", 1),
            act("like", 9, "a", "11:30:00", 1),
            act("mention", 1, "a", "11:30:00", 1),
            act("like", 100, "a", "11:30:00", 1),
            act("reply", 3, "old", "08:00:00", 1),
            act("reply", 3, "older", "08:00:00", 1),
            act("like", 4, "a", "12:00:00", 1),
            act("like", 4, "a", "12:00:00", -1),
            act("like", 4, "unseen", "12:00:00", 1)),
        rows(
            TOPICS,
            post("a", "*", "2026-01-05 09:00:00", "2026-01-05"),
            post("a", "chess", "2026-01-05 09:00:00", "2026-01-05"),
            post("old", "*", "2026-01-04 22:00:00", "2026-01-04"),
            post("older", "*", "2026-01-04 07:00:00", "2026-01-04")),
        rows(KEYS, row(1L), row(2L), row(3L), row(4L), row(100L)),
        1000,
        DATE);
  }

  private static String hours(scala.collection.Seq<Long> units) {
    StringBuilder text = new StringBuilder();
    for (int h = 0; h < HOURS; h++) {
      long acts = Math.round(units.apply(h) / (double) (1 << 20));
      if (acts != 0) {
        text.append(h).append('=').append(acts).append(' ');
      }
    }
    return text.toString().strip();
  }

  @Test
  void postsAndReactionsWithinADayAreCountedByHour() {
    Dataset<Row> sums =
        Hours.ofAccounts(
            rows(AudienceHours.TABLE.structType()), acts(), rows(KEYS, row(100L)), 1000, DATE);
    TableAssert.assertThat(sums).hasColumnsOf(AudienceHours.TABLE);
    List<Row> rows = sums.sort("topic_id").collectAsList();
    assertThat(rows).hasSize(2);
    assertThat(hours(rows.get(0).getAs("post_units"))).isEqualTo("9=1");
    assertThat(hours(rows.get(0).getAs("reaction_units"))).isEqualTo("8=1 9=1 11=1");
    assertThat(rows.get(1).<String>getAs("topic_id")).isEqualTo("chess");
    assertThat(hours(rows.get(1).getAs("reaction_units"))).isEqualTo("9=1 11=1");
    assertThat(
            Hours.ofAccounts(rows(AudienceHours.TABLE.structType()), acts(), rows(KEYS), 1000, DATE)
                .count())
        .isZero();
    Dataset<Row> networks =
        Hours.ofNetworks(rows(NetworkHours.TABLE.structType()), acts(), 1000, DATE);
    TableAssert.assertThat(networks).hasColumnsOf(NetworkHours.TABLE);
    List<Row> byPost = networks.sort("post_hour").collectAsList();
    assertThat(byPost.stream().map(row -> row.<Long>getAs("post_hour"))).containsExactly(9L, 22L);
    assertThat(hours(byPost.get(0).getAs("reaction_units"))).isEqualTo("9=1 11=1");
    assertThat(hours(byPost.get(1).getAs("reaction_units"))).isEqualTo("8=1");
  }

  /** After a half-life half is left; nothing done and nothing left is no row. */
  @Test
  void sumsFade() {
    Dataset<Row> before =
        Hours.ofAccounts(
                rows(AudienceHours.TABLE.structType()), acts(), rows(KEYS, row(100L)), 1000, DATE)
            .where("topic_id = '*'")
            .persist();
    Dataset<Row> later =
        Hours.ofAccounts(
            before,
            acts().where("false"),
            rows(KEYS, row(100L)),
            30,
            lit(Date.valueOf("2026-02-04")));
    long then = before.head().<scala.collection.Seq<Long>>getAs("post_units").apply(9);
    long now = later.head().<scala.collection.Seq<Long>>getAs("post_units").apply(9);
    assertThat(now).isCloseTo(then / 2, within(1L));
    assertThat(
            Hours.ofAccounts(
                    before,
                    acts().where("false"),
                    rows(KEYS, row(100L)),
                    30,
                    lit(Date.valueOf("2027-01-05")))
                .count())
        .isZero();
  }

  @Test
  void theMartGivesEveryHourItsPlace() {
    long unit = 1 << 20;
    Long[] posts = new Long[HOURS];
    Long[] reactions = new Long[HOURS];
    Arrays.fill(posts, 0L);
    Arrays.fill(reactions, 0L);
    posts[9] = 10 * unit;
    reactions[9] = 30 * unit;
    reactions[20] = 30 * unit;
    Dataset<Row> hours =
        rows(
            AudienceHours.TABLE.structType(),
            row("n", 100L, "*", posts, reactions, NIGHT),
            row("n", 200L, "*", posts, reactions, NIGHT),
            row("n", 100L, "chess", posts, posts, NIGHT));
    Dataset<Row> mart =
        Hours.mart(
                hours,
                rows(KEYS + ", topic_id string", row(100L, "*"), row(100L, "chess")),
                Map.of("n", new PostingModel(profile(), swing(14, 0))),
                20,
                DATE)
            .persist();
    TableAssert.assertThat(mart).hasColumnsOf(MartPostingHours.TABLE);
    assertThat(mart.count()).isEqualTo(HOURS);
    assertThat(mart.select("place").distinct().count()).isEqualTo(HOURS);
    Row best = mart.where(col("place").equalTo(1)).head();
    assertThat(best.<Long>getAs("post_hour")).isEqualTo(20);
    assertThat(best.<Double>getAs("expected_gain_share")).isPositive();
    assertThat(best.<Double>getAs("reaction_share")).isEqualTo(0.5);
    assertThat(best.<Double>getAs("post_share")).isZero();
    Row habit = mart.where(col("post_hour").equalTo(9)).head();
    assertThat(habit.<Double>getAs("expected_gain_share")).isCloseTo(0, within(1e-12));
    assertThat(habit.<Double>getAs("decayed_reaction_count")).isEqualTo(60);
  }
}
