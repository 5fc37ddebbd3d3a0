package renown.night.score.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.lake.ColumnRows;
import renown.tables.AccountResponseRates;
import renown.tables.Accounts;
import renown.tables.EdgeIncrements;
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
    ColumnRows interactions =
        IngestedSociety.lake().files(Interactions.TABLE).read(Interactions.TABLE.columns());
    Dataset<Row> accounts =
        IngestedSociety.lake().read(Accounts.TABLE).select("network", "account_id", "account_key");
    Map<Long, Double> credibilities = new HashMap<>();
    accounts.collectAsList().forEach(row -> credibilities.put(row.getLong(2), 1.0));
    ColumnRows waiting = new ColumnRows(WaitingApproaches.TABLE);
    ColumnRows rates = new ColumnRows(AccountResponseRates.TABLE);
    ColumnRows edges =
        new ColumnRows(
            List.of(EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY, EdgeIncrements.ACT_COUNT));
    TreeMap<Long, Approaches.Found> sums = new TreeMap<>();
    for (int i = 0; i < IngestedSociety.DAYS; i++) {
      long night = IngestedSociety.FIRST.plusDays(i).toEpochDay();
      ColumnRows tonight = new ColumnRows(Interactions.TABLE);
      for (int row = 0; row < interactions.size(); row++) {
        long day =
            Math.floorDiv(interactions.longs(Interactions.HAPPENED_AT).get(row), 86_400_000_000L);
        if (day == night || i == 0 && day < night) {
          tonight.addRow(interactions, row);
          edges
              .longs(EdgeIncrements.SRC_KEY)
              .add(interactions.longs(Interactions.ACTOR_KEY).get(row));
          edges
              .longs(EdgeIncrements.DST_KEY)
              .add(interactions.longs(Interactions.TARGET_KEY).get(row));
          edges
              .longs(EdgeIncrements.ACT_COUNT)
              .add(interactions.longs(Interactions.CHANGE).get(row));
        }
      }
      waiting.addAll(Approaches.ofNight(tonight, edges, waiting, credibilities, night));
      ColumnRows all = Approaches.answered(waiting, tonight);
      long end = (night + 1) * 86_400_000_000L;
      waiting = Approaches.judged(all, false, end);
      sums = Approaches.sums(rates, Approaches.judged(all, true, end), 3650, night);
      rates = ResponseRate.estimated(sums, Map.of(), Map.of(), Long.MAX_VALUE, night);
    }
    Map<String, JsonNode> truth = new HashMap<>();
    for (JsonNode account : IngestedSociety.accounts()) {
      truth.put(account.get("network").asText() + account.get("account_id").asText(), account);
    }
    Map<Long, String> kinds = new HashMap<>();
    Map<Long, JsonNode> truthByKey = new HashMap<>();
    for (Row row : accounts.collectAsList()) {
      JsonNode account = truth.get(row.getString(0) + row.getString(1));
      if (account != null) {
        truthByKey.put(row.getLong(2), account);
        kinds.put(
            row.getLong(2),
            switch (account.get("role").asText()) {
              case "news" -> "organisation";
              case "chatter" -> "automated";
              default -> "person";
            });
      }
    }
    ColumnRows estimated =
        ResponseRate.estimated(
            sums,
            kinds,
            ResponseRate.populations(sums, kinds),
            3,
            LocalDate.of(2026, 1, 22).toEpochDay());
    List<Estimate> estimates = new ArrayList<>();
    for (int row = 0; row < estimated.size(); row++) {
      if (estimated.doubles(AccountResponseRates.RESPONSE_RATE).isNull(row)) {
        continue;
      }
      JsonNode account = truthByKey.get(estimated.longs(AccountResponseRates.ACCOUNT_KEY).get(row));
      // Who went away answers nobody, however it was planted.
      // Those who trade replies do so whatever else they would.
      if (account != null
          && account.get("behaviours").isEmpty()
          && account.get("group").asText("").isEmpty()) {
        estimates.add(
            new Estimate(
                account.get("responsiveness").asDouble(),
                estimated.doubles(AccountResponseRates.RESPONSE_RATE_LOW).get(row),
                estimated.doubles(AccountResponseRates.RESPONSE_RATE).get(row),
                estimated.doubles(AccountResponseRates.RESPONSE_RATE_HIGH).get(row),
                estimated.longs(AccountResponseRates.APPROACH_COUNT).get(row)));
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
