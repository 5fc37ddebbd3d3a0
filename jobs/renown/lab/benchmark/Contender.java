package renown.lab.benchmark;

/** A program that ranks the benchmark's graph. */
interface Contender extends AutoCloseable {
  String name();

  /** One run from the start vector. */
  record Run(double seconds, int iterations) {
    double secondsPerIteration() {
      return seconds / iterations;
    }
  }

  /** Ranks with some iterations and damping factor 0.85. */
  Run run(int iterations) throws Exception;

  /** Ranks of the last run, by the position of the vertex's key in the sorted keys; sum 1. */
  double[] ranks(long[] sortedKeys) throws Exception;

  /** Takes the edges at hand in again, if that is part of what is measured in each round. */
  default void rebuild() {}

  /** Seconds from the edges at hand to the first iteration, the last time that they were taken. */
  double buildSeconds();

  @Override
  void close();
}
