package renown.dumps.formats;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import renown.dumps.DumpFormat;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;

/**
 * Hacker News items: from its API (one item or user per value), from the table that BigQuery
 * exports (the same with numbers as texts and null for what is absent), and from Algolia's search,
 * an item with all that is below it or a page of {@code hits}.
 *
 * <p>Stories, jobs, polls and comments are posts; a comment replies to its {@code parent}, whose
 * author the line does not name. Votes are not published. Deleted items have no author and dead
 * ones were removed by moderators: both are ignored. Accounts are identified by their names, which
 * are case-sensitive and never change.
 *
 * <p><b>Time.</b> {@code time}, which the site sets, is also the witness time. A user is dated by
 * the day of its file.
 */
public final class HackerNewsFormat implements DumpFormat {
  private static final Set<String> POSTS = Set.of("story", "job", "poll", "comment");

  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields hit =
        new JsonFields()
            .values("objectID", "author", "created_at_i", "parent_id", "story_id")
            .values("title", "url", "story_text", "comment_text")
            .array("_tags");
    JsonFields line =
        new JsonFields()
            .values("id", "type", "by", "time", "parent", "title", "text", "url", "deleted", "dead")
            .values("author", "created_at_i", "parent_id", "story_id")
            .values("about", "created", "username", "karma")
            .objects("hits", hit);
    return line.objects("children", line);
  }

  @Override
  public String name() {
    return "hacker-news";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Hacker News",
        """
        REPLY | comment | author -> author of `parent`* | `time` | id of the item | -
        """);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    if (length == 4
        && bytes[offset] == 'n'
        && bytes[offset + 1] == 'u'
        && bytes[offset + 2] == 'l'
        && bytes[offset + 3] == 'l') {
      // The API's response for an item that never existed.
      sink.ignored("null");
      return;
    }
    JsonObject line = LINE.read(bytes, offset, length);
    if (line.isArray("hits")) {
      List<JsonObject> hits = line.objects("hits");
      if (hits.isEmpty()) {
        sink.ignored("page without hits");
      }
      for (JsonObject hit : hits) {
        hit(hit, sink);
      }
    } else if ((line.has("created") || line.has("username")) && !line.has("type")) {
      user(line, line.has("created") ? "id" : "username", sink);
    } else {
      item(line, sink);
    }
  }

  private static void item(JsonObject line, LineSink sink) throws RejectedLineException {
    String type = line.requiredText("type");
    String author = line.has("by") ? line.requiredId("by") : line.id("author");
    if (Boolean.TRUE.equals(line.flag("deleted"))) {
      sink.ignored("deleted item");
    } else if (Boolean.TRUE.equals(line.flag("dead"))) {
      sink.ignored("dead item");
    } else if (author == null) {
      sink.ignored("item without an author");
    } else if (POSTS.contains(type)) {
      String time = line.has("time") || !line.has("created_at_i") ? "time" : "created_at_i";
      String parent = line.has("parent") || !line.has("parent_id") ? "parent" : "parent_id";
      post(line, author, line.requiredId("id"), type, time, parent, line.text("text"), sink);
    } else {
      sink.ignored(IgnoredRules.named("type", type));
    }
    for (JsonObject child : line.objects("children")) {
      item(child, sink);
    }
  }

  /** An item as a search finds it. */
  private static void hit(JsonObject hit, LineSink sink) throws RejectedLineException {
    String type = null;
    for (String tag : hit.texts("_tags")) {
      type = type == null && POSTS.contains(tag) ? tag : type;
    }
    if (type == null) {
      sink.ignored("hit of no known type");
    } else if (!hit.has("author")) {
      sink.ignored("item without an author");
    } else {
      String text = hit.text(type.equals("comment") ? "comment_text" : "story_text");
      String id = hit.requiredId("objectID");
      post(hit, hit.requiredId("author"), id, type, "created_at_i", "parent_id", text, sink);
    }
  }

  /**
   * @param timeMember in which the time is
   * @param parentMember in which the id of what it answers is
   */
  private static void post(
      JsonObject line,
      String author,
      String id,
      String type,
      String timeMember,
      String parentMember,
      String html,
      LineSink sink)
      throws RejectedLineException {
    long time = line.epochTime(timeMember);
    if (!Times.isPlausible(time)) {
      throw line.fault(
          timeMember, line.has(timeMember) ? "not in the years 2006 to 2100" : "missing");
    }
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, author, time);
    account.happenedAt = time;
    account.handle = author;
    sink.accept(account);

    ParsedRecord post = record(Kind.POST, author, id, time);
    HtmlText body = HtmlText.of(html == null ? "" : html);
    String title = type.equals("comment") ? null : line.text("title");
    post.text = (title == null ? body.text() : title + "\n" + body.text()).strip();
    Set<String> links = new LinkedHashSet<>();
    String url = line.text("url");
    if (url != null && !url.isBlank()) {
      links.add(url);
    }
    links.addAll(body.links());
    post.links = List.copyOf(links);
    if (!type.equals("comment")) {
      post.threadId = post.recordId;
      sink.accept(post);
      return;
    }
    post.replyToId = line.requiredId(parentMember);
    post.threadId = line.id("story_id");
    sink.accept(post);
    sink.accept(post.act(Verb.REPLY, null, post.replyToId));
  }

  private static void user(JsonObject line, String idMember, LineSink sink)
      throws RejectedLineException {
    ParsedRecord account =
        new ParsedRecord(Kind.ACCOUNT, line.requiredId(idMember), ParsedRecord.NO_TIME);
    account.handle = account.accountId;
    String about = line.text("about");
    account.description = about == null ? "" : HtmlText.of(about).text();
    long created = line.epochTime("created");
    account.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
    sink.accept(account);
  }

  private static ParsedRecord record(Kind kind, String account, String id, long time) {
    return new ParsedRecord(kind, account, time, id, Times.day(time), time);
  }
}
