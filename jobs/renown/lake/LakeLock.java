package renown.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * The lock that keeps concurrent runs from writing to the same lake.
 *
 * <p>The holder is the writer of the highest numbered file under {@code _renown/lock}. A number is
 * taken by creating its file, which succeeds for one writer only (exclusive create, or a
 * conditional PUT on S3). The holder renews its file as a heartbeat. Once a file was not renewed
 * for the lease, by the store's own time, or its process on this machine is gone, another run may
 * take the next number. A run that was considered dead and wakes up finds a higher number than its
 * own ({@link #check}) and stops.
 *
 * <p>The lock spares two runs the work of one, and no more: where both believe that they hold it,
 * what keeps their rows apart is {@link Lake#held}.
 */
public final class LakeLock implements AutoCloseable {
  /** How long to wait for a silent holder on another machine. */
  public static final ConfigKey<Long> LEASE_SECONDS =
      ConfigKey.integer(
          "lake.lock-lease-seconds",
          60,
          5,
          3600,
          "Lease of the lake's lock in seconds: a run on another machine without a heartbeat"
              + " for this long is considered dead.");

  private static final String FOLDER = "_renown/lock";

  private final FileSystem files;
  private final Path folder;
  private final long number;
  private final String taker;
  private final ScheduledExecutorService heartbeat;
  private boolean ended;

  private LakeLock(FileSystem files, Path folder, long number, String taker, long leaseSeconds) {
    this.files = files;
    this.folder = folder;
    this.number = number;
    this.taker = taker;
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
   * @throws RenownException (exit code 5) if another run holds it, or an erasure was cut off
   */
  public static LakeLock take(Path root, RunContext context) throws Exception {
    Configuration hadoop = context.spark().sessionState().newHadoopConf();
    LakeLock lock = take(root, hadoop, context.value(LEASE_SECONDS));
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
   * @throws RenownException (exit code 5) if another run holds it
   */
  public static LakeLock take(Path root, Configuration hadoop, long leaseSeconds)
      throws IOException, InterruptedException {
    FileSystem files = withoutChecksums(root.getFileSystem(hadoop));
    Path folder = new Path(root, FOLDER);
    files.mkdirs(folder);
    String taker = UUID.randomUUID().toString();
    while (true) {
      long highest = highest(files, folder);
      if (highest > 0) {
        refuseIfAlive(files, folder, highest, leaseSeconds);
      }
      long next = highest + 1;
      if (ExclusiveFile.create(files, file(folder, next), sign(taker, false))) {
        if (highest(files, folder) == next) {
          for (FileStatus old : files.listStatus(folder)) {
            if (number(old.getPath()) < next) {
              files.delete(old.getPath(), false);
            }
          }
          return new LakeLock(files, folder, next, taker, leaseSeconds);
        }
        // Meanwhile the number was taken, superseded and its file deleted.
        files.delete(file(folder, next), false);
      }
    }
  }

  /**
   * Makes sure that the lake is still ours.
   *
   * @throws RenownException (exit code 5) if another run took it meanwhile
   */
  public void check() throws IOException {
    long highest = highest(files, folder);
    if (highest != number) {
      throw RenownException.busy(
          "Another run took the lake at %s because this one sent no heartbeat for %s; this"
              + " run published nothing. Run the same command again.",
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
    } catch (IOException | RuntimeException e) {
      // Whatever it is, a heartbeat that ends with it would be the last one. The next one retries;
      // if all fail for the whole lease, check() reports it.
    }
  }

  /**
   * Renews the lease unless another run has superseded it; there are no heartbeats after the end.
   */
  private synchronized void write(boolean last) throws IOException {
    if (ended) {
      return;
    }
    ended = last;
    if (highest(files, folder) == number) {
      try (OutputStream out = files.create(file(folder, number), true)) {
        out.write(sign(taker, last));
      }
    }
  }

  /** Returns once the holder has ended or died. */
  private static void refuseIfAlive(FileSystem files, Path folder, long holder, long leaseSeconds)
      throws IOException, InterruptedException {
    Path file = file(folder, holder);
    Optional<Properties> sign = read(files, file);
    for (int attempt = 0; sign.isEmpty() && attempt < 5; attempt++) {
      // While the holder renews its file, it may look empty.
      Thread.sleep(200);
      sign = read(files, file);
    }
    if (sign.isEmpty() || hasEnded(sign.get()) || isDeadHere(sign.get())) {
      return;
    }
    long seenAt;
    try {
      seenAt = files.getFileStatus(file).getModificationTime();
    } catch (FileNotFoundException e) {
      // Another run has superseded it, and is looked at next.
      return;
    }
    Properties seen = sign.get();
    if (isHere(seen) || now(files, folder) - seenAt < leaseSeconds * 1000) {
      throw RenownException.busy(
          "Another run holds the lake at %s (process %s on %s, last heartbeat %s). Wait for"
              + " it to end; if it is dead, run the same command again after %d seconds.",
          folder.getParent().getParent(),
          seen.getProperty("process"),
          seen.getProperty("host"),
          Instant.ofEpochMilli(seenAt),
          leaseSeconds);
    }
  }

  /** The store's own time, in which heartbeats are measured: machines' clocks may differ. */
  private static long now(FileSystem files, Path folder) throws IOException {
    Path probe = new Path(folder, "now-" + UUID.randomUUID());
    try {
      files.create(probe, false).close();
      return files.getFileStatus(probe).getModificationTime();
    } finally {
      files.delete(probe, false);
    }
  }

  private static boolean hasEnded(Properties sign) {
    return Boolean.parseBoolean(sign.getProperty("ended"));
  }

  private static boolean isHere(Properties sign) {
    return !machine().isEmpty() && machine().equals(sign.getProperty("machine"));
  }

  /** Whether the process ran on this machine and is gone (its id may have been reused). */
  private static boolean isDeadHere(Properties sign) {
    return isHere(sign)
        && ProcessHandle.of(Long.parseLong(sign.getProperty("process")))
            .map(process -> !started(process).equals(sign.getProperty("started_at")))
            .orElse(true);
  }

  private static byte[] sign(String taker, boolean ended) {
    ProcessHandle self = ProcessHandle.current();
    return String.join(
            "\n",
            "taker=" + taker,
            "host=" + host(),
            "machine=" + machine(),
            "process=" + self.pid(),
            "started_at=" + started(self),
            "ended=" + ended,
            "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).map(String::valueOf).orElse("");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  /**
   * What those and only those processes share that see one another: the boot of the machine and the
   * namespace of process ids. A host's name will not do, as containers often have the same. Empty
   * where the system does not say; then nobody is known to be dead before the lease is over.
   */
  static String machine() {
    try {
      return Files.readString(java.nio.file.Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static Optional<Properties> read(FileSystem files, Path file) throws IOException {
    Properties sign = new Properties();
    try (FSDataInputStream in = files.open(file)) {
      sign.load(in);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    // A holder that died between creating and filling its file left no heartbeat.
    return sign.containsKey("ended") ? Optional.of(sign) : Optional.empty();
  }

  /** Local files have their checksum in a second file, which a killed writer leaves stale. */
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
