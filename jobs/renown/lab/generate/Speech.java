package renown.lab.generate;

import java.util.Locale;

/** How posts of a society are worded. */
public enum Speech {
  /**
   * Sentences about phrases that the built-in taxonomy mostly knows, usually with a hashtag: what
   * they are about is found easily, so results depend on who attends to whom.
   */
  SENTENCES,
  /**
   * As people write: words of their own for each topic, slang, names, seldom a hashtag, and chatter
   * in between. Written independently of the taxonomy, so the planted topics test how topics are
   * found.
   */
  PEOPLE;

  /** As in the key. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
