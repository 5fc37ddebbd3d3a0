package renown.tables;

/**
 * Kinds of lines or statements that were left out by rule, so that a new kind is noticed. Grain:
 * one row per network, rule and night.
 *
 * <p>Beside loaded files and rejects, which have other grains: a file, a line, a rule. What a night
 * has none of is not committed.
 */
public final class IgnoredKinds {
  /** The rule under which lines without new information are counted. */
  public static final String DUPLICATE_LINE = "duplicate line";

  /** The rule by which files count that cannot be taken for dumps. */
  public static final String UNREADABLE_FILE = "unreadable file";

  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn RULE =
      TableColumn.text(
          "rule",
          "What was left out, such as \"collection app.bsky.feed.threadgate\". \"duplicate line\":"
              + " lines whose record was known, or deleted, before. \"unreadable file\": files"
              + " whose place or name is none of a dump, on each night that finds them.");
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
