/**
 * Erases accounts from the lake, history included.
 *
 * <p>In and out: every table, at every version that can still be read, and {@code
 * runs/erased_accounts}. Rows that belong to an erased account or are about it are deleted; in
 * other accounts' rows its name is removed. Each file with such a row is rewritten, the Delta log
 * entries are pointed at the new file, and the old file is deleted. So every version stays
 * readable, published nights keep their versions, and none of them holds the account.
 *
 * <p>A scan of all data and log files proves the erasure; it shares no code with the rewrite.
 */
package renown.operate.erase;
