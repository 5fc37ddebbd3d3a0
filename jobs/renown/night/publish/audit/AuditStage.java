package renown.night.publish.audit;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.Together;
import renown.tables.Exclusions;
import renown.tables.InfluenceRanks;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** Audits the results before they are published. Single rows were checked when written. */
public final class AuditStage implements Stage {
  private static final double RANK_SUM_TOLERANCE = 1e-9;

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public List<TableSchema> inputs() {
    List<TableSchema> inputs = new ArrayList<>(published());
    inputs.add(Exclusions.TABLE);
    inputs.add(InfluenceRanks.TABLE);
    return inputs;
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of();
  }

  private static List<TableSchema> published() {
    return Tables.ALL.stream().filter(TableSchema::isPublished).toList();
  }

  private interface Check {
    Optional<String> failure();
  }

  @Override
  public void run(Night night) throws Exception {
    List<Check> checks = checks(night);
    List<Optional<String>> results = new ArrayList<>();
    checks.forEach(check -> results.add(Optional.empty()));
    List<Together.Step> steps = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      int place = i;
      steps.add(() -> results.set(place, checks.get(place).failure()));
    }
    Together.run(steps);
    List<String> failures = results.stream().flatMap(Optional::stream).toList();
    if (!failures.isEmpty()) {
      throw RenownException.audit(
          "Night %s is not published: %s.", night.date(), String.join("; ", failures));
    }
  }

  private static List<Check> checks(Night night) {
    Lake lake = night.lake();
    List<Check> checks = new ArrayList<>();
    for (TableSchema table : published()) {
      checks.add(() -> Checks.keyIsUnique(table, written(night, table)));
    }
    checks.add(
        () ->
            Checks.none(
                "excluded accounts with a score",
                night
                    .rows(MartAccountScores.TABLE)
                    .join(night.core().exclusions(), new String[] {"account_key"}, "left_semi")
                    .select("account_key")));
    checks.add(
        () ->
            Checks.none(
                "accounts with a score missing from the latest scores",
                night
                    .rows(MartAccountScores.TABLE)
                    .join(
                        lake.read(MartAccountScoresLatest.TABLE),
                        new String[] {"account_key"},
                        "left_anti")
                    .select("account_key")));
    checks.add(
        () ->
            Checks.none(
                "networks whose ranks do not sum to 1",
                lake.read(InfluenceRanks.TABLE)
                    .groupBy("network")
                    .agg(sum("rank_share").as("rank_sum"))
                    .where(abs(col("rank_sum").minus(lit(1))).gt(RANK_SUM_TOLERANCE))));
    return checks;
  }

  /** The night's rows of a table with nights, all rows of any other. */
  private static Dataset<Row> written(Night night, TableSchema table) {
    boolean byNight = Arrays.asList(table.names()).contains("night");
    return byNight ? night.rows(table) : night.lake().read(table);
  }
}
