/**
 * Checks over many rows, each giving back what is wrong with a small sample. What a single row can
 * tell is checked when it is written, by the rules of its table.
 */
package renown.checks;
