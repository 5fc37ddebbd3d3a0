package renown.tables;

/** Posts that were seen and not deleted, without their text. Grain: one row per post. */
public final class Posts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID =
      TableColumn.text("post_id", "The network's own id of the post.")
          .holding(PersonalData.RECORD_ID);
  public static final TableColumn RECORD_DATE =
      TableColumn.date(
          "record_date",
          "Day encoded in the id, or of the time that belongs to it: bounds the search for"
              + " duplicates and deletions.");
  public static final TableColumn AUTHOR_KEY =
      TableColumn.whole("author_key", "Author.").holding(PersonalData.KEY).notNegative();
  public static final TableColumn HAPPENED_AT =
      TableColumn.instant(
          "happened_at", "When it was posted, as witnessed by the network, not as claimed.");
  public static final TableColumn LANGUAGE =
      TableColumn.text("language", "BCP 47 as stated by the network; null if unknown.").orNull();
  public static final TableColumn REPLY_TO_ID =
      TableColumn.text("reply_to_id", "Post it answers; null if none.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn THREAD_ID =
      TableColumn.text("thread_id", "First post of its thread, if the network says; null if none.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn QUOTED_ID =
      TableColumn.text("quoted_id", "Post it quotes; null if none.")
          .holding(PersonalData.RECORD_ID)
          .orNull();
  public static final TableColumn HASHTAGS =
      TableColumn.texts("hashtags", "As written, without #; empty if none.")
          .holding(PersonalData.WORDS);
  public static final TableColumn LINKS =
      TableColumn.texts("links", "Full URLs; empty if none.").holding(PersonalData.WORDS);
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn EDITED_AT =
      TableColumn.instant(
              "edited_at",
              "When its text was changed last, as stated by the network; null if it never was or"
                  + " the network does not say.")
          .orNull();
  public static final TableColumn TEXT_LENGTH =
      TableColumn.whole(
              "text_length",
              "Characters (Unicode code points) of the text of which the row is told: a longer copy"
                  + " of the same version replaces one that was cut; null if unknown.")
          .orNull()
          .notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "posts")
          .purpose("Posts that were seen and not deleted, without their text.")
          .grain("one row per post")
          .writer("ingest")
          .key(NETWORK, POST_ID)
          .clusteredBy(RECORD_DATE, NIGHT)
          .changesInPlace()
          .retention("kept until deleted or erased")
          .columns(
              NETWORK,
              POST_ID,
              RECORD_DATE,
              AUTHOR_KEY,
              HAPPENED_AT,
              LANGUAGE,
              REPLY_TO_ID,
              THREAD_ID,
              QUOTED_ID,
              HASHTAGS,
              LINKS,
              NIGHT,
              EDITED_AT,
              TEXT_LENGTH);

  private Posts() {}
}
