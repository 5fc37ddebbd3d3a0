package renown.lab.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.ResultFormat;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;

/** Runs an evaluation suite, prints its measurements, and fails if a gate fails. */
@Command(
    name = "evaluate",
    description = {
      "Measures the quality of the results against known ground truth, next to simpler"
          + " baselines. Exits",
      "with 0 only if every gate of the suite holds, otherwise with 4. Accepts the keys of"
          + " generate and",
      "nightly, which override the suite's."
    })
public final class EvaluateJob implements Job {
  private static final List<Suite> SUITES =
      List.of(
          new InfluenceSuite(),
          new TopicSuite(),
          new GamingSuite(1500, 1),
          new IntervalSuite(1500, 4),
          new SpreadSuite(3000, 7),
          new PredictionSuite(),
          new CredibilitySuite(),
          new SensitivitySuite(),
          new RedTeamSuite(),
          new DriftSuite());

  @Option(
      names = "--suite",
      required = true,
      paramLabel = "NAME",
      description = "The suite: see jobs/renown/lab/evaluate/README.md.")
  private String suite;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes the measurements to this file.")
  private Path json;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "target/evaluate",
      description =
          "Work folder for dumps and lakes; uses a subfolder named after the suite, which is"
              + " emptied first. Default: ${DEFAULT-VALUE}.")
  private Path folder;

  @Option(
      names = "--data",
      paramLabel = "NAME=PATH",
      description =
          "Real data to measure on. For topics: the unpacked XML files of a Stack Exchange site, or"
              + " a folder of real posts that --labels tells of; for prediction and intervals: the"
              + " same, or timed events; for spread: a folder of cascades, a folder of minutes of"
              + " X's v1.1 stream, or a Jetstream file. May be repeated.")
  private TreeMap<String, Path> data = new TreeMap<>();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      defaultValue = "tests/fixtures/topics/random-posts.tsv",
      description =
          "For topics: what the posts of --data are about, by hand: id, language and topics,"
              + " parted by tabs. Default: ${DEFAULT-VALUE}.")
  private Path labels;

  @Option(
      names = "--only-data",
      description = "Measures only the data given by --data; generates no society.")
  private boolean onlyData;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "For redteam: random starts of the search on each network; each costs four nights in"
              + " memory. Default: ${DEFAULT-VALUE}.")
  private int starts;

  private final Job generate;
  private final Job nightly;
  private final Job scoring;
  private final PrintStream out;

  /**
   * @param generate writes dumps
   * @param nightly runs nights
   * @param scoring runs nights up to their scores
   */
  public EvaluateJob(Job generate, Job nightly, Job scoring, PrintStream out) {
    this.generate = generate;
    this.nightly = nightly;
    this.scoring = scoring;
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public void run(RunContext context) throws Exception {
    Suite chosen =
        SUITES.stream()
            .filter(one -> one.name().equals(suite))
            .findFirst()
            .orElseThrow(
                () ->
                    RenownException.configuration(
                        "--suite %s: it must be one of %s.",
                        suite, SUITES.stream().map(Suite::name).collect(Collectors.joining(", "))));
    if (onlyData && (data.isEmpty() || !chosen.takesData())) {
      throw RenownException.configuration(
          "--only-data: %s.",
          chosen.takesData()
              ? "give at least one --data NAME=PATH"
              : "suite " + suite + " measures on generated societies only");
    }
    if (starts < 0) {
      throw RenownException.configuration("--starts %d: it must be 0 or more.", starts);
    }
    if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
      throw RenownException.configuration(
          "--json %s: the folder does not exist; give a path in an existing one.", json);
    }
    for (Map.Entry<String, Path> one : data.entrySet()) {
      if (!Files.exists(one.getValue())) {
        throw RenownException.configuration(
            "--data %s=%s: no such file or folder.", one.getKey(), one.getValue());
      }
    }
    Path home = folder.resolve(chosen.name()).toAbsolutePath().normalize();
    Laboratory laboratory =
        new Laboratory(
            context,
            home,
            generate,
            nightly,
            scoring,
            new Laboratory.Asked(data, labels, onlyData, starts));
    Laboratory.empty(home);
    List<Measurement> measurements = chosen.measure(laboratory);
    show(context, chosen, measurements);
    if (json != null) {
      write(chosen, measurements);
    }
    judge(chosen, measurements);
  }

  private void show(RunContext context, Suite chosen, List<Measurement> measurements) {
    List<Row> rows = new ArrayList<>();
    for (Measurement one : measurements) {
      rows.add(
          RowFactory.create(
              one.subject(),
              one.measure(),
              String.format(Locale.ROOT, "%.4f", one.value()),
              one.gate().map(Measurement.Gate::toString).orElse(""),
              one.gate().isEmpty() ? "" : one.holds() ? "holds" : "FAILS"));
    }
    StructType type =
        StructType.fromDDL(
            "subject string, measure string, value string, gate string, verdict string");
    out.println();
    out.println(chosen.description());
    ResultFormat.TABLE.write(context.spark().createDataFrame(rows, type), out);
  }

  private void write(Suite chosen, List<Measurement> measurements) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Measurement one : measurements) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("subject", one.subject());
      map.put("measure", one.measure());
      map.put("value", Double.isNaN(one.value()) ? null : one.value());
      one.gate()
          .ifPresent(
              gate -> {
                map.put("gate", gate.toString());
                map.put("holds", one.holds());
              });
      list.add(map);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("suite", chosen.name());
    all.put("holds", measurements.stream().allMatch(Measurement::holds));
    all.put("measurements", list);
    Files.write(
        json, new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(all));
  }

  /** Fails if a gate fails, or if nothing was measured at all. */
  static void judge(Suite chosen, List<Measurement> measurements) {
    List<Measurement> gated = measurements.stream().filter(m -> m.gate().isPresent()).toList();
    List<Measurement> failed = gated.stream().filter(m -> !m.holds()).toList();
    if (gated.isEmpty()) {
      throw RenownException.audit(
          "Suite %s: no gate could be measured: there is too little data.", chosen.name());
    }
    if (!failed.isEmpty()) {
      throw RenownException.audit(
          "Suite %s: %d of %d gates fail%s",
          chosen.name(),
          failed.size(),
          gated.size(),
          failed.stream()
              .map(
                  m ->
                      String.format(
                          Locale.ROOT,
                          "%s: %s = %.4f, must be %s",
                          m.subject(),
                          m.measure(),
                          m.value(),
                          m.gate().orElseThrow()))
              .collect(Collectors.joining("; ", ": ", ".")));
    }
  }
}
