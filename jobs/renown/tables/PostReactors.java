package renown.tables;

/**
 * Who reacted to which post of late, so that who reacts again does not count again and what is
 * taken back stops counting. Grain: one row per post, account and night on which it reacted to the
 * post or took a reaction back; the last night's counts.
 */
public final class PostReactors {
  public static final TableColumn POST_PRINT_HIGH = PostReactions.POST_PRINT_HIGH;

  public static final TableColumn POST_PRINT_LOW = PostReactions.POST_PRINT_LOW;

  public static final TableColumn AUTHOR_KEY = Posts.AUTHOR_KEY;

  public static final TableColumn ACTOR_KEY =
      TableColumn.whole("actor_key", "Account that reacted.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn ACT_COUNT =
      TableColumn.whole(
          "act_count", "Its reactions to the post up to the night, minus those taken back.");

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
      TableColumn.date("night", "Night on which it reacted to the post or took a reaction back.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "post_reactors")
          .purpose("Which accounts have reacted to which post, so that each counts once.")
          .grain("one row per post, account and night on which it reacted or took that back")
          .writer("score")
          .key(POST_PRINT_HIGH, POST_PRINT_LOW, ACTOR_KEY, NIGHT)
          .clusteredBy(NIGHT)
          .retention("kept for 30 days; dropped file by file")
          .columns(
              POST_PRINT_HIGH,
              POST_PRINT_LOW,
              AUTHOR_KEY,
              ACTOR_KEY,
              ACT_COUNT,
              FIRST_AT,
              CREDIBILITY,
              NIGHT);

  private PostReactors() {}
}
