package renown.dumps;

/** Whether a raw file is plain lines or an archive of files, by its name's extension. */
public enum Archive {
  /** Lines. */
  NONE,
  /** A tar file, possibly compressed as a whole. */
  TAR,
  /** A zip file. */
  ZIP
}
