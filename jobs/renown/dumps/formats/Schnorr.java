package renown.dumps.formats;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Verifies Schnorr signatures over secp256k1 (BIP 340). Only public values are handled, so nothing
 * here needs to take constant time.
 *
 * <p>Field elements are ten limbs of 26 bits, so that sums of products fit a long; points are in
 * Jacobian coordinates; both scalars are read four bits at a time with tables of multiples.
 */
final class Schnorr {
  private static final BigInteger FIELD =
      new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F", 16);
  private static final BigInteger ORDER =
      new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);
  private static final int LIMBS = 10;
  private static final int BITS = 26;
  private static final long MASK = (1L << BITS) - 1;

  /** 2^260 modulo the field: 2^36 + 15632, as limbs. */
  private static final long FOLD_LOW = 15_632;

  private static final long FOLD_HIGH = 1_024;
  private static final BigInteger ROOT = FIELD.add(BigInteger.ONE).shiftRight(2);
  private static final BigInteger INVERSE = FIELD.subtract(BigInteger.TWO);

  /** A multiple of the field, every limb above that of any element: no difference is negative. */
  private static final long[] ABOVE = above();

  private static final long[][] GENERATOR =
      multiples(
          new BigInteger("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798", 16),
          new BigInteger("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8", 16));
  private static final byte[] CHALLENGE =
      sha256("BIP0340/challenge".getBytes(StandardCharsets.US_ASCII));

  private Schnorr() {}

  /**
   * Whether a signature is by a key.
   *
   * @param key 32 bytes
   * @param message of any length
   * @param signature 64 bytes
   */
  static boolean verifies(byte[] key, byte[] message, byte[] signature) {
    BigInteger x = new BigInteger(1, key);
    BigInteger r = new BigInteger(1, signature, 0, 32);
    BigInteger s = new BigInteger(1, signature, 32, 32);
    if (key.length != 32
        || signature.length != 64
        || x.compareTo(FIELD) >= 0
        || r.compareTo(FIELD) >= 0
        || s.compareTo(ORDER) >= 0) {
      return false;
    }
    long[] cube =
        add(multiply(multiply(limbs(x), limbs(x)), limbs(x)), limbs(BigInteger.valueOf(7)));
    BigInteger y = number(power(cube, ROOT));
    if (!number(multiply(limbs(y), limbs(y))).equals(number(cube))) {
      return false;
    }
    y = y.testBit(0) ? FIELD.subtract(y) : y;
    MessageDigest digest = sha256();
    digest.update(CHALLENGE);
    digest.update(CHALLENGE);
    digest.update(signature, 0, 32);
    digest.update(key);
    digest.update(message);
    BigInteger e = new BigInteger(1, digest.digest()).mod(ORDER);
    long[] point = sum(s, ORDER.subtract(e).mod(ORDER), multiples(x, y));
    long[] z = coordinate(point, 2);
    if (isZero(z)) {
      return false;
    }
    long[] inverse = power(z, INVERSE);
    long[] square = multiply(inverse, inverse);
    BigInteger affineX = number(multiply(coordinate(point, 0), square));
    BigInteger affineY = number(multiply(coordinate(point, 1), multiply(square, inverse)));
    return !affineY.testBit(0) && affineX.equals(r);
  }

  static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  // ---- Points: x, y and z in thirty limbs; z = 0 is the point at infinity

  private static long[] coordinate(long[] point, int which) {
    long[] value = new long[LIMBS];
    System.arraycopy(point, which * LIMBS, value, 0, LIMBS);
    return value;
  }

  private static long[] point(long[] x, long[] y, long[] z) {
    long[] point = new long[3 * LIMBS];
    System.arraycopy(x, 0, point, 0, LIMBS);
    System.arraycopy(y, 0, point, LIMBS, LIMBS);
    System.arraycopy(z, 0, point, 2 * LIMBS, LIMBS);
    return point;
  }

  /** A point 0 to 15 times. */
  private static long[][] multiples(BigInteger x, BigInteger y) {
    long[][] multiples = new long[16][];
    multiples[0] = new long[3 * LIMBS];
    multiples[1] = point(limbs(x), limbs(y), limbs(BigInteger.ONE));
    for (int i = 2; i < multiples.length; i++) {
      multiples[i] = i % 2 == 0 ? twice(multiples[i / 2]) : sum(multiples[i - 1], multiples[1]);
    }
    return multiples;
  }

  /** The generator so many times, and the point whose multiples are given. */
  private static long[] sum(BigInteger ofGenerator, BigInteger ofPoint, long[][] multiples) {
    long[] sum = new long[3 * LIMBS];
    for (int bit = 252; bit >= 0; bit -= 4) {
      for (int i = 0; i < 4; i++) {
        sum = twice(sum);
      }
      sum = sum(sum, GENERATOR[digit(ofGenerator, bit)]);
      sum = sum(sum, multiples[digit(ofPoint, bit)]);
    }
    return sum;
  }

  private static int digit(BigInteger number, int bit) {
    return number.shiftRight(bit).intValue() & 15;
  }

  private static long[] twice(long[] point) {
    long[] x = coordinate(point, 0);
    long[] y = coordinate(point, 1);
    long[] z = coordinate(point, 2);
    if (isZero(z)) {
      return point;
    }
    long[] yy = multiply(y, y);
    long[] s = times(multiply(x, yy), 4);
    long[] m = times(multiply(x, x), 3);
    long[] x2 = subtract(multiply(m, m), times(s, 2));
    long[] y2 = subtract(multiply(m, subtract(s, x2)), times(multiply(yy, yy), 8));
    return point(x2, y2, times(multiply(y, z), 2));
  }

  private static long[] sum(long[] a, long[] b) {
    long[] az = coordinate(a, 2);
    long[] bz = coordinate(b, 2);
    if (isZero(az)) {
      return b;
    }
    if (isZero(bz)) {
      return a;
    }
    long[] azz = multiply(az, az);
    long[] bzz = multiply(bz, bz);
    long[] u = multiply(coordinate(a, 0), bzz);
    long[] s = multiply(coordinate(a, 1), multiply(bzz, bz));
    long[] h = subtract(multiply(coordinate(b, 0), azz), u);
    long[] r = subtract(multiply(coordinate(b, 1), multiply(azz, az)), s);
    if (isZero(h)) {
      return isZero(r) ? twice(a) : new long[3 * LIMBS];
    }
    long[] hh = multiply(h, h);
    long[] hhh = multiply(hh, h);
    long[] v = multiply(u, hh);
    long[] x = subtract(subtract(multiply(r, r), hhh), times(v, 2));
    long[] y = subtract(multiply(r, subtract(v, x)), multiply(s, hhh));
    return point(x, y, multiply(multiply(az, bz), h));
  }

  // ---- Field elements: limbs of at most 26 bits and a little, not reduced below the field

  private static long[] limbs(BigInteger number) {
    long[] limbs = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] = number.shiftRight(i * BITS).longValue() & MASK;
    }
    return limbs;
  }

  private static BigInteger number(long[] limbs) {
    BigInteger number = BigInteger.ZERO;
    for (int i = LIMBS - 1; i >= 0; i--) {
      number = number.shiftLeft(BITS).add(BigInteger.valueOf(limbs[i]));
    }
    return number.mod(FIELD);
  }

  private static boolean isZero(long[] a) {
    long any = 0;
    for (long limb : a) {
      any |= limb;
    }
    // Zero may also stand there as the field itself, or as twice it.
    return any == 0 || number(a).signum() == 0;
  }

  private static long[] add(long[] a, long[] b) {
    long[] sum = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      sum[i] = a[i] + b[i];
    }
    return carried(sum, 0);
  }

  private static long[] above() {
    long[] limbs = limbs(FIELD);
    // The topmost limb holds what is left of 256 bits; borrow for those below.
    BigInteger left = FIELD.shiftLeft(6);
    for (int i = 0; i < LIMBS - 1; i++) {
      limbs[i] = (left.longValue() & MASK) + (1L << 29);
      left = left.subtract(BigInteger.valueOf(limbs[i])).shiftRight(BITS);
    }
    limbs[LIMBS - 1] = left.longValueExact();
    return limbs;
  }

  private static long[] subtract(long[] a, long[] b) {
    long[] difference = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      difference[i] = a[i] - b[i] + ABOVE[i];
    }
    return carried(difference, 0);
  }

  private static long[] times(long[] a, int factor) {
    long[] product = new long[LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      product[i] = a[i] * factor;
    }
    return carried(product, 0);
  }

  /**
   * Brings every limb to 26 bits, and what is above them back to the lowest.
   *
   * @param above the limb above the ten
   */
  private static long[] carried(long[] limbs, long above) {
    long over = above;
    for (int round = 0; round < 2; round++) {
      limbs[0] += over * FOLD_LOW;
      limbs[1] += over * FOLD_HIGH;
      over = 0;
      for (int i = 0; i < LIMBS; i++) {
        limbs[i] += over;
        over = limbs[i] >> BITS;
        limbs[i] &= MASK;
      }
    }
    limbs[0] += over * FOLD_LOW;
    limbs[1] += over * FOLD_HIGH;
    return limbs;
  }

  private static long[] multiply(long[] a, long[] b) {
    long[] wide = new long[2 * LIMBS];
    for (int i = 0; i < LIMBS; i++) {
      long limb = a[i];
      for (int k = 0; k < LIMBS; k++) {
        wide[i + k] += limb * b[k];
      }
    }
    long over = 0;
    for (int i = 0; i < wide.length; i++) {
      wide[i] += over;
      over = wide[i] >> BITS;
      wide[i] &= MASK;
    }
    long[] product = new long[LIMBS];
    long above = 0;
    for (int i = 0; i < LIMBS; i++) {
      product[i] = wide[i] + wide[LIMBS + i] * FOLD_LOW + above * FOLD_HIGH;
      above = wide[LIMBS + i];
    }
    return carried(product, above * FOLD_HIGH);
  }

  private static long[] power(long[] base, BigInteger exponent) {
    long[] power = limbs(BigInteger.ONE);
    for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
      power = multiply(power, power);
      if (exponent.testBit(bit)) {
        power = multiply(power, base);
      }
    }
    return power;
  }
}
