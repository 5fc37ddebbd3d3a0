package renown.dumps;

/** The compression of a raw file, by its name's extension. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  BZIP2(".bz2"),
  ZSTD(".zst");

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** The extension, such as {@code .gz}; empty for {@link #NONE}. */
  public String extension() {
    return extension;
  }
}
