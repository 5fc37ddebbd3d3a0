package renown.kernels.hours;

import java.util.Arrays;

/**
 * When a network's accounts react: {@code posts of hour g * profile[lag] * activity[g + lag]}
 * reactions so many hours later, by hour of the week on the clock of those who react. Reactions
 * follow posts, so the hours at which an account is reacted to say as much of when it posts as of
 * when its audience is there; the model tells the two apart. Fitted by maximum likelihood for
 * Poisson counts: the multiplicative updates of iterative proportional fitting (Deming, Stephan,
 * Annals of Mathematical Statistics 11, 1940; Darroch, Ratcliff 1972).
 *
 * @param profile reactions that come so many hours after a post, as a share of those of its first
 *     day
 * @param activity how much the network reacts in an hour of the week, 1 on average
 */
public record PostingModel(double[] profile, double[] activity) {
  /** Hours after a post in which reactions count. */
  public static final int LAGS = Week.DAY;

  private static final int HOURS = Week.HOURS;
  private static final int ITERATIONS = 100;

  /**
   * The prior: one post and one reaction, spread evenly, so that an hour without any is rare but
   * not impossible.
   */
  private static final double SMOOTHING = 1;

  /**
   * Shape of the Gamma priors of ratios: their standard deviation is half of their mean unless the
   * data say otherwise.
   */
  private static final double PRIOR_SHAPE = 4;

  private static final int RATE_ITERATIONS = 50;

  /**
   * Fits a network. Activity is first that of the hour of the day times that of the weekday; where
   * an hour of the week has seen enough, its own.
   *
   * @param posts by hour of the week, 0 or more
   * @param reactions by hour of the post and hours after it, 0 or more
   */
  public static PostingModel fit(double[] posts, double[][] reactions) {
    double[] written = new double[HOURS];
    double[][] counts = new double[HOURS][LAGS];
    double[] byHour = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      written[g] = posts[g] + SMOOTHING / HOURS;
      for (int lag = 0; lag < LAGS; lag++) {
        counts[g][lag] = reactions[g][lag] + SMOOTHING / (HOURS * LAGS);
        byHour[Week.later(g, lag)] += counts[g][lag];
      }
    }
    double[] profile = new double[LAGS];
    Arrays.fill(profile, 1.0 / LAGS);
    double[] ofDay = new double[Week.DAY];
    double[] ofWeekday = new double[Week.DAYS];
    Arrays.fill(ofDay, 1);
    Arrays.fill(ofWeekday, 1);
    double[] activity = new double[HOURS];
    Arrays.fill(activity, 1);
    for (int i = 0; i < ITERATIONS; i++) {
      for (int lag = 0; lag < LAGS; lag++) {
        double counted = 0;
        double expected = 0;
        for (int g = 0; g < HOURS; g++) {
          counted += counts[g][lag];
          expected += written[g] * activity[Week.later(g, lag)];
        }
        profile[lag] = counted / expected;
      }
      double[] reached = spread(written, profile);
      update(ofDay, ofWeekday, byHour, reached);
      update(ofWeekday, ofDay, byHour, reached);
      for (int h = 0; h < HOURS; h++) {
        activity[h] = ofDay[h % Week.DAY] * ofWeekday[h / Week.DAY];
      }
      scale(activity, HOURS);
    }
    double[] reached = spread(written, profile);
    for (int h = 0; h < HOURS; h++) {
      activity[h] *= (byHour[h] + PRIOR_SHAPE) / (reached[h] * activity[h] + PRIOR_SHAPE);
    }
    scale(activity, HOURS);
    scale(profile, 1);
    return new PostingModel(profile, activity);
  }

  /** Fits the hours of the day to weekdays as they are, or weekdays to hours, by their length. */
  private static void update(double[] fitted, double[] other, double[] counted, double[] reached) {
    double[] seen = new double[fitted.length];
    double[] due = new double[fitted.length];
    for (int h = 0; h < HOURS; h++) {
      boolean isHour = fitted.length == Week.DAY;
      int own = isHour ? h % Week.DAY : h / Week.DAY;
      seen[own] += counted[h];
      due[own] += reached[h] * other[isHour ? h / Week.DAY : h % Week.DAY];
    }
    for (int i = 0; i < fitted.length; i++) {
      fitted[i] = seen[i] / due[i];
    }
    if (fitted.length == Week.DAYS) {
      scale(fitted, Week.DAYS);
    }
  }

  /** What comes of posts by hour of the week, were activity the same at all hours. */
  private static double[] spread(double[] posts, double[] profile) {
    double[] reached = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      for (int lag = 0; lag < LAGS && posts[g] != 0; lag++) {
        reached[Week.later(g, lag)] += posts[g] * profile[lag];
      }
    }
    return reached;
  }

  private static void scale(double[] values, double sum) {
    double factor = sum / Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /**
   * How much more an account's audience reacts in each hour of the week than the network's would to
   * the same posts, relative to its mean hour and shrunk to 1: a ratio of the hour of the day times
   * one of the weekday. Reactions of an hour are Poisson with a mean of {@code rate * ratio *
   * expected}; ratios are Gamma with mean 1; the rate is the one under which what was seen is
   * likeliest (Clayton, Kaldor, "Empirical Bayes estimates of age-standardized relative risks",
   * Biometrics 43, 1987, section 3). So {@code ratio = (reactions + 4) / (expected * rate + 4)}.
   *
   * @param posts its posts by hour of the week
   * @param reactions to them by hour of the week
   */
  public double[] ratios(double[] posts, double[] reactions) {
    double[] expected = spread(posts, profile);
    double[] seenByHour = new double[Week.DAY];
    double[] dueByHour = new double[Week.DAY];
    for (int h = 0; h < HOURS; h++) {
      expected[h] *= activity[h];
      seenByHour[h % Week.DAY] += reactions[h];
      dueByHour[h % Week.DAY] += expected[h];
    }
    double[] ofDay = shrunk(seenByHour, dueByHour);
    double[] seenByDay = new double[Week.DAYS];
    double[] dueByDay = new double[Week.DAYS];
    for (int h = 0; h < HOURS; h++) {
      seenByDay[h / Week.DAY] += reactions[h];
      dueByDay[h / Week.DAY] += expected[h] * ofDay[h % Week.DAY];
    }
    double[] ofWeekday = shrunk(seenByDay, dueByDay);
    double[] ratios = new double[HOURS];
    for (int h = 0; h < HOURS; h++) {
      ratios[h] = ofDay[h % Week.DAY] * ofWeekday[h / Week.DAY];
    }
    return ratios;
  }

  private static double[] shrunk(double[] reactions, double[] expected) {
    double rate = rate(reactions, expected);
    double[] ratios = new double[reactions.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = (reactions[i] + PRIOR_SHAPE) / (expected[i] * rate + PRIOR_SHAPE);
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
      for (int h = 0; h < reactions.length; h++) {
        double weight = 1 / (PRIOR_SHAPE + expected[h] * rate);
        seen += weight * reactions[h];
        due += weight * expected[h];
      }
      rate = seen / due;
    }
    return rate;
  }

  /**
   * What a post of each hour of the week may expect beyond what the account's posts do now, as a
   * share of it.
   *
   * @param posts its posts by hour of the week; if there are none it posts at any hour alike
   * @param ratios from {@link #ratios}
   */
  public double[] gains(double[] posts, double[] ratios) {
    double[] values = new double[HOURS];
    for (int g = 0; g < HOURS; g++) {
      for (int lag = 0; lag < LAGS; lag++) {
        int h = Week.later(g, lag);
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
