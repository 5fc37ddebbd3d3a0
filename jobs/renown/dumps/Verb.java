package renown.dumps;

import java.util.Locale;

/** What an account did that shows its attention to another. */
public enum Verb {
  REPOST,
  QUOTE,
  REPLY,
  MENTION,
  LIKE,
  FOLLOW,
  /** The actor put the target on a list or starter pack of its own. */
  LIST,
  /** A negative signal. */
  BLOCK,
  /**
   * Somebody approved of a post, and the network does not say who: the actor is the network's own
   * account. No attention of anybody's, so no edge; a verdict on the post.
   */
  VOTE;

  /** The word in tables: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
