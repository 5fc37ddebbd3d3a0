package renown.kernels.rank;

import java.io.Serializable;

/**
 * The vertices owned by a block, before layout: all destinations of its edges, all sources that
 * some block requested, and all accounts of the preference vectors.
 */
public final class OwnedVertices implements Serializable {
  /** The edges, kept here because they were numbered in the same pass as the requests for them. */
  final RawBlock raw;

  final KeyIndex vertices;

  /** Edges (duplicates counted) that leave each vertex. */
  final int[] outDegree;

  /** Total weight of the edges that leave each vertex, in units of the largest weight. */
  final ExactSums outWeight;

  /** For each block the vertices that it requested, by ascending key. */
  final int[][] requested;

  OwnedVertices(
      RawBlock raw, KeyIndex vertices, int[] outDegree, ExactSums outWeight, int[][] requested) {
    this.raw = raw;
    this.vertices = vertices;
    this.outDegree = outDegree;
    this.outWeight = outWeight;
    this.requested = requested;
  }
}
