package renown.tables;

/**
 * Acts that do not count yet: on posts whose author is not known, since their line names the post
 * alone and no dump so far held it; and those told again under one id at a later time, of which
 * nobody knows yet whether the first was over by then. Grain: one row per act.
 *
 * <p>A table of its own: to interactions rows are only added, while this one is small and written
 * anew each night; as one, all who read acts would have to leave these out.
 */
public final class WaitingInteractions {
  /** In place of an account that is not known yet. */
  public static final long NOT_KNOWN = Long.MAX_VALUE;

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RECORD_PRINT_HIGH = Interactions.RECORD_PRINT_HIGH;
  public static final TableColumn RECORD_PRINT_LOW = Interactions.RECORD_PRINT_LOW;
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
                  + " conversation about it. Where the target is known, as in interactions, and"
                  + " empty if there is none.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn TARGET_KEY =
      TableColumn.whole(
              "target_key",
              "Whom the act is about, if it stands in interactions already with this fingerprint"
                  + " with an earlier time: it waits for the deletion that comes between the two;"
                  + " 9223372036854775807 if it waits for a post.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn TARGET_HANDLE =
      TableColumn.text(
              "target_handle",
              "Name by which the act addresses a participant in the conversation about the"
                  + " post: a full handle if it begins with @, else possibly abbreviated. Empty"
                  + " if the target is the post's author.")
          .holding(PersonalData.NAME);
  public static final TableColumn VIA_PRINT_HIGH = Interactions.VIA_PRINT_HIGH;
  public static final TableColumn VIA_PRINT_LOW = Interactions.VIA_PRINT_LOW;
  public static final TableColumn HAPPENED_AT =
      TableColumn.instant("happened_at", "Time of the act as stated by the network.");
  public static final TableColumn NIGHT =
      TableColumn.date("night", "Night on which it began to wait.");
  public static final TableColumn AMOUNT =
      TableColumn.whole("amount", "As in interactions; null as there.").orNull().notNegative();
  public static final TableColumn SHOWN_AT =
      TableColumn.instant(
              "shown_at",
              "When the act was still shown as done, where its line tells that and it is a second"
                  + " or more after happened_at: a deletion between the two was followed by doing"
                  + " it again; null otherwise.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "waiting_interactions")
          .purpose(
              "Interactions that do not count yet: the line names only a post that no dump has"
                  + " held, or the same act stands with an earlier time and was not deleted in"
                  + " between.")
          .grain("one row per act")
          .writer("ingest")
          .key(
              NETWORK,
              RECORD_PRINT_HIGH,
              RECORD_PRINT_LOW,
              VERB,
              OBJECT_ID,
              TARGET_HANDLE,
              TARGET_KEY,
              HAPPENED_AT)
          .retention("until the post or the deletion is loaded, at most ingest.waiting-days nights")
          .columns(
              NETWORK,
              RECORD_PRINT_HIGH,
              RECORD_PRINT_LOW,
              RECORD_DATE,
              VERB,
              ACTOR_KEY,
              OBJECT_ID,
              TARGET_HANDLE,
              TARGET_KEY,
              VIA_PRINT_HIGH,
              VIA_PRINT_LOW,
              HAPPENED_AT,
              NIGHT,
              AMOUNT,
              SHOWN_AT);

  private WaitingInteractions() {}
}
