package renown.kernels.accounts;

/** Connected components: which vertices are joined by links, directly or through others. */
public final class Components {
  private Components() {}

  /**
   * The least vertex of each vertex's component; its own number where it has no link.
   *
   * @param vertices they are 0 to this, exclusive
   * @param from one end of each link
   * @param to the other end
   */
  public static int[] least(int vertices, int[] from, int[] to) {
    int[] parent = new int[vertices];
    for (int vertex = 0; vertex < vertices; vertex++) {
      parent[vertex] = vertex;
    }
    for (int link = 0; link < from.length; link++) {
      int one = root(parent, from[link]);
      int other = root(parent, to[link]);
      parent[Math.max(one, other)] = Math.min(one, other);
    }
    // A parent is never above its child, so the parents before a vertex are roots already.
    for (int vertex = 0; vertex < vertices; vertex++) {
      parent[vertex] = parent[parent[vertex]];
    }
    return parent;
  }

  private static int root(int[] parent, int vertex) {
    int at = vertex;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}
