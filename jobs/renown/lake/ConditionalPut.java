package renown.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Creates an object on S3 that only one of several writers can create, by a conditional PUT ({@code
 * If-None-Match: *}).
 *
 * <p>A PUT may be stored although its answer is lost. The client then sends it again and is told
 * that the object exists: its own. So whenever a create fails, the object is read back and
 * compared, by its SHA-256, with what was to be written: the same means that this create succeeded.
 * Hence the content must be the writer's own: no two writers may write the same bytes.
 *
 * <p>It needs S3A 3.4.2 and a server that honours the condition, as AWS does.
 */
public final class ConditionalPut {
  /** Number and interval of attempts to find the object of a failed create. */
  private static final int LOOKS = 5;

  private static final long FIRST_PAUSE_MILLIS = 100;

  private ConditionalPut() {}

  /** Writes the content of an object. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; does not close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Creates an object, or fails and leaves nothing.
   *
   * @throws FileAlreadyExistsException if it is there, made by another
   * @throws IOException if it could not be made, or whether it was cannot be found out
   */
  public static void create(FileSystem fileSystem, Path path, Content content) throws IOException {
    MessageDigest written = sha256();
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(path);
    builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    FSDataOutputStream file = builder.build();
    try {
      // Not closed here: to close is to publish.
      content.writeTo(new DigestOutputStream(file, written));
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

  /** Returns where the object is this writer's own, and throws if it is not. */
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
