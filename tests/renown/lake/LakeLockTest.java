package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.run.ExitCode;
import renown.run.RenownException;

class LakeLockTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-05T12:00:00Z");
  private static final long LEASE_SECONDS = 60;

  @TempDir Path folder;

  private LakeLock take() throws Exception {
    return LakeLock.take(
        new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration(), LEASE_SECONDS);
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("_renown/lock"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The lock file of another run, last renewed so long ago. */
  private void leave(long number, String sign, Duration silence) throws Exception {
    Path lock = Files.createDirectories(folder.resolve("_renown/lock"));
    Path file = Files.writeString(lock.resolve("%012d".formatted(number)), sign);
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - silence.toMillis()));
  }

  private static String here() throws Exception {
    return InetAddress.getLocalHost().getHostName();
  }

  private static String sign(String machine, long process, String startedAt) {
    return "host=elsewhere.invalid\nmachine=%s\nprocess=%d\nstarted_at=%s\nended=false\n"
        .formatted(machine, process, startedAt);
  }

  @Test
  void aSecondRunIsRefusedHoweverLongTheFirstOneLives() throws Exception {
    try (LakeLock first = take()) {
      Path file = folder.resolve("_renown/lock/000000000001");
      Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
      assertThatThrownBy(() -> take())
          .isInstanceOfSatisfying(
              RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY))
          .hasMessageContaining("Another run holds the lake at")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("last heartbeat " + LONG_AGO);
      first.check();
    }
    assertThat(ExitCode.LAKE_BUSY.code()).isEqualTo(5);
  }

  @Test
  void aRunThatEndedIsFollowed() throws Exception {
    take().close();
    assertThat(files()).containsExactly("000000000001");
    try (LakeLock second = take()) {
      second.check();
      assertThat(files()).containsExactly("000000000002");
    }
  }

  @Test
  void aRunWhoseProcessIsGoneIsFollowedAtOnce() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    leave(4, sign(LakeLock.machine(), process.pid(), "1"), Duration.ZERO);
    try (LakeLock lock = take()) {
      lock.check();
      assertThat(files()).containsExactly("000000000005");
    }
  }

  @Test
  void aRunWhoseProcessNumberBelongsToAnotherByNowIsFollowedAtOnce() throws Exception {
    leave(4, sign(LakeLock.machine(), ProcessHandle.current().pid(), "1"), Duration.ZERO);
    try (LakeLock lock = take()) {
      lock.check();
    }
  }

  @Test
  void aRunOnAnotherMachineIsWaitedForUntilTheLeaseIsOver() throws Exception {
    leave(1, sign("another boot", 1, "1"), Duration.ofSeconds(LEASE_SECONDS - 10));
    assertThatThrownBy(this::take)
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("on elsewhere.invalid");
    leave(1, sign("another boot", 1, "1"), Duration.ofSeconds(LEASE_SECONDS));
    try (LakeLock lock = take()) {
      lock.check();
    }
  }

  /** As in two containers, which are often of the same name and count their processes alike. */
  @Test
  void aHostOfTheSameNameIsNotThisMachine() throws Exception {
    String sign = sign("another boot", 1, "1").replace("elsewhere.invalid", here());
    leave(1, sign, Duration.ZERO);
    assertThatThrownBy(this::take).hasMessageContaining("on " + here());
  }

  @Test
  void whereTheSystemDoesNotTellTheMachineTheLeaseDecides() throws Exception {
    leave(1, sign("", 1, "1"), Duration.ZERO);
    assertThatThrownBy(this::take).isInstanceOf(RenownException.class);
  }

  @Test
  void whatShowsTheTimeIsTakenAway() throws Exception {
    leave(1, sign("another boot", 1, "1"), Duration.ofDays(1));
    take().close();
    assertThat(files()).containsExactly("000000000002");
  }

  @Test
  void aRunThatDiedWhileItTookTheLakeIsFollowed() throws Exception {
    leave(1, "", Duration.ZERO);
    try (LakeLock lock = take()) {
      lock.check();
      assertThat(files()).containsExactly("000000000002");
    }
  }

  @Test
  void aRunThatWasTakenForDeadIsToldAndLeavesTheLakeToItsFollower() throws Exception {
    LakeLock first = take();
    leave(2, sign("another boot", 1, "1"), Duration.ZERO);
    assertThatThrownBy(first::check)
        .isInstanceOfSatisfying(
            RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY))
        .hasMessageContaining("published nothing");
    first.close();
    assertThat(Files.readString(folder.resolve("_renown/lock/000000000002")))
        .contains("ended=false");
  }

  @Test
  void ofManyThatRaceOneWins() throws Exception {
    int runs = 8;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      for (int round = 0; round < 5; round++) {
        CyclicBarrier start = new CyclicBarrier(runs);
        Callable<LakeLock> run =
            () -> {
              start.await();
              try {
                return take();
              } catch (RenownException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY);
                return null;
              }
            };
        List<LakeLock> winners = new ArrayList<>();
        for (Future<LakeLock> outcome :
            threads.invokeAll(java.util.Collections.nCopies(runs, run))) {
          if (outcome.get() != null) {
            winners.add(outcome.get());
          }
        }
        assertThat(winners).as("round %d", round).hasSize(1);
        winners.get(0).check();
        winners.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Each holds the lake alone for a moment and counts without any other care. */
  @Test
  void runsThatComeAndGoNeverHoldTheLakeTogether() throws Exception {
    int runs = 4;
    int[] holders = new int[1];
    int[] most = new int[1];
    int[] turns = new int[1];
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      Callable<Void> run =
          () -> {
            for (int attempt = 0; attempt < 25; attempt++) {
              try (LakeLock lock = take()) {
                lock.check();
                synchronized (holders) {
                  most[0] = Math.max(most[0], ++holders[0]);
                  turns[0]++;
                }
                Thread.yield();
                lock.check();
                synchronized (holders) {
                  holders[0]--;
                }
              } catch (RenownException e) {
                assertThat(e).hasMessageContaining("Another run holds the lake");
              }
            }
            return null;
          };
      for (Future<Void> outcome : threads.invokeAll(java.util.Collections.nCopies(runs, run))) {
        assertThatCode(outcome::get).doesNotThrowAnyException();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(most[0]).isEqualTo(1);
    assertThat(turns[0]).isPositive();
  }

  @Test
  void aFileIsCreatedOnceAndKeepsItsFirstContent() throws Exception {
    FileSystem files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder.toUri() + "/one file");
    assertThat(ExclusiveFile.create(files, file, new byte[] {1})).isTrue();
    assertThat(ExclusiveFile.create(files, file, new byte[] {2})).isFalse();
    assertThat(Files.readAllBytes(folder.resolve("one file"))).containsExactly(1);
  }
}
