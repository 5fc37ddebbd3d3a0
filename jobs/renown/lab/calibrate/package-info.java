/**
 * Weights from experience: of what the lake's own past came to, or of what people judge.
 *
 * <p>In: {@code earned_attentions}, {@code account_scores} and {@code account_reactions} as past
 * nights published them, {@code interactions} and {@code posts} since, {@code credibilities}; or a
 * file of pairwise judgements. Out: no tables; a file of keys for conf, and what it is worth on the
 * standard output.
 *
 * <p>Of two accounts, the probability that the first comes out ahead is {@code 1 / (1 + exp(-w (x -
 * y)))}, x and y their logarithmic terms: the model of Bradley and Terry (Biometrika 1952) on
 * features, which is RankNet's with a linear net (Burges et al., ICML 2005). Weights are 0 or more,
 * so that better in anything is never lower. What is measured is measured on other accounts than
 * those fitted, or on later nights.
 */
package renown.lab.calibrate;
