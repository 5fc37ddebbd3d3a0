/**
 * Score cards: what is known of one account, or of two side by side.
 *
 * <p>In: {@code runs/publications} and the published marts. Out: text or JSON on standard output;
 * no tables.
 */
package renown.ask.account;
