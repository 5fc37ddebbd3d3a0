package renown.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.Sessions;

/**
 * Resolves the two roots of a run: raw dumps and lake. A job resolves its roots before anything
 * else. The result is a qualified path that was just probed, or a one-line error with the key, the
 * path and what to do. This does not start Spark and takes seconds, or half a minute if a server
 * accepts the connection but does not respond.
 */
public final class Locations {
  private static final String PATHS = "a Hadoop path, such as s3a://bucket/folder or file:/folder";

  /** The folder that holds {@code <network>/dt=YYYY-MM-DD/*}. */
  public static final ConfigKey<String> RAW_ROOT =
      ConfigKey.requiredText(
          "raw.root", PATHS, "Folder of the raw dumps: <network>/dt=YYYY-MM-DD/*.");

  /** The folder of all tables. */
  public static final ConfigKey<String> LAKE_ROOT =
      ConfigKey.requiredText("lake.root", PATHS, "Folder of the Delta tables; created if missing.");

  private static final String PROBE = "_renown_write_check";

  private Locations() {}

  /**
   * A folder to read from.
   *
   * @return its qualified path
   * @throws RenownException if it does not exist, is no folder, or may not be listed
   */
  public static Path readable(ConfigKey<String> key, Config config) {
    return readable(key.name(), config.value(key), hadoop(config));
  }

  /**
   * A folder to write to; it is made if it does not exist (a bucket is not).
   *
   * @return its qualified path
   * @throws RenownException if it cannot be made, is no folder, or takes no file
   */
  public static Path writable(ConfigKey<String> key, Config config) {
    return writable(key.name(), config.value(key), hadoop(config));
  }

  /**
   * A file to read from.
   *
   * @return its qualified path
   * @throws RenownException if it does not exist, is no file, or may not be read
   */
  public static Path readableFile(ConfigKey<String> key, Config config) {
    return readableFile(key.name(), config.value(key), config);
  }

  /**
   * A file to read from.
   *
   * @param name what names it, for messages
   * @return its qualified path
   * @throws RenownException if it does not exist, is no file, or may not be read
   */
  public static Path readableFile(String name, String value, Config config) {
    return attempt(
        name,
        value,
        "read",
        hadoop(config),
        (fileSystem, path) -> {
          try {
            if (fileSystem.getFileStatus(path).isDirectory()) {
              throw RenownException.configuration(
                  "%s = \"%s\" is a folder: give a file.", name, value);
            }
          } catch (FileNotFoundException e) {
            throw RenownException.configuration(
                e, name + " = \"" + value + "\": there is no such file; correct the path.");
          }
          fileSystem.open(path).close();
        });
  }

  /**
   * A root that another machine is to read: it is not tried from here.
   *
   * @return the path as it was given
   * @throws RenownException if it is no path, or holds a secret
   */
  public static Path untried(ConfigKey<String> key, Config config) {
    return StorageErrors.parse(key.name(), config.value(key));
  }

  static Path readable(String key, String value, Configuration hadoop) {
    return attempt(
        key,
        value,
        "read",
        hadoop,
        (fileSystem, path) -> {
          FileStatus status = fileSystem.getFileStatus(path);
          if (!status.isDirectory()) {
            throw RenownException.configuration(
                "%s = \"%s\" is a file: give the folder with the dumps.", key, value);
          }
          fileSystem.listStatusIterator(path).hasNext();
        });
  }

  static Path writable(String key, String value, Configuration hadoop) {
    return attempt(
        key,
        value,
        "write",
        hadoop,
        (fileSystem, path) -> {
          try {
            if (!fileSystem.getFileStatus(path).isDirectory()) {
              throw RenownException.configuration(
                  "%s = \"%s\" is a file: give a folder.", key, value);
            }
          } catch (FileNotFoundException e) {
            fileSystem.mkdirs(path);
          }
          Path probe = new Path(path, PROBE);
          try (OutputStream out = fileSystem.create(probe, true)) {
            out.write('\n');
          }
          fileSystem.delete(probe, false);
        });
  }

  private interface Check {
    void of(FileSystem fileSystem, Path path) throws IOException;
  }

  private static Path attempt(
      String key, String value, String purpose, Configuration hadoop, Check check) {
    Path path = StorageErrors.parse(key, value);
    try (FileSystem fileSystem = FileSystem.newInstance(path.toUri(), impatient(hadoop))) {
      Path qualified = fileSystem.makeQualified(path);
      check.of(fileSystem, qualified);
      return qualified;
    } catch (IOException | IllegalArgumentException e) {
      throw StorageErrors.explained(key, value, purpose, hadoop, e);
    }
  }

  /**
   * The same settings with few and short retries: jobs have to sit out a bad minute of storage, but
   * a wrong name or key should fail fast.
   */
  private static Configuration impatient(Configuration hadoop) {
    Configuration copy = new Configuration(hadoop);
    copy.set("fs.s3a.attempts.maximum", "1");
    copy.set("fs.s3a.retry.limit", "1");
    copy.set("fs.s3a.retry.interval", "200ms");
    // The minimum that S3A accepts.
    copy.set("fs.s3a.connection.establish.timeout", "15s");
    copy.set("fs.s3a.connection.timeout", "15s");
    copy.set("fs.s3a.connection.request.timeout", "15s");
    return copy;
  }

  private static Configuration hadoop(Config config) {
    return SparkHadoopUtil.get().newConfiguration(Sessions.conf(config));
  }
}
