/**
 * Community detection by label propagation on primitive arrays: groups of accounts that attend
 * mostly to one another.
 */
package renown.kernels.communities;
