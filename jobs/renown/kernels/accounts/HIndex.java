package renown.kernels.accounts;

import java.util.Arrays;

/**
 * The h-index of posts, made continuous: where the falling line through the posts' reactors crosses
 * the rising line through their places (Hirsch, PNAS 2005; the real-valued variant of Rousseau
 * 2006). It moves without a step as reactions fade, and its whole part is the usual h-index.
 *
 * @param value 0 or more
 * @param elasticity by what share the value grows per share by which all posts' reactors grow, 0 to
 *     1
 */
public record HIndex(double value, double elasticity) {
  /**
   * @param reactors of an account's posts, 0 or more, in any order; sorted afterwards
   * @param from the first of them
   * @param to one after the last
   */
  public static HIndex of(double[] reactors, int from, int to) {
    Arrays.sort(reactors, from, to);
    int posts = to - from;
    if (posts == 0) {
      return new HIndex(0, 0);
    }
    double largest = reactors[to - 1];
    if (largest < 1) {
      return new HIndex(Math.max(largest, 0), largest > 0 ? 1 : 0);
    }
    int place = 1;
    while (place < posts && reactors[to - 1 - place] >= place + 1) {
      place++;
    }
    double here = reactors[to - place];
    double slope = (place < posts ? reactors[to - 1 - place] : 0) - here;
    return new HIndex((here - place * slope) / (1 - slope), 1 / (1 - slope));
  }
}
