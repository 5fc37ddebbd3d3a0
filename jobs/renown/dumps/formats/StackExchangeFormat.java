package renown.dumps.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.dumps.DumpFormat;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;
import renown.dumps.VerbMeaning;

/**
 * One site of the Stack Exchange data dump: the XML files of its archive, one {@code <row/>} per
 * line. A row's attributes tell which file it is from, so files may have any name. Every site is a
 * separate network, since ids are the site's.
 *
 * <p><b>Posts.</b> Questions and answers are posts with the row's id; so are comments, with the id
 * {@code comment:N}. An answer replies to its question, a comment to the post it belongs to, and
 * both to that post's account, which the row does not name: {@link ParsedRecord#targetAccountId}
 * stays null. {@code @name} in a comment is a participant of the same conversation ({@link
 * ParsedRecord#targetHandle}). Tags of questions are hashtags; answers and comments have none of
 * their own.
 *
 * <p>Questions and answers of deleted accounts are assigned to one account, {@code deleted}, which
 * is excluded: replies to them still count for their tags.
 *
 * <p><b>Likes.</b> The asker likes the answer that it accepts ({@code accept:QUESTION:ANSWER});
 * bookmarks and bounties like a post ({@code vote:N}).
 *
 * <p><b>Votes.</b> Up-votes have no voter: they are a judgement of the post, given by the site's
 * own account (-1). All other votes are unrelated to attention or anonymous.
 *
 * <p><b>Time.</b> {@code CreationDate}, which is UTC without a zone; votes only have a day,
 * acceptance the question's time. Both precede what they react to, so the night moves them to it.
 * Rows have no witness time.
 *
 * <p><b>Badges</b> for a tag are earned by others' votes on answers under that tag: they put the
 * account on a list of that name, kept by the site's own account (-1).
 */
public final class StackExchangeFormat implements DumpFormat {
  private static final JsonFields ROW =
      new JsonFields()
          .values("Id", "CreationDate", "Date", "Text", "Title", "Body", "Tags", "Name", "Class")
          .values("PostTypeId", "PostId", "ParentId", "AcceptedAnswerId", "OwnerUserId", "UserId")
          .values("VoteTypeId", "LinkTypeId", "PostHistoryTypeId", "TagBased", "TagName")
          .values("Reputation", "DisplayName", "AboutMe", "WebsiteUrl");

  private static final String SITE = "-1";

  /** Stands for all deleted accounts that left questions and answers. */
  private static final String DELETED = "deleted";

  private static final String QUESTION = "1";
  private static final String ANSWER = "2";

  private static final Map<String, String> VOTES =
      Map.ofEntries(
          Map.entry("1", "accepted"),
          Map.entry("2", "up"),
          Map.entry("3", "down"),
          Map.entry("4", "offensive"),
          Map.entry("5", "bookmark"),
          Map.entry("6", "close"),
          Map.entry("7", "reopen"),
          Map.entry("8", "bounty"),
          Map.entry("9", "bounty awarded"),
          Map.entry("10", "deletion"),
          Map.entry("11", "undeletion"),
          Map.entry("12", "spam"),
          Map.entry("15", "moderator review"),
          Map.entry("16", "edit approved"));

  private static final Set<String> VOTES_OF_ATTENTION = Set.of("5", "8");

  private static final String UP_VOTE = "2";

  /** {@code <a><b>} until 2023, {@code |a|b|} since. */
  private static final Pattern TAG = Pattern.compile("[^<>|]+");

  @Override
  public String name() {
    return "stack-exchange";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Stack Exchange",
        """
        REPLY | answer | author -> author of the question* | `CreationDate` | id of the answer | -
        REPLY | comment | author -> author of the post* | `CreationDate` | `comment:` and its id | -
        MENTION | `@name` in a comment | author -> account in the same conversation** | `CreationDate` | `comment:` and its id | -
        LIKE | question with `AcceptedAnswerId` | asker -> author of the answer* | when the answer was written | `accept:` and both ids | -
        LIKE | vote with a `UserId`: bookmark (5), bounty (8) | voter -> author of the post* | day of the vote | `vote:` and its id | -
        VOTE | up-vote (2) | the site (-1) -> author of the post*; no edge, it only counts for expertise | day of the vote | `vote:` and its id | -
        - | any other vote | the voter is unknown, or the vote is not about attention | - | - | -
        LIST | badge for a tag | the site (-1) -> its recipient | `Date` | `badge:` and its id | -
        """);
  }

  @Override
  public boolean isJson() {
    return false;
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    if (!XmlRow.isElement("row", bytes, offset, length)) {
      if (isFrame(bytes, offset, length)) {
        sink.ignored("frame of the XML file");
        return;
      }
      throw new RejectedLineException("not XML: no element row");
    }
    JsonObject row = XmlRow.read(ROW, "row", bytes, offset, length);
    if (row.has("PostTypeId")) {
      post(row, sink);
    } else if (row.has("VoteTypeId")) {
      vote(row, sink);
    } else if (row.has("PostHistoryTypeId")) {
      sink.ignored("row of PostHistory");
    } else if (row.has("LinkTypeId")) {
      sink.ignored("row of PostLinks");
    } else if (row.has("Reputation")) {
      user(row, sink);
    } else if (row.has("TagName")) {
      sink.ignored("row of Tags");
    } else if (row.has("PostId") && row.has("Text")) {
      comment(row, sink);
    } else if (row.has("UserId") && row.has("Name")) {
      badge(row, sink);
    } else {
      sink.ignored("row of another file");
    }
  }

  /** The XML declaration, and the begin and end of the one element around all rows. */
  private static boolean isFrame(byte[] bytes, int offset, int length) {
    String line =
        new String(
                bytes, offset, Math.min(length, 200), java.nio.charset.StandardCharsets.ISO_8859_1)
            .strip();
    return length <= 200 && line.matches("<\\?xml [^<>]*\\?>|</?[a-z]+>");
  }

  private static void post(JsonObject row, LineSink sink) throws RejectedLineException {
    String id = number(row, "Id");
    long created = time(row, "CreationDate");
    String type = row.requiredText("PostTypeId");
    if (!type.equals(QUESTION) && !type.equals(ANSWER)) {
      sink.ignored(IgnoredRules.named("post of type", type));
      return;
    }
    String owner = account(row, "OwnerUserId");
    String author = owner == null ? DELETED : owner;
    HtmlText body = HtmlText.of(row.requiredText("Body"));
    ParsedRecord post = record(Kind.POST, author, id, created);
    post.links = body.links();
    if (type.equals(ANSWER)) {
      post.text = body.text();
      post.replyToId = number(row, "ParentId");
      post.threadId = post.replyToId;
      sink.accept(post);
      if (owner == null) {
        sink.accept(deleted());
      } else {
        sink.accept(act(Verb.REPLY, author, id, created, post.replyToId));
      }
      return;
    }
    String title = row.text("Title");
    post.text = title == null ? body.text() : title + "\n" + body.text();
    post.threadId = id;
    post.hashtags = tags(row.text("Tags"));
    sink.accept(post);
    if (owner == null) {
      sink.accept(deleted());
    } else if (row.has("AcceptedAnswerId")) {
      String answer = number(row, "AcceptedAnswerId");
      sink.accept(act(Verb.LIKE, author, "accept:" + id + ":" + answer, created, answer));
    }
  }

  /** Stated with each of its posts, in any file and order. */
  private static ParsedRecord deleted() {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, DELETED, ParsedRecord.NO_TIME);
    account.status = ParsedRecord.Status.DELETED;
    return account;
  }

  private static List<String> tags(String text) {
    List<String> tags = new ArrayList<>();
    if (text != null) {
      Matcher tag = TAG.matcher(text);
      while (tag.find()) {
        tags.add(tag.group());
      }
    }
    return tags;
  }

  private static void comment(JsonObject row, LineSink sink) throws RejectedLineException {
    String id = "comment:" + number(row, "Id");
    long created = time(row, "CreationDate");
    String postId = number(row, "PostId");
    String author = account(row, "UserId");
    if (author == null) {
      sink.ignored("comment without an account");
      return;
    }
    ParsedRecord comment = record(Kind.POST, author, id, created);
    comment.text = row.requiredText("Text");
    comment.replyToId = postId;
    comment.links = TextLinks.of(comment.text);
    sink.accept(comment);
    sink.accept(act(Verb.REPLY, author, id, created, postId));
    AddressedNames.in(comment.text).forEach(name -> sink.accept(comment.addresses(name, postId)));
  }

  private static void vote(JsonObject row, LineSink sink) throws RejectedLineException {
    String id = number(row, "Id");
    long created = time(row, "CreationDate");
    String postId = number(row, "PostId");
    String type = row.requiredText("VoteTypeId");
    String word = VOTES.getOrDefault(type, type);
    String voter = account(row, "UserId");
    if (voter == null && type.equals(UP_VOTE)) {
      sink.accept(act(Verb.VOTE, SITE, "vote:" + id, created, postId));
    } else if (voter == null) {
      sink.ignored(IgnoredRules.named("vote without a voter:", word));
    } else if (!VOTES_OF_ATTENTION.contains(type)) {
      sink.ignored(IgnoredRules.named("vote:", word));
    } else {
      sink.accept(act(Verb.LIKE, voter, "vote:" + id, created, postId));
    }
  }

  private static void user(JsonObject row, LineSink sink) throws RejectedLineException {
    ParsedRecord account =
        new ParsedRecord(Kind.ACCOUNT, accountId(row, "Id"), ParsedRecord.NO_TIME);
    account.displayName = row.name("DisplayName");
    account.handle = account.displayName == null ? null : account.displayName.replaceAll("\\s", "");
    account.createdAt = time(row, "CreationDate");
    String about = row.text("AboutMe");
    String website = row.text("WebsiteUrl");
    account.description = about == null ? "" : HtmlText.of(about).text();
    if (website != null && !website.isBlank()) {
      account.description = (account.description + "\n" + website.strip()).strip();
    }
    account.isAutomated = account.accountId.equals(SITE);
    sink.accept(account);
  }

  private static void badge(JsonObject row, LineSink sink) throws RejectedLineException {
    if (!"True".equalsIgnoreCase(row.text("TagBased"))) {
      sink.ignored("badge for no tag");
      return;
    }
    String id = "badge:" + number(row, "Id");
    long earned = time(row, "Date");
    String tag = row.requiredId("Name");
    String account = accountId(row, "UserId");
    // The list predates everything: its day must not depend on which badge names it first.
    ParsedRecord list = record(Kind.LIST, SITE, "tag:" + tag, earned);
    list.recordDay = 0;
    list.displayName = tag;
    list.purpose = "curation";
    sink.accept(list);
    sink.accept(record(Kind.INTERACTION, SITE, id, earned).does(Verb.LIST, account, list.recordId));
  }

  private static ParsedRecord act(
      Verb verb, String actor, String id, long happened, String objectId) {
    return record(Kind.INTERACTION, actor, id, happened).does(verb, null, objectId);
  }

  private static ParsedRecord record(Kind kind, String account, String id, long happened) {
    return new ParsedRecord(kind, account, ParsedRecord.NO_TIME, id, Times.day(happened), happened);
  }

  /** An integer, as text; its digits are an id of this site. */
  private static String number(JsonObject row, String attribute) throws RejectedLineException {
    String number = row.requiredId(attribute);
    if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw row.fault(attribute, "not an id");
    }
    return number;
  }

  /** Null if the account was deleted: its name may still be present. */
  private static String account(JsonObject row, String attribute) throws RejectedLineException {
    return row.has(attribute) ? accountId(row, attribute) : null;
  }

  private static String accountId(JsonObject row, String attribute) throws RejectedLineException {
    return SITE.equals(row.text(attribute)) ? SITE : number(row, attribute);
  }

  private static long time(JsonObject row, String attribute) throws RejectedLineException {
    return row.eventTime(attribute, text -> Times.iso(text + "Z"));
  }
}
