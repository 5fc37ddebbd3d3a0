/**
 * The published marts as Trino views, for BI tools.
 *
 * <p>In: {@code runs/publications}, read through Trino, so the job needs neither Spark nor access
 * to the lake's files. Out: no tables of the lake; in the Trino catalog, one schema with the lake's
 * tables as they are and one with a view of each mart at its published version.
 */
package renown.ask.trino;
