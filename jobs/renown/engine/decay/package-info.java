/**
 * Exponential decay of interactions over time, as exact integers that can be added in any order and
 * subtracted again.
 */
package renown.engine.decay;
