package renown.dumps.formats;

import java.util.ArrayList;
import java.util.List;
import renown.dumps.DumpFormat;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.ParsedRecord.Status;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;

/**
 * X, formerly Twitter, version 1.1: one tweet or notice per line, from streams as archived by the
 * Archive Team, and REST responses: tweets, users and lists, alone, in an array, or in a page of
 * {@code statuses}, {@code users}, {@code lists} or {@code ids}.
 *
 * <p><b>A page</b> does not say whose followers, friends, favourites or list members it holds; only
 * its request did. If the request was added to the page, as the members {@code endpoint} and {@code
 * user_id} (for members of a list {@code list_id} and {@code owner_id}), each account of the page
 * is one end of an edge. Its start is unknown: it counts from the day of the first file with it.
 *
 * <p><b>An event</b> of a user stream says that {@code source} did something to {@code target}, and
 * to which tweet or list of it ({@code target_object}). Its acts share identities with those of
 * pages, so a follow in both a page and a stream counts once.
 *
 * <p><b>A line</b> is a tweet with its embedded tweets. Each tweet that is not a retweet is a post
 * with its reply, quote and mentions. A retweet is not a post: it is a repost, with the outer
 * tweet's id, of the post it embeds; its own text and mentions repeat the original's and are not
 * read. So every retweet contains the same original, always under its own id. Where nothing is
 * embedded, a text that begins with {@code RT @name: } is a retweet too, if a mention says which
 * account that is: a repost of that account, of a post that is not known. Whom the text names
 * besides was named by the original's author, not by who passed it on.
 *
 * <p><b>Mentions</b> are the distinct accounts of {@code entities.user_mentions} of the full text
 * ({@code extended_tweet}, if there is one). In a reply these include the account replied to, as
 * added by the network: such a tweet is a reply and a mention.
 *
 * <p><b>Time.</b> The time of a post or repost is its {@code created_at}, which X itself sets;
 * outside 2006..2100 the line is rejected. The witness time of the whole line is {@code
 * timestamp_ms}, or the outer tweet's {@code created_at} if that is missing. Notices from before
 * 2014 have no time: theirs is {@link ParsedRecord#NO_TIME}.
 *
 * <p><b>Identity.</b> The tweet's id, from {@code id_str} if there is one: in files that went
 * through JavaScript, {@code id} is rounded. Its day is the snowflake's; ids from before
 * snowflakes, and beyond 64 bits, have day 0.
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

  /** Members that identify a page. */
  private static final List<String> PAGES = List.of("statuses", "users", "lists", "ids");

  private static final String EMPTY_PAGE = "empty page";

  /** In place of a country: withheld everywhere, and withheld for a copyright complaint. */
  private static final List<String> EVERYWHERE = List.of("XX", "XY");

  private static final List<String> SIGNS_OF_A_TWEET =
      List.of("id_str", "id", "text", "full_text", "created_at", "user");

  private static final JsonFields LINE = line();

  /**
   * A notice of a user stream. Read apart: of tweets, {@code source} is not wanted, and lines with
   * one are the many.
   */
  private static final JsonFields EVENT = event();

  private static JsonFields event() {
    JsonFields user = user(new JsonFields());
    JsonFields entities = entities();
    JsonFields tweet = tweet(new JsonFields(), user, entities);
    embed(tweet, tweet);
    JsonFields object = tweet(new JsonFields(), user, entities);
    embed(object, tweet);
    return new JsonFields()
        .values("event", "created_at", "timestamp_ms")
        .object("source", user)
        .object("target", user)
        .object("target_object", object.values("slug", "name", "description", "mode"));
  }

  private static JsonFields line() {
    JsonFields user = user(new JsonFields());
    JsonFields entities = entities();
    JsonFields tweet = tweet(new JsonFields(), user, entities);
    embed(tweet, tweet);
    JsonFields list = list(new JsonFields()).object("user", user);
    JsonFields userWithStatus = user(new JsonFields()).object("status", tweet);

    JsonFields line = tweet(new JsonFields(), user, entities);
    embed(line, tweet);
    line.object(
        "delete",
        new JsonFields()
            .values("timestamp_ms")
            .object("status", new JsonFields().values("id", "id_str", "user_id", "user_id_str")));
    JsonFields accountNotice =
        new JsonFields()
            .values("id", "id_str", "user_id", "user_id_str", "timestamp_ms")
            .object("user", new JsonFields().values("id", "id_str"));
    ACCOUNT_NOTICES.forEach(notice -> line.object(notice, accountNotice));
    IGNORED_KINDS.forEach(line::values);

    line.values("event")
        .values("screen_name", "name", "description", "url", "protected", "verified")
        .values("followers_count", "friends_count", "statuses_count", "listed_count")
        .values("slug", "mode")
        .object("status", tweet)
        .objects("statuses", tweet)
        .objects("users", userWithStatus)
        .objects("lists", list)
        .array("ids")
        .values("endpoint", "user_id", "user_id_str", "list_id", "list_id_str")
        .values("owner_id", "owner_id_str");
    return line;
  }

  private static JsonFields entities() {
    return new JsonFields()
        .objects("user_mentions", new JsonFields().values("id", "id_str", "screen_name"))
        .objects("hashtags", new JsonFields().values("text"))
        .objects("urls", new JsonFields().values("url", "expanded_url"))
        .object("url", profileUrls());
  }

  private static JsonFields user(JsonFields fields) {
    return fields
        .values("id", "id_str", "screen_name", "name", "description", "url", "created_at")
        .values("followers_count", "friends_count", "statuses_count", "listed_count")
        .values("protected", "verified")
        .object("entities", new JsonFields().object("url", profileUrls()));
  }

  private static JsonFields profileUrls() {
    return new JsonFields().objects("urls", new JsonFields().values("expanded_url"));
  }

  private static JsonFields list(JsonFields fields) {
    return fields.values("id", "id_str", "slug", "name", "description", "mode", "created_at");
  }

  private static JsonFields tweet(JsonFields fields, JsonFields user, JsonFields entities) {
    return fields
        .values("id", "id_str", "created_at", "timestamp_ms", "text", "full_text", "lang")
        .values("in_reply_to_status_id", "in_reply_to_status_id_str")
        .values("in_reply_to_user_id", "in_reply_to_user_id_str")
        .values("is_quote_status", "quoted_status_id", "quoted_status_id_str")
        .values("truncated", "withheld_copyright")
        .array("withheld_in_countries")
        .object("user", user)
        .object("entities", entities)
        .object(
            "extended_tweet", new JsonFields().values("full_text").object("entities", entities));
  }

  /** The members of a tweet in an archive, which holds no other tweets. */
  static JsonFields tweetAlone() {
    JsonFields tweet = tweet(new JsonFields(), user(new JsonFields()), entities());
    embed(tweet, new JsonFields().values("id", "id_str").object("user", user(new JsonFields())));
    return tweet;
  }

  private static void embed(JsonFields fields, JsonFields tweet) {
    fields.object("retweeted_status", tweet).object("quoted_status", tweet);
  }

  private final String owner;

  XStreamFormat() {
    this(null);
  }

  private XStreamFormat(String owner) {
    this.owner = owner;
  }

  @Override
  public String name() {
    return "x-v1-stream";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "X v1.1",
        """
        REPOST | tweet with `retweeted_status` | outer author -> author of the embedded tweet | `created_at` of the outer tweet | id of the outer tweet | delete notice of the outer tweet
        REPOST | tweet whose text begins with `RT @name: `, with nothing embedded | author -> the account that a mention says has the name | `created_at` | id of the tweet | delete notice
        QUOTE | tweet with `quoted_status` | author -> author of the embedded tweet | `created_at` | id of the tweet | delete notice
        REPLY | tweet with `in_reply_to_user_id` (with or without a status id) | author -> that account | `created_at` | id of the tweet | delete notice
        MENTION | `entities.user_mentions` of the full text | author -> each account, once, the one replied to included | `created_at` | id of the tweet | delete notice
        FOLLOW | page of `followers/…` or `friends/…` with its request | follower -> followed | the day of the first file with it | both accounts | nothing
        LIKE | own archive: `like.js` | owner -> author of the tweet* | the day of the first file with it | account and tweet | nothing
        FOLLOW | own archive: `follower.js`, `following.js` | follower -> followed | the day of the first file with it | both accounts | nothing
        LIKE | page of `favorites/list` with its request | that account -> author | the day of the first file with it | account and tweet | nothing
        LIST | page of `lists/members` or `lists/memberships` with its request | owner -> member | the day of the first file with it | list and account | nothing
        LIKE | event `favorite` of a user stream | source -> target | `created_at` of the event | account and tweet | event `unfavorite`
        FOLLOW | event `follow` | source -> target | `created_at` of the event | both accounts | event `unfollow`
        BLOCK | event `block` | source -> target (a negative signal) | `created_at` of the event | both accounts | event `unblock`
        LIST | event `list_member_added` | source -> target | `created_at` of the event | list and account | event `list_member_removed`; `list_destroyed`
        """);
  }

  @Override
  public String contextMember() {
    return XArchiveFormat.ACCOUNT_FILE;
  }

  @Override
  public boolean needsContext(String path) {
    return XArchiveFormat.of(path, null).isPresent();
  }

  /** The format of the files of an archive, which belong to this account. */
  @Override
  public DumpFormat inContext(byte[] account) throws RejectedLineException {
    return new XStreamFormat(XArchiveFormat.owner(account));
  }

  @Override
  public DumpFormat inFile(String path) {
    return XArchiveFormat.of(path, owner).orElse(this);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    List<JsonObject> lines = LINE.readAll(bytes, offset, length);
    if (lines.isEmpty()) {
      sink.ignored(EMPTY_PAGE);
    }
    List<JsonObject> events = null;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).has("event")) {
        events = events == null ? EVENT.readAll(bytes, offset, length) : events;
        event(events.get(i), sink);
      } else {
        parse(lines.get(i), sink);
      }
    }
  }

  private static void parse(JsonObject line, LineSink sink) throws RejectedLineException {
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
    for (String page : PAGES) {
      if (line.has(page)) {
        page(page, line, sink);
        return;
      }
    }
    for (String kind : IGNORED_KINDS) {
      if (line.has(kind)) {
        sink.ignored("kind " + kind);
        return;
      }
    }
    if (line.has("slug")) {
      list(line, sink);
      return;
    }
    if (line.has("screen_name") && !line.has("user")) {
      user(line, sink);
      return;
    }
    for (String sign : SIGNS_OF_A_TWEET) {
      if (line.has(sign)) {
        tweet(line, null, sink);
        return;
      }
    }
    sink.ignored(IgnoredRules.named("kind", line.firstMember()));
  }

  private static void page(String kind, JsonObject page, LineSink sink)
      throws RejectedLineException {
    Request request = Request.of(page);
    int count = 0;
    switch (kind) {
      case "statuses" -> {
        for (JsonObject tweet : page.objects("statuses")) {
          count++;
          tweet(tweet, null, sink);
          JsonObject author = tweet.object("user");
          if (request.shows("favorites/") && author != null) {
            sink.accept(
                XRecords.like(
                    request.accountId,
                    requiredId(author, "id"),
                    requiredId(tweet, "id"),
                    ParsedRecord.NO_TIME));
          }
        }
      }
      case "users" -> {
        for (JsonObject user : page.objects("users")) {
          count++;
          user(user, sink);
          request.names(requiredId(user, "id"), sink);
        }
      }
      case "lists" -> {
        for (JsonObject list : page.objects("lists")) {
          count++;
          list(list, sink);
          JsonObject owner = list.object("user");
          if (request.shows("lists/memberships") && owner != null) {
            sink.accept(
                XRecords.listed(
                    requiredId(owner, "id"),
                    requiredId(list, "id"),
                    request.accountId,
                    ParsedRecord.NO_TIME));
          }
        }
      }
      case "ids" -> {
        for (String id : page.ids("ids")) {
          if (!XRecords.isDigits(id)) {
            throw page.fault("ids[]", "not an id");
          }
          count++;
          request.names(id, sink);
        }
        if (count > 0 && !request.isAboutAccounts()) {
          sink.ignored("ids without the request they answer");
        }
      }
      default -> throw new IllegalStateException(kind);
    }
    if (count == 0) {
      sink.ignored(EMPTY_PAGE);
    }
  }

  /**
   * What a page answers, as its keeper wrote next to it.
   *
   * @param endpoint such as {@code followers/ids}, or a whole address that holds it; may be empty
   * @param accountId whose page it is; null if it is not told
   */
  private record Request(String endpoint, String accountId, String listId, String ownerId) {
    static Request of(JsonObject page) throws RejectedLineException {
      String endpoint = page.text("endpoint");
      return new Request(
          endpoint == null ? "" : endpoint,
          id(page, "user_id"),
          id(page, "list_id"),
          id(page, "owner_id"));
    }

    boolean shows(String what) {
      return accountId != null && endpoint.contains(what);
    }

    boolean isAboutAccounts() {
      return shows("followers/")
          || shows("friends/")
          || endpoint.contains("lists/members") && listId != null && ownerId != null;
    }

    /** The edge that an account of the page is one end of, if any. */
    void names(String id, LineSink sink) {
      if (shows("followers/")) {
        sink.accept(XRecords.follow(id, accountId, ParsedRecord.NO_TIME));
      } else if (shows("friends/")) {
        sink.accept(XRecords.follow(accountId, id, ParsedRecord.NO_TIME));
      } else if (isAboutAccounts()) {
        sink.accept(XRecords.listed(ownerId, listId, id, ParsedRecord.NO_TIME));
      }
    }
  }

  private static void user(JsonObject user, LineSink sink) throws RejectedLineException {
    String id = requiredId(user, "id");
    if (user.has("screen_name")) {
      profile(user, id, ParsedRecord.NO_TIME, sink);
    } else {
      sink.ignored("user without a name");
    }
    JsonObject status = user.object("status");
    if (status != null) {
      tweet(status, id, sink);
    }
  }

  private static void list(JsonObject list, LineSink sink) throws RejectedLineException {
    if ("private".equals(list.text("mode"))) {
      sink.ignored("private list");
      return;
    }
    JsonObject owner = list.requiredObject("user");
    String ownerId = requiredId(owner, "id");
    profile(owner, ownerId, ParsedRecord.NO_TIME, sink);
    sink.accept(listRecord(list, requiredId(list, "id"), ownerId, ParsedRecord.NO_TIME));
  }

  private static ParsedRecord listRecord(JsonObject list, String id, String owner, long witness)
      throws RejectedLineException {
    ParsedRecord record = new ParsedRecord(Kind.LIST, owner, witness);
    record.recordId = id;
    record.recordDay = Snowflake.day(record.recordId);
    long created = list.time("created_at", Times::x);
    record.happenedAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    record.displayName = list.name("name");
    record.description = list.text("description");
    record.purpose = "curation";
    return record;
  }

  /** An act between two accounts, from the user stream of one of them. */
  private static void event(JsonObject event, LineSink sink) throws RejectedLineException {
    String word = event.requiredText("event");
    switch (word) {
      case "favorite",
          "unfavorite",
          "follow",
          "unfollow",
          "block",
          "unblock",
          "list_member_added",
          "list_member_removed",
          "list_created",
          "list_updated",
          "list_destroyed",
          "user_update" -> {
        long happened = event.eventTime("created_at", Times::x);
        long told = timestamp(event);
        long witness = told == ParsedRecord.NO_TIME ? happened : told;
        JsonObject source = event.requiredObject("source");
        String actor = requiredId(source, "id");
        profile(source, actor, witness, sink);
        if (!word.equals("user_update")) {
          event(word, event, actor, happened, witness, sink);
        } else if (source.name("screen_name") == null) {
          sink.ignored("user_update without a profile");
        }
      }
      default -> sink.ignored(IgnoredRules.named("event", word));
    }
  }

  private static void event(
      String word, JsonObject event, String actor, long happened, long witness, LineSink sink)
      throws RejectedLineException {
    JsonObject target = event.requiredObject("target");
    String other = requiredId(target, "id");
    if (!other.equals(actor)) {
      profile(target, other, witness, sink);
    }
    switch (word) {
      case "follow" -> sink.accept(XRecords.follow(actor, other, happened));
      case "unfollow" -> sink.accept(undone(XRecords.follow(actor, other, happened)));
      case "block" -> sink.accept(XRecords.block(actor, other, happened));
      case "unblock" -> sink.accept(undone(XRecords.block(actor, other, happened)));
      default -> {
        JsonObject object = event.requiredObject("target_object");
        String id = requiredId(object, "id");
        switch (word) {
          case "favorite" -> {
            sink.accept(XRecords.like(actor, other, id, happened));
            if (object.has("created_at")) {
              tweet(object, other, null, witness, sink);
            }
          }
          case "unfavorite" -> sink.accept(undone(XRecords.like(actor, other, id, happened)));
          default -> {
            if ("private".equals(object.text("mode"))) {
              sink.ignored("private list");
            } else {
              list(word, object, id, actor, other, happened, sink);
            }
          }
        }
      }
    }
  }

  /** A change to a list that the actor owns. */
  private static void list(
      String word,
      JsonObject list,
      String id,
      String owner,
      String member,
      long happened,
      LineSink sink)
      throws RejectedLineException {
    ParsedRecord listed = XRecords.listed(owner, id, member, happened);
    switch (word) {
      case "list_destroyed" -> {
        ParsedRecord deletion = new ParsedRecord(Kind.DELETION, owner, happened);
        deletion.recordId = id;
        deletion.recordDay = Snowflake.day(id);
        deletion.happenedAt = happened;
        sink.accept(deletion);
      }
      case "list_member_removed" -> sink.accept(undone(listed));
      default -> {
        if (word.equals("list_member_added")) {
          // First of all, for the line is about it: the list comes with each of its members.
          sink.accept(listed);
        }
        sink.accept(listRecord(list, id, owner, happened));
      }
    }
  }

  private static ParsedRecord undone(ParsedRecord act) {
    ParsedRecord deletion = new ParsedRecord(Kind.DELETION, act.accountId, act.witnessedAt);
    deletion.recordId = act.recordId;
    deletion.recordDay = act.recordDay;
    deletion.happenedAt = act.happenedAt;
    return deletion;
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
   * A tweet that is not embedded in another.
   *
   * @param author where the tweet does not name its own; else null
   */
  private static void tweet(JsonObject tweet, String author, LineSink sink)
      throws RejectedLineException {
    long created = tweet.eventTime("created_at", Times::x);
    long witness = timestamp(tweet);
    tweet(tweet, author, null, witness == ParsedRecord.NO_TIME ? created : witness, sink);
  }

  /**
   * A tweet from the archive of its author.
   *
   * @param firstVersion the id of its first version; null if it was never edited
   */
  static void ownTweet(JsonObject tweet, String firstVersion, String author, LineSink sink)
      throws RejectedLineException {
    long created = tweet.eventTime("created_at", Times::x);
    String id = firstVersion == null ? requiredId(tweet, "id") : firstVersion;
    tweet(tweet, id, author, null, created, sink);
  }

  /**
   * @param author where the tweet does not name its own; else null
   * @param quotedOutside what the retweet around this tweet shows as quoted; null if none
   */
  private static void tweet(
      JsonObject tweet, String author, JsonObject quotedOutside, long witness, LineSink sink)
      throws RejectedLineException {
    tweet(tweet, requiredId(tweet, "id"), author, quotedOutside, witness, sink);
  }

  private static void tweet(
      JsonObject tweet,
      String id,
      String author,
      JsonObject quotedOutside,
      long witness,
      LineSink sink)
      throws RejectedLineException {
    if (author == null || tweet.has("user")) {
      JsonObject user = tweet.requiredObject("user");
      author = requiredId(user, "id");
      profile(user, author, witness, sink);
    }
    long created = tweet.eventTime("created_at", Times::x);

    XRecords.Tweet known = new XRecords.Tweet(id, author, created, witness);
    JsonObject original = tweet.object("retweeted_status");
    JsonObject quoted = tweet.object("quoted_status");
    quoted = quoted == null ? quotedOutside : quoted;
    if (original != null) {
      if (!tweet.has("user") && !original.has("user")) {
        // A user's own status names nobody else.
        sink.accept(known.does(Verb.REPOST, null, requiredId(original, "id")));
        return;
      }
      String originalAuthor = requiredId(original.requiredObject("user"), "id");
      sink.accept(known.does(Verb.REPOST, originalAuthor, requiredId(original, "id")));
      tweet(original, null, quoted, witness, sink);
      return;
    }

    ParsedRecord post = known.says(Kind.POST);
    JsonObject extended = tweet.object("extended_tweet");
    List<String> ignored = new ArrayList<>();
    post.text = text(tweet, extended, ignored);
    post.language = tweet.text("lang");
    JsonObject entities = extended == null ? null : extended.object("entities");
    entities = entities == null ? tweet.object("entities") : entities;
    String retweeted = XRecords.retweeted(post.text);
    if (retweeted != null) {
      String account = account(retweeted, entities);
      if (account == null) {
        sink.ignored("retweet of an account that is not known");
      } else {
        sink.accept(known.does(Verb.REPOST, account, null));
      }
      if (quoted != null && quoted.has("user")) {
        tweet(quoted, null, null, witness, sink);
      }
      return;
    }
    List<ParsedRecord> interactions = new ArrayList<>();

    post.replyToId = id(tweet, "in_reply_to_status_id");
    String repliedTo = id(tweet, "in_reply_to_user_id");
    if (repliedTo != null) {
      interactions.add(known.does(Verb.REPLY, repliedTo, post.replyToId));
    } else if (post.replyToId != null) {
      ignored.add("reply without its target account");
    }

    post.quotedId = id(tweet, "quoted_status_id");
    if (quoted != null && !tweet.has("user") && !quoted.has("user")) {
      post.quotedId = requiredId(quoted, "id");
      interactions.add(known.does(Verb.QUOTE, null, post.quotedId));
      quoted = null;
    } else if (quoted != null) {
      String quotedId = requiredId(quoted, "id");
      String quotedAuthor = requiredId(quoted.requiredObject("user"), "id");
      post.quotedId = quotedId;
      interactions.add(known.does(Verb.QUOTE, quotedAuthor, quotedId));
    } else if (post.quotedId != null || Boolean.TRUE.equals(tweet.flag("is_quote_status"))) {
      ignored.add("quote without its target account");
    }

    Entities named =
        XRecords.entities(
            entities, "text", "user_mentions", XStreamFormat::mentionedId, ignored::add);
    for (String account : named.mentions()) {
      interactions.add(known.does(Verb.MENTION, account, null));
    }
    named.describe(post);
    sink.accept(post);
    interactions.forEach(sink::accept);
    ignored.forEach(sink::ignored);
    if (quoted != null) {
      tweet(quoted, null, null, witness, sink);
    }
  }

  private static void profile(JsonObject user, String id, long witness, LineSink sink)
      throws RejectedLineException {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, witness);
    account.happenedAt = witness;
    account.handle = user.name("screen_name");
    if (account.handle == null) {
      // Trimmed to its id: no information about the account.
      return;
    }
    account.displayName = user.name("name");
    String description = user.text("description");
    account.description =
        XRecords.profileText(
            description == null ? "" : description, user.text("url"), user.object("entities"));
    long created = user.time("created_at", Times::x);
    // X reports 1970 for some old accounts.
    account.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    account.followerCount = user.count("followers_count");
    account.followingCount = user.count("friends_count");
    account.postCount = user.count("statuses_count");
    account.listedCount = user.count("listed_count");
    account.isProtected = user.flag("protected");
    account.isVerified = user.flag("verified");
    sink.accept(account);
  }

  private static String text(JsonObject tweet, JsonObject extended, List<String> ignored)
      throws RejectedLineException {
    if (Boolean.TRUE.equals(tweet.flag("withheld_copyright"))
        || tweet.oneOrMoreTexts("withheld_in_countries").stream().anyMatch(EVERYWHERE::contains)) {
      // The replacement text is X's, not the author's.
      ignored.add("withheld text");
      return "";
    }
    if (extended == null
        && !tweet.has("full_text")
        && Boolean.TRUE.equals(tweet.flag("truncated"))) {
      ignored.add("truncated text");
    }
    String text = extended == null ? null : extended.text("full_text");
    text = text == null ? tweet.text("full_text") : text;
    text = text == null ? tweet.requiredText("text") : text;
    return XRecords.plain(text);
  }

  /** Milliseconds as text or number; {@link ParsedRecord#NO_TIME} where absent or implausible. */
  private static long timestamp(JsonObject line) throws RejectedLineException {
    String millis = line.id("timestamp_ms");
    if (millis == null) {
      return ParsedRecord.NO_TIME;
    }
    if (!XRecords.isDigits(millis)) {
      throw line.fault("timestamp_ms", "not a time");
    }
    long micros = millis.length() > 15 ? ParsedRecord.NO_TIME : Long.parseLong(millis) * 1_000;
    return Times.isPlausible(micros) ? micros : ParsedRecord.NO_TIME;
  }

  private static String id(JsonObject object, String member) throws RejectedLineException {
    String exact = object.id(member + "_str");
    String id = exact == null ? object.id(member) : exact;
    if (id != null && !XRecords.isDigits(id)) {
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

  /** The account that a mention says has a name; null if none does. */
  private static String account(String name, JsonObject entities) throws RejectedLineException {
    if (entities != null) {
      for (JsonObject mention : entities.objects("user_mentions")) {
        if (name.equalsIgnoreCase(mention.text("screen_name"))) {
          return mentionedId(mention);
        }
      }
    }
    return null;
  }

  /** Mentions of accounts that X could not find have no id, or -1. */
  private static String mentionedId(JsonObject mention) throws RejectedLineException {
    String exact = mention.id("id_str");
    String id = exact == null ? mention.id("id") : exact;
    return id == null || !XRecords.isDigits(id) ? null : id;
  }
}
