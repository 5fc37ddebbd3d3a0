package renown.tables;

/**
 * Whether an account is a person, an organisation or automated, and why. Grain: one row per account
 * with a profile or acts of its own.
 */
public final class AccountKinds {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn KIND =
      TableColumn.text("kind", "person, organisation, automated or unknown.")
          .oneOf("person", "organisation", "automated", "unknown");
  public static final TableColumn CONFIDENCE =
      TableColumn.number(
              "kind_confidence",
              "Share of the weighted signals that support the kind, 0..1; for unknown, the"
                  + " likeliest kind's share.")
          .between(0, 1);
  public static final TableColumn REASONS =
      TableColumn.texts(
          "reasons", "The deciding signals, strongest first; empty if there are none.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "account_kinds")
          .purpose(
              "Classification of accounts as person, organisation or automated, with" + " reasons.")
          .grain("one row per account with a profile or activity of its own")
          .writer("topics")
          .key(ACCOUNT_KEY)
          .retention(
              "rewritten each night; rows of accounts that did nothing and have the same profile"
                  + " stay as they were judged")
          .columns(NETWORK, ACCOUNT_KEY, KIND, CONFIDENCE, REASONS, NIGHT);

  private AccountKinds() {}
}
