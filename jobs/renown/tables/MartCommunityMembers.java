package renown.tables;

/** Who belongs to which community, and who bridges it. Grain: one row per account. */
public final class MartCommunityMembers {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn COMMUNITY_KEY = MartCommunities.COMMUNITY_KEY;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn SCORE =
      TableColumn.number("score", "Its score on this night; null if it has none.")
          .orNull()
          .between(0, 100);
  public static final TableColumn BRIDGED_COUNT =
      TableColumn.whole(
              "bridged_count",
              "Accounts of the community that reached posts of other communities through it"
                  + " tonight, once per post; 0 if it bridged nothing.")
          .notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_community_members")
          .purpose("Members of communities, and the accounts that bridge them to others.")
          .grain("one row per account of a community of at least five accounts")
          .writer("spread")
          .key(ACCOUNT_KEY)
          .clusteredBy(NETWORK, COMMUNITY_KEY)
          .retention("rewritten each night")
          .columns(NETWORK, COMMUNITY_KEY, ACCOUNT_KEY, SCORE, BRIDGED_COUNT, NIGHT);

  private MartCommunityMembers() {}
}
