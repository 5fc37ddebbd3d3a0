/**
 * A night from end to end: which nights are due, in which order stages run, how a run that died
 * goes on, and how a night is published.
 *
 * <p>In: the versions of all tables that the night before published. Out: {@code runs/stage_runs}
 * (the journal) and {@code runs/publications}, whose one commit makes a night visible.
 */
package renown.night;
