package renown.night.score.persons;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds accounts in a profile's text by address: {@code https://x.com/ann}, {@code
 * bsky.app/profile/ann.example}, {@code @ann@social.example}, {@code https://social.example/@ann},
 * or a domain that may be a handle.
 */
final class ProfileAddresses implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Stands for fediverse hosts in the map of sites. */
  static final String FEDIVERSE = "@";

  /** Stands for any other host: the domain itself may be a handle. */
  static final String DOMAIN = "*";

  private static final Pattern HANDLE =
      Pattern.compile("(?<![\\w/.@])@([\\w.-]+)@([a-z0-9-]+(?:\\.[a-z0-9-]+)+)");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\w@./-])(?:https?://)?((?:[a-z0-9-]+\\.)+[a-z]{2,})((?:/[^\\s/?#,;<>\"')]*)*)");

  /** URL path segments that precede a name. */
  private static final Set<String> BEFORE_A_NAME =
      Set.of("profile", "user", "users", "u", "people", "channel", "in");

  private final TreeMap<String, String> networksBySite;

  /**
   * @param networksBySite network by host, without {@code www.}; also of {@link #FEDIVERSE} and
   *     {@link #DOMAIN}
   */
  ProfileAddresses(Map<String, String> networksBySite) {
    this.networksBySite = new TreeMap<>(networksBySite);
  }

  /**
   * The accounts that a text gives.
   *
   * @return each as network, a tab, and its handle or id in lower case; in order of appearance
   */
  Set<String> in(String text) {
    Set<String> found = new LinkedHashSet<>();
    String small = text.toLowerCase(Locale.ROOT);
    for (Matcher match = HANDLE.matcher(small); match.find(); ) {
      add(found, FEDIVERSE, trimmed(match.group(1)) + "@" + match.group(2));
    }
    for (Matcher match = ADDRESS.matcher(small); match.find(); ) {
      String host = match.group(1).replaceFirst("^(www|mobile|m)\\.", "");
      String[] parts = match.group(2).isEmpty() ? new String[0] : match.group(2).split("/");
      String first = parts.length > 1 ? trimmed(parts[1]) : "";
      String second = parts.length > 2 ? trimmed(parts[2]) : "";
      String name = BEFORE_A_NAME.contains(first) ? second : first;
      if (networksBySite.containsKey(host)) {
        add(found, host, name.startsWith("@") ? name.substring(1) : name);
      } else if (first.startsWith("@")) {
        add(found, FEDIVERSE, first.substring(1) + "@" + host);
      } else if (first.equals("users") && !second.isEmpty()) {
        add(found, FEDIVERSE, second + "@" + host);
      } else if (first.isEmpty()) {
        add(found, DOMAIN, match.group(1));
      }
    }
    return found;
  }

  private void add(Set<String> found, String site, String name) {
    String network = networksBySite.get(site);
    if (network != null && !name.isEmpty() && !name.startsWith("@")) {
      found.add(network + "\t" + name);
    }
  }

  /** Without trailing punctuation. */
  private static String trimmed(String part) {
    int end = part.length();
    while (end > 0 && ".:!-".indexOf(part.charAt(end - 1)) >= 0) {
      end--;
    }
    return part.substring(0, end);
  }
}
