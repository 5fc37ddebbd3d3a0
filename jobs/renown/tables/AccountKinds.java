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
              "Share of the weighed signs that speak for the kind, 0..1; where unknown, for the likeliest.")
          .between(0, 1);
  public static final TableColumn REASONS =
      TableColumn.texts(
          "reasons", "The signs that decided, strongest first; empty where there is none.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "account_kinds")
          .purpose("Whether an account is a person, an organisation or automated, and why.")
          .grain("one row per account with a profile or acts of its own")
          .writer("topics")
          .key(ACCOUNT_KEY)
          .retention("rewritten each night")
          .columns(NETWORK, ACCOUNT_KEY, KIND, CONFIDENCE, REASONS, NIGHT);

  private AccountKinds() {}
}
