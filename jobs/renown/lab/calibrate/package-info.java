/**
 * Fits model weights to the lake's own history or to human judgements.
 *
 * <p>In: {@code account_state} as past nights published them, {@code interactions} and {@code
 * posts} since; or a file of pairwise judgements. Out: no tables; a file of config keys, and the
 * fit's quality on standard output.
 *
 * <p>The probability that the first of two accounts comes out ahead is {@code 1 / (1 + exp(-w (x -
 * y)))}, where x and y are their log terms: a Bradley-Terry model (Biometrika 1952) on features,
 * equivalent to RankNet with a linear net (Burges et al., ICML 2005). Weights are 0 or more, so
 * that better on any input never scores lower. Quality is measured on held-out accounts or later
 * nights.
 */
package renown.lab.calibrate;
