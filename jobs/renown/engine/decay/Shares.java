package renown.engine.decay;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * Parts of sums that fade. What was done long ago weighs next to nothing, so a sum of it in whole
 * units may be 0 though nothing that was added is; Spark fails on a division by 0.
 */
public final class Shares {
  /** An act of 30 half-lives ago is some 2^30 of these, so its share is as exact as any. */
  private static final double UNITS = 1L << 60;

  private Shares() {}

  /** A part of a whole; 0 where the whole is nothing, or not known. */
  public static Column of(Column part, Column whole) {
    return when(whole.gt(0), part.cast("double").divide(whole.cast("double"))).otherwise(lit(0.0));
  }

  /** The same where rounding may make a part greater than its whole: at most 1. */
  public static Column within(Column part, Column whole) {
    return when(part.lt(whole), of(part, whole)).when(part.gt(0), lit(1.0)).otherwise(lit(0.0));
  }

  /** A value as whole units of 2^-60, whose sums are exact in any order. */
  public static Column units(Column value) {
    return rint(value.multiply(lit(UNITS))).cast("decimal(38,0)");
  }

  /** What such units, or a sum of them, are worth. */
  public static Column worth(Column units) {
    return units.cast("double").divide(lit(UNITS));
  }

  /** A sum that is the same in any order, and above 0 where a value of 2^-60 or more is. */
  public static Column exactSum(Column value) {
    return worth(sum(units(value)));
  }
}
