/**
 * Smooth forgetting: what an act is worth as time goes by, as exact whole numbers that can be added
 * in any order and undone.
 */
package renown.engine.decay;
