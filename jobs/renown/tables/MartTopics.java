package renown.tables;

/** The topics there are and how many accounts are known for them. Grain: one row per topic. */
public final class MartTopics {
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Its id, always text, even if it looks like a number.");
  public static final TableColumn LABEL_EN =
      TableColumn.text("label_en", "Its name in English, or else in its first language.");
  public static final TableColumn LABEL_ES =
      TableColumn.text("label_es", "Its name in Spanish; null if there is none.").orNull();
  public static final TableColumn LABELS =
      TableColumn.texts("labels", "Its names in all languages, each as language=name.");
  public static final TableColumn PARENT_IDS =
      TableColumn.texts("parent_ids", "Direct parents; empty for a root.");
  public static final TableColumn ANCESTOR_IDS =
      TableColumn.texts("ancestor_ids", "All ancestors, each once.");
  public static final TableColumn WIKIDATA_ID =
      TableColumn.text("wikidata_id", "Wikidata id such as Q333; null if unknown.").orNull();
  public static final TableColumn TAXONOMY = TableColumn.text("taxonomy", "Source of the topic.");
  public static final TableColumn ACCOUNT_COUNT =
      TableColumn.whole("account_count", "Accounts with a row in mart_topic_scores.").notNegative();
  public static final TableColumn EXPERT_COUNT =
      TableColumn.whole("expert_count", "Of those, accounts with an expertise.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topics")
          .purpose("All topics, with the number of accounts in each.")
          .grain("one row per topic")
          .writer("topics")
          .key(TOPIC_ID)
          .retention("rewritten when the taxonomy or a count changes")
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
