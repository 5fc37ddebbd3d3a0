package renown.dumps.formats;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
 * GitHub events from GH Archive: one public event per line, in three formats. From 2011 to 2014 the
 * actor is a name and the repository names its owner; from 2015 on actor and repository are
 * objects; since 7 October 2025 pull requests are little more than their number.
 *
 * <p><b>Accounts</b> are identified by their number. Where an event tells the login alone, as of
 * the owner of a repository, and of everybody before 2015, the id is {@code @} and the login in
 * small letters: see {@link DumpFormat#namesAccounts}. A login can be changed, and taken by
 * somebody else.
 *
 * <p><b>Posts</b> are issues and pull requests, {@code REPOSITORY#NUMBER} with the repository's id,
 * comments, reviews and releases. From an event on somebody else's issue only the issue's author is
 * read; if missing, it is the author of the post with that id.
 *
 * <p><b>Time.</b> {@code created_at} of the event is also the witness time. Identity is that of the
 * post, else of the event, with the day of {@code created_at}. Events before 2015 have no id; it is
 * derived from their content.
 */
public final class GitHubFormat implements DumpFormat {
  private static final String APP = "[bot]";

  /** What an account's id begins with that is its login. */
  private static final String NAMED = "@";

  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_-]+(\\[bot\\])?");

  /** Logins are letters, digits and single hyphens; not in addresses, packages or code. */
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\w/`.@])@([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})(?![\\w/@-])");

  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields user = new JsonFields().values("login", "id", "followers", "public_repos", "repos");
    JsonFields comment = new JsonFields().values("id", "body", "state").object("user", user);
    JsonFields issue =
        new JsonFields()
            .values("id", "number", "title", "body", "merged")
            .object("user", user)
            .object("base", new JsonFields().object("repo", new JsonFields().object("owner", user)))
            .objects("labels", new JsonFields().values("name"));
    JsonFields payload =
        new JsonFields()
            .values("action", "number")
            .object("issue", issue)
            .object("pull_request", issue)
            .object("comment", comment)
            .object("review", comment)
            .object("target", user)
            .object("member", user)
            .object("release", new JsonFields().values("id", "name", "tag_name", "body"));
    return new JsonFields()
        .values("id", "type", "created_at")
        .object("actor", user)
        .object("org", user)
        .object("repo", new JsonFields().values("id", "name"))
        .object("repository", new JsonFields().values("id", "name", "owner"))
        .object("payload", payload);
  }

  @Override
  public String name() {
    return "gh-archive";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "GitHub",
        """
        LIKE | `WatchEvent` (a star) | actor -> owner of the repository | `created_at` | id of the event | -
        REPOST | `ForkEvent` | actor -> owner | `created_at` | id of the event | -
        FOLLOW | `FollowEvent` (until 2013) | actor -> `target` | `created_at` | its content | -
        LIKE | `MemberEvent` | actor -> new member | `created_at` | id of the event | -
        MENTION | `IssuesEvent`, `PullRequestEvent`: opened | author -> owner | `created_at` | repository and number | -
        LIKE | `PullRequestEvent`: merged | merger -> author* | `created_at` | id of the event | -
        REPLY | `IssueCommentEvent`, `PullRequestReviewEvent`, `PullRequestReviewCommentEvent` | author -> author of the issue or pull request* | `created_at` | `comment:`, `review:`, `review-comment:` and its id | -
        REPLY | `CommitCommentEvent` | author -> owner | `created_at` | `commit-comment:` and its id | -
        MENTION | `@login` in a text | author -> that account, once | `created_at` | id of the post | -
        """);
  }

  @Override
  public String accountId(String id) {
    String name = id.startsWith(NAMED) ? id.substring(1) : id;
    return LOGIN.matcher(name).matches() && !XRecords.isDigits(id) ? NAMED + small(name) : id;
  }

  @Override
  public boolean namesAccounts() {
    return true;
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    String type = line.requiredText("type");
    Event event = event(line, type);
    if (event == null) {
      sink.ignored("event without an actor");
      return;
    }
    JsonObject payload = line.object("payload");
    if (payload == null) {
      throw line.fault("payload", "missing");
    }
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, event.actor, event.time);
    account.happenedAt = event.time;
    account.handle = event.login;
    account.isAutomated = event.login.endsWith(APP) ? true : null;
    sink.accept(account);
    if (event.owner != null && !event.owner.startsWith(NAMED) && !event.owner.equals(event.actor)) {
      sink.accept(event.sees(event.owner, line.object("org").id("login")));
    }
    String action = payload.text("action");
    switch (type) {
      case "WatchEvent" -> act(event, Verb.LIKE, event.owner, event.repository, sink);
      case "ForkEvent" -> act(event, Verb.REPOST, event.owner, event.repository, sink);
      case "FollowEvent" -> follow(event, payload.requiredObject("target"), sink);
      case "MemberEvent" -> {
        JsonObject member = payload.object("member");
        boolean added = "added".equals(action) && member != null;
        act(event, Verb.LIKE, added ? account(member) : null, null, sink);
        if (added) {
          see(event, member, sink);
        }
      }
      case "IssuesEvent" -> issue(event, action, payload, "issue", sink);
      case "PullRequestEvent" -> issue(event, action, payload, "pull_request", sink);
      case "IssueCommentEvent" -> comment(event, payload, "comment", "issue", "comment:", sink);
      case "PullRequestReviewEvent" ->
          comment(event, payload, "review", "pull_request", "review:", sink);
      case "PullRequestReviewCommentEvent" ->
          comment(event, payload, "comment", "pull_request", "review-comment:", sink);
      case "CommitCommentEvent" ->
          comment(event, payload, "comment", null, "commit-comment:", sink);
      case "ReleaseEvent" -> release(event, payload.object("release"), sink);
      default -> sink.ignored(IgnoredRules.named("event", type));
    }
  }

  /**
   * @param actor the account, {@code login} as it is written
   * @param owner of the repository; null if there is none
   * @param ownerLogin in small letters
   * @param repository its id, or its name where no id is told; null if there is none
   */
  private record Event(
      String id,
      String type,
      String actor,
      String login,
      String owner,
      String ownerLogin,
      String repository,
      long time) {
    /** That an account had a login at the time. */
    ParsedRecord sees(String account, String as) {
      ParsedRecord seen = new ParsedRecord(Kind.ACCOUNT, account, time);
      seen.happenedAt = time;
      seen.handle = as;
      return seen;
    }

    ParsedRecord says(Kind kind, String recordId) {
      ParsedRecord record = new ParsedRecord(kind, actor, time);
      record.recordId = recordId;
      record.recordDay = Times.day(time);
      record.happenedAt = time;
      return record;
    }
  }

  private static Event event(JsonObject line, String type) throws RejectedLineException {
    long time = line.eventTime("created_at", GitHubFormat::time);
    String login;
    String actor = null;
    String owner = null;
    String repository = null;
    if (line.isObject("actor")) {
      login = line.object("actor").id("login");
      actor = account(line.object("actor"));
      JsonObject repo = line.object("repo");
      String name = repo == null ? null : repo.id("name");
      if (name != null && name.indexOf('/') > 0) {
        owner = name.substring(0, name.indexOf('/'));
        repository = repo.has("id") ? repo.id("id") : name;
      }
    } else {
      login = line.id("actor");
      JsonObject repo = line.object("repository");
      if (repo != null && repo.has("owner")) {
        owner = repo.requiredId("owner");
        repository = repo.has("id") ? repo.id("id") : owner + "/" + repo.requiredId("name");
      }
    }
    if (login == null) {
      return null;
    }
    String id = line.id("id");
    if (id == null) {
      id = type + ":" + small(login) + ":" + repository + ":" + time;
    }
    String ownerLogin = owner == null ? null : small(owner);
    return new Event(
        id,
        type,
        actor == null ? NAMED + small(login) : actor,
        login,
        owner(ownerLogin, line),
        ownerLogin,
        repository,
        time);
  }

  /** Of an organisation's repository the event tells the owner's number beside the login. */
  private static String owner(String login, JsonObject line) throws RejectedLineException {
    JsonObject organisation = line.isObject("org") ? line.object("org") : null;
    String named = organisation == null ? null : organisation.id("login");
    if (login == null || named == null || !small(named).equals(login)) {
      return login == null ? null : NAMED + login;
    }
    return account(organisation);
  }

  /** The first years wrote {@code 2011/02/12 00:00:00 -0800}. */
  private static long time(String text) {
    return Times.iso(
        text.length() == 25 && text.charAt(4) == '/'
            ? text.substring(0, 19).replace('/', '-') + text.substring(20)
            : text);
  }

  private static void follow(Event event, JsonObject target, LineSink sink)
      throws RejectedLineException {
    String followed = account(target);
    act(event, Verb.FOLLOW, followed, null, sink);
    if (followed != null) {
      ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, followed, event.time);
      account.happenedAt = event.time;
      account.handle = target.id("login");
      account.followerCount = target.count("followers");
      sink.accept(account);
    }
  }

  /** Issues and pull requests: written when they are opened, accepted when they are merged. */
  private static void issue(
      Event event, String action, JsonObject payload, String member, LineSink sink)
      throws RejectedLineException {
    // Before 2012 the payload of an issue is its number in the whole of GitHub.
    JsonObject issue = payload.isObject(member) ? payload.object(member) : null;
    String number =
        issue != null && issue.has("number") ? issue.id("number") : payload.id("number");
    String id = number == null ? null : event.repository + "#" + number;
    if ("opened".equals(action)) {
      if (id != null && event.repository != null) {
        ParsedRecord post = event.says(Kind.POST, id);
        String title = issue == null ? null : issue.text("title");
        String body = issue == null ? null : issue.text("body");
        post.text = ((title == null ? "" : title) + "\n" + (body == null ? "" : body)).strip();
        post.links = TextLinks.of(post.text);
        post.threadId = id;
        post.hashtags = issue == null ? List.of() : labels(issue);
        sink.accept(post);
        see(event, baseOwner(issue), sink);
        sink.accept(post.act(Verb.MENTION, event.owner, null));
        mentions(event, post, sink);
      } else {
        act(event, Verb.MENTION, event.owner, null, sink);
      }
      return;
    }
    boolean merged =
        "merged".equals(action)
            || "closed".equals(action)
                && issue != null
                && Boolean.TRUE.equals(issue.flag("merged"));
    JsonObject author = issue == null ? null : issue.object("user");
    String login = author == null ? null : author.id("login");
    if (merged && login != null && small(login).equals(event.ownerLogin)) {
      // What one contributes to one's own repository needs nobody's consent.
      sink.ignored("pull request of the repository's owner merged");
    } else if (merged && id != null) {
      sink.accept(event.says(Kind.INTERACTION, event.id).does(Verb.LIKE, account(author), id));
      see(event, author, sink);
      see(event, baseOwner(issue), sink);
    } else {
      sink.ignored(IgnoredRules.named("event " + event.type, action));
    }
  }

  private static List<String> labels(JsonObject issue) throws RejectedLineException {
    Set<String> labels = new LinkedHashSet<>();
    for (JsonObject label : issue.objects("labels")) {
      String name = label.text("name");
      if (name != null && !name.isBlank()) {
        labels.add(name);
      }
    }
    return List.copyOf(labels);
  }

  /**
   * A comment or review: a post that replies to the issue or pull request, else to the repository's
   * owner.
   *
   * @param on the member that says what it is on; null for commits
   */
  private static void comment(
      Event event, JsonObject payload, String what, String on, String prefix, LineSink sink)
      throws RejectedLineException {
    String action = payload.text("action");
    if (action != null && !Set.of("created", "submitted").contains(action)) {
      sink.ignored(IgnoredRules.named("event " + event.type, action));
      return;
    }
    JsonObject comment = payload.isObject(what) ? payload.object(what) : null;
    JsonObject issue = on != null && payload.isObject(on) ? payload.object(on) : null;
    String number = issue == null ? null : issue.id("number");
    String id = comment == null || !comment.has("id") ? event.id : prefix + comment.id("id");
    ParsedRecord reply = event.says(Kind.INTERACTION, id);
    reply.verb = Verb.REPLY;
    if (number != null && event.repository != null) {
      reply.objectId = event.repository + "#" + number;
      reply.targetAccountId = account(issue.object("user"));
    } else {
      reply.targetAccountId = event.owner;
      if (event.owner == null) {
        sink.ignored("event " + event.type + " on nothing");
        return;
      }
    }
    String body = comment == null ? null : comment.text("body");
    ParsedRecord post = event.says(Kind.POST, id);
    post.text = body == null ? "" : body;
    post.links = TextLinks.of(post.text);
    post.replyToId = reply.objectId;
    post.threadId = reply.objectId;
    sink.accept(post);
    sink.accept(reply);
    see(event, issue == null ? null : issue.object("user"), sink);
    mentions(event, post, sink);
  }

  private static void release(Event event, JsonObject release, LineSink sink)
      throws RejectedLineException {
    if (release == null || !release.has("id")) {
      sink.ignored("event ReleaseEvent without a release");
      return;
    }
    ParsedRecord post = event.says(Kind.POST, "release:" + release.id("id"));
    String name = release.text("name");
    String body = release.text("body");
    post.text =
        ((name == null || name.isBlank() ? String.valueOf(release.text("tag_name")) : name)
                + "\n"
                + (body == null ? "" : body))
            .strip();
    post.links = TextLinks.of(post.text);
    post.threadId = post.recordId;
    sink.accept(post);
    mentions(event, post, sink);
  }

  private static void mentions(Event event, ParsedRecord post, LineSink sink) {
    Set<String> mentioned = new LinkedHashSet<>();
    Matcher mention = MENTION.matcher(post.text);
    while (mention.find()) {
      mentioned.add(small(mention.group(1)));
    }
    // Opening an issue already addresses the owner.
    mentioned.remove(post.replyToId == null ? event.ownerLogin : null);
    for (String login : mentioned) {
      sink.accept(post.act(Verb.MENTION, NAMED + login, null));
    }
  }

  /** An act that is the whole event. */
  private static void act(Event event, Verb verb, String target, String objectId, LineSink sink) {
    if (target == null) {
      sink.ignored("event " + event.type + " without a target");
      return;
    }
    sink.accept(event.says(Kind.INTERACTION, event.id).does(verb, target, objectId));
  }

  private static JsonObject baseOwner(JsonObject request) throws RejectedLineException {
    JsonObject base = request == null ? null : request.object("base");
    JsonObject repository = base == null ? null : base.object("repo");
    return repository == null ? null : repository.object("owner");
  }

  /** Says which login somebody else has whom an event shows by number and login. */
  private static void see(Event event, JsonObject user, LineSink sink)
      throws RejectedLineException {
    String account = account(user);
    String login = account == null ? null : user.id("login");
    if (login != null && !account.startsWith(NAMED) && !account.equals(event.actor)) {
      sink.accept(event.sees(account, login));
    }
  }

  /** The number of an account, else its login; null where neither is told. */
  private static String account(JsonObject user) throws RejectedLineException {
    String number = user == null ? null : user.id("id");
    if (number != null && XRecords.isDigits(number)) {
      return number;
    }
    String login = user == null ? null : user.id("login");
    return login == null ? null : NAMED + small(login);
  }

  /** Logins are the same in any case. */
  private static String small(String login) {
    return login.toLowerCase(Locale.ROOT);
  }
}
