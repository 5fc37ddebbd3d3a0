package renown.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Creates a file that only one of several writers can create. */
final class ExclusiveFile {
  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";

  private ExclusiveFile() {}

  /**
   * Creates a file with its content.
   *
   * @return false where it is there already
   */
  static boolean create(FileSystem files, Path path, byte[] content) throws IOException {
    if ("file".equals(path.toUri().getScheme())) {
      // Hadoop's local file system looks first and creates then; the operating system does both
      // at once.
      try {
        Files.write(
            java.nio.file.Path.of(path.toUri()),
            content,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
        return true;
      } catch (java.nio.file.FileAlreadyExistsException e) {
        return false;
      }
    }
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
    builder.overwrite(files.getScheme().startsWith("s3"));
    builder.opt(CONDITIONAL_CREATE, true);
    try (FSDataOutputStream out = (FSDataOutputStream) builder.build()) {
      out.write(content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
