package renown.dumps;

/** How a raw file is packed, told by the end of its name. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  BZIP2(".bz2"),
  ZSTD(".zst");

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /** What the name ends with, such as {@code .gz}; empty for {@link #NONE}. */
  public String extension() {
    return extension;
  }
}
