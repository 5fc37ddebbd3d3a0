package renown.lake.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.app.Jobs;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.lake.s3.FaultyS3.Fate;
import renown.night.NightlyJob;
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
 * which seed on, {@code -Drenown.chaos.kinds=DRIVER,PAUSED} of which kinds alone; the default is
 * one of each. The table of faults that is printed at the end stands in the README of operations,
 * where {@code -Drenown.regenerate=true} writes it.
 */
@Tag("long")
class ChaosTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 5);
  private static final int MOST_TRIES = 12;

  /** The least that is allowed. */
  private static final int LEASE_SECONDS = 5;

  private static final Path README = Path.of("jobs/renown/operate/README.md");
  private static final String TABLE_START =
      "| fault | runs | survived | faults met | attempts that failed | seeds |";

  /** What goes wrong. */
  private enum Fault {
    ANSWERS("5 % of answers are 500, 503, late, cut short or lost after the write took effect"),
    LISTINGS("every fifth listing is answered as it was the last time"),
    DRIVER("`kill -9` of the driver at some request"),
    WORKER("`kill -9` of an executor at some request"),
    SERVER("`kill -9` of the store at some request; it comes back"),
    GROUP("`kill -9` of driver, executors and store at once"),
    PAUSED("SIGSTOP at some request; another run takes the lake and publishes; SIGCONT"),
    FULL("the store has no room after some write"),
    TWO("two nights are started at once"),
    MAINTAIN("`maintain` is started beside a night"),
    ERASE("`erase` is cut off after some request"),
    CLOCK("the machine's clock jumps by up to a day, back and forth");

    private final String meaning;

    Fault(String meaning) {
      this.meaning = meaning;
    }
  }

  /** What was tried of a kind, and how it went. */
  private static final class Tally {
    private final List<Long> seeds = new ArrayList<>();
    private int survived;
    private int faultsMet;
    private int failedAttempts;
  }

  /** What happens at some request, once. */
  private static final class Strike {
    private final AtomicInteger left;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Strike(int requests) {
      left = new AtomicInteger(requests);
    }

    /** Waits until it is over, if it has begun. */
    void await() {
      if (left.get() <= 0) {
        done.join();
      }
    }
  }

  private final Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
  private final List<String> failures = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger spoilt = new AtomicInteger();
  private volatile Function<String, Fate> fates = request -> Fate.PASS;
  private EmbeddedS3 s3;
  private SparkSession spark;
  private Map<String, String> settings;
  private Configuration hadoop;
  private String[] them;

  /** Requests of a night that nothing happens to. */
  private int ofANight;

  private Fate fate(String request) {
    requests.incrementAndGet();
    Fate fate = fates.apply(request);
    if (fate != Fate.PASS) {
      spoilt.incrementAndGet();
    }
    return fate;
  }

  @Test
  void theSameCommandAgainLeavesTheSameTables() throws Exception {
    List<Fault> kinds =
        Optional.ofNullable(System.getProperty("renown.chaos.kinds")).stream()
            .flatMap(names -> Arrays.stream(names.split(",")))
            .map(Fault::valueOf)
            .toList();
    kinds = kinds.isEmpty() ? List.of(Fault.values()) : kinds;
    int runs = Integer.getInteger("renown.chaos.runs", kinds.size());
    long firstSeed = Long.getLong("renown.chaos.seed", 1);
    Path raw = folder.resolve("raw");
    NightRuns.generate(raw, folder.resolve("truth"), 20, 1, 0.01);
    try (EmbeddedS3 server = EmbeddedS3.inFolder(folder.resolve("s3"));
        FaultyS3 faulty = new FaultyS3(server.endpoint(), this::fate)) {
      s3 = server;
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
      settings.put(LakeLock.LEASE_SECONDS.name(), Integer.toString(LEASE_SECONDS));

      Lake undisturbed = lake("undisturbed");
      nightly(undisturbed);
      ofANight = requests.get();
      Map<String, List<String>> published = rows(undisturbed);
      Row somebody = undisturbed.rows(Accounts.TABLE).get(3);
      them =
          new String[] {
            "--skip-raw",
            "--network",
            somebody.getAs("network"),
            "--account",
            somebody.getAs("account_id")
          };
      Map<String, List<String>> erased = Map.of();
      if (kinds.contains(Fault.ERASE)) {
        run(undisturbed, new EraseJob(), Clock.systemUTC(), them);
        erased = rows(undisturbed);
        assertThat(erased).isNotEqualTo(published);
      }
      System.out.printf("a night is %d requests%n", ofANight);

      for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
        Fault fault = kinds.get((int) (seed % kinds.size()));
        Tally tally = tallies.computeIfAbsent(fault, any -> new Tally());
        tally.seeds.add(seed);
        long began = System.nanoTime();
        try {
          survive(fault, seed, tally, fault == Fault.ERASE ? erased : published);
          tally.survived++;
        } catch (Exception | AssertionError e) {
          failures.add("seed " + seed + ", " + fault + ": " + e);
          e.printStackTrace(System.out);
        }
        System.out.printf(
            "seed %d: %s, %d s%n",
            seed, fault, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
      }
      tell();
      assertThat(failures).isEmpty();
    } finally {
      FileSystem.get(URI.create("s3a://chaos/"), hadoop).close();
    }
  }

  private void survive(Fault fault, long seed, Tally tally, Map<String, List<String>> expected)
      throws Exception {
    Lake lake = lake("lake-" + seed);
    spoilt.set(0);
    try {
      disturb(fault, lake, new SplittableRandom(seed), tally);
    } finally {
      fates = request -> Fate.PASS;
      tally.faultsMet += spoilt.get();
    }
    // The same command again. Of a process that was killed the lock knows that it is gone.
    if (fault != Fault.DRIVER && fault != Fault.WORKER && fault != Fault.GROUP) {
      forgetLock(lake);
    }
    nightly(lake);
    if (fault == Fault.ERASE) {
      run(lake, new EraseJob(), Clock.systemUTC(), them);
      run(lake, new EraseJob(), Clock.systemUTC(), with(them, "--verify"));
    }
    assertThat(rows(lake)).isEqualTo(expected);
    everyPublicationIsWhole(lake);
    if (fault != Fault.MAINTAIN) {
      assertThat(fresh(lake).rows(Publications.TABLE))
          .extracting(row -> row.<Long>getAs(Publications.REVISION.name()))
          .containsOnly(1L);
    }
    FileUtils.deleteDirectory(folder.resolve("s3/chaos/lake-" + seed).toFile());
  }

  private void disturb(Fault fault, Lake lake, SplittableRandom random, Tally tally)
      throws Exception {
    switch (fault) {
      case ANSWERS -> {
        long salt = random.nextLong();
        fates =
            request -> spoiling(request, new SplittableRandom(salt + requests.incrementAndGet()));
        attempts(lake, tally, () -> nightly(lake));
      }
      case LISTINGS -> {
        long salt = random.nextLong();
        fates =
            request ->
                FaultyS3.isListing(request)
                        && new SplittableRandom(salt + requests.incrementAndGet()).nextInt(5) == 0
                    ? Fate.STALE
                    : Fate.PASS;
        attempts(lake, tally, () -> nightly(lake));
      }
      case DRIVER, GROUP -> {
        NightProcess night = start(lake, fault == Fault.DRIVER ? "local[2]" : CLUSTER);
        Strike strike =
            strike(
                random,
                () -> {
                  night.kill();
                  if (fault == Fault.GROUP) {
                    s3.killAndStart();
                  }
                });
        tellEnd(night, tally);
        strike.await();
      }
      case WORKER -> {
        NightProcess night = start(lake, CLUSTER);
        strike(random, () -> night.executors().forEach(ProcessHandle::destroyForcibly));
        tellEnd(night, tally);
      }
      case SERVER -> {
        Strike strike = strike(random, s3::killAndStart);
        attempt(tally, () -> nightly(lake));
        strike.await();
      }
      case PAUSED -> pause(lake, random, tally);
      case FULL -> {
        AtomicInteger left = new AtomicInteger(random.nextInt(5, ofANight / 6));
        fates =
            request ->
                !request.startsWith("PUT") || left.getAndDecrement() > 0 ? Fate.PASS : Fate.FULL;
        attempt(tally, () -> nightly(lake));
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
        AtomicInteger left = new AtomicInteger(random.nextInt(5, ofANight));
        fates = request -> left.getAndDecrement() > 0 ? Fate.PASS : Fate.FORBID;
        attempt(tally, () -> run(lake, new EraseJob(), Clock.systemUTC(), them));
        fates = request -> Fate.PASS;
        forgetLock(lake);
        // A night refuses to run before what was begun is ended.
        attempt(tally, () -> run(lake, new EraseJob(), Clock.systemUTC(), them));
      }
      case CLOCK -> {
        Clock jumping = jumping(random.nextLong());
        attempts(lake, tally, () -> run(lake, new NightlyJob(Jobs.stages()), jumping));
      }
    }
  }

  /** An executor that is a process of its own. */
  private static final String CLUSTER = "local-cluster[1,2,768]";

  private NightProcess start(Lake lake, String master) throws Exception {
    Map<String, String> own = new TreeMap<>(settings);
    own.put("lake.root", lake.root().toString());
    return NightProcess.start(
        s3, NIGHT.toString(), master, own, folder.resolve(lake.root().getName()));
  }

  private static void tellEnd(NightProcess night, Tally tally) throws Exception {
    if (night.end() != 0) {
      tally.failedAttempts++;
    }
  }

  /**
   * Something that happens while the store does what one of the requests asks for, or before it has
   * heard of it.
   */
  private Strike strike(SplittableRandom random, Work work) {
    Strike strike = new Strike(random.nextInt(ofANight / 20, ofANight));
    Fate then = random.nextBoolean() ? Fate.STORE_AND_HANG_UP : Fate.REFUSE;
    fates =
        request -> {
          if (strike.left.decrementAndGet() != 0) {
            return Fate.PASS;
          }
          CompletableFuture<Void> struck =
              CompletableFuture.runAsync(
                  () -> {
                    try {
                      work.run();
                    } catch (Exception e) {
                      throw new CompletionException(e);
                    }
                  });
          struck.whenComplete(
              (nothing, error) -> {
                if (error == null) {
                  strike.done.complete(null);
                } else {
                  strike.done.completeExceptionally(error);
                }
              });
          return then;
        };
    return strike;
  }

  /**
   * A process that stands still for longer than its lease, as that of a machine which swaps or
   * moves, and knows nothing of it when it goes on.
   */
  private void pause(Lake lake, SplittableRandom random, Tally tally) throws Exception {
    NightProcess night = start(lake, "local[2]");
    Strike strike = strike(random, () -> night.signal("STOP"));
    try {
      CompletableFuture.anyOf(strike.done, night.process().onExit()).get(10, TimeUnit.MINUTES);
      for (int i = 0; night.isAlive() && i < 30; i++) {
        isElsewhere(lake);
        try {
          nightly(fresh(lake));
          break;
        } catch (RenownException busy) {
          assertThat(busy.exitCode()).as(busy.getMessage()).isEqualTo(ExitCode.LAKE_BUSY);
          TimeUnit.SECONDS.sleep(1);
        }
      }
      night.signal("CONT");
      tellEnd(night, tally);
    } finally {
      night.kill();
    }
  }

  /** Of a process of this machine the lock knows that it lives; of one elsewhere it does not. */
  private void isElsewhere(Lake lake) throws Exception {
    org.apache.hadoop.fs.Path locks = new org.apache.hadoop.fs.Path(lake.root(), "_renown/lock");
    FileSystem files = locks.getFileSystem(hadoop);
    if (!files.exists(locks)) {
      return;
    }
    for (FileStatus lock : files.listStatus(locks)) {
      String sign;
      try (InputStream in = files.open(lock.getPath())) {
        sign = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      String elsewhere = sign.replaceAll("(?m)^machine=.*$", "machine=elsewhere");
      if (!elsewhere.equals(sign)) {
        try (OutputStream out = files.create(lock.getPath(), true)) {
          out.write(elsewhere.getBytes(StandardCharsets.UTF_8));
        }
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

  private Lake lake(String name) {
    return new Lake(spark, "s3a://chaos/" + name);
  }

  private Lake fresh(Lake lake) {
    return new Lake(spark, lake.root().toString());
  }

  private void nightly(Lake lake) throws Exception {
    run(lake, new NightlyJob(Jobs.stages()), Clock.systemUTC());
  }

  private void nightlyAgain(Lake lake) throws Exception {
    run(lake, new NightlyJob(Jobs.stages()), Clock.systemUTC(), "--again");
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
    org.apache.hadoop.fs.Path lock = new org.apache.hadoop.fs.Path(lake.root(), "_renown/lock");
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

  private void tell() throws Exception {
    StringBuilder table = new StringBuilder(TABLE_START + "\n|---|---|---|---|---|---|\n");
    tallies.forEach(
        (fault, tally) ->
            table.append(
                "| %s | %d | %d | %d | %d | %s |\n"
                    .formatted(
                        fault.meaning,
                        tally.seeds.size(),
                        tally.survived,
                        tally.faultsMet,
                        tally.failedAttempts,
                        seeds(tally.seeds))));
    System.out.print(table);
    failures.forEach(System.out::println);
    if (Boolean.getBoolean("renown.regenerate")) {
      String readme = Files.readString(README);
      int start = readme.indexOf(TABLE_START);
      int end = readme.indexOf("\n\n", start);
      Files.writeString(
          README, readme.substring(0, start) + table.toString().strip() + readme.substring(end));
    }
  }

  private static String seeds(List<Long> seeds) {
    return seeds.size() < 4
        ? seeds.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : "%d, %d ... %d".formatted(seeds.get(0), seeds.get(1), seeds.get(seeds.size() - 1));
  }
}
