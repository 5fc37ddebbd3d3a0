/** What sets of keys have in common, on arrays of numbers: repeated, shared and missing keys. */
package renown.kernels.keys;
