/**
 * The dump formats: each parses the lines of one network into {@link renown.dumps.ParsedRecord}s.
 * The README next to the sources documents how each network's events are mapped.
 */
package renown.dumps.formats;
