package renown.kernels.rank;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Sums of non-negative numbers that do not depend on the order of the additions: an array of
 * 128-bit fixed-point accumulators with 64 bits before and 64 bits after the binary point. A number
 * is truncated at 2^-64, always in the same way, and integer addition is associative; so partial
 * sums of any partition of the numbers merge to the same bits.
 */
public final class ExactSums implements Serializable {
  private static final double TWO_TO_32 = 0x1p32;
  private static final double LIMIT = 0x1p32;

  private final long[] whole;
  private final long[] fraction;

  ExactSums(int size) {
    whole = new long[size];
    fraction = new long[size];
  }

  int size() {
    return whole.length;
  }

  /** Adds a number in {@code [0, 2^32)} to sum {@code i}. */
  void add(int i, double number) {
    if (!(number >= 0 && number < LIMIT)) {
      throw new IllegalArgumentException("outside [0, 2^32): " + number);
    }
    long integer = (long) number;
    double upper = (number - integer) * TWO_TO_32;
    long upperBits = (long) upper;
    long lowerBits = (long) ((upper - upperBits) * TWO_TO_32);
    add(i, integer, upperBits << 32 | lowerBits);
  }

  /** Adds another accumulator's two halves to sum {@code i}. */
  void add(int i, long otherWhole, long otherFraction) {
    long sum = fraction[i] + otherFraction;
    whole[i] += otherWhole + (Long.compareUnsigned(sum, otherFraction) < 0 ? 1 : 0);
    fraction[i] = sum;
  }

  /** Adds all sums of another array of the same size. */
  public void addAll(ExactSums other) {
    for (int i = 0; i < whole.length; i++) {
      add(i, other.whole[i], other.fraction[i]);
    }
  }

  long whole(int i) {
    return whole[i];
  }

  long fraction(int i) {
    return fraction[i];
  }

  /** Sum {@code i}, rounded once to the nearest double. */
  double value(int i) {
    if (whole[i] >>> 53 == 0 && fraction[i] == 0) {
      return whole[i];
    }
    byte[] bits = new byte[16];
    for (int b = 0; b < 8; b++) {
      bits[b] = (byte) (whole[i] >>> (56 - 8 * b));
      bits[8 + b] = (byte) (fraction[i] >>> (56 - 8 * b));
    }
    return new BigInteger(1, bits).doubleValue() * 0x1p-64;
  }
}
