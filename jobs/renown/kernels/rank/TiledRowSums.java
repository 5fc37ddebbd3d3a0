package renown.kernels.rank;

/** Row sums of several vectors at a time in plain Java: the fallback without the Vector API. */
final class TiledRowSums implements RowSums {
  private static final String VECTOR_CLASS = "renown.kernels.rank.VectorRowSums";

  private final int lanes;

  TiledRowSums(int lanes) {
    if (lanes < 2 || lanes % 8 != 0) {
      throw new IllegalArgumentException("lanes come in tiles of 8: " + lanes);
    }
    this.lanes = lanes;
  }

  /** The Vector API's implementation if the JVM has the incubating module, else the plain one. */
  static RowSums fastest(int lanes) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new TiledRowSums(lanes);
    }
    try {
      // Compiled apart and looked up by name: a JVM without the module cannot load the class.
      return (RowSums)
          Class.forName(VECTOR_CLASS).getDeclaredConstructor(int.class).newInstance(lanes);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(VECTOR_CLASS + " is missing from the jar", e);
    }
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void sum(
      int degree,
      int rows,
      int firstEdge,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int offset) {
    float[] four = new float[4 * lanes];
    int edge = firstEdge;
    for (int i = 0; i < rows; i++) {
      int at = offset + i * lanes;
      java.util.Arrays.fill(sums, at, at + lanes, 0);
      int left = degree;
      for (; left >= 4; left -= 4, edge += 4) {
        for (int turn = 0; turn < 4; turn++) {
          multiply(edge + turn, columns, weights, mirrors, four, turn * lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
          sums[at + lane] +=
              (four[lane] + four[lanes + lane]) + (four[2 * lanes + lane] + four[3 * lanes + lane]);
        }
      }
      if (left > 0) {
        multiply(edge++, columns, weights, mirrors, four, 0);
        for (; left > 1; left--) {
          multiply(edge++, columns, weights, mirrors, four, lanes);
          for (int lane = 0; lane < lanes; lane++) {
            four[lane] += four[lanes + lane];
          }
        }
        for (int lane = 0; lane < lanes; lane++) {
          sums[at + lane] += four[lane];
        }
      }
    }
  }

  private void multiply(
      int edge, int[] columns, float[] weights, float[] mirrors, float[] products, int at) {
    int mirror = columns[edge] * lanes;
    float weight = weights == null ? 1 : weights[edge];
    for (int lane = 0; lane < lanes; lane++) {
      products[at + lane] = mirrors[mirror + lane] * weight;
    }
  }

  @Override
  public void turnIntoRanks(
      double[] sums, int rows, double[] factor, double[] base, float[] preference, int firstRow) {
    for (int i = 0; i < rows; i++) {
      int at = i * lanes;
      int share = (firstRow + i) * lanes;
      for (int lane = 0; lane < lanes; lane++) {
        double given = preference == null ? base[lane] : base[lane] * preference[share + lane];
        sums[at + lane] = factor[lane] * sums[at + lane] + given;
      }
    }
  }

  @Override
  public void contribute(double[] ranks, int row, double inverse, float[] contributions, int to) {
    for (int lane = 0; lane < lanes; lane++) {
      contributions[to * lanes + lane] = (float) (ranks[row * lanes + lane] * inverse);
    }
  }
}
