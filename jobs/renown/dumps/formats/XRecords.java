package renown.dumps.formats;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/** Parsing shared by both versions of X's API. */
final class XRecords {
  private static final Pattern RETWEET = Pattern.compile("RT @(\\w{1,20}): ");

  private XRecords() {}

  /**
   * A tweet, before the rest of it is looked at.
   *
   * @param created when it happened, microseconds
   * @param witness when it was seen, microseconds
   */
  record Tweet(String id, String author, long created, long witness) {
    ParsedRecord says(Kind kind) {
      return new ParsedRecord(kind, author, witness, id, Snowflake.day(id), created);
    }

    /**
     * @param target null if only the tweet that the act is about is known
     */
    ParsedRecord does(Verb verb, String target, String objectId) {
      return says(Kind.INTERACTION).does(verb, target, objectId);
    }
  }

  /**
   * A follow that a page shows, without saying when it began.
   *
   * @param seen when the page was fetched; {@link ParsedRecord#NO_TIME} where that is unknown
   */
  static ParsedRecord follow(String follower, String followed, long seen) {
    return shown(follower, "follow:" + follower + ":" + followed, 0, seen)
        .does(Verb.FOLLOW, followed, null);
  }

  /** A block from a user stream. */
  static ParsedRecord block(String blocker, String blocked, long seen) {
    return shown(blocker, "block:" + blocker + ":" + blocked, 0, seen)
        .does(Verb.BLOCK, blocked, null);
  }

  /**
   * A like that a page shows.
   *
   * @param author of the tweet; null if unknown
   */
  static ParsedRecord like(String account, String author, String tweetId, long seen) {
    return shown(account, "like:" + account + ":" + tweetId, Snowflake.day(tweetId), seen)
        .does(Verb.LIKE, author, tweetId);
  }

  /** That an account is on a list, as a page shows it. */
  static ParsedRecord listed(String owner, String listId, String account, long seen) {
    return shown(owner, "list:" + listId + ":" + account, 0, seen).does(Verb.LIST, account, listId);
  }

  private static ParsedRecord shown(String actor, String recordId, int day, long seen) {
    return new ParsedRecord(Kind.INTERACTION, actor, seen, recordId, day, seen);
  }

  /** Resolves the mentioned account; null if unknown. */
  interface Mentioned {
    String account(JsonObject mention) throws RejectedLineException;
  }

  /**
   * What a tweet names.
   *
   * @param entities null if the tweet has none
   * @param hashtag the member that holds the text of a hashtag
   * @param mentions the member that holds the mentions
   * @param ignored is told of mentions of which the account is not known
   */
  static Entities entities(
      JsonObject entities,
      String hashtag,
      String mentions,
      Mentioned mentioned,
      Consumer<String> ignored)
      throws RejectedLineException {
    Entities named = new Entities();
    if (entities == null) {
      return named;
    }
    for (JsonObject tag : entities.objects("hashtags")) {
      named.hashtag(tag.text(hashtag));
    }
    for (JsonObject url : entities.objects("urls")) {
      String expanded = url.text("expanded_url");
      named.link(expanded == null ? url.text("url") : expanded);
    }
    for (JsonObject mention : entities.objects(mentions)) {
      String account = mentioned.account(mention);
      if (account == null) {
        ignored.accept("mention without an account");
      } else {
        named.mention(account);
      }
    }
    return named;
  }

  /**
   * What a profile says, and the address that it gives.
   *
   * @param url null if it gives none
   * @param entities of the profile, which tell what a shortened address stands for; may be null
   */
  static String profileText(String description, String url, JsonObject entities)
      throws RejectedLineException {
    String address = url;
    JsonObject ofUrl = entities == null ? null : entities.object("url");
    if (ofUrl != null) {
      for (JsonObject one : ofUrl.objects("urls")) {
        String expanded = one.text("expanded_url");
        address = expanded == null ? address : expanded;
      }
    }
    return address == null || address.isBlank() || description.contains(address)
        ? description
        : (description + "\n" + address.strip()).strip();
  }

  /** The text of a tweet as its author wrote it: X writes three characters as entities. */
  static String plain(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /**
   * Whom a text passes on that is a retweet and says so in no other way: the name in {@code RT
   * @name: } at its beginning; null if it is none.
   */
  static String retweeted(String text) {
    if (!text.startsWith("RT @")) {
      return null;
    }
    Matcher retweet = RETWEET.matcher(text);
    return retweet.lookingAt() ? retweet.group(1) : null;
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
