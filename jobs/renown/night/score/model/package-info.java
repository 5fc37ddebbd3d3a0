/**
 * The model of earned attention: {@code ln(earned attention) = sum over terms of weight * ln(1 +
 * value / scale)}, weights of 0 or more. Its terms, their scales, and the keys that hold its
 * weights and its version, in conf or in a file of their own.
 */
package renown.night.score.model;
