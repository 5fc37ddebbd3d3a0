package renown.tables;

/**
 * Log of what accounts did that shows attention to others, follows included, and of what was
 * undone. Grain: one row per act, and one more if it was undone.
 *
 * <p>An act's own id, and that of the repost it came through, are two numbers each: nobody asks for
 * their text again, and it was most of the table (456,000 acts of Bluesky took 14.0 MB, now 9.5).
 * The post keeps its id as text, since of a post that no dump has held it stands nowhere else, and
 * marts name such posts too; as numbers it would save 0.9 MB more. Network and verb are words that
 * a file holds once: as numbers they would save 0.04 MB.
 */
public final class Interactions {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RECORD_PRINT_HIGH =
      TableColumn.whole(
              "record_print_high",
              "Which act it is, such as the like, the retweet or the follow: upper half of the"
                  + " fingerprint of the network's own id, a hash of what stands before the number"
                  + " that the id ends with.")
          .holding(PersonalData.HASH);
  public static final TableColumn RECORD_PRINT_LOW =
      TableColumn.whole(
              "record_print_low",
              "Lower half: that number, or more of the hash where the id ends with none.")
          .holding(PersonalData.HASH);
  public static final TableColumn RECORD_DATE =
      TableColumn.date(
          "record_date",
          "Day encoded in the id, or of the time that belongs to it: bounds the search for"
              + " duplicates and deletions.");
  public static final TableColumn VERB =
      TableColumn.text(
              "verb",
              "repost, quote, reply, mention, like, follow, list, block, report, mute, zap (a"
                  + " payment, see amount) or vote (an anonymous up-vote on the post: actor_key is"
                  + " the network's own account).")
          .oneOf(
              "repost", "quote", "reply", "mention", "like", "follow", "list", "block", "report",
              "mute", "zap", "vote");
  public static final TableColumn ACTOR_KEY =
      TableColumn.whole("actor_key", "Account that acted: the source of the edge.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn TARGET_KEY =
      TableColumn.whole(
              "target_key",
              "Account that received the attention, directly or through a post: the"
                  + " destination of the edge.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn OBJECT_ID =
      TableColumn.text(
              "object_id",
              "Post reacted to, or list added to; null if there is none or the network does"
                  + " not say.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn VIA_PRINT_HIGH =
      TableColumn.whole(
              "via_print_high",
              "Repost through which the actor reached the post: its record_print_high; null if"
                  + " the network does not say.")
          .holding(PersonalData.HASH)
          .orNull();
  public static final TableColumn VIA_PRINT_LOW =
      TableColumn.whole("via_print_low", "Its record_print_low; null as there.")
          .holding(PersonalData.HASH)
          .orNull();
  public static final TableColumn HAPPENED_AT =
      TableColumn.instant(
          "happened_at",
          "Time of the act as witnessed by the network, not as claimed. The row that undoes"
              + " it has the same time.");
  public static final TableColumn CHANGE =
      TableColumn.whole("change", "1 for an act, -1 if undone.").withRule("change IN (1, -1)");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn AMOUNT =
      TableColumn.whole(
              "amount",
              "What the act was worth in the network's smallest unit: millisatoshi of a zap; null"
                  + " for acts that are worth nothing but themselves.")
          .orNull()
          .notNegative();
  public static final TableColumn SHOWN_AT =
      TableColumn.instant(
              "shown_at",
              "When the act was still shown as done, where its line tells that and it is a second"
                  + " or more after happened_at: a deletion between the two was followed by doing"
                  + " it again; null otherwise.")
          .orNull();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "interactions")
          .purpose("Log of all interactions, follows included, and of those undone.")
          .grain("one row per act, and one more if it was undone")
          .writer("ingest")
          .key(NETWORK, RECORD_PRINT_HIGH, RECORD_PRINT_LOW, VERB, TARGET_KEY, HAPPENED_AT, CHANGE)
          .clusteredBy(RECORD_DATE, NIGHT)
          .retention("kept until erased")
          .columns(
              NETWORK,
              RECORD_PRINT_HIGH,
              RECORD_PRINT_LOW,
              RECORD_DATE,
              VERB,
              ACTOR_KEY,
              TARGET_KEY,
              OBJECT_ID,
              VIA_PRINT_HIGH,
              VIA_PRINT_LOW,
              HAPPENED_AT,
              CHANGE,
              NIGHT,
              AMOUNT,
              SHOWN_AT);

  private Interactions() {}
}
