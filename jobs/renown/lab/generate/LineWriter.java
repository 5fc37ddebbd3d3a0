package renown.lab.generate;

/** Writes events in a network's dump format, without line ends. */
interface LineWriter {
  /**
   * Writes a line.
   *
   * @param fault what to do wrong; {@link Fault#INVALID_UTF8} needs an event with a post
   */
  void write(Event event, Fault fault, LineBuffer out);

  /** Whether a fault can be put into the event's line. */
  boolean takes(Event event, Fault fault);

  /** Writes a well-formed line of a kind unrelated to attention. */
  void writeUnknown(Account account, long time, long key, LineBuffer out);

  /** The line terminator. */
  byte[] lineEnd();

  /** The writer of a society's network. */
  static LineWriter of(Society society) {
    return switch (society.network()) {
      case BLUESKY -> new BlueskyLines(society);
      case X -> new XLines(society);
    };
  }
}
