package renown.ingest.formats;

import renown.ingest.ParsedRecord;
import renown.ingest.ParsedRecord.Kind;
import renown.ingest.Verb;

/** What lines of X say in the same way in every version of its interface. */
final class XRecords {
  private XRecords() {}

  /**
   * A tweet, before the rest of it is looked at.
   *
   * @param created when it happened, microseconds
   * @param witness when it was seen, microseconds
   */
  record Tweet(String id, String author, long created, long witness) {
    ParsedRecord says(Kind kind) {
      ParsedRecord record = new ParsedRecord(kind, author, witness);
      record.recordId = id;
      record.recordDay = Snowflake.day(id);
      record.happenedAt = created;
      return record;
    }

    /**
     * @param target null where only the tweet that the act is about is known
     */
    ParsedRecord does(Verb verb, String target, String objectId) {
      ParsedRecord record = says(Kind.INTERACTION);
      record.verb = verb;
      record.targetAccountId = target;
      record.objectId = objectId;
      return record;
    }
  }

  /**
   * A follow that a page shows, without saying when it began.
   *
   * @param seen when the page was fetched; {@link ParsedRecord#NO_TIME} where that is unknown
   */
  static ParsedRecord follow(String follower, String followed, long seen) {
    return undated(Verb.FOLLOW, follower, followed, "follow:" + follower + ":" + followed, seen);
  }

  /**
   * A like that a page shows.
   *
   * @param author of the tweet; null where unknown
   */
  static ParsedRecord like(String account, String author, String tweetId, long seen) {
    ParsedRecord like =
        undated(Verb.LIKE, account, author, "like:" + account + ":" + tweetId, seen);
    like.recordDay = Snowflake.day(tweetId);
    like.objectId = tweetId;
    return like;
  }

  /** That an account is on a list, as a page shows it. */
  static ParsedRecord listed(String owner, String listId, String account, long seen) {
    ParsedRecord item = undated(Verb.LIST, owner, account, "list:" + listId + ":" + account, seen);
    item.objectId = listId;
    return item;
  }

  private static ParsedRecord undated(
      Verb verb, String actor, String target, String recordId, long seen) {
    ParsedRecord act = new ParsedRecord(Kind.INTERACTION, actor, seen);
    act.happenedAt = seen;
    act.recordId = recordId;
    act.recordDay = 0;
    act.verb = verb;
    act.targetAccountId = target;
    return act;
  }

  /** The text of a tweet as its author wrote it: X writes three characters as entities. */
  static String plain(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** Whether an id is one of X's: decimal digits. */
  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
