package renown.night.score.response;

import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountKinds;
import renown.tables.AccountResponseRates;
import renown.tables.Credibilities;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.TableSchema;
import renown.tables.WaitingApproaches;

/** Computes how likely an account answers a stranger. */
public final class ResponseStage implements Stage {
  static final ConfigKey<Double> HALF_LIFE_DAYS =
      ConfigKey.number(
          "response.half-life-days",
          180,
          1,
          3650,
          "Half-life in days of approaches by strangers, answered or not.");

  static final ConfigKey<Long> APPROACHES_MIN =
      ConfigKey.integer(
          "response.approaches-min", 3, 1, 1000, "Minimum judged approaches for a response rate.");

  @Override
  public String name() {
    return "response";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(HALF_LIFE_DAYS, APPROACHES_MIN);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Interactions.TABLE,
        EdgeIncrements.TABLE,
        Landmarks.TABLE,
        Credibilities.TABLE,
        WaitingApproaches.TABLE,
        AccountResponseRates.TABLE);
  }

  @Override
  public List<TableSchema> inputsOfNightBefore() {
    return List.of(AccountKinds.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(WaitingApproaches.TABLE, AccountResponseRates.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    Column literal = night.literal();
    Column end = date_add(literal, 1).cast("timestamp");
    Dataset<Row> interactions = night.kept(night.tonight().interactions());
    Dataset<Row> waiting = lake.read(WaitingApproaches.TABLE);
    Dataset<Row> approaches =
        night.kept(
            Approaches.answered(
                waiting.unionByName(
                    Approaches.ofNight(
                        interactions,
                        night.edges(),
                        waiting,
                        lake.read(Credibilities.TABLE),
                        literal)),
                interactions));
    Dataset<Row> sums =
        night.kept(
            ResponseRate.withKind(
                Approaches.sums(
                    lake.read(AccountResponseRates.TABLE),
                    approaches.where(Approaches.isJudged(end)),
                    night.value(HALF_LIFE_DAYS),
                    literal),
                lake.read(AccountKinds.TABLE)));
    AtomicReference<Map<String, BetaBinomial>> populations = new AtomicReference<>();
    Together.run(
        () ->
            lake.overwrite(
                WaitingApproaches.TABLE, approaches.where(not(Approaches.isJudged(end)))),
        () ->
            populations.set(
                ResponseRate.populations(ResponseRate.histogram(sums).collectAsList())));
    lake.overwrite(
        AccountResponseRates.TABLE,
        ResponseRate.estimated(sums, populations.get(), night.value(APPROACHES_MIN), literal));
  }
}
