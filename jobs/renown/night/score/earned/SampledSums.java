package renown.night.score.earned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import renown.kernels.bootstrap.ActorMultipliers;

/**
 * Sums of actors' values, in the data and in each bootstrap replicate. As SQL sums these would be a
 * hundred expressions, which take longer to plan and compile than a small night takes to sum.
 * Public because Spark reads the beans.
 */
public final class SampledSums extends Aggregator<Row, SampledSums.Sums, Row> {
  private static final long serialVersionUID = 1;

  private final ArrayList<String> names;
  private final int replicates;

  /**
   * @param names of the values to sum, integers each of whose sums fits 64 bits
   */
  SampledSums(List<String> names, int replicates) {
    this.names = new ArrayList<>(names);
    this.replicates = replicates;
  }

  /** Of the columns to aggregate: the actor's key, and the values in the order of their names. */
  Encoder<Row> inputEncoder() {
    StructType input = new StructType().add("src_key", DataTypes.LongType, false);
    for (String name : names) {
      input = input.add(name, DataTypes.LongType, false);
    }
    return Encoders.row(input);
  }

  /** Sums by name, and for each name by replicate. */
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
    sums.values = new long[names.size() * (replicates + 1)];
    return sums;
  }

  @Override
  public Sums reduce(Sums sums, Row row) {
    int[] multipliers = ActorMultipliers.of(row.getLong(0), replicates);
    for (int i = 0; i < names.size(); i++) {
      long value = row.getLong(i + 1);
      for (int sample = 0; value != 0 && sample <= replicates; sample++) {
        sums.values[i * multipliers.length + sample] += value * multipliers[sample];
      }
    }
    return sums;
  }

  @Override
  public Sums merge(Sums sums, Sums others) {
    for (int i = 0; i < sums.values.length; i++) {
      sums.values[i] += others.values[i];
    }
    return sums;
  }

  @Override
  public Row finish(Sums sums) {
    int samples = replicates + 1;
    Object[] arrays = new Object[names.size()];
    Arrays.setAll(arrays, i -> Arrays.copyOfRange(sums.values, i * samples, (i + 1) * samples));
    return RowFactory.create(arrays);
  }

  @Override
  public Encoder<Sums> bufferEncoder() {
    return Encoders.bean(Sums.class);
  }

  /** By name, an array with the sum in the data first and then in each replicate. */
  @Override
  public Encoder<Row> outputEncoder() {
    List<StructField> fields = new ArrayList<>();
    for (String name : names) {
      fields.add(
          DataTypes.createStructField(
              name, DataTypes.createArrayType(DataTypes.LongType, false), false));
    }
    return Encoders.row(DataTypes.createStructType(fields));
  }
}
