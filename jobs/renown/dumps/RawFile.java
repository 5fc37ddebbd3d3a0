package renown.dumps;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A raw dump file that can be read.
 *
 * @param network the first folder under the raw root
 * @param date the day in the name of the second, {@code dt=YYYY-MM-DD}
 * @param path relative to the raw root, with {@code /}
 * @param size bytes as stored
 * @param modifiedAt as the file system says
 * @param compression by the name's end; of an archive, how the whole of it is packed
 * @param archive by the name's end
 */
public record RawFile(
    String network,
    LocalDate date,
    String path,
    long size,
    Instant modifiedAt,
    Compression compression,
    Archive archive)
    implements Serializable {

  /** A file that is not an archive. */
  public RawFile(
      String network,
      LocalDate date,
      String path,
      long size,
      Instant modifiedAt,
      Compression compression) {
    this(network, date, path, size, modifiedAt, compression, Archive.NONE);
  }

  /** Whether it is a Parquet file, by its name's extension. */
  public boolean isParquet() {
    return path.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }
}
