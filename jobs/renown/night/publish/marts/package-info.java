/**
 * The marts: the tables that users read.
 *
 * <p>In: {@code account_state}, {@code accounts}, {@code top_sources}, the night's rows of the core
 * tables and {@code stage_runs}. Out: every {@code mart_*} table. They are written here, checked by
 * the audit, and visible to readers once the night is published.
 */
package renown.night.publish.marts;
