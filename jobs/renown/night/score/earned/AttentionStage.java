package renown.night.score.earned;

import static org.apache.spark.sql.functions.date_add;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.kernels.bootstrap.ActorMultipliers;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.night.score.model.AttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.night.score.model.Term;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountReactions;
import renown.tables.Credibilities;
import renown.tables.EarnedAttentions;
import renown.tables.EdgeIncrements;
import renown.tables.InfluenceRanks;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.PostReactions;
import renown.tables.Posts;
import renown.tables.RecentEdges;
import renown.tables.ScoreModels;
import renown.tables.TableSchema;

/** Computes the attention that every account earns, term by term. */
public final class AttentionStage implements Stage {
  static final ConfigKey<Double> HALF_LIFE_DAYS =
      ConfigKey.number(
          "score.half-life-days",
          90,
          1,
          3650,
          "Half-life in days of reactions to posts in the score (the slow clock).");

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(ModelKeys.ALL);
    keys.addAll(List.of(HALF_LIFE_DAYS, ActorMultipliers.REPLICATES));
    return keys;
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Interactions.TABLE,
        Posts.TABLE,
        EdgeIncrements.TABLE,
        Landmarks.TABLE,
        Credibilities.TABLE,
        InfluenceRanks.TABLE,
        RecentEdges.TABLE,
        PostReactions.TABLE,
        AccountReactions.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        RecentEdges.TABLE,
        PostReactions.TABLE,
        AccountReactions.TABLE,
        EarnedAttentions.TABLE,
        ScoreModels.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    int replicates = night.value(ActorMultipliers.REPLICATES).intValue();
    double halfLife = night.value(HALF_LIFE_DAYS);
    Column literal = night.literal();
    Column end = date_add(literal, 1).cast("timestamp");
    Dataset<Row> interactions = night.kept(night.tonight().interactions());
    Dataset<Row> posts = night.kept(night.tonight().posts());
    Dataset<Row> credibilities = lake.read(Credibilities.TABLE);
    Dataset<Row> actors = night.kept(DistinctActors.actors(credibilities));
    Dataset<Row> reactions = night.kept(Reactions.ofNight(interactions, actors));
    Dataset<Row> known =
        night.kept(Reactions.known(lake.read(PostReactions.TABLE), posts, halfLife, literal));
    Dataset<Row> accountsBefore = lake.read(AccountReactions.TABLE);
    Dataset<Row> recentBefore = lake.read(RecentEdges.TABLE);
    Together.run(
        () ->
            lake.overwrite(
                RecentEdges.TABLE, AttentionEdges.recent(recentBefore, interactions, end, literal)),
        () ->
            lake.overwrite(
                PostReactions.TABLE, Reactions.posts(known, reactions, halfLife, end, literal)),
        () ->
            lake.overwrite(
                AccountReactions.TABLE,
                Reactions.accounts(
                    accountsBefore, known, reactions, posts, halfLife, end, literal)),
        () -> lake.overwrite(ScoreModels.TABLE, models(night).coalesce(1)));
    Dataset<Row> edges = AttentionEdges.standing(night.edges());
    Dataset<Row> standing = DistinctActors.sums(edges, actors, replicates);
    Dataset<Row> momentary =
        DistinctActors.sums(
            AttentionEdges.momentary(
                lake.read(RecentEdges.TABLE), night.value(ModelKeys.MOMENTUM_SHARES)),
            actors,
            0);
    Dataset<Row> values =
        EarnedAttention.values(
            lake.read(InfluenceRanks.TABLE),
            standing,
            momentary,
            lake.read(AccountReactions.TABLE),
            Reactions.hIndex(lake.read(PostReactions.TABLE)),
            credibilities,
            AttentionEdges.reacting(edges),
            night.value(ModelKeys.STANDING_SHARE));
    lake.overwrite(
        EarnedAttentions.TABLE,
        EarnedAttention.earned(
            values,
            new AttentionModel(Measure.SCORE, night.value(ModelKeys.WEIGHTS)),
            new AttentionModel(Measure.MOMENTUM, night.value(ModelKeys.MOMENTUM_WEIGHTS)),
            night.value(ModelKeys.MODEL_VERSION),
            literal));
  }

  private static Dataset<Row> models(Night night) {
    List<Row> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      AttentionModel model = new AttentionModel(measure, night.value(ModelKeys.weights(measure)));
      for (Term term : Term.values()) {
        rows.add(
            RowFactory.create(
                measure.word(),
                term.word(),
                term.ordinal() + 1L,
                model.weight(term),
                model.scale(term),
                term.meaning(measure),
                night.value(ModelKeys.MODEL_VERSION),
                java.sql.Date.valueOf(night.date())));
      }
    }
    return night.spark().createDataFrame(rows, ScoreModels.TABLE.structType());
  }
}
