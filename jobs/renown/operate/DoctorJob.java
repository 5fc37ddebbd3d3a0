package renown.operate;

import java.io.File;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.package$;
import picocli.CommandLine.Command;
import renown.dumps.RawFiles;
import renown.dumps.formats.NetworkFormats;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.lake.PublishedNights;
import renown.lake.StoreCheck;
import renown.lake.UnfinishedErasure;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.run.Sessions;
import renown.tables.Publications;
import renown.tables.TableSchema;

/** Tries what a night needs, and says of each thing that it is fine or what to do. */
@Command(
    name = "doctor",
    description = {
      "Tries what a night needs: Java, memory, disk, clock, raw dumps, the lake's store and its"
          + " state.",
      "Each line says ok, or what to do. Ends with exit code 2 if something must be done."
    })
public final class DoctorJob implements Job {
  private static final int JAVA = 17;
  private static final long LEAST_MEMORY = 2L << 30;
  private static final long LEAST_DISK = 5L << 30;

  /** Heartbeats and credentials of S3 bear a few minutes; a night's date bears no more. */
  private static final long MOST_SKEW_MILLIS = 120_000;

  private final PrintStream out;
  private int faults;

  /**
   * @param out where the lines go
   */
  public DoctorJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.RAW_ROOT, Locations.LAKE_ROOT, NetworkFormats.FORMATS);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(Publications.TABLE);
  }

  private void ok(String what, String found, Object... values) {
    out.printf("ok    %-12s %s%n", what, String.format(found, values));
  }

  private void fault(String what, String todo, Object... values) {
    faults++;
    out.printf("FAULT %-12s %s%n", what, String.format(todo, values));
  }

  private void judge(boolean isFine, String what, String found, String todo) {
    if (isFine) {
      ok(what, "%s", found);
    } else {
      fault(what, "%s: %s", found, todo);
    }
  }

  @Override
  public void run(RunContext context) throws Exception {
    machine(context.config());
    versions();
    boolean isRawRead = raw(context);
    boolean isLakeWritten = store(context);
    if (isRawRead && isLakeWritten) {
      lake(context);
    }
    if (faults > 0) {
      throw RenownException.configuration("%d of these must be seen to first.", faults);
    }
  }

  private void machine(Config config) throws Exception {
    int java = Runtime.version().feature();
    judge(
        java >= JAVA,
        "Java",
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
        "install a JDK " + JAVA + " and have JAVA_HOME name it");
    long heap = Runtime.getRuntime().maxMemory();
    judge(
        heap >= LEAST_MEMORY,
        "memory",
        gibibytes(heap) + " for this process, of " + gibibytes(physicalMemory()),
        "give it more by spark.driver.memory=4g");
    String scratch =
        Sessions.conf(config).get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    for (String folder : scratch.split(",")) {
      long free = new File(folder).getUsableSpace();
      judge(
          Files.isWritable(Path.of(folder)) && free >= LEAST_DISK,
          "disk",
          gibibytes(free) + " free in " + folder,
          "a night writes there what does not fit into memory; free some, or name another folder"
              + " by spark.local.dir");
    }
    ZoneId zone = ZoneId.systemDefault();
    ok(
        "time zone",
        "%s",
        zone.normalized().equals(ZoneOffset.UTC)
            ? "UTC"
            : zone + "; nights are days of UTC all the same");
  }

  private static long physicalMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  private static String gibibytes(long bytes) {
    return String.format(java.util.Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  private void versions() {
    String delta =
        Optional.ofNullable(
                io.delta.tables.DeltaTable.class.getPackage().getImplementationVersion())
            .orElse("of unknown version");
    ok(
        "versions",
        "Spark %s, Delta Lake %s, Hadoop %s",
        package$.MODULE$.SPARK_VERSION(),
        delta,
        VersionInfo.getVersion());
  }

  private static Configuration hadoop(Config config) {
    return SparkHadoopUtil.get().newConfiguration(Sessions.conf(config));
  }

  private boolean raw(RunContext context) throws Exception {
    try {
      var root = Locations.readable(Locations.RAW_ROOT, context.config());
      RawFiles.Listing listing = RawFiles.list(root, hadoop(context.config()));
      List<String> networks =
          listing.files().stream().map(file -> file.network()).distinct().sorted().toList();
      NetworkFormats formats = NetworkFormats.of(context.config());
      List<String> without =
          networks.stream().filter(name -> !formats.byNetwork().containsKey(name)).toList();
      if (networks.isEmpty()) {
        fault(
            "raw dumps",
            "%s holds no file of the form <network>/dt=YYYY-MM-DD/<file>.json; put dumps there",
            root);
        return true;
      }
      List<LocalDate> days =
          listing.files().stream().map(file -> file.date()).distinct().sorted().toList();
      judge(
          without.isEmpty(),
          "raw dumps",
          String.format(
              "%d files, %s, %s to %s",
              listing.files().size(),
              String.join(", ", networks),
              days.get(0),
              days.get(days.size() - 1)),
          "ingest.formats names no format for " + String.join(", ", without));
      if (!listing.unreadable().isEmpty()) {
        fault(
            "raw dumps",
            "%d files cannot be read, such as %s: %s",
            listing.unreadable().size(),
            Progress.visible(listing.unreadable().get(0).path()),
            listing.unreadable().get(0).reason());
      }
      return true;
    } catch (RenownException e) {
      fault("raw dumps", "%s", e.getMessage());
      return false;
    }
  }

  private boolean store(RunContext context) throws Exception {
    try {
      var root = Locations.writable(Locations.LAKE_ROOT, context.config());
      StoreCheck check = StoreCheck.of(root, context.config(), context.clock());
      ok("lake", "%s can be written to", root);
      if (!check.credentials().isEmpty()) {
        judge(
            !check.credentials().equals("none"),
            "credentials",
            "from " + check.credentials(),
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role");
      }
      judge(
          check.isExclusive(),
          "store",
          check.isExclusive()
              ? "of two writers of one file it refuses one"
              : "it lets two writers create the same file",
          "two nights at once could spoil the lake; use a store with conditional writes"
              + " (If-None-Match)");
      judge(
          Math.abs(check.skewMillis()) <= MOST_SKEW_MILLIS,
          "clock",
          String.format(
              java.util.Locale.ROOT, "%.1f s ahead of the store's", check.skewMillis() / 1e3),
          "set this machine's clock, by NTP for instance");
      return true;
    } catch (RenownException e) {
      fault("lake", "%s", e.getMessage());
      return false;
    }
  }

  private void lake(RunContext context) throws Exception {
    var root = Locations.writable(Locations.LAKE_ROOT, context.config());
    Configuration hadoop = hadoop(context.config());
    if (root.getFileSystem(hadoop).exists(UnfinishedErasure.note(root))) {
      fault("state", "an erasure was interrupted; run the same scripts/submit.sh erase again");
      return;
    }
    Lake lake = new Lake(context.spark(), root.toString());
    Optional<LocalDate> last =
        lake.has(Publications.TABLE)
            ? PublishedNights.of(lake).latest().map(PublishedNights.Publication::date)
            : Optional.empty();
    ok(
        "state",
        "%s",
        last.map(night -> "the last published night is " + night)
            .orElse("no night is published yet; run scripts/submit.sh nightly"));
  }
}
