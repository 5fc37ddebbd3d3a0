/**
 * The few accounts that together reach most of the credible accounts of a topic, for whoever asks.
 *
 * <p>In: the published {@code mart_audience_sketches}, {@code mart_topics}, {@code
 * mart_topic_leaders}, {@code mart_account_scores_latest}; for counting exactly {@code
 * edge_increments}, {@code topic_increments}, {@code credible_accounts}, for diversity {@code
 * communities}, as they were published. Out: a table, CSV or JSON lines on the standard output; no
 * tables.
 */
package renown.ask.campaign;
