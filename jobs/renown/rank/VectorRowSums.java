package renown.rank;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row sums of several vectors at a time with the Vector API. Compiled by an execution of its own
 * (the module incubates, which the compiler warns of) and loaded by name only where the JVM has the
 * module.
 */
final class VectorRowSums implements RowSums {
  private static final VectorSpecies<Double> DOUBLES =
      DoubleVector.SPECIES_PREFERRED.length() > 8
          ? DoubleVector.SPECIES_512
          : DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(
          float.class, VectorShape.forBitSize(Math.max(64, DOUBLES.vectorBitSize() / 2)));
  private static final int WIDTH = DOUBLES.length();

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
    int edge = firstEdge;
    for (int i = 0; i < rows; i++, edge += degree) {
      int at = offset + i * lanes;
      int lane = 0;
      for (; lane + 2 * WIDTH <= lanes; lane += 2 * WIDTH) {
        if (weights == null) {
          pair(degree, edge, lane, columns, mirrors, sums, at);
        } else {
          weightedPair(degree, edge, lane, columns, weights, mirrors, sums, at);
        }
      }
      if (lane < lanes) {
        if (weights == null) {
          one(degree, edge, lane, columns, mirrors, sums, at);
        } else {
          weightedOne(degree, edge, lane, columns, weights, mirrors, sums, at);
        }
      }
    }
  }

  private DoubleVector load(float[] mirrors, int at) {
    return (DoubleVector)
        FloatVector.fromArray(FLOATS, mirrors, at).convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  private DoubleVector load(float[] mirrors, int at, float weight) {
    return (DoubleVector)
        FloatVector.fromArray(FLOATS, mirrors, at)
            .mul(weight)
            .convertShape(VectorOperators.F2D, DOUBLES, 0);
  }

  private void one(
      int degree, int edge, int lane, int[] columns, float[] mirrors, double[] sums, int at) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int e = edge;
    int end = edge + degree;
    for (; e <= end - 4; e += 4) {
      s0 = s0.add(load(mirrors, columns[e] * lanes + lane));
      s1 = s1.add(load(mirrors, columns[e + 1] * lanes + lane));
      s2 = s2.add(load(mirrors, columns[e + 2] * lanes + lane));
      s3 = s3.add(load(mirrors, columns[e + 3] * lanes + lane));
    }
    if (e < end) {
      s0 = s0.add(load(mirrors, columns[e] * lanes + lane));
    }
    if (e + 1 < end) {
      s1 = s1.add(load(mirrors, columns[e + 1] * lanes + lane));
    }
    if (e + 2 < end) {
      s2 = s2.add(load(mirrors, columns[e + 2] * lanes + lane));
    }
    s0.add(s1).add(s2.add(s3)).intoArray(sums, at + lane);
  }

  private void weightedOne(
      int degree,
      int edge,
      int lane,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int at) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int e = edge;
    int end = edge + degree;
    for (; e <= end - 4; e += 4) {
      s0 = s0.add(load(mirrors, columns[e] * lanes + lane, weights[e]));
      s1 = s1.add(load(mirrors, columns[e + 1] * lanes + lane, weights[e + 1]));
      s2 = s2.add(load(mirrors, columns[e + 2] * lanes + lane, weights[e + 2]));
      s3 = s3.add(load(mirrors, columns[e + 3] * lanes + lane, weights[e + 3]));
    }
    if (e < end) {
      s0 = s0.add(load(mirrors, columns[e] * lanes + lane, weights[e]));
    }
    if (e + 1 < end) {
      s1 = s1.add(load(mirrors, columns[e + 1] * lanes + lane, weights[e + 1]));
    }
    if (e + 2 < end) {
      s2 = s2.add(load(mirrors, columns[e + 2] * lanes + lane, weights[e + 2]));
    }
    s0.add(s1).add(s2.add(s3)).intoArray(sums, at + lane);
  }

  private void pair(
      int degree, int edge, int lane, int[] columns, float[] mirrors, double[] sums, int at) {
    one(degree, edge, lane, columns, mirrors, sums, at);
    one(degree, edge, lane + WIDTH, columns, mirrors, sums, at);
  }

  private void weightedPair(
      int degree,
      int edge,
      int lane,
      int[] columns,
      float[] weights,
      float[] mirrors,
      double[] sums,
      int at) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    DoubleVector t0 = s0;
    DoubleVector t1 = s0;
    DoubleVector t2 = s0;
    DoubleVector t3 = s0;
    int e = edge;
    int end = edge + degree;
    for (; e <= end - 4; e += 4) {
      int m0 = columns[e] * lanes + lane;
      int m1 = columns[e + 1] * lanes + lane;
      int m2 = columns[e + 2] * lanes + lane;
      int m3 = columns[e + 3] * lanes + lane;
      s0 = s0.add(load(mirrors, m0, weights[e]));
      t0 = t0.add(load(mirrors, m0 + WIDTH, weights[e]));
      s1 = s1.add(load(mirrors, m1, weights[e + 1]));
      t1 = t1.add(load(mirrors, m1 + WIDTH, weights[e + 1]));
      s2 = s2.add(load(mirrors, m2, weights[e + 2]));
      t2 = t2.add(load(mirrors, m2 + WIDTH, weights[e + 2]));
      s3 = s3.add(load(mirrors, m3, weights[e + 3]));
      t3 = t3.add(load(mirrors, m3 + WIDTH, weights[e + 3]));
    }
    if (e < end) {
      int m = columns[e] * lanes + lane;
      s0 = s0.add(load(mirrors, m, weights[e]));
      t0 = t0.add(load(mirrors, m + WIDTH, weights[e]));
    }
    if (e + 1 < end) {
      int m = columns[e + 1] * lanes + lane;
      s1 = s1.add(load(mirrors, m, weights[e + 1]));
      t1 = t1.add(load(mirrors, m + WIDTH, weights[e + 1]));
    }
    if (e + 2 < end) {
      int m = columns[e + 2] * lanes + lane;
      s2 = s2.add(load(mirrors, m, weights[e + 2]));
      t2 = t2.add(load(mirrors, m + WIDTH, weights[e + 2]));
    }
    s0.add(s1).add(s2.add(s3)).intoArray(sums, at + lane);
    t0.add(t1).add(t2.add(t3)).intoArray(sums, at + lane + WIDTH);
  }
}
