/**
 * Maximum coverage: which few sets together cover the most members. Kernels on primitive arrays,
 * without Spark.
 *
 * <p>Sets are lists of members, which may be keys or hashes. Greedy maximisation (Nemhauser,
 * Wolsey, Fisher, Mathematical Programming 14, 1978) with lazy evaluation (Minoux 1978), costs
 * (Khuller, Moss, Naor, Information Processing Letters 70, 1999) and a maximum per group (Fisher,
 * Nemhauser, Wolsey 1978). Large sets are represented by the members whose hash is below a
 * threshold common to all sets. That is a sample of the universe, and coverage on it equals
 * coverage on the whole up to sampling error (Bateni, Esfandiari, Mirrokni, "Almost Optimal
 * Streaming Algorithms for Coverage Problems", SPAA 2017).
 */
package renown.kernels.sketches;
