/**
 * The marts: the tables that users read.
 *
 * <p>In: {@code account_scores}, {@code accounts}, {@code influence_ranks}, {@code top_sources},
 * the night's rows of the core tables and {@code stage_runs}. Out: every {@code mart_*} table. They
 * are written here, checked by the audit, and visible to readers once the night is published.
 */
package renown.night.publish.marts;
