package renown.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renown.lake.s3.EmbeddedS3;

/** {@code scripts/submit.sh} as a user meets it: what goes in by arguments, what comes out. */
class SubmitScriptIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path SCRIPT = ROOT.resolve("scripts/submit.sh");
  private static final Path TARGET = ROOT.resolve("target");
  private static final String PROBE = "renown.app.SubmitProbe";

  @TempDir private static Path scratch;
  private static Path probeJar;
  private static Path distribution;

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void assemble() throws Exception {
    probeJar = scratch.resolve("probe.jar");
    try (OutputStream file = Files.newOutputStream(probeJar);
        JarOutputStream jar = new JarOutputStream(file);
        Stream<Path> classes = Files.list(TARGET.resolve("test-classes/renown/app"))) {
      for (Path entry : classes.filter(c -> c.toString().contains("SubmitProbe")).toList()) {
        jar.putNextEntry(new JarEntry("renown/app/" + entry.getFileName()));
        Files.copy(entry, jar);
        jar.closeEntry();
      }
    }
    distribution = distribution(scratch.resolve("spark"));
    Path archive = TARGET.resolve("classes.jsa");
    if (!Files.exists(archive)
        || Files.getLastModifiedTime(archive)
                .compareTo(Files.getLastModifiedTime(TARGET.resolve("renown.jar")))
            < 0) {
      // The first start of a job after a build has a line more to say.
      assertThat(probe("probe").code()).isZero();
    }
  }

  /** Links out of a temporary folder make JUnit warn, one by one, when it clears the folder. */
  @AfterAll
  static void unlink() throws IOException {
    try (Stream<Path> jars = Files.list(distribution.resolve("jars"))) {
      for (Path jar : jars.toList()) {
        Files.delete(jar);
      }
    }
  }

  // ---- What needs no Spark

  @Test
  void helpIsGivenFromAnywhereAndThroughLinks(@TempDir Path elsewhere) throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("renown"), SCRIPT);
    Path second = Files.createSymbolicLink(elsewhere.resolve("again"), link);
    Outcome outcome = run(elsewhere, Map.of(), second.toString(), "--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("Usage: scripts/submit.sh").contains("Exit codes: 0");
    assertThat(outcome.err()).isEmpty();
    Files.delete(second);
    Files.delete(link);
  }

  @Test
  void withoutAJobTheHelpIsShownAndTheCodeSaysSo() throws Exception {
    Outcome outcome = submit();
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).startsWith("Usage: scripts/submit.sh");
  }

  @Test
  void aMachineWithoutAJdkIsTold() throws Exception {
    Path tools = Files.createDirectories(scratch.resolve("tools"));
    List<String> used = List.of("bash", "readlink", "dirname", "grep", "find", "env");
    for (String tool : used) {
      Files.createSymbolicLink(tools.resolve(tool), which(tool));
    }
    Path script = scratch.resolve("nojdk/scripts/submit.sh");
    Files.createDirectories(script.getParent());
    // The real script looks into /usr/lib/jvm as well, which a test cannot empty.
    Files.writeString(
        script, Files.readString(SCRIPT).replace("/usr/lib/jvm/*", scratch + "/none/*"));
    Outcome outcome =
        run(
            scratch,
            Map.of("PATH", tools.toString(), "JAVA_HOME", "/nowhere"),
            "/bin/bash",
            script.toString(),
            "--help");
    for (String tool : used) {
      Files.delete(tools.resolve(tool));
    }
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("submit.sh: no JDK 17 was found (JAVA_HOME, PATH, /usr/lib/jvm)")
        .hasLineCount(1);
  }

  @Test
  void aWrongSparkHomeIsTold() throws Exception {
    Outcome outcome = run(scratch, Map.of("SPARK_HOME", "/nowhere"), SCRIPT.toString(), "probe");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("SPARK_HOME is /nowhere").contains("correct or unset it");
  }

  // ---- Spark from Maven's jars

  /** Which end has which code is {@code Main}'s, and tested there. */
  @Test
  void exitCodesPassThrough() throws Exception {
    Outcome outcome = probe("probe", "--end", "data");
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void badArgumentsAreToldInOneLine() throws Exception {
    Outcome outcome = probe("nope");
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(ownLines(outcome.err())).hasSize(1);
    assertThat(outcome.err()).contains("There is no job \"nope\"; the jobs are: probe.");
  }

  @Test
  void aTableIsWrittenAndReadQuietly(@TempDir Path elsewhere) throws Exception {
    Path loaded = scratch.resolve("loaded.txt");
    Outcome outcome =
        run(
            elsewhere,
            Map.of(),
            probeCommand(
                "probe",
                "--end",
                "table",
                "--path",
                "table",
                "--set",
                "probe.rows=123",
                "--set",
                "spark.driver.extraJavaOptions=-Xlog:class+load:file=" + loaded));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("write +123 rows +[0-9.]+ s +[0-9,]+ rows/s")
        .contains("rows 123 date 2026-01-02");
    assertThat(ownLines(outcome.err())).isEmpty();
    assertThat(elsewhere.resolve("table/_delta_log")).isDirectory();
    // Else each start would load these classes from their jars and check them.
    assertThat(Files.readString(loaded))
        .contains("org.apache.spark.SparkContext source: shared objects file (top)")
        .contains("renown.app.Main source: shared objects file (top)");
  }

  @ParameterizedTest
  @CsvSource({"read,'---------'", "write,'r-x------'"})
  void aFolderWithoutTheRightIsTold(String purpose, String rights, @TempDir Path folder)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(probeCommand("probe", "--end", purpose, "--set", "probe.root=" + folder)));
    if (System.getProperty("user.name").equals("root")) {
      // Rights bind the superuser too, once it gives up its privilege to pass them over.
      command.addAll(0, List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
    try {
      Outcome outcome = run(scratch, Map.of(), command.toArray(String[]::new));
      assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
      assertThat(ownLines(outcome.err()))
          .containsExactly(
              "renown: probe.root = \"%s\": this user may not %s there; grant the permission, or run as another user."
                  .formatted(folder, purpose));
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void setAndWhatStandsBehindTheDashesWinOverTheFile() throws Exception {
    List<String> names =
        List.of(
            "spark.sql.shuffle.partitions",
            "spark.sql.autoBroadcastJoinThreshold",
            "spark.sql.broadcastTimeout");
    Path conf = scratch.resolve("own.properties");
    StringBuilder file = new StringBuilder("probe.rows = 9\n");
    names.forEach(name -> file.append(name + " = 51\n"));
    Files.writeString(conf, file);
    List<String> job =
        new ArrayList<>(List.of("probe", "--end", "spark", "--conf", conf.toString()));
    names.forEach(name -> job.addAll(List.of("--setting", name)));
    job.add("--set=" + names.get(1) + "=52");
    Outcome outcome =
        probeWith(List.of("--conf", names.get(2) + "=53"), job.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .containsExactly(names.get(0) + " 51", names.get(1) + " 52", names.get(2) + " 53");
  }

  @Test
  void theDriversMemoryIsSparksKey() throws Exception {
    assertThat(heap(Map.of(), "--set", "spark.driver.memory=700m")).isEqualTo(700);
    // Half of the machine, 1 to 31 GiB.
    assertThat(heap(Map.of("SPARK_DRIVER_MEMORY", ""))).isBetween(1_024L, 31_744L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void signalsReachTheJvm(String signal) throws Exception {
    // A shell starts what runs in the background with SIGINT ignored, and children inherit that.
    Assumptions.assumeFalse(
        signal.equals("INT") && ignoresInterrupts(), "SIGINT is ignored by who started this test");
    Process process =
        builder(scratch, Map.of(), probeCommand("probe", "--end", "wait"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("waiting");
      assertThat(process.descendants()).as("one process, nothing to leave behind").isEmpty();
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean ignoresInterrupts() throws Exception {
    String mask =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    int interrupt = 2;
    return (Long.parseUnsignedLong(mask, 16) >> interrupt - 1 & 1) != 0;
  }

  /** For programs that start the JVM themselves, such as notebooks. */
  @Test
  void theCommandIsPrintedAndNotRun() throws Exception {
    Outcome outcome =
        run(
            scratch,
            Map.of(),
            SCRIPT.toString(),
            "--print-command",
            "sql",
            "--set",
            "lake.root=/no where",
            "SELECT 1");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    List<String> words = List.of(outcome.out().split("\0"));
    assertThat(words)
        .startsWith("LOG4J_CONFIGURATION_FILE=" + ROOT.resolve("conf/log4j2.properties"))
        .contains("SPARK_LOCAL_IP=127.0.0.1", "-cp", "--add-modules=jdk.incubator.vector")
        .containsSubsequence("org.apache.spark.deploy.SparkSubmit", "--properties-file")
        .endsWith(
            TARGET.resolve("renown.jar").toString(),
            "sql",
            "--set",
            "lake.root=/no where",
            "SELECT 1",
            "--conf",
            ROOT.resolve("conf/local.properties").toString());
    assertThat(words.get(2)).endsWith("/bin/java");
    List<String> toDistribution =
        List.of(
            run(
                    scratch,
                    Map.of("SPARK_HOME", distribution.toString()),
                    SCRIPT.toString(),
                    "--print-command",
                    "sql")
                .out()
                .split("\0"));
    assertThat(toDistribution)
        .contains(distribution.resolve("bin/spark-submit").toString(), "--jars");
  }

  // ---- Spark from SPARK_HOME

  @Test
  void aDistributionsSparkSubmitIsCalled(@TempDir Path home) throws Exception {
    Path recorder = home.resolve("bin/spark-submit");
    script(recorder, "printf '%s\\n' \"$@\"; exit 42\n");
    Outcome outcome =
        run(
            scratch,
            Map.of("SPARK_HOME", home.toString()),
            SCRIPT.toString(),
            "nightly",
            "--date",
            "2026-01-02",
            "--set",
            "spark.executor.memory=3g",
            "--set",
            "lake.root=s3a://lake/with space",
            "--",
            "--master",
            "yarn",
            "--jars",
            "mine.jar");
    assertThat(outcome.code()).isEqualTo(42);
    List<String> given = outcome.out().lines().toList();
    List<String> tail =
        List.of(
            "--master",
            "yarn",
            TARGET.resolve("renown.jar").toString(),
            "nightly",
            "--date",
            "2026-01-02",
            "--set",
            "spark.executor.memory=3g",
            "--set",
            "lake.root=s3a://lake/with space",
            "--conf",
            ROOT.resolve("conf/local.properties").toString());
    assertThat(given).containsSubsequence("--class", "renown.app.Main");
    assertThat(given)
        .containsSubsequence("--properties-file", ROOT.resolve("conf/local.properties").toString());
    assertThat(given).containsSubsequence("--conf", "spark.executor.memory=3g", "--master");
    assertThat(given.subList(given.size() - tail.size(), given.size())).isEqualTo(tail);
    String jars = given.get(given.indexOf("--jars") + 1);
    assertThat(jars.split(","))
        .contains("mine.jar")
        .anyMatch(jar -> jar.contains("/delta-spark_"))
        .anyMatch(jar -> jar.contains("/hadoop-aws-"))
        .noneMatch(jar -> jar.contains("/spark-core_"))
        .doesNotHaveDuplicates();
    assertThat(given.stream().filter("--jars"::equals)).hasSize(1);
  }

  @Test
  void aDistributionRunsTheJobOnS3(@TempDir Path folder) throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(folder)) {
      s3.createBucket("lake");
      List<String> command =
          new ArrayList<>(
              List.of(SCRIPT.toString(), "probe", "--end", "table", "--path", "s3a://lake/table"));
      SortedMap<String, String> settings = s3.sparkSettings();
      Map<String, String> environment =
          Map.of(
              "SPARK_HOME",
              distribution.toString(),
              "SPARK_SCALA_VERSION",
              "2.13",
              "AWS_ACCESS_KEY_ID",
              settings.remove("spark.hadoop.fs.s3a.access.key"),
              "AWS_SECRET_ACCESS_KEY",
              settings.remove("spark.hadoop.fs.s3a.secret.key"));
      // The profile's chain finds what the environment holds.
      settings.remove("spark.hadoop.fs.s3a.aws.credentials.provider");
      settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
      command.addAll(List.of("--", "--class", PROBE, "--jars", probeJar.toString()));
      Outcome outcome = run(scratch, environment, command.toArray(String[]::new));
      assertThat(outcome.code()).as(outcome.err()).isZero();
      assertThat(outcome.out()).contains("rows 10 date 2026-01-02");
    }
  }

  // ---- How it is done

  /** A Spark distribution as far as bin/spark-submit needs one: none of our own jars is in it. */
  private static Path distribution(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    try (Stream<Path> all = Files.list(TARGET.resolve("lib"))) {
      for (Path jar : all.toList()) {
        if (!Files.exists(TARGET.resolve("cluster").resolve(jar.getFileName()))) {
          Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
      }
    }
    script(
        home.resolve("bin/spark-submit"),
        """
        command=()
        while IFS= read -r -d '' word; do
          command+=("${word#$'\\n'}")
        done < <("$JAVA_HOME/bin/java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \\
          org.apache.spark.deploy.SparkSubmit "$@")
        exec "${command[@]:1}"
        """);
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path which(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static Outcome submit(String... arguments) throws Exception {
    return run(scratch, Map.of(), command(List.of(), arguments));
  }

  private static Outcome probe(String... arguments) throws Exception {
    return run(scratch, Map.of(), probeCommand(arguments));
  }

  private static Outcome probeWith(List<String> sparkOptions, String... arguments)
      throws Exception {
    List<String> options =
        new ArrayList<>(List.of("--class", PROBE, "--jars", probeJar.toString()));
    options.addAll(sparkOptions);
    return run(scratch, Map.of(), command(options, arguments));
  }

  private static String[] probeCommand(String... arguments) {
    return command(List.of("--class", PROBE, "--jars", probeJar.toString()), arguments);
  }

  private static String[] command(List<String> sparkOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(SCRIPT.toString());
    command.addAll(List.of(arguments));
    if (!sparkOptions.isEmpty()) {
      command.add("--");
      command.addAll(sparkOptions);
    }
    return command.toArray(String[]::new);
  }

  private static ProcessBuilder builder(
      Path folder, Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().remove("SPARK_LOCAL_IP");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Jobs here are small, and the tests' own JVM runs beside them.
    builder.environment().put("SPARK_DRIVER_MEMORY", "1g");
    builder.environment().putAll(environment);
    return builder;
  }

  private static Outcome run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    Path err = Files.createTempFile(scratch, "err", ".txt");
    Process process = builder(folder, environment, command).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }

  /**
   * Without the one line that every JVM with the vector API prints before anything of ours runs.
   */
  private static List<String> ownLines(String err) {
    return err.lines()
        .filter(line -> !line.equals("WARNING: Using incubator modules: jdk.incubator.vector"))
        .toList();
  }

  /** The heap in megabytes that a job would be given. */
  private static long heap(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "--print-command", "sql"));
    command.addAll(List.of(arguments));
    Outcome outcome = run(scratch, environment, command.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return Stream.of(outcome.out().split("\0"))
        .filter(word -> word.matches("-Xmx\\d+m"))
        .mapToLong(word -> Long.parseLong(word.substring(4, word.length() - 1)))
        .findFirst()
        .orElseThrow();
  }
}
