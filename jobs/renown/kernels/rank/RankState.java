package renown.kernels.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The ranks of one block's vertices after some iterations, with the numbers reported to the driver.
 */
public final class RankState implements Serializable {
  /** Row by row, lane by lane. */
  public final double[] ranks;

  public final Measures measures;

  public RankState(double[] ranks, Measures measures) {
    this.ranks = ranks;
    this.measures = measures;
  }

  /** Ranks that nothing was measured of yet. */
  public static RankState of(double[] ranks, int lanes) {
    return new RankState(
        ranks, new Measures(new long[lanes], new long[lanes], new double[lanes][0]));
  }

  /** Sums over a block's rows, per lane, and the largest ranks. */
  public static final class Measures implements Serializable {
    public final long[] residual;
    public final long[] rankMass;

    /** Per lane, falling. */
    public final double[][] leaders;

    public Measures(long[] residual, long[] rankMass, double[][] leaders) {
      this.residual = residual;
      this.rankMass = rankMass;
      this.leaders = leaders;
    }

    /** The measures of two blocks together. */
    public Measures plus(Measures other, int leaderCount) {
      long[] residuals = residual.clone();
      long[] masses = rankMass.clone();
      double[][] merged = new double[residual.length][];
      for (int lane = 0; lane < residuals.length; lane++) {
        residuals[lane] += other.residual[lane];
        masses[lane] += other.rankMass[lane];
        double[] both =
            Arrays.copyOf(leaders[lane], leaders[lane].length + other.leaders[lane].length);
        System.arraycopy(
            other.leaders[lane], 0, both, leaders[lane].length, other.leaders[lane].length);
        merged[lane] = falling(both, leaderCount);
      }
      return new Measures(residuals, masses, merged);
    }
  }

  /** The largest ranks of a lane, falling. */
  public static double[] leaders(double[] ranks, int lane, int lanes, int count) {
    if (count == 0) {
      return new double[0];
    }
    PriorityQueue<Double> largest = new PriorityQueue<>();
    for (int at = lane; at < ranks.length; at += lanes) {
      if (largest.size() < count) {
        largest.add(ranks[at]);
      } else if (ranks[at] > largest.peek()) {
        largest.poll();
        largest.add(ranks[at]);
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
