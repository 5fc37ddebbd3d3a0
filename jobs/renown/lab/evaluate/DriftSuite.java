package renown.lab.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import renown.night.score.accounts.NightsInMemory;
import renown.tables.Interactions;
import renown.tables.Posts;

/**
 * Do scores stand still where nothing changes? A steady network is watched for a year and a half, a
 * night every six days, and a sample of its stream next to the whole. By the kernels of a night; no
 * night is run.
 */
final class DriftSuite implements Suite {
  private static final int ACCOUNTS = 500;
  private static final double ACTS_PER_DAY = 1;
  private static final int STEP_DAYS = 6;
  private static final long FIRST_NIGHT = 20_000;
  private static final int MOST_DAYS = 630;

  /** A small network is ripe with fewer accounts than a real one. */
  private static final long LEAST_REFERENCE = 200;

  private static final double MOST_DRIFT = 2;
  private static final double SAMPLE = 0.01;
  private static final double SAMPLED_ACTS_PER_DAY = 8;
  private static final int SAMPLED_DAYS = 120;

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public String description() {
    return "A steady network of "
        + ACCOUNTS
        + " accounts: how far ordinary accounts drift after their reference population is fixed,"
        + " and whether a sample of 1 % of its posts and acts gives the scores of the whole.";
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) {
    return measure(NightsInMemory.Settings.standard(), new long[] {2, 4});
  }

  static List<Measurement> measure(NightsInMemory.Settings standard, long[] seeds) {
    NightsInMemory.Settings settings = settings(standard);
    List<Measurement> measurements = new ArrayList<>();
    for (long seed : seeds) {
      measurements.addAll(drift(settings, seed));
      measurements.addAll(sample(settings, seed));
    }
    return measurements;
  }

  static NightsInMemory.Settings settings(NightsInMemory.Settings standard) {
    return standard.withReference(LEAST_REFERENCE, standard.leastReferenceDays());
  }

  private static List<Measurement> drift(NightsInMemory.Settings settings, long seed) {
    SmallSociety society = new SmallSociety(seed, ACCOUNTS, ACTS_PER_DAY, null);
    SmallSociety.Rows all = society.begin(FIRST_NIGHT, FIRST_NIGHT);
    NightsInMemory nights = new NightsInMemory(settings);
    double[] ripe = null;
    long ripeDays = -1;
    long taken = 0;
    double most = 0;
    double mostOfOne = 0;
    int references = 0;
    for (long day = STEP_DAYS; day <= MOST_DAYS; day += STEP_DAYS) {
      SmallSociety.Rows tonight = new SmallSociety.Rows();
      society.live(tonight, FIRST_NIGHT + day - STEP_DAYS + 1, FIRST_NIGHT + day);
      NightsInMemory.Found found =
          nights.night(
              all.profiles, tonight.posts, tonight.texts, tonight.interactions, FIRST_NIGHT + day);
      if (found.referenceVersion() == 0) {
        continue;
      }
      references += found.referenceVersion() == taken ? 0 : 1;
      taken = found.referenceVersion();
      if (ripe == null) {
        ripe = found.points();
        ripeDays = day;
        continue;
      }
      double[] then = ripe;
      double[] moved =
          IntStream.range(0, ACCOUNTS)
              .filter(i -> !Double.isNaN(then[i]) && !Double.isNaN(found.points()[i]))
              .mapToDouble(i -> found.points()[i] - then[i])
              .sorted()
              .toArray();
      most = Math.max(most, Math.abs(moved[moved.length / 2]));
      mostOfOne = Math.max(mostOfOne, moved[(int) (moved.length * 0.9)]);
    }
    String subject = "seed " + seed;
    return List.of(
        Measurement.of(subject, "day on which the reference is fixed", ripeDays),
        Measurement.of(subject, "reference populations in " + MOST_DAYS + " days", references),
        Measurement.of(subject, "largest median drift after that, points", most).atMost(MOST_DRIFT),
        Measurement.of(subject, "largest rise of one account in ten, points", mostOfOne));
  }

  static List<Measurement> sample(NightsInMemory.Settings settings, long seed) {
    SmallSociety society = new SmallSociety(seed, ACCOUNTS, SAMPLED_ACTS_PER_DAY, null);
    SmallSociety.Rows all = society.begin(FIRST_NIGHT, FIRST_NIGHT);
    society.live(all, FIRST_NIGHT, FIRST_NIGHT + SAMPLED_DAYS);
    SmallSociety.Rows some = society.begin(FIRST_NIGHT, FIRST_NIGHT);
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < all.interactions.size(); row++) {
      if (random.nextDouble() < SAMPLE) {
        some.act(
            all.interactions.texts(Interactions.VERB).get(row),
            (int) all.interactions.longs(Interactions.ACTOR_KEY).get(row),
            (int) all.interactions.longs(Interactions.TARGET_KEY).get(row),
            all.interactions.texts(Interactions.OBJECT_ID).get(row),
            all.interactions.longs(Interactions.HAPPENED_AT).get(row));
      }
    }
    for (int row = 0; row < all.posts.size(); row++) {
      if (random.nextDouble() < SAMPLE) {
        some.post(
            all.posts.texts(Posts.POST_ID).get(row),
            (int) all.posts.longs(Posts.AUTHOR_KEY).get(row),
            all.posts.longs(Posts.HAPPENED_AT).get(row));
      }
    }
    NightsInMemory.Found whole = found(settings, all);
    List<Measurement> measurements = new ArrayList<>();
    for (boolean isCorrected : new boolean[] {false, true}) {
      NightsInMemory.Found part = found(isCorrected ? settings.ofSample(SAMPLE) : settings, some);
      int[] both =
          IntStream.range(0, ACCOUNTS)
              .filter(i -> !Double.isNaN(whole.points()[i]) && !Double.isNaN(part.points()[i]))
              .toArray();
      double[] differences =
          Arrays.stream(both)
              .mapToDouble(i -> part.points()[i] - whole.points()[i])
              .sorted()
              .toArray();
      double within =
          Arrays.stream(both)
              .filter(
                  i ->
                      Math.abs(part.points()[i] - whole.points()[i])
                          <= Math.hypot(part.halfWidth()[i], whole.halfWidth()[i]))
              .count();
      String subject =
          "seed " + seed + ", sample of 1 %" + (isCorrected ? ", corrected" : ", as it is");
      measurements.add(Measurement.of(subject, "accounts with a score in both", both.length));
      if (both.length > 0) {
        measurements.add(
            Measurement.of(
                subject, "median difference, points", differences[differences.length / 2]));
        Measurement share =
            Measurement.of(subject, "share within both intervals", within / both.length);
        measurements.add(isCorrected ? share.atLeast(0.85) : share);
      }
    }
    return measurements;
  }

  private static NightsInMemory.Found found(
      NightsInMemory.Settings settings, SmallSociety.Rows rows) {
    return new NightsInMemory(settings)
        .night(
            rows.profiles, rows.posts, rows.texts, rows.interactions, FIRST_NIGHT + SAMPLED_DAYS);
  }
}
