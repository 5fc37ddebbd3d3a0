package renown.tables;

/**
 * Raw files that were read, so that none is read twice. Grain: one row per raw file, content and
 * modification time.
 */
public final class LoadedFiles {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn FILE_DATE =
      TableColumn.date("file_date", "The dt= of the folder the file lay in.");
  public static final TableColumn PATH = TableColumn.text("path", "Path under the raw root.");
  public static final TableColumn SIZE =
      TableColumn.whole("size", "Bytes as stored.").notNegative();
  public static final TableColumn CHECKSUM =
      TableColumn.whole(
          "checksum", "CRC32C of the bytes as stored; slices of a large file are added up.");
  public static final TableColumn MODIFIED_AT =
      TableColumn.instant(
          "modified_at",
          "Modification time the file system gave; only to spare reading an "
              + "unchanged file again.");
  public static final TableColumn LINE_COUNT =
      TableColumn.whole("line_count", "Lines read, blank ones not counted.").notNegative();
  public static final TableColumn ACCEPTED_COUNT =
      TableColumn.whole(
              "accepted_count",
              "Lines that said something we use, whether or not it was known before.")
          .notNegative();
  public static final TableColumn IGNORED_COUNT =
      TableColumn.whole("ignored_count", "Well-formed lines of a kind that we have no use for.")
          .notNegative();
  public static final TableColumn REJECTED_COUNT =
      TableColumn.whole("rejected_count", "Lines that went to rejects.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "loaded_files")
          .purpose("Raw files that were read, so that none is read twice.")
          .grain("one row per raw file, content and modification time")
          .writer("ingest")
          .key(PATH, CHECKSUM, MODIFIED_AT)
          .clusteredBy(NIGHT)
          .columns(
              NETWORK,
              FILE_DATE,
              PATH,
              SIZE,
              CHECKSUM,
              MODIFIED_AT,
              LINE_COUNT,
              ACCEPTED_COUNT,
              IGNORED_COUNT,
              REJECTED_COUNT,
              NIGHT);

  private LoadedFiles() {}
}
