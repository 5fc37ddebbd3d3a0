package renown.run;

/**
 * An error that the user can fix. Its message is one line: what is wrong, where, with which value,
 * and what to do. It is shown without a stack trace. Any other exception is a bug.
 */
public final class RenownException extends RuntimeException {
  private final ExitCode exitCode;

  private RenownException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Invalid arguments, keys, paths or credentials: exit code 2. */
  public static RenownException configuration(String format, Object... values) {
    return new RenownException(ExitCode.BAD_CONFIGURATION, String.format(format, values), null);
  }

  /** Invalid arguments, keys, paths or credentials, with a cause: exit code 2. */
  public static RenownException configuration(Throwable cause, String message) {
    return new RenownException(ExitCode.BAD_CONFIGURATION, message, cause);
  }

  /** Input that violates a rule: exit code 3. */
  public static RenownException data(String format, Object... values) {
    return new RenownException(ExitCode.BAD_DATA, String.format(format, values), null);
  }

  /** Results that violate a rule: exit code 4. */
  public static RenownException audit(String format, Object... values) {
    return new RenownException(ExitCode.AUDIT_FAILED, String.format(format, values), null);
  }

  /** Another run holds the lake: exit code 5. */
  public static RenownException busy(String format, Object... values) {
    return new RenownException(ExitCode.LAKE_BUSY, String.format(format, values), null);
  }

  /** The exit code of the process. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
