package renown.tables;

/**
 * Names of accounts that were erased, as salted hashes, so that no later file brings them back.
 * Grain: one row per erased account and name.
 */
public final class ErasedAccounts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn NAME_KIND =
      TableColumn.text("name_kind", "What the hash was made of: id or handle.")
          .oneOf("id", "handle");

  public static final TableColumn NAME_HASH =
      TableColumn.text(
              "name_hash",
              "SHA-256, in hexadecimal digits, of salt, network, name_kind and the name (a handle in small letters), a line break between them. Whoever has the table can try names out; nobody can read them from it.")
          .holding(PersonalData.HASH);

  public static final TableColumn SALT =
      TableColumn.text("salt", "Drawn once for the lake, in hexadecimal digits.");

  public static final TableColumn KEY_GIVEN =
      TableColumn.whole(
              "key_given",
              "Key that the account had, so that nobody else is given it; null where it had none, and on rows of handles.")
          .holding(PersonalData.KEY)
          .orNull()
          .notNegative();

  public static final TableColumn ERASED_DATE =
      TableColumn.date("erased_date", "UTC day on which it was erased.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("runs", "erased_accounts")
          .purpose(
              "Names of accounts that were erased, as salted hashes, so that no later file brings them back.")
          .grain("one row per erased account and name")
          .writer("erase")
          .key(NETWORK, NAME_KIND, NAME_HASH)
          .columns(NETWORK, NAME_KIND, NAME_HASH, SALT, KEY_GIVEN, ERASED_DATE);

  private ErasedAccounts() {}
}
