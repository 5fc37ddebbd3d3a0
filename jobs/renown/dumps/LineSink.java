package renown.dumps;

/** Receives what one line says. What came before a rejection of the same line is dropped. */
public interface LineSink {
  /** A statement of the line. */
  void accept(ParsedRecord record);

  /**
   * The line, or a part of it, is well formed but says nothing that we use.
   *
   * @param rule a short, bounded name, such as {@code "kind app.bsky.feed.threadgate"}: counted in
   *     run health. At most 80 characters, printable ASCII.
   */
  void ignored(String rule);
}
