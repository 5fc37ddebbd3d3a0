package renown.kernels.cascades;

import java.util.Arrays;

/**
 * The shape of a cascade: vertex 0 is the author, and every other vertex reached the post through
 * its parent. All methods take time linear in the vertices.
 */
public final class CascadeTree {
  private final int[] parents;
  private final int[] depths;

  /**
   * @param parents of each vertex; that of vertex 0 does not count, every other one's is a smaller
   *     number than its own
   * @throws IllegalArgumentException if one is not
   */
  CascadeTree(int[] parents) {
    this.parents = parents;
    depths = new int[parents.length];
    for (int v = 1; v < parents.length; v++) {
      if (parents[v] < 0 || parents[v] >= v) {
        throw new IllegalArgumentException("vertex " + v + " has parent " + parents[v]);
      }
      depths[v] = depths[parents[v]] + 1;
    }
  }

  /** Steps from the author to the farthest vertex; 0 if there is none. */
  public int depth() {
    return Arrays.stream(depths).max().orElse(0);
  }

  /** Steps from the author to a vertex. */
  public int depth(int vertex) {
    return depths[vertex];
  }

  /** Most vertices at the same depth, the author's own depth 0 included. */
  public int breadth() {
    int[] counts = new int[depth() + 1];
    for (int depth : depths) {
      counts[depth]++;
    }
    return Arrays.stream(counts).max().orElse(0);
  }

  /**
   * Structural virality: the mean distance between all pairs of vertices, near 2 where all came
   * from the author and rising with the length of chains (Goel, Anderson, Hofman and Watts, "The
   * Structural Virality of Online Diffusion", Management Science 62(1), 2016, equation 1). The edge
   * above a subtree of s of n vertices lies between s * (n - s) pairs.
   *
   * @return NaN if there are fewer than two vertices
   */
  public double virality() {
    int n = parents.length;
    if (n < 2) {
      return Double.NaN;
    }
    long[] sizes = new long[n];
    long distances = 0;
    for (int v = n - 1; v > 0; v--) {
      sizes[v]++;
      sizes[parents[v]] += sizes[v];
      distances += sizes[v] * (n - sizes[v]);
    }
    return 2.0 * distances / ((double) n * (n - 1));
  }
}
