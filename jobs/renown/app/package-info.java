/**
 * The front door: the command line, the list of jobs and stages, and the entry for notebooks.
 *
 * <p>{@link renown.app.Main} parses arguments and configuration, starts one job and turns its
 * outcome into an exit code. {@link renown.app.Jobs} is the only place that names every job and
 * every stage of a night.
 */
package renown.app;
