package renown.lab.benchmark;

import it.unimi.dsi.webgraph.ImmutableGraph;
import it.unimi.dsi.webgraph.LazyIntIterator;
import java.util.Arrays;

/** The transposed graph for LAW, as plain arrays: what its ranking reads fastest. */
final class LawGraph extends ImmutableGraph {
  private final int[] start;
  private final int[] sources;

  LawGraph(int[] start, int[] sources) {
    this.start = start;
    this.sources = sources;
  }

  @Override
  public int numNodes() {
    return start.length - 1;
  }

  @Override
  public long numArcs() {
    return sources.length;
  }

  @Override
  public boolean randomAccess() {
    return true;
  }

  @Override
  public int outdegree(int node) {
    return start[node + 1] - start[node];
  }

  @Override
  public int[] successorArray(int node) {
    return Arrays.copyOfRange(sources, start[node], start[node + 1]);
  }

  /** Walks along the list where it lies: to copy it would cost LAW more than its arithmetic. */
  @Override
  public LazyIntIterator successors(int node) {
    return new LazyIntIterator() {
      private int next = start[node];

      @Override
      public int nextInt() {
        return next < start[node + 1] ? sources[next++] : -1;
      }

      @Override
      public int skip(int count) {
        int skipped = Math.min(count, start[node + 1] - next);
        next += skipped;
        return skipped;
      }
    };
  }

  @Override
  public ImmutableGraph copy() {
    return this;
  }
}
