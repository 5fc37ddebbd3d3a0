package renown.rank;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The vertices that one partition owns and their in-edges, as primitive arrays. Rows are the owned
 * vertices: falling in-degree, so that rows of one in-degree form a run and need no offsets; within
 * a run by the last column, so that neighbouring rows read neighbouring mirrors. Columns point into
 * the block's mirrors: the distinct sources of its edges, grouped by owning block, within a group
 * by falling out-degree and then key, an order that owner and block compute alike, so that messages
 * carry no ids.
 *
 * <p>Within a row, edges stand in one order for the whole graph (falling out-degree of the source,
 * then key), whatever the number of blocks: a row's sum has the same bits for any partitioning.
 */
final class EdgeBlock implements Serializable {
  /** This block's number and how many there are. */
  final int number;

  final int blocks;

  /** Key of each row's vertex. */
  final long[] vertexKeys;

  /** One over the total weight of a row's vertex's out-edges; 0 where it has none (dangling). */
  final double[] inverseOutWeight;

  /** In-degree of each run of rows, falling, and the number of rows in it. */
  final int[] runDegrees;

  final int[] runLengths;

  /** Mirror of each edge's source, row by row. */
  final int[] columns;

  /** Weight of each edge; null where all weights are 1. */
  final float[] weights;

  /** Where each owner's group of mirrors starts; one more entry than blocks. */
  final int[] mirrorOffsets;

  /** For each block the rows that it mirrors, in the agreed order. */
  final int[][] outboxRows;

  /** Work space of the step that runs; taken and put back, so two attempts never share it. */
  private transient AtomicReference<Scratch> scratch;

  EdgeBlock(
      int number,
      int blocks,
      long[] vertexKeys,
      double[] inverseOutWeight,
      int[] runDegrees,
      int[] runLengths,
      int[] columns,
      float[] weights,
      int[] mirrorOffsets,
      int[][] outboxRows) {
    this.number = number;
    this.blocks = blocks;
    this.vertexKeys = vertexKeys;
    this.inverseOutWeight = inverseOutWeight;
    this.runDegrees = runDegrees;
    this.runLengths = runLengths;
    this.columns = columns;
    this.weights = weights;
    this.mirrorOffsets = mirrorOffsets;
    this.outboxRows = outboxRows;
  }

  int vertices() {
    return vertexKeys.length;
  }

  int edges() {
    return columns.length;
  }

  int mirrors() {
    return mirrorOffsets[blocks];
  }

  /** Bytes of the arrays. */
  long arrayBytes() {
    long outbox = 0;
    for (int[] rows : outboxRows) {
      outbox += rows.length;
    }
    return vertices() * 16L
        + edges() * (weights == null ? 4L : 8L)
        + 4 * outbox
        + 8L * runDegrees.length;
  }

  /** Arrays that one step needs and the next can use again. */
  static final class Scratch {
    final int lanes;
    final float[] mirrors;
    final float[] contributions;

    Scratch(EdgeBlock block, int lanes) {
      this.lanes = lanes;
      this.mirrors = new float[Math.multiplyExact(block.mirrors(), lanes)];
      this.contributions = new float[Math.multiplyExact(block.vertices(), lanes)];
    }
  }

  /** Work space for so many lanes, which nobody else holds. */
  Scratch takeScratch(int lanes) {
    Scratch free = scratchSlot().getAndSet(null);
    return free != null && free.lanes == lanes ? free : new Scratch(this, lanes);
  }

  /** Gives work space back for the next step. */
  void putScratch(Scratch used) {
    scratchSlot().set(used);
  }

  private synchronized AtomicReference<Scratch> scratchSlot() {
    if (scratch == null) {
      scratch = new AtomicReference<>();
    }
    return scratch;
  }
}
