/**
 * Scores past nights with another model, next to their published scores.
 *
 * <p>In: {@code publications}, and {@code account_state} as of each night. Out: {@code
 * mart_candidate_scores}, with which the last night is published again.
 */
package renown.operate.rescore;
