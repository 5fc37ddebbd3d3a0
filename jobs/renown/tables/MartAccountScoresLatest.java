package renown.tables;

/**
 * Scores of the latest night, with who the account is, and why in a sentence: the dimension that
 * keys of accounts join to. Grain: one row per account.
 */
public final class MartAccountScoresLatest {
  public static final Column NETWORK = CommonColumns.NETWORK;

  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final Column ACCOUNT_ID =
      Column.text("account_id", "The network's own id.").holding(PersonalData.ID);

  public static final Column HANDLE =
      Column.text("handle", "Name by which people address it; null where the network never said.")
          .holding(PersonalData.NAME)
          .orNull();

  public static final Column DISPLAY_NAME =
      Column.text("display_name", "Name it gives itself; null where the network never said.")
          .holding(PersonalData.NAME)
          .orNull();

  public static final Column KIND =
      Column.text(
              "kind",
              "person, organisation, automated or unknown, as in account_kinds; unknown also where nothing is known of it.")
          .oneOf("person", "organisation", "automated", "unknown");

  public static final Column LANGUAGE =
      Column.text(
              "language",
              "ISO 639 code of what it mostly writes in; null where it wrote nothing whose language is known.")
          .orNull();

  public static final Column FIRST_NIGHT = Accounts.FIRST_NIGHT;

  public static final Column NIGHT = CommonColumns.NIGHT;

  public static final Column SCORE = AccountScores.SCORE;

  public static final Column SCORE_LOW = AccountScores.SCORE_LOW;

  public static final Column SCORE_HIGH = AccountScores.SCORE_HIGH;

  public static final Column MOMENTUM = AccountScores.MOMENTUM;

  public static final Column PLACE =
      Column.whole(
              "place",
              "1 for the highest score of the network; equal scores in order of account_key; null without score.")
          .orNull()
          .withRule("place > 0");

  public static final Column EVIDENCE = AccountScores.EVIDENCE;

  public static final Column EARNED_ATTENTION = AccountScores.EARNED_ATTENTION;

  public static final Column ACTOR_COUNT = InfluenceRanks.ACTOR_COUNT;

  public static final Column CREDIBLE_ACTOR_SUM = AccountScores.CREDIBLE_ACTOR_SUM;

  public static final Column REACHABILITY = AccountReachabilities.REACHABILITY;

  public static final Column REACHABILITY_LOW = AccountReachabilities.REACHABILITY_LOW;

  public static final Column REACHABILITY_HIGH = AccountReachabilities.REACHABILITY_HIGH;

  public static final Column EXPLANATION_EN =
      Column.text("explanation_en", "The score in a sentence, English.");

  public static final Column EXPLANATION_ES =
      Column.text("explanation_es", "The score in a sentence, Spanish.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_account_scores_latest")
          .purpose("Scores of the latest night, with who the account is, and why in a sentence.")
          .grain("one row per account")
          .writer("marts")
          .key(ACCOUNT_KEY)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              ACCOUNT_ID,
              HANDLE,
              DISPLAY_NAME,
              KIND,
              LANGUAGE,
              FIRST_NIGHT,
              NIGHT,
              SCORE,
              SCORE_LOW,
              SCORE_HIGH,
              MOMENTUM,
              PLACE,
              EVIDENCE,
              EARNED_ATTENTION,
              ACTOR_COUNT,
              CREDIBLE_ACTOR_SUM,
              REACHABILITY,
              REACHABILITY_LOW,
              REACHABILITY_HIGH,
              EXPLANATION_EN,
              EXPLANATION_ES);

  private MartAccountScoresLatest() {}
}
