/**
 * The attention graph: who attends to whom, by verb, decayed.
 *
 * <p>In: the night's {@code interactions}. Out: {@code edge_increments}, {@code landmarks}. An act
 * weighs {@code 2^((its time - landmark) / half-life)} (forward decay: Cormode, Shkapenyuk,
 * Srivastava, Xu, ICDE 2009), so a night adds rows and never rewrites those of others, but for a
 * compaction whenever the age of the graph is a power of two in days.
 */
package renown.night.score.edges;
