package renown.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.RunContext;

/**
 * Keeps two runs from writing to one lake at once.
 *
 * <p>The holder is the writer of the highest numbered file under {@code _renown/lock}. A number is
 * taken by creating its file, which the store does for one writer only (exclusive create, or a
 * conditional PUT on S3). The holder renews its file; a file that was not renewed for the lease, or
 * whose process on this machine is gone, may be followed by the next number. So a run that was
 * taken for dead and wakes up sees a higher number than its own ({@link #check}) and stops before
 * it publishes.
 */
public final class LakeLock implements AutoCloseable {
  /** How long a silent holder on another machine is waited for. */
  public static final ConfigKey<Long> LEASE_SECONDS =
      ConfigKey.integer(
          "lake.lock-lease-seconds",
          60,
          5,
          3600,
          "After how many seconds without a sign of life another machine's run is taken for dead.");

  private static final String FOLDER = "_renown/lock";

  private final FileSystem files;
  private final Path folder;
  private final long number;
  private final String taker;
  private final Clock clock;
  private final ScheduledExecutorService heartbeat;
  private boolean ended;

  private LakeLock(
      FileSystem files, Path folder, long number, String taker, Clock clock, long leaseSeconds) {
    this.files = files;
    this.folder = folder;
    this.number = number;
    this.taker = taker;
    this.clock = clock;
    this.heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "renown-lake-lock");
              thread.setDaemon(true);
              return thread;
            });
    long periodMillis = leaseSeconds * 1000 / 4;
    heartbeat.scheduleAtFixedRate(this::renew, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lake for a job that writes to it.
   *
   * @param root the lake's root
   * @param context with {@link #LEASE_SECONDS}
   * @throws RenownException (exit code 5) where another run holds it, or an erasure was cut off
   */
  public static LakeLock take(Path root, RunContext context) throws Exception {
    Configuration hadoop = context.spark().sessionState().newHadoopConf();
    LakeLock lock = take(root, hadoop, context.clock(), context.value(LEASE_SECONDS));
    try {
      UnfinishedErasure.refuse(root, hadoop);
      return lock;
    } catch (Exception e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Takes the lake.
   *
   * @param root the lake's root
   * @throws RenownException (exit code 5) where another run holds it
   */
  public static LakeLock take(Path root, Configuration hadoop, Clock clock, long leaseSeconds)
      throws IOException, InterruptedException {
    FileSystem files = withoutChecksums(root.getFileSystem(hadoop));
    Path folder = new Path(root, FOLDER);
    files.mkdirs(folder);
    String taker = UUID.randomUUID().toString();
    while (true) {
      long highest = highest(files, folder);
      if (highest > 0) {
        refuseIfAlive(files, folder, highest, clock, leaseSeconds);
      }
      long next = highest + 1;
      if (ExclusiveFile.create(files, file(folder, next), sign(taker, clock, false))) {
        if (highest(files, folder) == next) {
          for (FileStatus old : files.listStatus(folder)) {
            if (number(old.getPath()) < next) {
              files.delete(old.getPath(), false);
            }
          }
          return new LakeLock(files, folder, next, taker, clock, leaseSeconds);
        }
        // Since we looked, the number was taken and followed by another, and its file deleted.
        files.delete(file(folder, next), false);
      }
    }
  }

  /**
   * Makes sure that the lake is still ours.
   *
   * @throws RenownException (exit code 5) where another run took it meanwhile
   */
  public void check() throws IOException {
    long highest = highest(files, folder);
    if (highest != number) {
      throw RenownException.busy(
          "Another run took the lake at %s while this one was silent for longer than %s; nothing"
              + " was published by this run. Run the same command again.",
          folder.getParent().getParent(), LEASE_SECONDS.name());
    }
  }

  @Override
  public void close() throws IOException {
    heartbeat.shutdownNow();
    write(true);
  }

  private void renew() {
    try {
      write(false);
    } catch (IOException e) {
      // The next beat tries again; if none succeeds for the whole lease, check() tells.
    }
  }

  /** Signs the file, unless it is another's turn; after the end there are no more signs of life. */
  private synchronized void write(boolean last) throws IOException {
    if (ended) {
      return;
    }
    ended = last;
    if (highest(files, folder) == number) {
      try (OutputStream out = files.create(file(folder, number), true)) {
        out.write(sign(taker, clock, last));
      }
    }
  }

  /** Returns where the holder has ended or is dead. */
  private static void refuseIfAlive(
      FileSystem files, Path folder, long holder, Clock clock, long leaseSeconds)
      throws IOException, InterruptedException {
    Optional<Properties> sign = read(files, file(folder, holder));
    for (int attempt = 0; sign.isEmpty() && attempt < 5; attempt++) {
      // A holder that renews its file just now may be seen with an empty one.
      Thread.sleep(200);
      sign = read(files, file(folder, holder));
    }
    if (sign.isEmpty() || hasEnded(sign.get()) || isDeadHere(sign.get())) {
      return;
    }
    Properties seen = sign.get();
    Duration silence =
        Duration.between(Instant.parse(seen.getProperty("seen_at")), clock.instant());
    if (isHere(seen) || silence.toSeconds() < leaseSeconds) {
      throw RenownException.busy(
          "Another run holds the lake at %s (process %s on %s, last seen %s). Wait for it to end;"
              + " if it is dead, run the same command again after %d seconds.",
          folder.getParent().getParent(),
          seen.getProperty("process"),
          seen.getProperty("machine"),
          seen.getProperty("seen_at"),
          leaseSeconds);
    }
  }

  private static boolean hasEnded(Properties sign) {
    return Boolean.parseBoolean(sign.getProperty("ended"));
  }

  private static boolean isHere(Properties sign) {
    return machine().equals(sign.getProperty("machine"));
  }

  /** Whether the process was on this machine and is gone (its number may belong to another now). */
  private static boolean isDeadHere(Properties sign) {
    return isHere(sign)
        && ProcessHandle.of(Long.parseLong(sign.getProperty("process")))
            .map(process -> !started(process).equals(sign.getProperty("started_at")))
            .orElse(true);
  }

  private static byte[] sign(String taker, Clock clock, boolean ended) {
    ProcessHandle self = ProcessHandle.current();
    return String.join(
            "\n",
            "taker=" + taker,
            "machine=" + machine(),
            "process=" + self.pid(),
            "started_at=" + started(self),
            "seen_at=" + clock.instant(),
            "ended=" + ended,
            "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).map(String::valueOf).orElse("");
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static Optional<Properties> read(FileSystem files, Path file) throws IOException {
    Properties sign = new Properties();
    try (FSDataInputStream in = files.open(file)) {
      sign.load(in);
    } catch (java.io.FileNotFoundException e) {
      return Optional.empty();
    }
    // A holder that died between creating its file and filling it left no sign of life.
    return sign.containsKey("seen_at") ? Optional.of(sign) : Optional.empty();
  }

  /** A local file's checksum lies in a second file, which a killed writer leaves behind wrong. */
  private static FileSystem withoutChecksums(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  private static long highest(FileSystem files, Path folder) throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .mapToLong(status -> number(status.getPath()))
        .max()
        .orElse(0);
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(file.getName());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Path file(Path folder, long number) {
    return new Path(folder, String.format("%012d", number));
  }
}
