package renown.tables;

/**
 * What was done to posts, and whom each act came through as it was decided on the night on which it
 * was loaded. Grain: one row per act, and one more where it was undone.
 */
public final class CascadeActs {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID =
      TableColumn.text(
              "post_id", "The post, or the first post of the thread that a reply stands in.")
          .holding(PersonalData.ID);
  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;
  public static final TableColumn POSTED_AT =
      TableColumn.instant(
              "posted_at",
              "When it was posted; null where the post was not seen in the month before the act.")
          .orNull();
  public static final TableColumn ACTOR_KEY =
      TableColumn.whole("actor_key", "Account that did it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn VERB =
      TableColumn.text("verb", "repost, quote, reply or like.")
          .oneOf("repost", "quote", "reply", "like");
  public static final TableColumn HAPPENED_AT =
      TableColumn.instant("happened_at", "As in interactions.");
  public static final TableColumn RECORD_HASH =
      TableColumn.whole(
              "record_hash",
              "xxhash64 of the act's record_id, by which later acts name it; 0 where it was undone.")
          .holding(PersonalData.HASH);
  public static final TableColumn PARENT_KEY =
      TableColumn.whole(
              "parent_key",
              "Account through which the actor came to the post: one that shared or answered it, or the author.")
          .holding(PersonalData.KEY);
  public static final TableColumn IS_RECORDED =
      TableColumn.flag(
          "is_recorded",
          "The network names the parent: by the repost it came through or the reply it answers; otherwise it is inferred from who attends to whom.");
  public static final TableColumn CONFIDENCE_SHARE =
      TableColumn.number(
              "confidence_share",
              "1 where recorded; else one over the number of accounts it may have come from as far as is known.")
          .between(0, 1);
  public static final TableColumn IN_AUDIENCE =
      TableColumn.flag(
          "in_audience", "The actor follows the author, or had reacted to something else of it.");
  public static final TableColumn CHANGE = Interactions.CHANGE;
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "cascade_acts")
          .purpose(
              "What was done to posts, and whom each act came through as it was decided on the night on which it was loaded.")
          .grain("one row per act, and one more where it was undone")
          .writer("spread")
          .key(NETWORK, POST_ID, ACTOR_KEY, VERB, HAPPENED_AT, CHANGE)
          .clusteredBy(NIGHT)
          .retention(
              "a post to which nothing was done for 30 nights is dropped, within 16 nights more")
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
              NIGHT);

  private CascadeActs() {}
}
