/**
 * Earned attention: the quantity that scores rank, term by term.
 *
 * <p>In: {@code interactions} and {@code posts} of the night, {@code edge_increments}, {@code
 * landmarks}, {@code credibilities}, {@code influence_ranks}, and last night's {@code
 * recent_edges}, {@code post_reactions}, {@code account_reactions}. Out: these three, {@code
 * earned_attentions} and {@code score_models}.
 *
 * <p>{@code ln(earned attention) = sum over terms of weight * ln(1 + value / scale)} with weights
 * of zero or more: better on any input never scores lower, and the terms add up. An actor counts by
 * its credibility times its presence, {@code 1 - exp(-decayed number of acts)}, so that a hundred
 * acts of one account are worth little more than three. Everything decays exponentially; there are
 * no windows, so nothing drops out of one. The interval comes from a Poisson bootstrap over actors
 * ({@link renown.kernels.bootstrap.ActorMultipliers}).
 */
package renown.night.score.earned;
