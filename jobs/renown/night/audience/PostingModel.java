package renown.night.audience;

import java.util.Arrays;

/**
 * When a network's accounts react: {@code posts of hour g * profile[h - g] * activity[h]} reactions
 * in hour h, all hours of the day. Reactions follow posts, so the hours at which an account is
 * reacted to say as much of when it posts as of when its audience is there; the model tells the two
 * apart. Fitted by maximum likelihood for Poisson counts: the multiplicative updates of iterative
 * proportional fitting (Deming, Stephan, Annals of Mathematical Statistics 11, 1940; Darroch,
 * Ratcliff 1972).
 *
 * @param profile reactions that come l hours after a post, as a share of those of its first day
 * @param activity how much the network reacts in an hour, 1 on average
 */
record PostingModel(double[] profile, double[] activity) {
  static final int HOURS = 24;

  private static final int ITERATIONS = 100;

  /**
   * The prior: one post and one reaction, spread evenly, so that an hour without any is rare but
   * not impossible.
   */
  private static final double SMOOTHING = 1;

  /**
   * Shape of the Gamma prior of an account's hourly ratios: their standard deviation is half of
   * their mean unless the data say otherwise.
   */
  private static final double PRIOR_SHAPE = 4;

  private static final int RATE_ITERATIONS = 50;

  /**
   * Fits a network.
   *
   * @param posts by hour, 0 or more
   * @param reactions by hour of the post and hour of the reaction, 0 or more
   */
  static PostingModel fit(double[] posts, double[][] reactions) {
    double[] written = new double[HOURS];
    double[][] counts = new double[HOURS][HOURS];
    for (int g = 0; g < HOURS; g++) {
      written[g] = posts[g] + SMOOTHING / HOURS;
      for (int h = 0; h < HOURS; h++) {
        counts[g][h] = reactions[g][h] + SMOOTHING / (HOURS * HOURS);
      }
    }
    double[] profile = new double[HOURS];
    double[] activity = new double[HOURS];
    Arrays.fill(activity, 1);
    for (int i = 0; i < ITERATIONS; i++) {
      for (int lag = 0; lag < HOURS; lag++) {
        double counted = 0;
        double expected = 0;
        for (int g = 0; g < HOURS; g++) {
          counted += counts[g][(g + lag) % HOURS];
          expected += written[g] * activity[(g + lag) % HOURS];
        }
        profile[lag] = counted / expected;
      }
      for (int h = 0; h < HOURS; h++) {
        double counted = 0;
        double expected = 0;
        for (int g = 0; g < HOURS; g++) {
          counted += counts[g][h];
          expected += written[g] * profile[(h - g + HOURS) % HOURS];
        }
        activity[h] = counted / expected;
      }
      scale(activity, HOURS);
    }
    scale(profile, 1);
    return new PostingModel(profile, activity);
  }

  private static void scale(double[] values, double sum) {
    double factor = sum / Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /**
   * How much more an account's audience reacts in each hour than the network's would to the same
   * posts, relative to its mean hour and shrunk to 1. Reactions of an hour are Poisson with a mean
   * of {@code rate * ratio * expected}; ratios are Gamma with mean 1; the rate is the one under
   * which what was seen is likeliest (Clayton, Kaldor, "Empirical Bayes estimates of
   * age-standardized relative risks", Biometrics 43, 1987, section 3). So {@code ratio = (reactions
   * + 4) / (expected * rate + 4)}.
   *
   * @param posts its posts by hour
   * @param reactions to them by hour
   */
  double[] ratios(double[] posts, double[] reactions) {
    double[] expected = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      for (int h = 0; h < HOURS; h++) {
        expected[h] += posts[g] * profile[(h - g + HOURS) % HOURS] * activity[h];
      }
    }
    double rate = rate(reactions, expected);
    double[] ratios = new double[HOURS];
    for (int h = 0; h < HOURS; h++) {
      ratios[h] = (reactions[h] + PRIOR_SHAPE) / (expected[h] * rate + PRIOR_SHAPE);
    }
    return ratios;
  }

  /**
   * The root of the likelihood's derivative, so that hours with much data do not outvote the
   * others.
   */
  private static double rate(double[] reactions, double[] expected) {
    double all = Arrays.stream(expected).sum();
    double rate = all > 0 ? Arrays.stream(reactions).sum() / all : 0;
    for (int i = 0; i < RATE_ITERATIONS && rate > 0; i++) {
      double seen = 0;
      double due = 0;
      for (int h = 0; h < HOURS; h++) {
        double weight = 1 / (PRIOR_SHAPE + expected[h] * rate);
        seen += weight * reactions[h];
        due += weight * expected[h];
      }
      rate = seen / due;
    }
    return rate;
  }

  /**
   * What a post of each hour may expect beyond what the account's posts do now, as a share of it.
   *
   * @param posts its posts by hour; if there are none it posts at any hour alike
   * @param ratios from {@link #ratios}
   */
  double[] gains(double[] posts, double[] ratios) {
    double[] values = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      for (int lag = 0; lag < HOURS; lag++) {
        int h = (g + lag) % HOURS;
        values[g] += profile[lag] * activity[h] * ratios[h];
      }
    }
    double all = Arrays.stream(posts).sum();
    double habit = 0;
    for (int g = 0; g < HOURS; g++) {
      habit += values[g] * (all > 0 ? posts[g] / all : 1.0 / HOURS);
    }
    double[] gains = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      gains[g] = values[g] / habit - 1;
    }
    return gains;
  }
}
