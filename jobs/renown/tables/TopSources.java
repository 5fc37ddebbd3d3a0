package renown.tables;

/**
 * Where the influence of an account comes from: its largest sources. Grain: one row per account,
 * source and night, for the latest two nights.
 */
public final class TopSources {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn SOURCE_KEY =
      TableColumn.whole("source_key", "Account that attends to it.")
          .holding(PersonalData.KEY)
          .notNegative();
  public static final TableColumn PLACE =
      TableColumn.whole("place", "1 for the largest source.").withRule("place > 0");
  public static final TableColumn RANK_PART =
      TableColumn.number(
              "rank_part",
              "Rank received over this edge: damping factor * rank of the source * weight of"
                  + " the edge / total weight of its edges.")
          .between(0, 1);
  public static final TableColumn AUTHORITY_PART =
      TableColumn.number(
              "authority_part",
              "What that adds to the value of the account's term authority in the score.")
          .notNegative();

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "top_sources")
          .purpose("Where an account's influence comes from: its largest sources.")
          .grain("one row per account, source and night, for the latest two nights")
          .writer("score")
          .key(NIGHT, ACCOUNT_KEY, SOURCE_KEY)
          .retention("two nights")
          .columns(NETWORK, ACCOUNT_KEY, SOURCE_KEY, PLACE, RANK_PART, AUTHORITY_PART, NIGHT);

  private TopSources() {}
}
