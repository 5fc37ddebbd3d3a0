package renown.dumps.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * X, formerly Twitter, version 2: a line is a response page ({@code data} with {@code includes}), a
 * tweet of a stream, a flattened tweet (with its referenced tweets inside), a user, or a line of
 * the compliance interface, streamed or in batches.
 *
 * <p><b>Statements</b> are those of version 1.1, with the same ids: a retweet is not a post but a
 * repost; a post makes a reply, a quote and its mentions. The author of a referenced tweet that is
 * not included is unknown; then the act only names the post, except for a retweet, whose text
 * begins with the author's mention.
 *
 * <p><b>Edits.</b> Every version of a tweet has its own id. All of them are one post, with the id
 * and time of the first version in {@code edit_history_tweet_ids}.
 *
 * <p><b>Time.</b> A tweet's time is its {@code created_at}, or the time in its id if that was not
 * requested. The witness time is when the page was fetched, as recorded by twarc ({@code
 * __twarc.retrieved_at}); else, in a stream, the tweet's own time; else unknown for profiles.
 *
 * <p><b>Pages of followers, likes and list memberships</b> have acts without a time, which get the
 * page's; the URL recorded by twarc ({@code __twarc.url}) tells whose page it is.
 */
public final class XApiFormat implements DumpFormat {
  /** In place of a country: withheld everywhere, and withheld for a copyright complaint. */
  private static final List<String> EVERYWHERE = List.of("XX", "XY");

  private static final List<String> EVENTS_OF_TWEETS =
      List.of("delete", "drop", "undrop", "tweet_edit");

  private static final List<String> EVENTS_OF_USERS =
      List.of(
          "user_delete",
          "user_undelete",
          "user_suspend",
          "user_unsuspend",
          "user_protect",
          "user_unprotect",
          "user_withheld",
          "user_profile_modification",
          "scrub_geo");

  private static final Pattern REQUEST =
      Pattern.compile("/2/(users|tweets)/(\\d{1,19})/([a-z_]{1,30})(?:\\?|$)");

  /** Offset of the author's mention in the text of a retweet, after {@code "RT "}. */
  private static final long AUTHOR_OF_RETWEET = 3;

  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields user = user(new JsonFields());
    JsonFields mention = user(new JsonFields()).values("start");
    JsonFields entities =
        new JsonFields()
            .objects("mentions", mention)
            .objects("hashtags", new JsonFields().values("tag"))
            .objects("urls", new JsonFields().values("url", "expanded_url"))
            .object("url", profileUrls());
    JsonFields tweet = tweet(new JsonFields(), user, entities);
    tweet.objects("referenced_tweets", tweet);

    JsonFields element = element(user, entities, tweet);
    JsonFields event =
        new JsonFields()
            .values("event_at")
            .object("tweet", new JsonFields().values("id", "author_id"))
            .object("user", new JsonFields().values("id"));
    EVENTS_OF_TWEETS.forEach(name -> element.object(name, event));
    EVENTS_OF_USERS.forEach(name -> element.object(name, event));

    return element(user, entities, tweet)
        .objects("data", element)
        .object("includes", new JsonFields().objects("users", user).objects("tweets", tweet))
        .objects("errors", new JsonFields().values("type", "title"))
        .values("meta", "title", "status", "action", "reason", "redacted_at")
        .object("__twarc", new JsonFields().values("url", "retrieved_at"));
  }

  private static JsonFields user(JsonFields fields) {
    return fields
        .values("id", "username", "name", "description", "url", "created_at")
        .values("protected", "verified")
        .object("entities", new JsonFields().object("url", profileUrls()))
        .object(
            "public_metrics",
            new JsonFields()
                .values("followers_count", "following_count", "tweet_count", "listed_count"));
  }

  private static JsonFields profileUrls() {
    return new JsonFields().objects("urls", new JsonFields().values("expanded_url"));
  }

  private static JsonFields tweet(JsonFields fields, JsonFields user, JsonFields entities) {
    return fields
        .values("id", "type", "author_id", "text", "created_at", "lang", "conversation_id")
        .values("in_reply_to_user_id")
        .array("edit_history_tweet_ids")
        .object("entities", entities)
        .object("note_tweet", new JsonFields().values("text").object("entities", entities))
        .object("withheld", new JsonFields().values("copyright").array("country_codes"))
        .object("author", user)
        .object("in_reply_to_user", user);
  }

  /** Possible contents of {@code data}: a tweet, a user, a list, or a count of tweets. */
  private static JsonFields element(JsonFields user, JsonFields entities, JsonFields tweet) {
    return tweet(new JsonFields(), user, entities)
        .objects("referenced_tweets", tweet)
        .values("username", "name", "description", "url", "protected", "verified")
        .object(
            "public_metrics",
            new JsonFields()
                .values("followers_count", "following_count", "tweet_count", "listed_count"))
        .values("owner_id", "private", "tweet_count");
  }

  @Override
  public String name() {
    return "x-v2";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "X v2",
        """
        REPOST | tweet that refers to one `retweeted` | author -> that tweet's author* | `created_at` | id of the first version | delete of the tweet
        REPLY | tweet with `in_reply_to_user_id`, or that refers to one `replied_to` | author -> that account | `created_at` | id of the first version | delete of the tweet
        QUOTE | tweet that refers to one `quoted` | author -> that tweet's author* | `created_at` | id of the first version | delete of the tweet
        MENTION | `entities.mentions`, of the long text where there is one | author -> each account, once | `created_at` | id of the first version | delete of the tweet
        FOLLOW, LIKE, LIST | pages of `followers`, `following`, `liking_users`, `liked_tweets`, `list_memberships` with their URL | as v1.1 | when the page was fetched | as v1.1 | nothing
        """);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    List<JsonObject> lines = LINE.readAll(bytes, offset, length);
    if (lines.isEmpty()) {
      sink.ignored("empty page");
    }
    for (JsonObject line : lines) {
      new Page(line, sink).read();
    }
  }

  /** One line, while it is read. */
  private static final class Page {
    private final JsonObject line;
    private final LineSink sink;
    private final Map<String, JsonObject> tweets = new HashMap<>();
    private final Map<String, String> userIds = new HashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private long witness;
    private boolean saysSomething;

    Page(JsonObject line, LineSink sink) {
      this.line = line;
      this.sink = sink;
    }

    void read() throws RejectedLineException {
      JsonObject twarc = line.object("__twarc");
      long retrieved =
          twarc == null ? ParsedRecord.NO_TIME : twarc.time("retrieved_at", Times::iso);
      witness = Times.isPlausible(retrieved) ? retrieved : ParsedRecord.NO_TIME;
      if (line.has("action")) {
        compliance();
        return;
      }
      List<JsonObject> data = line.oneOrMoreObjects("data");
      if (witness == ParsedRecord.NO_TIME && data.size() == 1 && !line.isArray("data")) {
        // A stream hands out tweets as they are made.
        witness = time(data.get(0), "created_at");
      }
      if (!line.has("data") && (line.has("text") || line.has("username") || line.has("owner_id"))) {
        data = List.of(line);
      }
      JsonObject includes = line.object("includes");
      List<JsonObject> users = includes == null ? List.of() : includes.objects("users");
      List<JsonObject> included = includes == null ? List.of() : includes.objects("tweets");
      for (JsonObject user : users) {
        String name = user.text("username");
        if (name != null) {
          userIds.put(name.toLowerCase(Locale.ROOT), requiredId(user, "id"));
        }
      }
      for (List<JsonObject> found : List.of(included, data)) {
        for (JsonObject tweet : found) {
          if (tweet.has("text")) {
            tweets.put(requiredId(tweet, "id"), tweet);
          }
        }
      }
      Request request = Request.of(twarc == null ? null : twarc.text("url"));
      for (JsonObject element : data) {
        element(element, request);
      }
      for (JsonObject tweet : included) {
        tweet(tweet);
      }
      for (JsonObject user : users) {
        profile(user);
      }
      for (JsonObject error : line.objects("errors")) {
        ignored(IgnoredRules.named("error", problem(error)));
      }
      if (!saysSomething) {
        if (line.has("meta") || line.has("data")) {
          ignored("empty page");
        } else if (line.has("title")) {
          ignored(IgnoredRules.named("error", problem(line)));
        } else {
          ignored(IgnoredRules.named("kind", line.firstMember()));
        }
      }
    }

    private void accept(ParsedRecord record) {
      saysSomething = true;
      sink.accept(record);
    }

    private void ignored(String rule) {
      saysSomething = true;
      sink.ignored(rule);
    }

    /** The last path segment of the URL of a problem type, else its title. */
    private static String problem(JsonObject error) throws RejectedLineException {
      String type = error.text("type");
      return type == null || type.equals("about:blank")
          ? error.text("title")
          : type.substring(type.lastIndexOf('/') + 1);
    }

    private void element(JsonObject element, Request request) throws RejectedLineException {
      if (element.has("username")) {
        profile(element);
        request.user(requiredId(element, "id"), this);
      } else if (element.has("text")) {
        tweet(element);
        request.tweet(element, this);
      } else if (element.has("owner_id")) {
        list(element);
        request.list(element, this);
      } else if (element.has("tweet_count")) {
        ignored("count of tweets");
      } else if (!event(element)) {
        ignored(IgnoredRules.named("data", element.firstMember()));
      }
    }

    private void list(JsonObject list) throws RejectedLineException {
      if (Boolean.TRUE.equals(list.flag("private"))) {
        ignored("private list");
        return;
      }
      ParsedRecord record = new ParsedRecord(Kind.LIST, requiredId(list, "owner_id"), witness);
      record.recordId = requiredId(list, "id");
      record.recordDay = Snowflake.day(record.recordId);
      long created = list.time("created_at", Times::iso);
      record.happenedAt = Times.isPlausible(created) ? created : witness;
      record.displayName = list.name("name");
      record.description = list.text("description");
      record.purpose = "curation";
      accept(record);
    }

    /** Parses a compliance stream element; false if it is none. */
    private boolean event(JsonObject element) throws RejectedLineException {
      for (String name : EVENTS_OF_TWEETS) {
        if (element.has(name)) {
          if (name.equals("delete") || name.equals("drop")) {
            JsonObject event = element.requiredObject(name);
            JsonObject tweet = event.requiredObject("tweet");
            deletion(requiredId(tweet, "id"), id(tweet, "author_id"), time(event, "event_at"));
          } else {
            ignored("event " + name);
          }
          return true;
        }
      }
      for (String name : EVENTS_OF_USERS) {
        if (element.has(name)) {
          JsonObject event = element.requiredObject(name);
          JsonObject user = event.requiredObject("user");
          ParsedRecord account =
              new ParsedRecord(Kind.ACCOUNT, requiredId(user, "id"), time(event, "event_at"));
          account.happenedAt = account.witnessedAt;
          switch (name) {
            case "user_delete" -> account.status = Status.DELETED;
            case "user_suspend" -> account.status = Status.SUSPENDED;
            case "user_undelete", "user_unsuspend" -> account.status = Status.ACTIVE;
            case "user_protect" -> account.isProtected = true;
            case "user_unprotect" -> account.isProtected = false;
            default -> {
              ignored("event " + name);
              return true;
            }
          }
          accept(account);
          return true;
        }
      }
      return false;
    }

    /**
     * A line of a batch compliance job. It does not say whether it is about a tweet or a user; only
     * the job did ({@code type}, which may be added to the line). Without it, an id created in the
     * exact millisecond of {@code created_at} is a tweet's, because users are dated to the second;
     * one created in that second may be either and is treated as both; any other is a user's.
     */
    private void compliance() throws RejectedLineException {
      String action = line.requiredText("action");
      if (!action.equals("delete")) {
        ignored(IgnoredRules.named("action", action));
        return;
      }
      String id = requiredId(line, "id");
      String type = line.text("type");
      long created = line.time("created_at", Times::iso);
      long made = Snowflake.time(id);
      boolean sameSecond =
          made != ParsedRecord.NO_TIME
              && created != ParsedRecord.NO_TIME
              && Math.floorDiv(created, 1_000_000) == Math.floorDiv(made, 1_000_000);
      boolean sameMilli = sameSecond && created == made && created % 1_000_000 != 0;
      boolean tweet = "tweets".equals(type) || type == null && sameSecond;
      boolean user = "users".equals(type) || type == null && !sameMilli;
      long at = time(line, "redacted_at");
      if (tweet) {
        deletion(id, null, at);
      }
      if (user) {
        redacted(id, line.text("reason"), at);
      }
      if (!tweet && !user) {
        ignored(IgnoredRules.named("compliance of", type));
      }
    }

    private void redacted(String id, String reason, long at) {
      ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, at);
      account.happenedAt = at;
      switch (reason == null ? "" : reason) {
        case "deleted" -> account.status = Status.DELETED;
        case "suspended" -> account.status = Status.SUSPENDED;
        case "deactivated" -> account.status = Status.DEACTIVATED;
        case "protected" -> account.isProtected = true;
        default -> {
          ignored(IgnoredRules.named("reason", reason));
          return;
        }
      }
      accept(account);
    }

    /**
     * @param author null if it is not told: the network itself says that it is gone
     */
    private void deletion(String id, String author, long at) {
      ParsedRecord deletion = new ParsedRecord(Kind.DELETION, author, at);
      deletion.recordId = id;
      deletion.recordDay = Snowflake.day(id);
      deletion.happenedAt = at;
      accept(deletion);
    }

    private void tweet(JsonObject tweet) throws RejectedLineException {
      String id = requiredId(tweet, "id");
      if (!told.add(id)) {
        return;
      }
      JsonObject writer = tweet.object("author");
      String author = id(tweet, "author_id");
      author = author == null && writer != null ? requiredId(writer, "id") : author;
      if (author == null) {
        ignored("tweet without its author");
        return;
      }
      long created =
          tweet.has("created_at") ? tweet.eventTime("created_at", Times::iso) : Snowflake.time(id);
      if (created == ParsedRecord.NO_TIME) {
        throw tweet.fault("created_at", "missing");
      }
      long seen = witness == ParsedRecord.NO_TIME ? created : witness;
      if (writer != null) {
        profile(writer);
      }
      JsonObject answered = tweet.object("in_reply_to_user");
      if (answered != null) {
        profile(answered);
      }
      String first = canonical(id, tweet);
      if (!first.equals(id)) {
        long firstMade = Snowflake.time(first);
        created = firstMade == ParsedRecord.NO_TIME ? created : firstMade;
      }
      XRecords.Tweet known = new XRecords.Tweet(first, author, created, seen);
      String repliedTo = null;
      String quoted = null;
      String reposted = null;
      List<JsonObject> inside = new ArrayList<>();
      for (JsonObject reference : tweet.objects("referenced_tweets")) {
        String referred = requiredId(reference, "id");
        if (reference.has("text")) {
          tweets.put(referred, reference);
          inside.add(reference);
        }
        String type = reference.requiredText("type");
        switch (type) {
          case "retweeted" -> reposted = referred;
          case "quoted" -> quoted = referred;
          case "replied_to" -> repliedTo = referred;
          default -> ignored(IgnoredRules.named("reference", type));
        }
      }
      if (reposted != null) {
        String told = author(reposted);
        String original = told == null ? mentionedFirst(tweet) : told;
        accept(known.does(Verb.REPOST, original, canonical(reposted)));
      } else if (tweet.has("text") && XRecords.retweeted(tweet.text("text")) != null) {
        // What it refers to was not asked for.
        String original = mentionedFirst(tweet);
        if (original == null) {
          ignored("retweet of an account that is not known");
        } else {
          accept(known.does(Verb.REPOST, original, null));
        }
      } else {
        post(tweet, known, repliedTo, quoted);
      }
      for (JsonObject reference : inside) {
        tweet(reference);
      }
    }

    private void post(JsonObject tweet, XRecords.Tweet known, String repliedTo, String quoted)
        throws RejectedLineException {
      ParsedRecord post = known.says(Kind.POST);
      JsonObject note = tweet.object("note_tweet");
      post.text = text(tweet, note);
      post.language = tweet.text("lang");
      String thread = id(tweet, "conversation_id");
      thread = thread == null ? null : canonical(thread);
      post.threadId = known.id().equals(thread) ? null : thread;
      List<ParsedRecord> acts = new ArrayList<>();
      String answered = id(tweet, "in_reply_to_user_id");
      if (repliedTo != null || answered != null) {
        post.replyToId = repliedTo == null ? null : canonical(repliedTo);
        String target = answered == null ? author(repliedTo) : answered;
        acts.add(known.does(Verb.REPLY, target, post.replyToId));
      }
      if (quoted != null) {
        post.quotedId = canonical(quoted);
        acts.add(known.does(Verb.QUOTE, author(quoted), post.quotedId));
      }
      JsonObject entities = note == null ? null : note.object("entities");
      entities = entities == null ? tweet.object("entities") : entities;
      Entities named =
          XRecords.entities(entities, "tag", "mentions", this::mentionedWithProfile, this::ignored);
      for (String account : named.mentions()) {
        acts.add(known.does(Verb.MENTION, account, null));
      }
      named.describe(post);
      accept(post);
      acts.forEach(this::accept);
    }

    private String text(JsonObject tweet, JsonObject note) throws RejectedLineException {
      JsonObject withheld = tweet.object("withheld");
      if (withheld != null
          && (Boolean.TRUE.equals(withheld.flag("copyright"))
              || withheld.oneOrMoreTexts("country_codes").stream()
                  .anyMatch(EVERYWHERE::contains))) {
        ignored("withheld text");
        return "";
      }
      String text = note == null ? null : note.text("text");
      return XRecords.plain(text == null ? tweet.requiredText("text") : text);
    }

    /** As {@link #mentioned}; accepts the account's profile where the mention holds one. */
    private String mentionedWithProfile(JsonObject mention) throws RejectedLineException {
      String account = mentioned(mention);
      if (mention.has("public_metrics")) {
        profile(mention);
      }
      return account;
    }

    /** The mentioned account: by id, else by name if the page has it. */
    private String mentioned(JsonObject mention) throws RejectedLineException {
      String id = id(mention, "id");
      String name = id == null ? mention.text("username") : null;
      return name == null ? id : userIds.get(name.toLowerCase(Locale.ROOT));
    }

    /** The account that the text of a retweet begins with; null if that is not told. */
    private String mentionedFirst(JsonObject tweet) throws RejectedLineException {
      JsonObject entities = tweet.object("entities");
      if (entities != null) {
        for (JsonObject mention : entities.objects("mentions")) {
          Long start = mention.whole("start");
          if (start != null && start == AUTHOR_OF_RETWEET) {
            return mentioned(mention);
          }
        }
      }
      return null;
    }

    /** The author of a tweet on this page; null if it is not on it. */
    private String author(String tweetId) throws RejectedLineException {
      JsonObject tweet = tweets.get(tweetId);
      if (tweet == null) {
        return null;
      }
      JsonObject author = tweet.object("author");
      String id = id(tweet, "author_id");
      return id == null && author != null ? id(author, "id") : id;
    }

    private String canonical(String tweetId) throws RejectedLineException {
      JsonObject tweet = tweets.get(tweetId);
      return tweet == null ? tweetId : canonical(tweetId, tweet);
    }

    /** The id of a tweet's first version. */
    private static String canonical(String id, JsonObject tweet) throws RejectedLineException {
      List<String> versions = tweet.ids("edit_history_tweet_ids");
      if (versions.isEmpty()) {
        return id;
      }
      if (!XRecords.isDigits(versions.get(0))) {
        throw tweet.fault("edit_history_tweet_ids[]", "not an id");
      }
      return versions.get(0);
    }

    private void profile(JsonObject user) throws RejectedLineException {
      String id = requiredId(user, "id");
      ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, witness);
      account.happenedAt = witness;
      account.handle = user.name("username");
      if (account.handle == null) {
        ignored("user without a name");
        return;
      }
      account.displayName = user.name("name");
      String description = user.text("description");
      account.description =
          description == null
              ? null
              : XRecords.profileText(description, user.text("url"), user.object("entities"));
      long created = user.time("created_at", Times::iso);
      account.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
      account.isProtected = user.flag("protected");
      account.isVerified = user.flag("verified");
      JsonObject metrics = user.object("public_metrics");
      if (metrics != null) {
        account.followerCount = metrics.count("followers_count");
        account.followingCount = metrics.count("following_count");
        account.postCount = metrics.count("tweet_count");
        account.listedCount = metrics.count("listed_count");
      }
      accept(account);
    }
  }

  /**
   * What a page answers.
   *
   * @param id of the user or tweet that was asked about
   * @param what such as {@code followers}; empty if the page is of no use beyond its elements
   */
  private record Request(String id, String what) {
    static Request of(String url) {
      Matcher matcher = url == null ? null : REQUEST.matcher(url);
      return matcher == null || !matcher.find()
          ? new Request("", "")
          : new Request(matcher.group(2), matcher.group(1) + "/" + matcher.group(3));
    }

    void user(String account, Page page) {
      switch (what) {
        case "users/followers" -> page.accept(XRecords.follow(account, id, page.witness));
        case "users/following" -> page.accept(XRecords.follow(id, account, page.witness));
        case "tweets/liking_users" -> page.accept(XRecords.like(account, null, id, page.witness));
        // The retweet's own id is missing, so it would count twice.
        case "tweets/retweeted_by" -> page.ignored("retweeter without the retweet");
        default -> {
          // A user like any other.
        }
      }
    }

    void tweet(JsonObject tweet, Page page) throws RejectedLineException {
      if (what.equals("users/liked_tweets")) {
        String tweetId = requiredId(tweet, "id");
        page.accept(XRecords.like(id, page.author(tweetId), page.canonical(tweetId), page.witness));
      }
    }

    void list(JsonObject list, Page page) throws RejectedLineException {
      if (what.equals("users/list_memberships") && !Boolean.TRUE.equals(list.flag("private"))) {
        page.accept(
            XRecords.listed(
                requiredId(list, "owner_id"), requiredId(list, "id"), id, page.witness));
      }
    }
  }

  /** A plausible time; {@link ParsedRecord#NO_TIME} if there is none. */
  private static long time(JsonObject object, String member) throws RejectedLineException {
    long time = object.time(member, Times::iso);
    return Times.isPlausible(time) ? time : ParsedRecord.NO_TIME;
  }

  private static String id(JsonObject object, String member) throws RejectedLineException {
    String id = object.id(member);
    if (id != null && !XRecords.isDigits(id)) {
      throw object.fault(member, "not an id");
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
}
