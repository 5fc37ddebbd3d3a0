/**
 * Scores: from the night's acts to the points of every account, in one phase and without a query.
 *
 * <p>In: the night's {@code interactions}, {@code posts} and {@code post_texts}; {@code accounts},
 * {@code exclusions}, {@code loaded_files}; and what it wrote itself on the night before. Out: all
 * tables of the floors {@code graph} and {@code scores} that {@link
 * renown.night.score.accounts.ScoreStage} lists. Rows are read as primitive columns, the arithmetic
 * is that of {@link renown.kernels.accounts}, and files are committed together at the end.
 *
 * <p><b>Edges.</b> An interaction weighs {@code 2^((its time - landmark) / half-life)} (forward
 * decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE 2009), in whole units, so a night appends rows
 * and never rewrites earlier ones, except for a compaction whenever the graph's age in days is a
 * power of two.
 *
 * <p><b>Credibility</b> is the estimated probability that an account's attention is an independent
 * person's: the preference vector of the ranking and the weight of every actor in earned attention.
 * A farm of new accounts brings almost no mass of its own, since a credibility far below 0.15
 * counts with its cube; what it can pass on is bounded by what credible accounts give it (Gyöngyi,
 * Garcia-Molina, Pedersen, "Combating Web Spam with TrustRank", VLDB 2004, section 4).
 *
 * <p><b>Ranks.</b> An edge weighs {@code sum over verbs of verb weight * ln(1 + decayed count)},
 * less the discount for closed trading; {@link renown.kernels.rank} computes the ranking.
 *
 * <p><b>Earned attention.</b> {@code ln(earned attention) = sum over terms of weight * ln(1 + value
 * / scale)} with weights of zero or more: better on any input never scores lower, and the terms add
 * up. Everything decays exponentially; there are no windows, so nothing drops out of one. The
 * interval is what another sample of people would change: the Poisson variance over actors in
 * closed form, to first order, in which an actor's effects on all terms go together; and how much
 * the scale itself is left to chance.
 *
 * <p><b>State lies where it is.</b> A night appends its own rows to edges, recent edges, posts and
 * reactors; parts are summed while they are read, and written anew where most of them stand for
 * what others are of too, so that each row is written about twice in all.
 *
 * <p><b>Shards.</b> Three walks over the edges ({@link renown.night.score.accounts.EdgeShard}) tell
 * what credibility follows from, what the ranking weighs, and what each account earns. Each needs
 * but the edges from and to a range of accounts, and finds the same bits of it whatever the ranges
 * are. One range is walked in the driver; of several each is a task's ({@link
 * renown.night.score.accounts.EdgeShards}). Between the walks the driver holds what needs a whole
 * network: pairs that attend to each other, for triangles, and the destinations and weights of all
 * edges, for the ranking; and sums of each account. {@link renown.night.score.accounts.ScoreMemory}
 * says what that takes, and refuses what the driver's heap cannot hold before anything is read.
 */
package renown.night.score.accounts;
