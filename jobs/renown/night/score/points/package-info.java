/**
 * Points: maps earned attention to scores.
 *
 * <p>In: {@code account_state}. Out: {@code reference_populations}, {@code account_state}, {@code
 * mart_candidate_scores}. {@code points = 12.5 * log10(1 / share of the reference population that
 * earns at least as much)}, at most 100, computed for earned attention (the score and the ends of
 * its interval) and for momentum; null if too few credible accounts attend.
 */
package renown.night.score.points;
