package renown.night.score.influence;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.engine.decay.EdgeSums;
import renown.engine.rank.RankEngine;
import renown.engine.rank.RankGraph;
import renown.engine.rank.RankResult;
import renown.kernels.bootstrap.ActorMultipliers;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.RankReport;
import renown.kernels.rank.StoppingRule;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.Credibilities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.InfluenceRanks;
import renown.tables.Landmarks;
import renown.tables.RankRuns;
import renown.tables.TableSchema;
import renown.tables.TopSources;

/** Ranks each network's attention graph, warm-started from the previous night. */
public final class InfluenceStage implements Stage {
  static final ConfigKey<Double> DAMPING_FACTOR =
      ConfigKey.number(
          "influence.damping-factor",
          0.85,
          0.01,
          0.99,
          "Share of rank that follows edges; the rest goes to the preference vector.");

  static final ConfigKey<Double> TOLERANCE =
      ConfigKey.number(
          "influence.tolerance",
          1e-6,
          StoppingRule.Tolerance.LEAST,
          0.1,
          "The ranking stops when the L1 distance of two iterations is at most this.");

  static final ConfigKey<Long> MAX_ITERATIONS =
      ConfigKey.integer(
          "influence.iterations-max",
          200,
          1,
          10_000,
          "A ranking that needs more iterations has not converged and fails the night.");

  static final ConfigKey<SortedMap<String, Double>> VERB_WEIGHTS =
      ConfigKey.weights(
          "influence.verb-weights",
          "repost=3,quote=3,reply=2,mention=1,like=1,follow=1",
          "verb",
          EdgeSums.VERBS.stream().filter(verb -> !verb.equals("block")).toList(),
          1000,
          "Weight of attention by verb; verbs not listed count nothing.");

  static final ConfigKey<Long> TOP_SOURCES =
      ConfigKey.integer(
          "influence.top-sources", 10, 1, 1000, "Sources of influence published per account.");

  @Override
  public String name() {
    return "influence";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        DAMPING_FACTOR,
        TOLERANCE,
        MAX_ITERATIONS,
        VERB_WEIGHTS,
        TOP_SOURCES,
        ActorMultipliers.REPLICATES);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        EdgeIncrements.TABLE,
        Landmarks.TABLE,
        Exclusions.TABLE,
        Credibilities.TABLE,
        InfluenceRanks.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(InfluenceRanks.TABLE, RankRuns.TABLE, TopSources.TABLE);
  }

  @Override
  public void run(Night night) {
    Lake lake = night.lake();
    Dataset<Row> credibilities = lake.read(Credibilities.TABLE);
    Dataset<Row> undiscounted =
        night.kept(
            AttentionGraph.weights(
                night.edges(), night.core().exclusions(), night.value(VERB_WEIGHTS)));
    Dataset<Row> weights = night.kept(AttentionGraph.discounted(undiscounted, credibilities));
    Dataset<Row> preference =
        night.kept(
            credibilities.select(
                col("network"), col("account_key"), col("credibility").as("preference_share")));
    Dataset<Row> before = lake.read(InfluenceRanks.TABLE);
    Dataset<Row> ranks =
        before
            .limit(0)
            .select(col("network"), col("account_key"), lit(0).as("vector"), col("rank_share"));
    List<Row> runs = new ArrayList<>();
    List<RankResult> rankings = new ArrayList<>();
    for (String network : networks(weights)) {
      RankResult ranking = rank(night, network, weights, preference, before);
      rankings.add(ranking);
      ranks =
          ranks.unionByName(
              ranking
                  .ranks()
                  .select(
                      lit(network).as("network"),
                      col("account_key"),
                      col("vector"),
                      col("rank").as("rank_share")));
      runs.add(run(night, network, ranking.report()));
    }
    ranks = night.kept(AttentionGraph.ofAccounts(ranks));
    lake.overwrite(
        InfluenceRanks.TABLE,
        ranks
            .join(AttentionGraph.actors(weights), new String[] {"account_key"}, "left")
            .withColumn("actor_count", coalesce(col("actor_count"), lit(0L)))
            .withColumn("night", night.literal())
            .select(InfluenceRanks.TABLE.cols()));
    lake.append(
        RankRuns.TABLE,
        night.spark().createDataFrame(runs, RankRuns.TABLE.structType()).coalesce(1));
    Dataset<Row> sources =
        AttentionGraph.topSources(
            weights, ranks, night.value(DAMPING_FACTOR), night.value(TOP_SOURCES), night.literal());
    lake.overwrite(
        TopSources.TABLE,
        night
            .previous()
            .map(
                previous ->
                    sources.unionByName(
                        lake.read(TopSources.TABLE)
                            .where(col("night").equalTo(java.sql.Date.valueOf(previous)))))
            .orElse(sources));
    rankings.forEach(RankResult::close);
  }

  private static List<String> networks(Dataset<Row> weights) {
    return weights.select("network").distinct().sort("network").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static RankResult rank(
      Night night,
      String network,
      Dataset<Row> weights,
      Dataset<Row> preference,
      Dataset<Row> before) {
    Dataset<Row> edges =
        weights.where(col("network").equalTo(network)).select("src_key", "dst_key", "weight");
    Dataset<Row> warmStart =
        before
            .where(col("network").equalTo(network))
            .select(col("account_key"), col("rank_share").as("rank"));
    RankOptions options =
        RankOptions.standard()
            .withDampingFactor(night.value(DAMPING_FACTOR))
            .withStoppingRule(new StoppingRule.Tolerance(night.value(TOLERANCE)))
            .withMaxIterations(night.value(MAX_ITERATIONS).intValue())
            .withBootstrapReplicates(
                night.value(ActorMultipliers.REPLICATES).intValue(), ActorMultipliers.SEED);
    Dataset<Row> shares =
        preference.where(col("network").equalTo(network)).select("account_key", "preference_share");
    RankResult ranking;
    // Only accounts with an edge are ranked, even if the preference vector has more.
    try (RankGraph graph = RankGraph.build(edges, null, options.blocks())) {
      ranking =
          RankEngine.rank(
              graph,
              shares,
              warmStart.isEmpty() ? Optional.empty() : Optional.of(warmStart),
              options);
    }
    if (!ranking.report().converged()) {
      throw RenownException.audit(
          "Night %s: the ranking of %s did not converge: residual %s after %d iterations, %s"
              + " = %s. Raise %s or the tolerance.",
          night.date(),
          network,
          ranking.report().residual(),
          ranking.report().iterations(),
          TOLERANCE.name(),
          night.value(TOLERANCE),
          MAX_ITERATIONS.name());
    }
    return ranking;
  }

  private static Row run(Night night, String network, RankReport report) {
    return RowFactory.create(
        network,
        java.sql.Date.valueOf(night.date()),
        report.vertices(),
        report.edges(),
        (long) report.iterations(),
        report.residual(),
        night.value(DAMPING_FACTOR),
        night.value(TOLERANCE));
  }
}
