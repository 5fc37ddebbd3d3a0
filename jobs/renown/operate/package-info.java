/**
 * For those who keep the lake running.
 *
 * <p>{@code status} reads {@code runs/publications}, {@code runs/stage_runs} and the published
 * marts, and says on one screen how the last nights went and what is unusual about the last one, by
 * the rules of {@code Anomalies}; it can write the same for Prometheus.
 *
 * <p>{@code maintain} writes the files of all tables into fewer, clustered ones, publishes the last
 * night once more at the versions that hold them, and deletes files that no kept night reads. It
 * holds the lake's lock meanwhile, so it never runs beside a night. One that died leaves nothing to
 * be mended: what it did not publish the next night, or the next maintain, puts back.
 */
package renown.operate;
