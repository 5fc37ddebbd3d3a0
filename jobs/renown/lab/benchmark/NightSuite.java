package renown.lab.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.FileUtils;
import renown.lake.s3.EmbeddedS3;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;

/**
 * What whole nights cost, each as its own process started by {@code scripts/submit.sh}: wall time,
 * CPU, queries, jobs, commits, rows and bytes, per stage and in all. Beside them, in the same run:
 * a process that starts a Spark session and ends, {@code sql "SELECT 1"} on the lake, and DuckDB,
 * which turns the same lines into Parquet.
 */
final class NightSuite {
  private static final LocalDate FIRST_DATE = LocalDate.of(2026, 1, 5);

  /** Below this, preparing to work costs more than working: the profile of the demo. */
  private static final int SMALL_SOCIETY = 2_000;

  private final RunContext context;
  private final List<Integer> accounts;
  private final int days;
  private final int history;
  private final int rounds;
  private final Path project;

  /**
   * @param accounts of the generated societies, on each of two networks
   * @param days of dumps: the first night loads all but the last, the second that
   * @param history days of dumps before a night of one day more; 0 to leave that out
   * @param rounds how often the short processes are measured
   */
  NightSuite(RunContext context, List<Integer> accounts, int days, int history, int rounds) {
    this.context = context;
    this.accounts = accounts;
    this.days = days;
    this.history = history;
    this.rounds = rounds;
    Path build = EmbeddedS3.buildFolder().toAbsolutePath();
    this.project = build.getParent();
    if (project == null || !Files.isExecutable(project.resolve("scripts/submit.sh"))) {
      throw RenownException.configuration(
          "--suite night starts nights by scripts/submit.sh, which is not beside %s: run it from a"
              + " checkout.",
          build);
    }
  }

  /** Measures; tables are printed, the numbers are given back. */
  Map<String, Object> run() throws Exception {
    List<Map<String, Object>> societies = new ArrayList<>();
    // The first start after a build makes the archive of classes: not measured.
    seconds(submit("conf/local.properties", "benchmark", "--suite", "session"));
    for (int count : accounts) {
      societies.add(society(count, days, "second night"));
      if (history > 0) {
        societies.add(
            society(count, history + 1, "one day more after " + history + " days of history"));
      }
    }
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("suite", "night");
    measured.put("rounds", rounds);
    measured.put("cores", Runtime.getRuntime().availableProcessors());
    measured.put("societies", societies);
    return measured;
  }

  private Map<String, Object> society(int count, int dumpDays, String second) throws Exception {
    String conf = count < SMALL_SOCIETY ? "conf/demo.properties" : "conf/local.properties";
    Path folder = Files.createTempDirectory("renown-benchmark");
    try {
      Path raw = folder.resolve("raw");
      Path lake = folder.resolve("lake");
      seconds(
          submit(
              conf,
              "generate",
              "--set=raw.root=" + raw.toUri(),
              "--set=truth.root=" + folder.resolve("truth").toUri(),
              "--set=generate.accounts=" + count,
              "--set=generate.days=" + dumpDays,
              "--set=generate.dirty-share=0",
              "--set=generate.first-date=" + FIRST_DATE));
      LocalDate last = FIRST_DATE.plusDays(dumpDays - 1L);
      double[] bare = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        bare[round] = seconds(submit(conf, "benchmark", "--suite", "session"));
      }
      List<Map<String, Object>> nights = new ArrayList<>();
      nights.add(night("first night", conf, FIRST_DATE, last.minusDays(1), raw, lake, folder));
      long lakeBytes = FileUtils.sizeOfDirectory(lake.toFile());
      nights.add(night(second, conf, last, last, raw, lake, folder));
      double[] sql = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        sql[round] = seconds(submit(conf, "sql", "--set=lake.root=" + lake.toUri(), "SELECT 1"));
      }
      Map<String, Object> society = new LinkedHashMap<>();
      society.put("accounts", count);
      society.put("days", dumpDays);
      society.put("conf", conf);
      society.put("session_seconds", bare);
      society.put("sql_seconds", sql);
      society.put("lake_bytes_after_first_night", lakeBytes);
      society.put("nights", nights);
      print(society, Measurements.median(bare), Measurements.median(sql), nights);
      return society;
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private Map<String, Object> night(
      String name, String conf, LocalDate from, LocalDate date, Path raw, Path lake, Path folder)
      throws Exception {
    context.progress().say("%s, %s", name, conf);
    Path json = folder.resolve("profile.json");
    ProcessBuilder command =
        submit(
            conf,
            "nightly",
            "--date=" + date,
            "--profile=" + json,
            "--set=raw.root=" + raw.toUri(),
            "--set=lake.root=" + lake.toUri(),
            "--set=score.reference-accounts-min=100");
    double wall = seconds(command.redirectOutput(ProcessBuilder.Redirect.INHERIT));
    Map<String, Object> night = new LinkedHashMap<>();
    night.put("name", name);
    night.put("process_seconds", wall);
    night.put("profile", new ObjectMapper().readValue(json.toFile(), List.class).get(0));
    List<Path> dumps = new ArrayList<>();
    long lines = 0;
    double[] duckdb = new double[rounds];
    for (Map.Entry<String, Map<String, String>> network : IngestSuite.columns().entrySet()) {
      List<Path> files = files(raw.resolve(network.getKey()), from, date);
      for (Path file : files) {
        lines += lines(file);
      }
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        IngestSuite.duckdb(network.getValue(), files, folder);
        duckdb[round] += (System.nanoTime() - start) / 1e9;
      }
      dumps.addAll(files);
    }
    long bytes = 0;
    for (Path file : dumps) {
      bytes += Files.size(file);
    }
    night.put("lines", lines);
    night.put("dump_bytes", bytes);
    night.put("duckdb_seconds", duckdb);
    return night;
  }

  private void print(
      Map<String, Object> society, double bare, double sql, List<Map<String, Object>> nights) {
    Progress progress = context.progress();
    progress.say(
        "%s accounts a network, %s days, %s",
        society.get("accounts"), society.get("days"), society.get("conf"));
    progress.say(
        "  %-36s %9s %9s %10s %9s %9s %9s",
        "", "wall s", "CPU s", "lines", "lines/s", "/ bare", "/ DuckDB");
    progress.say("  %-36s %9.2f", "bare Spark session", bare);
    progress.say("  %-36s %9.2f %40.2f", "sql \"SELECT 1\"", sql, sql / bare);
    for (Map<String, Object> night : nights) {
      double wall = (double) night.get("process_seconds");
      long lines = (long) night.get("lines");
      double duckdb = Measurements.median((double[]) night.get("duckdb_seconds"));
      Map<?, ?> profile = (Map<?, ?>) night.get("profile");
      double cpu = ((Number) profile.get("process_cpu_seconds")).doubleValue();
      progress.say(
          "  %-36s %9.1f %9.1f %,10d %,9.0f %9.1f %9.1f",
          night.get("name"), wall, cpu, lines, lines / wall, wall / bare, wall / duckdb);
      progress.say("  %-36s %9.2f", "  DuckDB, the same gz JSON to Parquet", duckdb);
    }
    Map<String, Object> first = nights.get(0);
    progress.say(
        "  lake after the first night: %.2f bytes per byte of gz dumps; CPU per line, second night"
            + " to first: %.2f",
        (long) society.get("lake_bytes_after_first_night")
            / (double) (long) first.get("dump_bytes"),
        cpuPerLine(nights.get(1)) / cpuPerLine(first));
    progress.say(
        "  CPU of the stages: %.1f s on the first night, %.1f s on the second (%.1f %%)",
        stageCpu(first), stageCpu(nights.get(1)), 100 * stageCpu(nights.get(1)) / stageCpu(first));
  }

  /** Of all stages, without what a process costs that does nothing. */
  private static double stageCpu(Map<String, Object> night) {
    Map<?, ?> profile = (Map<?, ?>) night.get("profile");
    return ((List<?>) profile.get("stages"))
        .stream()
            .map(stage -> (Map<?, ?>) stage)
            .filter(stage -> !stage.get("stage").equals("night"))
            .mapToDouble(stage -> ((Number) stage.get("cpu_seconds")).doubleValue())
            .sum();
  }

  private static double cpuPerLine(Map<String, Object> night) {
    Map<?, ?> profile = (Map<?, ?>) night.get("profile");
    return ((Number) profile.get("process_cpu_seconds")).doubleValue() / (long) night.get("lines");
  }

  /** The dumps of a network from one day to another, both included. */
  private static List<Path> files(Path network, LocalDate from, LocalDate to) throws IOException {
    try (Stream<Path> paths = Files.walk(network)) {
      return paths
          .filter(Files::isRegularFile)
          // Beside them lie Hadoop's checksums.
          .filter(path -> path.toString().endsWith(".gz"))
          .filter(
              path -> {
                String day = path.getParent().getFileName().toString().replace("dt=", "");
                return day.compareTo(from.toString()) >= 0 && day.compareTo(to.toString()) <= 0;
              })
          .sorted()
          .toList();
    }
  }

  private static long lines(Path gz) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(gz), 1 << 16), StandardCharsets.UTF_8))) {
      return lines.lines().count();
    }
  }

  private ProcessBuilder submit(String conf, String... words) {
    List<String> command = new ArrayList<>();
    command.add(project.resolve("scripts/submit.sh").toString());
    command.addAll(Arrays.asList(words));
    command.add(1 + 1, "--conf=" + project.resolve(conf));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(project.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    // What the script has set for this process is not the user's Spark.
    builder.environment().remove("SPARK_HOME", project.resolve("target/spark-home").toString());
    builder.environment().remove("RENOWN_TERMINAL");
    return builder;
  }

  /** Runs a process to its end. */
  private static double seconds(ProcessBuilder command) throws Exception {
    long start = System.nanoTime();
    Process process = command.start();
    process.getOutputStream().close();
    try {
      process.waitFor();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    if (process.exitValue() != 0) {
      throw RenownException.data(
          "%s ended with exit code %s: run it by itself to see why.",
          String.join(" ", command.command()), process.exitValue());
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
