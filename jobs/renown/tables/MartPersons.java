package renown.tables;

/** Accounts of several that are one person's. Grain: one row per account of such a person. */
public final class MartPersons {
  public static final TableColumn PERSON_KEY =
      TableColumn.whole("person_key", "Smallest account_key of the person's accounts.")
          .holding(PersonalData.GROUP)
          .notNegative();

  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;

  public static final TableColumn ACCOUNT_ID =
      TableColumn.text("account_id", "The network's own id.").holding(PersonalData.ACCOUNT_ID);

  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Handle; null if unknown.").holding(PersonalData.NAME).orNull();

  public static final TableColumn BASIS =
      TableColumn.text(
              "basis",
              "What links the account to the others: cross-linked (each names the other in"
                  + " its profile), identity file, or both.")
          .oneOf("cross-linked", "identity file", "cross-linked, identity file");

  public static final TableColumn ACCOUNT_COUNT =
      TableColumn.whole("account_count", "Accounts of the person, at least two.")
          .withRule("account_count >= 2");

  public static final TableColumn SCORE =
      TableColumn.number("score", "As in mart_account_scores_latest; null as there.")
          .orNull()
          .between(0, 100);

  public static final TableColumn PERSON_SCORE =
      TableColumn.number(
              "person_score",
              "Highest score of the person's accounts: being on several networks makes nobody"
                  + " rarer; null if none has a score.")
          .orNull()
          .between(0, 100);

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_persons")
          .purpose("Persons with several accounts.")
          .grain("one row per account of such a person")
          .writer("persons")
          .key(ACCOUNT_KEY)
          .rules("person_key <= account_key")
          .retention("rewritten each night")
          .columns(
              PERSON_KEY,
              NETWORK,
              ACCOUNT_KEY,
              ACCOUNT_ID,
              HANDLE,
              BASIS,
              ACCOUNT_COUNT,
              SCORE,
              PERSON_SCORE,
              NIGHT);

  private MartPersons() {}
}
