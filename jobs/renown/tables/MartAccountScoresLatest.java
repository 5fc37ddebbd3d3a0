package renown.tables;

/**
 * Scores of the latest night, with who the account is, and why in a sentence: the dimension that
 * keys of accounts join to. Grain: one row per account.
 */
public final class MartAccountScoresLatest {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn ACCOUNT_ID =
      TableColumn.text("account_id", "The network's own id.").holding(PersonalData.ACCOUNT_ID);

  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Handle; null if unknown.").holding(PersonalData.NAME).orNull();

  public static final TableColumn DISPLAY_NAME =
      TableColumn.text("display_name", "Display name; null if unknown.")
          .holding(PersonalData.NAME)
          .orNull();

  public static final TableColumn KIND =
      TableColumn.text(
              "kind",
              "person, organisation, automated or unknown, as in account_kinds; also unknown"
                  + " for accounts without data.")
          .oneOf("person", "organisation", "automated", "unknown");

  public static final TableColumn LANGUAGE =
      TableColumn.text(
              "language",
              "ISO 639 code of its main language; null if no post has a known language.")
          .orNull();

  public static final TableColumn FIRST_NIGHT = Accounts.FIRST_NIGHT;

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn SCORE = MartAccountScores.SCORE;

  public static final TableColumn SCORE_LOW = MartAccountScores.SCORE_LOW;

  public static final TableColumn SCORE_HIGH = MartAccountScores.SCORE_HIGH;

  public static final TableColumn MOMENTUM = MartAccountScores.MOMENTUM;

  public static final TableColumn PLACE =
      TableColumn.whole(
              "place",
              "1 for the highest score of the network; ties by account_key; null without"
                  + " score.")
          .orNull()
          .withRule("place > 0");

  public static final TableColumn EVIDENCE = MartAccountScores.EVIDENCE;

  public static final TableColumn EARNED_ATTENTION = MartAccountScores.EARNED_ATTENTION;

  public static final TableColumn ACTOR_COUNT = MartAccountScores.ACTOR_COUNT;

  public static final TableColumn CREDIBLE_ACTOR_SUM = MartAccountScores.CREDIBLE_ACTOR_SUM;

  public static final TableColumn RESPONSE_RATE = AccountResponseRates.RESPONSE_RATE;

  public static final TableColumn RESPONSE_RATE_LOW = AccountResponseRates.RESPONSE_RATE_LOW;

  public static final TableColumn RESPONSE_RATE_HIGH = AccountResponseRates.RESPONSE_RATE_HIGH;

  public static final TableColumn EXPLANATION_EN =
      TableColumn.text("explanation_en", "Explanation of the score in one sentence, in English.");

  public static final TableColumn EXPLANATION_ES =
      TableColumn.text("explanation_es", "Explanation of the score in one sentence, in Spanish.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_account_scores_latest")
          .purpose("Scores of the latest night, with profile and a one-sentence explanation.")
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
              RESPONSE_RATE,
              RESPONSE_RATE_LOW,
              RESPONSE_RATE_HIGH,
              EXPLANATION_EN,
              EXPLANATION_ES);

  private MartAccountScoresLatest() {}
}
