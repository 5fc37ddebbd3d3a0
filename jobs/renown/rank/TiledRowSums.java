package renown.rank;

/** Row sums of several vectors at a time in plain Java: what runs without the Vector API. */
final class TiledRowSums implements RowSums {
  private static final String VECTOR_CLASS = "renown.rank.VectorRowSums";

  private final int lanes;

  TiledRowSums(int lanes) {
    if (lanes < 2 || lanes % 8 != 0) {
      throw new IllegalArgumentException("lanes come in tiles of 8: " + lanes);
    }
    this.lanes = lanes;
  }

  /** The Vector API's version where the JVM has the incubating module, else the plain one. */
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
    double[] accumulators = new double[4 * lanes];
    int edge = firstEdge;
    for (int i = 0; i < rows; i++) {
      java.util.Arrays.fill(accumulators, 0);
      for (int j = 0; j < degree; j++, edge++) {
        int mirror = columns[edge] * lanes;
        int turn = (j & 3) * lanes;
        float weight = weights == null ? 1 : weights[edge];
        for (int lane = 0; lane < lanes; lane++) {
          accumulators[turn + lane] += mirrors[mirror + lane] * weight;
        }
      }
      int at = offset + i * lanes;
      for (int lane = 0; lane < lanes; lane++) {
        sums[at + lane] =
            (accumulators[lane] + accumulators[lanes + lane])
                + (accumulators[2 * lanes + lane] + accumulators[3 * lanes + lane]);
      }
    }
  }
}
