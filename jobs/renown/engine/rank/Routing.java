package renown.engine.rank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.CollectionAccumulator;
import renown.kernels.rank.AccountValues;
import renown.kernels.rank.EdgeColumns;
import renown.kernels.rank.Hubs;
import renown.kernels.rank.KeyIndex;
import renown.kernels.rank.RawBlock;
import scala.Tuple2;

/** Routes rows to the blocks that own them, packed in byte arrays. */
final class Routing {
  private static final int EXAMPLES = 3;
  private static final String NULL_EDGE = "an edge with a null in it";
  private static final String NULL_ACCOUNT = "a row with a null in it";
  private static final int CHUNK_TOTAL_BYTES = 1 << 22;

  private Routing() {}

  /**
   * Edges to the owners of their destinations.
   *
   * @param edges columns source key, destination key (long), and perhaps weight (double), in this
   *     order
   * @param hubs keys of hubs, rising; edges to them go to the owners of their sources
   * @param invalid takes a few examples of edges that break the contract; they go nowhere
   */
  static JavaRDD<Tuple2<Integer, byte[]>> edges(
      Dataset<Row> edges, long[] hubs, int blocks, CollectionAccumulator<String> invalid) {
    boolean isWeighted = edges.columns().length == 3;
    return internalRows(edges)
        .mapPartitions(
            rows -> new Packer(rows, new EdgePacking(isWeighted, hubs, invalid), blocks));
  }

  /**
   * The hubs of a graph, rising: two looks at all edges, the second only if there may be any.
   *
   * @param fewest see {@link Hubs#bound}
   */
  static long[] hubs(Dataset<Row> edges, long fewest) {
    JavaRDD<InternalRow> rows = internalRows(edges).filter(row -> !row.isNullAt(1));
    Hubs.Frequent frequent =
        rows.mapPartitions(
                each -> {
                  Hubs.Frequent found = new Hubs.Frequent();
                  each.forEachRemaining(row -> found.add(row.getLong(1)));
                  return List.of(found).iterator();
                })
            .fold(new Hubs.Frequent(), Hubs.Frequent::plus);
    long bound = Hubs.bound(frequent.added(), fewest);
    if (frequent.added() <= bound) {
      return new long[0];
    }
    long[] candidates = frequent.candidates();
    long[] counts =
        rows.mapPartitions(
                each -> {
                  long[] found = new long[candidates.length];
                  while (each.hasNext()) {
                    int at = Arrays.binarySearch(candidates, each.next().getLong(1));
                    if (at >= 0) {
                      found[at]++;
                    }
                  }
                  return List.of(found).iterator();
                })
            .fold(
                new long[candidates.length],
                (a, b) -> {
                  long[] sums = a.clone();
                  Arrays.setAll(sums, i -> a[i] + b[i]);
                  return sums;
                });
    return IntStream.range(0, candidates.length)
        .filter(i -> counts[i] > bound)
        .mapToLong(i -> candidates[i])
        .toArray();
  }

  /**
   * Numbers per account to the accounts' owners.
   *
   * @param accounts columns account key (long), value (double), in this order
   * @param invalid takes a few examples of rows that break the contract; they go nowhere
   */
  static JavaRDD<Tuple2<Integer, byte[]>> accounts(
      Dataset<Row> accounts, int blocks, CollectionAccumulator<String> invalid) {
    return internalRows(accounts)
        .mapPartitions(rows -> new Packer(rows, new AccountPacking(invalid), blocks));
  }

  /**
   * Edges as columns, a partition as one. Where the rows come out of files in columns they are
   * never made.
   *
   * @param edges see {@link #edges}
   * @param invalid takes a few examples of edges that break the contract; they are left out
   */
  static JavaRDD<EdgeColumns> columns(Dataset<Row> edges, CollectionAccumulator<String> invalid) {
    int width = edges.columns().length;
    SparkPlan plan = edges.queryExecution().executedPlan();
    while (plan instanceof WholeStageCodegenExec || plan instanceof InputAdapter) {
      plan = plan.children().head();
    }
    if (plan instanceof ColumnarToRowExec) {
      SparkPlan inColumns = plan.children().head();
      if (inColumns.supportsColumnar() && inColumns.output().size() == width) {
        return inColumns
            .executeColumnar()
            .toJavaRDD()
            .mapPartitions(
                batches -> {
                  EdgeReader reader = new EdgeReader(width, invalid);
                  batches.forEachRemaining(reader::take);
                  return List.of(reader.finish()).iterator();
                });
      }
    }
    return internalRows(edges)
        .mapPartitions(
            rows -> {
              EdgeReader reader = new EdgeReader(width, invalid);
              rows.forEachRemaining(reader::take);
              return List.of(reader.finish()).iterator();
            });
  }

  /**
   * The keys of accounts, some at a time.
   *
   * @param accounts one column (long)
   * @param invalid takes a few examples of rows without one; they are left out
   */
  static JavaRDD<long[]> keys(Dataset<Row> accounts, CollectionAccumulator<String> invalid) {
    return internalRows(accounts)
        .mapPartitions(
            rows -> {
              LongStream.Builder keys = LongStream.builder();
              boolean isTold = false;
              while (rows.hasNext()) {
                InternalRow row = rows.next();
                if (!row.isNullAt(0)) {
                  keys.add(row.getLong(0));
                } else if (!isTold) {
                  invalid.add(NULL_ACCOUNT);
                  isTold = true;
                }
              }
              return List.of(keys.build().toArray()).iterator();
            });
  }

  /** What is wrong with an edge, null if nothing. */
  private static String problem(long source, long destination, double weight) {
    return weight > 0 && weight <= Float.MAX_VALUE
        ? null
        : "edge " + source + " -> " + destination + " has weight " + weight;
  }

  /** As a float, of which the least normal one stands for all below it. */
  private static float narrow(double weight) {
    return Math.max((float) weight, Float.MIN_NORMAL);
  }

  /** Gathers a partition's edges. */
  private static final class EdgeReader {
    private final EdgeColumns columns = new EdgeColumns();
    private final long[] sources = new long[EdgeColumns.CHUNK_EDGES];
    private final long[] destinations = new long[EdgeColumns.CHUNK_EDGES];
    private final float[] weights;
    private final CollectionAccumulator<String> invalid;
    private int filled;
    private int found;

    /**
     * @param width 3 if there are weights
     */
    EdgeReader(int width, CollectionAccumulator<String> invalid) {
      this.weights = width == 3 ? new float[EdgeColumns.CHUNK_EDGES] : null;
      this.invalid = invalid;
    }

    void take(ColumnarBatch batch) {
      int rows = batch.numRows();
      boolean hasNull = false;
      for (int column = 0; column < batch.numCols(); column++) {
        hasNull |= batch.column(column).hasNull();
      }
      float[] worth = null;
      boolean isFine = !hasNull;
      if (isFine && weights != null) {
        worth = new float[rows];
        double[] given = batch.column(2).getDoubles(0, rows);
        for (int i = 0; i < rows; i++) {
          isFine &= given[i] > 0 && given[i] <= Float.MAX_VALUE;
          worth[i] = narrow(given[i]);
        }
      }
      if (isFine) {
        flush();
        long[] from = batch.column(0).getLongs(0, rows);
        columns.add(from, batch.column(1).getLongs(0, rows), worth, rows);
      } else {
        batch.rowIterator().forEachRemaining(this::take);
      }
    }

    void take(InternalRow row) {
      if (row.isNullAt(0) || row.isNullAt(1) || weights != null && row.isNullAt(2)) {
        refuse(NULL_EDGE);
        return;
      }
      long source = row.getLong(0);
      long destination = row.getLong(1);
      if (weights != null) {
        double weight = row.getDouble(2);
        String problem = problem(source, destination, weight);
        if (problem != null) {
          refuse(problem);
          return;
        }
        weights[filled] = narrow(weight);
      }
      sources[filled] = source;
      destinations[filled++] = destination;
      if (filled == sources.length) {
        flush();
      }
    }

    private void refuse(String problem) {
      if (found++ < EXAMPLES) {
        invalid.add(problem);
      }
    }

    private void flush() {
      columns.add(sources, destinations, weights, filled);
      filled = 0;
    }

    EdgeColumns finish() {
      flush();
      return columns;
    }
  }

  private static JavaRDD<InternalRow> internalRows(Dataset<Row> dataset) {
    return dataset.queryExecution().toRdd().toJavaRDD();
  }

  /** How a row is packed. */
  private interface Packing {
    int bytes();

    /** Whether the row keeps to the contract. */
    boolean accepts(InternalRow row);

    /** The key whose owner gets the row. */
    long key(InternalRow row);

    void pack(InternalRow row, ByteBuffer into);
  }

  private abstract static class Checked implements Packing {
    private final CollectionAccumulator<String> invalid;
    private int found;

    Checked(CollectionAccumulator<String> invalid) {
      this.invalid = invalid;
    }

    abstract String problem(InternalRow row);

    @Override
    public boolean accepts(InternalRow row) {
      String problem = problem(row);
      if (problem != null && found++ < EXAMPLES) {
        invalid.add(problem);
      }
      return problem == null;
    }
  }

  private static final class EdgePacking extends Checked {
    private final boolean isWeighted;
    private final long[] hubs;

    EdgePacking(boolean isWeighted, long[] hubs, CollectionAccumulator<String> invalid) {
      super(invalid);
      this.hubs = hubs;
      this.isWeighted = isWeighted;
    }

    @Override
    public int bytes() {
      return RawBlock.EDGE_BYTES;
    }

    @Override
    String problem(InternalRow row) {
      if (row.isNullAt(0) || row.isNullAt(1) || isWeighted && row.isNullAt(2)) {
        return NULL_EDGE;
      }
      return isWeighted ? Routing.problem(row.getLong(0), row.getLong(1), row.getDouble(2)) : null;
    }

    @Override
    public long key(InternalRow row) {
      boolean toHub = hubs.length > 0 && Arrays.binarySearch(hubs, row.getLong(1)) >= 0;
      return row.getLong(toHub ? 0 : 1);
    }

    @Override
    public void pack(InternalRow row, ByteBuffer into) {
      float weight = isWeighted ? narrow(row.getDouble(2)) : 1;
      into.putLong(row.getLong(0)).putLong(row.getLong(1)).putFloat(weight);
    }
  }

  private static final class AccountPacking extends Checked {
    AccountPacking(CollectionAccumulator<String> invalid) {
      super(invalid);
    }

    @Override
    public int bytes() {
      return AccountValues.BYTES;
    }

    @Override
    String problem(InternalRow row) {
      if (row.isNullAt(0) || row.isNullAt(1)) {
        return NULL_ACCOUNT;
      }
      double value = row.getDouble(1);
      return value >= 0 && value <= AccountValues.LARGEST
          ? null
          : "account " + row.getLong(0) + " has " + value;
    }

    @Override
    public long key(InternalRow row) {
      return row.getLong(0);
    }

    @Override
    public void pack(InternalRow row, ByteBuffer into) {
      into.putLong(row.getLong(0)).putDouble(row.getDouble(1));
    }
  }

  /** Fills one buffer per block and hands each out when it is full. */
  private static final class Packer implements Iterator<Tuple2<Integer, byte[]>> {
    private final Iterator<InternalRow> rows;
    private final Packing packing;
    private final ByteBuffer[] buffers;
    private Tuple2<Integer, byte[]> ready;
    private int flushed;

    Packer(Iterator<InternalRow> rows, Packing packing, int blocks) {
      this.rows = rows;
      this.packing = packing;
      int share = CHUNK_TOTAL_BYTES / blocks / packing.bytes();
      int capacity = Math.max(64, Math.min(1 << 14, share)) * packing.bytes();
      buffers = new ByteBuffer[blocks];
      for (int block = 0; block < blocks; block++) {
        buffers[block] = ByteBuffer.wrap(new byte[capacity]).order(ByteOrder.LITTLE_ENDIAN);
      }
    }

    @Override
    public boolean hasNext() {
      while (ready == null && rows.hasNext()) {
        InternalRow row = rows.next();
        if (packing.accepts(row)) {
          int block = KeyIndex.owner(packing.key(row), buffers.length);
          packing.pack(row, buffers[block]);
          if (!buffers[block].hasRemaining()) {
            handOut(block);
          }
        }
      }
      while (ready == null && flushed < buffers.length) {
        if (buffers[flushed].position() > 0) {
          handOut(flushed);
        }
        flushed++;
      }
      return ready != null;
    }

    private void handOut(int block) {
      ByteBuffer buffer = buffers[block];
      byte[] bytes = java.util.Arrays.copyOf(buffer.array(), buffer.position());
      buffer.clear();
      ready = new Tuple2<>(block, bytes);
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      Tuple2<Integer, byte[]> next = ready;
      ready = null;
      return next;
    }
  }
}
