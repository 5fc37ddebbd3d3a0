package renown.lab.generate;

/** One thing that happens: one clean line of a dump. What a field means depends on the type. */
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

  /** When the record says it was made, and what its id says; {@link #time} but for old follows. */
  long recordTime;

  /** Makes the id on X unique together with {@link #time}. */
  int slot;

  /** What is written: posts, replies, quotes. */
  Post post;

  /** What is reacted to, or deleted. */
  Post target;

  /** The first post of the thread that a reply belongs to. */
  Post root;

  /** The repost through which the actor came to the target, or the reaction that is undone. */
  Event other;

  /** In a planted cascade: the repost at which the post was seen, also where no line says so. */
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
