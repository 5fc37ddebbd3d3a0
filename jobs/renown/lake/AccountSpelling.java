package renown.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which people write whom they mean: by the network's id, by handle, by the address of
 * a profile, in any case; or all accounts of a host of the fediverse, {@code *@host}.
 */
public final class AccountSpelling {
  /** Before a host: all of its accounts. */
  public static final String ALL_OF = "*@";

  private static final Pattern PAGE_OF_HOST = Pattern.compile("https?://([^/@]+)/@([^/@]+)");
  private static final Pattern ID_OF_HOST = Pattern.compile("https?://([^/@]+)/(?:.*/)?([^/@]+)");
  private static final Pattern PAGE =
      Pattern.compile(
          "(?:https?://)?(?:(?:www|old|mobile)\\.)?(?:"
              + "(?:x|twitter|github)\\.com/@?|reddit\\.com/u(?:ser)?/"
              + "|bsky\\.app/profile/|news\\.ycombinator\\.com/user\\?id=)([^/?#]+)");

  private AccountSpelling() {}

  /**
   * What somebody typed, as {@link #of} writes it.
   *
   * @param text such as {@code @Ann@Social.example}, {@code https://social.example/@ann} or an id
   */
  public static String typed(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    while (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    Matcher page = PAGE.matcher(name);
    if (page.matches()) {
      return page.group(1);
    }
    Matcher ofHost = PAGE_OF_HOST.matcher(name);
    if (ofHost.matches()) {
      return ofHost.group(2) + "@" + ofHost.group(1);
    }
    return name.startsWith("@") ? name.substring(1) : name;
  }

  /** Whether it is a host, all of whose accounts are meant. */
  public static boolean isHost(String typed) {
    return typed.startsWith(ALL_OF);
  }

  /**
   * All that an account may be called.
   *
   * @param handle null if unknown; one of digits alone could be somebody's id and does not count
   */
  public static List<String> of(String id, String handle) {
    List<String> names = new ArrayList<>();
    String own = id.toLowerCase(Locale.ROOT);
    names.add(own);
    if (own.startsWith("@")) {
      // Known by the handle alone.
      names.add(own.substring(1));
    }
    Matcher ofHost = ID_OF_HOST.matcher(own);
    if (ofHost.matches()) {
      names.add(ofHost.group(2) + "@" + ofHost.group(1));
    }
    if (handle != null && !handle.isBlank() && !handle.chars().allMatch(Character::isDigit)) {
      String name = typed(handle);
      if (!names.contains(name)) {
        names.add(name);
      }
      if (host(name) != null && !names.contains(ALL_OF + host(name))) {
        names.add(ALL_OF + host(name));
      }
    }
    if (host(own) != null && !names.contains(ALL_OF + host(own))) {
      names.add(ALL_OF + host(own));
    }
    return names;
  }

  /**
   * The host of an account of the fediverse.
   *
   * @param name an id that is an address, or {@code name@host}
   * @return lower case; null if it tells none
   */
  public static String host(String name) {
    int at = name.indexOf("://");
    if (at > 0) {
      int end = name.indexOf('/', at + 3);
      String host = name.substring(at + 3, end < 0 ? name.length() : end);
      return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
    }
    at = name.lastIndexOf('@');
    return at <= 0 || at == name.length() - 1
        ? null
        : name.substring(at + 1).toLowerCase(Locale.ROOT);
  }
}
