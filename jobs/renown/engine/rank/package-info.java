/**
 * The rank engine on Spark: runs the kernels of {@code renown.kernels.rank} on edge blocks, one
 * block per task, and exchanges mirror ranks between iterations.
 *
 * <p>In: edges as rows or primitive arrays. Out: ranks as rows, with iterations and residual. The
 * kernels document the formula, the block layout and why results are deterministic.
 */
package renown.engine.rank;
