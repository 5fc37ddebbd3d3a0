package renown.tables;

/**
 * What stands above each topic, flat for tools that read no lists. Grain: one row per topic and
 * topic above it.
 */
public final class MartTopicAncestors {
  public static final TableColumn TOPIC_ID = TableColumn.text("topic_id", "Id of the topic.");
  public static final TableColumn ANCESTOR_ID =
      TableColumn.text("ancestor_id", "Id of a topic above it, or of the topic itself.");
  public static final TableColumn ANCESTOR_LABEL_EN =
      TableColumn.text("ancestor_label_en", "The ancestor's label_en in mart_topics.");
  public static final TableColumn IS_PARENT =
      TableColumn.flag(
          "is_parent", "Whether it is a direct parent; false for the topic" + " itself.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topic_ancestors")
          .purpose(
              "The taxonomy's ancestors as a flat table: join it with facts by topic_id to"
                  + " aggregate by any field.")
          .grain("one row per topic and ancestor, the topic itself included")
          .writer("topics")
          .key(TOPIC_ID, ANCESTOR_ID)
          .retention("rewritten when the taxonomy changes")
          .columns(TOPIC_ID, ANCESTOR_ID, ANCESTOR_LABEL_EN, IS_PARENT, NIGHT);

  private MartTopicAncestors() {}
}
