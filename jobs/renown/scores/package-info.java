/**
 * Points for accounts.
 *
 * <p>In: {@code influence_ranks}. Out: {@code reference_populations}, {@code account_scores}.
 * {@code score = 12.5 * log10(1 / share of the reference population that earns at least as much)},
 * at most 100; null where too few distinct accounts attend. What is earned is as yet authority
 * alone, the rank as a multiple of the network's mean.
 */
package renown.scores;
