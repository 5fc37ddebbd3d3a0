package renown.lab.generate;

/**
 * Stateless random numbers: every number is a function of a key, so any task can compute any number
 * of the society independently.
 *
 * <p>The mixing function is the finalizer of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable
 * pseudorandom number generators"). Logarithms and powers are StrictMath's, so that the same seed
 * gives the same bits on every machine.
 */
final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /** A bijection of 64-bit numbers that looks random. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The key of counter {@code n} below {@code key}. */
  static long key(long key, long n) {
    return mix(mix(key + GOLDEN) ^ (n * GOLDEN + 0x632BE59BD9B4E019L));
  }

  static long key(long key, long a, long b) {
    return key(key(key, a), b);
  }

  static long key(long key, long a, long b, long c) {
    return key(key(key(key, a), b), c);
  }

  /** The {@code n}-th number of a key, uniform in [0, 1). */
  static double uniform(long key, int n) {
    return (mix(key + (n + 1) * GOLDEN) >>> 11) * 0x1p-53;
  }

  /** The {@code n}-th number of a key, uniform in {@code 0..bound-1}. */
  static int below(long key, int n, int bound) {
    return (int) (uniform(key, n) * bound);
  }

  /** Standard normal, from numbers {@code n} and {@code n + 1} (Box and Muller 1958). */
  static double normal(long key, int n) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, n)));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform(key, n + 1));
  }

  /** Poisson by inversion of {@code uniform}; {@code expMinusMean} is exp(-mean), at most 128. */
  static int poisson(double mean, double expMinusMean, double uniform) {
    double term = expMinusMean;
    double sum = term;
    int k = 0;
    while (uniform > sum && k < 128) {
      k++;
      term *= mean / k;
      sum += term;
    }
    return k;
  }

  /**
   * A rank in {@code 0..size-1} with probability about proportional to {@code (rank + 1) ^
   * -exponent}: the inverse of the continuous distribution, rounded down. The k-th most popular of
   * {@code n} gets attention like {@code k ^ -exponent}, so popularity has a power-law tail with
   * density exponent {@code 1 + 1 / exponent}.
   */
  static int zipf(double uniform, int size, double exponent) {
    double power = 1 - exponent;
    double top = StrictMath.pow(size + 1.0, power);
    int rank = (int) (StrictMath.pow(1 + uniform * (top - 1), 1 / power)) - 1;
    return Math.min(Math.max(rank, 0), size - 1);
  }
}
