/**
 * Entry points: the command line, the registry of jobs and stages, and the API for notebooks.
 *
 * <p>{@link renown.app.Main} parses arguments and configuration, runs one job and maps its outcome
 * to an exit code. {@link renown.app.Jobs} is the only place that lists every job and every stage
 * of a night.
 */
package renown.app;
