/**
 * What follows from the edges of one network for each of its accounts: degrees, closed trades,
 * credibility, distinct credible actors and how much their number is left to chance, the sources of
 * rank, the h-index of posts. Plain Java on primitive arrays.
 *
 * <p>Accounts are numbered 0, 1, ... as their keys rise, edges as source and destination rise.
 * Whatever is added up is added in that order, or in whole numbers, so the same edges give the same
 * bits however they came. An edge is walked once as one that leaves an account and once as one that
 * arrives; nothing is grouped, joined or hashed.
 */
package renown.kernels.accounts;
