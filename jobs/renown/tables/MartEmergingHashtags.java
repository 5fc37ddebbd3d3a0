package renown.tables;

/** Hashtags that no taxonomy knows yet and many use. Grain: one row per network and hashtag. */
public final class MartEmergingHashtags {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn HASHTAG =
      TableColumn.text("hashtag", "Letters and digits, lower case, without accents.")
          .holding(PersonalData.WORDS);
  public static final TableColumn PLACE =
      TableColumn.whole(
              "place",
              "By number of authors: first hashtags without a topic, then those with one;"
                  + " from 1.")
          .withRule("place > 0");
  public static final TableColumn AUTHOR_COUNT =
      TableColumn.whole(
              "author_count",
              "Accounts that used it in the last 28 nights, counted once a" + " night.")
          .withRule("author_count > 0");
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Posts with it in the last 28 nights.")
          .withRule("post_count > 0");
  public static final TableColumn AUTHOR_COUNT_BEFORE =
      TableColumn.whole(
              "author_count_before", "Accounts that used it in the 28 nights before those.")
          .notNegative();
  public static final TableColumn TOPIC_ID =
      TableColumn.text(
              "topic_id",
              "Topic assigned to it by co-occurrence; null if no topic is likely enough.")
          .orNull();
  public static final TableColumn TOPIC_CONFIDENCE =
      TableColumn.number(
              "topic_confidence",
              "Lower bound (Wilson, 95 %, one-sided) of the share of its authors who use it"
                  + " with the topic; null without topic.")
          .orNull()
          .between(0, 1);
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_emerging_hashtags")
          .purpose("Popular hashtags that are not in the taxonomy yet.")
          .grain("one row per network and hashtag")
          .writer("topics")
          .key(NETWORK, HASHTAG)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              HASHTAG,
              PLACE,
              AUTHOR_COUNT,
              POST_COUNT,
              AUTHOR_COUNT_BEFORE,
              TOPIC_ID,
              TOPIC_CONFIDENCE,
              NIGHT);

  private MartEmergingHashtags() {}
}
