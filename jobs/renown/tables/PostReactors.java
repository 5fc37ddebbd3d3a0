package renown.tables;

/**
 * Who reacted to which post of late, so that who reacts again does not count again and what is
 * taken back stops counting. Grain: one row per post and account that reacted to it.
 */
public final class PostReactors {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn POST_ID = Posts.POST_ID;

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn ACTOR_KEY =
      TableColumn.whole("actor_key", "Account that reacted.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn ACT_COUNT =
      TableColumn.whole("act_count", "Its reactions to the post minus those taken back.")
          .withRule("act_count <> 0");

  public static final TableColumn FIRST_AT =
      TableColumn.instant(
              "first_at", "Its first reaction, which counts; null if none was ever seen.")
          .orNull();

  public static final TableColumn CREDIBILITY =
      TableColumn.number(
              "credibility",
              "Its credibility when it was counted, by which it counts; 0 if it does not.")
          .between(0, 1);

  public static final TableColumn NIGHT =
      TableColumn.date("night", "Night of its last reaction to the post, or of taking one back.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "post_reactors")
          .purpose("Which accounts have reacted to which post, so that each counts once.")
          .grain("one row per post and account that reacted to it in the last 30 days")
          .writer("score")
          .key(NETWORK, POST_ID, ACTOR_KEY)
          .retention("rewritten each night; kept for 30 days after the last reaction")
          .columns(
              NETWORK, POST_ID, AUTHOR_KEY, ACTOR_KEY, ACT_COUNT, FIRST_AT, CREDIBILITY, NIGHT);

  private PostReactors() {}
}
