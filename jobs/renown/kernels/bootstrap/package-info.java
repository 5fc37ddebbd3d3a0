/**
 * The Poisson bootstrap: how much would a score vary had a different sample of people paid
 * attention? Every stage that sums over actors draws the same multipliers.
 */
package renown.kernels.bootstrap;
