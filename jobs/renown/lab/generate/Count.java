package renown.lab.generate;

import java.util.Locale;

/**
 * The counters of written lines, per network and day. The clean kinds, {@link #POSTS} to {@link
 * #ACCOUNT_ENDS}, {@link #BLANK_LINES} and the dirty kinds, {@link #TRUNCATED} to {@link #FUTURE},
 * add up to {@link #LINES}.
 */
public enum Count {
  /** Everything between two line ends, blank ones too. */
  LINES,
  /** Keep-alives of the X stream. */
  BLANK_LINES,
  /** Posts that are neither replies nor quotes. */
  POSTS,
  REPLIES,
  QUOTES,
  REPOSTS,
  LIKES,
  FOLLOWS,
  BLOCKS,
  LISTS,
  LIST_ITEMS,
  STARTER_PACKS,
  POST_DELETES,
  REPOST_DELETES,
  LIKE_DELETES,
  UNFOLLOWS,
  PROFILES,
  IDENTITIES,
  /** Accounts deleted, suspended or deactivated. */
  ACCOUNT_ENDS,
  /** A line cut short. */
  TRUNCATED,
  /** A line in which the account's or tweet's id is no id. */
  WRONG_TYPE,
  /** A line whose text holds bytes that are not UTF-8. */
  INVALID_UTF8,
  /** A well-formed line of a kind unrelated to attention. */
  UNKNOWN_KINDS,
  /** An exact copy of a clean line up to 20 lines before. */
  DUPLICATES,
  /** A copy of a clean line dated 2050 (X) or 2100 (Bluesky). */
  FUTURE,
  /** Of the clean lines: those that belong to the day before. */
  LATE,
  /** Of the clean reposts: those that name the repost through which they came (Bluesky). */
  REPOSTS_VIA,
  /** Accounts named in clean posts, replies and quotes, except for the one replied to. */
  MENTIONS;

  /** The name in the truth files: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Count of(Event.Type type) {
    return switch (type) {
      case POST -> POSTS;
      case REPLY -> REPLIES;
      case QUOTE -> QUOTES;
      case REPOST -> REPOSTS;
      case LIKE -> LIKES;
      case FOLLOW -> FOLLOWS;
      case BLOCK -> BLOCKS;
      case LIST -> LISTS;
      case LIST_ITEM -> LIST_ITEMS;
      case STARTER_PACK -> STARTER_PACKS;
      case POST_DELETE -> POST_DELETES;
      case REPOST_DELETE -> REPOST_DELETES;
      case LIKE_DELETE -> LIKE_DELETES;
      case UNFOLLOW -> UNFOLLOWS;
      case PROFILE -> PROFILES;
      case IDENTITY -> IDENTITIES;
      case ACCOUNT_END -> ACCOUNT_ENDS;
    };
  }
}
