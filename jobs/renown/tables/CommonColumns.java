package renown.tables;

/** Columns that mean the same in every table that has them. */
final class CommonColumns {
  static final Column NETWORK =
      Column.text("network", "Name of the network, as in the raw folder and in conf.");

  static final Column ACCOUNT_KEY =
      Column.whole(
              "account_key",
              "Dense key of the account, given once: network number * 2^40 + index within the network.")
          .holding(PersonalData.KEY)
          .notNegative();

  static final Column NIGHT = Column.date("night", "UTC day whose run wrote the row.");

  private CommonColumns() {}
}
