package renown.kernels.rank;

import java.io.Serializable;
import renown.run.RenownException;

/**
 * When a vector's iteration stops. Checked after every {@link RankOptions#chainLength} iterations;
 * {@link RankOptions#maxIterations} stops it in any case.
 */
public sealed interface StoppingRule extends Serializable {
  /** Whether the iteration may end here. */
  boolean isMet(Progress progress);

  /** Number of top ranks that the rule considers; 0 if none. */
  default int leaders() {
    return 0;
  }

  /** After how many iterations it is met whatever the ranks are; never, for most rules. */
  default int iterationLimit() {
    return Integer.MAX_VALUE;
  }

  /**
   * What a rule sees.
   *
   * @param iterations done so far
   * @param residual L1 distance of the last two vectors
   * @param dampingFactor of the run
   * @param leaders the {@link #leaders} largest ranks, falling; fewer if there are fewer
   */
  record Progress(int iterations, double residual, double dampingFactor, double[] leaders) {
    /**
     * Bound of the L1 distance from the exact ranks: the iteration contracts by the damping factor
     * d in L1 norm, so the remaining distance is at most d / (1 - d) times the last step.
     */
    public double errorBound() {
      return residual * dampingFactor / (1 - dampingFactor);
    }
  }

  /** Met when the L1 residual is at most the tolerance. */
  record Tolerance(double residual) implements StoppingRule {
    /** Ranks travel as floats, so a residual stops falling somewhere below this. */
    public static final double LEAST = 1e-7;

    public Tolerance {
      if (!(residual >= LEAST)) {
        throw RenownException.configuration(
            "tolerance %s: it must be at least %s, the rounding error of the exchanged ranks.",
            residual, LEAST);
      }
    }

    @Override
    public boolean isMet(Progress progress) {
      return progress.residual() <= residual;
    }
  }

  /** Met after a number of iterations. */
  record Iterations(int count) implements StoppingRule {
    public Iterations {
      if (count < 1) {
        throw RenownException.configuration("iterations %s: at least 1 is needed.", count);
      }
    }

    @Override
    public boolean isMet(Progress progress) {
      return progress.iterations() >= count;
    }

    @Override
    public int iterationLimit() {
      return count;
    }
  }

  /**
   * Met when the set of the k best accounts is certain. Let E be {@link Progress#errorBound}: the
   * errors of any two ranks add up to at most E in absolute value, so if the k-th largest rank
   * exceeds the next by more than E, no account outside the k best can belong to them. This says
   * nothing about the order within the set. With a tie at the k-th place it is never met: the
   * tolerance or the limit of iterations has to end the run.
   */
  record TopStable(int k) implements StoppingRule {
    public TopStable {
      if (k < 1 || k > 1_000_000) {
        throw RenownException.configuration("k %s: it must be 1 to 1000000.", k);
      }
    }

    @Override
    public int leaders() {
      return k + 1;
    }

    @Override
    public boolean isMet(Progress progress) {
      double[] leaders = progress.leaders();
      return leaders.length <= k || leaders[k - 1] - leaders[k] > progress.errorBound();
    }
  }

  /** Met when one of two rules is. */
  record Either(StoppingRule first, StoppingRule second) implements StoppingRule {
    @Override
    public boolean isMet(Progress progress) {
      return first.isMet(progress) || second.isMet(progress);
    }

    @Override
    public int leaders() {
      return Math.max(first.leaders(), second.leaders());
    }

    @Override
    public int iterationLimit() {
      return Math.min(first.iterationLimit(), second.iterationLimit());
    }
  }

  /** This rule or another, whichever is met first. */
  default StoppingRule or(StoppingRule other) {
    return new Either(this, other);
  }
}
