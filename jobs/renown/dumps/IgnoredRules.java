package renown.dumps;

/** Names of ignore rules: safe to log and to count by, whatever the line says. */
public final class IgnoredRules {
  private static final int LONGEST = 80;

  private IgnoredRules() {}

  /**
   * A rule about a name that comes from the line, such as {@code "collection app.bsky.foo"}. What
   * is not a letter, digit or one of {@code . _ # : / -} in ASCII becomes {@code ?}; at most 80
   * characters.
   *
   * @param value null becomes {@code (none)}
   */
  public static String named(String what, String value) {
    if (value == null) {
      return what + " (none)";
    }
    StringBuilder rule = new StringBuilder(what).append(' ');
    for (int i = 0; i < value.length() && rule.length() < LONGEST; i++) {
      char c = value.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "._#:/-".indexOf(c) >= 0);
      rule.append(plain ? c : '?');
    }
    return rule.toString();
  }
}
