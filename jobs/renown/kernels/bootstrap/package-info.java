/**
 * What if a different sample of people had paid attention? The multipliers that every stage which
 * adds up over actors draws alike.
 */
package renown.kernels.bootstrap;
