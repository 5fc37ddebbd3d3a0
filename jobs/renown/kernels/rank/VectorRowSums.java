package renown.kernels.rank;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row sums of several vectors at a time with the Vector API. Compiled in a separate compiler
 * execution (the module is incubating, which the compiler warns about) and loaded by name only if
 * the JVM has the module.
 *
 * <p>The widest register of doubles determines the width, 8 lanes with AVX-512, 4 with AVX2; floats
 * use registers of half that size. A wider tile is processed once per width, some rows at a time,
 * so that its mirrors stay in L1 cache. Operations that the JVM does not intrinsify are avoided,
 * since a vector that becomes an object costs several times the sum: conversions of any part but
 * the first, and methods of our own that take or return vectors, whose inlining is not guaranteed.
 * Hence the repetitions.
 */
final class VectorRowSums implements RowSums {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int WIDTH = DOUBLES.length();
  private static final VectorSpecies<Float> FLOATS =
      WIDTH == 8
          ? FloatVector.SPECIES_256
          : WIDTH == 4 ? FloatVector.SPECIES_128 : FloatVector.SPECIES_64;

  private final int lanes;

  VectorRowSums(int lanes) {
    if (lanes < 2 || lanes % 8 != 0) {
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
    for (int lane = 0; lane < lanes; lane += WIDTH) {
      if (weights == null) {
        plain(degree, rows, firstEdge, columns, mirrors, lanes, lane, sums, offset + lane);
      } else {
        weighted(
            degree, rows, firstEdge, columns, weights, mirrors, lanes, lane, sums, offset + lane);
      }
    }
  }

  private static void plain(
      int degree,
      int rows,
      int firstEdge,
      int[] columns,
      float[] mirrors,
      int lanes,
      int lane,
      double[] sums,
      int offset) {
    int edge = firstEdge;
    for (int i = 0, at = offset; i < rows; i++, at += lanes) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      int end = edge + degree;
      for (; edge <= end - 4; edge += 4) {
        FloatVector four =
            FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane)
                .add(FloatVector.fromArray(FLOATS, mirrors, columns[edge + 1] * lanes + lane))
                .add(
                    FloatVector.fromArray(FLOATS, mirrors, columns[edge + 2] * lanes + lane)
                        .add(
                            FloatVector.fromArray(
                                FLOATS, mirrors, columns[edge + 3] * lanes + lane)));
        sum = sum.add(four.convertShape(VectorOperators.F2D, DOUBLES, 0));
      }
      if (edge < end) {
        FloatVector rest = FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane);
        for (edge++; edge < end; edge++) {
          rest = rest.add(FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane));
        }
        sum = sum.add(rest.convertShape(VectorOperators.F2D, DOUBLES, 0));
      }
      sum.intoArray(sums, at);
    }
  }

  private static void weighted(
      int degree,
      int rows,
      int firstEdge,
      int[] columns,
      float[] weights,
      float[] mirrors,
      int lanes,
      int lane,
      double[] sums,
      int offset) {
    int edge = firstEdge;
    for (int i = 0, at = offset; i < rows; i++, at += lanes) {
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      int end = edge + degree;
      for (; edge <= end - 4; edge += 4) {
        FloatVector four =
            FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane)
                .mul(FloatVector.broadcast(FLOATS, weights[edge]))
                .add(
                    FloatVector.fromArray(FLOATS, mirrors, columns[edge + 1] * lanes + lane)
                        .mul(FloatVector.broadcast(FLOATS, weights[edge + 1])))
                .add(
                    FloatVector.fromArray(FLOATS, mirrors, columns[edge + 2] * lanes + lane)
                        .mul(FloatVector.broadcast(FLOATS, weights[edge + 2]))
                        .add(
                            FloatVector.fromArray(FLOATS, mirrors, columns[edge + 3] * lanes + lane)
                                .mul(FloatVector.broadcast(FLOATS, weights[edge + 3]))));
        sum = sum.add(four.convertShape(VectorOperators.F2D, DOUBLES, 0));
      }
      if (edge < end) {
        FloatVector rest =
            FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane)
                .mul(FloatVector.broadcast(FLOATS, weights[edge]));
        for (edge++; edge < end; edge++) {
          rest =
              rest.add(
                  FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane)
                      .mul(FloatVector.broadcast(FLOATS, weights[edge])));
        }
        sum = sum.add(rest.convertShape(VectorOperators.F2D, DOUBLES, 0));
      }
      sum.intoArray(sums, at);
    }
  }

  @Override
  public void turnIntoRanks(
      double[] sums, int rows, double[] factor, double[] base, float[] preference, int firstRow) {
    int values = rows * lanes;
    for (int lane = 0; lane < lanes; lane += WIDTH) {
      DoubleVector factors = DoubleVector.fromArray(DOUBLES, factor, lane);
      DoubleVector bases = DoubleVector.fromArray(DOUBLES, base, lane);
      if (preference == null) {
        for (int at = lane; at < values; at += lanes) {
          DoubleVector.fromArray(DOUBLES, sums, at).mul(factors).add(bases).intoArray(sums, at);
        }
      } else {
        int share = firstRow * lanes + lane;
        for (int at = lane; at < values; at += lanes, share += lanes) {
          FloatVector shares = FloatVector.fromArray(FLOATS, preference, share);
          DoubleVector.fromArray(DOUBLES, sums, at)
              .mul(factors)
              .add(bases.mul(shares.convertShape(VectorOperators.F2D, DOUBLES, 0)))
              .intoArray(sums, at);
        }
      }
    }
  }

  @Override
  public void contribute(double[] ranks, int row, double inverse, float[] contributions, int to) {
    int from = row * lanes;
    int place = to * lanes;
    for (int lane = 0; lane < lanes; lane += WIDTH) {
      FloatVector narrow =
          (FloatVector)
              DoubleVector.fromArray(DOUBLES, ranks, from + lane)
                  .mul(inverse)
                  .convertShape(VectorOperators.D2F, FLOATS, 0);
      narrow.intoArray(contributions, place + lane);
    }
  }
}
