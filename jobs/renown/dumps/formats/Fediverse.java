package renown.dumps.formats;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.ParsedRecord;

/**
 * What can be derived from fediverse URIs. This only works for Mastodon's own: {@code
 * https://host/users/name/statuses/id}, with {@code ap/users/number} for {@code users/name} since
 * version 4.5, and an id of milliseconds since 1970, times 2^16.
 */
final class Fediverse {
  private static final Pattern STATUS =
      Pattern.compile(
          "(https?://[^/]{1,255}/(?:users/[^/]{1,255}|ap/users/\\d{1,19}))/statuses/(\\d{1,18})"
              + "(?:[/?#].*)?");

  private static final Pattern PROFILE_PAGE =
      Pattern.compile("(https?://[^/]{1,255})/@([^/@?#]{1,255})/?");

  private static final Pattern HOST = Pattern.compile("https?://([^/?#]{1,255})(?:[/?#].*)?");

  private static final int LONGEST_URI = 2_048;
  private static final int OTHER_BITS = 16;

  private Fediverse() {}

  /** Whether it is an address on the web, as ids in the fediverse are. */
  static boolean isUri(String text) {
    if (text.length() > LONGEST_URI
        || !(text.startsWith("https://") || text.startsWith("http://"))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '"' || c == '<' || c == '>' || Character.isSurrogate(c)) {
        return false;
      }
    }
    return HOST.matcher(text).matches();
  }

  /** The author of a status, from its URI; null if unknown. */
  static String author(String uri) {
    Matcher matcher = STATUS.matcher(uri);
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** The creation time of a status, from its URI; {@link ParsedRecord#NO_TIME} if unknown. */
  static long time(String uri) {
    Matcher matcher = STATUS.matcher(uri);
    if (!matcher.matches()) {
      return ParsedRecord.NO_TIME;
    }
    long micros = (Long.parseLong(matcher.group(2)) >>> OTHER_BITS) * 1_000;
    return Times.isPlausible(micros) ? micros : ParsedRecord.NO_TIME;
  }

  /** The day since 1970 encoded in a URI; 0 if there is none. */
  static int day(String uri) {
    long time = time(uri);
    return time == ParsedRecord.NO_TIME ? 0 : Times.day(time);
  }

  /** Mastodon's account URI for a profile page; else the page itself. */
  static String accountOfPage(String url) {
    Matcher matcher = PROFILE_PAGE.matcher(url);
    return matcher.matches() ? matcher.group(1) + "/users/" + matcher.group(2) : url;
  }

  /** The host of an address. */
  static String host(String uri) {
    Matcher matcher = HOST.matcher(uri);
    return matcher.matches() ? matcher.group(1) : "";
  }
}
