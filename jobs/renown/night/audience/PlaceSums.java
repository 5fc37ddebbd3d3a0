package renown.night.audience;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udaf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Sums by position: of arrays, and of single values that each add to one position. As one SQL sum
 * per position they would take longer to plan and compile than a small night takes to sum. Public
 * because Spark reads the beans.
 */
public final class PlaceSums extends Aggregator<Row, PlaceSums.Sums, Row> {
  private static final long serialVersionUID = 1;

  private static final StructType INPUT =
      new StructType()
          .add("place", DataTypes.IntegerType, false)
          .add("units", DataTypes.LongType, false)
          .add("earlier_units", DataTypes.createArrayType(DataTypes.LongType, false), true);

  private static final StructType OUTPUT =
      new StructType().add("units", DataTypes.createArrayType(DataTypes.LongType, false), false);

  private final int places;

  private PlaceSums(int places) {
    this.places = places;
  }

  /** Input of {@link #of} for a single value. */
  static Column[] single(Column place, Column units) {
    return columns(place.cast("int"), units, lit(null).cast("array<bigint>"));
  }

  /** Input of {@link #of} for the sums of earlier nights. */
  static Column[] earlier(Column units) {
    return columns(lit(0), lit(0L), units);
  }

  private static Column[] columns(Column place, Column units, Column earlier) {
    return new Column[] {place.as("place"), units.as("units"), earlier.as("earlier_units")};
  }

  /**
   * Of a group of rows with the columns of {@link #single} and {@link #earlier}.
   *
   * @param places length of the arrays; places count from 0
   * @return an array of integers
   */
  static Column of(int places) {
    return udaf(new PlaceSums(places), Encoders.row(INPUT))
        .apply(col("place"), col("units"), col("earlier_units"))
        .getField("units");
  }

  /** The sums so far. */
  public static final class Sums {
    private long[] values;

    public long[] getValues() {
      return values;
    }

    public void setValues(long[] values) {
      this.values = values;
    }
  }

  @Override
  public Sums zero() {
    Sums sums = new Sums();
    sums.values = new long[places];
    return sums;
  }

  @Override
  public Sums reduce(Sums sums, Row row) {
    if (row.isNullAt(2)) {
      sums.values[row.getInt(0)] += row.getLong(1);
    } else {
      int place = 0;
      for (long units : row.<Long>getList(2)) {
        sums.values[place] += units;
        place++;
      }
    }
    return sums;
  }

  @Override
  public Sums merge(Sums sums, Sums others) {
    for (int place = 0; place < places; place++) {
      sums.values[place] += others.values[place];
    }
    return sums;
  }

  @Override
  public Row finish(Sums sums) {
    return RowFactory.create((Object) sums.values);
  }

  @Override
  public Encoder<Sums> bufferEncoder() {
    return Encoders.bean(Sums.class);
  }

  @Override
  public Encoder<Row> outputEncoder() {
    return Encoders.row(OUTPUT);
  }
}
