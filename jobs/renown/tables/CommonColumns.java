package renown.tables;

/** Columns that mean the same in every table that has them. */
final class CommonColumns {
  static final TableColumn NETWORK =
      TableColumn.text("network", "Name of the network, as in the raw folder and in conf.");

  static final TableColumn ACCOUNT_KEY =
      TableColumn.whole(
              "account_key",
              "Dense key of the account, assigned once: network number * 2^40 + index within"
                  + " the network.")
          .holding(PersonalData.KEY)
          .notNegative();

  static final TableColumn NIGHT = TableColumn.date("night", "Night (UTC day) that wrote the row.");

  private CommonColumns() {}
}
