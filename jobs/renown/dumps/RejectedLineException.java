package renown.dumps;

/**
 * A line that cannot be parsed. The message is the reason; it never contains the line's content.
 */
public final class RejectedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isOfExtent;

  /**
   * @param reason a short stable text, the same for the same fault, such as {@code "not JSON:
   *     unexpected end"} or {@code "commit.record.createdAt: not a time"}
   */
  public RejectedLineException(String reason) {
    this(reason, false);
  }

  private RejectedLineException(String reason, boolean isOfExtent) {
    super(reason, null, false, false);
    this.isOfExtent = isOfExtent;
  }

  /** The rejection of a line that ends before its JSON value does, or goes on behind it. */
  public static RejectedLineException ofExtent(String reason) {
    return new RejectedLineException(reason, true);
  }

  /** Whether the line may hold a part of a JSON value, or several, rather than one. */
  public boolean isOfExtent() {
    return isOfExtent;
  }
}
