/**
 * Operations: monitoring and maintenance of the lake.
 *
 * <p>{@code status} reads {@code runs/publications}, {@code runs/stage_runs} and the published
 * marts and prints one screen: how the last nights went, and what is unusual about the last one by
 * the rules of {@code Anomalies}. It can export the same as Prometheus metrics.
 *
 * <p>{@code maintain} compacts and clusters the files of all tables, publishes the last night again
 * at the new versions, and deletes files that no retained night reads. It holds the lake's lock, so
 * it never runs during a night. A run that died needs no repair: the next night or the next
 * maintain rolls back what was not published.
 */
package renown.operate;
