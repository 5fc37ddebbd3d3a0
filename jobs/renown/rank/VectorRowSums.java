package renown.rank;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row sums of several vectors at a time with the Vector API. Compiled by an execution of its own
 * (the module incubates, which the compiler warns of) and loaded by name only where the JVM has the
 * module.
 *
 * <p>The widest register of doubles gives the width, 8 lanes with AVX-512, 4 with AVX2, and floats
 * come in registers of half that size. A tile of more lanes is walked over once per width, some
 * rows at a time, so that its mirrors are still in the nearest cache. What the JVM does not turn
 * into single instructions is avoided, since a vector that becomes an object costs more than the
 * sum: conversions of any part but the first, and species that are not constants.
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

  private static DoubleVector wide(FloatVector floats) {
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  private static FloatVector load(int[] columns, int edge, float[] mirrors, int lanes, int lane) {
    return FloatVector.fromArray(FLOATS, mirrors, columns[edge] * lanes + lane);
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
            load(columns, edge, mirrors, lanes, lane)
                .add(load(columns, edge + 1, mirrors, lanes, lane))
                .add(
                    load(columns, edge + 2, mirrors, lanes, lane)
                        .add(load(columns, edge + 3, mirrors, lanes, lane)));
        sum = sum.add(wide(four));
      }
      if (edge < end) {
        FloatVector rest = load(columns, edge, mirrors, lanes, lane);
        for (edge++; edge < end; edge++) {
          rest = rest.add(load(columns, edge, mirrors, lanes, lane));
        }
        sum = sum.add(wide(rest));
      }
      sum.intoArray(sums, at);
    }
  }

  private static FloatVector product(
      int[] columns, float[] weights, int edge, float[] mirrors, int lanes, int lane) {
    return load(columns, edge, mirrors, lanes, lane)
        .mul(FloatVector.broadcast(FLOATS, weights[edge]));
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
            product(columns, weights, edge, mirrors, lanes, lane)
                .add(product(columns, weights, edge + 1, mirrors, lanes, lane))
                .add(
                    product(columns, weights, edge + 2, mirrors, lanes, lane)
                        .add(product(columns, weights, edge + 3, mirrors, lanes, lane)));
        sum = sum.add(wide(four));
      }
      if (edge < end) {
        FloatVector rest = product(columns, weights, edge, mirrors, lanes, lane);
        for (edge++; edge < end; edge++) {
          rest = rest.add(product(columns, weights, edge, mirrors, lanes, lane));
        }
        sum = sum.add(wide(rest));
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
          DoubleVector shares = wide(FloatVector.fromArray(FLOATS, preference, share));
          DoubleVector.fromArray(DOUBLES, sums, at)
              .mul(factors)
              .add(bases.mul(shares))
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
