package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Mastodon and compatible servers: statuses and accounts from the REST API, alone, in an array or
 * in a page; stream events; ActivityPub ({@link ActivityPub}), including the outbox, likes and
 * actor of an archive that a user downloads; and CSV exports of accounts ({@link MastodonExport}).
 *
 * <p><b>Identity.</b> Every instance has its own ids, so they are not used: a post is identified by
 * its {@code uri}, an account by its actor's URI, in both APIs alike. If REST lacks the latter
 * ({@code uri}, since version 4.2), it is derived from a status's URI, else from the profile page
 * as Mastodon builds it. The day of a record is that of the millisecond encoded in the number of
 * Mastodon's URIs; for other URIs the constant 0.
 *
 * <p><b>Time.</b> A post's time is the server's ({@code created_at}, {@code published}); there is
 * no witness time. Profiles are dated by the day of the file.
 *
 * <p><b>Consent.</b> Anything that is not public or unlisted is ignored. An account that is not
 * {@code discoverable}, or asks search engines not to index it ({@code noindex}), is not
 * discoverable. The text of one that is not {@code indexable}, if the line says so, is not stored.
 * {@code locked} means that followers need approval, not that posts are hidden.
 */
public final class MastodonFormat implements DumpFormat {
  private static final String EMPTY_PAGE = "empty page";
  private static final Set<String> VISIBLE = Set.of("public", "unlisted");

  private static final JsonFields LINE = line();

  private final String owner;

  MastodonFormat() {
    this(null);
  }

  private MastodonFormat(String owner) {
    this.owner = owner;
  }

  private static JsonFields line() {
    JsonFields account = account(new JsonFields());
    JsonFields status = status(new JsonFields(), account);
    JsonFields quote =
        status(new JsonFields(), account)
            .values("state", "quoted_status_id")
            .object("quoted_status", status);
    nest(quote, status, quote);
    nest(status, status, quote);

    JsonFields thing = new JsonFields().values("id");
    ActivityPub.fields(thing, thing).objects("quote", new JsonFields().values("id"));

    JsonFields line =
        status(new JsonFields(), account)
            .values("acct", "username", "display_name", "note", "bot", "group", "noindex")
            .objects("fields", new JsonFields().values("name", "value"))
            .values(
                "discoverable",
                "indexable",
                "suspended",
                "followers_count",
                "following_count",
                "statuses_count")
            .object("moved", new JsonFields().values("uri", "url"))
            .values("event", "payload", "endpoint", "of")
            .objects("ancestors", status)
            .objects("descendants", status)
            .objects("statuses", status)
            .objects("accounts", account);
    line.object("reblog", status)
        .object("pleroma", new JsonFields().object("quote", status))
        .objects("quote", quote);
    return ActivityPub.fieldsBeside(line, thing);
  }

  private static JsonFields account(JsonFields fields) {
    return fields
        .values("id", "uri", "url", "acct", "username", "display_name", "note", "created_at")
        .values("bot", "group", "discoverable", "indexable", "noindex", "suspended")
        .values("followers_count", "following_count", "statuses_count")
        .objects("fields", new JsonFields().values("name", "value"))
        .object("moved", new JsonFields().values("uri", "url"));
  }

  private static JsonFields status(JsonFields fields, JsonFields account) {
    return fields
        .values("id", "uri", "url", "created_at", "content", "spoiler_text", "language")
        .values("visibility", "in_reply_to_id", "in_reply_to_account_id", "edited_at")
        .object("account", account)
        .objects("mentions", new JsonFields().values("id", "url"))
        .objects("tags", new JsonFields().values("name"))
        .object("card", new JsonFields().values("url"));
  }

  private static void nest(JsonFields fields, JsonFields status, JsonFields quote) {
    fields
        .object("reblog", status)
        .object("quote", quote)
        .object("pleroma", new JsonFields().object("quote", status));
  }

  @Override
  public String name() {
    return "mastodon";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Mastodon",
        """
        REPOST | status with `reblog`; `Announce` of a post | account -> account of the original | `created_at`, `published` | `uri`, id of the activity | `Undo` of it; `Delete`
        REPLY | status that is a reply (`in_reply_to_*`, `inReplyTo`) | account -> account answered* | `created_at`, `published` | `uri`, id of the object | `Delete` of the post
        QUOTE | status with an accepted `quote`; object with `quote`, `quoteUrl`, `quoteUri`, `_misskey_quote` or a `Link` tag | account -> account quoted* | `created_at`, `published` | `uri`, id of the object | `Delete` of the post
        MENTION | `mentions`; `Mention` tags | account -> each account, once | `created_at`, `published` | `uri`, id of the object | `Delete` of the post
        LIKE | `Like`, `EmojiReact`; items of `likes.json` or `liked`; page `favourited_by` with its status | account -> author of the post* | `published`, else the day of the first file with it | id of the activity, else account and post | `Undo` of it
        FOLLOW | `Follow`; items of `followers` and `following`; lines of `following_accounts.csv`; pages of these with their owner | follower -> followed | `published`, else the day of the first file with it | id of the activity, else both accounts | `Undo` of it
        BLOCK | `Block`; lines of `blocked_accounts.csv` | blocker -> object (a negative signal) | as a follow | as a follow | `Undo` of it
        LIST | lines of `lists.csv` | owner -> account | the day of the first file with it | list and account | nothing
        """);
  }

  @Override
  public String contextMember() {
    return "actor.json";
  }

  /** The format of an archive's members, which belong to this actor. */
  @Override
  public DumpFormat inContext(byte[] actor) throws RejectedLineException {
    JsonObject thing = LINE.read(actor, 0, actor.length);
    if (!ActivityPub.isThing(thing) || !ActivityPub.isActor(thing)) {
      throw new RejectedLineException("not an actor");
    }
    return new MastodonFormat(ActivityPub.id(thing));
  }

  /** Lists of accounts come as CSV, next to an archive or within. */
  @Override
  public DumpFormat inFile(String path) {
    return MastodonExport.of(path, owner).orElse(this);
  }

  @Override
  public boolean areArraysWhole() {
    return true;
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    List<JsonObject> lines = LINE.readAll(bytes, offset, length);
    if (lines.isEmpty()) {
      sink.ignored(EMPTY_PAGE);
    }
    Page page = new Page(sink, owner);
    for (JsonObject line : lines) {
      page.collect(line);
    }
    for (JsonObject line : lines) {
      page.read(line);
    }
  }

  /** One line, while it is read. Its ids are all of one instance, so they name each other. */
  private static final class Page {
    private final LineSink sink;
    private final String owner;
    private final Map<String, String> accountsById = new HashMap<>();
    private final Map<String, String> accountsByUrl = new HashMap<>();
    private final Map<String, String> statusesById = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    Page(LineSink sink, String owner) {
      this.sink = sink;
      this.owner = owner;
    }

    // ---- What the line names

    void collect(JsonObject line) throws RejectedLineException {
      for (List<JsonObject> statuses :
          List.of(
              line.objects("ancestors"), line.objects("descendants"), line.objects("statuses"))) {
        for (JsonObject status : statuses) {
          collectStatus(status);
        }
      }
      for (JsonObject account : line.objects("accounts")) {
        collectAccount(account, null);
      }
      if (isStatus(line)) {
        collectStatus(line);
      } else if (line.has("acct")) {
        collectAccount(line, null);
      }
    }

    private void collectStatus(JsonObject status) throws RejectedLineException {
      String uri = uri(status);
      String id = status.id("id");
      if (id != null) {
        statusesById.put(id, uri);
      }
      JsonObject account = status.object("account");
      if (account != null) {
        collectAccount(account, uri);
      }
      JsonObject reblog = status.object("reblog");
      if (reblog != null) {
        collectStatus(reblog);
      }
    }

    private void collectAccount(JsonObject account, String statusUri) throws RejectedLineException {
      String uri = accountUri(account, statusUri);
      String id = account.id("id");
      if (id != null) {
        accountsById.put(id, uri);
      }
      String url = account.text("url");
      if (url != null) {
        accountsByUrl.put(url, uri);
      }
    }

    private static boolean isStatus(JsonObject line) {
      return line.has("account") && line.has("uri");
    }

    private static String uri(JsonObject status) throws RejectedLineException {
      return ActivityPub.uri(status, "uri", status.requiredText("uri"));
    }

    /**
     * @param statusUri address of a status by the account; may be null
     */
    private static String accountUri(JsonObject account, String statusUri)
        throws RejectedLineException {
      String uri = account.text("uri");
      if (uri != null) {
        return ActivityPub.uri(account, "uri", uri);
      }
      String author = statusUri == null ? null : Fediverse.author(statusUri);
      if (author != null) {
        return author;
      }
      return Fediverse.accountOfPage(ActivityPub.uri(account, "url", account.requiredText("url")));
    }

    // ---- What the line says

    void read(JsonObject line) throws RejectedLineException {
      if (line.has("event")) {
        event(line);
      } else if (line.has("ancestors") || line.has("descendants")) {
        int count = statuses(line.objects("ancestors")) + statuses(line.objects("descendants"));
        sayIfEmpty(count);
      } else if (line.has("accounts") || line.has("statuses")) {
        sayIfEmpty(accounts(line) + statuses(line.objects("statuses")));
      } else if (isStatus(line)) {
        status(line);
      } else if (line.has("acct")) {
        profile(line, null);
      } else if (ActivityPub.isThing(line)) {
        new ActivityPub(sink, owner).thing(line);
      } else {
        sink.ignored(IgnoredRules.named("kind", line.firstMember()));
      }
    }

    private void sayIfEmpty(int count) {
      if (count == 0) {
        sink.ignored(EMPTY_PAGE);
      }
    }

    /** An event of a stream: the status in it is JSON in a text. */
    private void event(JsonObject line) throws RejectedLineException {
      String event = line.requiredText("event");
      switch (event) {
        case "update", "status.update" -> {
          byte[] payload = line.requiredText("payload").getBytes(StandardCharsets.UTF_8);
          JsonObject status = LINE.read(payload, 0, payload.length);
          if (!isStatus(status)) {
            throw line.fault("payload", "not a status");
          }
          collect(status);
          status(status);
        }
        // Uses the status's number on the streaming instance.
        case "delete" -> sink.ignored("delete of a local id");
        default -> sink.ignored(IgnoredRules.named("event", event));
      }
    }

    /** A page of accounts, with their owner if it was added to the page. */
    private int accounts(JsonObject page) throws RejectedLineException {
      List<JsonObject> accounts = page.objects("accounts");
      String endpoint = page.text("endpoint");
      String of = page.text("of");
      if (endpoint != null && of != null) {
        ActivityPub.uri(page, "of", of);
      }
      String what = endpoint == null || of == null ? "" : endpoint;
      for (JsonObject account : accounts) {
        profile(account, null);
        String uri = accountUri(account, null);
        if (what.contains("followers")) {
          sink.accept(ActivityPub.follow(uri, of));
        } else if (what.contains("following")) {
          sink.accept(ActivityPub.follow(of, uri));
        } else if (what.contains("favourited_by")) {
          sink.accept(ActivityPub.like(uri, Fediverse.author(of), of));
        } else if (what.contains("reblogged_by")) {
          // The reblog's own URI is missing, so it would count twice.
          sink.ignored("reblogger without the reblog");
        }
      }
      return accounts.size();
    }

    private int statuses(List<JsonObject> statuses) throws RejectedLineException {
      for (JsonObject status : statuses) {
        status(status);
      }
      return statuses.size();
    }

    private void status(JsonObject status) throws RejectedLineException {
      String uri = uri(status);
      if (!told.add(uri)) {
        return;
      }
      JsonObject account = status.requiredObject("account");
      String author = accountUri(account, uri);
      profile(account, uri);
      String visibility = status.text("visibility");
      if (visibility != null && !VISIBLE.contains(visibility)) {
        sink.ignored("post that is not public");
        return;
      }
      long created = status.eventTime("created_at", Times::iso);
      JsonObject reblog = status.object("reblog");
      if (reblog != null) {
        String original = uri(reblog);
        ParsedRecord repost = ActivityPub.record(Kind.INTERACTION, author, uri, created);
        sink.accept(
            repost.does(
                Verb.REPOST, accountUri(reblog.requiredObject("account"), original), original));
        status(reblog);
        return;
      }
      post(status, account, ActivityPub.record(Kind.POST, author, uri, created));
    }

    private void post(JsonObject status, JsonObject account, ParsedRecord post)
        throws RejectedLineException {
      List<ParsedRecord> acts = new ArrayList<>();
      List<String> ignored = new ArrayList<>();
      long edited = status.time("edited_at", Times::iso);
      post.editedAt = Times.isPlausible(edited) ? edited : ParsedRecord.NO_TIME;
      String content = status.text("content");
      HtmlText html = HtmlText.of(content == null ? "" : content, "mention");
      if (Boolean.FALSE.equals(account.flag("indexable"))) {
        post.text = "";
        ignored.add("text of who is not indexable");
      } else {
        String warning = status.text("spoiler_text");
        post.text =
            warning == null || warning.isBlank()
                ? html.text()
                : (warning.strip() + "\n" + html.text()).strip();
      }
      post.language = status.text("language");

      Map<String, String> mentioned = new HashMap<>();
      Entities entities = new Entities();
      for (JsonObject mention : status.objects("mentions")) {
        String url = mention.text("url");
        String known = url == null ? null : accountsByUrl.get(url);
        if (known == null && url != null && Fediverse.isUri(url)) {
          known = Fediverse.accountOfPage(url);
        }
        if (known == null) {
          ignored.add("mention without an account");
          continue;
        }
        entities.mention(known);
        String id = mention.id("id");
        if (id != null) {
          mentioned.put(id, known);
        }
      }
      reply(status, account, post, mentioned, acts, ignored);
      JsonObject quoted = quote(status, post, acts, ignored);
      for (String other : entities.mentions()) {
        acts.add(post.act(Verb.MENTION, other, null));
      }
      for (JsonObject tag : status.objects("tags")) {
        entities.hashtag(tag.text("name"));
      }
      html.links().forEach(entities::link);
      JsonObject card = status.object("card");
      if (card != null) {
        entities.link(card.text("url"));
      }
      entities.withoutLink(post.quotedId);
      if (quoted != null) {
        entities.withoutLink(quoted.text("url"));
      }
      entities.describe(post);
      sink.accept(post);
      acts.forEach(sink::accept);
      ignored.forEach(sink::ignored);
      if (quoted != null) {
        status(quoted);
      }
    }

    /** Both ends of a reply are local ids; only the line can resolve them. */
    private void reply(
        JsonObject status,
        JsonObject account,
        ParsedRecord post,
        Map<String, String> mentioned,
        List<ParsedRecord> acts,
        List<String> ignored)
        throws RejectedLineException {
      String parent = status.id("in_reply_to_id");
      String answered = status.id("in_reply_to_account_id");
      if (parent == null && answered == null) {
        return;
      }
      post.replyToId = parent == null ? null : statusesById.get(parent);
      String target = null;
      if (answered != null) {
        target = mentioned.get(answered);
        target = target == null ? accountsById.get(answered) : target;
        target = target == null && answered.equals(account.id("id")) ? post.accountId : target;
      }
      if (target == null && post.replyToId != null) {
        target = Fediverse.author(post.replyToId);
      }
      if (target == null && post.replyToId == null) {
        ignored.add("reply without its target account");
      } else {
        acts.add(post.act(Verb.REPLY, target, post.replyToId));
      }
    }

    /**
     * The quote of a status, in one of three spellings: with a state around it (Mastodon since
     * 4.4), bare (forks), or under {@code pleroma}. Returns the quoted status if it is there.
     */
    private JsonObject quote(
        JsonObject status, ParsedRecord post, List<ParsedRecord> acts, List<String> ignored)
        throws RejectedLineException {
      JsonObject quote = first(status.oneOrMoreObjects("quote"));
      JsonObject quoted = null;
      if (quote != null && quote.has("state")) {
        String state = quote.requiredText("state");
        if (!state.equals("accepted")) {
          ignored.add(IgnoredRules.named("quote", state));
          return null;
        }
        quoted = quote.object("quoted_status");
        if (quoted == null) {
          ignored.add("quote without its target account");
          return null;
        }
      } else if (quote != null) {
        quoted = quote;
      } else {
        JsonObject pleroma = status.object("pleroma");
        quoted = pleroma == null ? null : pleroma.object("quote");
      }
      if (quoted == null) {
        return null;
      }
      String uri = uri(quoted);
      post.quotedId = uri;
      acts.add(post.act(Verb.QUOTE, accountUri(quoted.requiredObject("account"), uri), uri));
      return quoted;
    }

    private static JsonObject first(List<JsonObject> objects) {
      return objects.isEmpty() ? null : objects.get(0);
    }

    private void profile(JsonObject account, String statusUri) throws RejectedLineException {
      String uri = accountUri(account, statusUri);
      ParsedRecord record = new ParsedRecord(Kind.ACCOUNT, uri, ParsedRecord.NO_TIME);
      if (Boolean.TRUE.equals(account.flag("suspended"))) {
        record.status = Status.SUSPENDED;
        sink.accept(record);
        return;
      }
      String acct = account.name("acct");
      record.handle =
          acct == null || acct.indexOf('@') >= 0 ? acct : acct + "@" + Fediverse.host(uri);
      record.displayName = account.name("display_name");
      String note = account.text("note");
      record.description =
          note == null ? null : ActivityPub.described(note, account.oneOrMoreObjects("fields"));
      long created = account.time("created_at", Times::iso);
      record.createdAt = Times.isPlausible(created) ? created : ParsedRecord.NO_TIME;
      record.followerCount = account.count("followers_count");
      record.followingCount = account.count("following_count");
      record.postCount = account.count("statuses_count");
      record.isAutomated = account.flag("bot");
      record.isDiscoverable =
          Boolean.TRUE.equals(account.flag("noindex"))
              ? Boolean.FALSE
              : account.flag("discoverable");
      sink.accept(record);
      JsonObject moved = account.object("moved");
      if (moved != null) {
        sink.accept(
            ParsedRecord.ofOwn(Kind.MOVE, uri, ParsedRecord.NO_TIME, accountUri(moved, null)));
      }
    }
  }
}
