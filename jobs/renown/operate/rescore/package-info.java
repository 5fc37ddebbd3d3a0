/**
 * Scores past nights under another model, beside the scores with which they were published.
 *
 * <p>In: {@code publications}, and {@code earned_attentions} as each night left it. Out: {@code
 * mart_candidate_scores}, with which the last night is published once more.
 */
package renown.operate.rescore;
