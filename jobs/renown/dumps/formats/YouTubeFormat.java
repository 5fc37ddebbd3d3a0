package renown.dumps.formats;

import java.util.List;
import renown.dumps.DumpFormat;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;

/**
 * YouTube Data API, version 3: per line a comment thread, a comment, a video, a channel, a
 * subscription, or a page of any of these ({@code items}).
 *
 * <p>Videos and comments are posts. A comment on a video replies to the channel of the thread, a
 * comment in a thread to the author of the comment above it; if the line does not have that, to the
 * author of {@code parentId}. {@code @handle} in a comment is a participant of the same thread.
 * Accounts are channels, identified by id.
 *
 * <p>The CSV files of an owner's own archive are read by {@link YouTubeExport}.
 *
 * <p><b>Time.</b> {@code publishedAt}, which YouTube sets, is also the witness time; profiles of
 * channels are dated by the day of their file.
 */
public final class YouTubeFormat implements DumpFormat {
  private static final String KIND = "youtube#";
  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields id = new JsonFields().values("value");
    JsonFields commentSnippet =
        new JsonFields()
            .values("authorDisplayName", "textOriginal", "textDisplay", "publishedAt")
            .values("parentId", "videoId", "channelId")
            .object("authorChannelId", id);
    JsonFields comment = new JsonFields().values("kind", "id").object("snippet", commentSnippet);
    JsonFields snippet =
        new JsonFields()
            .values("authorDisplayName", "textOriginal", "textDisplay", "publishedAt")
            .values("parentId", "videoId", "channelId", "title", "description", "customUrl")
            .values("defaultAudioLanguage", "defaultLanguage")
            .array("tags")
            .object("authorChannelId", id)
            .object("topLevelComment", comment)
            .object("resourceId", new JsonFields().values("channelId"));
    JsonFields item =
        new JsonFields()
            .values("kind", "id")
            .object("snippet", snippet)
            .object("replies", new JsonFields().objects("comments", comment))
            .object(
                "statistics",
                new JsonFields().values("subscriberCount", "videoCount", "hiddenSubscriberCount"));
    return item.objects("items", item);
  }

  private final String owner;

  /** For what anybody may fetch. */
  public YouTubeFormat() {
    this(null);
  }

  /**
   * @param owner the account whose archive is read; null if it is none
   */
  private YouTubeFormat(String owner) {
    this.owner = owner;
  }

  @Override
  public String name() {
    return "youtube";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "YouTube",
        """
        REPLY | comment on a video | author -> channel of the thread | `publishedAt` | id of the comment | -
        REPLY | comment in a thread | author -> author of the thread's first comment* | `publishedAt` | id of the comment | -
        MENTION | `@handle` in a comment | author -> account in the same thread** | `publishedAt` | id of the comment | -
        FOLLOW | subscription | subscriber -> channel | `publishedAt` | its id | -
        REPLY | line of `comments.csv` of an owner's own archive | owner -> author of the comment above it, else of the post or video* | Comment Create Timestamp | id of the comment | -
        FOLLOW | `subscriptions.csv` of an owner's own archive | owner -> channel | day of the file | `subscription:` and both channels | -
        """);
  }

  @Override
  public String contextMember() {
    return YouTubeExport.OWNER_FILE;
  }

  @Override
  public boolean needsContext(String path) {
    return YouTubeExport.needsOwner(path);
  }

  @Override
  public DumpFormat inContext(byte[] member) throws RejectedLineException {
    return new YouTubeFormat(YouTubeExport.owner(member));
  }

  /** What networks hand out to the owners of accounts comes as CSV. */
  @Override
  public DumpFormat inFile(String path) {
    return YouTubeExport.of(path, owner).orElse(this);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    if (line.isArray("items")) {
      List<JsonObject> items = line.objects("items");
      if (items.isEmpty()) {
        sink.ignored("page without items");
      }
      for (JsonObject item : items) {
        item(item, sink);
      }
    } else {
      item(line, sink);
    }
  }

  private static void item(JsonObject item, LineSink sink) throws RejectedLineException {
    String kind = item.requiredText("kind");
    switch (kind) {
      case KIND + "commentThread" -> thread(item, sink);
      case KIND + "comment" -> comment(item, null, null, sink);
      case KIND + "video" -> video(item, sink);
      case KIND + "channel" -> channel(item, sink);
      case KIND + "subscription" -> subscription(item, sink);
      default -> sink.ignored(IgnoredRules.named("kind", kind));
    }
  }

  private static void thread(JsonObject thread, LineSink sink) throws RejectedLineException {
    JsonObject snippet = thread.requiredObject("snippet");
    JsonObject top = snippet.requiredObject("topLevelComment");
    String author = author(top.requiredObject("snippet"));
    comment(top, snippet.id("channelId"), null, sink);
    JsonObject replies = thread.object("replies");
    if (replies != null) {
      for (JsonObject reply : replies.objects("comments")) {
        comment(reply, null, author, sink);
      }
    }
  }

  /**
   * @param channel whose video it is on, as the thread tells it; null if there is no thread
   * @param above who wrote the comment that begins the thread; null if that is not known
   */
  private static void comment(JsonObject comment, String channel, String above, LineSink sink)
      throws RejectedLineException {
    String id = comment.requiredId("id");
    JsonObject snippet = comment.requiredObject("snippet");
    long published = snippet.eventTime("publishedAt", Times::iso);
    String author = author(snippet);
    if (author == null) {
      sink.ignored("comment without a channel");
      return;
    }
    profile(author, snippet.name("authorDisplayName"), published, sink);
    String videoId = snippet.id("videoId");
    String parent = snippet.id("parentId");
    ParsedRecord post = record(Kind.POST, author, id, published);
    String original = snippet.text("textOriginal");
    if (original == null) {
      HtmlText shown = HtmlText.of(snippet.requiredText("textDisplay"));
      post.text = shown.text();
      post.links = shown.links();
    } else {
      post.text = original;
      post.links = TextLinks.of(original);
    }
    post.replyToId = parent == null ? videoId : parent;
    post.threadId = videoId;
    sink.accept(post);
    if (post.replyToId == null) {
      sink.ignored("comment on neither video nor comment");
      return;
    }
    String answered = above;
    if (parent == null) {
      answered = channel == null ? snippet.id("channelId") : channel;
    }
    sink.accept(post.act(Verb.REPLY, answered, post.replyToId));
    String thread = parent == null ? id : parent;
    AddressedNames.in(post.text).forEach(name -> sink.accept(post.addresses("@" + name, thread)));
  }

  private static void video(JsonObject video, LineSink sink) throws RejectedLineException {
    JsonObject snippet = video.requiredObject("snippet");
    long published = snippet.eventTime("publishedAt", Times::iso);
    ParsedRecord post =
        record(Kind.POST, snippet.requiredId("channelId"), video.requiredId("id"), published);
    String description = snippet.text("description");
    post.text =
        (snippet.requiredText("title") + "\n" + (description == null ? "" : description)).strip();
    post.links = TextLinks.of(post.text);
    post.hashtags = snippet.texts("tags");
    post.threadId = post.recordId;
    String language = snippet.text("defaultAudioLanguage");
    post.language = language == null ? snippet.text("defaultLanguage") : language;
    sink.accept(post);
  }

  private static void channel(JsonObject channel, LineSink sink) throws RejectedLineException {
    ParsedRecord account =
        new ParsedRecord(Kind.ACCOUNT, channel.requiredId("id"), ParsedRecord.NO_TIME);
    JsonObject snippet = channel.requiredObject("snippet");
    account.handle = snippet.name("customUrl");
    account.displayName = snippet.name("title");
    String description = snippet.text("description");
    account.description = description == null ? "" : description;
    long created = snippet.time("publishedAt", Times::iso);
    account.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    JsonObject statistics = channel.object("statistics");
    if (statistics != null) {
      boolean hidden = Boolean.TRUE.equals(statistics.flag("hiddenSubscriberCount"));
      account.followerCount = hidden ? null : count(statistics, "subscriberCount");
      account.postCount = count(statistics, "videoCount");
    }
    sink.accept(account);
  }

  private static void subscription(JsonObject subscription, LineSink sink)
      throws RejectedLineException {
    JsonObject snippet = subscription.requiredObject("snippet");
    long published = snippet.eventTime("publishedAt", Times::iso);
    ParsedRecord follow =
        record(
            Kind.INTERACTION,
            snippet.requiredId("channelId"),
            subscription.requiredId("id"),
            published);
    String followed = snippet.requiredObject("resourceId").requiredId("channelId");
    sink.accept(follow.does(Verb.FOLLOW, followed, null));
  }

  /** Comments have the current name: since 2022 the handle, before that any name. */
  private static void profile(String channel, String name, long published, LineSink sink) {
    if (name == null || name.isBlank()) {
      return;
    }
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, channel, published);
    account.happenedAt = published;
    if (name.startsWith("@")) {
      account.handle = name;
    } else {
      account.displayName = name;
    }
    sink.accept(account);
  }

  private static String author(JsonObject snippet) throws RejectedLineException {
    JsonObject channel = snippet.object("authorChannelId");
    return channel == null ? null : channel.id("value");
  }

  /** Counts are written as texts, since they may be larger than JavaScript's numbers. */
  private static Long count(JsonObject statistics, String member) throws RejectedLineException {
    String digits = statistics.id(member);
    if (digits != null && !digits.matches("\\d{1,18}")) {
      throw statistics.fault(member, "not a count");
    }
    return digits == null ? null : Long.valueOf(digits);
  }

  private static ParsedRecord record(Kind kind, String account, String id, long published) {
    return new ParsedRecord(kind, account, published, id, Times.day(published), published);
  }
}
