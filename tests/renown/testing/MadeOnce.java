package renown.testing;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Folders that take long to make and that nobody changes: the first test JVM of a build that wants
 * one makes it, the others wait and find it. Whoever has to write to one copies it.
 *
 * <p>Maven names the build. Whoever works on one test keeps what is made from one build to the next
 * by a name of his own, such as {@code -Dtest.build=mine}; without a name, as in an editor, each
 * JVM makes its own.
 */
public final class MadeOnce {
  /** Fills a folder. */
  public interface Maker {
    void make(Path folder) throws Exception;
  }

  private static final Path ALL = Path.of("target/made-once").toAbsolutePath();
  private static final Path OF_THIS_BUILD =
      ALL.resolve(
          System.getProperty("renown.test-build", "process-" + ProcessHandle.current().pid()));

  private MadeOnce() {}

  /** Below which all of them lie. */
  public static Path root() {
    return ALL;
  }

  /** The folder of that name, made if nobody has made it yet. */
  public static synchronized Path folder(String name, Maker maker) throws Exception {
    Path made = OF_THIS_BUILD.resolve(name);
    if (Files.exists(made)) {
      return made;
    }
    clear();
    Files.createDirectories(OF_THIS_BUILD);
    try (FileChannel lock =
        FileChannel.open(
            OF_THIS_BUILD.resolve(name + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      lock.lock();
      if (!Files.exists(made)) {
        // Where somebody died over it, the lock is free and the half is left.
        Path half = OF_THIS_BUILD.resolve(name + ".half");
        FileUtils.deleteDirectory(half.toFile());
        maker.make(Files.createDirectories(half));
        Files.move(half, made);
      }
    }
    return made;
  }

  /** Takes away what other builds made. */
  private static void clear() throws Exception {
    if (!Files.exists(ALL)) {
      return;
    }
    try (Stream<Path> builds = Files.list(ALL)) {
      for (Path build : builds.filter(path -> !path.equals(OF_THIS_BUILD)).toList()) {
        FileUtils.deleteDirectory(build.toFile());
      }
    }
  }
}
