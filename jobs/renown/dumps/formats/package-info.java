/**
 * The dump formats: each turns the lines of one network into {@link renown.dumps.ParsedRecord}s.
 * What an event means, network by network, is in the README beside the sources.
 */
package renown.dumps.formats;
