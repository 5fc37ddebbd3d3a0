package renown.lake.s3;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import renown.app.Main;

/** A night in a process of its own, on a lake on S3: one that can be stopped and killed. */
final class NightProcess {
  private final Process process;
  private final Path log;

  private NightProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    // A test that is stopped leaves none behind, were it one that stands still.
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "night-process-kill"));
  }

  /**
   * Starts a night.
   *
   * @param master Spark's; {@code local-cluster[...]} for executors in processes of their own
   * @param settings all that the night is told, but for the keys of the store
   * @param folder for its log and its settings
   */
  static NightProcess start(
      EmbeddedS3 s3, String night, String master, Map<String, String> settings, Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("home/jars"));
    Path log = folder.resolve("night.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("renown.spark-module-options").split(" ")));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Duser.timezone=UTC",
            "-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties").toAbsolutePath()));
    // The archive of classes that this process was started with, if any, is that one's as well.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:SharedArchiveFile="))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "nightly",
            "--date",
            night,
            "--conf",
            conf(master, settings, folder).toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("AWS_ACCESS_KEY_ID", s3.accessKey());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
    return new NightProcess(builder.start(), log);
  }

  private static Path conf(String master, Map<String, String> settings, Path folder)
      throws IOException {
    Properties conf = new Properties();
    try (Reader demo = Files.newBufferedReader(Path.of("conf/demo.properties"))) {
      conf.load(demo);
    }
    settings.forEach(conf::setProperty);
    conf.remove("spark.hadoop.fs.s3a.access.key");
    conf.remove("spark.hadoop.fs.s3a.secret.key");
    conf.setProperty(
        "spark.hadoop.fs.s3a.aws.credentials.provider",
        "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider");
    conf.setProperty("spark.master", master);
    conf.setProperty("spark.driver.host", "127.0.0.1");
    // All that a worker of a local cluster has.
    conf.setProperty("spark.executor.memory", "768m");
    conf.setProperty(
        "spark.executor.extraClassPath",
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    Path file = folder.resolve("night.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      conf.store(out, null);
    }
    return file;
  }

  /** The command lines of the driver and its executors, as everybody on the machine sees them. */
  List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (ProcessHandle each :
        Stream.concat(Stream.of(process.toHandle()), executors().stream()).toList()) {
      Path line = Path.of("/proc", Long.toString(each.pid()), "cmdline");
      try {
        lines.add(Files.readString(line, StandardCharsets.ISO_8859_1).replace('\0', ' '));
      } catch (NoSuchFileException e) {
        // It ended meanwhile.
      }
    }
    return lines;
  }

  /** Executors of a local cluster; empty before they start, and where there are none. */
  List<ProcessHandle> executors() {
    return process.descendants().toList();
  }

  /** Ends it and its executors as a machine that loses power does. */
  void kill() {
    executors().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /**
   * Sends a signal.
   *
   * @param name such as STOP or CONT
   */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Process process() {
    return process;
  }

  /** Waits for its end, ten minutes at most, and gives its exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      kill();
    }
    return process.waitFor();
  }

  /** All that it said. */
  String said() throws IOException {
    return Files.readString(log);
  }
}
