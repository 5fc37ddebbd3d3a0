package renown.night.publish.marts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.MartScoreTerms;
import renown.tables.ScoreModels;
import renown.tables.TableColumn;

/**
 * What scores and momenta are made of: points in proportion to the parts, so that they add up to
 * the score, and none is negative.
 */
final class ScoreTerms {
  private static final String SCORE = "score";
  private static final String MOMENTUM = "momentum";

  /** A term as its model describes it. */
  private record Term(int place, String name, double weight, double scale, String meaning) {}

  private final ColumnRows scores;
  private final ColumnRows earned;
  private final RowsByAccount earnedByAccount;
  private final List<Term> ofScore;
  private final List<Term> ofMomentum;

  /**
   * @param scores tonight's rows of {@code account_state}
   * @param earned rows of {@code account_state}
   * @param models rows of {@code score_models}
   */
  ScoreTerms(ColumnRows scores, ColumnRows earned, ColumnRows models) {
    this.scores = scores;
    this.earned = earned;
    this.earnedByAccount = new RowsByAccount(earned.longs(AccountState.ACCOUNT_KEY).toArray());
    this.ofScore = terms(models, SCORE);
    this.ofMomentum = terms(models, MOMENTUM);
  }

  private static List<Term> terms(ColumnRows models, String measure) {
    List<Term> terms = new ArrayList<>();
    for (int row = 0; row < models.size(); row++) {
      if (models.texts(ScoreModels.MEASURE).get(row).equals(measure)) {
        terms.add(
            new Term(
                (int) models.longs(ScoreModels.PLACE).get(row) - 1,
                models.texts(ScoreModels.TERM).get(row),
                models.doubles(ScoreModels.WEIGHT).get(row),
                models.doubles(ScoreModels.SCALE).get(row),
                models.texts(ScoreModels.MEANING).get(row)));
      }
    }
    terms.sort(Comparator.comparingInt(Term::place));
    return terms;
  }

  /** The names of the score's terms, in the order of their places. */
  List<String> names() {
    return ofScore.stream().map(Term::name).toList();
  }

  /**
   * The parts of a score by term, in the order of {@link #names}.
   *
   * @param row of the scores
   * @return null for an account without score
   */
  double[] parts(int row) {
    return ofScore(row, AccountState.TERM_PARTS);
  }

  /** The values of a score's terms, as {@link #parts} gives their parts. */
  double[] values(int row) {
    return ofScore(row, AccountState.TERM_VALUES);
  }

  private double[] ofScore(int row, TableColumn column) {
    int found = earnedRow(row);
    if (found < 0) {
      return null;
    }
    double[] all = earned.lists(column).doubles(found);
    return ofScore.stream().mapToDouble(term -> all[term.place()]).toArray();
  }

  /** The points of a score by term, in the order of {@link #names}; null without score. */
  double[] points(int row) {
    int found = earnedRow(row);
    if (found < 0) {
      return null;
    }
    double[] parts = earned.lists(AccountState.TERM_PARTS).doubles(found);
    double sum = sum(parts);
    double score = scores.doubles(AccountState.SCORE).get(row);
    return ofScore.stream().mapToDouble(term -> points(score, parts[term.place()], sum)).toArray();
  }

  /** The row of earned attention; -1 for an account without score. */
  private int earnedRow(int row) {
    return scores.doubles(AccountState.SCORE).isNull(row)
        ? -1
        : earnedByAccount.first(scores.longs(AccountState.ACCOUNT_KEY).get(row));
  }

  private static double sum(double[] parts) {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  private static double points(double total, double part, double sum) {
    return sum > 0 ? total * (part / sum) : 0;
  }

  /**
   * Rows of {@code mart_score_terms}.
   *
   * @param from the first row of the scores
   * @param to the one after the last
   */
  ColumnRows rows(int from, int to) {
    ColumnRows rows = new ColumnRows(MartScoreTerms.TABLE);
    for (int row = from; row < to; row++) {
      int found = earnedRow(row);
      if (found >= 0) {
        add(
            rows,
            row,
            SCORE,
            ofScore,
            scores.doubles(AccountState.SCORE).get(row),
            earned.lists(AccountState.TERM_VALUES).doubles(found),
            earned.lists(AccountState.TERM_PARTS).doubles(found));
        add(
            rows,
            row,
            MOMENTUM,
            ofMomentum,
            scores.doubles(AccountState.MOMENTUM).get(row),
            earned.lists(AccountState.MOMENTUM_VALUES).doubles(found),
            earned.lists(AccountState.MOMENTUM_PARTS).doubles(found));
      }
    }
    return rows;
  }

  private void add(
      ColumnRows rows,
      int row,
      String measure,
      List<Term> terms,
      double total,
      double[] values,
      double[] parts) {
    double sum = sum(parts);
    for (Term term : terms) {
      rows.texts(MartScoreTerms.NETWORK).add(scores.texts(AccountState.NETWORK).get(row));
      rows.longs(MartScoreTerms.ACCOUNT_KEY).add(scores.longs(AccountState.ACCOUNT_KEY).get(row));
      rows.texts(MartScoreTerms.MEASURE).add(measure);
      rows.texts(MartScoreTerms.TERM).add(term.name());
      rows.doubles(MartScoreTerms.VALUE).add(values[term.place()]);
      rows.doubles(MartScoreTerms.WEIGHT).add(term.weight());
      rows.doubles(MartScoreTerms.SCALE).add(term.scale());
      rows.doubles(MartScoreTerms.PART).add(parts[term.place()]);
      rows.doubles(MartScoreTerms.POINTS).add(points(total, parts[term.place()], sum));
      rows.texts(MartScoreTerms.MEANING).add(term.meaning());
      rows.longs(MartScoreTerms.NIGHT).add(scores.longs(AccountState.NIGHT).get(row));
    }
  }
}
