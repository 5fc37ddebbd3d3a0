/**
 * Credibility: how far the attention that an account pays is taken to be a person's own.
 *
 * <p>In: {@code loaded_files}, {@code accounts}, {@code exclusions}, the night's {@code posts},
 * {@code post_texts} and {@code interactions}, {@code edge_increments}, {@code landmarks}, last
 * night's {@code account_activities}. Out: {@code account_activities}, {@code credibilities}.
 *
 * <p>The preference vector of the ranking and the weight of every actor in what an account earns. A
 * farm of new accounts brings almost no mass of its own, since a credibility far below 0.15 counts
 * with its cube: what it can pass on is bounded by what credible accounts give it (Gyöngyi,
 * Garcia-Molina, Pedersen, "Combating Web Spam with TrustRank", VLDB 2004, section 4). Where
 * attention is returned within a closed circle, triangles of the graph of mutual pairs tell how
 * closed (Watts and Strogatz, Nature 1998: the clustering coefficient).
 */
package renown.night.score.credibility;
