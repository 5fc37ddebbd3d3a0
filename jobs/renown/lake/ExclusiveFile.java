package renown.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Creates a file such that only one of several concurrent writers succeeds. */
final class ExclusiveFile {
  private ExclusiveFile() {}

  /**
   * Creates a file with its content.
   *
   * @param content the writer's own: no two writers may write the same bytes (see {@link
   *     ConditionalPut})
   * @return false if it is there already
   */
  static boolean create(FileSystem files, Path path, byte[] content) throws IOException {
    String scheme = files.getUri().getScheme();
    try {
      if (scheme.equals("file")) {
        // Hadoop's local file system looks first and creates then; the operating system does both
        // at once.
        Files.write(
            java.nio.file.Path.of(files.makeQualified(path).toUri()),
            content,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
      } else if (scheme.startsWith("s3")) {
        ConditionalPut.create(files, path, out -> out.write(content));
      } else {
        try (FSDataOutputStream out = files.create(path, false)) {
          out.write(content);
        }
      }
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }
}
