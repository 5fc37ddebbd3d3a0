package renown.night.score.response;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.tables.AccountResponseRates;
import renown.tables.Accounts;
import renown.tables.Interactions;
import renown.tables.WaitingApproaches;
import renown.testing.IngestedSociety;
import renown.testing.SparkTest;

/** Nights over a society in which everybody answers strangers as likely as was planted. */
class PlantedResponsivenessTest extends SparkTest {
  private record Estimate(double planted, double low, double mean, double high, double trials) {}

  @Tag("long")
  @Test
  void whoAnswersIsFoundAndTheProbabilitiesAreRight() throws Exception {
    Dataset<Row> interactions =
        IngestedSociety.lake()
            .read(Interactions.TABLE)
            .withColumn("day", col("happened_at").cast("date"))
            .cache();
    Dataset<Row> accounts =
        IngestedSociety.lake().read(Accounts.TABLE).select("network", "account_id", "account_key");
    Dataset<Row> credibilities =
        accounts.select(col("account_key"), lit(1.0).as("credibility")).cache();
    List<Row> waiting = List.of();
    List<Row> sums = List.of();
    for (int i = 0; i < IngestedSociety.DAYS; i++) {
      LocalDate day = IngestedSociety.FIRST.plusDays(i);
      Column night = lit(Date.valueOf(day));
      Dataset<Row> tonight =
          interactions.where(i == 0 ? col("day").leq(night) : col("day").equalTo(night));
      Dataset<Row> edges =
          interactions
              .where(col("day").leq(night))
              .groupBy(
                  col("network"), col("actor_key").as("src_key"), col("target_key").as("dst_key"))
              .agg(sum("change").as("act_count"));
      Dataset<Row> before = spark().createDataFrame(waiting, WaitingApproaches.TABLE.structType());
      List<Row> approaches =
          Approaches.answered(
                  before.unionByName(
                      Approaches.ofNight(tonight, edges, before, credibilities, night)),
                  tonight)
              .collectAsList();
      Dataset<Row> all = spark().createDataFrame(approaches, WaitingApproaches.TABLE.structType());
      Column end = date_add(night, 1).cast("timestamp");
      waiting = all.where(not(Approaches.isJudged(end))).collectAsList();
      Dataset<Row> known = spark().createDataFrame(sums, AccountResponseRates.TABLE.structType());
      sums =
          Approaches.sums(known, all.where(Approaches.isJudged(end)), 3650, night)
              .withColumn("response_rate", lit(null).cast("double"))
              .withColumn("response_rate_low", lit(null).cast("double"))
              .withColumn("response_rate_high", lit(null).cast("double"))
              .withColumn("night", night)
              .select(AccountResponseRates.TABLE.cols())
              .collectAsList();
    }
    Map<String, JsonNode> truth = new HashMap<>();
    for (JsonNode account : IngestedSociety.accounts()) {
      truth.put(account.get("network").asText() + account.get("account_id").asText(), account);
    }
    List<Row> kinds = new ArrayList<>();
    Map<Long, JsonNode> truthByKey = new HashMap<>();
    for (Row row : accounts.collectAsList()) {
      JsonNode account = truth.get(row.getString(0) + row.getString(1));
      if (account != null) {
        truthByKey.put(row.getLong(2), account);
        kinds.add(
            RowFactory.create(
                row.getLong(2),
                switch (account.get("role").asText()) {
                  case "news" -> "organisation";
                  case "chatter" -> "automated";
                  default -> "person";
                }));
      }
    }
    Dataset<Row> withKind =
        ResponseRate.withKind(
            spark()
                .createDataFrame(sums, AccountResponseRates.TABLE.structType())
                .select(
                    "network", "account_key", "approach_count", "approach_units", "answer_units"),
            spark()
                .createDataFrame(
                    kinds,
                    org.apache.spark.sql.types.StructType.fromDDL(
                        "account_key bigint, kind string")));
    Map<String, BetaBinomial> populations =
        ResponseRate.populations(ResponseRate.histogram(withKind).collectAsList());
    List<Estimate> estimates = new ArrayList<>();
    for (Row row :
        ResponseRate.estimated(withKind, populations, 3, lit(Date.valueOf("2026-01-22")))
            .where("response_rate IS NOT NULL")
            .collectAsList()) {
      JsonNode account = truthByKey.get(row.<Long>getAs("account_key"));
      // Who went away answers nobody, however it was planted.
      // Those who trade replies do so whatever else they would.
      if (account != null
          && account.get("behaviours").isEmpty()
          && account.get("group").asText("").isEmpty()) {
        estimates.add(
            new Estimate(
                account.get("responsiveness").asDouble(),
                row.getAs("response_rate_low"),
                row.getAs("response_rate"),
                row.getAs("response_rate_high"),
                row.<Long>getAs("approach_count")));
      }
    }
    double spearman =
        new SpearmansCorrelation()
            .correlation(
                estimates.stream().mapToDouble(Estimate::planted).toArray(),
                estimates.stream().mapToDouble(Estimate::mean).toArray());
    double planted = estimates.stream().mapToDouble(Estimate::planted).average().orElseThrow();
    double mean = estimates.stream().mapToDouble(Estimate::mean).average().orElseThrow();
    double covered =
        estimates.stream().filter(e -> e.low <= e.planted && e.planted <= e.high).count()
            / (double) estimates.size();
    assertThat(estimates).hasSizeGreaterThan(100);
    assertThat(spearman).isGreaterThan(0.6);
    assertThat(mean / planted).isBetween(0.8, 1.1);
    assertThat(covered).isGreaterThan(0.8);
  }
}
