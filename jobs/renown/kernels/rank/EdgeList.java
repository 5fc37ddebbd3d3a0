package renown.kernels.rank;

/**
 * Edges between numbered vertices, in any order, in chunks that threads read apart and more than
 * once. Pairs may repeat.
 */
public interface EdgeList {
  int chunks();

  /**
   * Reads a chunk.
   *
   * @param chunk from 0 up to but excluding {@link #chunks}
   * @param into emptied, then filled with the chunk's edges
   */
  void read(int chunk, EdgeChunk into);
}
