package renown.ask.sql;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import renown.run.RenownException;

/**
 * A path that somebody named to be written to, local or on any Hadoop file system.
 *
 * @param files writes no checksum files beside
 */
public record OutputPath(FileSystem files, Path path) {
  /**
   * @param option what named it, for messages
   * @throws RenownException where it is no path, or its file system cannot be reached
   */
  public static OutputPath of(String option, String name, Configuration hadoop) {
    try {
      Path path = new Path(name);
      if (path.toUri().getScheme() == null) {
        path = new Path(java.nio.file.Path.of(name).toAbsolutePath().toUri());
      }
      FileSystem files = path.getFileSystem(hadoop);
      return new OutputPath(
          files instanceof LocalFileSystem local ? local.getRawFileSystem() : files, path);
    } catch (IOException | IllegalArgumentException e) {
      throw RenownException.configuration(
          e, option + " " + name + ": it cannot be written (" + e.getMessage() + ").");
    }
  }

  /**
   * The same where it is to be one file.
   *
   * @throws RenownException where it is a folder
   */
  public static OutputPath ofFile(String option, String name, Configuration hadoop) {
    OutputPath output = of(option, name, hadoop);
    if (output.isFolder()) {
      throw RenownException.configuration("%s %s is a folder: give a file.", option, name);
    }
    return output;
  }

  /** Whether a folder is there. */
  public boolean isFolder() {
    try {
      return files.exists(path) && files.getFileStatus(path).isDirectory();
    } catch (IOException e) {
      throw RenownException.configuration(
          e, path + ": it cannot be looked at (" + e.getMessage() + ").");
    }
  }
}
