package renown.dumps;

import java.util.List;

/**
 * A statement of a dump line in a network-independent form. Formats fill instances and pass them to
 * a {@link LineSink}, one per statement; null always means "the line does not say".
 *
 * <p>Ids are the network's own, as text. Times are microseconds since 1970 UTC, {@link #NO_TIME} if
 * unknown.
 */
public final class ParsedRecord {
  /** The tables a record can go to. */
  public enum Kind {
    ACCOUNT,
    POST,
    INTERACTION,
    DELETION,
    LIST,
    /** The account moved to the target; without a target it states that it has not moved. */
    MOVE,
    /** The account claims the target as its own as well. */
    ALIAS
  }

  /** An account's state as reported by the network. */
  public enum Status {
    ACTIVE,
    DEACTIVATED,
    SUSPENDED,
    DELETED
  }

  /** A time that is not known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  /** The day of a record whose id has no time. */
  public static final int NO_DAY = Integer.MIN_VALUE;

  public final Kind kind;

  /**
   * The acting account: the owner of a profile, author, actor, deleter or list owner. Null on a
   * deletion only: the network itself reports the record gone, whoever owned it.
   */
  public final String accountId;

  /** When the network saw it. Decides which of two statements is fresher. */
  public final long witnessedAt;

  /**
   * Identity of the record: the id of the post, like, follow, list ... Two records of a kind (and,
   * for interactions, verb and target) with the same id are the same record; deletions refer to it.
   */
  public String recordId;

  /**
   * Day since 1970, derived from {@link #recordId} alone if the id contains its time (snowflake,
   * TID), else from the time that belongs to the record's identity; bounds the search for
   * duplicates and for the targets of deletions. {@link #NO_DAY} on a deletion: all days.
   */
  public int recordDay = NO_DAY;

  /** Event time: witnessed rather than claimed, if the network has both. */
  public long happenedAt = NO_TIME;

  // Interactions
  public Verb verb;

  /**
   * What the act was worth, in the network's smallest unit: millisatoshi of a zap; null if acts of
   * its kind are worth nothing but themselves.
   */
  public Long amount;

  /**
   * The account that gets the attention; null if the line names only the post ({@link #objectId}),
   * whose author it then is.
   */
  public String targetAccountId;

  /**
   * Name by which the act addresses a participant in the conversation under {@link #objectId}, if
   * the line has no id: a full handle if it begins with {@code @}, else possibly abbreviated.
   */
  public String targetHandle;

  /** The post reacted to, or the list; null for a follow or block. */
  public String objectId;

  /** Where the actor saw it ({@code via} of a Bluesky repost or like): a repost's record id. */
  public String viaId;

  // Posts
  public String text;

  /**
   * When the text was changed last; {@link #NO_TIME} if it never was, or if that is not told. Of
   * two statements of a post the one with the later edit has the text that holds.
   */
  public long editedAt = NO_TIME;

  /** BCP 47, as stated by the network. */
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

  /**
   * The purpose of a list: {@code curation}, {@code moderation}, {@code reference}, {@code pack}.
   */
  public String purpose;

  public ParsedRecord(Kind kind, String accountId, long witnessedAt) {
    this.kind = kind;
    this.accountId = accountId;
    this.witnessedAt = witnessedAt;
  }

  /** A record with its own identity and time. */
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
   * @param other null if it says that it has not moved
   */
  public static ParsedRecord ofOwn(Kind kind, String accountId, long witnessedAt, String other) {
    ParsedRecord claim = new ParsedRecord(kind, accountId, witnessedAt);
    claim.targetAccountId = accountId.equals(other) ? null : other;
    return claim;
  }

  /**
   * Says of an interaction what it is.
   *
   * @param target null if only the post is known
   * @param objectId null if the act is on an account
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

  /** An interaction of the same account with the same identity: one implied by a post. */
  public ParsedRecord act(Verb verb, String target, String objectId) {
    return new ParsedRecord(
            Kind.INTERACTION, accountId, witnessedAt, recordId, recordDay, happenedAt)
        .does(verb, target, objectId);
  }
}
