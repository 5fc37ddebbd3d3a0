package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import renown.lake.s3.FaultyS3.Fate;

class ConditionalPutLogStoreTest {
  private static final int WRITERS = 4;

  private static EmbeddedS3 s3;

  @BeforeAll
  static void start() throws IOException {
    s3 = EmbeddedS3.inMemory("256m");
    s3.createBucket("lake");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Test
  void oneOfSeveralWritersWinsEveryVersion() throws Exception {
    race(s3);
  }

  @Test
  void oneOfSeveralWritersWinsEveryVersionInFiles(
      @org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) throws Exception {
    try (EmbeddedS3 files = EmbeddedS3.inFolder(folder)) {
      files.createBucket("lake");
      race(files);
    }
  }

  private static void race(EmbeddedS3 server) throws Exception {
    List<Configuration> drivers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      drivers.add(hadoop(server, server.endpoint().toString()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      CyclicBarrier start = new CyclicBarrier(WRITERS);
      for (int version = 0; version < 12; version++) {
        Path commit = commit("race", version);
        List<Callable<String>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          Configuration hadoop = drivers.get(writer);
          String text = "writer " + writer + " version " + version;
          writers.add(
              () -> {
                start.await();
                return write(hadoop, commit, text) ? text : "";
              });
        }
        List<String> winners = new ArrayList<>();
        for (Future<String> outcome : threads.invokeAll(writers)) {
          if (!outcome.get().isEmpty()) {
            winners.add(outcome.get());
          }
        }
        assertThat(winners).as("version %d", version).hasSize(1);
        assertThat(read(drivers.get(0), commit)).isEqualTo(winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusesToReplaceAnothersCommit() throws Exception {
    Configuration hadoop = hadoop(s3, s3.endpoint().toString());
    Path commit = commit("taken", 0);
    assertThat(write(hadoop, commit, "first")).isTrue();
    assertThatThrownBy(
            () -> new ConditionalPutLogStore(hadoop).write(commit, lines("other"), false, hadoop))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("00000000000000000000.json");
    assertThat(read(hadoop, commit)).containsExactly("first");
  }

  @Test
  void overwritesWhereAsked() throws Exception {
    Configuration hadoop = hadoop(s3, s3.endpoint().toString());
    Path file = new Path("s3a://lake/overwrite/_delta_log/_last_checkpoint");
    ConditionalPutLogStore store = new ConditionalPutLogStore(hadoop);
    store.write(file, lines("one"), true, hadoop);
    store.write(file, lines("two"), true, hadoop);
    assertThat(read(hadoop, file)).containsExactly("two");
  }

  @Test
  void aCommitWhoseActionsFailIsNotStored() throws Exception {
    Configuration hadoop = hadoop(s3, s3.endpoint().toString());
    Path commit = commit("broken", 0);
    Iterator<String> broken =
        new Iterator<>() {
          private int given;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public String next() {
            if (given++ == 3) {
              throw new NoSuchElementException("the fourth action");
            }
            return "action";
          }
        };
    assertThatThrownBy(
            () -> new ConditionalPutLogStore(hadoop).write(commit, broken, false, hadoop))
        .hasMessage("the fourth action");
    assertThat(commit.getFileSystem(hadoop).exists(commit)).isFalse();
  }

  /** The first PUT of each commit is stored, but its writer is not told. */
  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"STORE_AND_FAIL", "STORE_AND_HANG_UP"})
  void aCommitWhoseAnswerIsLostIsMadeOnce(Fate fate) throws Exception {
    String table = "lost-" + fate;
    AtomicInteger spoiled = new AtomicInteger();
    Function<String, Fate> firstPutOfEach =
        new Function<>() {
          private final java.util.Set<String> seen =
              java.util.concurrent.ConcurrentHashMap.newKeySet();

          @Override
          public Fate apply(String request) {
            if (request.startsWith("PUT") && request.contains(".json") && seen.add(request)) {
              spoiled.incrementAndGet();
              return fate;
            }
            return Fate.PASS;
          }
        };
    try (FaultyS3 faulty = new FaultyS3(s3.endpoint(), firstPutOfEach)) {
      Configuration hadoop = hadoop(s3, faulty.endpoint().toString());
      for (int version = 0; version < 5; version++) {
        Path commit = commit(table, version);
        assertThat(write(hadoop, commit, "mine " + version)).isTrue();
        assertThat(read(hadoop, commit)).containsExactly("mine " + version);
        assertThat(write(hadoop, commit, "another's")).isFalse();
      }
      assertThat(spoiled).hasValue(5);
    }
  }

  /** Every answer to a PUT is 500, whether it was stored or refused. */
  @Test
  void aCommitIsKnownToBeMadeAlsoWhereNoPutIsEverAnswered() throws Exception {
    try (FaultyS3 faulty =
        new FaultyS3(
            s3.endpoint(), line -> line.startsWith("PUT") ? Fate.STORE_AND_FAIL : Fate.PASS)) {
      Configuration hadoop = hadoop(s3, faulty.endpoint().toString());
      hadoop.set("fs.s3a.attempts.maximum", "2");
      hadoop.set("fs.s3a.retry.limit", "1");
      assertThat(write(hadoop, commit("mute", 0), "mine")).isTrue();
      assertThat(write(hadoop, commit("mute", 0), "another's")).isFalse();
      assertThat(read(hadoop, commit("mute", 0))).containsExactly("mine");
    }
  }

  @Test
  void aCommitThatNeverArrivesFails() throws Exception {
    try (FaultyS3 faulty =
        new FaultyS3(s3.endpoint(), line -> line.startsWith("PUT") ? Fate.REFUSE : Fate.PASS)) {
      Configuration hadoop = hadoop(s3, faulty.endpoint().toString());
      hadoop.set("fs.s3a.attempts.maximum", "1");
      hadoop.set("fs.s3a.retry.limit", "1");
      hadoop.set("fs.s3a.retry.throttle.limit", "1");
      Path commit = commit("refused", 0);
      assertThatThrownBy(() -> write(hadoop, commit, "mine")).isInstanceOf(IOException.class);
      assertThat(commit.getFileSystem(hadoop).exists(commit)).isFalse();
    }
  }

  @Test
  void requestsToSlowDownAreObeyed() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (FaultyS3 faulty =
        new FaultyS3(
            s3.endpoint(), line -> requests.incrementAndGet() % 3 == 0 ? Fate.REFUSE : Fate.PASS)) {
      Configuration hadoop = hadoop(s3, faulty.endpoint().toString());
      for (int version = 0; version < 10; version++) {
        assertThat(write(hadoop, commit("slow", version), "version " + version)).isTrue();
      }
      List<String> names = new ArrayList<>();
      new ConditionalPutLogStore(hadoop)
          .listFrom(commit("slow", 0), hadoop)
          .forEachRemaining(status -> names.add(status.getPath().getName()));
      assertThat(names).hasSize(10).isSorted();
    }
  }

  private static Configuration hadoop(EmbeddedS3 server, String endpoint) {
    Configuration hadoop = new Configuration();
    server.hadoopSettings().forEach(hadoop::set);
    hadoop.set("fs.s3a.endpoint", endpoint);
    // A file system of its own for each, as for a driver of its own.
    hadoop.set("fs.s3a.impl.disable.cache", "true");
    hadoop.set("test.driver", UUID.randomUUID().toString());
    return hadoop;
  }

  private static Path commit(String table, int version) {
    return new Path("s3a://lake/%s/_delta_log/%020d.json".formatted(table, version));
  }

  private static boolean write(Configuration hadoop, Path commit, String text) throws IOException {
    try {
      new ConditionalPutLogStore(hadoop).write(commit, lines(text), false, hadoop);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static Iterator<String> lines(String text) {
    return List.of(text).iterator();
  }

  private static List<String> read(Configuration hadoop, Path file) throws IOException {
    try (FileSystem fileSystem = FileSystem.newInstance(file.toUri(), hadoop);
        var in = fileSystem.open(file)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
