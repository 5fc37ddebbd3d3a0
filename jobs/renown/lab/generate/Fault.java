package renown.lab.generate;

/** The fault of a dirty line. */
enum Fault {
  /** Nothing. */
  NONE,
  /** A field that a reader cannot do without has another type. */
  WRONG_TYPE,
  /** The text holds bytes that are not UTF-8. */
  INVALID_UTF8,
  /** Its witness or creation time is decades in the future. */
  FUTURE
}
