/**
 * Ad-hoc campaign shortlists: the few accounts that together reach most of the credible accounts of
 * a topic.
 *
 * <p>In: the published {@code mart_audience_sketches}, {@code mart_topics}, {@code
 * mart_topic_leaders}, {@code mart_account_scores_latest}; for exact counts also {@code
 * edge_increments}, {@code topic_increments}, {@code credible_accounts}, and for diversity {@code
 * communities}, all at their published versions. Out: a table, CSV or JSON lines on standard
 * output; no tables.
 */
package renown.ask.campaign;
