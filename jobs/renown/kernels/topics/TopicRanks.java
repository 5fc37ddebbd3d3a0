package renown.kernels.topics;

/**
 * Topic-sensitive PageRank (Haveliwala, WWW 2002) of one topic: {@code rank = preference + damping
 * factor * (rank of each attester * its share of what that attester gives)}. It is the stationary
 * distribution but for a factor, since mass that dangles goes back to the preference vector, and
 * everything made of it is a multiple of the topic's mean.
 *
 * <p>Solved by Gauss-Seidel sweeps in the order of accounts, about half as many as of plain
 * iteration, and each topic stops when it has converged. A sweep of all topics reads each edge
 * once, so ranks of the night before would save less than it takes to write and read them.
 */
final class TopicRanks {
  private TopicRanks() {}

  /**
   * The ranks, not normalised.
   *
   * @param starts of each vertex's edges in the arrays of edges, and their end
   * @param sources of the edges
   * @param shares of what the source gives, 0 to 1
   * @param preference 0 or more
   * @param tolerance of the sum of changes in a sweep, as a share of the sum of ranks
   * @return null where that was not reached
   */
  static double[] rank(
      int[] starts,
      int[] sources,
      double[] shares,
      double[] preference,
      double dampingFactor,
      double tolerance,
      int mostSweeps) {
    double[] ranks = preference.clone();
    for (int sweep = 0; sweep < mostSweeps; sweep++) {
      double change = 0;
      double sum = 0;
      for (int vertex = 0; vertex < ranks.length; vertex++) {
        double received = 0;
        for (int edge = starts[vertex]; edge < starts[vertex + 1]; edge++) {
          received += ranks[sources[edge]] * shares[edge];
        }
        double rank = preference[vertex] + dampingFactor * received;
        change += Math.abs(rank - ranks[vertex]);
        sum += rank;
        ranks[vertex] = rank;
      }
      if (change <= tolerance * sum) {
        return ranks;
      }
    }
    return null;
  }
}
