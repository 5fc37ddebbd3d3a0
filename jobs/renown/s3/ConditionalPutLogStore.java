package renown.s3;

import io.delta.storage.S3SingleDriverLogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Lets several drivers commit to one Delta table on S3. Delta's own store for S3 looks whether a
 * commit file is there and then writes it, which two drivers can do at once; this one creates it by
 * a conditional PUT ({@code If-None-Match: *}), which S3 grants to one of them.
 *
 * <p>A PUT may be stored although its answer is lost. The client then sends it again and is told
 * that the file exists: its own. So whenever a create fails, the file is read back and compared,
 * byte for byte by its SHA-256, with what was to be written: the same means that this commit was
 * made. (No two of Delta's commits are equal: each carries a random transaction id.)
 *
 * <p>Every writer of a table has to use this store, or one that does the same. It needs S3A 3.4.2
 * and a server that honours the condition, as AWS does.
 */
public final class ConditionalPutLogStore extends S3SingleDriverLogStore {
  /** How often, and how far apart, to look for the file of a create that failed. */
  private static final int LOOKS = 5;

  private static final long FIRST_PAUSE_MILLIS = 100;

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
    FileSystem fileSystem = path.getFileSystem(hadoop);
    MessageDigest written = sha256();
    FSDataOutputStreamBuilder<?, ?> create = fileSystem.createFile(path);
    create.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    FSDataOutputStream file = create.build();
    try {
      // Not closed here: to close is to publish.
      OutputStream lines = new DigestOutputStream(file, written);
      while (actions.hasNext()) {
        lines.write((actions.next() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      lines.flush();
    } catch (IOException | RuntimeException e) {
      file.abort();
      throw e;
    }
    try {
      file.close();
    } catch (IOException e) {
      settle(fileSystem, path, written.digest(), e);
    }
  }

  /** Returns where the file is this writer's own, and throws where it is not. */
  private static void settle(FileSystem fileSystem, Path path, byte[] written, IOException failure)
      throws IOException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int look = 1; look <= LOOKS; look++, pause *= 2) {
      byte[] stored;
      try {
        stored = digestOf(fileSystem, path);
      } catch (FileNotFoundException e) {
        // Refused because of another's unfinished write, or never stored: look again.
        sleep(pause, failure);
        continue;
      } catch (IOException e) {
        failure.addSuppressed(e);
        break;
      }
      if (MessageDigest.isEqual(written, stored)) {
        return;
      }
      FileAlreadyExistsException taken = new FileAlreadyExistsException(path.toString());
      taken.initCause(failure);
      throw taken;
    }
    throw failure;
  }

  private static byte[] digestOf(FileSystem fileSystem, Path path) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream stored = new DigestInputStream(fileSystem.open(path), digest)) {
      stored.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private static void sleep(long millis, IOException failure) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
