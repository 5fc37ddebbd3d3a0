package renown.run;

/** What the process says when it ends; the numbers are part of the product's contract. */
public enum ExitCode {
  /** Everything asked for was done. */
  DONE(0),
  /** A bug, or something outside that failed: look at the log. */
  FAILED(1),
  /** Bad arguments or configuration; nothing was started. */
  BAD_CONFIGURATION(2),
  /** The input broke a rule, such as the share of lines that may be rejected. */
  BAD_DATA(3),
  /** What was computed did not pass its checks; nothing was published. */
  AUDIT_FAILED(4),
  /** Another run holds the lake. */
  LAKE_BUSY(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit code, 0..5. */
  public int code() {
    return code;
  }
}
