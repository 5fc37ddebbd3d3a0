/**
 * Audiences: mergeable sketches of each account's distinct credible audience, the overlap between a
 * topic's leaders, when an audience reacts, and shortlists for the configured campaigns.
 *
 * <p>In: the night's {@code interactions}; {@code edge_increments}, {@code topic_increments},
 * {@code post_topics}, {@code account_state}, {@code communities}, {@code account_response_rates},
 * {@code accounts}, {@code account_kinds}, {@code account_languages}, {@code mart_topic_scores},
 * {@code mart_topic_leaders}; its own tables of the previous night. Out: {@code credible_accounts},
 * {@code audience_hours}, {@code network_hours}, {@code mart_audience_sketches}, {@code
 * mart_audience_overlaps}, {@code mart_posting_hours}.
 *
 * <p>Of the marts a night writes what it changes: sketches row by row, and posting hours by parts
 * of the accounts.
 *
 * <p>The night is one task, without a query, but for the campaigns of conf: it reads the columns
 * that it needs of the files of its tables and writes the files that the driver commits.
 *
 * <p>An account's audience are the credible accounts that follow it or have reacted to it and have
 * not undone that. Each counts once, however often it reacts. Set membership is binary, so
 * credibility enters as a threshold, with a wide hysteresis ({@link
 * renown.tables.CredibleAccounts}): an account near the threshold must not change every audience
 * each night.
 *
 * <p>A sketch keeps the 4,096 smallest hashes of its members and the next one as threshold (theta
 * sketch, KMV: Bar-Yossef, Jayram, Kumar, Sivakumar, Trevisan, RANDOM 2002; Dasgupta, Lang, Rhodes,
 * Thaler, ICDT 2016). Trimmed to that size it is a function of the set alone: the same bytes for
 * any insertion order, and the sketch of a union is the union of the sketches. So a night merges
 * last night's sketch with the new members. A sketch does not support removal: when an interaction
 * is undone or an account drops out of the credible set, the sketches of the accounts it attended
 * to are rebuilt from their edges, as are those of accounts without one. Either way the bytes equal
 * those of a sketch built from all edges.
 */
package renown.night.audience;
