/**
 * Queries over what is published.
 *
 * <p>In: {@code runs/publications} and the {@code mart_*} tables at the versions it names; for
 * {@code rejects} the newest version of {@code core/rejects}. Out: a table, CSV or JSON lines on
 * the standard output, or arrays for programs that ask; no tables. Typical queries lie in {@code
 * questions}.
 */
package renown.ask.sql;
