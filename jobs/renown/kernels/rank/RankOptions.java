package renown.kernels.rank;

import java.io.Serializable;
import renown.run.RenownException;

/**
 * What a ranking may be asked for.
 *
 * @param dampingFactor share of rank that follows edges, in (0, 1); 0.85 since Brin and Page 1998
 * @param stoppingRule when the iteration ends
 * @param maxIterations ranks that are not there by then end as not converged; at least 1
 * @param chainLength iterations per Spark job, at least 1; the stopping rule is looked at after
 *     each job, so it is part of the result, unlike the number of blocks
 * @param blocks edge blocks; 0 for one per core of the application. Never changes a bit of the
 *     result
 */
public record RankOptions(
    double dampingFactor, StoppingRule stoppingRule, int maxIterations, int chainLength, int blocks)
    implements Serializable {

  public RankOptions {
    if (!(dampingFactor > 0 && dampingFactor < 1)) {
      throw RenownException.configuration(
          "damping factor %s: it must lie between 0 and 1.", dampingFactor);
    }
    atLeast("max iterations", maxIterations, 1);
    atLeast("chain length", chainLength, 1);
    atLeast("blocks", blocks, 0);
  }

  private static void atLeast(String what, int value, int least) {
    if (value < least) {
      throw RenownException.configuration("%s %s: it must be at least %s.", what, value, least);
    }
  }

  /** Damping factor 0.85, tolerance 1e-7, at most 200 iterations. */
  public static RankOptions standard() {
    return new RankOptions(0.85, new StoppingRule.Tolerance(1e-7), 200, 5, 0);
  }

  public RankOptions withDampingFactor(double value) {
    return new RankOptions(value, stoppingRule, maxIterations, chainLength, blocks);
  }

  public RankOptions withStoppingRule(StoppingRule value) {
    return new RankOptions(dampingFactor, value, maxIterations, chainLength, blocks);
  }

  public RankOptions withMaxIterations(int value) {
    return new RankOptions(dampingFactor, stoppingRule, value, chainLength, blocks);
  }

  public RankOptions withChainLength(int value) {
    return new RankOptions(dampingFactor, stoppingRule, maxIterations, value, blocks);
  }

  public RankOptions withBlocks(int value) {
    return new RankOptions(dampingFactor, stoppingRule, maxIterations, chainLength, value);
  }
}
