package renown.dumps;

import java.util.Locale;

/** The types of interaction by which an account shows attention to another. */
public enum Verb {
  REPOST,
  QUOTE,
  REPLY,
  MENTION,
  LIKE,
  FOLLOW,
  /** The actor put the target on its own list or starter pack. */
  LIST,
  /** A negative signal. */
  BLOCK,
  /** The actor told the network that the target breaks its rules: a negative signal. */
  REPORT,
  /** The actor does not want to see the target: a negative signal. */
  MUTE,
  /** The actor paid the target; {@link ParsedRecord#amount} says how much. */
  ZAP,
  /**
   * An anonymous up-vote on a post: the actor is the network's own account. It is nobody's
   * attention and so no edge, but a judgement of the post.
   */
  VOTE;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in tables. */
  public String word() {
    return word;
  }
}
