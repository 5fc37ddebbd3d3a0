package renown.kernels.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The ranks of one block's vertices after some iterations, with the numbers reported to the driver.
 * No record, since Kryo cannot read one.
 */
public final class RankState implements Serializable {
  /** Row by row. */
  public final double[] ranks;

  public final Measures measures;

  public RankState(double[] ranks, Measures measures) {
    this.ranks = ranks;
    this.measures = measures;
  }

  /** Sums over a block's rows, and the largest ranks. */
  public static final class Measures implements Serializable {
    /** Nothing was measured yet. */
    public static final Measures NONE = new Measures(0, 0, new double[0]);

    public final long residual;
    public final long rankMass;

    /** Falling. */
    public final double[] leaders;

    public Measures(long residual, long rankMass, double[] leaders) {
      this.residual = residual;
      this.rankMass = rankMass;
      this.leaders = leaders;
    }

    /** The measures of two blocks together. */
    public Measures plus(Measures other, int leaderCount) {
      double[] both = Arrays.copyOf(leaders, leaders.length + other.leaders.length);
      System.arraycopy(other.leaders, 0, both, leaders.length, other.leaders.length);
      return new Measures(
          residual + other.residual, rankMass + other.rankMass, falling(both, leaderCount));
    }
  }

  /** The largest ranks, falling. */
  public static double[] leaders(double[] ranks, int count) {
    if (count == 0) {
      return new double[0];
    }
    PriorityQueue<Double> largest = new PriorityQueue<>();
    for (double rank : ranks) {
      if (largest.size() < count) {
        largest.add(rank);
      } else if (rank > largest.peek()) {
        largest.poll();
        largest.add(rank);
      }
    }
    return falling(largest.stream().mapToDouble(Double::doubleValue).toArray(), count);
  }

  private static double[] falling(double[] values, int count) {
    Arrays.sort(values);
    double[] falling = new double[Math.min(count, values.length)];
    for (int i = 0; i < falling.length; i++) {
      falling[i] = values[values.length - 1 - i];
    }
    return falling;
  }
}
