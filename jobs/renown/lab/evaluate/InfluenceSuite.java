package renown.lab.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.tables.MartAccountScoresLatest;

/** Does the score rise with planted attention, and not with noise? */
final class InfluenceSuite implements Suite {
  private static final String SOCIETY = "society";

  @Override
  public String name() {
    return "influence";
  }

  @Override
  public String description() {
    return "Scores in a generated society against planted roles (an account without one counts 0).";
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    laboratory.generate(SOCIETY, Map.of("generate.accounts", "2000", "generate.days", "3"));
    Lake lake =
        laboratory.nights(
            SOCIETY,
            Map.of("score.reference-accounts-min", "100"),
            Laboratory.FIRST_DATE.plusDays(2));
    Dataset<Row> judged =
        laboratory
            .truth(SOCIETY)
            .join(
                Laboratory.core(lake).accounts().select("network", "account_id", "account_key"),
                new String[] {"network", "account_id"},
                "left")
            .join(
                Laboratory.published(lake, MartAccountScoresLatest.TABLE)
                    .select("account_key", "score"),
                new String[] {"account_key"},
                "left")
            .withColumn("score", coalesce(col("score"), lit(0.0)))
            .select("network", "role", "score")
            .persist();
    List<Measurement> measurements = new ArrayList<>();
    for (String network : List.of("bluesky", "x")) {
      double[] persons = scores(judged, network, "person");
      measurements.add(
          Measurement.of(
                  network,
                  "AUC, celebrities above persons",
                  RankQuality.areaUnderCurve(scores(judged, network, "celebrity"), persons))
              .atLeast(0.95));
      measurements.add(
          Measurement.of(
                  network,
                  "AUC, experts above talkers",
                  RankQuality.areaUnderCurve(
                      scores(judged, network, "expert"), scores(judged, network, "talker")))
              .atLeast(0.9));
      measurements.add(
          Measurement.of(
                  network,
                  "AUC, persons above chatter",
                  RankQuality.areaUnderCurve(persons, scores(judged, network, "chatter")))
              .atLeast(0.6));
    }
    return measurements;
  }

  private static double[] scores(Dataset<Row> judged, String network, String role) {
    return judged
        .where(col("network").equalTo(network).and(col("role").equalTo(role)))
        .collectAsList()
        .stream()
        .mapToDouble(row -> row.<Double>getAs("score"))
        .toArray();
  }
}
