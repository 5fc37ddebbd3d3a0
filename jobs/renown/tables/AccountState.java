package renown.tables;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/**
 * All that nights hand on about an account, and what the last one found: output and regularity,
 * reactions to its posts, credibility, rank, earned attention, score. Grain: one row per account
 * that the lake knows.
 */
public final class AccountState {
  private static final String UNITS =
      ", in units of 2^-30, each halved once per credibility.half-life-days up to the end of the"
          + " night.";

  /** What null means where nothing is known of an account, or it is to be left out. */
  private static final String UNKNOWN = "; null for excluded accounts.";

  private static final String UNRANKED = "; null without an edge to or from others.";

  /** A column of those accounts alone for which it means something. */
  private static TableColumn orNull(TableColumn column, String whenNull) {
    return new TableColumn(
        column.name(),
        column.type(),
        true,
        column.comment().replaceFirst("\\.$", "") + whenNull,
        column.rule(),
        column.personal());
  }

  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn POST_UNITS =
      TableColumn.whole("post_units", "Posts written and not deleted" + UNITS).notNegative();

  public static final TableColumn LINK_POST_UNITS =
      TableColumn.whole("link_post_units", "Of those, posts with a link and almost no text" + UNITS)
          .notNegative();

  public static final TableColumn REPEATED_POST_UNITS =
      TableColumn.whole(
              "repeated_post_units",
              "Of those, posts repeating text that the account had already posted that night"
                  + UNITS)
          .notNegative();

  public static final TableColumn WEEK_UNITS =
      TableColumn.whole(
              "week_units", "Weeks with activity, counted from the first act in each" + UNITS)
          .notNegative();

  /** What null and 0 mean of counts that lakes of earlier nights do not have. */
  private static final String SINCE_TOLD =
      "; null where it never did, 0 of nights before it was told.";

  public static final TableColumn WEEK_COUNT =
      TableColumn.whole("week_count", "Weeks in which the account did anything" + SINCE_TOLD)
          .orNull()
          .notNegative();

  public static final TableColumn MOMENT_COUNT =
      TableColumn.whole(
              "moment_count",
              "Moments at which the account wrote or did anything, however much" + SINCE_TOLD)
          .orNull()
          .notNegative();

  public static final TableColumn LAST_WEEK =
      TableColumn.whole(
              "last_week",
              "The latest active week: weeks of 7 days since 1970-01-01; null if there is none.")
          .orNull();

  public static final TableColumn REACTOR_UNITS =
      TableColumn.whole(
              "reactor_units",
              "Sum of the credibility of reactors over posts and reactors, in units of 2^-30,"
                  + " each halved once per score.half-life-days up to the end of the night.")
          .notNegative();

  public static final TableColumn TIMED_UNITS =
      TableColumn.whole("timed_units", "Of those, reactions to posts with a known time.")
          .notNegative();

  public static final TableColumn LATE_UNITS =
      TableColumn.whole("late_units", "Of those, reactions more than 24 hours after the post.")
          .notNegative();

  public static final TableColumn SCORED_POST_UNITS =
      TableColumn.whole(
              "scored_post_units",
              "Posts that were not deleted, in units of 2^-30, each halved once per"
                  + " score.half-life-days.")
          .notNegative();

  public static final TableColumn RECENT_REACTOR_UNITS =
      TableColumn.whole("recent_reactor_units", "As reactor_units, halved once per 8 days.")
          .notNegative();

  public static final TableColumn RECENT_POST_UNITS =
      TableColumn.whole("recent_post_units", "As post_units, halved once per 8 days.")
          .notNegative();

  public static final TableColumn DAY_UNITS =
      TableColumn.whole(
              "day_units",
              "Days on which others reacted to the account, in units of 2^-30, each worth the"
                  + " credibility of those who did, at most 1, and halved once per"
                  + " score.half-life-days.")
          .notNegative();

  public static final TableColumn LONE_DAY_UNITS =
      TableColumn.whole(
              "lone_day_units",
              "What of day_units hangs on single accounts: by how much they would be less without"
                  + " one of those who reacted on a day, summed over these; null where nobody ever"
                  + " reacted, 0 of days before it was told.")
          .orNull()
          .notNegative();

  public static final TableColumn LAST_DAY =
      TableColumn.whole(
              "last_day",
              "The last day counted in day_units, as days since 1970-01-01; null if none is.")
          .orNull();

  private static TableColumn foremost(String name, String comment) {
    return new TableColumn(
        name, DataTypes.createArrayType(DataTypes.LongType, false), true, comment, null);
  }

  public static final TableColumn FOREMOST_POST_PRINT_HIGH =
      foremost(
              "foremost_post_print_high",
              "Upper halves of the fingerprints of the account's posts with the most reactors, as"
                  + " many as its h-index needs and at least 8 where there are; null before they"
                  + " were told.")
          .holding(PersonalData.HASH);

  public static final TableColumn FOREMOST_POST_PRINT_LOW =
      foremost(
              "foremost_post_print_low",
              "Lower halves of them, in the same order; null before they were told.")
          .holding(PersonalData.HASH);

  public static final TableColumn FOREMOST_POST_UNITS =
      foremost(
          "foremost_post_units",
          "Their reactors, falling, as reactor_units of post_reactions, halved up to the end of the"
              + " night; null before they were told.");

  public static final TableColumn CREDIBILITY =
      orNull(
          TableColumn.number(
                  "credibility",
                  "p^3 / (p^2 + 0.15^2), where p / (1 - p), the odds that it is a person, are 0.85"
                      + " / 0.15 times a likelihood ratio for each thing known: age, regularity"
                      + " (0.8 + 0.4 * regularity_share), profile (0.5 to 1.2, 5 if verified),"
                      + " balance_share^2, diversity_share, original_share^2, 1 - automated_share,"
                      + " trade ((1 - 0.9 * (s - 0.3) / 0.7)^3, s = trading_share * v / (v + 5), v"
                      + " what it gives in all), (1 - blocked_share)^2. What is not known has the"
                      + " ratio 1. The cube makes small values negligible, however many accounts"
                      + " have them. 1 for trusted accounts.")
              .withRule("credibility > 0 AND credibility <= 1"),
          UNKNOWN);

  public static final TableColumn AGE_DAYS =
      orNull(
          TableColumn.number(
                  "age_days",
                  "Days since creation as the network says; if it does not say, since first seen;"
                      + " where accounts can claim any age, the claim as far as the account may"
                      + " have been there before the lake (credibility.claimed-ages).")
              .notNegative(),
          UNKNOWN);

  public static final TableColumn AGE_SHARE =
      orNull(
          TableColumn.number(
                  "age_share",
                  "age^2 / (age^2 + credibility.age-days^2); its square times 1.25 is the ratio. An"
                      + " age of which nothing is known counts as far as the account may not have"
                      + " been there before the lake.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn REGULARITY_SHARE =
      orNull(
          TableColumn.number("regularity_share", "Decayed share of weeks with activity.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn PROFILE_SHARE =
      orNull(
          TableColumn.number(
                  "profile_share",
                  "Completeness of display name and description, 1 if verified; 0.5 if the"
                      + " network states no profile.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn BALANCE_SHARE =
      orNull(
          TableColumn.number(
                  "balance_share",
                  "sqrt((followers + 100) / (following + 100)), at most 1; the larger of the"
                      + " stated and the observed value.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn DIVERSITY_SHARE =
      orNull(
          TableColumn.number(
                  "diversity_share",
                  "(n + 1) / (n + 1 + 4 e / (e + 5)), where n is the effective number of accounts"
                      + " it attends to, the inverse of the sum of squared shares of its attention,"
                      + " and e what it gives beyond one act to each.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn ORIGINAL_SHARE =
      orNull(
          TableColumn.number(
                  "original_share",
                  "(1 - 0.9 * repeated posts / (posts + 5)) * (1 - 0.5 * posts of a bare link /"
                      + " (posts + 5)), decayed.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn AUTOMATED_SHARE =
      orNull(
          TableColumn.number("automated_share", "0.98 if it declares itself automated, else 0.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn TRADING_SHARE =
      orNull(
          TableColumn.number(
                  "trading_share",
                  "How much of its attention is closed trading: the share that is returned, times"
                      + " how closed the circle of those who return it is, 1 - (1 - clustering"
                      + " share of the circle) * (1 - sum of the squared shares of its members).")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn BLOCKED_SHARE =
      orNull(
          TableColumn.number(
                  "blocked_share",
                  "0.5 * b / (b + attending accounts + 10), where b is the number of blocks, each"
                      + " weighted by the square of the product of the blocker's other factors:"
                      + " blocks by new accounts are negligible.")
              .between(0, 1),
          UNKNOWN);

  public static final TableColumn IS_TRUSTED =
      orNull(TableColumn.flag("is_trusted", "Listed in the credibility.trusted file."), UNKNOWN);

  public static final TableColumn RANK_SHARE =
      orNull(
          TableColumn.number("rank_share", "Share of the network's total rank; sums to 1.")
              .between(0, 1),
          UNRANKED);

  public static final TableColumn ACTOR_COUNT = orNull(MartAccountScores.ACTOR_COUNT, UNRANKED);

  public static final TableColumn TERM_VALUES =
      orNull(
          new TableColumn(
              "term_values",
              DataTypes.createArrayType(DataTypes.DoubleType, false),
              true,
              "Values of the score's terms, in this order: authority, reactors, resonance,"
                  + " persistence, audience, regularity, conversation, attestation,"
                  + " reactors_6_hours, reactors_1_day, reactors_4_days, reactors_16_days, recency"
                  + " (0 of these five), reaction_days, fading_reactors.",
              null),
          UNRANKED);

  public static final TableColumn TERM_PARTS =
      orNull(
          new TableColumn(
              "term_parts",
              DataTypes.createArrayType(DataTypes.DoubleType, false),
              true,
              "weight * ln(1 + value / scale) of each term, in the same order.",
              null),
          UNRANKED);

  public static final TableColumn EARNED_ATTENTION =
      orNull(MartAccountScores.EARNED_ATTENTION, UNRANKED);

  public static final TableColumn EARNED_ATTENTION_LOW =
      orNull(
          TableColumn.number(
                  "earned_attention_low", "Lower bound of its 90 % interval over actors.")
              .withRule("earned_attention_low > 0"),
          UNRANKED);

  public static final TableColumn EARNED_ATTENTION_HIGH =
      orNull(
          TableColumn.number("earned_attention_high", "Upper end of it.")
              .withRule("earned_attention_high >= earned_attention_low"),
          UNRANKED);

  public static final TableColumn MOMENTUM_VALUES =
      orNull(
          new TableColumn(
              "momentum_values",
              DataTypes.createArrayType(DataTypes.DoubleType, false),
              true,
              "As term_values, at the current pace.",
              null),
          UNRANKED);

  public static final TableColumn MOMENTUM_PARTS =
      orNull(
          new TableColumn(
              "momentum_parts",
              DataTypes.createArrayType(DataTypes.DoubleType, false),
              true,
              "As term_parts, for momentum_values.",
              null),
          UNRANKED);

  public static final TableColumn MOMENTUM_EARNED_ATTENTION =
      orNull(
          TableColumn.number(
                  "momentum_earned_attention", "exp(sum of momentum_parts), which momentum ranks.")
              .withRule("momentum_earned_attention >= 1"),
          UNRANKED);

  public static final TableColumn CREDIBLE_ACTOR_SUM =
      orNull(MartAccountScores.CREDIBLE_ACTOR_SUM, UNRANKED);

  public static final TableColumn EVIDENCE = orNull(MartAccountScores.EVIDENCE, UNRANKED);

  public static final TableColumn SCORE = orNull(MartAccountScores.SCORE, UNRANKED);

  public static final TableColumn SCORE_LOW = orNull(MartAccountScores.SCORE_LOW, UNRANKED);

  public static final TableColumn SCORE_HIGH = orNull(MartAccountScores.SCORE_HIGH, UNRANKED);

  public static final TableColumn MOMENTUM = orNull(MartAccountScores.MOMENTUM, UNRANKED);

  public static final TableColumn REFERENCE_VERSION =
      orNull(MartAccountScores.REFERENCE_VERSION, UNRANKED);

  public static final TableColumn EARLIER_SCORE = orNull(MartAccountScores.EARLIER_SCORE, UNRANKED);

  public static final TableColumn MODEL_VERSION = orNull(MartAccountScores.MODEL_VERSION, UNRANKED);

  /** Output and regularity of accounts that were ever active. */
  public static final List<TableColumn> ACTIVITY =
      List.of(
          NETWORK,
          ACCOUNT_KEY,
          POST_UNITS,
          LINK_POST_UNITS,
          REPEATED_POST_UNITS,
          WEEK_UNITS,
          WEEK_COUNT,
          MOMENT_COUNT,
          LAST_WEEK,
          NIGHT);

  /** Reactions to posts, of accounts that posted or received one. */
  public static final List<TableColumn> REACTIONS =
      List.of(
          NETWORK,
          ACCOUNT_KEY,
          REACTOR_UNITS,
          TIMED_UNITS,
          LATE_UNITS,
          SCORED_POST_UNITS,
          RECENT_REACTOR_UNITS,
          RECENT_POST_UNITS,
          DAY_UNITS,
          LONE_DAY_UNITS,
          LAST_DAY,
          NIGHT,
          FOREMOST_POST_PRINT_HIGH,
          FOREMOST_POST_PRINT_LOW,
          FOREMOST_POST_UNITS);

  /** Credibility and what it follows from, of accounts that are not excluded. */
  public static final List<TableColumn> CREDIBILITIES =
      List.of(
          NETWORK,
          ACCOUNT_KEY,
          CREDIBILITY,
          AGE_DAYS,
          AGE_SHARE,
          REGULARITY_SHARE,
          PROFILE_SHARE,
          BALANCE_SHARE,
          DIVERSITY_SHARE,
          ORIGINAL_SHARE,
          AUTOMATED_SHARE,
          TRADING_SHARE,
          BLOCKED_SHARE,
          IS_TRUSTED,
          NIGHT);

  /** Ranks, of accounts that have an edge. */
  public static final List<TableColumn> RANKS =
      List.of(NETWORK, ACCOUNT_KEY, RANK_SHARE, ACTOR_COUNT, NIGHT);

  /** Earned attention term by term, of accounts that have an edge. */
  public static final List<TableColumn> EARNED_ATTENTIONS =
      List.of(
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

  /** Scores, of accounts that have an edge. */
  public static final List<TableColumn> SCORES =
      List.of(
          NETWORK,
          ACCOUNT_KEY,
          NIGHT,
          SCORE,
          SCORE_LOW,
          SCORE_HIGH,
          MOMENTUM,
          EVIDENCE,
          EARNED_ATTENTION,
          ACTOR_COUNT,
          CREDIBLE_ACTOR_SUM,
          REFERENCE_VERSION,
          MODEL_VERSION,
          EARLIER_SCORE);

  /** Its parts; those of the same accounts share columns. */
  public static final List<List<TableColumn>> PARTS =
      List.of(ACTIVITY, REACTIONS, CREDIBILITIES, RANKS, EARNED_ATTENTIONS, SCORES);

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "account_state")
          .purpose(
              "What is known of each account: sums to which every night adds, and the last night's"
                  + " credibility, rank, earned attention and score.")
          .grain("one row per account")
          .writer("score")
          .key(ACCOUNT_KEY)
          .rules(
              "earned_attention_low <= earned_attention",
              "earned_attention <= earned_attention_high",
              "(score IS NULL) = (evidence = 'insufficient')",
              "score_low <= score AND score <= score_high")
          .retention("rewritten each night; sums are kept until erased")
          .columns(
              PARTS.stream()
                  .flatMap(List::stream)
                  .filter(column -> !column.equals(NIGHT))
                  .distinct()
                  .toList(),
              List.of(NIGHT));

  private AccountState() {}
}
