/**
 * Which few sets together hold most: kernels on primitive arrays, without Spark.
 *
 * <p>Sets are lists of members, which may be keys or hashes. Greedy maximisation of coverage
 * (Nemhauser, Wolsey, Fisher, Mathematical Programming 14, 1978) with lazy evaluation (Minoux
 * 1978), costs (Khuller, Moss, Naor, Information Processing Letters 70, 1999) and at most so many
 * of a group (Fisher, Nemhauser, Wolsey 1978). Sets that are too large come as the part of them
 * below a threshold on the hashes of members, the same for all: a sample of the universe, on which
 * coverage is what it is on the whole but for the sampling error (Bateni, Esfandiari, Mirrokni,
 * "Almost Optimal Streaming Algorithms for Coverage Problems", SPAA 2017).
 */
package renown.kernels.sketches;
