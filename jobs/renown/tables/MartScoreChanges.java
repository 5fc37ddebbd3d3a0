package renown.tables;

/**
 * How and why scores moved since the night before. Grain: one row per account and night, where the
 * account has a score on both.
 */
public final class MartScoreChanges {
  public static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");
  public static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index "
                  + "within the network.")
          .notNegative();
  public static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");
  public static final Column PREVIOUS_NIGHT =
      Column.date("previous_night", "Published night it is compared with.");
  public static final Column SCORE =
      Column.number("score", "Points on this night.").between(0, 100);
  public static final Column SCORE_CHANGE =
      Column.number("score_change", "Points gained, negative if lost.");
  public static final Column ACTOR_CHANGE =
      Column.whole("actor_change", "Distinct attending accounts gained, negative if lost.");
  public static final Column MAIN_SOURCE_KEY =
      Column.whole(
              "main_source_key",
              "Of the largest sources of both nights, the one whose part changed "
                  + "most in the direction of the score; null where none did.")
          .orNull();
  public static final Column MAIN_SOURCE_CHANGE =
      Column.number(
              "main_source_change",
              "What it brought more (or less), as a multiple of the mean influence "
                  + "of the network; null where there is none.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_score_changes")
          .purpose("How and why scores moved since the night before.")
          .grain("one row per account and night, where the account has a score on both")
          .writer("marts")
          .key(ACCOUNT_KEY, NIGHT)
          .clusteredBy(NIGHT, NETWORK)
          .retention("kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              NIGHT,
              PREVIOUS_NIGHT,
              SCORE,
              SCORE_CHANGE,
              ACTOR_CHANGE,
              MAIN_SOURCE_KEY,
              MAIN_SOURCE_CHANGE);

  private MartScoreChanges() {}
}
