package renown.kernels.cascades;

import org.apache.commons.math3.special.Beta;

/**
 * What a post of an author may draw. A post's rate varies around its author's, and authors' rates
 * around that of authors like them, both as gamma distributions; the count is Poisson: a negative
 * binomial distribution (Greenwood and Yule 1920; shrinkage as in Robbins' empirical Bayes). Fitted
 * by moments, as a one-way analysis of variance with unequal numbers of posts (Searle, Casella and
 * McCulloch, "Variance Components", 1992, section 3.6).
 *
 * @param mean of all posts, above 0
 * @param postShape gamma shape of a post's rate around its author's: the smaller, the more the
 *     posts of one author differ
 * @param authorShape gamma shape of authors' rates around the mean
 */
public record AuthorPrior(double mean, double postShape, double authorShape) {
  private static final double LEAST_MEAN = 0.01;
  private static final double LEAST_SHAPE = 0.05;
  private static final double MOST_SHAPE = 1e4;

  /** Weight, in posts, of all authors' posts in the fit for authors with a similar audience. */
  private static final double BORROWED_POSTS = 5;

  /** With fewer repeated posts the variation between posts of one author cannot be estimated. */
  private static final double LEAST_REPEATS = 30;

  private static final double LEAST_AUTHORS = 10;

  /**
   * Sums over authors.
   *
   * @param authors how many
   * @param posts theirs
   * @param sum of what the posts drew
   * @param squares of what each post drew
   * @param authorSquares sum over authors of the square of their sum divided by their posts
   * @param postSquares sum over authors of the square of their number of posts
   */
  public record Totals(
      double authors,
      double posts,
      double sum,
      double squares,
      double authorSquares,
      double postSquares) {
    public static final Totals NOTHING = new Totals(0, 0, 0, 0, 0, 0);

    public Totals plus(Totals other) {
      return new Totals(
          authors + other.authors,
          posts + other.posts,
          sum + other.sum,
          squares + other.squares,
          authorSquares + other.authorSquares,
          postSquares + other.postSquares);
    }

    /** Whether the variation between authors and between posts can be estimated. */
    public boolean areEnough() {
      return authors >= LEAST_AUTHORS && posts - authors >= LEAST_REPEATS;
    }
  }

  /**
   * What a post is expected to draw.
   *
   * @param mean of the negative binomial distribution
   * @param size its size: variance = mean + mean^2 / size
   */
  public record Forecast(double mean, double size) {
    /** The probability of drawing so much or more. */
    public double tail(long count) {
      return count <= 0 ? 1 : Beta.regularizedBeta(mean / (mean + size), count, size);
    }
  }

  /**
   * Fits authors with a similar audience; if there are few, their variation is taken from all
   * authors.
   */
  public static AuthorPrior fit(Totals alike, Totals all) {
    double meanOfAll = Math.max(all.sum() / all.posts(), LEAST_MEAN);
    double mean =
        Math.max(
            (alike.sum() + BORROWED_POSTS * meanOfAll) / (alike.posts() + BORROWED_POSTS),
            LEAST_MEAN);
    Totals fitted = alike.areEnough() ? alike : all;
    double authors = Math.max(fitted.authors(), 2);
    double own = Math.max(fitted.sum() / fitted.posts(), LEAST_MEAN);
    double within =
        (fitted.squares() - fitted.authorSquares()) / Math.max(fitted.posts() - authors, 1);
    double between =
        (fitted.authorSquares() - fitted.sum() * fitted.sum() / fitted.posts()) / (authors - 1);
    double postsPerAuthor =
        (fitted.posts() - fitted.postSquares() / fitted.posts()) / (authors - 1);
    double authorVariance = Math.max(0, (between - within) / Math.max(postsPerAuthor, LEAST_MEAN));
    return new AuthorPrior(
        mean, shape(own * own + authorVariance, within - own), shape(own * own, authorVariance));
  }

  private static double shape(double square, double variance) {
    return Math.min(MOST_SHAPE, Math.max(LEAST_SHAPE, square / Math.max(variance, 1e-9)));
  }

  /**
   * What the next post of an author may draw. The author's rate is again gamma distributed, with a
   * shape that grows by what the record drew, as in the conjugate case: who drew much once is known
   * better than who drew nothing, and of whom nothing is known but that it draws little the next
   * post may surprise as much as anybody's. Where posts of one author differ by more than chance a
   * reaction tells less, by the ratio of both variances.
   *
   * @param posts in its record, 0 or more
   * @param sum of what they drew
   */
  public Forecast forecast(double posts, double sum) {
    double authorVariance = mean * mean / authorShape;
    double within = mean + (mean * mean + authorVariance) / postShape;
    double borrowed = within / authorVariance;
    double expected = (borrowed * mean + sum) / (borrowed + posts);
    double shape = (borrowed * mean + sum) * mean / within;
    double unsure = 1 / shape;
    return new Forecast(expected, 1 / ((1 + 1 / postShape) * (1 + unsure) - 1));
  }
}
