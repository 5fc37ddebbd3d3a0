package renown.tables;

/**
 * Lines and files that could not be understood, with the reason; never their content. Grain: one
 * row per line, or per file that could not be read to its end.
 */
public final class Rejects {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn PATH = TableColumn.text("path", "Path under the raw root.");
  public static final TableColumn LINE_NUMBER =
      TableColumn.whole("line_number", "1 for the first line; 0 for the file as a whole.")
          .notNegative();
  public static final TableColumn REASON =
      TableColumn.text(
          "reason", "What is wrong and where in the line; the same text for the same error.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "rejects")
          .purpose(
              "Lines and files that could not be parsed, with the reason; never their"
                  + " content.")
          .grain(
              "one row per line, or per file that could not be read to the end; of a file with"
                  + " more bad lines the first 1,000, while loaded_files counts all")
          .writer("ingest")
          .key(PATH, LINE_NUMBER, REASON, NIGHT)
          .clusteredBy(NIGHT)
          .columns(NETWORK, PATH, LINE_NUMBER, REASON, NIGHT);

  private Rejects() {}
}
