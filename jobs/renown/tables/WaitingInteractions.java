package renown.tables;

/**
 * Acts on posts whose author is not known yet, since their line names the post alone and no dump so
 * far held it. Grain: one row per act.
 */
public final class WaitingInteractions {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RECORD_ID =
      TableColumn.text("record_id", "The network's own id of the act, as in interactions.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn RECORD_DATE =
      TableColumn.date("record_date", "As in interactions.");
  public static final TableColumn VERB =
      TableColumn.text("verb", "As in interactions.")
          .oneOf(
              "repost", "quote", "reply", "mention", "like", "follow", "list", "block", "report",
              "mute", "zap", "vote");
  public static final TableColumn ACTOR_KEY =
      TableColumn.whole("actor_key", "Account that acted.").holding(PersonalData.KEY).notNegative();
  public static final TableColumn OBJECT_ID =
      TableColumn.text(
              "object_id",
              "Post it waits for: the target is the post's author, or a participant in the"
                  + " conversation about it.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn TARGET_HANDLE =
      TableColumn.text(
              "target_handle",
              "Name by which the act addresses a participant in the conversation about the"
                  + " post: a full handle if it begins with @, else possibly abbreviated. Empty"
                  + " if the target is the post's author.")
          .holding(PersonalData.NAME);
  public static final TableColumn VIA_ID =
      TableColumn.text("via_id", "As in interactions; null as there.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn HAPPENED_AT =
      TableColumn.instant("happened_at", "Time of the act as stated by the network.");
  public static final TableColumn NIGHT =
      TableColumn.date("night", "Night on which it began to wait.");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "waiting_interactions")
          .purpose(
              "Interactions with posts whose author is unknown, because the line names only"
                  + " the post and no dump has held it yet.")
          .grain("one row per act")
          .writer("ingest")
          .key(NETWORK, RECORD_ID, VERB, OBJECT_ID, TARGET_HANDLE)
          .retention("until the post is known, at most ingest.waiting-days nights")
          .columns(
              NETWORK,
              RECORD_ID,
              RECORD_DATE,
              VERB,
              ACTOR_KEY,
              OBJECT_ID,
              TARGET_HANDLE,
              VIA_ID,
              HAPPENED_AT,
              NIGHT);

  private WaitingInteractions() {}
}
