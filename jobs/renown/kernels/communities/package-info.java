/** Label propagation on primitive arrays: which accounts attend mostly to one another. */
package renown.kernels.communities;
