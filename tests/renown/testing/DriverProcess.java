package renown.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import renown.engine.rank.RankGraph;

/** JVMs on the build's jars, as tests of whole applications start them. */
public final class DriverProcess {
  public static final Path JAR = Path.of("target/renown.jar").toAbsolutePath();
  public static final Path LIBRARIES = Path.of("target/lib").toAbsolutePath();
  public static final Path TESTS = Path.of("target/test-classes").toAbsolutePath();

  private DriverProcess() {}

  /** The command of a JVM with a heap of so many MB. */
  public static ProcessBuilder java(
      int heapMegabytes, List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("renown.spark-module-options").split(" ")));
    command.addAll(
        List.of("-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", JAR + ":" + TESTS + ":" + LIBRARIES + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder;
  }

  /** A driver's options for the rank engine, and more of them. */
  public static List<String> rankOptions(String master, Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(RankGraph.SPARK_SETTINGS);
    settings.put("spark.master", master);
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.sql.shuffle.partitions", "4");
    settings.putAll(more);
    List<String> options = new ArrayList<>();
    settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return options;
  }

  /** The next line that begins so; null where there is none. */
  public static String next(BufferedReader out, String beginning) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = out.readLine();
    }
    return line;
  }
}
