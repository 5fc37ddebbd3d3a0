package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.run.ExitCode;
import renown.run.RenownException;

/**
 * A process that holds the lake is stopped by a signal between its last look at the lock and its
 * commit, and woken when its lease is over and another holds the lake.
 */
@Tag("long")
class StoppedHolderTest {
  private static final int LEASE_SECONDS = 5;

  @TempDir Path folder;

  /** The next version of a table, which both want to write. */
  private static org.apache.hadoop.fs.Path next(Path folder) {
    return new org.apache.hadoop.fs.Path(folder.resolve("table/00000000000000000001.json").toUri());
  }

  private static boolean commit(Path folder, String who) throws Exception {
    org.apache.hadoop.fs.Path file = next(folder);
    return ExclusiveFile.create(
        FileSystem.getLocal(new Configuration()).getRawFileSystem(),
        file,
        who.getBytes(StandardCharsets.UTF_8));
  }

  private static LakeLock take(Path folder) throws Exception {
    return LakeLock.take(
        new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration(), LEASE_SECONDS);
  }

  /** Takes the lake, waits for a word after its last look at the lock, and commits. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      try (LakeLock lock = take(folder);
          Scanner words = new Scanner(System.in, StandardCharsets.UTF_8)) {
        lock.check();
        System.out.println("holds");
        words.nextLine();
        System.out.println("commits " + commit(folder, "holder"));
        try {
          lock.check();
          System.out.println("still holds");
        } catch (RenownException e) {
          System.out.println("ends with " + e.exitCode().code());
        }
      }
    }
  }

  @Test
  void whoWakesUpAfterItsLeaseCommitsNothing() throws Exception {
    Files.createDirectory(folder.resolve("table"));
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(folder.resolve("holder.log").toFile())
            .start();
    try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        PrintWriter told = new PrintWriter(holder.outputWriter(StandardCharsets.UTF_8), true)) {
      assertThat(said.readLine()).isEqualTo("holds");
      assertThatThrownBy(() -> take(folder))
          .isInstanceOfSatisfying(
              RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY));
      signal(holder, "STOP");
      // Of a process of this machine it is known that it lives, of one elsewhere it is not.
      Path lock = folder.resolve("_renown/lock/000000000001");
      Files.writeString(
          lock, Files.readString(lock).replaceAll("(?m)^machine=.*$", "machine=elsewhere"));
      assertThatThrownBy(() -> take(folder)).hasMessageContaining("Another run holds the lake");
      TimeUnit.SECONDS.sleep(LEASE_SECONDS);
      try (LakeLock second = take(folder)) {
        assertThat(commit(folder, "second")).isTrue();
        signal(holder, "CONT");
        told.println("go on");
        assertThat(said.readLine()).isEqualTo("commits false");
        assertThat(said.readLine()).isEqualTo("ends with 5");
        assertThat(holder.waitFor()).isZero();
        second.check();
      }
      assertThat(Path.of(next(folder).toUri())).hasContent("second");
      assertThat(Files.exists(lock)).isFalse();
    } finally {
      holder.destroyForcibly();
    }
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
