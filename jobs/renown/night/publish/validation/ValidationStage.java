package renown.night.publish.validation;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.tables.AccountState;
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

  /** The one that Spark's function {@code xxhash64} begins with. */
  private static final long HASH_SEED = 42;

  private static final String SCORE = "score";
  private static final String MOMENTUM = "momentum";

  /** Places of terms in {@code term_values} and {@code momentum_values}. */
  private static final int AUTHORITY = 0;

  private static final int REACTORS = 1;
  private static final int AUDIENCE = 4;
  private static final int RECENCY = 12;

  /** The measure itself, then those that it is compared with. */
  static final List<String> PREDICTORS =
      List.of(
          "own", "authority", "reactors", "audience", "attending accounts", "recency", "PageRank");

  @Override
  public String name() {
    return "validation";
  }

  @Override
  public String phase() {
    return "publish";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(MOST_ACCOUNTS);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(AccountState.TABLE, Interactions.TABLE, Posts.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(MartValidation.TABLE);
  }

  @Override
  public void run(Night night) throws IOException {
    PublishedNights publications = PublishedNights.of(night.lake());
    ColumnRows rows = new ColumnRows(MartValidation.TABLE);
    judge(night, publications, MOMENTUM, 7, rows);
    judge(night, publications, SCORE, 28, rows);
    if (rows.size() > 0) {
      night.lake().append(MartValidation.TABLE, rows);
    }
  }

  private static void judge(
      Night night, PublishedNights publications, String measure, int horizonDays, ColumnRows rows)
      throws IOException {
    LocalDate past = night.date().minusDays(horizonDays);
    Optional<PublishedNights.Publication> publication = publications.of(past);
    // A night published before this table existed made no prediction to validate.
    if (publication.isEmpty()
        || !publication.get().versions().containsKey(AccountState.TABLE.path())) {
      return;
    }
    Lake lake = night.lake();
    Judged judged =
        candidates(
            ofNight(lake, publication.get(), AccountState.TABLE)
                .read(
                    AccountState.NETWORK,
                    AccountState.ACCOUNT_KEY,
                    AccountState.ACTOR_COUNT,
                    AccountState.RANK_SHARE,
                    AccountState.TERM_VALUES)
                .having(AccountState.TERM_VALUES),
            ofNight(lake, publication.get(), AccountState.TABLE)
                .read(
                    AccountState.ACCOUNT_KEY,
                    AccountState.TERM_VALUES,
                    AccountState.MOMENTUM_VALUES,
                    AccountState.EARNED_ATTENTION,
                    AccountState.MOMENTUM_EARNED_ATTENTION)
                .having(AccountState.TERM_VALUES),
            measure,
            night.value(MOST_ACCOUNTS));
    ReactorSums since = new ReactorSums(judged.accounts());
    long after = past.toEpochDay();
    for (TableFiles file :
        lake.files(Interactions.TABLE)
            .within(Interactions.NIGHT, after + 1, Long.MAX_VALUE)
            .each()) {
      since.addInteractions(
          file.read(
              Interactions.VERB,
              Interactions.ACTOR_KEY,
              Interactions.TARGET_KEY,
              Interactions.CHANGE,
              Interactions.NIGHT),
          after);
    }
    ColumnRows credibilities =
        lake.files(AccountState.TABLE)
            .read(AccountState.ACCOUNT_KEY, AccountState.CREDIBILITY)
            .having(AccountState.CREDIBILITY);
    double[] outcome;
    if (measure.equals(SCORE)) {
      for (TableFiles file :
          lake.files(Posts.TABLE).within(Posts.NIGHT, after + 1, Long.MAX_VALUE).each()) {
        since.addPosts(file.read(Posts.AUTHOR_KEY, Posts.HAPPENED_AT, Posts.NIGHT), after);
      }
      outcome = since.sumsPerWeekOfPosting(credibilities);
    } else {
      outcome = since.sums(credibilities);
    }
    addRows(rows, judged, outcome, measure, horizonDays, night.date().toEpochDay());
  }

  private static TableFiles ofNight(
      Lake lake, PublishedNights.Publication publication, TableSchema table) {
    return lake.filesAt(table, publication.versions().get(table.path()));
  }

  /**
   * Accounts that are judged, network by network.
   *
   * @param accounts their keys
   * @param ends by network, where its accounts end
   * @param predicted by predictor, what was said of each account
   */
  record Judged(long[] accounts, SortedMap<String, Integer> ends, double[][] predicted) {}

  /**
   * Accounts that anybody attended to and what was said of them: at most so many of each network,
   * in the order of a hash. An account that has no score yet is ranked by the earned attention that
   * it has, which is what a score ranks.
   *
   * @param scores rows of {@code account_state} as of then
   * @param earned rows of {@code account_state} as of then; who has none is left out
   */
  static Judged candidates(ColumnRows scores, ColumnRows earned, String measure, long most) {
    KeyNumbers earnedRows = new KeyNumbers(earned.size());
    for (int row = 0; row < earned.size(); row++) {
      earnedRows.put(earned.longs(AccountState.ACCOUNT_KEY).get(row), row);
    }
    ColumnRows.Longs keys = scores.longs(AccountState.ACCOUNT_KEY);
    SortedMap<String, List<Integer>> byNetwork = new TreeMap<>();
    for (int row = 0; row < scores.size(); row++) {
      if (scores.longs(AccountState.ACTOR_COUNT).get(row) > 0) {
        byNetwork
            .computeIfAbsent(scores.texts(AccountState.NETWORK).get(row), n -> new ArrayList<>())
            .add(row);
      }
    }
    List<Integer> chosen = new ArrayList<>();
    SortedMap<String, Integer> ends = new TreeMap<>();
    byNetwork.forEach(
        (network, rows) -> {
          rows.stream()
              .sorted(
                  Comparator.<Integer>comparingLong(row -> XXH64.hashLong(keys.get(row), HASH_SEED))
                      .thenComparingLong(keys::get))
              .limit(most)
              .filter(row -> earnedRows.of(keys.get(row)) >= 0)
              .forEach(chosen::add);
          ends.put(network, chosen.size());
        });
    double[][] predicted = new double[PREDICTORS.size()][chosen.size()];
    ColumnRows.Doubles own =
        earned.doubles(
            measure.equals(SCORE)
                ? AccountState.EARNED_ATTENTION
                : AccountState.MOMENTUM_EARNED_ATTENTION);
    for (int i = 0; i < chosen.size(); i++) {
      int row = chosen.get(i);
      int its = earnedRows.of(keys.get(row));
      double[] values = earned.lists(AccountState.TERM_VALUES).doubles(its);
      predicted[0][i] = own.get(its);
      predicted[1][i] = values[AUTHORITY];
      predicted[2][i] = values[REACTORS];
      predicted[3][i] = values[AUDIENCE];
      predicted[4][i] = scores.longs(AccountState.ACTOR_COUNT).get(row);
      predicted[5][i] = earned.lists(AccountState.MOMENTUM_VALUES).doubles(its)[RECENCY];
      predicted[6][i] = scores.doubles(AccountState.RANK_SHARE).get(row);
    }
    return new Judged(chosen.stream().mapToLong(keys::get).toArray(), ends, predicted);
  }

  /** Adds rows of {@code mart_validation}. */
  static void addRows(
      ColumnRows rows,
      Judged judged,
      double[] outcome,
      String measure,
      int horizonDays,
      long night) {
    int from = 0;
    for (Map.Entry<String, Integer> network : judged.ends().entrySet()) {
      int to = network.getValue();
      if (to > from) {
        double[] came = Arrays.copyOfRange(outcome, from, to);
        double[][] predicted = new double[PREDICTORS.size()][];
        for (int i = 0; i < predicted.length; i++) {
          predicted[i] = Arrays.copyOfRange(judged.predicted()[i], from, to);
        }
        double[][] intervals = Prediction.spearmanAdvantages(predicted, came, REPLICATES, SEED);
        double own = Prediction.spearman(predicted[0], came);
        List<String> rivals = PREDICTORS.subList(1, PREDICTORS.size());
        List<double[]> ofRivals = Arrays.asList(intervals).subList(1, intervals.length);
        for (int i = 0; i < predicted.length; i++) {
          double correlation = Prediction.spearman(predicted[i], came);
          rows.texts(MartValidation.NETWORK).add(network.getKey());
          rows.longs(MartValidation.NIGHT).add(night);
          rows.texts(MartValidation.MEASURE).add(measure);
          rows.texts(MartValidation.PREDICTOR).add(i == 0 ? measure : PREDICTORS.get(i));
          rows.longs(MartValidation.HORIZON_DAYS).add(horizonDays);
          rows.longs(MartValidation.ACCOUNT_COUNT).add(to - from);
          rows.doubles(MartValidation.SPEARMAN).add(correlation);
          rows.doubles(MartValidation.NDCG).add(Prediction.ndcg(predicted[i], came));
          rows.doubles(MartValidation.TOP_LIFT).add(Prediction.topLift(predicted[i], came));
          if (i == 0) {
            rows.doubles(MartValidation.ADVANTAGE).addNull();
            rows.doubles(MartValidation.ADVANTAGE_LOW).addNull();
            rows.doubles(MartValidation.ADVANTAGE_HIGH).addNull();
          } else {
            rows.doubles(MartValidation.ADVANTAGE).add(own - correlation);
            rows.doubles(MartValidation.ADVANTAGE_LOW).add(intervals[i][0]);
            rows.doubles(MartValidation.ADVANTAGE_HIGH).add(intervals[i][1]);
          }
          // The measure's own row tells of all rivals.
          List<String> names = i == 0 ? rivals : rivals.subList(i - 1, i);
          List<double[]> ahead = i == 0 ? ofRivals : ofRivals.subList(i - 1, i);
          rows.texts(MartValidation.VERDICT_EN)
              .add(Verdicts.english(measure, horizonDays, own, names, ahead));
          rows.texts(MartValidation.VERDICT_ES)
              .add(Verdicts.spanish(measure, horizonDays, own, names, ahead));
        }
      }
      from = to;
    }
  }
}
