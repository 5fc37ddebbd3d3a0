package renown.dumps;

import java.util.List;

/**
 * What a line of a dump says, in the words of no network. Instances are filled by a format and
 * handed to a {@link LineSink}, one per statement; null always means "the line does not say".
 *
 * <p>Ids are the network's own, as text. Times are microseconds since 1970 UTC, {@link #NO_TIME}
 * where unknown.
 */
public final class ParsedRecord {
  /** The tables a record can go to. */
  public enum Kind {
    ACCOUNT,
    POST,
    INTERACTION,
    DELETION,
    LIST,
    /** The account moved to the target; without a target it says that it has not. */
    MOVE,
    /** The account says that the target is its own as well. */
    ALIAS
  }

  /** What a network says of an account as a whole. */
  public enum Status {
    ACTIVE,
    DEACTIVATED,
    SUSPENDED,
    DELETED
  }

  /** A time that is not known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** The day of a record whose id does not tell it. */
  public static final int NO_DAY = Integer.MIN_VALUE;

  public final Kind kind;

  /**
   * The account that speaks: the subject of a profile, author, actor, deleter or list owner. Null
   * on a deletion alone: the network itself says that the record is gone, whoever's it was.
   */
  public final String accountId;

  /** When the network saw it. Decides which of two statements is fresher. */
  public final long witnessedAt;

  /**
   * Identity of what was said: the id of the post, like, follow, list ... Two records of a kind
   * (and, for interactions, verb and target) with the same id are the same, however often they
   * come; a deletion names it.
   */
  public String recordId;

  /**
   * Day since 1970 that is a function of {@link #recordId} alone where the id tells its time
   * (snowflake, TID), else of the time that belongs to the record's identity; bounds what has to be
   * read to find duplicates and the targets of deletions. {@link #NO_DAY} on a deletion: all days.
   */
  public int recordDay = NO_DAY;

  /** When it happened: witnessed rather than claimed, where the network gives both. */
  public long happenedAt = NO_TIME;

  // Interactions
  public Verb verb;

  /**
   * The account that gets the attention; null where the line names only the post ({@link
   * #objectId}), whose author it then is.
   */
  public String targetAccountId;

  /**
   * Name by which the act addresses an account of the conversation under {@link #objectId}, where
   * its line tells no id: a whole handle if it begins with {@code @}, else one that may be cut
   * short.
   */
  public String targetHandle;

  /** The post reacted to, or the list; null for a follow or block. */
  public String objectId;

  /** Where the actor saw it ({@code via} of a Bluesky repost or like): a repost's record id. */
  public String viaId;

  // Posts
  public String text;

  /** BCP 47, as the network says it. */
  public String language;

  public String replyToId;
  public String threadId;
  public String quotedId;
  public List<String> hashtags;

  /** Full addresses, as posted. */
  public List<String> links;

  // Accounts
  public String handle;
  public long createdAt = NO_TIME;
  public Long followerCount;
  public Long followingCount;
  public Long postCount;
  public Long listedCount;
  public Boolean isProtected;
  public Boolean isAutomated;
  public Boolean isVerified;
  public Boolean isDiscoverable;
  public Status status;

  // Accounts and lists
  public String displayName;
  public String description;

  /** What kind of list: {@code curation}, {@code moderation}, {@code reference}, {@code pack}. */
  public String purpose;

  public ParsedRecord(Kind kind, String accountId, long witnessedAt) {
    this.kind = kind;
    this.accountId = accountId;
    this.witnessedAt = witnessedAt;
  }

  /** What has an identity and a time of its own. */
  public ParsedRecord(
      Kind kind,
      String accountId,
      long witnessedAt,
      String recordId,
      int recordDay,
      long happenedAt) {
    this(kind, accountId, witnessedAt);
    this.recordId = recordId;
    this.recordDay = recordDay;
    this.happenedAt = happenedAt;
  }

  /**
   * What an account says of another of its own.
   *
   * @param kind {@link Kind#MOVE} or {@link Kind#ALIAS}
   * @param other null where it says that it has not moved
   */
  public static ParsedRecord ofOwn(Kind kind, String accountId, long witnessedAt, String other) {
    ParsedRecord claim = new ParsedRecord(kind, accountId, witnessedAt);
    claim.targetAccountId = accountId.equals(other) ? null : other;
    return claim;
  }

  /**
   * Says of an interaction what it is.
   *
   * @param target null where only the post is known
   * @param objectId null where the act is on an account
   * @return itself
   */
  public ParsedRecord does(Verb verb, String target, String objectId) {
    this.verb = verb;
    this.targetAccountId = target;
    this.objectId = objectId;
    return this;
  }

  /**
   * A mention by a name in place of an id: an account of the same conversation.
   *
   * @param handle as {@link #targetHandle} says
   * @param conversationId the post that the conversation is about
   */
  public ParsedRecord addresses(String handle, String conversationId) {
    ParsedRecord mention = act(Verb.MENTION, null, conversationId);
    mention.targetHandle = handle;
    return mention;
  }

  /** An interaction of the same account under the same identity: what a post does by being one. */
  public ParsedRecord act(Verb verb, String target, String objectId) {
    return new ParsedRecord(
            Kind.INTERACTION, accountId, witnessedAt, recordId, recordDay, happenedAt)
        .does(verb, target, objectId);
  }
}
