/**
 * The rank engine on Spark: distributes the kernels of {@code renown.kernels.rank} over edge
 * blocks, one block per task, and exchanges the ranks of mirrors between iterations.
 *
 * <p>In: edges as rows or primitive arrays. Out: ranks as rows, with iterations and residual. The
 * formula, the layout of a block and the proofs of determinism are documented with the kernels.
 */
package renown.engine.rank;
