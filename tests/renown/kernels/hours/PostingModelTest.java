package renown.kernels.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostingModelTest {
  private static final int HOURS = Week.HOURS;
  private static final int SATURDAY = 5 * Week.DAY;

  /** Half of the reactions within the hour, half of the rest in the next. */
  private static double[] profile() {
    double[] profile = new double[PostingModel.LAGS];
    double left = 1;
    for (int lag = 0; lag < profile.length; lag++) {
      profile[lag] = lag == profile.length - 1 ? left : left / 2;
      left -= profile[lag];
    }
    return profile;
  }

  /** A day's swing with its height at an hour, 1 on average, on each day of the week. */
  private static double[] swing(int height, double depth) {
    return IntStream.range(0, HOURS)
        .mapToDouble(h -> 1 + depth * Math.cos(2 * Math.PI * (h - height) / Week.DAY))
        .toArray();
  }

  private static double[] withWeekends(double[] week, double factor) {
    double[] changed = week.clone();
    for (int h = SATURDAY; h < HOURS; h++) {
      changed[h] *= factor;
    }
    double mean = Arrays.stream(changed).sum() / HOURS;
    return Arrays.stream(changed).map(one -> one / mean).toArray();
  }

  /** Slowly, one reaction after the other: by hour of the post and hours after it. */
  private static double[][] expected(
      double[] posts, double[] profile, double[] activity, double rate) {
    double[][] reactions = new double[HOURS][PostingModel.LAGS];
    for (int g = 0; g < HOURS; g++) {
      for (int lag = 0; lag < PostingModel.LAGS; lag++) {
        reactions[g][lag] = rate * posts[g] * profile[lag] * activity[(g + lag) % HOURS];
      }
    }
    return reactions;
  }

  private static double[] byHour(double[][] reactions) {
    double[] sums = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      for (int lag = 0; lag < PostingModel.LAGS; lag++) {
        sums[(g + lag) % HOURS] += reactions[g][lag];
      }
    }
    return sums;
  }

  private static int best(double[] values) {
    return IntStream.range(0, values.length).reduce(0, (a, b) -> values[b] > values[a] ? b : a);
  }

  @Test
  void theModelFindsWhatThePlantedNetworkWasMadeWith() {
    double[] posts = swing(12, 0.9);
    for (int g = 0; g < HOURS; g++) {
      posts[g] *= 10_000;
    }
    // On Sundays people rise later, which neither hours nor weekdays alone tell.
    double[] activity = withWeekends(swing(19, 0.6), 1.5);
    double[] late = swing(22, 0.6);
    System.arraycopy(late, 0, activity, SATURDAY + Week.DAY, Week.DAY);
    double mean = Arrays.stream(activity).sum() / HOURS;
    activity = Arrays.stream(activity).map(one -> one / mean).toArray();
    PostingModel model = PostingModel.fit(posts, expected(posts, profile(), activity, 5));
    for (int h = 0; h < HOURS; h++) {
      assertThat(model.activity()[h]).as("hour %s", h).isCloseTo(activity[h], within(0.03));
    }
    for (int lag = 0; lag < PostingModel.LAGS; lag++) {
      assertThat(model.profile()[lag]).as("lag %s", lag).isCloseTo(profile()[lag], within(0.01));
    }
    assertThat(Arrays.stream(model.profile()).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(model.activity()).sum()).isCloseTo(HOURS, within(1e-9));
  }

  /**
   * It posts at nine and is reacted to at nine, but its audience is there in the evening: an hour
   * in the evening must be advised, which the reactions alone would not say. And it posts on
   * Tuesdays, but its audience has time at weekends.
   */
  @Test
  void anAudienceOfSaturdayEveningIsFoundThoughItReactsOnTuesdayMorning() {
    PostingModel network = new PostingModel(profile(), swing(14, 0.3));
    double[] audience = withWeekends(swing(20, 0.9), 3);
    double[] posts = new double[HOURS];
    for (int day = 0; day < Week.DAYS; day++) {
      double some = day == 1 ? 90 : 15;
      posts[day * Week.DAY + 9] = some;
      posts[day * Week.DAY + 13] = some / 3;
      posts[day * Week.DAY + 19] = some / 15;
    }
    double[] activity =
        IntStream.range(0, HOURS).mapToDouble(h -> network.activity()[h] * audience[h]).toArray();
    double[] truth =
        IntStream.range(0, HOURS)
            .mapToDouble(
                g -> {
                  double[] one = new double[HOURS];
                  one[g] = 1;
                  return Arrays.stream(byHour(expected(one, profile(), activity, 1))).sum();
                })
            .toArray();
    Random random = new Random(1);
    double[] reactions =
        Arrays.stream(byHour(expected(posts, profile(), activity, 40)))
            .map(mean -> Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian())))
            .toArray();
    assertThat(best(reactions) / Week.DAY).isEqualTo(1);
    assertThat(best(reactions) % Week.DAY).isLessThan(15);
    double[] ratios = network.ratios(posts, reactions);
    double[] gains = network.gains(posts, ratios);
    assertThat(best(gains)).isGreaterThanOrEqualTo(SATURDAY);
    assertThat(best(gains) % Week.DAY).isBetween(17, 20);
    assertThat(truth[best(gains)]).isGreaterThan(0.95 * Arrays.stream(truth).max().getAsDouble());
    assertThat(gains[Week.DAY + 9]).isLessThan(0);
    // Over its own hours the gain is nothing.
    double sum = IntStream.range(0, HOURS).mapToDouble(g -> posts[g] * gains[g]).sum();
    assertThat(sum).isCloseTo(0, within(1e-9));
  }

  @Test
  void whereLittleIsKnownTheNetworkCounts() {
    PostingModel network = new PostingModel(profile(), swing(14, 0.5));
    double[] posts = new double[HOURS];
    double[] none = new double[HOURS];
    posts[3] = 2;
    assertThat(network.ratios(posts, none)).containsOnly(1.0);
    assertThat(best(network.gains(posts, network.ratios(posts, none))) % Week.DAY)
        .isEqualTo(14 - 1);
    double[] one = new double[HOURS];
    one[3] = 1;
    for (double ratio : network.ratios(posts, one)) {
      assertThat(ratio).isBetween(0.6, 1.6);
    }
    // Nothing was seen at all: numbers, all the same.
    PostingModel blank = PostingModel.fit(none, new double[HOURS][PostingModel.LAGS]);
    for (double gain : blank.gains(none, blank.ratios(none, none))) {
      assertThat(gain).isCloseTo(0, within(1e-9));
    }
  }
}
