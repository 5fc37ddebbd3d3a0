package renown.night.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import renown.engine.decay.EdgeSums;
import renown.kernels.communities.LabelPropagation;
import renown.tables.Communities;

/** Detects communities of the attention graph, network by network. */
final class CommunityDetection {
  /** Edge weights are integer multiples of this. */
  private static final double UNITS = 1 << 10;

  private static final String[] ATTENTION =
      EdgeSums.VERBS.stream().filter(verb -> !verb.equals("block")).toArray(String[]::new);

  private static final StructType LABELS =
      StructType.fromDDL("network string, account_key bigint, community_key bigint");

  private CommunityDetection() {}

  /**
   * The attention graph without directions.
   *
   * @param edges from {@link EdgeSums#of}; blocks do not count
   * @param exclusions rows of {@code exclusions}: neither end of a tie is one of them
   * @return network, first_key, second_key above it, weight: {@code ln(1 + decayed acts)} of both
   *     directions added up, in units of 2^-10; at least 1
   */
  static Dataset<Row> ties(Dataset<Row> edges, Dataset<Row> exclusions) {
    Dataset<Row> excluded = exclusions.select(col("account_key"));
    Column acts = EdgeSums.decayedCount(ATTENTION);
    return edges
        .join(excluded, col("src_key").equalTo(excluded.col("account_key")), "left_anti")
        .join(excluded, col("dst_key").equalTo(excluded.col("account_key")), "left_anti")
        .groupBy(
            col("network"),
            least(col("src_key"), col("dst_key")).as("first_key"),
            greatest(col("src_key"), col("dst_key")).as("second_key"))
        .agg(sum(rint(log1p(acts).multiply(lit(UNITS))).cast("long")).as("weight"))
        .where(col("weight").gt(0));
  }

  /**
   * The communities: {@link LabelPropagation} by one task per network, which holds all its ties (80
   * bytes each).
   *
   * @param ties from {@link #ties}
   * @param before rows of {@code communities} of an earlier night, to begin with
   * @return rows of {@code communities}
   */
  static Dataset<Row> communities(Dataset<Row> ties, Dataset<Row> before, Column night) {
    Dataset<Row> labels =
        before.select(
            col("network"),
            lit(true).as("is_label"),
            col("account_key").as("first_key"),
            col("community_key").as("second_key"),
            lit(0L).as("weight"));
    MapPartitionsFunction<Row, Row> propagate = Networks::new;
    return ties.select(
            col("network"),
            lit(false).as("is_label"),
            col("first_key"),
            col("second_key"),
            col("weight"))
        .unionByName(labels)
        .repartition(col("network"))
        .sortWithinPartitions("network")
        .mapPartitions(propagate, Encoders.row(LABELS))
        .withColumn("night", night)
        .select(Communities.TABLE.cols());
  }

  /** Reads one network at a time and returns its labels. */
  private static final class Networks implements Iterator<Row> {
    private final Iterator<Row> rows;
    private Row next;
    private Iterator<Row> labels = List.<Row>of().iterator();

    Networks(Iterator<Row> rows) {
      this.rows = rows;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (!labels.hasNext() && next != null) {
        labels = network();
      }
      return labels.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return labels.next();
    }

    private Iterator<Row> network() {
      String network = next.getString(0);
      LongList first = new LongList();
      LongList second = new LongList();
      LongList weights = new LongList();
      List<long[]> before = new ArrayList<>();
      while (next != null && next.getString(0).equals(network)) {
        if (next.getBoolean(1)) {
          before.add(new long[] {next.getLong(2), next.getLong(3)});
        } else {
          first.add(next.getLong(2));
          second.add(next.getLong(3));
          weights.add(next.getLong(4));
        }
        next = rows.hasNext() ? rows.next() : null;
      }
      before.sort((a, b) -> Long.compare(a[0], b[0]));
      LabelPropagation.Labels found =
          LabelPropagation.communities(
              first.toArray(),
              second.toArray(),
              weights.toArray(),
              new LabelPropagation.Labels(
                  before.stream().mapToLong(pair -> pair[0]).toArray(),
                  before.stream().mapToLong(pair -> pair[1]).toArray()));
      return java.util.stream.IntStream.range(0, found.keys().length)
          .mapToObj(i -> RowFactory.create(network, found.keys()[i], found.labels()[i]))
          .iterator();
    }
  }

  /** Grows as it is added to. */
  private static final class LongList {
    private long[] values = new long[1024];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.max(size, size + (size >> 1)));
      }
      values[size++] = value;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
