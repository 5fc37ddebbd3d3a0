package renown.tables;

/** The topics there are and how many accounts are known for them. Grain: one row per topic. */
public final class MartTopics {
  public static final Column TOPIC_ID =
      Column.text("topic_id", "Its id: a text, however much it may look like a number.");
  public static final Column LABEL_EN =
      Column.text("label_en", "Its name in English, or else in the first language there is.");
  public static final Column LABEL_ES =
      Column.text("label_es", "Its name in Spanish; null where there is none.").orNull();
  public static final Column LABELS =
      Column.texts("labels", "Its names in all languages, each as language=name.");
  public static final Column PARENT_IDS =
      Column.texts("parent_ids", "Topics directly above; empty for a root.");
  public static final Column ANCESTOR_IDS =
      Column.texts("ancestor_ids", "All topics above, each once.");
  public static final Column WIKIDATA_ID =
      Column.text("wikidata_id", "Such as Q333; null where it is not known.").orNull();
  public static final Column TAXONOMY = Column.text("taxonomy", "Where the topic is from.");
  public static final Column ACCOUNT_COUNT =
      Column.whole("account_count", "Accounts with a row in mart_topic_scores.").notNegative();
  public static final Column EXPERT_COUNT =
      Column.whole("expert_count", "Of those, accounts with a number of expertise.").notNegative();
  public static final Column NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topics")
          .purpose("The topics there are and how many accounts are known for them.")
          .grain("one row per topic")
          .writer("topics")
          .key(TOPIC_ID)
          .retention("rewritten each night")
          .columns(
              TOPIC_ID,
              LABEL_EN,
              LABEL_ES,
              LABELS,
              PARENT_IDS,
              ANCESTOR_IDS,
              WIKIDATA_ID,
              TAXONOMY,
              ACCOUNT_COUNT,
              EXPERT_COUNT,
              NIGHT);

  private MartTopics() {}
}
