package renown.kernels.rank;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
public final class EdgeBlock implements Serializable {
  /** This block's number and how many there are. */
  public final int number;

  public final int blocks;

  /** Key of each row's vertex. */
  public final long[] vertexKeys;

  /** One over the total weight of a row's vertex's out-edges; 0 if it has none (dangling). */
  final double[] inverseOutWeight;

  /** In-degree of each run of rows, falling, and the number of rows in it. */
  final int[] runDegrees;

  final int[] runLengths;

  /** Mirror of each edge's source, row by row. */
  final int[] columns;

  /** Weight of each edge; null if all weights are 1. */
  final float[] weights;

  /** Where each owner's group of mirrors starts; one more entry than blocks. */
  public final int[] mirrorOffsets;

  /** For each block the rows that it mirrors, in the agreed order. */
  public final int[][] outboxRows;

  /**
   * Rows of hubs, whose sums are whole numbers (see {@link Hubs}): with columns in a graph's only
   * block, told by other blocks else.
   */
  private final int[] hubRows;

  private final Hubs.Share hubs;

  /** Rows that a thread takes at a time cost about so much, an edge being 1. */
  private static final int SEGMENT_COST = 1 << 17;

  /** Cost of a row in addition to its edges. */
  private static final int ROW_COST = 4;

  private transient Segment[] segments;
  private transient int[] mirrorPlaces;

  /** Work space of the running step; taken and returned, so that two attempts never share it. */
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
      int[][] outboxRows,
      int[] hubRows,
      Hubs.Share hubs) {
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
    this.hubRows = hubRows;
    this.hubs = hubs;
  }

  public int vertices() {
    return vertexKeys.length;
  }

  public int edges() {
    return columns.length + hubs.edges();
  }

  /** Rows of the hubs that it owns. */
  int[] hubRows() {
    return hubRows;
  }

  /**
   * What this block's vertices bring to the hubs that a block owns, in the order of the hubs.
   *
   * @param contributions of this block's rows
   */
  public long[] broughtToHubs(int owner, float[] contributions) {
    return hubs.brought(owner, contributions);
  }

  /** Number of hubs that this block owns. */
  public int ownHubs() {
    return hubRows.length;
  }

  public int mirrors() {
    return mirrorOffsets[blocks];
  }

  /** Bytes of the arrays. */
  public long arrayBytes() {
    long outbox = 0;
    for (int[] rows : outboxRows) {
      outbox += rows.length;
    }
    return vertices() * 16L
        + columns.length * (weights == null ? 4L : 8L)
        + hubs.edges() * 8L
        + 4 * outbox
        + 8L * runDegrees.length;
  }

  /**
   * Neighbouring rows that one thread works on.
   *
   * @param row the first
   * @param rows how many, at least 1
   * @param run the run that the first row is in
   * @param rowInRun rows of that run before it
   * @param edge where the first row's edges start
   */
  record Segment(int row, int rows, int run, int rowInRun, int edge) {}

  /** All rows, split into pieces of about equal work. */
  synchronized Segment[] segments() {
    if (segments == null) {
      List<Segment> cut = new ArrayList<>();
      int row = 0;
      int edge = 0;
      Segment open = null;
      long cost = 0;
      for (int run = 0; run < runDegrees.length; run++) {
        for (int inRun = 0; inRun < runLengths[run]; ) {
          if (open == null) {
            open = new Segment(row, 0, run, inRun, edge);
          }
          long each = runDegrees[run] + ROW_COST;
          long fitting = Math.max(1, (SEGMENT_COST - cost) / each);
          int taken = (int) Math.min(fitting, runLengths[run] - inRun);
          inRun += taken;
          row += taken;
          edge += taken * runDegrees[run];
          cost += taken * each;
          if (cost >= SEGMENT_COST - ROW_COST) {
            cut.add(closed(open, row));
            open = null;
            cost = 0;
          }
        }
      }
      if (open != null) {
        cut.add(closed(open, row));
      }
      segments = cut.toArray(Segment[]::new);
    }
    return segments;
  }

  private static Segment closed(Segment open, int end) {
    return new Segment(open.row, end - open.row, open.run, open.rowInRun, open.edge);
  }

  /** Of a graph's only block: the mirror of each row, -1 for rows without out-edges. */
  synchronized int[] mirrorPlaces() {
    if (mirrorPlaces == null) {
      int[] places = new int[vertices()];
      Arrays.fill(places, -1);
      for (int mirror = 0; mirror < outboxRows[0].length; mirror++) {
        places[outboxRows[0][mirror]] = mirror;
      }
      mirrorPlaces = places;
    }
    return mirrorPlaces;
  }

  /** Arrays that one step needs and the next can use again. */
  public static final class Scratch {
    public final float[] mirrors;
    public final float[] contributions;

    Scratch(EdgeBlock block) {
      this.mirrors = new float[block.mirrors()];
      this.contributions = new float[block.vertices()];
    }
  }

  /** Exclusive work space. */
  public Scratch takeScratch() {
    Scratch free = scratchSlot().getAndSet(null);
    return free != null ? free : new Scratch(this);
  }

  /** Returns work space for the next step. */
  public void putScratch(Scratch used) {
    scratchSlot().set(used);
  }

  private synchronized AtomicReference<Scratch> scratchSlot() {
    if (scratch == null) {
      scratch = new AtomicReference<>();
    }
    return scratch;
  }
}
