package renown.night.publish.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.AccountState;
import renown.tables.Exclusions;
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
  public String phase() {
    return "publish";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public List<TableSchema> inputs() {
    List<TableSchema> inputs = new ArrayList<>(published());
    inputs.add(Exclusions.TABLE);
    inputs.add(AccountState.TABLE);
    return inputs;
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of();
  }

  private static List<TableSchema> published() {
    return Tables.ALL.stream().filter(TableSchema::isPublished).toList();
  }

  @Override
  public void run(Night night) {
    List<String> failures = failures(night);
    if (!failures.isEmpty()) {
      throw RenownException.audit(
          "Night %s is not published: %s.", night.date(), String.join("; ", failures));
    }
  }

  private static List<String> failures(Night night) {
    List<TableSchema> published = published();
    AuditScan scan = AuditScan.of(night.lake(), night.date(), published);
    List<String> failures = new ArrayList<>();
    for (int table : scan.repeatedIn()) {
      Checks.keyIsUnique(published.get(table), written(night, published.get(table)))
          .ifPresent(failures::add);
    }
    Checks.none("excluded accounts with a score", scan.excluded()).ifPresent(failures::add);
    Checks.none("accounts with a score missing from the latest scores", scan.lacking())
        .ifPresent(failures::add);
    List<String> wrongSums = new ArrayList<>();
    scan.rankSums()
        .forEach(
            (network, sum) -> {
              if (!(Math.abs(sum - 1) <= RANK_SUM_TOLERANCE)) {
                wrongSums.add(network + " " + sum);
              }
            });
    Checks.none("networks whose ranks do not sum to 1", wrongSums).ifPresent(failures::add);
    return failures;
  }

  /** The night's rows of a table with nights, all rows of any other. */
  private static Dataset<Row> written(Night night, TableSchema table) {
    boolean byNight = Arrays.asList(table.names()).contains("night");
    return byNight ? night.rows(table) : night.lake().read(table);
  }
}
