/**
 * Credibility: the estimated probability that an account's attention is an independent person's.
 *
 * <p>In: {@code loaded_files}, {@code accounts}, {@code exclusions}, the night's {@code posts},
 * {@code post_texts} and {@code interactions}, {@code edge_increments}, {@code landmarks}, last
 * night's {@code account_activities}. Out: {@code account_activities}, {@code credibilities}.
 *
 * <p>Credibility is the preference vector of the ranking and the weight of every actor in earned
 * attention. A farm of new accounts brings almost no mass of its own, since a credibility far below
 * 0.15 counts with its cube; what it can pass on is bounded by what credible accounts give it
 * (Gyöngyi, Garcia-Molina, Pedersen, "Combating Web Spam with TrustRank", VLDB 2004, section 4).
 * How closed a circle of mutual attention is, is measured by triangles in the graph of mutual pairs
 * (Watts and Strogatz, Nature 1998: the clustering coefficient).
 */
package renown.night.score.credibility;
