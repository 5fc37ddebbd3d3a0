package renown.dumps.formats;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import renown.dumps.ParsedRecord;

/**
 * The hashtags, links and accounts named in a post, in order and without duplicates. Null and empty
 * values are ignored.
 */
final class Entities {
  private final Set<String> hashtags = new LinkedHashSet<>();
  private final Set<String> links = new LinkedHashSet<>();
  private final Set<String> mentions = new LinkedHashSet<>();

  void hashtag(String text) {
    addIfThere(hashtags, text);
  }

  void link(String address) {
    addIfThere(links, address);
  }

  /** Takes a link away again, such as that of a quoted post. */
  void withoutLink(String address) {
    links.remove(address);
  }

  void mention(String account) {
    addIfThere(mentions, account);
  }

  /** The accounts. */
  Collection<String> mentions() {
    return mentions;
  }

  /** Sets a post's hashtags and links. */
  void describe(ParsedRecord post) {
    post.hashtags = List.copyOf(hashtags);
    post.links = List.copyOf(links);
  }

  private static void addIfThere(Set<String> texts, String text) {
    if (text != null && !text.isEmpty()) {
      texts.add(text);
    }
  }
}
