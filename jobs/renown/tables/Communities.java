package renown.tables;

/** Who attends to whom more than chance would have it. Grain: one row per account with an edge. */
public final class Communities {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn COMMUNITY_KEY =
      TableColumn.whole(
              "community_key",
              "Key of the account after which the community was first named; an opaque id"
                  + " that is stable for the community's lifetime.")
          .holding(PersonalData.GROUP)
          .notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "communities")
          .purpose(
              "Communities: accounts that attend to one another more than chance would have"
                  + " it. Accounts without edges are in none.")
          .grain("one row per account that is not excluded and has an edge")
          .writer("spread")
          .key(ACCOUNT_KEY)
          .retention(
              "a network's are detected anew once it has a sixteenth more edges, and after a week;"
                  + " between, newcomers are added")
          .columns(NETWORK, ACCOUNT_KEY, COMMUNITY_KEY, NIGHT);

  private Communities() {}
}
