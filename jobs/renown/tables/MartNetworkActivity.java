package renown.tables;

/** What was loaded, by network and night. Grain: one row per network, night and measure. */
public final class MartNetworkActivity {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn MEASURE =
      TableColumn.text(
          "measure",
          "What is counted: repost, quote, reply, mention, like, follow, list, block, each also"
              + " with \"undone \" before it; post, deletion, account, file, line; and of the"
              + " lines, adding up to them: accepted line, duplicate line (its record was known"
              + " before), ignored line, rejected line. And unreadable file: it is there, but its"
              + " place or name is none of a dump; such files count again each night.");
  public static final TableColumn MEASURE_COUNT =
      TableColumn.whole("measure_count", "New ones that night.").notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_network_activity")
          .purpose("Loaded volume by network and night.")
          .grain("one row per network, night and measure")
          .writer("marts")
          .key(NETWORK, NIGHT, MEASURE)
          .columns(NETWORK, NIGHT, MEASURE, MEASURE_COUNT);

  private MartNetworkActivity() {}
}
