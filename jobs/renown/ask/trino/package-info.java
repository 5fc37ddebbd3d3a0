/**
 * The published marts as views of Trino, for BI tools.
 *
 * <p>In: {@code runs/publications}, read through Trino itself, so that neither Spark nor a way to
 * the lake's files is needed where the job runs. Out: no tables of the lake; in Trino's catalog a
 * schema with the tables as they lie in the lake, and one with a view of each mart at the version
 * that was published.
 */
package renown.ask.trino;
