/**
 * What S3 needs beyond Hadoop's S3A: commits that several drivers may attempt at once, and a server
 * for a machine that has no S3.
 */
package renown.lake.s3;
