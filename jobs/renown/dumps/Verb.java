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
  /**
   * An anonymous up-vote on a post: the actor is the network's own account. It is nobody's
   * attention and so no edge, but a judgement of the post.
   */
  VOTE;

  /** The lower-case name used in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
