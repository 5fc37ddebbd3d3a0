package renown.tables;

/**
 * Kinds of lines or statements that were left out by rule, so that a new kind is noticed. Grain:
 * one row per network, rule and night.
 */
public final class IgnoredKinds {
  /** The rule by which lines count that told nothing new. */
  public static final String DUPLICATE_LINE = "duplicate line";

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RULE =
      TableColumn.text(
          "rule",
          "What was left out, such as \"collection app.bsky.feed.threadgate\". \"duplicate line\": "
              + "lines whose record was known, or deleted, before.");
  public static final TableColumn STATEMENT_COUNT =
      TableColumn.whole("statement_count", "How often that night.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "ignored_kinds")
          .purpose(
              "Kinds of lines or statements that were left out by rule, so that a "
                  + "new kind is noticed.")
          .grain("one row per network, rule and night")
          .writer("ingest")
          .key(NETWORK, RULE, NIGHT)
          .columns(NETWORK, RULE, STATEMENT_COUNT, NIGHT);

  private IgnoredKinds() {}
}
