package renown.dumps;

/** Receives the statements of a line. If the line is rejected later, they are dropped. */
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
