package renown.tables;

/** With which half-life the sums of topics were made. Grain: one row per lake. */
public final class TopicClocks {
  public static final TableColumn HALF_LIFE_DAYS =
      TableColumn.whole(
              "half_life_days", "Days in which weight halves in the sums of topic_increments.")
          .withRule("half_life_days > 0");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("topics", "topic_clocks")
          .purpose("With which half-life the sums of topics were made.")
          .grain("one row per lake")
          .writer("topics")
          .key(HALF_LIFE_DAYS)
          .columns(HALF_LIFE_DAYS);

  private TopicClocks() {}
}
