package renown.rank;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row sums of several vectors at a time with the Vector API, eight lanes in one register. Compiled
 * by an execution of its own (the module incubates, which the compiler warns of) and loaded by name
 * only where the JVM has the module.
 */
final class VectorRowSums implements RowSums {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;
  private static final int WIDTH = 8;
  private static final int HALF = 4;

  private final int lanes;

  VectorRowSums(int lanes) {
    if (lanes < 2 || lanes % WIDTH != 0) {
      throw new IllegalArgumentException("lanes come in tiles of 8: " + lanes);
    }
    this.lanes = lanes;
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
    int edge = firstEdge;
    for (int i = 0; i < rows; i++, edge += degree) {
      int at = offset + i * lanes;
      // The second eight lanes find what the first brought to the nearest cache.
      for (int lane = 0; lane < lanes; lane += WIDTH) {
        if (weights == null) {
          plain(degree, edge, lane, columns, mirrors, sums, at + lane);
        } else {
          weighted(degree, edge, lane, columns, weights, mirrors, sums, at + lane);
        }
      }
    }
  }

  private FloatVector load(int[] columns, int edge, int lane, float[] mirrors) {
    return FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane);
  }

  private static DoubleVector half(FloatVector floats, int part) {
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, part);
  }

  private void plain(
      int degree, int edge, int lane, int[] columns, float[] mirrors, double[] sums, int at) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = low;
    int e = edge;
    int end = edge + degree;
    for (; e <= end - 4; e += 4) {
      FloatVector four =
          load(columns, e, lane, mirrors)
              .add(load(columns, e + 1, lane, mirrors))
              .add(load(columns, e + 2, lane, mirrors).add(load(columns, e + 3, lane, mirrors)));
      low = low.add(half(four, 0));
      high = high.add(half(four, 1));
    }
    if (e < end) {
      FloatVector rest = load(columns, e, lane, mirrors);
      for (e++; e < end; e++) {
        rest = rest.add(load(columns, e, lane, mirrors));
      }
      low = low.add(half(rest, 0));
      high = high.add(half(rest, 1));
    }
    low.intoArray(sums, at);
    high.intoArray(sums, at + HALF);
  }

  private void weighted(
      int degree,
      int edge,
      int lane,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int at) {
    DoubleVector low = DoubleVector.zero(DOUBLES);
    DoubleVector high = low;
    int e = edge;
    int end = edge + degree;
    for (; e <= end - 4; e += 4) {
      FloatVector four =
          load(columns, e, lane, mirrors)
              .mul(weights[e])
              .add(load(columns, e + 1, lane, mirrors).mul(weights[e + 1]))
              .add(
                  load(columns, e + 2, lane, mirrors)
                      .mul(weights[e + 2])
                      .add(load(columns, e + 3, lane, mirrors).mul(weights[e + 3])));
      low = low.add(half(four, 0));
      high = high.add(half(four, 1));
    }
    if (e < end) {
      FloatVector rest = load(columns, e, lane, mirrors).mul(weights[e]);
      for (e++; e < end; e++) {
        rest = rest.add(load(columns, e, lane, mirrors).mul(weights[e]));
      }
      low = low.add(half(rest, 0));
      high = high.add(half(rest, 1));
    }
    low.intoArray(sums, at);
    high.intoArray(sums, at + HALF);
  }
}
