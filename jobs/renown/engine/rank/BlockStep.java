package renown.engine.rank;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.util.LongAccumulator;
import renown.kernels.rank.EdgeBlock;
import renown.kernels.rank.Mix;
import renown.kernels.rank.RankInputs;
import renown.kernels.rank.RankState;
import renown.kernels.rank.RankStep;
import renown.kernels.rank.SoleBlock;
import scala.Tuple2;

/**
 * What one task does in one iteration: read the messages into mirrors, iterate, write messages. A
 * message is: sender (int), kind (int), dangling mass (long); in messages of contributions what
 * they bring to each hub of the receiver (long); then floats.
 */
final class BlockStep implements Serializable {
  private static final int CONTRIBUTIONS = 0;
  private static final int RANKS = 1;
  private static final int HEADER_BYTES = 2 * Integer.BYTES + Long.BYTES;
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private final double dampingFactor;
  private final RankInputs.Totals totals;
  private final int leaderCount;
  private final int cores;
  private final LongAccumulator computeNanos;

  BlockStep(
      double dampingFactor,
      RankInputs.Totals totals,
      int leaderCount,
      int cores,
      LongAccumulator computeNanos) {
    this.dampingFactor = dampingFactor;
    this.totals = totals;
    this.leaderCount = leaderCount;
    this.cores = cores;
    this.computeNanos = computeNanos;
  }

  /** The state before the first iteration. */
  RankState initial(EdgeBlock block, RankInputs inputs) {
    return new RankState(inputs.initialRanks(block.vertices(), totals), RankState.Measures.NONE);
  }

  /** Starts a chain: the contributions of a state's vertices. */
  Iterator<Tuple2<Integer, byte[]>> send(
      EdgeBlock block, RankInputs inputs, RankState state, boolean withRanks) {
    EdgeBlock.Scratch scratch = block.takeScratch();
    RankStep step = newStep(block, inputs);
    step.start(state.ranks, scratch.contributions, null);
    return new Outbox(block, step, scratch, withRanks ? state.ranks : null);
  }

  /** An iteration in the middle of a chain. */
  Iterator<Tuple2<Integer, byte[]>> pass(
      EdgeBlock block, RankInputs inputs, Iterator<byte[]> messages, boolean withRanks) {
    EdgeBlock.Scratch scratch = block.takeScratch();
    Inbox inbox = new Inbox(block, messages, scratch.mirrors);
    long start = System.nanoTime();
    RankStep step = newStep(block, inputs);
    double[] ranks = withRanks ? new double[block.vertices()] : null;
    step.iterate(
        scratch.mirrors, inbox.mix(), scratch.contributions, null, ranks, inbox.hubSums, false);
    computeNanos.add(System.nanoTime() - start);
    return new Outbox(block, step, scratch, ranks);
  }

  /** The last iteration of a chain. */
  RankState end(EdgeBlock block, RankInputs inputs, Iterator<byte[]> messages) {
    EdgeBlock.Scratch scratch = block.takeScratch();
    Inbox inbox = new Inbox(block, messages, scratch.mirrors);
    long start = System.nanoTime();
    RankStep step = newStep(block, inputs);
    double[] ranks = inbox.ranksBefore;
    step.iterate(
        scratch.mirrors, inbox.mix(), scratch.contributions, null, ranks, inbox.hubSums, true);
    block.putScratch(scratch);
    RankState state = finish(step, ranks);
    computeNanos.add(System.nanoTime() - start);
    return state;
  }

  /** All iterations of a chain at once, where the graph lies in one block. */
  RankState chain(EdgeBlock block, RankInputs inputs, RankState before, int length) {
    long start = System.nanoTime();
    double[] ranks = before.ranks.clone();
    RankStep last =
        new SoleBlock(block, inputs, totals.preference(), dampingFactor, cores)
            .iterate(ranks, length);
    RankState state = finish(last, ranks);
    computeNanos.add(System.nanoTime() - start);
    return state;
  }

  private RankState finish(RankStep last, double[] ranks) {
    return new RankState(
        ranks,
        new RankState.Measures(
            last.residual(), last.rankMass(), RankState.leaders(ranks, leaderCount)));
  }

  private RankStep newStep(EdgeBlock block, RankInputs inputs) {
    return new RankStep(block, inputs.preference, cores);
  }

  /** Everything that was sent to a block. */
  private final class Inbox {
    private long danglingMass;
    private final long[] hubSums;
    private double[] ranksBefore;

    Inbox(EdgeBlock block, Iterator<byte[]> messages, float[] mirrors) {
      hubSums = new long[block.ownHubs()];
      int senders = 0;
      while (messages.hasNext()) {
        ByteBuffer message = ByteBuffer.wrap(messages.next()).order(ByteOrder.LITTLE_ENDIAN);
        int sender = message.getInt();
        int kind = message.getInt();
        long dangling = message.getLong();
        if (kind == RANKS) {
          ranksBefore = new double[block.vertices()];
          for (int at = 0; at < ranksBefore.length; at++) {
            ranksBefore[at] = message.getFloat();
          }
        } else {
          danglingMass += dangling;
          for (int hub = 0; hub < hubSums.length; hub++) {
            hubSums[hub] += message.getLong();
          }
          int from = block.mirrorOffsets[sender];
          int to = block.mirrorOffsets[sender + 1];
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
      return Mix.of(dampingFactor, totals.preference(), danglingMass);
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
        long[] hubs = block.broughtToHubs(receiver, scratch.contributions);
        byte[] bytes = open(CONTRIBUTIONS, hubs, rows.length);
        int at = HEADER_BYTES + hubs.length * Long.BYTES;
        for (int row : rows) {
          FLOAT.set(bytes, at, scratch.contributions[row]);
          at += Float.BYTES;
        }
        Tuple2<Integer, byte[]> message = new Tuple2<>(receiver++, bytes);
        if (receiver == block.blocks) {
          block.putScratch(scratch);
        }
        return message;
      }
      if (ranks == null) {
        throw new NoSuchElementException();
      }
      byte[] bytes = open(RANKS, new long[0], block.vertices());
      int at = HEADER_BYTES;
      for (double rank : ranks) {
        FLOAT.set(bytes, at, (float) rank);
        at += Float.BYTES;
      }
      ranks = null;
      return new Tuple2<>(block.number, bytes);
    }

    private byte[] open(int kind, long[] hubs, int vertices) {
      long size = HEADER_BYTES + (long) hubs.length * Long.BYTES + (long) vertices * Float.BYTES;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalStateException(
            "a message of " + size + " bytes does not fit an array: use more blocks");
      }
      byte[] bytes = new byte[(int) size];
      ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(block.number).putInt(kind).putLong(step.danglingMass());
      for (long hub : hubs) {
        header.putLong(hub);
      }
      return bytes;
    }
  }
}
