package renown.scores;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import renown.io.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.rarity.RarityScale;
import renown.run.ConfigKey;
import renown.tables.AccountScores;
import renown.tables.InfluenceRanks;
import renown.tables.ReferencePopulations;
import renown.tables.TableSchema;

/** Ranks in, points on the rarity scale out. */
public final class ScoreStage implements Stage {
  static final ConfigKey<Long> LEAST_ACTORS =
      ConfigKey.integer(
          "score.actors-min",
          3,
          1,
          1_000_000,
          "Accounts to which fewer distinct accounts attend have insufficient evidence: no score.");

  static final ConfigKey<Long> LEAST_REFERENCE =
      ConfigKey.integer(
          "score.reference-accounts-min",
          1000,
          10,
          1_000_000_000,
          "A network's reference population is kept from the night on which this many accounts have"
              + " sufficient evidence; until then it is provisional and renewed each night.");

  @Override
  public String name() {
    return "score";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(LEAST_ACTORS, LEAST_REFERENCE);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(InfluenceRanks.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(ReferencePopulations.TABLE, AccountScores.TABLE);
  }

  @Override
  public void run(Night night) {
    Lake lake = night.lake();
    Dataset<Row> attention =
        Scores.earnedAttention(lake.read(InfluenceRanks.TABLE))
            .persist(StorageLevel.MEMORY_AND_DISK());
    writeReferences(night, attention);
    Map<String, Long> versions = new HashMap<>();
    Map<String, RarityScale> scales = scales(lake.read(ReferencePopulations.TABLE), versions);
    lake.overwrite(
        AccountScores.TABLE,
        Scores.scores(attention, scales, versions, night.value(LEAST_ACTORS), night.literal()));
  }

  /** Networks whose reference is kept stay as they are; the others get tonight's population. */
  private static void writeReferences(Night night, Dataset<Row> attention) {
    Lake lake = night.lake();
    Dataset<Row> references =
        lake.read(ReferencePopulations.TABLE).persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Long> kept = new HashMap<>();
    references
        .groupBy("network")
        .agg(max("reference_version").as("version"))
        .collectAsList()
        .forEach(row -> kept.put(row.getAs("network"), row.getAs("version")));
    Map<String, Long> due = new TreeMap<>();
    for (Row row :
        attention
            .groupBy("network")
            .agg(
                count(when(col("actor_count").geq(night.value(LEAST_ACTORS)), lit(1)))
                    .as("evident_count"))
            .collectAsList()) {
      String network = row.getAs("network");
      if (kept.getOrDefault(network, 0L) == 0) {
        boolean large = row.<Long>getAs("evident_count") >= night.value(LEAST_REFERENCE);
        due.put(network, large ? 1L : 0L);
      }
    }
    if (!due.isEmpty()) {
      lake.overwrite(
          ReferencePopulations.TABLE,
          references
              .where(col("reference_version").gt(0))
              .unionByName(Scores.reference(attention, due, night.literal()))
              .coalesce(1));
    }
  }

  /** The newest scale of each network. */
  private static Map<String, RarityScale> scales(
      Dataset<Row> references, Map<String, Long> versions) {
    Map<String, List<Row>> points = new TreeMap<>();
    for (Row row : references.sort("network", "reference_version", "step").collectAsList()) {
      String network = row.getAs("network");
      Long version = row.getAs("reference_version");
      if (!version.equals(versions.put(network, version))) {
        points.put(network, new java.util.ArrayList<>());
      }
      points.get(network).add(row);
    }
    Map<String, RarityScale> scales = new HashMap<>();
    points.forEach(
        (network, rows) ->
            scales.put(
                network,
                new RarityScale(
                    rows.stream().mapToLong(row -> row.<Long>getAs("step")).toArray(),
                    rows.stream().mapToLong(row -> row.<Long>getAs("step_count")).toArray())));
    return scales;
  }
}
