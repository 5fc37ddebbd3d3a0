package renown.dumps;

/**
 * A line that cannot be parsed. The message is the reason; it never contains the line's content.
 */
public final class RejectedLineException extends Exception {
  /**
   * @param reason a short stable text, the same for the same fault, such as {@code "not JSON:
   *     unexpected end"} or {@code "commit.record.createdAt: not a time"}
   */
  public RejectedLineException(String reason) {
    super(reason, null, false, false);
  }
}
