package renown.dumps.formats;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;

/**
 * Reddit dumps from Pushshift and Arctic Shift: one comment ({@code RC_} files) or submission
 * ({@code RS_} files) per line.
 *
 * <p><b>A line</b> is a post. Its id is the full name: {@code t1_} and the id of a comment, {@code
 * t3_} and that of a submission. A comment replies to its {@code parent_id}, whose author the line
 * does not name. A crosspost is a post, a repost of the submission it embeds, and includes that
 * submission. {@code u/name} in a text mentions that account. The community is a hashtag.
 *
 * <p><b>Accounts</b> are identified by their names, which are never reused or changed; in lower
 * case, since {@code u/name} need not preserve the case. Content of deleted authors is ignored.
 *
 * <p>The CSV files of an owner's own archive are read by {@link RedditExport}.
 *
 * <p><b>Time.</b> {@code created_utc}, which Reddit sets, is also the witness time and the day of
 * the identity. The time of retrieval ({@code retrieved_on}) is not read: it may be months after
 * the day of the dump.
 */
public final class RedditFormat implements DumpFormat {
  private static final JsonFields LINE = line();
  private static final String COMMENT = "t1_";
  private static final String SUBMISSION = "t3_";
  private static final Pattern FULL_NAME = Pattern.compile("t[13]_[0-9a-z]+");
  private static final Pattern ID = Pattern.compile("[0-9a-z]+");

  private static final Pattern MENTION =
      Pattern.compile("(?<![\\w/@.-])/?u/([A-Za-z0-9_-]{3,20})(?![\\w-])");

  /** Placeholders for a removed name, text or title. */
  private static final Set<String> GONE = Set.of("[deleted]", "[removed]");

  private static final String AUTOMATED = "AutoModerator";

  private static JsonFields line() {
    JsonFields line =
        new JsonFields()
            .values("id", "author", "author_created_utc", "created_utc", "subreddit")
            .values("body", "link_id", "parent_id")
            .values("title", "selftext", "url", "is_self", "crosspost_parent");
    return line.objects("crosspost_parent_list", line);
  }

  private final String owner;

  /** For what anybody may fetch. */
  public RedditFormat() {
    this(null);
  }

  /**
   * @param owner the account whose archive is read; null if it is none
   */
  private RedditFormat(String owner) {
    this.owner = owner;
  }

  @Override
  public String name() {
    return "reddit";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Reddit",
        """
        REPLY | comment | author -> author of `parent_id`* | `created_utc` | full name, `t1_...` | -
        REPOST | crosspost | author -> author of the submission it embeds, or of `crosspost_parent`* | `created_utc` | full name, `t3_...` | -
        MENTION | `u/name` in a text | author -> that account, once | `created_utc` | full name | -
        REPLY | line of `comment_headers.csv` of an account's own archive | owner -> author of `parent`, else of `link`* | `date` | full name | -
        LIKE | vote `up` of an account's own archive | owner -> author of the post* | day of the file | `vote:`, the owner and the post | -
        FOLLOW | friend in an account's own archive | owner -> that account | day of the file | `follow:` and both names | -
        """);
  }

  @Override
  public String accountId(String id) {
    return account(id);
  }

  @Override
  public String contextMember() {
    return RedditExport.OWNER_FILE;
  }

  @Override
  public boolean needsContext(String path) {
    return RedditExport.needsOwner(path);
  }

  @Override
  public DumpFormat inContext(byte[] member) throws RejectedLineException {
    return new RedditFormat(RedditExport.owner(member));
  }

  /** What networks hand out to the owners of accounts comes as CSV. */
  @Override
  public DumpFormat inFile(String path) {
    return RedditExport.of(path, owner).orElse(this);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    if (line.has("body") || line.has("link_id")) {
      comment(line, sink);
    } else if (line.has("title")) {
      submission(line, sink);
    } else if (line.has("is_self") || line.has("selftext") || line.has("url")) {
      sink.ignored("submission without a title");
    } else {
      sink.ignored("neither comment nor submission");
    }
  }

  private static void comment(JsonObject line, LineSink sink) throws RejectedLineException {
    ParsedRecord post = post(line, COMMENT, "comment", sink);
    if (post == null) {
      return;
    }
    post.text = shown(line.text("body"));
    post.replyToId = fullName(line, "parent_id");
    post.threadId = fullName(line, "link_id");
    post.links = TextLinks.of(post.text);
    sink.accept(post);
    if (post.replyToId == null) {
      sink.ignored("comment without the name of its parent");
    } else {
      sink.accept(post.act(Verb.REPLY, null, post.replyToId));
    }
    mentions(post, sink);
  }

  private static void submission(JsonObject line, LineSink sink) throws RejectedLineException {
    List<JsonObject> originals = line.objects("crosspost_parent_list");
    JsonObject original = originals.isEmpty() ? null : originals.get(0);
    ParsedRecord post = post(line, SUBMISSION, "submission", sink);
    if (post != null) {
      String text = shown(line.text("selftext"));
      post.text = (shown(line.requiredText("title")) + "\n" + text).strip();
      post.threadId = post.recordId;
      Set<String> links = new LinkedHashSet<>();
      String url = line.text("url");
      if (!Boolean.TRUE.equals(line.flag("is_self")) && url != null && url.startsWith("http")) {
        links.add(unescaped(url));
      }
      links.addAll(TextLinks.of(text));
      post.links = List.copyOf(links);
      post.quotedId = fullName(line, "crosspost_parent");
      sink.accept(post);
      if (post.quotedId != null) {
        String author = original == null ? null : author(original);
        sink.accept(post.act(Verb.REPOST, author, post.quotedId));
      }
      mentions(post, sink);
    }
    if (original != null && original.has("title")) {
      submission(original, sink);
    }
  }

  /** A post without its text, and the profile of its author; null if it must be ignored. */
  private static ParsedRecord post(JsonObject line, String prefix, String what, LineSink sink)
      throws RejectedLineException {
    String id = line.requiredId("id");
    if (!ID.matcher(id).matches()) {
      throw line.fault("id", "not an id");
    }
    long created = line.epochTime("created_utc");
    if (created == ParsedRecord.NO_TIME) {
      throw line.fault("created_utc", "missing");
    }
    String author = author(line);
    if (author == null) {
      sink.ignored(what + " of a deleted account");
      return null;
    }
    if (!Times.isPlausible(created)) {
      // The first half year of Reddit: too old to weigh anything.
      sink.ignored(what + " from outside the years 2006 to 2100");
      return null;
    }
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, author, created);
    account.happenedAt = created;
    account.handle = line.name("author");
    long made = line.epochTime("author_created_utc");
    account.createdAt = Times.isPlausible(made) ? made : ParsedRecord.NO_TIME;
    account.isAutomated = account.handle.equals(AUTOMATED) ? true : null;
    sink.accept(account);
    ParsedRecord post = new ParsedRecord(Kind.POST, author, created);
    post.recordId = prefix + id;
    post.recordDay = Times.day(created);
    post.happenedAt = created;
    String community = line.text("subreddit");
    post.hashtags = community == null || community.isBlank() ? List.of() : List.of(community);
    return post;
  }

  private static void mentions(ParsedRecord post, LineSink sink) {
    Set<String> mentioned = new LinkedHashSet<>();
    Matcher mention = MENTION.matcher(post.text);
    while (mention.find()) {
      mentioned.add(account(mention.group(1)));
    }
    mentioned.forEach(account -> sink.accept(post.act(Verb.MENTION, account, null)));
  }

  /** Names are the same in any case. */
  private static String account(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Null where the account was deleted. */
  private static String author(JsonObject line) throws RejectedLineException {
    String author = line.text("author");
    return author == null || GONE.contains(author) ? null : account(line.requiredId("author"));
  }

  /** Null if it is absent, or a number without the type, as in some exports. */
  private static String fullName(JsonObject line, String member) throws RejectedLineException {
    String name = line.id(member);
    return name != null && FULL_NAME.matcher(name).matches() ? name : null;
  }

  private static String shown(String text) {
    return text == null || GONE.contains(text) ? "" : unescaped(text);
  }

  /** Reddit writes these three, and no other character, as entities. */
  private static String unescaped(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
