package renown.tables;

/**
 * Kinds of lines or statements that were left out by rule, so that a new kind is noticed. Grain:
 * one row per network, rule and night.
 */
public final class IgnoredKinds {
  /** The rule under which lines without new information are counted. */
  public static final String DUPLICATE_LINE = "duplicate line";

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RULE =
      TableColumn.text(
          "rule",
          "What was ignored, such as \"collection app.bsky.feed.threadgate\". \"duplicate"
              + " line\": lines whose record was already known or deleted.");
  public static final TableColumn STATEMENT_COUNT =
      TableColumn.whole("statement_count", "Number of occurrences that night.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "ignored_kinds")
          .purpose("Kinds of lines or statements ignored by rule, so that new kinds are noticed.")
          .grain("one row per network, rule and night")
          .writer("ingest")
          .key(NETWORK, RULE, NIGHT)
          .columns(NETWORK, RULE, STATEMENT_COUNT, NIGHT);

  private IgnoredKinds() {}
}
