/**
 * Queries over what is published.
 *
 * <p>In: {@code runs/publications} and the {@code mart_*} tables at the versions it names. Out: a
 * table, CSV or JSON lines on the standard output; no tables.
 */
package renown.sql;
