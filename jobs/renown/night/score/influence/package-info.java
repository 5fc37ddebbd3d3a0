/**
 * Influence: the rank of every account in its network's attention graph.
 *
 * <p>In: {@code edge_increments}, {@code landmarks}, {@code exclusions}, {@code credibilities},
 * last night's {@code influence_ranks}. Out: {@code influence_ranks}, {@code rank_runs}, {@code
 * top_sources}. An edge weighs {@code sum over verbs of verb weight * ln(1 + decayed count)}, less
 * the discount for closed trading; the preference vector is credibility; {@code renown.engine.rank}
 * computes the ranking.
 */
package renown.night.score.influence;
