package renown.kernels.rank;

import java.util.Arrays;

/** Some edges between numbered vertices, in columns that are used again and again. */
public final class EdgeChunk {
  private static final int FIRST_SIZE = 1 << 12;

  int[] sources = new int[FIRST_SIZE];
  int[] destinations = new int[FIRST_SIZE];
  float[] weights = new float[FIRST_SIZE];
  int size;

  /** Takes given columns in place of its own, which are read and not changed. */
  void refer(int[] givenSources, int[] givenDestinations, float[] givenWeights) {
    sources = givenSources;
    destinations = givenDestinations;
    weights = givenWeights;
    size = givenSources.length;
  }

  /** Makes room for so many edges, which are then put into the columns. */
  void reset(int edges) {
    size = edges;
    if (edges > sources.length) {
      sources = new int[edges];
      destinations = new int[edges];
      weights = new float[edges];
    }
  }

  /** Forgets all edges. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds an edge.
   *
   * @param weight above 0
   */
  public void add(int source, int destination, float weight) {
    if (size == sources.length) {
      sources = Arrays.copyOf(sources, 2 * size);
      destinations = Arrays.copyOf(destinations, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    sources[size] = source;
    destinations[size] = destination;
    weights[size++] = weight;
  }
}
