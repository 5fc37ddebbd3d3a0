package renown.kernels.topics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is summed by topic. */
public enum TopicVerb {
  LIKE,
  LIST,
  MENTION,
  QUOTE,
  REPLY,
  REPOST,
  /** An anonymous vote: a verdict on a post, and no attention. */
  VOTE,
  POST,
  /** Any attention paid, over all topics. */
  REACTION,
  /** Any attention received, over all topics. */
  RECEIVED;

  /** Verbs of attention come first. */
  static final int ATTENTION_VERBS = 6;

  private static final TopicVerb[] ALL = values();

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As tables call it. */
  public String word() {
    return word;
  }

  /** Whether one account pays attention to another by it. */
  public boolean isAttention() {
    return ordinal() < ATTENTION_VERBS;
  }

  /** The verb that tables call so; null for other words, such as follow. */
  public static TopicVerb of(String word) {
    for (TopicVerb verb : ALL) {
      if (verb.word.equals(word)) {
        return verb;
      }
    }
    return null;
  }

  static TopicVerb of(int ordinal) {
    return ALL[ordinal];
  }

  /** The verbs of attention, as tables call them. */
  public static List<String> attention() {
    return Arrays.stream(ALL).filter(TopicVerb::isAttention).map(TopicVerb::word).toList();
  }
}
