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
 * Lets several drivers commit to one Delta table on S3. Delta's own store for S3 looks whether a
 * commit file is there and then writes it, which two drivers can do at once; this one creates it by
 * {@link ConditionalPut}, so that one of them does. (No two of Delta's commits are equal, as that
 * requires: each carries a random transaction id.)
 *
 * <p>Every writer of a table has to use this store, or one that does the same.
 */
public final class ConditionalPutLogStore extends S3SingleDriverLogStore {
  /** Called by Delta, by reflection. */
  public ConditionalPutLogStore(Configuration hadoop) {
    super(hadoop);
  }

  /**
   * Writes a file of the log.
   *
   * @throws FileAlreadyExistsException where {@code overwrite} is false and the file is another's
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
