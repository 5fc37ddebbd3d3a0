package renown.night.publish.validation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.tables.AccountScores;
import renown.tables.Credibilities;
import renown.tables.EarnedAttentions;
import renown.tables.Interactions;
import renown.tables.MartValidation;
import renown.tables.Posts;
import renown.tables.TableSchema;

/** Compares the scores of 7 and 28 nights ago with what has happened since. */
public final class ValidationStage implements Stage {
  static final ConfigKey<Long> MOST_ACCOUNTS =
      ConfigKey.integer(
          "validation.accounts-max",
          20_000,
          100,
          1_000_000,
          "Accounts per network on which past scores are validated, sampled by account key.");

  private static final int REPLICATES = 100;
  private static final long SEED = 20_260_105;
  private static final List<String> PREDICTORS =
      List.of("own", "authority", "reactors", "audience", "attending accounts");

  @Override
  public String name() {
    return "validation";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(MOST_ACCOUNTS);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        AccountScores.TABLE,
        EarnedAttentions.TABLE,
        Interactions.TABLE,
        Posts.TABLE,
        Credibilities.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(MartValidation.TABLE);
  }

  @Override
  public void run(Night night) {
    PublishedNights publications = PublishedNights.of(night.lake());
    List<Row> rows = new ArrayList<>();
    rows.addAll(judge(night, publications, "momentum", 7));
    rows.addAll(judge(night, publications, "score", 28));
    if (!rows.isEmpty()) {
      night
          .lake()
          .append(
              MartValidation.TABLE,
              night.spark().createDataFrame(rows, MartValidation.TABLE.structType()).coalesce(1));
    }
  }

  private static List<Row> judge(
      Night night, PublishedNights publications, String measure, int horizonDays) {
    LocalDate past = night.date().minusDays(horizonDays);
    Optional<PublishedNights.Publication> publication = publications.of(past);
    // A night published before this table existed made no prediction to validate.
    if (publication.isEmpty()
        || !publication.get().versions().containsKey(EarnedAttentions.TABLE.path())) {
      return List.of();
    }
    Lake lake = night.lake();
    Column since = col("night").gt(lit(java.sql.Date.valueOf(past)));
    Dataset<Row> reactors =
        Outcomes.reactors(night.core().interactions().where(since), lake.read(Credibilities.TABLE));
    Dataset<Row> outcome =
        measure.equals("score")
            ? Outcomes.perWeekOfPosting(reactors, night.core().posts().where(since))
            : reactors;
    List<Row> judged =
        candidates(
                lake.readOf(publication.get(), AccountScores.TABLE),
                lake.readOf(publication.get(), EarnedAttentions.TABLE),
                outcome,
                measure,
                night.value(MOST_ACCOUNTS))
            .collectAsList();
    return rows(judged, measure, horizonDays, night.date());
  }

  /**
   * What was said of each account, and what came of it.
   *
   * @return network, own (the measure), authority, reactors, audience, attending accounts, outcome;
   *     for accounts with a score, at most so many of each network, in the order of a hash
   */
  static Dataset<Row> candidates(
      Dataset<Row> scores, Dataset<Row> earned, Dataset<Row> outcome, String measure, long most) {
    String[] account = {"account_key"};
    return scores
        .where(col("score").isNotNull())
        .select(
            col("network"),
            col("account_key"),
            col(measure).as("own"),
            col("actor_count").cast("double").as("attending accounts"))
        .withColumn(
            "draw",
            row_number()
                .over(
                    Window.partitionBy("network")
                        .orderBy(xxhash64(col("account_key")), col("account_key"))))
        .where(col("draw").leq(most))
        .join(
            earned.select(
                col("account_key"),
                col("term_values").getItem(0).as("authority"),
                col("term_values").getItem(1).as("reactors"),
                col("term_values").getItem(4).as("audience")),
            account)
        .join(outcome, account, "left")
        .withColumn("outcome", coalesce(col("reactors"), lit(0.0)))
        .sort("network", "draw");
  }

  /** Rows of {@code mart_validation} from those of {@link #candidates}. */
  static List<Row> rows(List<Row> judged, String measure, int horizonDays, LocalDate night) {
    Map<String, List<Row>> byNetwork = new TreeMap<>();
    judged.forEach(
        row ->
            byNetwork.computeIfAbsent(row.getAs("network"), network -> new ArrayList<>()).add(row));
    List<Row> rows = new ArrayList<>();
    byNetwork.forEach(
        (network, accounts) -> {
          double[] outcome = column(accounts, "outcome");
          double[] own = column(accounts, "own");
          double ownCorrelation = Prediction.spearman(own, outcome);
          for (String predictor : PREDICTORS) {
            boolean isOwn = predictor.equals("own");
            double[] predicted = column(accounts, predictor);
            double correlation = Prediction.spearman(predicted, outcome);
            double[] interval =
                isOwn
                    ? null
                    : Prediction.advantage(
                        Prediction::spearman, own, predicted, outcome, REPLICATES, SEED);
            rows.add(
                RowFactory.create(
                    network,
                    java.sql.Date.valueOf(night),
                    measure,
                    isOwn ? measure : predictor,
                    (long) horizonDays,
                    (long) accounts.size(),
                    correlation,
                    Prediction.ndcg(predicted, outcome),
                    Prediction.topLift(predicted, outcome),
                    isOwn ? null : ownCorrelation - correlation,
                    isOwn ? null : interval[0],
                    isOwn ? null : interval[1]));
          }
        });
    return rows;
  }

  private static double[] column(List<Row> rows, String column) {
    return rows.stream().mapToDouble(row -> row.<Double>getAs(column)).toArray();
  }
}
