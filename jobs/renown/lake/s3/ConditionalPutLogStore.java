package renown.lake.s3;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import renown.lake.ConditionalPut;

/**
 * Allows concurrent drivers to commit to one Delta table on S3. Delta's default S3 store checks
 * whether a commit file exists and then writes it, a race between two drivers. This one uses {@link
 * ConditionalPut}, so that only one driver creates the file. (That requires commits to differ, and
 * they do: each carries a random transaction id.)
 *
 * <p>Every writer of a table has to use this store, or an equivalent one.
 */
public final class ConditionalPutLogStore extends S3SingleDriverLogStore {
  /** Called by Delta through reflection. */
  public ConditionalPutLogStore(Configuration hadoop) {
    super(hadoop);
  }

  /**
   * Writes a file of the log.
   *
   * @throws FileAlreadyExistsException if {@code overwrite} is false and the file is another's
   */
  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, hadoop);
      return;
    }
    ConditionalPut.create(
        path.getFileSystem(hadoop),
        path,
        out -> {
          while (actions.hasNext()) {
            out.write((actions.next() + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
