/**
 * What every job is made of: its configuration keys, what it is given, how it shows progress, how
 * it fails and with which exit code, and the one place where Spark is started.
 *
 * <p>No tables in, no tables out. A job learns the time, its settings and its session from {@link
 * renown.run.RunContext} and from nowhere else, so that a run can be repeated.
 */
package renown.run;
