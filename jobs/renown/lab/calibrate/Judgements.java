package renown.lab.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.Term;
import renown.run.RenownException;

/**
 * Pairwise human judgements from a CSV file with a header: {@code a_TERM} and {@code b_TERM} for
 * each term that is known of both, in the units of {@code mart_score_terms.value}; {@code choice},
 * A or B (equivalently 1 or 0); {@code a_account} and {@code b_account} if accounts have names. An
 * account without a name is identified by its values.
 */
final class Judgements {
  private Judgements() {}

  /**
   * @param path of the file, on any Hadoop file system
   * @throws RenownException if it cannot be read, or a column or value is not understood
   */
  static List<Pair> read(SparkSession spark, String path, Measure measure) {
    Dataset<Row> file;
    List<Row> rows;
    try {
      file = spark.read().option("header", true).csv(path);
      rows = file.coalesce(1).collectAsList();
    } catch (Exception e) {
      // Spark throws AnalysisException, which Java does not see declared.
      throw RenownException.configuration(
          "--pairs %s: it cannot be read; give the path of a CSV file with a header.", path);
    }
    List<String> columns = Arrays.asList(file.columns());
    List<Term> terms =
        Arrays.stream(Term.values())
            .filter(t -> columns.contains("a_" + t.word()) && columns.contains("b_" + t.word()))
            .toList();
    if (terms.isEmpty() || !columns.contains("choice")) {
      throw RenownException.data(
          "--pairs %s: the header is \"%s\"; it must name choice, and a_TERM and b_TERM for at"
              + " least one term of %s.",
          path, String.join(",", columns), String.join(", ", Term.words()));
    }
    boolean named = columns.contains("a_account") && columns.contains("b_account");
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String where = String.format(Locale.ROOT, "--pairs %s, judgement %d", path, i + 1);
      double[] first = values(row, "a_", terms, where);
      double[] second = values(row, "b_", terms, where);
      double[] difference = new double[first.length];
      for (Term term : terms) {
        int at = term.ordinal();
        difference[at] =
            EarnedAttentionModel.logarithm(term, measure, first[at])
                - EarnedAttentionModel.logarithm(term, measure, second[at]);
      }
      pairs.add(
          new Pair(
              named ? String.valueOf(row.<String>getAs("a_account")) : Arrays.toString(first),
              named ? String.valueOf(row.<String>getAs("b_account")) : Arrays.toString(second),
              difference,
              choice(row.getAs("choice"), where)));
    }
    if (pairs.isEmpty()) {
      throw RenownException.data("--pairs %s: it has no judgements.", path);
    }
    return pairs;
  }

  private static double[] values(Row row, String side, List<Term> terms, String where) {
    double[] values = new double[Term.values().length];
    for (Term term : terms) {
      String text = row.getAs(side + term.word());
      try {
        values[term.ordinal()] = Double.parseDouble(text);
      } catch (NullPointerException | NumberFormatException e) {
        values[term.ordinal()] = Double.NaN;
      }
      if (!(values[term.ordinal()] >= 0 && values[term.ordinal()] < Double.POSITIVE_INFINITY)) {
        throw RenownException.data(
            "%s: %s%s is \"%s\"; it must be a number, 0 or more.", where, side, term.word(), text);
      }
    }
    return values;
  }

  private static boolean choice(String text, String where) {
    String choice = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
    if (!List.of("A", "B", "1", "0").contains(choice)) {
      throw RenownException.data("%s: choice is \"%s\"; it must be A or B.", where, text);
    }
    return choice.equals("A") || choice.equals("1");
  }
}
