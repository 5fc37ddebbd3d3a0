package renown.tables;

/**
 * Text of posts, apart from them so that it can be forgotten in time. Grain: one row per post whose
 * text is still kept.
 */
public final class PostTexts {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn POST_ID = Posts.POST_ID;
  public static final TableColumn RECORD_DATE = TableColumn.date("record_date", "As in posts.");
  public static final TableColumn TEXT =
      TableColumn.text("text", "The post's text as written.").holding(PersonalData.WORDS);
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "post_texts")
          .purpose("Text of posts, in a separate table with its own retention.")
          .grain("one row per post whose text is retained")
          .writer("ingest")
          .key(NETWORK, POST_ID)
          .clusteredBy(RECORD_DATE, NIGHT)
          .changesInPlace()
          .retention("retention.text-days after the night that loaded it")
          .columns(NETWORK, POST_ID, RECORD_DATE, TEXT, NIGHT);

  private PostTexts() {}
}
