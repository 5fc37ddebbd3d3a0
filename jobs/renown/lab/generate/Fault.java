package renown.lab.generate;

/** What is wrong with a line. */
enum Fault {
  /** Nothing. */
  NONE,
  /** A field that a reader cannot do without has another type. */
  WRONG_TYPE,
  /** The text holds bytes that are not UTF-8. */
  INVALID_UTF8,
  /** It says that it was seen decades from now. */
  FUTURE
}
