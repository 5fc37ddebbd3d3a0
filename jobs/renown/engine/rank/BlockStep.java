package renown.engine.rank;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.util.LongAccumulator;
import renown.kernels.rank.EdgeBlock;
import renown.kernels.rank.Lanes;
import renown.kernels.rank.Lanes.LaneTotals;
import renown.kernels.rank.Mix;
import renown.kernels.rank.RankState;
import renown.kernels.rank.RankStep;
import renown.kernels.rank.RowSums;
import renown.kernels.rank.SoleBlock;
import scala.Tuple2;

/**
 * What one task does in one iteration: read the messages into mirrors, iterate, write messages. A
 * message is: sender (int), kind (int), per lane dangling mass (long), then floats.
 */
final class BlockStep implements Serializable {
  private static final int CONTRIBUTIONS = 0;
  private static final int RANKS = 1;
  private static final int ROWS_PER_COPY = 64;
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private final int vectors;
  private final int lanes;
  private final double dampingFactor;
  private final LaneTotals totals;
  private final int leaderCount;
  private final int cores;
  private final LongAccumulator computeNanos;

  BlockStep(
      int vectors,
      int lanes,
      double dampingFactor,
      LaneTotals totals,
      int leaderCount,
      int cores,
      LongAccumulator computeNanos) {
    this.vectors = vectors;
    this.lanes = lanes;
    this.dampingFactor = dampingFactor;
    this.totals = totals;
    this.leaderCount = leaderCount;
    this.cores = cores;
    this.computeNanos = computeNanos;
  }

  /** The state before the first iteration. */
  RankState initial(EdgeBlock block, Lanes inputs) {
    return RankState.of(inputs.initialRanks(block.vertices(), vectors, lanes, totals), lanes);
  }

  /** Starts a chain: the contributions of a state's vertices. */
  Iterator<Tuple2<Integer, byte[]>> send(
      EdgeBlock block, Lanes inputs, RankState state, boolean withRanks) {
    EdgeBlock.Scratch scratch = block.takeScratch(lanes);
    RankStep step = newStep(block, inputs);
    step.start(state.ranks, scratch.contributions, null);
    return new Outbox(block, step, scratch, withRanks ? state.ranks : null);
  }

  /** An iteration in the middle of a chain. */
  Iterator<Tuple2<Integer, byte[]>> pass(
      EdgeBlock block, Lanes inputs, Iterator<byte[]> messages, boolean withRanks) {
    EdgeBlock.Scratch scratch = block.takeScratch(lanes);
    Inbox inbox = new Inbox(block, messages, scratch.mirrors);
    long start = System.nanoTime();
    RankStep step = newStep(block, inputs);
    double[] ranks = withRanks ? new double[block.vertices() * lanes] : null;
    step.iterate(scratch.mirrors, inbox.mix(), scratch.contributions, null, ranks, false);
    computeNanos.add(System.nanoTime() - start);
    return new Outbox(block, step, scratch, ranks);
  }

  /**
   * The last iteration of a chain.
   *
   * @param frozen lanes that keep their ranks of {@code before}
   */
  RankState end(
      EdgeBlock block,
      Lanes inputs,
      Iterator<byte[]> messages,
      boolean[] frozen,
      RankState before) {
    EdgeBlock.Scratch scratch = block.takeScratch(lanes);
    Inbox inbox = new Inbox(block, messages, scratch.mirrors);
    long start = System.nanoTime();
    RankStep step = newStep(block, inputs);
    double[] ranks = inbox.ranksBefore;
    step.iterate(scratch.mirrors, inbox.mix(), scratch.contributions, null, ranks, true);
    block.putScratch(scratch);
    RankState state = finish(step, ranks, frozen, before);
    computeNanos.add(System.nanoTime() - start);
    return state;
  }

  /**
   * All iterations of a chain at once, where the graph lies in one block.
   *
   * @param frozen lanes that keep their ranks of {@code before}
   */
  RankState chain(EdgeBlock block, Lanes inputs, RankState before, int length, boolean[] frozen) {
    long start = System.nanoTime();
    double[] ranks = before.ranks.clone();
    RankStep last =
        new SoleBlock(
                block,
                RowSums.forLanes(lanes),
                inputs,
                vectors,
                totals.preference,
                dampingFactor,
                cores)
            .iterate(ranks, length);
    RankState state = finish(last, ranks, frozen, before);
    computeNanos.add(System.nanoTime() - start);
    return state;
  }

  private RankState finish(RankStep last, double[] ranks, boolean[] frozen, RankState before) {
    double[][] leaders = new double[lanes][0];
    for (int lane = 0; lane < vectors; lane++) {
      if (frozen[lane]) {
        for (int at = lane; at < ranks.length; at += lanes) {
          ranks[at] = before.ranks[at];
        }
      } else {
        leaders[lane] = RankState.leaders(ranks, lane, lanes, leaderCount);
      }
    }
    return new RankState(ranks, new RankState.Measures(last.residual, last.rankMass, leaders));
  }

  private RankStep newStep(EdgeBlock block, Lanes inputs) {
    return new RankStep(block, RowSums.forLanes(lanes), inputs.preference, cores);
  }

  /** Everything that was sent to a block. */
  private final class Inbox {
    private final long[] danglingMass = new long[lanes];
    private double[] ranksBefore;

    Inbox(EdgeBlock block, Iterator<byte[]> messages, float[] mirrors) {
      int senders = 0;
      while (messages.hasNext()) {
        ByteBuffer message = ByteBuffer.wrap(messages.next()).order(ByteOrder.LITTLE_ENDIAN);
        int sender = message.getInt();
        int kind = message.getInt();
        for (int lane = 0; lane < lanes; lane++) {
          long dangling = message.getLong();
          if (kind == CONTRIBUTIONS) {
            danglingMass[lane] += dangling;
          }
        }
        if (kind == RANKS) {
          ranksBefore = new double[block.vertices() * lanes];
          for (int at = 0; at < ranksBefore.length; at++) {
            ranksBefore[at] = message.getFloat();
          }
        } else {
          int from = block.mirrorOffsets[sender] * lanes;
          int to = block.mirrorOffsets[sender + 1] * lanes;
          message.asFloatBuffer().get(mirrors, from, to - from);
          senders++;
        }
      }
      if (senders != block.blocks) {
        throw new IllegalStateException(
            "block " + block.number + " heard from " + senders + " of " + block.blocks);
      }
    }

    Mix mix() {
      return Mix.of(vectors, dampingFactor, totals.preference, danglingMass);
    }
  }

  /** Messages to all blocks, packed one by one while they are written. */
  private final class Outbox implements Iterator<Tuple2<Integer, byte[]>> {
    private final EdgeBlock block;
    private final RankStep step;
    private final EdgeBlock.Scratch scratch;
    private double[] ranks;
    private int receiver;

    Outbox(EdgeBlock block, RankStep step, EdgeBlock.Scratch scratch, double[] ranks) {
      this.block = block;
      this.step = step;
      this.scratch = scratch;
      this.ranks = ranks;
    }

    @Override
    public boolean hasNext() {
      return receiver < block.blocks || ranks != null;
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
      if (receiver < block.blocks) {
        int[] rows = block.outboxRows[receiver];
        byte[] bytes = open(CONTRIBUTIONS, rows.length);
        pack(rows, scratch.contributions, bytes);
        Tuple2<Integer, byte[]> message = new Tuple2<>(receiver++, bytes);
        if (receiver == block.blocks) {
          block.putScratch(scratch);
        }
        return message;
      }
      if (ranks == null) {
        throw new NoSuchElementException();
      }
      byte[] bytes = open(RANKS, block.vertices());
      int at = header();
      for (double rank : ranks) {
        FLOAT.set(bytes, at, (float) rank);
        at += Float.BYTES;
      }
      ranks = null;
      return new Tuple2<>(block.number, bytes);
    }

    private int header() {
      return 2 * Integer.BYTES + Long.BYTES * lanes;
    }

    private byte[] open(int kind, int vertices) {
      long size = header() + (long) vertices * lanes * Float.BYTES;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException(
            "a message of " + size + " bytes does not fit an array: use more blocks");
      }
      byte[] bytes = new byte[(int) size];
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(block.number).putInt(kind);
      for (int lane = 0; lane < lanes; lane++) {
        header.putLong(step.danglingMass[lane]);
      }
      return bytes;
    }

    private void pack(int[] rows, float[] contributions, byte[] bytes) {
      int at = header();
      if (lanes == 1) {
        for (int row : rows) {
          FLOAT.set(bytes, at, contributions[row]);
          at += Float.BYTES;
        }
      } else {
        // Rows are gathered into a small buffer and leave it in one copy: a view of bytes takes
        // single floats slowly.
        FloatBuffer message =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at).asFloatBuffer();
        float[] gathered = new float[ROWS_PER_COPY * lanes];
        for (int from = 0; from < rows.length; from += ROWS_PER_COPY) {
          int count = Math.min(ROWS_PER_COPY, rows.length - from);
          for (int i = 0; i < count; i++) {
            System.arraycopy(contributions, rows[from + i] * lanes, gathered, i * lanes, lanes);
          }
          message.put(gathered, 0, count * lanes);
        }
      }
    }
  }
}
