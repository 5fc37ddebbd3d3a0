/**
 * The cascade of one post: its repost tree, size, depth and structural virality, and what its
 * author's earlier posts predict.
 */
package renown.kernels.cascades;
