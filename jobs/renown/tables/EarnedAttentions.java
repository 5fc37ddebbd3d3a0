package renown.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * The attention that an account earns, term by term, standing and in the coming week. Grain: one
 * row per account that is not excluded and has an edge.
 */
public final class EarnedAttentions {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn TERM_VALUES =
      new TableColumn(
          "term_values",
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          false,
          "Values of the score's terms, in this order: authority, reactors, resonance,"
              + " persistence, audience, regularity, conversation, attestation, reactors_6_hours,"
              + " reactors_1_day, reactors_4_days, reactors_16_days, recency (0 of these five),"
              + " reaction_days, fading_reactors.",
          null);

  public static final TableColumn TERM_PARTS =
      new TableColumn(
          "term_parts",
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          false,
          "weight * ln(1 + value / scale) of each term, in the same order.",
          null);

  public static final TableColumn EARNED_ATTENTION =
      TableColumn.number("earned_attention", "exp(sum of term_parts), which the score ranks.")
          .withRule("earned_attention >= 1");

  public static final TableColumn EARNED_ATTENTION_LOW =
      TableColumn.number("earned_attention_low", "Lower bound of its 90 % interval over actors.")
          .withRule("earned_attention_low > 0");

  public static final TableColumn EARNED_ATTENTION_HIGH =
      TableColumn.number("earned_attention_high", "Upper end of it.")
          .withRule("earned_attention_high >= earned_attention_low");

  public static final TableColumn MOMENTUM_VALUES =
      new TableColumn(
          "momentum_values",
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          false,
          "As term_values, at the current pace.",
          null);

  public static final TableColumn MOMENTUM_PARTS =
      new TableColumn(
          "momentum_parts",
          DataTypes.createArrayType(DataTypes.DoubleType, false),
          false,
          "As term_parts, for momentum_values.",
          null);

  public static final TableColumn MOMENTUM_EARNED_ATTENTION =
      TableColumn.number(
              "momentum_earned_attention", "exp(sum of momentum_parts), which momentum ranks.")
          .withRule("momentum_earned_attention >= 1");

  public static final TableColumn ACTOR_COUNT = InfluenceRanks.ACTOR_COUNT;

  public static final TableColumn CREDIBLE_ACTOR_SUM =
      TableColumn.number(
              "credible_actor_sum",
              "Total credibility of the attending accounts, each decaying with its last acts.")
          .notNegative();

  public static final TableColumn MODEL_VERSION =
      TableColumn.whole("model_version", "Version of the weights: score.model-version.");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "earned_attentions")
          .purpose(
              "The attention that an account earns, term by term: standing, and in the coming"
                  + " week.")
          .grain("one row per account that is not excluded and has an edge")
          .writer("score")
          .key(ACCOUNT_KEY)
          .rules(
              "earned_attention_low <= earned_attention",
              "earned_attention <= earned_attention_high")
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              TERM_VALUES,
              TERM_PARTS,
              EARNED_ATTENTION,
              EARNED_ATTENTION_LOW,
              EARNED_ATTENTION_HIGH,
              MOMENTUM_VALUES,
              MOMENTUM_PARTS,
              MOMENTUM_EARNED_ATTENTION,
              ACTOR_COUNT,
              CREDIBLE_ACTOR_SUM,
              MODEL_VERSION,
              NIGHT);

  private EarnedAttentions() {}
}
