package renown.engine.decay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.unix_micros;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Forward decay: an act weighs {@code 2^((its time - landmark) / half-life)}, seen from a landmark
 * in the past, so that sums never have to be rewritten as time goes by; seen from a night, a sum is
 * divided by the same function of that night (Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay",
 * ICDE 2009, section 3).
 *
 * <p>Weights are rounded to integer multiples of 2^-30. Sums of integers are exact in any order, so
 * the same acts give the same bits however they are spread, and what is undone leaves nothing
 * behind.
 */
public final class ForwardDecay {
  /** An act at the landmark weighs 2^30 units. */
  public static final int UNIT_BITS = 30;

  private static final double MICROS_PER_DAY = 86_400e6;

  private ForwardDecay() {}

  /**
   * The weight of one act, units.
   *
   * @param happenedAt timestamp
   * @param landmark timestamp
   * @param halfLifeDays whole number above 0
   */
  public static Column units(Column happenedAt, Column landmark, Column halfLifeDays) {
    Column halfLives =
        unix_micros(happenedAt)
            .minus(unix_micros(landmark))
            .divide(halfLifeDays.multiply(lit(MICROS_PER_DAY)));
    return rint(pow(lit(2.0), halfLives.plus(lit((double) UNIT_BITS)))).cast("long");
  }

  /**
   * The weight of one act, units, without Spark.
   *
   * @param happenedAt microseconds since 1970
   * @param landmark days since 1970
   * @param halfLifeDays above 0
   */
  public static long units(long happenedAt, long landmark, long halfLifeDays) {
    double halfLives =
        (happenedAt - landmark * (long) MICROS_PER_DAY) / (halfLifeDays * MICROS_PER_DAY);
    return (long) Math.rint(StrictMath.pow(2, halfLives + UNIT_BITS));
  }

  /**
   * What a sum of units is worth at the end of a night, without Spark: acts per unit.
   *
   * @param night days since 1970
   * @param landmark days since 1970
   * @param halfLifeDays above 0
   */
  public static double actsPerUnit(long night, long landmark, long halfLifeDays) {
    double halfLives = (double) (night + 1 - landmark) / halfLifeDays;
    return StrictMath.pow(2, -halfLives) / (1L << UNIT_BITS);
  }

  /** Columns of the landmarks table as a timestamp. */
  public static Column landmark() {
    return col("landmark_date").cast("timestamp");
  }

  /**
   * What a sum of units is worth at an instant: undecayed acts per unit.
   *
   * @param at timestamp from which it is seen
   * @param landmark timestamp
   * @param halfLifeDays whole number above 0
   */
  public static Column actsPerUnit(Column at, Column landmark, Column halfLifeDays) {
    Column halfLives =
        unix_micros(at)
            .minus(unix_micros(landmark))
            .divide(halfLifeDays.multiply(lit(MICROS_PER_DAY)));
    return pow(lit(2.0), halfLives.multiply(lit(-1))).divide(lit((double) (1L << UNIT_BITS)));
  }

  /**
   * What a unit of each network is worth at the end of a night.
   *
   * @param landmarks rows with network, half_life_days and the {@link #landmark} columns
   * @return network, decay (acts per unit, above 0); one row per network
   */
  public static Dataset<Row> atEndOf(Column night, Dataset<Row> landmarks) {
    Column nightEnd = date_add(night, 1).cast("timestamp");
    return landmarks.select(
        col("network"), actsPerUnit(nightEnd, landmark(), col("half_life_days")).as("decay"));
  }
}
