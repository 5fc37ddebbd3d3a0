package renown.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One master and three workers on loopback, from the jars of the build; one worker is killed. */
class StandaloneClusterIT {
  private static final String ITERATIONS = "60";
  private static final Path JAR = Path.of("target/renown.jar").toAbsolutePath();
  private static final Path LIBRARIES = Path.of("target/lib").toAbsolutePath();
  private static final Path TESTS = Path.of("target/test-classes").toAbsolutePath();

  @TempDir private Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aWorkerThatIsKilledInTheMiddleChangesNoBit() throws Exception {
    String local = checksum(ranking("local[2]"));

    int port = freePort();
    String master = "spark://127.0.0.1:" + port;
    Path log = folder.resolve("master.log");
    start(
        "org.apache.spark.deploy.master.Master",
        List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"),
        log);
    waitFor(log, "New state: ALIVE");
    Files.createSymbolicLink(
        Files.createDirectory(folder.resolve("home")).resolve("jars"), LIBRARIES);
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path workerLog = folder.resolve("worker" + i + ".log");
      workers.add(
          start(
              "org.apache.spark.deploy.worker.Worker",
              List.of(
                  "--cores",
                  "1",
                  "--memory",
                  "1g",
                  "--webui-port",
                  "0",
                  "--work-dir",
                  folder.resolve("work" + i).toString(),
                  master),
              workerLog));
      waitFor(workerLog, "Successfully registered with master");
    }

    Process driver = ranking(master);
    try (BufferedReader out = driver.inputReader()) {
      // A third of the iterations is done.
      assertThat(next(out, ClusterRanking.JOB + "rank: iterations 21 to 22")).isNotNull();
      Process victim =
          workers.stream()
              .filter(worker -> worker.descendants().findAny().isPresent())
              .findFirst()
              .orElseThrow();
      victim.destroyForcibly().waitFor();
      assertThat(next(out, ClusterRanking.EXECUTOR_LOST)).isNotNull();
      assertThat(next(out, ClusterRanking.CHECKSUM)).isEqualTo(local);
    }
    assertThat(driver.waitFor()).isZero();
  }

  private String checksum(Process driver) throws Exception {
    try (BufferedReader out = driver.inputReader()) {
      String checksum = next(out, ClusterRanking.CHECKSUM);
      assertThat(driver.waitFor()).isZero();
      return checksum;
    }
  }

  /** The next line that begins so; null where there is none. */
  private static String next(BufferedReader out, String beginning) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = out.readLine();
    }
    return line;
  }

  private Process ranking(String master) throws IOException {
    Map<String, String> settings = new TreeMap<>(RankGraph.SPARK_SETTINGS);
    settings.put("spark.master", master);
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.executor.cores", "1");
    settings.put("spark.executor.memory", "512m");
    // Two executors of three that there is room for: one is left to replace the lost one.
    settings.put("spark.cores.max", "2");
    settings.put("spark.executor.extraClassPath", JAR + ":" + TESTS);
    settings.put("spark.sql.shuffle.partitions", "4");
    List<String> options = new ArrayList<>();
    settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
    Process process =
        start(
            options,
            ClusterRanking.class.getName(),
            List.of(ITERATIONS),
            folder.resolve("driver.log"));
    return process;
  }

  private Process start(String mainClass, List<String> arguments, Path log) throws IOException {
    return start(List.of(), mainClass, arguments, log);
  }

  /** Standard error goes to the log, standard output too where it is not a driver's. */
  private Process start(List<String> options, String mainClass, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("renown.spark-module-options").split(" ")));
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", JAR + ":" + TESTS + ":" + LIBRARIES + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    if (options.isEmpty()) {
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
    }
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits for a line of a log, two minutes at most. */
  private static void waitFor(Path log, String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(log) || !Files.readString(log).contains(text)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no " + text + " in\n" + Files.readString(log));
      }
      Thread.sleep(100);
    }
  }
}
