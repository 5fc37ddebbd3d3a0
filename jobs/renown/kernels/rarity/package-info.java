/** The scale of all scores: how rare a quantity is in a reference population, in points. */
package renown.kernels.rarity;
