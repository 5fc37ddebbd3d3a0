package renown.kernels.rank;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Accounts at which so many edges arrive that one block should not have to take them all: more than
 * a million, and more than one in a thousand of all edges. The edges of a hub stay with their
 * sources; of each block the hub's owner is told the sum. What arrives at a hub is summed in whole
 * numbers, so its bits do not depend on where the edges lie.
 */
public final class Hubs {
  /** In-edges that an account has to exceed to be a hub, however small the graph is. */
  public static final long FEWEST_EDGES = 1 << 20;

  /** A hub has more than this part of all edges, so there are fewer hubs than it. */
  static final int PART_OF_EDGES = 1 << 10;

  /** One, in the unit of what arrives at a hub; ranks add up to 1, so sums fit. */
  private static final double ONE = RankStep.MASS_ONE;

  private Hubs() {}

  /**
   * In-edges that an account has to exceed to be a hub.
   *
   * @param edges of the graph, repeated pairs counted
   * @param fewest usually {@link #FEWEST_EDGES}
   */
  public static long bound(long edges, long fewest) {
    return Math.max(fewest, edges / PART_OF_EDGES);
  }

  /** What one edge brings, in the unit of the sums. */
  private static long units(float brought) {
    return (long) (brought * ONE);
  }

  /** What some edges bring together. */
  static long sum(int from, int to, int[] sources, float[] weights, float[] contributions) {
    long sum = 0;
    for (int edge = from; edge < to; edge++) {
      float contribution = contributions[sources[edge]];
      sum += units(weights == null ? contribution : contribution * weights[edge]);
    }
    return sum;
  }

  /** A sum as a part of all rank. */
  static double value(long sum) {
    return sum / ONE;
  }

  /**
   * Keys of which some may come often: every key that makes up more than one in {@link
   * #PART_OF_EDGES} of all that were added is among {@link #candidates}, with others. The summary
   * of Misra and Gries ("Finding Repeated Elements", 1982), which can be merged (Agarwal et al.,
   * "Mergeable Summaries", PODS 2012).
   */
  public static final class Frequent implements Serializable {
    private static final int SLOTS = 1 << 13;
    private static final int MOST_KEYS = SLOTS / 2;

    private final long[] keys = new long[SLOTS];

    /** 0 in empty slots. */
    private final long[] counts = new long[SLOTS];

    private int size;
    private long added;

    /** Adds a key. */
    public void add(long key) {
      added++;
      add(key, 1);
    }

    private void add(long key, long count) {
      int slot = (int) KeyIndex.mix(key) & SLOTS - 1;
      while (counts[slot] != 0 && keys[slot] != key) {
        slot = slot + 1 & SLOTS - 1;
      }
      if (counts[slot] == 0) {
        keys[slot] = key;
        size++;
      }
      counts[slot] += count;
      if (size == MOST_KEYS) {
        thin();
      }
    }

    /** Takes as much from every count as leaves few enough above 0. */
    private void thin() {
      long[] rising = Arrays.stream(counts).filter(count -> count > 0).sorted().toArray();
      long taken = rising[rising.length - PART_OF_EDGES - 1];
      long[] keysBefore = keys.clone();
      long[] countsBefore = counts.clone();
      Arrays.fill(counts, 0);
      size = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        if (countsBefore[slot] > taken) {
          add(keysBefore[slot], countsBefore[slot] - taken);
        }
      }
    }

    /** Adds what another was given. */
    public Frequent plus(Frequent other) {
      for (int slot = 0; slot < SLOTS; slot++) {
        if (other.counts[slot] > 0) {
          add(other.keys[slot], other.counts[slot]);
        }
      }
      added += other.added;
      return this;
    }

    /** Keys that were added, repeated ones counted. */
    public long added() {
      return added;
    }

    /** The keys, rising. */
    public long[] candidates() {
      long[] found = new long[size];
      int at = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        if (counts[slot] > 0) {
          found[at++] = keys[slot];
        }
      }
      Arrays.sort(found);
      return found;
    }
  }

  /** What a block's vertices bring to the hubs of a graph with other blocks. */
  static final class Share implements Serializable {
    /** Of a graph without hubs. */
    static final Share NONE = new Share(new int[0], new int[0][], new float[0][]);

    /** The block that owns each hub. */
    private final int[] owner;

    /** Per hub, of the block's vertices that attend to it: rows, and weights. */
    private final int[][] sources;

    private final float[][] weights;

    Share(int[] owner, int[][] sources, float[][] weights) {
      this.owner = owner;
      this.sources = sources;
      this.weights = weights;
    }

    int edges() {
      return Arrays.stream(sources).mapToInt(each -> each.length).sum();
    }

    /** Exchanges the numbers of vertices for those of their rows. */
    void locate(int[] rowOf) {
      for (int[] attending : sources) {
        for (int i = 0; i < attending.length; i++) {
          attending[i] = rowOf[attending[i]];
        }
      }
    }

    /** What this block brings to the hubs that a block owns, in the order of the hubs. */
    long[] brought(int block, float[] contributions) {
      long[] sums = new long[owner.length];
      int owned = 0;
      for (int hub = 0; hub < owner.length; hub++) {
        if (owner[hub] == block) {
          sums[owned++] = sum(0, sources[hub].length, sources[hub], weights[hub], contributions);
        }
      }
      return Arrays.copyOf(sums, owned);
    }
  }
}
