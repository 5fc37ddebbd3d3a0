package renown.engine.rank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.CollectionAccumulator;
import renown.kernels.rank.AccountValues;
import renown.kernels.rank.KeyIndex;
import renown.kernels.rank.RawBlock;
import scala.Tuple2;

/** Routes rows to the blocks that own them, packed in byte arrays. */
final class Routing {
  private static final int EXAMPLES = 3;
  private static final int CHUNK_TOTAL_BYTES = 1 << 22;

  private Routing() {}

  /**
   * Edges to the owners of their destinations.
   *
   * @param edges columns source key, destination key (long), weight (double), in this order
   * @param invalid takes a few examples of edges that break the contract; they go nowhere
   */
  static JavaRDD<Tuple2<Integer, byte[]>> edges(
      Dataset<Row> edges, int blocks, CollectionAccumulator<String> invalid) {
    return internalRows(edges)
        .mapPartitions(rows -> new Packer(rows, new EdgePacking(invalid), blocks));
  }

  /**
   * Numbers per account to the accounts' owners.
   *
   * @param accounts columns account key (long), vector (int), value (double), in this order
   * @param invalid takes a few examples of rows that break the contract; they go nowhere
   */
  static JavaRDD<Tuple2<Integer, byte[]>> accounts(
      Dataset<Row> accounts, int blocks, CollectionAccumulator<String> invalid) {
    return internalRows(accounts)
        .mapPartitions(rows -> new Packer(rows, new AccountPacking(invalid), blocks));
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
    EdgePacking(CollectionAccumulator<String> invalid) {
      super(invalid);
    }

    @Override
    public int bytes() {
      return RawBlock.EDGE_BYTES;
    }

    @Override
    String problem(InternalRow row) {
      if (row.isNullAt(0) || row.isNullAt(1) || row.isNullAt(2)) {
        return "an edge with a null in it";
      }
      double weight = row.getDouble(2);
      return weight > 0 && weight <= Float.MAX_VALUE
          ? null
          : "edge " + row.getLong(0) + " -> " + row.getLong(1) + " has weight " + weight;
    }

    @Override
    public long key(InternalRow row) {
      return row.getLong(1);
    }

    @Override
    public void pack(InternalRow row, ByteBuffer into) {
      float weight = Math.max((float) row.getDouble(2), Float.MIN_NORMAL);
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
      if (row.isNullAt(0) || row.isNullAt(1) || row.isNullAt(2)) {
        return "a row with a null in it";
      }
      double value = row.getDouble(2);
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
      into.putLong(row.getLong(0)).putInt(row.getInt(1)).putDouble(row.getDouble(2));
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
