package renown.dumps;

/** Whether a raw file holds lines or files with lines, told by the end of its name. */
public enum Archive {
  /** Lines. */
  NONE,
  /** A tar file, plain or packed as a whole. */
  TAR,
  /** A zip file. */
  ZIP
}
