package renown.ingest.formats;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import renown.ingest.DumpFormat;
import renown.ingest.LineSink;
import renown.ingest.ParsedRecord;
import renown.ingest.ParsedRecord.Kind;
import renown.ingest.ParsedRecord.Status;
import renown.ingest.RejectedLineException;
import renown.ingest.Verb;

/**
 * X, formerly Twitter, version 1.1: one tweet or notice per line, as the streams sent them and the
 * Archive Team kept them.
 *
 * <p><b>A line</b> is a tweet with the tweets it embeds. Each tweet that is no retweet is a post
 * with its reply, quote and mentions. A retweet is no post: it is a repost, by the outer tweet's
 * id, of the post it embeds; the text and mentions of its own that it carries repeat the original's
 * and are not read. So the same original comes with every retweet of it, always under its own id.
 *
 * <p><b>Mentions</b> are the distinct accounts of {@code entities.user_mentions} of the full text
 * ({@code extended_tweet}, where there is one). In a reply these include the account replied to, as
 * the network puts it there: such a tweet is a reply and a mention.
 *
 * <p><b>Time.</b> A post or repost happened at its {@code created_at}, which X itself sets; outside
 * 2006..2100 the line is rejected. The witness time of all that a line says is {@code
 * timestamp_ms}, or the outer tweet's {@code created_at} where that is missing. Notices from before
 * 2014 have no time: theirs is {@link ParsedRecord#NO_TIME}.
 *
 * <p><b>Identity.</b> The tweet's id, from {@code id_str} where there is one: in files that went
 * through JavaScript, {@code id} is rounded. Its day is the snowflake's; ids from before
 * snowflakes, and beyond 64 bits, have the day 0.
 */
public final class XStreamFormat implements DumpFormat {
  /** Notices that change nothing we keep, and messages of other streams. */
  private static final List<String> IGNORED_KINDS =
      List.of(
          "scrub_geo",
          "limit",
          "status_withheld",
          "user_withheld",
          "disconnect",
          "warning",
          "event",
          "direct_message",
          "friends",
          "friends_str",
          "control",
          "for_user",
          "errors");

  private static final List<String> ACCOUNT_NOTICES =
      List.of(
          "user_delete",
          "user_undelete",
          "user_suspend",
          "user_unsuspend",
          "user_protect",
          "user_unprotect");

  private static final List<String> SIGNS_OF_A_TWEET =
      List.of("id_str", "id", "text", "full_text", "created_at", "user");

  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields user =
        new JsonFields()
            .values("id", "id_str", "screen_name", "name", "description", "created_at")
            .values("followers_count", "friends_count", "statuses_count", "listed_count")
            .values("protected", "verified");
    JsonFields entities =
        new JsonFields()
            .objects("user_mentions", new JsonFields().values("id", "id_str"))
            .objects("hashtags", new JsonFields().values("text"))
            .objects("urls", new JsonFields().values("url", "expanded_url"));
    JsonFields tweet =
        new JsonFields()
            .values("id", "id_str", "created_at", "timestamp_ms", "text", "full_text", "lang")
            .values("in_reply_to_status_id", "in_reply_to_status_id_str")
            .values("in_reply_to_user_id", "in_reply_to_user_id_str")
            .values("is_quote_status", "quoted_status_id", "quoted_status_id_str")
            .object("user", user)
            .object("entities", entities)
            .object(
                "extended_tweet",
                new JsonFields().values("full_text").object("entities", entities));
    tweet.object("retweeted_status", tweet).object("quoted_status", tweet);
    tweet.object(
        "delete",
        new JsonFields()
            .values("timestamp_ms")
            .object("status", new JsonFields().values("id", "id_str", "user_id", "user_id_str")));
    JsonFields accountNotice =
        new JsonFields()
            .values("id", "id_str", "user_id", "user_id_str", "timestamp_ms")
            .object("user", new JsonFields().values("id", "id_str"));
    ACCOUNT_NOTICES.forEach(notice -> tweet.object(notice, accountNotice));
    IGNORED_KINDS.forEach(tweet::values);
    return tweet;
  }

  @Override
  public String name() {
    return "x-v1-stream";
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    if (line.has("delete")) {
      deletion(line.requiredObject("delete"), sink);
      return;
    }
    for (String notice : ACCOUNT_NOTICES) {
      if (line.has(notice)) {
        accountNotice(notice, line.requiredObject(notice), sink);
        return;
      }
    }
    for (String kind : IGNORED_KINDS) {
      if (line.has(kind)) {
        sink.ignored("kind " + kind);
        return;
      }
    }
    for (String sign : SIGNS_OF_A_TWEET) {
      if (line.has(sign)) {
        long created = line.eventTime("created_at", Times::x);
        long witness = timestamp(line);
        tweet(line, null, witness == ParsedRecord.NO_TIME ? created : witness, sink);
        return;
      }
    }
    sink.ignored(IgnoredRules.named("kind", line.firstMember()));
  }

  private static void deletion(JsonObject delete, LineSink sink) throws RejectedLineException {
    JsonObject status = delete.object("status");
    if (status == null) {
      sink.ignored("delete of no tweet");
      return;
    }
    ParsedRecord deletion =
        new ParsedRecord(Kind.DELETION, requiredId(status, "user_id"), timestamp(delete));
    deletion.recordId = requiredId(status, "id");
    deletion.recordDay = Snowflake.day(deletion.recordId);
    deletion.happenedAt = deletion.witnessedAt;
    sink.accept(deletion);
  }

  private static void accountNotice(String notice, JsonObject event, LineSink sink)
      throws RejectedLineException {
    JsonObject user = event.object("user");
    String id = user == null ? null : id(user, "id");
    id = id == null ? id(event, "id") : id;
    id = id == null ? id(event, "user_id") : id;
    if (id == null) {
      sink.ignored(notice + " without an account");
      return;
    }
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, timestamp(event));
    account.happenedAt = account.witnessedAt;
    switch (notice) {
      case "user_delete" -> account.status = Status.DELETED;
      case "user_suspend" -> account.status = Status.SUSPENDED;
      case "user_undelete", "user_unsuspend" -> account.status = Status.ACTIVE;
      case "user_protect" -> account.isProtected = true;
      case "user_unprotect" -> account.isProtected = false;
      default -> throw new IllegalStateException(notice);
    }
    sink.accept(account);
  }

  /**
   * @param quotedOutside what the retweet around this tweet shows as quoted; null if none
   */
  private static void tweet(JsonObject tweet, JsonObject quotedOutside, long witness, LineSink sink)
      throws RejectedLineException {
    String id = requiredId(tweet, "id");
    JsonObject user = tweet.requiredObject("user");
    String author = requiredId(user, "id");
    long created = tweet.eventTime("created_at", Times::x);
    profile(user, author, witness, sink);

    Tweet known = new Tweet(id, author, created, witness);
    JsonObject original = tweet.object("retweeted_status");
    JsonObject quoted = tweet.object("quoted_status");
    quoted = quoted == null ? quotedOutside : quoted;
    if (original != null) {
      String originalAuthor = requiredId(original.requiredObject("user"), "id");
      sink.accept(known.does(Verb.REPOST, originalAuthor, requiredId(original, "id")));
      tweet(original, quoted, witness, sink);
      return;
    }

    ParsedRecord post = known.says(Kind.POST);
    JsonObject extended = tweet.object("extended_tweet");
    post.text = text(tweet, extended);
    post.language = tweet.text("lang");
    JsonObject entities = extended == null ? null : extended.object("entities");
    entities = entities == null ? tweet.object("entities") : entities;
    List<ParsedRecord> interactions = new ArrayList<>();
    List<String> ignored = new ArrayList<>();

    post.replyToId = id(tweet, "in_reply_to_status_id");
    String repliedTo = id(tweet, "in_reply_to_user_id");
    if (repliedTo != null) {
      interactions.add(known.does(Verb.REPLY, repliedTo, post.replyToId));
    } else if (post.replyToId != null) {
      ignored.add("reply without its target account");
    }

    post.quotedId = id(tweet, "quoted_status_id");
    if (quoted != null) {
      String quotedId = requiredId(quoted, "id");
      String quotedAuthor = requiredId(quoted.requiredObject("user"), "id");
      post.quotedId = quotedId;
      interactions.add(known.does(Verb.QUOTE, quotedAuthor, quotedId));
    } else if (post.quotedId != null || Boolean.TRUE.equals(tweet.flag("is_quote_status"))) {
      ignored.add("quote without its target account");
    }

    entities(entities, post, known, interactions, ignored);
    sink.accept(post);
    interactions.forEach(sink::accept);
    ignored.forEach(sink::ignored);
    if (quoted != null) {
      tweet(quoted, null, witness, sink);
    }
  }

  private static void entities(
      JsonObject entities,
      ParsedRecord post,
      Tweet tweet,
      List<ParsedRecord> interactions,
      List<String> ignored)
      throws RejectedLineException {
    Set<String> hashtags = new LinkedHashSet<>();
    Set<String> links = new LinkedHashSet<>();
    Set<String> mentioned = new LinkedHashSet<>();
    if (entities != null) {
      for (JsonObject hashtag : entities.objects("hashtags")) {
        addIfThere(hashtags, hashtag.text("text"));
      }
      for (JsonObject url : entities.objects("urls")) {
        String expanded = url.text("expanded_url");
        addIfThere(links, expanded == null ? url.text("url") : expanded);
      }
      for (JsonObject mention : entities.objects("user_mentions")) {
        String id = mentionedId(mention);
        if (id == null) {
          ignored.add("mention without an account");
        } else {
          mentioned.add(id);
        }
      }
    }
    for (String account : mentioned) {
      interactions.add(tweet.does(Verb.MENTION, account, null));
    }
    post.hashtags = List.copyOf(hashtags);
    post.links = List.copyOf(links);
  }

  private static void addIfThere(Set<String> texts, String text) {
    if (text != null && !text.isEmpty()) {
      texts.add(text);
    }
  }

  /** What a tweet does and says, before the rest of it is looked at. */
  private record Tweet(String id, String author, long created, long witness) {
    ParsedRecord says(Kind kind) {
      ParsedRecord record = new ParsedRecord(kind, author, witness);
      record.recordId = id;
      record.recordDay = Snowflake.day(id);
      record.happenedAt = created;
      return record;
    }

    ParsedRecord does(Verb verb, String target, String objectId) {
      ParsedRecord record = says(Kind.INTERACTION);
      record.verb = verb;
      record.targetAccountId = target;
      record.objectId = objectId;
      return record;
    }
  }

  private static void profile(JsonObject user, String id, long witness, LineSink sink)
      throws RejectedLineException {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, witness);
    account.happenedAt = witness;
    account.handle = user.name("screen_name");
    if (account.handle == null) {
      // Trimmed to its id: says nothing of the account.
      return;
    }
    account.displayName = user.name("name");
    String description = user.text("description");
    account.description = description == null ? "" : description;
    long created = user.time("created_at", Times::x);
    // Some old accounts were born in 1970, says X.
    account.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    account.followerCount = user.count("followers_count");
    account.followingCount = user.count("friends_count");
    account.postCount = user.count("statuses_count");
    account.listedCount = user.count("listed_count");
    account.isProtected = user.flag("protected");
    account.isVerified = user.flag("verified");
    sink.accept(account);
  }

  private static String text(JsonObject tweet, JsonObject extended) throws RejectedLineException {
    String text = extended == null ? null : extended.text("full_text");
    text = text == null ? tweet.text("full_text") : text;
    text = text == null ? tweet.requiredText("text") : text;
    // X writes these three, and no other character, as entities.
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  /** Milliseconds as text or number; {@link ParsedRecord#NO_TIME} where absent or implausible. */
  private static long timestamp(JsonObject line) throws RejectedLineException {
    String millis = line.id("timestamp_ms");
    if (millis == null) {
      return ParsedRecord.NO_TIME;
    }
    if (!isDigits(millis)) {
      throw line.fault("timestamp_ms", "not a time");
    }
    long micros = millis.length() > 15 ? ParsedRecord.NO_TIME : Long.parseLong(millis) * 1_000;
    return Times.isPlausible(micros) ? micros : ParsedRecord.NO_TIME;
  }

  private static String id(JsonObject object, String member) throws RejectedLineException {
    String exact = object.id(member + "_str");
    String id = exact == null ? object.id(member) : exact;
    if (id != null && !isDigits(id)) {
      throw object.fault(exact == null ? member : member + "_str", "not an id");
    }
    return id;
  }

  private static String requiredId(JsonObject object, String member) throws RejectedLineException {
    String id = id(object, member);
    if (id == null) {
      throw object.fault(member, "missing");
    }
    return id;
  }

  /** Mentions of accounts that X could not find have no id, or -1. */
  private static String mentionedId(JsonObject mention) throws RejectedLineException {
    String exact = mention.id("id_str");
    String id = exact == null ? mention.id("id") : exact;
    return id == null || !isDigits(id) ? null : id;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
