/**
 * A generated society: raw dumps of any size in native formats, and the planted truth about it.
 *
 * <p>In: settings. Out: {@code <raw.root>/<network>/dt=YYYY-MM-DD/part-NNNNN.jsonl[.gz]} and the
 * files of {@code truth.root}; no tables. {@link renown.lab.generate.DumpGenerator} is the plain
 * core, {@link renown.lab.generate.GenerateJob} the thin Spark job around it. What is planted, and
 * how, is told in README.md beside this file.
 */
package renown.lab.generate;
