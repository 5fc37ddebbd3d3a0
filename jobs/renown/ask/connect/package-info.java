/**
 * What to paste into another tool so that it reads a lake.
 *
 * <p>In: {@code lake.root} and the S3 settings of a profile. Out: lines on standard output; no
 * tables, and no Spark.
 */
package renown.ask.connect;
