/**
 * Raw dumps: finds the files of a network and a day, unpacks them, and hands their lines to the
 * {@link renown.dumps.DumpFormat} of the network, which turns each line into {@link
 * renown.dumps.ParsedRecord}s or a rejection with a reason.
 *
 * <p>No tables in, no tables out: ingest writes what is read here.
 */
package renown.dumps;
