package renown.tables;

/**
 * Raw files that were read, so that none is read twice. Grain: one row per raw file, content and
 * modification time.
 */
public final class LoadedFiles {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn FILE_DATE =
      TableColumn.date("file_date", "The dt= partition that the file was in.");
  public static final TableColumn PATH = TableColumn.text("path", "Path under the raw root.");
  public static final TableColumn SIZE =
      TableColumn.whole("size", "Bytes as stored.").notNegative();
  public static final TableColumn CHECKSUM =
      TableColumn.whole(
          "checksum", "CRC32C of the bytes as stored; summed over the slices of a large file.");
  public static final TableColumn MODIFIED_AT =
      TableColumn.instant(
          "modified_at",
          "Modification time in the file system; used only to skip unchanged files.");
  public static final TableColumn LINE_COUNT =
      TableColumn.whole(
              "line_count",
              "Non-blank lines read; of JSON the values, of which a line may hold several.")
          .notNegative();
  public static final TableColumn ACCEPTED_COUNT =
      TableColumn.whole(
              "accepted_count", "Lines with usable statements, whether already known or not.")
          .notNegative();
  public static final TableColumn IGNORED_COUNT =
      TableColumn.whole("ignored_count", "Well-formed lines of a kind that is not used.")
          .notNegative();
  public static final TableColumn REJECTED_COUNT =
      TableColumn.whole("rejected_count", "Rejected lines, see rejects.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("core", "loaded_files")
          .purpose("Raw files loaded, so that none is loaded twice.")
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
