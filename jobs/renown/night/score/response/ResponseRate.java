package renown.night.score.response;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import renown.night.score.response.BetaBinomial.Seen;
import renown.tables.AccountResponseRates;

/** Estimates the response rate and its interval from approaches and answers. */
final class ResponseRate {
  /** More trials than this do not improve the population estimate. */
  private static final long MOST_TRIALS = 100;

  /** Kinds with fewer accounts use their network's rate. */
  private static final long FEWEST_MEMBERS = 30;

  /** Stands for all kinds of a network. */
  private static final String ALL = "*";

  private ResponseRate() {}

  /** Adds {@code kind}: unknown if the account has none yet. */
  static Dataset<Row> withKind(Dataset<Row> sums, Dataset<Row> kinds) {
    return sums.join(kinds.select("account_key", "kind"), new String[] {"account_key"}, "left")
        .withColumn("kind", coalesce(col("kind"), lit("unknown")));
  }

  /**
   * How many accounts saw how many answers, in integers.
   *
   * @param sums from {@link Approaches#sums}, with {@code kind}
   * @return network, kind, trial_count, success_count, member_count; some thousands of rows at most
   */
  static Dataset<Row> histogram(Dataset<Row> sums) {
    Column trials = col("approach_units").divide(lit(Approaches.UNIT));
    Column most = least(trials, lit((double) MOST_TRIALS));
    Column share = col("answer_units").divide(col("approach_units"));
    return sums.where(col("approach_units").gt(0))
        .withColumn("trial_count", rint(most).cast("long"))
        .withColumn("success_count", rint(most.multiply(share)).cast("long"))
        .where(col("trial_count").gt(0))
        .withColumn("success_count", least(col("success_count"), col("trial_count")))
        .groupBy("network", "kind", "trial_count", "success_count")
        .agg(count(lit(1)).as("member_count"));
  }

  /**
   * The rates of each network's kinds.
   *
   * @param histogram rows from {@link #histogram}, in any order
   * @return by network, a line break and kind; and by network alone for those of other kinds
   */
  static Map<String, BetaBinomial> populations(List<Row> histogram) {
    TreeMap<String, List<Seen>> seen = new TreeMap<>();
    for (Row row : histogram) {
      Seen one =
          new Seen(row.getAs("trial_count"), row.getAs("success_count"), row.getAs("member_count"));
      String network = row.getAs("network");
      for (String kind : List.of(row.<String>getAs("kind"), ALL)) {
        seen.computeIfAbsent(network + "\n" + kind, any -> new ArrayList<>()).add(one);
      }
    }
    Map<String, BetaBinomial> populations = new HashMap<>();
    seen.forEach(
        (name, members) -> {
          if (members.stream().mapToLong(Seen::members).sum() >= FEWEST_MEMBERS) {
            // Sums of floating-point numbers depend on their order.
            members.sort(
                java.util.Comparator.comparingLong(Seen::trials)
                    .thenComparingLong(Seen::successes)
                    .thenComparingLong(Seen::members));
            populations.put(name, BetaBinomial.fitted(members));
          }
        });
    return populations;
  }

  /**
   * @param sums from {@link Approaches#sums}, with {@code kind}
   * @param populations from {@link #populations}
   * @param fewest approaches judged below which nothing is said
   * @return rows of {@code account_response_rates}; as many
   */
  static Dataset<Row> estimated(
      Dataset<Row> sums, Map<String, BetaBinomial> populations, long fewest, Column night) {
    HashMap<String, BetaBinomial> known = new HashMap<>(populations);
    UserDefinedFunction estimate =
        udf(
            (UDF4<String, String, Long, Long, double[]>)
                (network, kind, approaches, answers) ->
                    known
                        .getOrDefault(
                            network + "\n" + kind,
                            known.getOrDefault(network + "\n" + ALL, BetaBinomial.UNKNOWN))
                        .after(approaches / Approaches.UNIT, answers / Approaches.UNIT),
            DataTypes.createArrayType(DataTypes.DoubleType, false));
    return sums.withColumn(
            "estimate",
            when(
                col("approach_count").geq(fewest),
                estimate.apply(
                    col("network"), col("kind"), col("approach_units"), col("answer_units"))))
        .withColumn("response_rate", col("estimate").getItem(0))
        .withColumn("response_rate_low", col("estimate").getItem(1))
        .withColumn("response_rate_high", col("estimate").getItem(2))
        .withColumn("night", night)
        .select(AccountResponseRates.TABLE.cols());
  }
}
