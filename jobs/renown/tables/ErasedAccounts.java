package renown.tables;

/**
 * Names of accounts that were erased, as salted hashes, so that no later file brings them back.
 * Grain: one row per erased account and name.
 */
public final class ErasedAccounts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn NAME_KIND =
      TableColumn.text("name_kind", "What was hashed: id or handle.").oneOf("id", "handle");

  public static final TableColumn NAME_HASH =
      TableColumn.text(
              "name_hash",
              "SHA-256, in hexadecimal, of salt, network, name_kind and the name (handles in"
                  + " lower case), separated by line breaks. Candidate names can be tested"
                  + " against it, but names cannot be read from it.")
          .holding(PersonalData.HASH);

  public static final TableColumn SALT =
      TableColumn.text("salt", "Random, drawn once per lake, in hexadecimal.");

  public static final TableColumn KEY_GIVEN =
      TableColumn.whole(
              "key_given",
              "Key that the account had, so that it is never reused; null if it had none, and"
                  + " on rows of handles.")
          .holding(PersonalData.KEY)
          .orNull()
          .notNegative();

  public static final TableColumn ERASED_DATE =
      TableColumn.date("erased_date", "UTC day of the erasure.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("runs", "erased_accounts")
          .purpose(
              "Names of erased accounts as salted hashes, so that later dumps do not bring"
                  + " them back.")
          .grain("one row per erased account and name")
          .writer("erase")
          .key(NETWORK, NAME_KIND, NAME_HASH)
          .columns(NETWORK, NAME_KIND, NAME_HASH, SALT, KEY_GIVEN, ERASED_DATE);

  private ErasedAccounts() {}
}
