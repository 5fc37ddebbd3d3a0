package renown.tables;

/**
 * What was done to posts, and whom each act came through as it was decided on the night on which it
 * was loaded. Grain: one row per act, and one more if it was undone.
 */
public final class CascadeActs {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID =
      TableColumn.text(
              "post_id", "The post, or the first post of the thread that a reply belongs to.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;
  public static final TableColumn POSTED_AT =
      TableColumn.instant(
              "posted_at",
              "When it was posted; null if the post was not seen in the month before the act.")
          .orNull();
  public static final TableColumn ACTOR_KEY =
      TableColumn.whole("actor_key", "Account that acted.").holding(PersonalData.KEY).notNegative();
  public static final TableColumn VERB =
      TableColumn.text("verb", "repost, quote, reply or like.")
          .oneOf("repost", "quote", "reply", "like");
  public static final TableColumn HAPPENED_AT =
      TableColumn.instant("happened_at", "As in interactions.");
  public static final TableColumn RECORD_HASH =
      TableColumn.whole(
              "record_hash",
              "64 bits of the act's fingerprint in interactions, by which later acts refer to it,"
                  + " and by which it is undone.")
          .holding(PersonalData.HASH);
  public static final TableColumn PARENT_KEY =
      TableColumn.whole(
              "parent_key",
              "Account through which the actor reached the post: a sharer, a replier or the"
                  + " author.")
          .holding(PersonalData.KEY);
  public static final TableColumn IS_RECORDED =
      TableColumn.flag(
          "is_recorded",
          "True if the network names the parent, by the repost it came through or the reply"
              + " it answers; otherwise the parent is inferred from who attends to whom.");
  public static final TableColumn CONFIDENCE_SHARE =
      TableColumn.number(
              "confidence_share",
              "1 if recorded; else one over the number of accounts it may have come from, as"
                  + " far as known.")
          .between(0, 1);
  public static final TableColumn IN_AUDIENCE =
      TableColumn.flag(
          "in_audience",
          "The actor follows the author, or had reacted to another of its" + " posts.");
  public static final TableColumn CHANGE = Interactions.CHANGE;
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** What a night looks a post up by, as in {@link PostTopics#POST_PRINT_LOW}. */
  public static final TableColumn POST_PRINT_LOW = PostTopics.POST_PRINT_LOW;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "cascade_acts")
          .purpose(
              "Interactions with posts, each with its parent as decided on the night that"
                  + " loaded it.")
          .grain("one row per act, and one more if it was undone")
          .writer("spread")
          .key(NETWORK, POST_ID, ACTOR_KEY, VERB, HAPPENED_AT, RECORD_HASH, CHANGE)
          .clusteredBy(NIGHT)
          .retention("dropped within 16 nights once a post has had no activity for 30 nights")
          .columns(
              NETWORK,
              POST_ID,
              AUTHOR_KEY,
              POSTED_AT,
              ACTOR_KEY,
              VERB,
              HAPPENED_AT,
              RECORD_HASH,
              PARENT_KEY,
              IS_RECORDED,
              CONFIDENCE_SHARE,
              IN_AUDIENCE,
              CHANGE,
              NIGHT,
              POST_PRINT_LOW);

  private CascadeActs() {}
}
