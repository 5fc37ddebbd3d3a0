package renown.tables;

/**
 * Which topics words go with, as learned from posts that name their topics. Grain: one row per
 * network, language, word and topic.
 */
public final class TopicWords {
  /** In place of a word: any. */
  public static final String ANY = "*";

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn LANGUAGE =
      TableColumn.text(
          "language", "ISO 639 code of the posts: as stated by the network, else detected.");
  public static final TableColumn WORD =
      TableColumn.text(
              "word",
              "Lower case, without the accents of Latin, Greek and Cyrillic letters; * for any"
                  + " word. Words of fewer than two authors are not kept.")
          .holding(PersonalData.WORDS);
  public static final TableColumn TOPIC_ID =
      TableColumn.text(
          "topic_id",
          "A topic that posts with the word named by a hashtag, a site or a community; * for all"
              + " posts.");
  public static final TableColumn AUTHOR_COUNT =
      TableColumn.number(
              "author_count",
              "Distinct authors, counted once a night and decayed with topics.half-life-days.")
          .withRule("author_count > 0");
  public static final TableColumn WEIGHT =
      TableColumn.number(
              "weight",
              "What the word adds to the log odds of the topic: the lower end of the 99.5 %"
                  + " interval of the log odds ratio, or as corrected by topics.words; 0 if it"
                  + " tells nothing; null for *.")
          .orNull();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "topic_words")
          .purpose("The words that tell topics, learned each night.")
          .grain("one row per network, language, word and topic")
          .writer("topics")
          .key(NETWORK, LANGUAGE, WORD, TOPIC_ID)
          .retention("rewritten each night")
          .columns(NETWORK, LANGUAGE, WORD, TOPIC_ID, AUTHOR_COUNT, WEIGHT, NIGHT);

  private TopicWords() {}
}
