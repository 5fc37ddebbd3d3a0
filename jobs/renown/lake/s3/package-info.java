/**
 * What S3 needs beyond Hadoop's S3A: commits that are safe with several concurrent drivers, and an
 * embedded server for machines without S3.
 */
package renown.lake.s3;
