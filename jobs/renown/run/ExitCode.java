package renown.run;

/** The exit codes of the process; the numbers are part of the product's contract. */
public enum ExitCode {
  /** Success. */
  DONE(0),
  /** A bug or an external failure; see the log. */
  FAILED(1),
  /** Invalid arguments or configuration; nothing was started. */
  BAD_CONFIGURATION(2),
  /** The input violates a rule, such as the maximum share of rejected lines. */
  BAD_DATA(3),
  /** The results failed their checks; nothing was published. */
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
