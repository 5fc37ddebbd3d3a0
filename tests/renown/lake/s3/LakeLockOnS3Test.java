package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import renown.lake.LakeLock;
import renown.lake.s3.FaultyS3.Fate;
import renown.run.ExitCode;
import renown.run.RenownException;

/** The lock of a lake on S3, whose answers get lost. */
class LakeLockOnS3Test {
  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() throws IOException {
    s3 = EmbeddedS3.inMemory("256m");
    s3.createBucket("lakes");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  private static LakeLock take(URI endpoint, String lake) throws Exception {
    Configuration hadoop = new Configuration();
    s3.hadoopSettings().forEach(hadoop::set);
    hadoop.set("fs.s3a.endpoint", endpoint.toString());
    hadoop.set("fs.s3a.impl.disable.cache", "true");
    return LakeLock.take(new Path("s3a://lakes/" + lake), hadoop, 60);
  }

  private static void isRefused(URI endpoint, String lake) {
    assertThatThrownBy(() -> take(endpoint, lake))
        .isInstanceOfSatisfying(
            RenownException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LAKE_BUSY));
  }

  @Test
  void aSecondRunIsRefusedAndAnEndedOneFollowed() throws Exception {
    try (LakeLock first = take(s3.endpoint(), "turns")) {
      isRefused(s3.endpoint(), "turns");
      first.check();
    }
    try (LakeLock second = take(s3.endpoint(), "turns")) {
      second.check();
    }
  }

  @Test
  void ofSeveralThatRaceOneWins() throws Exception {
    int runs = 4;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    try {
      for (int round = 0; round < 5; round++) {
        String lake = "race-" + round;
        Callable<LakeLock> run =
            () -> {
              try {
                return take(s3.endpoint(), lake);
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
        assertThat(winners).hasSize(1);
        winners.get(0).check();
        winners.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The first PUT of each file of the lock is stored, but its writer is not told. */
  @Test
  void aRunWhoseAnswerIsLostHoldsTheLakeAllTheSame() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (FaultyS3 faulty =
        new FaultyS3(
            s3.endpoint(),
            request ->
                request.startsWith("PUT") && request.contains("/lock/0") && seen.add(request)
                    ? Fate.STORE_AND_FAIL
                    : Fate.PASS)) {
      for (int turn = 1; turn <= 2; turn++) {
        try (LakeLock lock = take(faulty.endpoint(), "lost")) {
          lock.check();
          isRefused(faulty.endpoint(), "lost");
        }
      }
      assertThat(seen).hasSize(2);
    }
  }
}
