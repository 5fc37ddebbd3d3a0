package renown.engine.rank;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.testing.DriverProcess;

/** One master and three workers on loopback, from the jars of the build; one worker is killed. */
@Tag("long")
class StandaloneClusterIT {
  private static final String ITERATIONS = "60";
  private static final int HEAP_MEGABYTES = 512;
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
        Files.createDirectory(folder.resolve("home")).resolve("jars"), DriverProcess.LIBRARIES);
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
      assertThat(DriverProcess.next(out, ClusterRanking.JOB + "rank: iterations 21 to 22"))
          .isNotNull();
      Process victim =
          workers.stream()
              .filter(worker -> worker.descendants().findAny().isPresent())
              .findFirst()
              .orElseThrow();
      victim.destroyForcibly().waitFor();
      assertThat(DriverProcess.next(out, ClusterRanking.EXECUTOR_LOST)).isNotNull();
      assertThat(DriverProcess.next(out, ClusterRanking.CHECKSUM)).isEqualTo(local);
    }
    assertThat(driver.waitFor()).isZero();
  }

  private String checksum(Process driver) throws Exception {
    try (BufferedReader out = driver.inputReader()) {
      String checksum = DriverProcess.next(out, ClusterRanking.CHECKSUM);
      assertThat(driver.waitFor()).isZero();
      return checksum;
    }
  }

  private Process ranking(String master) throws IOException {
    List<String> options =
        DriverProcess.rankOptions(
            master,
            Map.of(
                "spark.executor.cores", "1",
                "spark.executor.memory", "512m",
                // Two executors of three that there is room for: one replaces the lost one.
                "spark.cores.max", "2",
                "spark.executor.extraClassPath", DriverProcess.JAR + ":" + DriverProcess.TESTS));
    ProcessBuilder builder =
        DriverProcess.java(
            HEAP_MEGABYTES, options, ClusterRanking.class.getName(), List.of(ITERATIONS));
    return start(builder.redirectError(folder.resolve("driver.log").toFile()));
  }

  private Process start(String mainClass, List<String> arguments, Path log) throws IOException {
    ProcessBuilder builder = DriverProcess.java(HEAP_MEGABYTES, List.of(), mainClass, arguments);
    return start(builder.redirectErrorStream(true).redirectOutput(log.toFile()));
  }

  private Process start(ProcessBuilder builder) throws IOException {
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
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
