/**
 * Distinct credible reach: which accounts an account reaches, and the few accounts that together
 * reach the most.
 *
 * <p>Shared by the stage that maintains audience sketches and the campaign job, so that both define
 * reach the same way. Pure transforms over rows; reads and writes no tables.
 */
package renown.engine.shortlist;
