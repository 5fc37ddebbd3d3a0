package renown.dumps;

import java.io.Serializable;
import java.util.List;
import renown.run.Config;
import renown.run.ConfigKey;

/**
 * What a raw file may take of a task's memory and time: whoever writes the file chooses all of it.
 * What goes beyond costs the file, or what is left of it, and the reject names the key.
 *
 * @param longestLine bytes of a line, or of a value of JSON
 * @param zstdWindow bytes of the window that a Zstandard frame may ask for
 * @param unpacked bytes that a file may become
 * @param unpackedPerByte bytes that a stored byte may become, on average
 * @param archiveMembers members of an archive, folders included
 * @param rowGroup bytes of a row group of Parquet, unpacked
 */
public record ReadLimits(
    int longestLine,
    long zstdWindow,
    long unpacked,
    long unpackedPerByte,
    long archiveMembers,
    long rowGroup)
    implements Serializable {
  public static final ConfigKey<Long> ZSTD_WINDOW =
      ConfigKey.integer(
          "ingest.zstd-window-bytes-max",
          1L << 27,
          1024,
          1L << 31,
          "A Zstandard file that asks for a larger window is rejected. Each task needs as much"
              + " memory outside its heap; files made by zstd --long=31, such as Reddit's, need"
              + " 2147483648.");

  public static final ConfigKey<Long> UNPACKED =
      ConfigKey.integer(
          "ingest.unpacked-bytes-max",
          1L << 40,
          1024,
          1L << 50,
          "A packed file is read as far as this many bytes, unpacked; the rest is rejected.");

  public static final ConfigKey<Long> UNPACKED_PER_BYTE =
      ConfigKey.integer(
          "ingest.unpacked-bytes-per-byte-max",
          250,
          2,
          1L << 30,
          "A packed file that becomes more than this many times as large is no dump: from the"
              + " first 64 MiB on, the rest is rejected. Dumps become 4 to 40 times as large.");

  public static final ConfigKey<Long> ARCHIVE_MEMBERS =
      ConfigKey.integer(
          "ingest.archive-members-max",
          1_000_000,
          1,
          1L << 40,
          "An archive is read as far as this many members; the rest is rejected.");

  public static final ConfigKey<Long> ROW_GROUP =
      ConfigKey.integer(
          "ingest.row-group-bytes-max",
          1L << 29,
          1 << 16,
          1L << 36,
          "A Parquet file is read up to a row group of more bytes, unpacked: each task holds one"
              + " in memory.");

  /** All but the longest line. */
  public static final List<ConfigKey<?>> KEYS =
      List.of(ZSTD_WINDOW, UNPACKED, UNPACKED_PER_BYTE, ARCHIVE_MEMBERS, ROW_GROUP);

  /** So little may be unpacked from next to nothing. */
  private static final long ALWAYS_UNPACKED = 1L << 26;

  /** Those of a configuration. */
  public static ReadLimits of(Config config, int longestLine) {
    return new ReadLimits(
        longestLine,
        config.value(ZSTD_WINDOW),
        config.value(UNPACKED),
        config.value(UNPACKED_PER_BYTE),
        config.value(ARCHIVE_MEMBERS),
        config.value(ROW_GROUP));
  }

  /** What the keys say where nobody sets them. */
  public static ReadLimits ofLines(int longestLine) {
    return new ReadLimits(
        longestLine,
        ZSTD_WINDOW.defaultValue().orElseThrow(),
        UNPACKED.defaultValue().orElseThrow(),
        UNPACKED_PER_BYTE.defaultValue().orElseThrow(),
        ARCHIVE_MEMBERS.defaultValue().orElseThrow(),
        ROW_GROUP.defaultValue().orElseThrow());
  }

  /** The logarithm of the largest window. */
  int zstdWindowLog() {
    return 63 - Long.numberOfLeadingZeros(zstdWindow);
  }

  /**
   * @param stored bytes read of the file
   * @throws Exceeded if they became too many
   */
  void checkUnpacked(long count, long stored) throws Exceeded {
    if (count > unpacked) {
      throw new Exceeded("it becomes more than %d bytes", unpacked, UNPACKED);
    }
    if (count > ALWAYS_UNPACKED && count / unpackedPerByte > stored) {
      throw new Exceeded(
          "it becomes more than %d times as large", unpackedPerByte, UNPACKED_PER_BYTE);
    }
  }

  void checkMembers(long count) throws Exceeded {
    if (count > archiveMembers) {
      throw new Exceeded("the archive has more than %d members", archiveMembers, ARCHIVE_MEMBERS);
    }
  }

  void checkRowGroup(long bytes) throws Exceeded {
    if (bytes > rowGroup || bytes < 0) {
      throw new Exceeded("a row group has more than %d bytes", rowGroup, ROW_GROUP);
    }
  }

  Exceeded window() {
    return new Exceeded("it asks for a window of more than %d bytes", zstdWindow, ZSTD_WINDOW);
  }

  /** A file wants more than it may. */
  static final class Exceeded extends java.io.IOException {
    private static final long serialVersionUID = 1L;

    private Exceeded(String what, long limit, ConfigKey<Long> key) {
      super(what.formatted(limit) + " (" + key.name() + ")");
    }
  }
}
