package renown.night.score.model;

import java.io.Serializable;
import java.util.Map;

/**
 * A non-negative linear model on logarithms: {@code ln(earned attention) = sum over terms of weight
 * * ln(1 + value / scale)}.
 */
public final class EarnedAttentionModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] weights = new double[Term.values().length];
  private final double[] scales = new double[weights.length];

  /**
   * @param weights by the term's word, 0 or more; terms without one count nothing
   */
  public EarnedAttentionModel(Measure measure, Map<String, Double> weights) {
    for (Term term : Term.values()) {
      this.weights[term.ordinal()] = weights.getOrDefault(term.word(), 0.0);
      this.scales[term.ordinal()] = term.scale(measure);
    }
  }

  /** 0 or more. */
  public double weight(Term term) {
    return weights[term.ordinal()];
  }

  /** In the unit of the term's value, above 0. */
  public double scale(Term term) {
    return scales[term.ordinal()];
  }

  /**
   * What each term adds to the logarithm.
   *
   * @param values in the order of {@link Term}, 0 or more
   */
  public double[] parts(double[] values) {
    double[] parts = new double[weights.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = weights[i] * StrictMath.log1p(values[i] / scales[i]);
    }
    return parts;
  }

  /**
   * What a weight of 1 would add: {@code ln(1 + value / scale)}.
   *
   * @param value 0 or more
   */
  public static double logarithm(Term term, Measure measure, double value) {
    return StrictMath.log1p(value / term.scale(measure));
  }

  /** The logarithm: the sum of {@link #parts} in their order. */
  public double logarithm(double[] values) {
    return sum(parts(values));
  }

  /** In order, so that the bits are reproducible. */
  public static double sum(double[] parts) {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }
}
