/**
 * Influence: the rank of every account in the attention graph of its network.
 *
 * <p>In: {@code edge_increments}, {@code landmarks}, {@code exclusions}, {@code credibilities},
 * last night's {@code influence_ranks}. Out: {@code influence_ranks}, {@code rank_runs}, {@code
 * top_sources}. An edge weighs {@code sum over verbs of verb weight * ln(1 + decayed count)}, less
 * what a closed trade discounts; the preference vector is credibility; {@link renown.rank} does the
 * ranking.
 */
package renown.night.score.influence;
