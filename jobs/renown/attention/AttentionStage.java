package renown.attention;

import static org.apache.spark.sql.functions.date_add;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.bootstrap.ActorMultipliers;
import renown.io.Lake;
import renown.night.Night;
import renown.night.Stage;
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

/** Adds up, term by term, the attention that every account earns. */
public final class AttentionStage implements Stage {
  private static final double MOST_WEIGHT = 100;

  static final ConfigKey<SortedMap<String, Double>> WEIGHTS =
      ConfigKey.weights(
          "score.weights",
          "authority=0.5,reach=0.3,resonance=0.1,persistence=0.05,audience=0.1,regularity=0.2,"
              + "conversation=0.05,attestation=0.15",
          "term",
          Term.words(),
          MOST_WEIGHT,
          "What each term of the score weighs; one that is not named counts nothing.");

  static final ConfigKey<SortedMap<String, Double>> MOMENTUM_WEIGHTS =
      ConfigKey.weights(
          "score.momentum-weights",
          "authority=0.4,reach=0.6,resonance=0.1,persistence=0.05,audience=0.1,regularity=0.3,"
              + "conversation=0.05,attestation=0.05",
          "term",
          Term.words(),
          MOST_WEIGHT,
          "What each term of momentum weighs; one that is not named counts nothing.");

  static final ConfigKey<double[]> MOMENTUM_SHARES =
      ConfigKey.parsed(
          "score.momentum-shares",
          "0.3,0.4,0.3",
          "three numbers, 0 to 1, separated by commas",
          "How far the fast clock goes by acts of half-lives of 1, 4 and 16 days.",
          AttentionStage::shares);

  static final ConfigKey<Double> STANDING_SHARE =
      ConfigKey.number(
          "score.momentum-standing-share",
          0.1,
          0,
          10,
          "How far those who reacted long ago, by the slow clock, count in the reach of momentum: who"
              + " comes back after a quiet time is still known.");

  static final ConfigKey<Double> HALF_LIFE_DAYS =
      ConfigKey.number(
          "score.half-life-days",
          90,
          1,
          3650,
          "Days in which a reaction to a post counts half, on the slow clock.");

  static final ConfigKey<Long> MODEL_VERSION =
      ConfigKey.integer(
          "score.model-version",
          1,
          1,
          1_000_000,
          "Written beside every score: raise it with the weights.");

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        WEIGHTS,
        MOMENTUM_WEIGHTS,
        MOMENTUM_SHARES,
        STANDING_SHARE,
        HALF_LIFE_DAYS,
        MODEL_VERSION,
        ActorMultipliers.REPLICATES);
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
    Dataset<Row> interactions = night.kept(night.rows(Interactions.TABLE));
    Dataset<Row> posts = night.kept(night.rows(Posts.TABLE));
    Dataset<Row> credibilities = lake.read(Credibilities.TABLE);
    Dataset<Row> actors = night.kept(DistinctActors.actors(credibilities, replicates));
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
    Dataset<Row> standing =
        DistinctActors.sums(AttentionEdges.standing(night.edges()), actors, replicates);
    Dataset<Row> momentary =
        DistinctActors.sums(
            AttentionEdges.momentary(lake.read(RecentEdges.TABLE), night.value(MOMENTUM_SHARES)),
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
            night.value(STANDING_SHARE));
    lake.overwrite(
        EarnedAttentions.TABLE,
        EarnedAttention.earned(
            values,
            new AttentionModel(Measure.SCORE, night.value(WEIGHTS)),
            new AttentionModel(Measure.MOMENTUM, night.value(MOMENTUM_WEIGHTS)),
            night.value(MODEL_VERSION),
            literal));
  }

  private static Dataset<Row> models(Night night) {
    List<Row> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      AttentionModel model =
          new AttentionModel(
              measure, night.value(measure == Measure.SCORE ? WEIGHTS : MOMENTUM_WEIGHTS));
      for (Term term : Term.values()) {
        rows.add(
            RowFactory.create(
                measure.word(),
                term.word(),
                term.ordinal() + 1L,
                model.weight(term),
                model.scale(term),
                term.meaning(measure),
                night.value(MODEL_VERSION),
                java.sql.Date.valueOf(night.date())));
      }
    }
    return night.spark().createDataFrame(rows, ScoreModels.TABLE.structType());
  }

  private static double[] shares(String text) {
    double[] shares = Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    if (shares.length != AttentionEdges.FAST_HALF_LIVES.length
        || Arrays.stream(shares).anyMatch(share -> !(share >= 0 && share <= 1))) {
      throw new IllegalArgumentException(text);
    }
    return shares;
  }
}
