/**
 * The job framework: configuration keys, run context, progress, errors and exit codes, and the only
 * place that starts Spark.
 *
 * <p>No tables in, no tables out. A job gets time, settings and Spark session from {@link
 * renown.run.RunContext} only, so that a run can be repeated.
 */
package renown.run;
