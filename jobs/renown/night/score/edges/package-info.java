/**
 * The attention graph: who attends to whom, by verb, decayed.
 *
 * <p>In: the night's {@code interactions}. Out: {@code edge_increments}, {@code landmarks}. An
 * interaction weighs {@code 2^((its time - landmark) / half-life)} (forward decay: Cormode,
 * Shkapenyuk, Srivastava, Xu, ICDE 2009). So a night appends rows and never rewrites earlier ones,
 * except for a compaction whenever the graph's age in days is a power of two.
 */
package renown.night.score.edges;
