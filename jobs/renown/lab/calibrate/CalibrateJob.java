package renown.lab.calibrate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.ResultFormat;
import renown.lab.evaluate.PredictionSuite;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.lake.PublishedNights;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.night.score.model.Term;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.AccountState;
import renown.tables.Interactions;
import renown.tables.Publications;
import renown.tables.TableSchema;

/** Fits the weights of the terms and finds the best half-lives. */
@Command(
    name = "calibrate",
    description = {
      "Fits the weights of score and momentum to what happened after past nights of the lake,"
          + " or to",
      "pairwise human judgements (--pairs), and reports their quality on held-out accounts"
          + " and nights.",
      "Writes a new model file with config keys; changes nothing in the lake. To publish its"
          + " scores next",
      "to the current ones, set score.candidate-model."
    })
public final class CalibrateJob implements Job {
  static final ConfigKey<Long> MOST_ACCOUNTS =
      ConfigKey.integer(
          "calibrate.accounts-max",
          20_000,
          100,
          1_000_000,
          "Accounts per network and night to fit weights on, sampled by account key.");

  static final ConfigKey<Long> MOST_NIGHTS =
      ConfigKey.integer(
          "calibrate.nights-max",
          8,
          1,
          1000,
          "Past nights to fit weights on: the latest whose outcome is known.");

  private static final int PAIRS_PER_NIGHT = 20_000;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "Fits to judgements instead of history: a CSV file with columns a_TERM and b_TERM,"
              + " in the units of mart_score_terms.value, choice (A or B) and optionally"
              + " a_account and b_account.")
  private String judgements;

  @Option(
      names = "--data",
      paramLabel = "NAME=PATH",
      description =
          "Fits one model of both measures to sets of real events instead of the lake's history:"
              + " see the suite prediction of evaluate, which tells how well such a model does on"
              + " sets that it never saw. May be repeated.")
  private TreeMap<String, Path> data = new TreeMap<>();

  @Option(
      names = "--measure",
      defaultValue = "SCORE",
      description = "What the judgements are about: score or momentum. Default: score.")
  private Measure judged;

  @Option(
      names = "--folds",
      defaultValue = "5",
      paramLabel = "K",
      description = "Cross-validation folds of accounts.")
  private int folds;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Output file. Default: model-VERSION.properties.")
  private Path output;

  private final PrintStream out;

  public CalibrateJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(ModelKeys.ALL);
    keys.addAll(List.of(Locations.LAKE_ROOT, MOST_ACCOUNTS, MOST_NIGHTS));
    return keys;
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(Publications.TABLE, Interactions.TABLE, AccountState.TABLE);
  }

  @Override
  public void run(RunContext context) throws Exception {
    if (folds < 2 || folds > 100) {
      throw RenownException.configuration("--folds %d: it must be 2 to 100.", folds);
    }
    long version = context.value(ModelKeys.MODEL_VERSION) + 1;
    Path file =
        (output == null ? Path.of("model-" + version + ".properties") : output).toAbsolutePath();
    if (!Files.isDirectory(file.getParent())) {
      throw RenownException.configuration(
          "--output %s: the folder does not exist; give a path in an existing one.", file);
    }
    Map<Measure, double[]> fitted = new EnumMap<>(Measure.class);
    List<String> notes = new ArrayList<>();
    if (!data.isEmpty()) {
      for (Map.Entry<String, Path> one : data.entrySet()) {
        if (!Files.exists(one.getValue())) {
          throw RenownException.configuration(
              "--data %s=%s: no such file or folder.", one.getKey(), one.getValue());
        }
      }
      fitted.putAll(PredictionSuite.fitted(data));
      notes.add("Fitted to " + String.join(", ", data.keySet()) + ".");
    } else if (judgements != null) {
      List<Pair> pairs = Judgements.read(context.spark(), judgements, judged);
      fitted.put(judged, fromPairs(context, judged, pairs, notes));
    } else {
      Lake lake = Lake.open(context, Interactions.TABLE);
      PublishedNights publications = PublishedNights.of(lake);
      for (Measure measure : List.of(Measure.MOMENTUM, Measure.SCORE)) {
        Optional<double[]> better = fromHistory(context, lake, publications, measure, notes);
        better.ifPresent(weights -> fitted.put(measure, weights));
      }
      if (fitted.isEmpty()) {
        throw RenownException.data(
            "The lake at %s has too little history: momentum requires a published night %d"
                + " days before the last, score one %d days before it, with accounts whose"
                + " outcomes differ.",
            lake.root(), History.horizonDays(Measure.MOMENTUM), History.horizonDays(Measure.SCORE));
      }
    }
    Files.writeString(file, text(context, version, fitted, notes));
    out.println();
    notes.forEach(out::println);
    out.printf(Locale.ROOT, "Model %d was written to %s.%n", version, file);
  }

  // ---- From judgements

  private double[] fromPairs(
      RunContext context, Measure measure, List<Pair> pairs, List<String> notes) {
    double[] before = weights(context, measure);
    byFolds(context, measure, pairs, before, notes);
    return WeightFit.fit(pairs, before);
  }

  /** Whether the fitted weights are better on average over the folds. */
  private boolean byFolds(
      RunContext context, Measure measure, List<Pair> pairs, double[] before, List<String> notes) {
    List<Row> rows = new ArrayList<>();
    double sumBefore = 0;
    double sumFitted = 0;
    int judgedFolds = 0;
    for (Folds.Fold fold : Folds.of(pairs, folds, before)) {
      rows.add(
          RowFactory.create(
              measure.word(),
              rows.size() + 1,
              fold.trainedPairs(),
              fold.judgedPairs(),
              fold.before(),
              fold.fitted()));
      if (fold.judgedPairs() > 0 && fold.trainedPairs() > 0) {
        sumBefore += fold.before();
        sumFitted += fold.fitted();
        judgedFolds++;
      }
    }
    out.println();
    ResultFormat.TABLE.write(
        context
            .spark()
            .createDataFrame(
                rows,
                StructType.fromDDL(
                    "measure string, fold int, trained_pairs int, judged_pairs int,"
                        + " auc_before double, auc_fitted double")),
        out);
    notes.add(
        judgedFolds == 0
            ? String.format(
                Locale.ROOT,
                "%s: %d pairs are too few for cross-validation by accounts.",
                measure.word(),
                pairs.size())
            : String.format(
                Locale.ROOT,
                "%s: %d pairs; AUC on held-out accounts %.4f before, %.4f fitted (mean of %d"
                    + " folds).",
                measure.word(),
                pairs.size(),
                sumBefore / judgedFolds,
                sumFitted / judgedFolds,
                judgedFolds));
    return sumFitted > sumBefore;
  }

  // ---- From history

  private Optional<double[]> fromHistory(
      RunContext context,
      Lake lake,
      PublishedNights publications,
      Measure measure,
      List<String> notes) {
    int horizon = History.horizonDays(measure);
    List<LocalDate> nights =
        History.nights(publications, horizon, context.value(MOST_NIGHTS).intValue());
    List<History.Judged> judgedNights = new ArrayList<>();
    for (LocalDate night : nights) {
      judgedNights.add(
          History.judged(
              lake,
              publications.of(night).orElseThrow(),
              measure,
              horizon,
              context.value(MOST_ACCOUNTS)));
    }
    List<Pair> all = History.pairs(judgedNights, PAIRS_PER_NIGHT);
    if (all.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: no published night %d days before the last with accounts whose outcomes"
                  + " differ; its weights are unchanged.",
              measure.word(),
              horizon));
      return Optional.empty();
    }
    double[] before = weights(context, measure);
    boolean better = byFolds(context, measure, all, before, notes);
    // The outcomes of the training nights end before the test night begins.
    LocalDate last = nights.get(0);
    List<History.Judged> earlier =
        judgedNights.stream().filter(one -> !one.night().plusDays(horizon).isAfter(last)).toList();
    List<Pair> past = History.pairs(earlier, PAIRS_PER_NIGHT);
    List<Pair> next = History.pairs(judgedNights.subList(0, 1), PAIRS_PER_NIGHT);
    notes.add(
        past.isEmpty()
            ? String.format(
                Locale.ROOT,
                "%s: no night %d days before %s, so there is nothing to fit on the past and"
                    + " test on the future.",
                measure.word(),
                horizon,
                last)
            : String.format(
                Locale.ROOT,
                "%s: AUC of night %s %.4f before, %.4f fitted on nights whose outcome was"
                    + " known by then.",
                measure.word(),
                last,
                Folds.areaUnderCurve(next, before),
                Folds.areaUnderCurve(next, WeightFit.fit(past, before))));
    halfLives(context, lake, judgedNights.get(judgedNights.size() - 1), measure, notes);
    if (!better) {
      notes.add(
          measure.word()
              + ": the fitted weights are no better, so the current ones are"
              + " kept.");
      return Optional.of(before);
    }
    return Optional.of(WeightFit.fit(all, before));
  }

  /**
   * Judged on the earliest night alone, since it reads the history up to there: the later ones hold
   * nearly the same.
   */
  private void halfLives(
      RunContext context, Lake lake, History.Judged night, Measure measure, List<String> notes) {
    Column literal = lit(java.sql.Date.valueOf(night.night()));
    Map<Long, List<Double>> reactors = new HashMap<>();
    Dataset<Row> accounts =
        context
            .spark()
            .createDataFrame(
                night.examples().values().stream()
                    .flatMap(List::stream)
                    .map(one -> RowFactory.create(one.account()))
                    .toList(),
                StructType.fromDDL("account_key bigint"));
    HalfLives.reactors(
            lake.core().interactions().where(col("night").leq(literal)),
            lake.read(AccountState.TABLE).where(AccountState.CREDIBILITY.col().isNotNull()),
            accounts,
            date_add(literal, 1).cast("timestamp"))
        .collectAsList()
        .forEach(row -> reactors.put(row.getLong(0), row.getList(1)));
    int candidates = HalfLives.SINGLE.size();
    double[] areas = new double[candidates];
    for (int candidate = 0; candidate < candidates; candidate++) {
      areas[candidate] = area(night, reactors, candidate);
    }
    int best = best(areas);
    notes.add(
        String.format(
            Locale.ROOT,
            "%s: of single half-lives of distinct reactors, %.0f days predicts best (AUC"
                + " %.4f; %s).%s",
            measure.word(),
            HalfLives.SINGLE.get(best),
            areas[best],
            listed(areas),
            measure == Measure.SCORE
                ? " Consider it for graph.half-life-days and score.half-life-days of a new"
                    + " lake."
                : ""));
  }

  private static double area(
      History.Judged night, Map<Long, List<Double>> byAccount, int candidate) {
    Map<String, List<History.Example>> alone = new HashMap<>();
    night
        .examples()
        .forEach(
            (network, examples) ->
                alone.put(
                    network,
                    examples.stream()
                        .map(
                            one -> {
                              List<Double> reactors = byAccount.get(one.account());
                              double value = reactors == null ? 0 : reactors.get(candidate);
                              return new History.Example(
                                  one.account(), new double[] {value}, one.outcome());
                            })
                        .toList()));
    List<Pair> pairs =
        History.pairs(List.of(new History.Judged(night.night(), alone)), PAIRS_PER_NIGHT);
    // Only the order counts, whatever the unit.
    double right = 0;
    for (Pair pair : pairs) {
      double lead = pair.difference()[0];
      right += lead == 0 ? 0.5 : lead > 0 == pair.isFirst() ? 1 : 0;
    }
    return right / pairs.size();
  }

  /** The first of the largest values. */
  private static int best(double[] areas) {
    int best = 0;
    for (int i = 1; i < areas.length; i++) {
      if (areas[i] > areas[best]) {
        best = i;
      }
    }
    return best;
  }

  private static String listed(double[] areas) {
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < HalfLives.SINGLE.size(); i++) {
      listed.add(String.format(Locale.ROOT, "%.0f: %.4f", HalfLives.SINGLE.get(i), areas[i]));
    }
    return String.join(", ", listed);
  }

  // ---- The model

  private static double[] weights(RunContext context, Measure measure) {
    Map<String, Double> weights = context.value(ModelKeys.weights(measure));
    return Arrays.stream(Term.values())
        .mapToDouble(term -> weights.getOrDefault(term.word(), 0.0))
        .toArray();
  }

  private static String text(
      RunContext context, long version, Map<Measure, double[]> fitted, List<String> notes) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Written by calibrate. Copy to conf, or use as the file of"
            + " score.candidate-model.\n");
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    line(text, ModelKeys.MODEL_VERSION, Long.toString(version));
    for (Measure measure : Measure.values()) {
      double[] weights =
          fitted.containsKey(measure) ? fitted.get(measure) : weights(context, measure);
      line(
          text,
          ModelKeys.weights(measure),
          Arrays.stream(Term.values())
              .map(
                  term ->
                      String.format(Locale.ROOT, "%s=%.4f", term.word(), weights[term.ordinal()]))
              .collect(Collectors.joining(",")));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, ConfigKey<?> key, String value) {
    text.append(key.name()).append('=').append(value).append('\n');
  }
}
