package renown.night.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.row;
import static renown.testing.Columns.rows;
import static renown.testing.Columns.values;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.tables.AudienceHours;
import renown.tables.MartPostingHours;
import renown.tables.NetworkHours;

class HoursTest {
  private static final int HOURS = PostingModel.HOURS;
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);

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

  private static Timestamp at(String time) {
    return Timestamp.valueOf("2026-01-05 " + time);
  }

  private static AudienceTables acts() {
    AudienceTables tables = new AudienceTables().credible(1, 2, 3, 4, 100);
    Object[][] acts = {
      {"like", 1L, "a", "09:30:00", 1L},
      {"repost", 2L, "a", "11:30:00", 1L},
      {"like", 9L, "a", "11:30:00", 1L},
      {"mention", 1L, "a", "11:30:00", 1L},
      {"like", 100L, "a", "11:30:00", 1L},
      {"reply", 3L, "old", "08:00:00", 1L},
      {"reply", 3L, "older", "08:00:00", 1L},
      {"like", 4L, "a", "12:00:00", 1L},
      {"like", 4L, "a", "12:00:00", -1L},
      {"like", 4L, "unseen", "12:00:00", 1L}
    };
    for (Object[] act : acts) {
      tables.act(
          (String) act[0],
          (Long) act[1],
          100,
          (String) act[2],
          at((String) act[3]),
          (Long) act[4],
          NIGHT);
    }
    return tables
        .post("a", "*", at("09:00:00"), NIGHT)
        .post("a", "chess", at("09:00:00"), NIGHT)
        .post("old", "*", Timestamp.valueOf("2026-01-04 22:00:00"), NIGHT.minusDays(1))
        .post("older", "*", Timestamp.valueOf("2026-01-04 07:00:00"), NIGHT.minusDays(1));
  }

  private static String hours(long[] units) {
    StringBuilder text = new StringBuilder();
    for (int h = 0; h < HOURS; h++) {
      long acts = Math.round(units[h] / (double) (1 << 20));
      if (acts != 0) {
        text.append(h).append('=').append(acts).append(' ');
      }
    }
    return text.toString().strip();
  }

  @Test
  void postsAndReactionsWithinADayAreCountedByHour() {
    Map<renown.tables.TableSchema, ColumnRows> night = acts().rowsOf(NIGHT);
    ColumnRows sums = night.get(AudienceHours.TABLE);
    Map<String, String> posts = new HashMap<>();
    Map<String, String> reactions = new HashMap<>();
    for (int i = 0; i < sums.size(); i++) {
      assertThat(sums.longs(AudienceHours.ACCOUNT_KEY).get(i)).isEqualTo(100);
      String topic = sums.texts(AudienceHours.TOPIC_ID).get(i);
      posts.put(topic, hours(sums.lists(AudienceHours.POST_UNITS).longs(i)));
      reactions.put(topic, hours(sums.lists(AudienceHours.REACTION_UNITS).longs(i)));
    }
    assertThat(posts).isEqualTo(Map.of("*", "9=1", "chess", "9=1"));
    assertThat(reactions).isEqualTo(Map.of("*", "8=1 9=1 11=1", "chess", "9=1 11=1"));
    ColumnRows networks = night.get(NetworkHours.TABLE);
    Map<Long, String> byPost = new HashMap<>();
    for (int i = 0; i < networks.size(); i++) {
      byPost.put(
          networks.longs(NetworkHours.POST_HOUR).get(i),
          hours(networks.lists(NetworkHours.REACTION_UNITS).longs(i)));
    }
    assertThat(byPost).isEqualTo(Map.of(9L, "9=1 11=1", 22L, "8=1"));
  }

  @Test
  void nothingIsKeptOfAnAccountThatMustNotBeScored() {
    AudienceTables tables = new AudienceTables().credible(1);
    tables.post("a", "*", at("09:00:00"), NIGHT);
    assertThat(tables.rowsOf(NIGHT).get(AudienceHours.TABLE).size()).isZero();
  }

  /** After a half-life half is left; nothing done and nothing left is no row. */
  @Test
  void sumsFade() {
    ColumnRows before = acts().rowsOf(NIGHT).get(AudienceHours.TABLE);
    ColumnRows later = fading(before, NIGHT.plusDays(30));
    assertThat(later.size()).isEqualTo(before.size());
    int then = topic(before);
    int now = topic(later);
    assertThat(later.lists(AudienceHours.POST_UNITS).longs(now)[9])
        .isCloseTo(before.lists(AudienceHours.POST_UNITS).longs(then)[9] / 2, within(1L));
    assertThat(fading(before, NIGHT.plusDays(365)).size()).isZero();
  }

  private static ColumnRows fading(ColumnRows before, LocalDate night) {
    return new AudienceTables()
        .credible(100)
        .halving(30)
        .with(AudienceHours.TABLE, before)
        .rowsOf(night)
        .get(AudienceHours.TABLE);
  }

  private static int topic(ColumnRows rows) {
    return rows.texts(AudienceHours.TOPIC_ID).get(0).equals("*") ? 0 : 1;
  }

  @Test
  void theMartGivesEveryHourItsPlace() {
    long unit = 1 << 20;
    long[] posts = new long[HOURS];
    long[] reactions = new long[HOURS];
    posts[9] = 10 * unit;
    reactions[9] = 30 * unit;
    reactions[20] = 30 * unit;
    AudienceTables tables =
        new AudienceTables()
            .credible(100, 200)
            .scored(100)
            .expert(100, "chess")
            .with(
                AudienceHours.TABLE,
                rows(
                    AudienceHours.TABLE,
                    row("n", 100L, "*", posts, reactions, NIGHT),
                    row("n", 200L, "*", posts, reactions, NIGHT),
                    row("n", 100L, "chess", posts, posts, NIGHT)))
            // A network that reacts as evenly at every hour as it posts.
            .with(NetworkHours.TABLE, evenly());
    ColumnRows mart = tables.rowsOf(NIGHT).get(MartPostingHours.TABLE);
    assertThat(mart.size()).isEqualTo(HOURS);
    assertThat(new HashSet<>(values(mart, MartPostingHours.PLACE))).hasSize(HOURS);
    int best =
        IntStream.range(0, HOURS)
            .filter(i -> mart.longs(MartPostingHours.PLACE).get(i) == 1)
            .findAny()
            .getAsInt();
    assertThat(mart.longs(MartPostingHours.HOUR).get(best)).isEqualTo(20);
    assertThat(mart.doubles(MartPostingHours.EXPECTED_GAIN_SHARE).get(best)).isPositive();
    assertThat(mart.doubles(MartPostingHours.REACTION_SHARE).get(best)).isEqualTo(0.5);
    assertThat(mart.doubles(MartPostingHours.POST_SHARE).get(best)).isZero();
    assertThat(mart.longs(MartPostingHours.HOUR).get(9)).isEqualTo(9);
    assertThat(mart.doubles(MartPostingHours.EXPECTED_GAIN_SHARE).get(9))
        .isCloseTo(0, within(1e-12));
    assertThat(mart.doubles(MartPostingHours.REACTION_COUNT).get(9)).isEqualTo(60);
    assertThat(values(mart, MartPostingHours.ACCOUNT_KEY, MartPostingHours.TOPIC_ID))
        .containsOnly(List.of(100L, "*"));
  }

  private static ColumnRows evenly() {
    double[][] expected = expected(swing(14, 0), profile(), swing(14, 0), 5);
    Object[][] hours = new Object[HOURS][];
    for (int h = 0; h < HOURS; h++) {
      long[] units =
          Arrays.stream(expected[h]).mapToLong(one -> Math.round(one * (1 << 30))).toArray();
      hours[h] = row("n", h, 1 << 30, units, NIGHT);
    }
    return rows(NetworkHours.TABLE, hours);
  }
}
