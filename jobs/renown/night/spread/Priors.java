package renown.night.spread;

import java.util.Arrays;
import renown.kernels.cascades.AuthorPrior;
import renown.kernels.cascades.AuthorPrior.Totals;
import renown.kernels.cascades.Cascade;

/**
 * What posts are expected to draw, by network, kind of post and audience band, and how it comes in
 * over their first 24 hours.
 */
final class Priors {
  /** The band of 2^40 accounts, as many as keys allow. */
  private static final int BANDS = 21;

  private static final int SUMS = 6;

  private final AuthorPrior[][] priors;
  private final double[][] curves;

  /**
   * @param networks how many there are
   * @param records with tonight's judged posts
   * @param judged posts
   * @param counted what each of them counts
   */
  Priors(
      int networks,
      Records records,
      People people,
      NightPosts posts,
      Judged judged,
      long[] counted) {
    int groups = networks * NightPosts.KINDS.size();
    long[][] sums = new long[groups * BANDS][];
    for (int row = 0; row < records.size(); row++) {
      if (records.isKept(row)) {
        int group = group(records.network(row), records.kind(row));
        add(sums, group * BANDS + records.band(row, people), records, row);
      }
    }
    long[][] hours = new long[groups][];
    for (int i = 0; i < judged.size(); i++) {
      // The few that broke out do not tell how reactions usually come in.
      if (judged.isJudged(i) && judged.observed(i) == counted[i]) {
        int group = group(posts.network(judged.post(i)), posts.kind(judged.post(i)));
        if (hours[group] == null) {
          hours[group] = new long[Cascade.HOURS];
        }
        for (int hour = 0; hour < Cascade.HOURS; hour++) {
          hours[group][hour] += judged.drawn(i, hour);
        }
      }
    }
    priors = new AuthorPrior[groups][];
    curves = new double[groups][];
    for (int group = 0; group < groups; group++) {
      if (hours[group] != null) {
        curves[group] = curve(hours[group]);
        priors[group] = fit(Arrays.copyOfRange(sums, group * BANDS, (group + 1) * BANDS));
      }
    }
  }

  private static int group(int network, int kind) {
    return network * NightPosts.KINDS.size() + kind;
  }

  private static void add(long[][] sums, int place, Records records, int row) {
    if (sums[place] == null) {
      sums[place] = new long[SUMS];
    }
    double sum = records.reactors(row);
    double posts = records.posts(row);
    sums[place][0] += (long) Records.UNIT;
    sums[place][1] += records.posts(row);
    sums[place][2] += records.reactors(row);
    sums[place][3] += records.squares(row);
    sums[place][4] += (long) Math.rint(sum * sum / posts);
    sums[place][5] += (long) Math.rint(posts * posts / Records.UNIT);
  }

  private static AuthorPrior[] fit(long[][] bands) {
    Totals[] totals = new Totals[BANDS];
    // In the order of the bands: a sum of fractions depends on its order.
    Totals all = Totals.NOTHING;
    for (int band = 0; band < BANDS; band++) {
      totals[band] = Totals.NOTHING;
      if (bands[band] != null) {
        double[] v =
            Arrays.stream(bands[band]).mapToDouble(units -> units / Records.UNIT).toArray();
        totals[band] = new Totals(v[0], v[1], v[2], v[3], v[4], v[5]);
      }
      all = all.plus(totals[band]);
    }
    AuthorPrior[] priors = new AuthorPrior[BANDS];
    for (int band = 0; band < BANDS; band++) {
      priors[band] = AuthorPrior.fit(alike(totals, band), all);
    }
    return priors;
  }

  /** Authors of a band, plus those of the nearest bands if there are few. */
  private static Totals alike(Totals[] bands, int band) {
    Totals alike = bands[band];
    for (int step = 1; step < BANDS && !alike.areEnough(); step++) {
      alike = alike.plus(band >= step ? bands[band - step] : Totals.NOTHING);
      alike = alike.plus(band + step < BANDS ? bands[band + step] : Totals.NOTHING);
    }
    return alike;
  }

  private static double[] curve(long[] hourly) {
    double[] curve = new double[Cascade.HOURS];
    double all = Arrays.stream(hourly).sum();
    double sum = 0;
    for (int hour = 0; hour < Cascade.HOURS; hour++) {
      sum += hourly[hour];
      // Where nothing was ever drawn any hour is as good as another.
      curve[hour] = all > 0 ? sum / all : (hour + 1.0) / Cascade.HOURS;
    }
    return curve;
  }

  /** The prior of posts; null where none of their network and kind was ever judged. */
  AuthorPrior prior(int network, int kind, int band) {
    AuthorPrior[] ofGroup = priors[group(network, kind)];
    return ofGroup == null ? null : ofGroup[band];
  }

  /** The share of what such posts draw in 24 hours that comes within the first so many. */
  double share(int network, int kind, int hours) {
    return curves[group(network, kind)][hours - 1];
  }
}
