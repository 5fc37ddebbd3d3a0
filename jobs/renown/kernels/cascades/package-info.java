/**
 * How one post travels: the tree of its reposts, its size, depth and structural virality, and what
 * its author's earlier posts predict.
 */
package renown.kernels.cascades;
