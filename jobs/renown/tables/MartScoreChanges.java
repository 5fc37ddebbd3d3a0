package renown.tables;

/**
 * How and why scores moved since the night before, in points that add up. Grain: one row per
 * account and night, if the account has a score on both, and cause: a term, or within authority a
 * source.
 */
public final class MartScoreChanges {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn PREVIOUS_NIGHT =
      TableColumn.date("previous_night", "Published night that it is compared with.");

  public static final TableColumn TERM =
      TableColumn.text(
          "term",
          "The term that moved the score; reference for what another or a provisional scale"
              + " brought, model for a change of the weights, of which nothing else is told.");

  /** Replaces erased sources. */
  public static final long OF_ERASED = -2;

  public static final TableColumn SOURCE_KEY =
      TableColumn.whole(
              "source_key",
              "Within authority: the account whose attention added or lost the points, for"
                  + " the largest of them; -1 for the rest of the term, -2 for erased accounts.")
          .holding(PersonalData.KEY);

  public static final TableColumn POINTS =
      TableColumn.number(
          "points",
          "Points gained, negative if lost; the rows of an account and night add up to"
              + " score_change.");

  public static final TableColumn SCORE =
      TableColumn.number("score", "Points on this night.").between(0, 100);

  public static final TableColumn SCORE_CHANGE =
      TableColumn.number("score_change", "Total points gained, negative if lost.");

  public static final TableColumn ACTOR_CHANGE =
      TableColumn.whole("actor_change", "Distinct attending accounts gained, negative if lost.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_score_changes")
          .purpose(
              "How and why scores changed since the previous night, in points that add" + " up.")
          .grain(
              "one row per account and night, where the account has a score on both, and cause: a"
                  + " term, or within authority a source")
          .writer("marts")
          .key(ACCOUNT_KEY, NIGHT, TERM, SOURCE_KEY)
          .clusteredBy(NIGHT, ACCOUNT_KEY)
          .retention("kept until erased")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              NIGHT,
              PREVIOUS_NIGHT,
              TERM,
              SOURCE_KEY,
              POINTS,
              SCORE,
              SCORE_CHANGE,
              ACTOR_CHANGE);

  private MartScoreChanges() {}
}
