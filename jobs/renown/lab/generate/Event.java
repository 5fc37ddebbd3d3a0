package renown.lab.generate;

/** One event: one clean line of a dump. The meaning of the fields depends on the type. */
final class Event {
  enum Type {
    POST,
    REPLY,
    QUOTE,
    REPOST,
    LIKE,
    FOLLOW,
    BLOCK,
    LIST,
    LIST_ITEM,
    STARTER_PACK,
    POST_DELETE,
    REPOST_DELETE,
    LIKE_DELETE,
    UNFOLLOW,
    PROFILE,
    IDENTITY,
    ACCOUNT_END
  }

  final Type type;

  /** Index of the account that acts. */
  final int actor;

  /** When the network sees it, ms since 1970. */
  final long time;

  /** Identity of the record. */
  final long key;

  /** The record's creation time and the time in its id; {@link #time} except for old follows. */
  long recordTime;

  /** Makes the id on X unique together with {@link #time}. */
  int slot;

  /** The written post: posts, replies, quotes. */
  Post post;

  /** The post reacted to, or the deleted record. */
  Post target;

  /** The first post of the thread that a reply belongs to. */
  Post root;

  /** The repost through which the actor came to the target, or the reaction that is undone. */
  Event other;

  /**
   * In a planted cascade: the repost through which the post was seen, even if no line records it.
   */
  Event seenAt;

  /** Index of the account followed, blocked or listed. */
  int subject = -1;

  /** The list that an item or starter pack belongs to: its time and key. */
  long listTime;

  long listKey;

  /** It is delivered in the file of the day after. */
  boolean late;

  Event(Type type, int actor, long time, long key) {
    this.type = type;
    this.actor = actor;
    this.time = time;
    this.key = key;
    this.recordTime = time;
  }
}
