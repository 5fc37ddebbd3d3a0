/**
 * The last look before a night is published: keys are unique, nobody excluded is scored, ranks sum
 * to 1, the latest scores lack nobody.
 *
 * <p>In: the {@code mart_*} tables, {@code exclusions}, {@code influence_ranks}. Out: nothing, or
 * one error that names what is wrong; then nothing is published.
 */
package renown.night.publish.audit;
