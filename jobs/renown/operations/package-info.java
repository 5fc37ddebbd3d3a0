/**
 * For those who keep the lake running.
 *
 * <p>{@code status} reads {@code runs/publications}, {@code runs/stage_runs} and the published
 * marts, and says on one screen how the last nights went and what is unusual about the last one, by
 * the rules of {@code Anomalies}; it can write the same for Prometheus.
 */
package renown.operations;
