package renown.tables;

/**
 * Communities and what they are about. Grain: one row per community. Topics that no taxonomy knows
 * show here first.
 */
public final class MartCommunities {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn COMMUNITY_KEY =
      TableColumn.whole(
              "community_key",
              "Key of the account after which the community was first named; an opaque id that"
                  + " is stable for the community's lifetime.")
          .holding(PersonalData.GROUP)
          .notNegative();
  public static final TableColumn NAME =
      TableColumn.text(
              "name",
              "Its two most distinctive hashtags, else its most distinctive topics; null if it"
                  + " has neither.")
          .holding(PersonalData.WORDS)
          .orNull();
  public static final TableColumn MEMBER_COUNT =
      TableColumn.whole("member_count", "Accounts in it, at least 5.")
          .withRule("member_count >= 5");
  public static final TableColumn HASHTAGS =
      TableColumn.text(
              "hashtags",
              "Up to five hashtags, lower case, separated by blanks, that at least three members"
                  + " used in the last four nights and that other accounts of the network use less:"
                  + " those of the largest members using it * ln(share of the members / share of"
                  + " the network) first; empty if there are none.")
          .holding(PersonalData.WORDS);
  public static final TableColumn TOPIC_IDS =
      TableColumn.text(
          "topic_ids",
          "Up to three topics that its members post about, chosen likewise and separated by"
              + " blanks; ids as in mart_topics; empty if there are none.");
  public static final TableColumn LANGUAGE =
      TableColumn.text(
              "language",
              "The language that most members posted in, as stated by the network; null if it"
                  + " states none.")
          .orNull();
  public static final TableColumn LANGUAGE_SHARE =
      TableColumn.number(
              "language_share",
              "Share of the members with posts of a stated language that posted in it; null with"
                  + " language.")
          .orNull()
          .between(0, 1);
  public static final TableColumn BRIDGE_COUNT =
      TableColumn.whole(
              "bridge_count",
              "Members that carried posts into it from other communities tonight; see"
                  + " mart_community_members and mart_bridges.")
          .notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_communities")
          .purpose("Communities: how large they are, what they are about, in which language.")
          .grain("one row per community of at least five accounts")
          .writer("spread")
          .key(COMMUNITY_KEY)
          .clusteredBy(NETWORK)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              COMMUNITY_KEY,
              NAME,
              MEMBER_COUNT,
              HASHTAGS,
              TOPIC_IDS,
              LANGUAGE,
              LANGUAGE_SHARE,
              BRIDGE_COUNT,
              NIGHT);

  private MartCommunities() {}
}
