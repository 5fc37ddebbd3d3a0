/**
 * Raw dumps: lists the files of a network and day, decompresses them, and passes their lines to the
 * network's {@link renown.dumps.DumpFormat}, which parses each line into {@link
 * renown.dumps.ParsedRecord}s or rejects it with a reason.
 *
 * <p>No tables in, no tables out: ingest writes what is read here.
 */
package renown.dumps;
