/** The scale of all scores: how rare a value is in a reference population, in points. */
package renown.kernels.rarity;
