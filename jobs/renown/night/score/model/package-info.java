/**
 * The model of earned attention: {@code ln(earned attention) = sum over terms of weight * ln(1 +
 * value / scale)}, with weights of 0 or more. Defines its terms, their scales, and the keys for its
 * weights and version, which are set in conf or in a file of their own.
 */
package renown.night.score.model;
