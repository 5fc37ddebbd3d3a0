/**
 * Takes people out of the lake, its history included.
 *
 * <p>In and out: every table, in every version of it that can still be read, and {@code
 * runs/erased_accounts}. A row that is of an erased account or about it goes; where another's row
 * names it, the name does. Each file that holds such a row is written again without it, the entries
 * of Delta's log that name the file name the new one, and the old one is deleted. So every version
 * stays readable, published nights stay published at the versions they have, and none of them holds
 * the account.
 *
 * <p>What was read of whom can be proved afterwards by a scan of all files, data and logs alike,
 * that shares no code with what wrote them.
 */
package renown.operate.erase;
