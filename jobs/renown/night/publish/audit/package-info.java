/**
 * The audit before a night is published: keys are unique, no excluded account is scored, ranks sum
 * to 1, and the latest scores are complete.
 *
 * <p>In: the {@code mart_*} tables, {@code exclusions}, {@code account_state}. Out: nothing, or one
 * error that names what is wrong; then nothing is published.
 */
package renown.night.publish.audit;
