package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.app.Jobs;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.lake.s3.FaultyS3.Fate;
import renown.night.Night;
import renown.night.NightlyJob;
import renown.night.Stage;
import renown.operate.MaintainJob;
import renown.operate.erase.EraseJob;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Accounts;
import renown.tables.MartRunHealth;
import renown.tables.Publications;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/**
 * Whatever breaks while a night, maintenance or an erasure runs on S3: the same command again, and
 * the tables are those of a lake that nothing happened to, row for row.
 *
 * <p>A seed is a run. {@code -Drenown.chaos.runs=100 -Drenown.chaos.seed=1} says how many and from
 * which seed on; the table of faults that is printed at the end stands in the README of operations.
 */
@Tag("long")
class ChaosTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 6);
  private static final int MOST_TRIES = 12;

  /** What goes wrong. */
  private enum Fault {
    ANSWERS("5 % of answers are 500, 503, late, cut short or lost after the write took effect"),
    DEATH("the process is gone after some request (none of its later ones is heard)"),
    FULL("the store has no room after some write"),
    STALLED("a run stalls, another takes the lake and publishes, the first wakes up"),
    TWO("two nights are started at once"),
    MAINTAIN("maintain is started beside a night"),
    ERASE("an erasure is cut off after some request"),
    CLOCK("the machine's clock jumps by up to a day, back and forth");

    private final String meaning;

    Fault(String meaning) {
      this.meaning = meaning;
    }
  }

  /** What was tried of a kind, and how it went. */
  private static final class Tally {
    private final List<Long> seeds = new ArrayList<>();
    private int requestsSpoilt;
    private int failedAttempts;
  }

  private final Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
  private final AtomicLong requests = new AtomicLong();
  private final AtomicInteger spoilt = new AtomicInteger();
  private volatile Function<String, Fate> fates = request -> Fate.PASS;
  private SparkSession spark;
  private Map<String, String> settings;
  private Configuration hadoop;

  private Fate fate(String request) {
    Fate fate = fates.apply(request);
    if (fate != Fate.PASS) {
      spoilt.incrementAndGet();
    }
    return fate;
  }

  @Test
  void theSameCommandAgainLeavesTheSameTables() throws Exception {
    int runs = Integer.getInteger("renown.chaos.runs", Fault.values().length);
    long firstSeed = Long.getLong("renown.chaos.seed", 1);
    java.nio.file.Path raw = folder.resolve("raw");
    NightRuns.generate(raw, folder.resolve("truth"), 30, 2, 0.01);
    try (EmbeddedS3 s3 = EmbeddedS3.inMemory("512m");
        FaultyS3 faulty = new FaultyS3(s3.endpoint(), this::fate)) {
      s3.createBucket("chaos");
      spark = spark().newSession();
      Map<String, String> store = new TreeMap<>(s3.hadoopSettings());
      store.put("fs.s3a.endpoint", faulty.endpoint().toString());
      store.put("fs.s3a.retry.interval", "20ms");
      store.put("fs.s3a.retry.throttle.interval", "20ms");
      store.put("fs.s3a.retry.limit", "5");
      store.put("fs.s3a.attempts.maximum", "3");
      store.forEach((key, value) -> spark.conf().set(key, value));
      hadoop = spark.sessionState().newHadoopConf();
      settings = new TreeMap<>();
      store.forEach((key, value) -> settings.put("spark.hadoop." + key, value));
      settings.put("raw.root", raw.toUri().toString());
      settings.put("score.reference-accounts-min", "100");

      Lake undisturbed = lake("undisturbed");
      nightly(undisturbed);
      Map<String, List<String>> published = rows(undisturbed);
      nobodyTells(undisturbed, published, s3.secretKey());
      Row somebody = undisturbed.rows(Accounts.TABLE).get(3);
      String[] them = {
        "--skip-raw",
        "--network",
        somebody.getAs("network"),
        "--account",
        somebody.getAs("account_id")
      };
      run(undisturbed, new EraseJob(), Clock.systemUTC(), them);
      Map<String, List<String>> erased = rows(undisturbed);
      assertThat(erased).isNotEqualTo(published);

      for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
        Fault fault = Fault.values()[(int) (seed % Fault.values().length)];
        System.out.printf("seed %d: %s%n", seed, fault);
        Lake lake = lake("lake-" + seed);
        Tally tally = tallies.computeIfAbsent(fault, any -> new Tally());
        tally.seeds.add(seed);
        spoilt.set(0);
        disturb(fault, lake, new SplittableRandom(seed), tally, them);
        tally.requestsSpoilt += spoilt.get();
        fates = request -> Fate.PASS;
        // The same command again, by another process.
        forgetLock(lake);
        nightly(lake);
        if (fault == Fault.ERASE) {
          run(lake, new EraseJob(), Clock.systemUTC(), them);
          run(lake, new EraseJob(), Clock.systemUTC(), with(them, "--verify"));
        }
        assertThat(rows(lake))
            .as("seed %d, %s", seed, fault)
            .isEqualTo(fault == Fault.ERASE ? erased : published);
        everyPublicationIsWhole(lake);
        lake.root().getFileSystem(hadoop).delete(lake.root(), true);
      }
      print();
    } finally {
      FileSystem.get(URI.create("s3a://chaos/"), hadoop).close();
    }
  }

  private void disturb(Fault fault, Lake lake, SplittableRandom random, Tally tally, String[] them)
      throws Exception {
    switch (fault) {
      case ANSWERS -> {
        long salt = random.nextLong();
        fates =
            request -> spoiling(request, new SplittableRandom(salt + requests.incrementAndGet()));
        attempts(lake, tally, () -> nightly(lake));
      }
      case DEATH -> {
        endsAfter(random.nextInt(20, 2_500), request -> true, Fate.FORBID);
        attempt(tally, () -> nightly(lake));
      }
      case FULL -> {
        endsAfter(random.nextInt(5, 300), request -> request.startsWith("PUT"), Fate.FULL);
        attempt(tally, () -> nightly(lake));
      }
      case CLOCK -> {
        Clock jumping = jumping(random.nextLong());
        attempts(lake, tally, () -> nightly(lake, jumping, Jobs.stages()));
      }
      case STALLED -> {
        List<Stage> stages = new ArrayList<>(Jobs.stages());
        int place = random.nextInt(stages.size());
        stages.set(
            place,
            stalling(
                stages.get(place),
                () -> {
                  forgetLock(lake);
                  nightly(fresh(lake));
                }));
        attempt(tally, () -> nightly(lake, Clock.systemUTC(), stages));
      }
      case TWO -> beside(tally, () -> nightly(lake), () -> nightly(fresh(lake)));
      case MAINTAIN -> {
        nightly(lake);
        beside(
            tally,
            () -> run(lake, new MaintainJob(), Clock.systemUTC()),
            () -> nightlyAgain(fresh(lake)));
      }
      case ERASE -> {
        nightly(lake);
        endsAfter(random.nextInt(5, 800), request -> true, Fate.FORBID);
        attempt(tally, () -> run(lake, new EraseJob(), Clock.systemUTC(), them));
        fates = request -> Fate.PASS;
        forgetLock(lake);
        attempt(tally, () -> run(lake, new EraseJob(), Clock.systemUTC(), them));
      }
    }
  }

  private static Fate spoiling(String request, SplittableRandom random) {
    if (random.nextInt(100) >= 5) {
      return Fate.PASS;
    }
    return switch (random.nextInt(5)) {
      case 0 -> Fate.REFUSE;
      case 1 -> Fate.STORE_AND_FAIL;
      case 2 -> Fate.STORE_AND_HANG_UP;
      case 3 -> request.startsWith("GET") ? Fate.TRUNCATE : Fate.STORE_AND_HANG_UP;
      default -> Fate.DELAY;
    };
  }

  /** From the store's side: so many requests of a kind are heard, and none after them. */
  private void endsAfter(int count, java.util.function.Predicate<String> counted, Fate then) {
    AtomicInteger left = new AtomicInteger(count);
    fates = request -> !counted.test(request) || left.getAndDecrement() > 0 ? Fate.PASS : then;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void attempt(Tally tally, Work work) {
    try {
      work.run();
    } catch (Exception | Error e) {
      tally.failedAttempts++;
    }
  }

  /** As often as a scheduler would. */
  private void attempts(Lake lake, Tally tally, Work work) throws Exception {
    int failed = tally.failedAttempts;
    for (int i = 0; i < MOST_TRIES; i++) {
      attempt(tally, work);
      if (tally.failedAttempts == failed + i) {
        return;
      }
      forgetLock(lake);
    }
  }

  /** Of two at once one at most goes on; the other says that the lake is busy. */
  private static void beside(Tally tally, Work one, Work other) throws Exception {
    List<CompletableFuture<Void>> both = new ArrayList<>();
    for (Work work : List.of(one, other)) {
      both.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  work.run();
                } catch (Exception e) {
                  throw new CompletionException(e);
                }
              }));
    }
    for (CompletableFuture<Void> each : both) {
      try {
        each.join();
      } catch (CompletionException e) {
        tally.failedAttempts++;
        assertThat(e.getCause())
            .isInstanceOfSatisfying(
                RenownException.class,
                busy -> assertThat(busy.exitCode()).isEqualTo(ExitCode.LAKE_BUSY));
      }
    }
  }

  private static Clock jumping(long seed) {
    AtomicLong asked = new AtomicLong();
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        long minutes =
            new SplittableRandom(seed + asked.incrementAndGet() / 7).nextLong(-1_440, 1_440);
        return Instant.now().plus(Duration.ofMinutes(minutes));
      }
    };
  }

  /** A stage that does its work and stalls before anybody knows. */
  private static Stage stalling(Stage stage, Work meanwhile) {
    return new Stage() {
      @Override
      public String name() {
        return stage.name();
      }

      @Override
      public List<ConfigKey<?>> keys() {
        return stage.keys();
      }

      @Override
      public List<TableSchema> inputs() {
        return stage.inputs();
      }

      @Override
      public List<TableSchema> inputsOfNightBefore() {
        return stage.inputsOfNightBefore();
      }

      @Override
      public List<TableSchema> outputs() {
        return stage.outputs();
      }

      @Override
      public void run(Night night) throws Exception {
        stage.run(night);
        meanwhile.run();
      }
    };
  }

  private Lake lake(String name) {
    return new Lake(spark, "s3a://chaos/" + name);
  }

  private Lake fresh(Lake lake) {
    return new Lake(spark, lake.root().toString());
  }

  private void nightly(Lake lake) throws Exception {
    nightly(lake, Clock.systemUTC(), Jobs.stages());
  }

  private void nightlyAgain(Lake lake) throws Exception {
    run(lake, new NightlyJob(Jobs.stages()), Clock.systemUTC(), "--again");
  }

  private void nightly(Lake lake, Clock clock, List<Stage> stages) throws Exception {
    run(lake, new NightlyJob(stages), clock);
  }

  private void run(Lake lake, Job job, Clock clock, String... options) throws Exception {
    new CommandLine(job).parseArgs(options);
    Map<String, String> own = new TreeMap<>(settings);
    own.put("lake.root", lake.root().toString());
    List<String> names = job.keys().stream().map(ConfigKey::name).toList();
    own.keySet().removeIf(key -> !key.startsWith("spark.") && !names.contains(key));
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), own);
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    DeltaLog.clearCache();
    job.run(
        new RunContext(
            config,
            job instanceof NightlyJob ? Optional.of(NIGHT) : Optional.empty(),
            clock,
            new Progress(nowhere, clock),
            () -> spark));
  }

  private static String[] with(String[] options, String one) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = one;
    return all;
  }

  /**
   * The lock tells that a process of this machine is gone, and this one is not: what is left of the
   * run that died is taken away by hand.
   */
  private void forgetLock(Lake lake) throws Exception {
    Path lock = new Path(lake.root(), "_renown/lock");
    lock.getFileSystem(hadoop).delete(lock, true);
  }

  /** What stands in all tables of a night, but for what a night cost. */
  private Map<String, List<String>> rows(Lake of) {
    Lake lake = fresh(of);
    Publication last = PublishedNights.of(lake).latest().orElseThrow();
    Map<String, List<String>> rows = new TreeMap<>();
    for (TableSchema table : Tables.OF_A_NIGHT) {
      Long version = last.versions().get(table.path());
      if (version == null || table == MartRunHealth.TABLE) {
        continue;
      }
      assertThat(lake.isAt(table, version)).as(table.name()).isTrue();
      rows.put(table.name(), lake.rows(table).stream().map(ChaosTest::text).sorted().toList());
    }
    return rows;
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (row.schema().fieldNames()[i].equals(StageRuns.RUN_ID.name())) {
        // It tells which revision of the night this is.
        continue;
      }
      Object value = row.get(i) instanceof byte[] bytes ? Arrays.toString(bytes) : row.get(i);
      text.append(value).append('|');
    }
    return text.toString();
  }

  private void everyPublicationIsWhole(Lake of) {
    Lake lake = fresh(of);
    Publication last = PublishedNights.of(lake).latest().orElseThrow();
    for (TableSchema table : Tables.OF_A_NIGHT) {
      Long version = last.versions().get(table.path());
      assertThat(version == null || lake.isWhole(table, version)).as(table.name()).isTrue();
    }
  }

  /** The secret of the store's key stands in no file of the lake and in no row. */
  private void nobodyTells(Lake lake, Map<String, List<String>> published, String secret)
      throws Exception {
    assertThat(published.toString()).doesNotContain(secret);
    for (TableSchema table : List.of(StageRuns.TABLE, Publications.TABLE, MartRunHealth.TABLE)) {
      assertThat(lake.rows(table).toString()).doesNotContain(secret);
    }
    int files = 0;
    RemoteIterator<LocatedFileStatus> all =
        lake.root().getFileSystem(hadoop).listFiles(lake.root(), true);
    while (all.hasNext()) {
      try (InputStream in = lake.root().getFileSystem(hadoop).open(all.next().getPath())) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
            .doesNotContain(secret);
        files++;
      }
    }
    assertThat(files).isGreaterThan(100);
  }

  private void print() {
    System.out.println("| fault | runs | requests spoilt | attempts that failed | seeds |");
    System.out.println("|---|---|---|---|---|");
    tallies.forEach(
        (fault, tally) ->
            System.out.printf(
                "| %s | %d | %d | %d | %s |%n",
                fault.meaning,
                tally.seeds.size(),
                tally.requestsSpoilt,
                tally.failedAttempts,
                tally.seeds.get(0) + ".." + tally.seeds.get(tally.seeds.size() - 1)));
  }
}
