package renown.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.AWSCredentialProviderList;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.spark.deploy.SparkHadoopUtil;
import renown.run.Config;
import renown.run.Sessions;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Whether the store below a root does what the lake relies on: tried with files of its own, which
 * it takes away again.
 *
 * @param isExclusive whether of two writers that create the same file one is refused
 * @param skewMillis by how much this machine's clock is ahead of the store's, milliseconds; S3
 *     tells its time in seconds
 * @param credentials which provider of S3's chain answered; empty for other stores
 */
public record StoreCheck(boolean isExclusive, long skewMillis, String credentials) {
  /**
   * Tries a root that can be written to.
   *
   * @param root from {@link Locations#writable}
   * @param clock this machine's
   */
  public static StoreCheck of(Path root, Config config, Clock clock) throws IOException {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(Sessions.conf(config));
    FileSystem files = root.getFileSystem(hadoop);
    // Beside local files would lie their checksums.
    FileSystem plain = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
    Path probe =
        new Path(root, "_renown/check-" + ProcessHandle.current().pid() + "-" + clock.millis());
    plain.mkdirs(probe.getParent());
    try {
      long before = clock.millis();
      boolean isCreated =
          ExclusiveFile.create(plain, probe, "one".getBytes(StandardCharsets.UTF_8));
      long after = clock.millis();
      long written = plain.getFileStatus(probe).getModificationTime();
      boolean isCreatedAgain =
          ExclusiveFile.create(plain, probe, "other".getBytes(StandardCharsets.UTF_8));
      long skew = written < before ? before - written : Math.min(0, after - written);
      return new StoreCheck(isCreated && !isCreatedAgain, skew, credentials(files));
    } finally {
      plain.delete(probe, false);
    }
  }

  private static String credentials(FileSystem files) throws FileNotFoundException {
    if (!(files instanceof S3AFileSystem s3)) {
      return "";
    }
    try (AWSCredentialProviderList chain = s3.getS3AInternals().shareCredentials("doctor")) {
      for (AwsCredentialsProvider provider : chain.getProviders()) {
        try {
          provider.resolveCredentials();
          return provider.getClass().getSimpleName();
        } catch (SdkException e) {
          // It has none, and the next one is asked.
        }
      }
    }
    return "none";
  }
}
