package renown.night.spread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import renown.kernels.cascades.AuthorPrior;

/** Posts that drew far more than their authors' records predict. */
final class Surprises {
  /**
   * One of them.
   *
   * @param post its number
   * @param place among those of its network, from 1
   * @param hours that it has been out, at most 24
   * @param expected accounts that it was to draw in these
   * @param observed accounts that it drew
   * @param tail probability of so many or more
   * @param adjusted the same, corrected for the number of posts looked at
   * @param lookedAt that number, of its network
   * @param authorPosts posts in the author's record
   * @param audience accounts that had attended to the author before
   */
  record Surprise(
      int post,
      long place,
      int hours,
      double expected,
      long observed,
      double tail,
      double adjusted,
      long lookedAt,
      double authorPosts,
      long audience) {}

  private Surprises() {}

  /**
   * What a post counts at most in its author's record and in the fit, so that the few that broke
   * out do not pass for what is usual: three times what one in ten posts of authors with a like
   * audience draws, and 5.
   *
   * @return what each post counts; only of those that are judged
   */
  static long[] counted(NightPosts posts, Judged judged) {
    Integer[] order = new Integer[judged.size()];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> alike =
        Comparator.<Integer>comparingInt(i -> posts.network(judged.post(i)))
            .thenComparingInt(i -> posts.kind(judged.post(i)))
            .thenComparingInt(judged::band);
    Integer[] sorted =
        Arrays.stream(order)
            .filter(judged::isJudged)
            .sorted(alike.thenComparingLong(judged::observed))
            .toArray(Integer[]::new);
    long[] counted = new long[judged.size()];
    for (int from = 0; from < sorted.length; ) {
      int to = from + 1;
      while (to < sorted.length && alike.compare(sorted[from], sorted[to]) == 0) {
        to++;
      }
      long most = (long) Math.rint(ninth(judged, sorted, from, to) * 3 + 5);
      for (int i = from; i < to; i++) {
        counted[sorted[i]] = Math.min(judged.observed(sorted[i]), most);
      }
      from = to;
    }
    return counted;
  }

  /** The ninth decile, between two values in proportion. */
  private static double ninth(Judged judged, Integer[] sorted, int from, int to) {
    double place = (to - from - 1) * 0.9;
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    double low = judged.observed(sorted[from + below]);
    double high = judged.observed(sorted[from + above]);
    return below == above || low == high ? low : (above - place) * low + (place - below) * high;
  }

  /**
   * Which posts drew too much for chance.
   *
   * @param isJudged whether those that are judged, and so are part of the records, or those that
   *     are watched
   * @param level share of the posts found that chance may have brought
   * @param least credible accounts that a post must have drawn
   */
  static List<Surprise> find(
      NightPosts posts,
      Judged judged,
      boolean isJudged,
      long[] counted,
      Records records,
      Priors priors,
      double level,
      long least,
      int networks) {
    long[] lookedAt = new long[networks];
    for (int i = 0; i < judged.size(); i++) {
      lookedAt[posts.network(judged.post(i))] += judged.isJudged(i) == isJudged ? 1 : 0;
    }
    List<List<Surprise>> unlikely = new ArrayList<>();
    for (int network = 0; network < networks; network++) {
      unlikely.add(new ArrayList<>());
    }
    for (int i = 0; i < judged.size(); i++) {
      int post = judged.post(i);
      int network = posts.network(post);
      int kind = posts.kind(post);
      AuthorPrior prior = priors.prior(network, kind, judged.band(i));
      if (judged.isJudged(i) != isJudged || prior == null) {
        continue;
      }
      int record = records.of(posts.author(post), kind);
      double own = isJudged ? 1 : 0;
      double ownSum = isJudged ? counted[i] : 0;
      double authorPosts = record < 0 ? 0 : Math.max(records.posts(record) / Records.UNIT - own, 0);
      double authorSum =
          record < 0 ? 0 : Math.max(records.reactors(record) / Records.UNIT - ownSum, 0);
      AuthorPrior.Forecast made = prior.forecast(authorPosts, authorSum);
      double expected = made.mean() * priors.share(network, kind, posts.hours(post));
      double tail = new AuthorPrior.Forecast(expected, made.size()).tail(judged.observed(i));
      // The correction never lowers a probability: the others cannot be kept.
      if (tail <= level) {
        unlikely
            .get(network)
            .add(
                new Surprise(
                    post,
                    0,
                    posts.hours(post),
                    expected,
                    judged.observed(i),
                    tail,
                    tail,
                    lookedAt[network],
                    authorPosts,
                    judged.audience(i)));
      }
    }
    List<Surprise> found = new ArrayList<>();
    Comparator<Surprise> likeliestLast =
        Comparator.comparingDouble(Surprise::tail)
            .thenComparing(Surprise::observed, Comparator.reverseOrder())
            .thenComparing(one -> UTF8String.fromString(posts.id(one.post())));
    for (List<Surprise> ofNetwork : unlikely) {
      ofNetwork.sort(likeliestLast);
      found.addAll(corrected(ofNetwork, level, least));
    }
    return found;
  }

  /**
   * Corrects for the number of posts looked at, so that of those kept about a share of {@code
   * level} is there by chance (Benjamini and Hochberg, "Controlling the False Discovery Rate",
   * Journal of the Royal Statistical Society B 57, 1995).
   *
   * @param unlikely all of a network whose probability is at most the level, the likeliest last
   * @return those that are kept
   */
  static List<Surprise> corrected(List<Surprise> unlikely, double level, long least) {
    double[] adjusted = new double[unlikely.size()];
    double lowest = 1;
    for (int i = unlikely.size() - 1; i >= 0; i--) {
      Surprise one = unlikely.get(i);
      lowest = Math.min(lowest, one.tail() * one.lookedAt() / (i + 1));
      adjusted[i] = lowest;
    }
    List<Surprise> kept = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Surprise one = unlikely.get(i);
      if (adjusted[i] <= level && one.observed() >= least && one.observed() > one.expected()) {
        kept.add(
            new Surprise(
                one.post(),
                kept.size() + 1L,
                one.hours(),
                one.expected(),
                one.observed(),
                one.tail(),
                adjusted[i],
                one.lookedAt(),
                one.authorPosts(),
                one.audience()));
      }
    }
    return kept;
  }
}
