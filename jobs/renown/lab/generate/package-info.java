/**
 * Synthetic societies: raw dumps of any size in native formats, with the planted ground truth.
 *
 * <p>In: settings. Out: {@code <raw.root>/<network>/dt=YYYY-MM-DD/part-NNNNN.jsonl[.gz]} and the
 * files of {@code truth.root}; no tables. {@link renown.lab.generate.DumpGenerator} is the plain
 * Java core, {@link renown.lab.generate.GenerateJob} the thin Spark job around it. README.md next
 * to this file documents what is planted.
 */
package renown.lab.generate;
