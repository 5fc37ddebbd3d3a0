package renown.tables;

/**
 * Raw files that were read, so that none is read twice. Grain: one row per raw file, content and
 * modification time.
 */
public final class LoadedFiles {
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column FILE_DATE =
      Column.date("file_date", "The dt= of the folder the file lay in.");
  public static final Column PATH = Column.text("path", "Path under the raw root.");
  public static final Column SIZE = Column.whole("size", "Bytes as stored.").notNegative();
  public static final Column CHECKSUM =
      Column.whole(
          "checksum", "CRC32C of the bytes as stored; slices of a large file are added up.");
  public static final Column MODIFIED_AT =
      Column.instant(
          "modified_at",
          "Modification time the file system gave; only to spare reading an "
              + "unchanged file again.");
  public static final Column LINE_COUNT =
      Column.whole("line_count", "Lines read, blank ones not counted.").notNegative();
  public static final Column ACCEPTED_COUNT =
      Column.whole(
              "accepted_count",
              "Lines that said something we use, whether or not it was known before.")
          .notNegative();
  public static final Column IGNORED_COUNT =
      Column.whole("ignored_count", "Well-formed lines of a kind that we have no use for.")
          .notNegative();
  public static final Column REJECTED_COUNT =
      Column.whole("rejected_count", "Lines that went to rejects.").notNegative();
  public static final Column NIGHT = CommonColumns.NIGHT;

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
