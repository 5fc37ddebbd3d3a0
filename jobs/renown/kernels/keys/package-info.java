/** Keys on arrays of numbers: what sets of them have in common, and the order of rows by them. */
package renown.kernels.keys;
