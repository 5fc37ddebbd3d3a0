package renown.dumps.formats;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/**
 * Hacker News items from its API: one item or user per line.
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

  private static final JsonFields LINE =
      new JsonFields()
          .values("id", "type", "by", "time", "parent", "title", "text", "url", "deleted", "dead")
          .values("about", "created", "karma");

  @Override
  public String name() {
    return "hacker-news";
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
    if (line.has("created") && !line.has("type")) {
      user(line, sink);
      return;
    }
    String type = line.requiredText("type");
    if (Boolean.TRUE.equals(line.flag("deleted")) || !line.has("by")) {
      sink.ignored("deleted item");
    } else if (Boolean.TRUE.equals(line.flag("dead"))) {
      sink.ignored("dead item");
    } else if (POSTS.contains(type)) {
      post(line, type, sink);
    } else {
      sink.ignored(IgnoredRules.named("type", type));
    }
  }

  private static void post(JsonObject line, String type, LineSink sink)
      throws RejectedLineException {
    String author = line.requiredId("by");
    long time = line.epochTime("time");
    if (!Times.isPlausible(time)) {
      throw line.fault("time", line.has("time") ? "not in the years 2006 to 2100" : "missing");
    }
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, author, time);
    account.happenedAt = time;
    account.handle = author;
    sink.accept(account);

    ParsedRecord post = record(Kind.POST, author, line.requiredId("id"), time);
    String html = line.text("text");
    HtmlText body = HtmlText.of(html == null ? "" : html);
    String title = line.text("title");
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
    post.replyToId = line.requiredId("parent");
    sink.accept(post);
    sink.accept(post.act(Verb.REPLY, null, post.replyToId));
  }

  private static void user(JsonObject line, LineSink sink) throws RejectedLineException {
    ParsedRecord account =
        new ParsedRecord(Kind.ACCOUNT, line.requiredId("id"), ParsedRecord.NO_TIME);
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
