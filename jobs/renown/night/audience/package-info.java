/**
 * Whom accounts reach: mergeable sketches of their distinct credible audiences, how far the leaders
 * of a topic share theirs, when an audience reacts, and the shortlists of the campaigns in conf.
 *
 * <p>In: the night's {@code interactions}; {@code edge_increments}, {@code topic_increments},
 * {@code post_topics}, {@code credibilities}, {@code communities}, {@code account_response_rates},
 * {@code account_scores}, {@code accounts}, {@code account_kinds}, {@code account_languages},
 * {@code mart_topic_scores}, {@code mart_topic_leaders}; its own tables of the night before. Out:
 * {@code credible_accounts}, {@code audience_hours}, {@code network_hours}, {@code
 * mart_audience_sketches}, {@code mart_audience_overlaps}, {@code mart_posting_hours}.
 *
 * <p>An account is reached by those that follow it or have reacted to it, so far as that was not
 * undone, and counts where it is credible; one that does it a hundred times counts once.
 * Credibility enters as a bound with a wide hysteresis ({@link renown.tables.CredibleAccounts}),
 * for a set has no fractions and whoever wavers at a bound must not change every audience each
 * night.
 *
 * <p>A sketch keeps the 4,096 smallest hashes of its members and the next one as threshold (theta
 * sketch, KMV: Bar-Yossef, Jayram, Kumar, Sivakumar, Trevisan, RANDOM 2002; Dasgupta, Lang, Rhodes,
 * Thaler, ICDT 2016). Trimmed to that it is a function of the set alone: the same bytes in whatever
 * order members come, and the sketch of a union is the union of sketches. So a night unites last
 * night's sketch with tonight's new members. A sketch cannot forget: where an act was undone, or an
 * account that counted no longer does, the sketches of those that it attended to are made again
 * from their edges, as are those of accounts that had none. Either way the bytes are those of a
 * sketch made from all edges.
 */
package renown.night.audience;
