package renown.run;

/**
 * A failure that the user can mend. Its message is one line that says what is wrong, where, with
 * which value, and what to do; it is shown without a stack trace. Anything else that is thrown is a
 * bug.
 */
public final class RenownException extends RuntimeException {
  private final ExitCode exitCode;

  private RenownException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Bad arguments, keys, paths or credentials: exit code 2. */
  public static RenownException configuration(String format, Object... values) {
    return new RenownException(ExitCode.BAD_CONFIGURATION, String.format(format, values), null);
  }

  /** Bad arguments, keys, paths or credentials, found by another exception: exit code 2. */
  public static RenownException configuration(Throwable cause, String message) {
    return new RenownException(ExitCode.BAD_CONFIGURATION, message, cause);
  }

  /** Input that breaks a rule: exit code 3. */
  public static RenownException data(String format, Object... values) {
    return new RenownException(ExitCode.BAD_DATA, String.format(format, values), null);
  }

  /** Results that break a rule: exit code 4. */
  public static RenownException audit(String format, Object... values) {
    return new RenownException(ExitCode.AUDIT_FAILED, String.format(format, values), null);
  }

  /** The lake belongs to another run: exit code 5. */
  public static RenownException busy(String format, Object... values) {
    return new RenownException(ExitCode.LAKE_BUSY, String.format(format, values), null);
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
