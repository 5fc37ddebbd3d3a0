package renown.dumps.formats;

import java.util.ArrayList;
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
 * Bluesky's Jetstream, version 1: one JSON object per line, of the kinds commit, identity and
 * account.
 *
 * <p><b>Time.</b> {@code time_us}, when the server saw it, is both event time and witness time;
 * {@code createdAt} is the client's claim and is not read, except for a profile, where it is the
 * only hint of the account's age (null if it is no time in 2006..2100).
 *
 * <p><b>Identity.</b> The record's URI {@code at://did/collection/rkey}. Its day is that of the
 * rkey if that is a TID of the years 2006..2100, else the constant 0; both follow from the URI
 * alone, so the deletion of a record, which has nothing else, finds the same day.
 *
 * <p><b>State.</b> A profile record is the whole state of a profile: a missing text is empty, not
 * unknown, and without the labels the account is discoverable and not automated. Deleting the
 * record clears the profile.
 *
 * <p>Records are written by clients and hardly validated by the network: one whose required members
 * have a wrong type, or whose subject is not a URI, is rejected; a mention that is not a DID is
 * ignored.
 */
public final class JetstreamFormat implements DumpFormat {
  private static final String POST = "app.bsky.feed.post";
  private static final String LIKE = "app.bsky.feed.like";
  private static final String REPOST = "app.bsky.feed.repost";
  private static final String FOLLOW = "app.bsky.graph.follow";
  private static final String BLOCK = "app.bsky.graph.block";
  private static final String LIST = "app.bsky.graph.list";
  private static final String LIST_ITEM = "app.bsky.graph.listitem";
  private static final String STARTER_PACK = "app.bsky.graph.starterpack";
  private static final String PROFILE = "app.bsky.actor.profile";
  private static final Set<String> COLLECTIONS =
      Set.of(POST, LIKE, REPOST, FOLLOW, BLOCK, LIST, LIST_ITEM, STARTER_PACK, PROFILE);

  private static final String FACET = "app.bsky.richtext.facet#";
  private static final String HIDDEN_FROM_STRANGERS = "!no-unauthenticated";
  private static final String BOT = "bot";
  private static final String INVALID_HANDLE = "handle.invalid";

  /** Longest language tag that RFC 5646, section 4.4.1, finds plausible. */
  private static final int LONGEST_LANGUAGE = 35;

  private static final Map<String, String> KINDS_OF_2024 =
      Map.of("com", "commit", "id", "identity", "acc", "account");

  private static final Map<String, String> OPERATIONS_OF_2024 =
      Map.of("c", "create", "u", "update", "d", "delete");

  private static final JsonFields LINE = line();

  private static JsonFields line() {
    JsonFields reference = new JsonFields().values("uri");
    JsonFields card = new JsonFields().object("external", reference);
    JsonFields embed =
        new JsonFields()
            .values("$type")
            .object("record", new JsonFields().values("uri").object("record", reference))
            .object("external", reference)
            .object("media", card);
    JsonFields feature = new JsonFields().values("$type", "did", "uri", "tag");
    JsonFields record =
        new JsonFields()
            .values("text", "createdAt", "name", "purpose", "description", "list", "displayName")
            .array("langs")
            .array("tags")
            .object("subject", reference)
            .object("via", reference)
            .object("reply", new JsonFields().object("root", reference).object("parent", reference))
            .object("embed", embed)
            .objects("facets", new JsonFields().objects("features", feature))
            .object("labels", new JsonFields().objects("values", new JsonFields().values("val")));
    return new JsonFields()
        .values("did", "time_us", "kind", "type")
        .object(
            "commit",
            new JsonFields()
                .values("operation", "type", "collection", "rkey")
                .object("record", record))
        .object("identity", new JsonFields().values("handle"))
        .object("account", new JsonFields().values("active", "status"));
  }

  @Override
  public String name() {
    return "bluesky-jetstream";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Bluesky",
        """
        LIKE | `app.bsky.feed.like` (of a post, feed or labeler) | liker -> account in the subject's URI; the liked object is kept if it is a post; `via` kept | `time_us` | URI of the like | delete of the like
        REPOST | `app.bsky.feed.repost` | reposter -> account in the subject's URI; `via` kept | `time_us` | URI of the repost | delete of the repost
        REPLY | post with `reply` | author -> account in `reply.parent`'s URI | `time_us` | URI of the post | delete of the post
        QUOTE | post with an embedded post (`record`, `recordWithMedia`) | author -> account in the embedded URI | `time_us` | URI of the post | delete of the post
        MENTION | post with a mention facet | author -> each DID, once | `time_us` | URI of the post | delete of the post
        FOLLOW | `app.bsky.graph.follow` | follower -> subject | `time_us` | URI of the follow | delete of the follow
        BLOCK | `app.bsky.graph.block` | blocker -> subject (a negative signal) | `time_us` | URI of the block | delete of the block
        LIST | `app.bsky.graph.listitem` of an own list | owner -> subject; the list has its purpose | `time_us` | URI of the item | delete of the item or of the list
        """);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    String kind = word(line, "kind", KINDS_OF_2024);
    switch (kind) {
      case "commit" -> commit(line, sink);
      case "identity" -> identity(line, sink);
      case "account" -> account(line, sink);
      default -> sink.ignored(IgnoredRules.named("kind", kind));
    }
  }

  /** A word, or its predecessor under {@code type} until October 2024. */
  private static String word(JsonObject object, String member, Map<String, String> words)
      throws RejectedLineException {
    String type = object.has(member) ? null : object.text("type");
    return type == null ? object.requiredText(member) : words.getOrDefault(type, type);
  }

  private static String did(JsonObject line) throws RejectedLineException {
    String did = line.requiredId("did");
    if (!AtUri.isDid(did)) {
      throw line.fault("did", "not a DID");
    }
    return did;
  }

  private static long witnessTime(JsonObject line) throws RejectedLineException {
    Long time = line.whole("time_us");
    if (time == null) {
      throw line.fault("time_us", "missing");
    }
    if (!Times.isPlausible(time)) {
      throw line.fault("time_us", "not in the years 2006 to 2100");
    }
    return time;
  }

  private static void identity(JsonObject line, LineSink sink) throws RejectedLineException {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, did(line), witnessTime(line));
    account.happenedAt = account.witnessedAt;
    String handle = line.requiredObject("identity").name("handle");
    if (handle == null || handle.isEmpty() || handle.equals(INVALID_HANDLE)) {
      sink.ignored("identity without a handle");
      return;
    }
    account.handle = handle;
    sink.accept(account);
  }

  private static void account(JsonObject line, LineSink sink) throws RejectedLineException {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, did(line), witnessTime(line));
    account.happenedAt = account.witnessedAt;
    JsonObject event = line.requiredObject("account");
    Boolean active = event.flag("active");
    if (active == null) {
      throw event.fault("active", "missing");
    }
    String status = event.text("status");
    if (active) {
      account.status = Status.ACTIVE;
    } else if (status == null) {
      // Hidden for an unknown reason: assume the mildest.
      account.status = Status.DEACTIVATED;
    } else {
      switch (status) {
        case "deleted" -> account.status = Status.DELETED;
        case "suspended", "takendown" -> account.status = Status.SUSPENDED;
        case "deactivated" -> account.status = Status.DEACTIVATED;
        default -> {
          sink.ignored(IgnoredRules.named("account status", status));
          return;
        }
      }
    }
    sink.accept(account);
  }

  private static void commit(JsonObject line, LineSink sink) throws RejectedLineException {
    String did = did(line);
    long time = witnessTime(line);
    JsonObject commit = line.requiredObject("commit");
    String collection = commit.requiredText("collection");
    if (!COLLECTIONS.contains(collection)) {
      sink.ignored(IgnoredRules.named("collection", collection));
      return;
    }
    String rkey = commit.requiredId("rkey");
    if (!AtUri.isRecordKey(rkey)) {
      throw commit.fault("rkey", "not a record key");
    }
    Commit known =
        new Commit(did, time, "at://" + did + "/" + collection + "/" + rkey, Tid.day(rkey));
    String operation = word(commit, "operation", OPERATIONS_OF_2024);
    switch (operation) {
      case "create", "update" -> write(known, collection, commit.requiredObject("record"), sink);
      case "delete" -> {
        if (collection.equals(PROFILE)) {
          sink.accept(emptyProfile(known));
        } else {
          sink.accept(known.says(Kind.DELETION));
        }
      }
      default -> sink.ignored(IgnoredRules.named("operation", operation));
    }
  }

  /** The fields of a commit outside its record. */
  private record Commit(String did, long time, String uri, int day) {
    ParsedRecord says(Kind kind) {
      return new ParsedRecord(kind, did, time, uri, day, time);
    }

    ParsedRecord does(Verb verb, String target, String objectId) {
      return says(Kind.INTERACTION).does(verb, target, objectId);
    }
  }

  private static void write(Commit commit, String collection, JsonObject record, LineSink sink)
      throws RejectedLineException {
    switch (collection) {
      case POST -> post(commit, record, sink);
      case LIKE -> reaction(commit, Verb.LIKE, record, sink);
      case REPOST -> reaction(commit, Verb.REPOST, record, sink);
      case FOLLOW -> sink.accept(commit.does(Verb.FOLLOW, subject(record), null));
      case BLOCK -> sink.accept(commit.does(Verb.BLOCK, subject(record), null));
      case LIST -> list(commit, record, sink);
      case LIST_ITEM -> listItem(commit, record, sink);
      case STARTER_PACK -> starterPack(commit, record, sink);
      case PROFILE -> profile(commit, record, sink);
      default -> throw new IllegalStateException(collection);
    }
  }

  private static void reaction(Commit commit, Verb verb, JsonObject record, LineSink sink)
      throws RejectedLineException {
    AtUri subject = reference(record, "subject");
    // Feeds and labelers can be liked too, but are not posts.
    String post = subject.collection().equals(POST) ? subject.text() : null;
    ParsedRecord reaction = commit.does(verb, subject.did(), post);
    if (record.has("via")) {
      reaction.viaId = reference(record, "via").text();
    }
    sink.accept(reaction);
  }

  private static void post(Commit commit, JsonObject record, LineSink sink)
      throws RejectedLineException {
    ParsedRecord post = commit.says(Kind.POST);
    post.text = record.requiredText("text");
    post.language = language(record.texts("langs"));
    List<ParsedRecord> interactions = new ArrayList<>();
    List<String> ignored = new ArrayList<>();

    JsonObject reply = record.object("reply");
    if (reply != null) {
      AtUri parent = reference(reply, "parent");
      post.replyToId = parent.text();
      post.threadId = reference(reply, "root").text();
      interactions.add(commit.does(Verb.REPLY, parent.did(), parent.text()));
    }

    Entities entities = new Entities();
    record.texts("tags").forEach(entities::hashtag);
    for (JsonObject facet : record.objects("facets")) {
      for (JsonObject feature : facet.objects("features")) {
        String type = feature.text("$type");
        switch (type == null ? "" : type) {
          case FACET + "mention" -> {
            String did = feature.text("did");
            if (did != null && AtUri.isDid(did)) {
              entities.mention(did);
            } else {
              ignored.add("mention without a DID");
            }
          }
          case FACET + "link" -> entities.link(feature.text("uri"));
          case FACET + "tag" -> entities.hashtag(feature.text("tag"));
          default -> ignored.add(IgnoredRules.named("facet", type));
        }
      }
    }

    JsonObject embed = record.object("embed");
    if (embed != null) {
      AtUri quoted = quoted(embed);
      if (quoted != null && quoted.collection().equals(POST)) {
        post.quotedId = quoted.text();
        interactions.add(commit.does(Verb.QUOTE, quoted.did(), quoted.text()));
      } else if (quoted != null) {
        ignored.add(IgnoredRules.named("embedded record", quoted.collection()));
      }
      entities.link(cardLink(embed));
      JsonObject media = embed.object("media");
      if (media != null) {
        entities.link(cardLink(media));
      }
    }
    for (String did : entities.mentions()) {
      interactions.add(commit.does(Verb.MENTION, did, null));
    }
    entities.describe(post);
    sink.accept(post);
    interactions.forEach(sink::accept);
    ignored.forEach(sink::ignored);
  }

  /** The embedded record: directly, or one level deeper next to media. */
  private static AtUri quoted(JsonObject embed) throws RejectedLineException {
    String type = embed.text("$type");
    if ("app.bsky.embed.record".equals(type)) {
      return reference(embed, "record");
    }
    if ("app.bsky.embed.recordWithMedia".equals(type)) {
      return reference(embed.requiredObject("record"), "record");
    }
    return null;
  }

  private static String cardLink(JsonObject embed) throws RejectedLineException {
    JsonObject card = embed.object("external");
    return card == null ? null : card.text("uri");
  }

  /** The first of the languages; null if it cannot be a tag. */
  private static String language(List<String> languages) {
    if (languages.isEmpty()) {
      return null;
    }
    String language = languages.get(0);
    boolean plausible =
        !language.isEmpty()
            && language.length() <= LONGEST_LANGUAGE
            && language
                .chars()
                .allMatch(c -> c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
    return plausible ? language : null;
  }

  private static void list(Commit commit, JsonObject record, LineSink sink)
      throws RejectedLineException {
    ParsedRecord list = commit.says(Kind.LIST);
    list.displayName = record.name("name");
    list.description = record.text("description");
    String purpose = record.text("purpose");
    if (purpose != null) {
      switch (purpose) {
        case "app.bsky.graph.defs#curatelist" -> list.purpose = "curation";
        case "app.bsky.graph.defs#modlist" -> list.purpose = "moderation";
        case "app.bsky.graph.defs#referencelist" -> list.purpose = "reference";
        default -> sink.ignored(IgnoredRules.named("list purpose", purpose));
      }
    }
    sink.accept(list);
  }

  private static void listItem(Commit commit, JsonObject record, LineSink sink)
      throws RejectedLineException {
    AtUri list = AtUri.parse(record.requiredText("list"));
    if (list == null) {
      throw record.fault("list", "not an at-uri");
    }
    if (!list.did().equals(commit.did())) {
      // The network counts an item only in a list of its own account.
      sink.ignored("item of another account's list");
      return;
    }
    sink.accept(commit.does(Verb.LIST, subject(record), list.text()));
  }

  private static void starterPack(Commit commit, JsonObject record, LineSink sink)
      throws RejectedLineException {
    ParsedRecord pack = commit.says(Kind.LIST);
    pack.displayName = record.name("name");
    pack.description = record.text("description");
    pack.purpose = "pack";
    // The accounts of a pack are the items of this list.
    pack.objectId = record.text("list");
    sink.accept(pack);
  }

  private static ParsedRecord emptyProfile(Commit commit) {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, commit.did(), commit.time());
    account.happenedAt = commit.time();
    account.displayName = "";
    account.description = "";
    account.isDiscoverable = true;
    account.isAutomated = false;
    return account;
  }

  private static void profile(Commit commit, JsonObject record, LineSink sink)
      throws RejectedLineException {
    ParsedRecord account = emptyProfile(commit);
    String displayName = record.name("displayName");
    if (displayName != null) {
      account.displayName = displayName;
    }
    String description = record.text("description");
    if (description != null) {
      account.description = description;
    }
    String createdAt = record.text("createdAt");
    if (createdAt != null) {
      long claimed = Times.iso(createdAt);
      account.createdAt = Times.isPlausible(claimed) ? claimed : ParsedRecord.NO_TIME;
    }
    JsonObject labels = record.object("labels");
    if (labels != null) {
      for (JsonObject label : labels.objects("values")) {
        String value = label.text("val");
        account.isDiscoverable &= !HIDDEN_FROM_STRANGERS.equals(value);
        account.isAutomated |= BOT.equals(value);
      }
    }
    sink.accept(account);
  }

  /** The account that a follow, block or list item is about. */
  private static String subject(JsonObject record) throws RejectedLineException {
    String did = record.requiredText("subject");
    if (!AtUri.isDid(did)) {
      throw record.fault("subject", "not a DID");
    }
    return did;
  }

  private static AtUri reference(JsonObject record, String member) throws RejectedLineException {
    JsonObject reference = record.requiredObject(member);
    AtUri uri = AtUri.parse(reference.requiredText("uri"));
    if (uri == null) {
      throw reference.fault("uri", "not an at-uri");
    }
    return uri;
  }
}
