package renown.kernels.sketches;

import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.CompactSketch;
import org.apache.datasketches.theta.HashIterator;
import org.apache.datasketches.theta.Intersection;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.Union;
import org.apache.datasketches.theta.UpdateSketch;

/**
 * Makes and reads theta sketches as Spark's functions do (Apache DataSketches, compact and
 * compressed): the k smallest hashes of a set's members, below the threshold theta, which is the
 * next hash if the set has more than k.
 */
public final class AudienceSketch {
  /** Nominal entries k = 4,096, the default of Spark's functions. */
  public static final int LOG2_ENTRIES = 12;

  private static final double ENTRIES = 1 << LOG2_ENTRIES;

  private AudienceSketch() {}

  /**
   * The sketch of a set, as Spark's theta_sketch_agg makes it.
   *
   * @param members distinct or not, in any order; not empty
   */
  public static byte[] of(long[] members) {
    UpdateSketch sketch = UpdateSketch.builder().setLogNominalEntries(LOG2_ENTRIES).build();
    for (long member : members) {
      sketch.update(member);
    }
    return sketch.rebuild().compact().toByteArrayCompressed();
  }

  /** The sketch of the union of two sets, as Spark's theta_union makes it. */
  public static byte[] union(byte[] one, byte[] other) {
    Union union = SetOperation.builder().setLogNominalEntries(LOG2_ENTRIES).buildUnion();
    union.union(read(one));
    union.union(read(other));
    return union.getResult().toByteArrayCompressed();
  }

  /** How many members two sets have in common, estimated; whole. */
  public static long shared(byte[] one, byte[] other) {
    Intersection intersection = SetOperation.builder().buildIntersection();
    return Math.round(intersection.intersect(read(one), read(other)).getEstimate());
  }

  /** How many members a set has, estimated; whole. */
  public static long count(byte[] sketch) {
    return Math.round(read(sketch).getEstimate());
  }

  /**
   * The standard error of a sketch's estimate, as a share of it: {@code sqrt((1 - theta) / (k -
   * 1))} (Beyer, Haas, Reinwald, Sismanis, Gemulla, SIGMOD 2007, section 3), 0 if the sketch holds
   * its whole set.
   */
  public static double relativeError(byte[] sketch) {
    return Math.sqrt((1 - read(sketch).getTheta()) / (ENTRIES - 1));
  }

  /**
   * The share of all possible hashes below which a sketch is surely whole, from its relative error
   * alone.
   */
  public static double wholeShare(double relativeError) {
    return relativeError == 0
        ? 1
        // Minus the possible rounding error, so that it is never above the threshold.
        : (1 - relativeError * relativeError * (ENTRIES - 1)) * (1 - 1e-9) - 1e-12;
  }

  /** The threshold as a hash: every member whose hash is smaller is in the sketch. */
  public static long threshold(byte[] sketch) {
    return read(sketch).getThetaLong();
  }

  /** The share of all possible hashes below the threshold, which scales counts to estimates. */
  public static double share(long threshold) {
    return threshold / (double) Long.MAX_VALUE;
  }

  /**
   * The hashes of the members that are below a threshold, rising.
   *
   * @param threshold at most the sketch's own, else members would be missing
   */
  public static long[] hashesBelow(byte[] sketch, long threshold) {
    CompactSketch read = read(sketch);
    if (threshold > read.getThetaLong()) {
      throw new IllegalArgumentException("The sketch holds no hashes from " + read.getThetaLong());
    }
    long[] hashes = new long[read.getRetainedEntries(true)];
    int count = 0;
    HashIterator members = read.iterator();
    while (members.next()) {
      if (members.get() < threshold) {
        hashes[count++] = members.get();
      }
    }
    return java.util.Arrays.copyOf(hashes, count);
  }

  private static CompactSketch read(byte[] sketch) {
    return CompactSketch.heapify(Memory.wrap(sketch));
  }
}
