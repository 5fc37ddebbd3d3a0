package renown.lab.calibrate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.night.publish.validation.Outcomes;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.Term;
import renown.tables.AccountState;

/** Joins what past nights knew of accounts with the outcome. */
final class History {
  private static final long SEED = 20_260_105;

  private History() {}

  /** Days after which a measure is judged: the same as every night's validation. */
  static int horizonDays(Measure measure) {
    return measure == Measure.SCORE ? 28 : 7;
  }

  /**
   * An account on a past night.
   *
   * @param account its key
   * @param logarithms of its terms
   * @param outcome distinct credible accounts that reacted afterwards; for the score, per week of
   *     posting
   */
  record Example(long account, double[] logarithms, double outcome) {}

  /** Examples of one night, by network. */
  record Judged(LocalDate night, Map<String, List<Example>> examples) {}

  /**
   * The nights that can be judged, the latest first.
   *
   * @param most nights to give
   */
  static List<LocalDate> nights(PublishedNights publications, int horizonDays, int most) {
    List<LocalDate> nights = new ArrayList<>();
    if (publications.latest().isEmpty()) {
      return nights;
    }
    LocalDate last = publications.latest().get().date();
    LocalDate night = last.minusDays(horizonDays);
    while (nights.size() < most) {
      var publication = publications.before(night.plusDays(1)).filter(History::hasTerms);
      if (publication.isEmpty()) {
        break;
      }
      nights.add(publication.get().date());
      night = publication.get().date().minusDays(1);
    }
    return nights;
  }

  private static boolean hasTerms(Publication publication) {
    return publication.versions().containsKey(AccountState.TABLE.path());
  }

  /**
   * @param night one of {@link #nights}
   * @param mostAccounts of each network, drawn by a hash of their keys
   */
  static Judged judged(
      Lake lake, Publication night, Measure measure, int horizonDays, long mostAccounts) {
    Column since =
        col("night")
            .gt(lit(java.sql.Date.valueOf(night.date())))
            .and(col("night").leq(lit(java.sql.Date.valueOf(night.date().plusDays(horizonDays)))));
    Dataset<Row> reactors =
        Outcomes.reactors(
            lake.core().interactions().where(since),
            lake.read(AccountState.TABLE).where(AccountState.CREDIBILITY.col().isNotNull()));
    Dataset<Row> outcome =
        measure == Measure.SCORE
            ? Outcomes.perWeekOfPosting(reactors, lake.core().posts().where(since))
            : reactors;
    Dataset<Row> rows =
        examples(lake.readOf(night, AccountState.TABLE), outcome, measure, mostAccounts);
    Map<String, List<Example>> examples = new TreeMap<>();
    for (Row row : rows.collectAsList()) {
      examples
          .computeIfAbsent(row.getString(0), network -> new ArrayList<>())
          .add(new Example(row.getLong(1), logarithms(row.getList(2), measure), row.getDouble(3)));
    }
    return new Judged(night.date(), examples);
  }

  /**
   * @param state rows of {@code account_state}
   * @return network, account_key, values (of the measure's terms), outcome (0 if nobody reacted);
   *     accounts with a score, in an order that is the same each time
   */
  static Dataset<Row> examples(
      Dataset<Row> state, Dataset<Row> outcome, Measure measure, long most) {
    String[] account = {"account_key"};
    Column values = col(measure == Measure.SCORE ? "term_values" : "momentum_values");
    return state
        .where(col("score").isNotNull())
        .select(col("network"), col("account_key"), values.as("values"))
        .withColumn(
            "draw",
            row_number()
                .over(
                    Window.partitionBy("network")
                        .orderBy(xxhash64(col("account_key")), col("account_key"))))
        .where(col("draw").leq(most))
        .join(outcome, account, "left")
        .sort("network", "draw")
        .select(
            col("network"),
            col("account_key"),
            col("values"),
            coalesce(col("reactors"), lit(0.0)).as("outcome"));
  }

  private static double[] logarithms(List<Double> values, Measure measure) {
    double[] logarithms = new double[values.size()];
    for (Term term : Term.values()) {
      logarithms[term.ordinal()] =
          EarnedAttentionModel.logarithm(term, measure, values.get(term.ordinal()));
    }
    return logarithms;
  }

  /**
   * Pairs of accounts of one network and night of which different things came, drawn evenly.
   *
   * @param most pairs per network and night
   */
  static List<Pair> pairs(List<Judged> nights, int most) {
    List<Pair> pairs = new ArrayList<>();
    for (Judged night : nights) {
      Map<String, List<Example>> sorted = new TreeMap<>(night.examples());
      sorted.forEach(
          (network, examples) -> {
            SplittableRandom random = new SplittableRandom(SEED + night.night().toEpochDay());
            Map<Long, Boolean> seen = new HashMap<>();
            for (int draw = 0; draw < most && examples.size() > 1; draw++) {
              int i = random.nextInt(examples.size());
              int j = random.nextInt(examples.size());
              Example first = examples.get(i);
              Example second = examples.get(j);
              boolean isNew = seen.put((long) Math.min(i, j) << 32 | Math.max(i, j), true) == null;
              if (first.outcome() != second.outcome() && isNew) {
                pairs.add(pair(network, first, second));
              }
            }
          });
    }
    return pairs;
  }

  private static Pair pair(String network, Example first, Example second) {
    double[] difference = new double[first.logarithms().length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = first.logarithms()[i] - second.logarithms()[i];
    }
    return new Pair(
        network + "/" + first.account(),
        network + "/" + second.account(),
        difference,
        first.outcome() > second.outcome());
  }
}
