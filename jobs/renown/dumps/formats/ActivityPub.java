package renown.dumps.formats;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import renown.dumps.IgnoredRules;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.ParsedRecord.Kind;
import renown.dumps.ParsedRecord.Status;
import renown.dumps.RejectedLineException;
import renown.dumps.Verb;

/**
 * Parses ActivityPub (W3C Recommendation of 23 January 2018): actors, activities, objects, and
 * collections of them. Ids are URIs; an activity without one gets a derived id, {@code
 * follow:actor:object} or {@code like:actor:object}.
 *
 * <p>Posts and reposts that are not addressed to the public, directly or in copy, are ignored.
 *
 * <p>An {@code Announce} of a post is a repost. One of an activity hands that activity on, as
 * groups do: it counts for who did it, and the announcement around it is nothing.
 */
final class ActivityPub {
  private static final Set<String> ACTORS =
      Set.of("Person", "Service", "Application", "Group", "Organization");
  private static final Set<String> AUTOMATED = Set.of("Service", "Application");
  private static final Set<String> COLLECTIONS =
      Set.of("Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage");
  private static final Set<String> POSTS =
      Set.of(
          "Note",
          "Article",
          "Page",
          "Question",
          "Video",
          "Audio",
          "Image",
          "Event",
          // BookWyrm's.
          "Review",
          "Comment",
          "Quotation");
  private static final Set<String> TITLED =
      Set.of("Article", "Page", "Video", "Audio", "Event", "Review");
  private static final Set<String> ACTIVITIES =
      Set.of(
          "Create",
          "Update",
          "Announce",
          "Like",
          "EmojiReact",
          "Dislike",
          "Follow",
          "Block",
          "Move",
          "Undo",
          "Delete",
          "Add",
          "Remove",
          "Flag",
          "Lock",
          "Accept",
          "Reject");

  private static final Set<String> PUBLIC =
      Set.of("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public");

  /** The spellings of a quoted post: FEP-044f, then those of others that came before it. */
  private static final List<String> QUOTES =
      List.of("quote", "quoteUrl", "quoteUri", "_misskey_quote");

  /** Media types of a {@code Link} in {@code tag} that is a quote (FEP-e232). */
  private static final List<String> OBJECT_LINKS =
      List.of("application/ld+json", "application/activity+json");

  /** Collections in each other, and activities that others hand on. */
  private static final int DEEPEST = 4;

  private static final int MOST_ALIASES = 20;

  private final LineSink sink;
  private final String owner;
  private final int depth;

  /**
   * @param owner the account whose archive the line comes from; null if that is not known
   */
  ActivityPub(LineSink sink, String owner) {
    this(sink, owner, 0);
  }

  private ActivityPub(LineSink sink, String owner, int depth) {
    this.sink = sink;
    this.owner = owner;
    this.depth = depth;
  }

  /**
   * Adds the members that a thing can have, except for its id and {@code quote}.
   *
   * @param thing the fields of the things inside it; those that are added to, or others
   */
  static JsonFields fields(JsonFields fields, JsonFields thing) {
    return fieldsBeside(fields.values("content", "discoverable", "suspended"), thing)
        .object("language", new JsonFields().values("identifier"));
  }

  /** The same without those members that REST has too. */
  static JsonFields fieldsBeside(JsonFields fields, JsonFields thing) {
    JsonFields reference = new JsonFields().values("id");
    JsonFields author = new JsonFields().values("id").array("type");
    JsonFields answered = new JsonFields().values("id").objects("attributedTo", author);
    fields
        .array("type")
        .values("published", "updated", "summary", "name", "preferredUsername", "partOf")
        .array("to")
        .array("cc")
        .objects("actor", reference)
        .objects("attributedTo", author)
        .objects("inReplyTo", answered)
        .objects("target", reference)
        .objects("movedTo", reference)
        .objects("alsoKnownAs", reference)
        .object("contentMap", new JsonFields())
        .objects("tag", new JsonFields().values("type", "href", "name", "mediaType"))
        .objects("attachment", new JsonFields().values("name", "value").array("type"))
        .objects("object", thing)
        .objects("orderedItems", thing)
        .objects("items", thing)
        .objects("first", thing);
    for (String quote : QUOTES.subList(1, QUOTES.size())) {
      fields.objects(quote, reference);
    }
    return fields;
  }

  /** Whether a line is one of ActivityPub. */
  static boolean isThing(JsonObject line) {
    return line.has("type");
  }

  void thing(JsonObject thing) throws RejectedLineException {
    String type = type(thing);
    if (ACTORS.contains(type)) {
      actor(thing, type);
    } else if (COLLECTIONS.contains(type)) {
      collection(thing);
    } else if (POSTS.contains(type)) {
      post(thing, thing, type);
    } else {
      activity(thing, type);
    }
  }

  private void activity(JsonObject activity, String type) throws RejectedLineException {
    switch (type) {
      case "Create", "Update" -> {
        for (Object object : objects(activity)) {
          String inner = object instanceof JsonObject thing ? type(thing) : "";
          if (ACTORS.contains(inner)) {
            actor((JsonObject) object, inner);
          } else if (POSTS.contains(inner)) {
            post((JsonObject) object, activity, inner);
          } else {
            sink.ignored(IgnoredRules.named(type + " of", inner.isEmpty() ? "an address" : inner));
          }
        }
      }
      case "Announce" -> announce(activity);
      case "Like", "EmojiReact" -> {
        for (Object object : objects(activity)) {
          like(activity, object);
        }
      }
      case "Follow" -> relation(activity, Verb.FOLLOW);
      case "Block" -> relation(activity, Verb.BLOCK);
      case "Move" -> move(activity);
      case "Undo" -> {
        for (Object object : objects(activity)) {
          undo(requiredActor(activity), object);
        }
      }
      case "Delete" -> {
        for (Object object : objects(activity)) {
          delete(requiredActor(activity), reference(activity, object));
        }
      }
      default -> sink.ignored(IgnoredRules.named("activity", type));
    }
  }

  // ---- Actors

  /** The account that an actor is; for the archive's own. */
  static String id(JsonObject actor) throws RejectedLineException {
    return uri(actor, "id", actor.requiredText("id"));
  }

  static boolean isActor(JsonObject thing) throws RejectedLineException {
    return ACTORS.contains(type(thing));
  }

  private void actor(JsonObject actor, String type) throws RejectedLineException {
    String id = id(actor);
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, id, ParsedRecord.NO_TIME);
    if (Boolean.TRUE.equals(actor.flag("suspended"))) {
      account.status = Status.SUSPENDED;
      sink.accept(account);
      return;
    }
    String name = actor.name("preferredUsername");
    account.handle = name == null ? null : name + "@" + Fediverse.host(id);
    account.displayName = actor.name("name");
    String summary = actor.text("summary");
    account.description =
        summary == null ? null : described(summary, actor.oneOrMoreObjects("attachment"));
    account.createdAt = time(actor, "published");
    account.isAutomated = AUTOMATED.contains(type);
    account.isDiscoverable = actor.flag("discoverable");
    sink.accept(account);
    sink.accept(ParsedRecord.ofOwn(Kind.MOVE, id, ParsedRecord.NO_TIME, first(actor, "movedTo")));
    int aliases = 0;
    for (Object other : actor.references("alsoKnownAs")) {
      String alias = text(other);
      if (alias == null || !Fediverse.isUri(alias)) {
        sink.ignored("alias that is no address");
      } else if (aliases++ == MOST_ALIASES) {
        sink.ignored("more aliases than are read");
        break;
      } else if (!alias.equals(id)) {
        sink.accept(ParsedRecord.ofOwn(Kind.ALIAS, id, ParsedRecord.NO_TIME, alias));
      }
    }
  }

  /**
   * What a profile says: its text, and the fields below it, a line each.
   *
   * @param fields with {@code name} and {@code value}; others are left out
   */
  static String described(String html, List<JsonObject> fields) throws RejectedLineException {
    StringBuilder text = new StringBuilder();
    appendLine(text, HtmlText.of(html).text());
    for (JsonObject field : fields) {
      String value = field.text("value");
      if (value != null) {
        String name = field.text("name");
        appendLine(text, (name == null ? "" : name + ": ") + HtmlText.of(value).text());
      }
    }
    return text.toString();
  }

  /** Reported by the old account, or by the new one about the old. */
  private void move(JsonObject activity) throws RejectedLineException {
    String actor = requiredActor(activity);
    String old = reference(activity, objects(activity).get(0));
    String target = first(activity, "target");
    if (target == null) {
      throw activity.fault("target", "missing");
    }
    long published = time(activity, "published");
    if (actor.equals(old)) {
      sink.accept(ParsedRecord.ofOwn(Kind.MOVE, old, published, target));
    } else if (actor.equals(target)) {
      sink.accept(ParsedRecord.ofOwn(Kind.ALIAS, target, published, old));
    } else {
      sink.ignored("Move of another account");
    }
  }

  // ---- Posts

  private void post(JsonObject object, JsonObject envelope, String type)
      throws RejectedLineException {
    String id = uri(object, "id", object.requiredText("id"));
    String author = author(object);
    author = author == null ? actorOf(envelope) : author;
    if (author == null) {
      throw object.fault("attributedTo", "missing");
    }
    if (!isPublic(object) && !isPublic(envelope)) {
      sink.ignored("post that is not public");
      return;
    }
    ParsedRecord post = record(Kind.POST, author, id, happened(object, envelope, id));
    long updated = time(object, "updated");
    updated = updated == ParsedRecord.NO_TIME ? time(envelope, "updated") : updated;
    post.editedAt = updated > post.happenedAt ? updated : ParsedRecord.NO_TIME;
    StringBuilder text = new StringBuilder();
    if (TITLED.contains(type)) {
      appendLine(text, object.text("name"));
    }
    appendLine(text, object.text("summary"));
    String content = object.text("content");
    HtmlText html = HtmlText.of(content == null ? "" : content, "mention");
    appendLine(text, html.text());
    post.text = text.toString();
    JsonObject languages = object.object("contentMap");
    post.language = languages == null ? null : languages.firstMember();
    if (post.language == null && envelope != object && object.isObject("language")) {
      post.language = object.object("language").text("identifier");
    }

    List<ParsedRecord> acts = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    Set<String> hashtags = new LinkedHashSet<>();
    Set<String> mentioned = new LinkedHashSet<>();
    String linked = tags(object, hashtags, mentioned, ignored);
    post.replyToId = first(object, "inReplyTo");
    if (post.replyToId != null) {
      Object answered = object.references("inReplyTo").get(0);
      acts.add(post.act(Verb.REPLY, author(answered, post.replyToId), post.replyToId));
    }
    for (String spelling : QUOTES) {
      post.quotedId = post.quotedId == null ? address(object, spelling) : post.quotedId;
    }
    post.quotedId = post.quotedId == null ? linked : post.quotedId;
    if (post.quotedId != null) {
      acts.add(post.act(Verb.QUOTE, Fediverse.author(post.quotedId), post.quotedId));
    }
    mentioned.forEach(account -> acts.add(post.act(Verb.MENTION, account, null)));
    post.hashtags = List.copyOf(hashtags);
    post.links = html.links().stream().filter(link -> !link.equals(post.quotedId)).toList();
    sink.accept(post);
    acts.forEach(sink::accept);
    ignored.forEach(sink::ignored);
  }

  /** Reads the tags of a post; returns the address of a post that one of them quotes. */
  private static String tags(
      JsonObject object, Set<String> hashtags, Set<String> mentioned, List<String> ignored)
      throws RejectedLineException {
    String quoted = null;
    for (JsonObject tag : object.oneOrMoreObjects("tag")) {
      String type = tag.text("type");
      String href = tag.text("href");
      switch (type == null ? "" : type) {
        case "Mention" -> {
          if (href != null && Fediverse.isUri(href)) {
            mentioned.add(href);
          } else {
            ignored.add("mention without an account");
          }
        }
        case "Hashtag" -> {
          String name = tag.text("name");
          if (name != null && name.length() > 1) {
            hashtags.add(name.startsWith("#") ? name.substring(1) : name);
          }
        }
        case "Link" -> {
          String media = tag.text("mediaType");
          if (media != null
              && href != null
              && OBJECT_LINKS.stream().anyMatch(media::startsWith)
              && Fediverse.isUri(href)) {
            quoted = href;
          }
        }
        default -> {
          // Emoji and the like.
        }
      }
    }
    return quoted;
  }

  private static void appendLine(StringBuilder text, String line) {
    if (line != null && !line.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append(line.strip());
    }
  }

  // ---- Activities

  private void announce(JsonObject activity) throws RejectedLineException {
    for (Object object : objects(activity)) {
      String type = object instanceof JsonObject thing ? type(thing) : "";
      if (ACTIVITIES.contains(type)) {
        if (depth == DEEPEST) {
          sink.ignored("activities too deep in each other");
        } else {
          new ActivityPub(sink, null, depth + 1).activity((JsonObject) object, type);
        }
      } else if (!isPublic(activity)) {
        sink.ignored("repost that is not public");
      } else {
        String id = uri(activity, "id", activity.requiredText("id"));
        String post = reference(activity, object);
        ParsedRecord repost =
            record(Kind.INTERACTION, requiredActor(activity), id, timeOrNone(activity, id));
        sink.accept(repost.does(Verb.REPOST, author(object, post), post));
        if (POSTS.contains(type)) {
          JsonObject thing = (JsonObject) object;
          post(thing, thing, type);
        }
      }
    }
  }

  private void like(JsonObject activity, Object object) throws RejectedLineException {
    String post = reference(activity, object);
    like(requiredActor(activity), optionalId(activity), author(object, post), post, activity);
  }

  private void like(String actor, String id, String author, String post, JsonObject activity)
      throws RejectedLineException {
    String identity = id == null ? "like:" + actor + ":" + post : id;
    sink.accept(
        record(Kind.INTERACTION, actor, identity, time(activity, "published"))
            .does(Verb.LIKE, author, post));
  }

  private void relation(JsonObject activity, Verb verb) throws RejectedLineException {
    String actor = requiredActor(activity);
    String id = optionalId(activity);
    for (Object object : objects(activity)) {
      String other = reference(activity, object);
      String identity = id == null ? verb.word() + ":" + actor + ":" + other : id;
      sink.accept(
          record(Kind.INTERACTION, actor, identity, time(activity, "published"))
              .does(verb, other, null));
    }
  }

  private void undo(String actor, Object object) throws RejectedLineException {
    if (object instanceof String id) {
      sink.accept(deletion(actor, id));
      return;
    }
    JsonObject undone = (JsonObject) object;
    String id = optionalId(undone);
    if (id == null) {
      String word =
          switch (type(undone)) {
            case "Follow" -> "follow:";
            case "Block" -> "block:";
            case "Like", "EmojiReact" -> "like:";
            default -> null;
          };
      String other = first(undone, "object");
      if (word == null || other == null) {
        sink.ignored("undo of what has no id");
        return;
      }
      id = word + actor + ":" + other;
    }
    sink.accept(deletion(actor, id));
  }

  private void delete(String actor, String object) {
    if (object.equals(actor)) {
      ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, actor, ParsedRecord.NO_TIME);
      account.status = Status.DELETED;
      sink.accept(account);
    } else {
      sink.accept(deletion(actor, object));
    }
  }

  private static ParsedRecord deletion(String actor, String id) {
    ParsedRecord deletion = new ParsedRecord(Kind.DELETION, actor, ParsedRecord.NO_TIME);
    deletion.recordId = id;
    deletion.recordDay = Fediverse.day(id);
    return deletion;
  }

  // ---- Collections

  /**
   * An item that cannot be understood is ignored with its reason, so that one odd post does not
   * cost a whole outbox; if none can be, the line is rejected.
   */
  private void collection(JsonObject collection) throws RejectedLineException {
    if (depth == DEEPEST) {
      sink.ignored("collections too deep in each other");
      return;
    }
    List<Object> items = new ArrayList<>(collection.references("orderedItems"));
    items.addAll(collection.references("items"));
    for (Object page : collection.references("first")) {
      if (page instanceof JsonObject) {
        items.add(page);
      }
    }
    if (items.isEmpty()) {
      sink.ignored("empty page");
    }
    Named named = Named.of(collection, owner);
    RejectedLineException fault = null;
    int broken = 0;
    for (Object item : items) {
      Kept kept = new Kept();
      ActivityPub inside = new ActivityPub(kept, owner, depth + 1);
      try {
        if (item instanceof JsonObject thing && thing.has("type")) {
          inside.thing(thing);
        } else {
          inside.named(named, reference(collection, item), collection);
        }
        kept.records.forEach(sink::accept);
        kept.rules.forEach(sink::ignored);
      } catch (RejectedLineException e) {
        broken++;
        fault = fault == null ? e : fault;
        sink.ignored(
            IgnoredRules.named("item", e.getMessage().replace("[]", "").replace(' ', '-')));
      }
    }
    if (fault != null && broken == items.size()) {
      throw fault;
    }
  }

  /** What a collection implies for an item that it only references. */
  private void named(Named named, String item, JsonObject collection) throws RejectedLineException {
    if (named.what.equals("likes") && named.owner == null) {
      sink.ignored("likes without their account");
      return;
    }
    switch (named.what) {
      case "followers" -> sink.accept(follow(item, named.owner));
      case "following" -> sink.accept(follow(named.owner, item));
      case "likes" -> like(named.owner, null, Fediverse.author(item), item, collection);
      default -> sink.ignored("item that is a mere address");
    }
  }

  /** A collection's type and owner. */
  private record Named(String what, String owner) {
    static Named of(JsonObject collection, String owner) throws RejectedLineException {
      String id = collection.text("partOf");
      id = id == null ? collection.text("id") : id;
      id = id == null ? "" : id.replaceFirst("[?#].*$", "");
      String told = actorOf(collection, owner);
      for (String what : List.of("followers", "following")) {
        if (id.endsWith("/" + what)) {
          String whose = id.substring(0, id.length() - what.length() - 1);
          return new Named(Fediverse.isUri(whose) ? what : "", whose);
        }
      }
      if (id.endsWith("/liked")) {
        String whose = id.substring(0, id.length() - "/liked".length());
        return new Named("likes", Fediverse.isUri(whose) ? whose : told);
      }
      return new Named(id.equals("likes.json") ? "likes" : "", told);
    }
  }

  private static final class Kept implements LineSink {
    final List<ParsedRecord> records = new ArrayList<>();
    final List<String> rules = new ArrayList<>();

    @Override
    public void accept(ParsedRecord record) {
      records.add(record);
    }

    @Override
    public void ignored(String rule) {
      rules.add(rule);
    }
  }

  /** A follow that a list of accounts shows, without saying when it began. */
  static ParsedRecord follow(String follower, String followed) {
    return record(
            Kind.INTERACTION, follower, "follow:" + follower + ":" + followed, ParsedRecord.NO_TIME)
        .does(Verb.FOLLOW, followed, null);
  }

  /** A block that a list of accounts shows, without saying when it began. */
  static ParsedRecord block(String blocker, String blocked) {
    return record(
            Kind.INTERACTION, blocker, "block:" + blocker + ":" + blocked, ParsedRecord.NO_TIME)
        .does(Verb.BLOCK, blocked, null);
  }

  /** A like that a list of posts or accounts shows, without saying when it was given. */
  static ParsedRecord like(String account, String author, String post) {
    return record(Kind.INTERACTION, account, "like:" + account + ":" + post, ParsedRecord.NO_TIME)
        .does(Verb.LIKE, author, post);
  }

  // ---- Parts of things

  static ParsedRecord record(Kind kind, String account, String id, long happened) {
    return new ParsedRecord(kind, account, happened, id, Fediverse.day(id), happened);
  }

  private static String type(JsonObject thing) throws RejectedLineException {
    List<String> types = thing.oneOrMoreTexts("type");
    return types.isEmpty() ? "" : types.get(0);
  }

  private static List<Object> objects(JsonObject activity) throws RejectedLineException {
    List<Object> objects = activity.references("object");
    if (objects.isEmpty()) {
      throw activity.fault("object", "missing");
    }
    return objects;
  }

  private String actorOf(JsonObject activity) throws RejectedLineException {
    return actorOf(activity, owner);
  }

  private static String actorOf(JsonObject activity, String otherwise)
      throws RejectedLineException {
    String actor = first(activity, "actor");
    actor = actor == null ? first(activity, "attributedTo") : actor;
    return actor == null ? otherwise : actor;
  }

  private String requiredActor(JsonObject activity) throws RejectedLineException {
    String actor = actorOf(activity);
    if (actor == null) {
      throw activity.fault("actor", "missing");
    }
    return actor;
  }

  /** The author of an activity's object, if it or its URI names one; else null. */
  private static String author(Object object, String uri) throws RejectedLineException {
    String told = object instanceof JsonObject thing ? author(thing) : null;
    return told == null ? Fediverse.author(uri) : told;
  }

  /** Who wrote an object: a group that it is attributed to besides only hands it on. */
  private static String author(JsonObject object) throws RejectedLineException {
    List<Object> authors = object.references("attributedTo");
    for (Object author : authors) {
      boolean isGroup = author instanceof JsonObject other && type(other).equals("Group");
      if (!isGroup) {
        return uri(object, "attributedTo", text(author));
      }
    }
    return authors.isEmpty() ? null : uri(object, "attributedTo", text(authors.get(0)));
  }

  /** The first address of a member; null if there is none, or if it is something else. */
  private static String address(JsonObject thing, String member) throws RejectedLineException {
    List<Object> references = thing.references(member);
    String text = references.isEmpty() ? null : text(references.get(0));
    return text != null && Fediverse.isUri(text) ? text : null;
  }

  /** The first URI of a member, either directly or as the id of an object; else null. */
  private static String first(JsonObject thing, String member) throws RejectedLineException {
    List<Object> references = thing.references(member);
    return references.isEmpty() ? null : uri(thing, member, text(references.get(0)));
  }

  private static String reference(JsonObject thing, Object reference) throws RejectedLineException {
    return uri(thing, "object", text(reference));
  }

  private static String text(Object reference) throws RejectedLineException {
    return reference instanceof JsonObject object ? object.text("id") : (String) reference;
  }

  private static String optionalId(JsonObject thing) throws RejectedLineException {
    String id = thing.text("id");
    return id == null ? null : uri(thing, "id", id);
  }

  static String uri(JsonObject thing, String member, String text) throws RejectedLineException {
    if (text == null || !Fediverse.isUri(text)) {
      throw thing.fault(member, "not an address");
    }
    return text;
  }

  private static boolean isPublic(JsonObject thing) throws RejectedLineException {
    return thing.oneOrMoreTexts("to").stream().anyMatch(PUBLIC::contains)
        || thing.oneOrMoreTexts("cc").stream().anyMatch(PUBLIC::contains);
  }

  /** A plausible time; {@link ParsedRecord#NO_TIME} if there is none. */
  private static long time(JsonObject thing, String member) throws RejectedLineException {
    String text = thing.text(member);
    long time = text == null ? ParsedRecord.NO_TIME : Times.iso(text);
    return Times.isPlausible(time) ? time : ParsedRecord.NO_TIME;
  }

  private static long timeOrNone(JsonObject activity, String id) throws RejectedLineException {
    long time = time(activity, "published");
    return time == ParsedRecord.NO_TIME ? Fediverse.time(id) : time;
  }

  private static long happened(JsonObject object, JsonObject envelope, String id)
      throws RejectedLineException {
    for (long time :
        new long[] {time(object, "published"), time(envelope, "published"), Fediverse.time(id)}) {
      if (time != ParsedRecord.NO_TIME) {
        return time;
      }
    }
    throw object.fault("published", "no time in the years 2006 to 2100");
  }
}
