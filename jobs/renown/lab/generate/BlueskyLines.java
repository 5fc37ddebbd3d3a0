package renown.lab.generate;

import static renown.lab.generate.CounterRandom.below;
import static renown.lab.generate.CounterRandom.uniform;
import static renown.lab.generate.Vocabulary.utf8;

import renown.lab.generate.Vocabulary.Purpose;

/**
 * Jetstream version 1 lines with fields in the server's order. The time in a record (and in its
 * key) is slightly before the relay's witness time; a few posts claim to be a year older than they
 * are.
 */
final class BlueskyLines implements LineWriter {
  private static final byte[] POST = utf8("app.bsky.feed.post");
  private static final byte[] LIKE = utf8("app.bsky.feed.like");
  private static final byte[] REPOST = utf8("app.bsky.feed.repost");
  private static final byte[] FOLLOW = utf8("app.bsky.graph.follow");
  private static final byte[] BLOCK = utf8("app.bsky.graph.block");
  private static final byte[] LIST = utf8("app.bsky.graph.list");
  private static final byte[] LIST_ITEM = utf8("app.bsky.graph.listitem");
  private static final byte[] STARTER_PACK = utf8("app.bsky.graph.starterpack");
  private static final byte[] PROFILE = utf8("app.bsky.actor.profile");
  private static final byte[] SELF = utf8("self");

  private static final byte[] DID = utf8("{\"did\":\"");
  private static final byte[] WRONG_DID = utf8("{\"did\":17,\"wrong\":\"");
  private static final byte[] TIME_US = utf8("\",\"time_us\":");
  private static final byte[] KIND_COMMIT = utf8(",\"kind\":\"commit\",\"commit\":{\"rev\":\"");
  private static final byte[] OPERATION_CREATE =
      utf8("\",\"operation\":\"create\",\"collection\":\"");
  private static final byte[] OPERATION_DELETE =
      utf8("\",\"operation\":\"delete\",\"collection\":\"");
  private static final byte[] RKEY = utf8("\",\"rkey\":\"");
  private static final byte[] RECORD = utf8("\",\"record\":{\"$type\":\"");
  private static final byte[] CREATED_AT = utf8("\",\"createdAt\":\"");
  private static final byte[] COMMIT_CID = utf8("},\"cid\":\"");
  private static final byte[] COMMIT_END = utf8("\"}}");
  private static final byte[] DELETE_END = utf8("\"}}");
  private static final byte[] SUBJECT_CID = utf8("\",\"subject\":{\"cid\":\"");
  private static final byte[] SUBJECT = utf8("\",\"subject\":\"");
  private static final byte[] URI = utf8("\",\"uri\":\"at://");
  private static final byte[] AT = utf8("at://");
  private static final byte[] REF_END = utf8("\"}");
  private static final byte[] VIA = utf8(",\"via\":{\"cid\":\"");
  private static final byte[] EMBED_RECORD =
      utf8("\",\"embed\":{\"$type\":\"app.bsky.embed.record\",\"record\":{\"cid\":\"");
  private static final byte[] EMBED_LINK =
      utf8(
          "\",\"embed\":{\"$type\":\"app.bsky.embed.external\",\"external\":{\"description\":\"\","
              + "\"title\":\"");
  private static final byte[] EMBED_LINK_URI = utf8("\",\"uri\":\"");
  private static final byte[] FACETS = utf8("\"facets\":[");
  private static final byte[] FACET_TAG =
      utf8("{\"features\":[{\"$type\":\"app.bsky.richtext.facet#tag\",\"tag\":\"");
  private static final byte[] FACET_LINK =
      utf8("{\"features\":[{\"$type\":\"app.bsky.richtext.facet#link\",\"uri\":\"");
  private static final byte[] FACET_MENTION =
      utf8("{\"features\":[{\"$type\":\"app.bsky.richtext.facet#mention\",\"did\":\"");
  private static final byte[] FACET_INDEX = utf8("\"}],\"index\":{\"byteEnd\":");
  private static final byte[] BYTE_START = utf8(",\"byteStart\":");
  private static final byte[] LANGS = utf8("\"langs\":[\"");
  private static final byte[] REPLY_PARENT = utf8("],\"reply\":{\"parent\":{\"cid\":\"");
  private static final byte[] REPLY_ROOT = utf8(",\"root\":{\"cid\":\"");
  private static final byte[] TEXT = utf8(",\"text\":\"");
  private static final byte[] NOT_UTF8 = {(byte) 0xC3, (byte) 0x28};

  /** 2100-01-01. */
  private static final long FUTURE_MS = 4_102_444_800_000L;

  private static final long YEAR_MS = 365 * Society.DAY_MS;

  private final Society society;
  private final Text text;
  private final LineBuffer scratch = new LineBuffer();

  BlueskyLines(Society society) {
    this.society = society;
    this.text = new Text(society);
  }

  @Override
  public byte[] lineEnd() {
    return new byte[] {'\n'};
  }

  @Override
  public boolean takes(Event event, Fault fault) {
    return fault != Fault.INVALID_UTF8 || event.post != null;
  }

  /** The record's own creation time in microseconds, which its key and links to it contain. */
  private static long recordMicros(long time, long key) {
    long latency = 30 + below(key, 90, 700);
    return (time - latency) * 1000 + below(key, 91, 1000);
  }

  private static void recordKey(LineBuffer out, long time, long key) {
    out.tid(recordMicros(time, key), key >>> 20);
  }

  @Override
  public void write(Event event, Fault fault, LineBuffer out) {
    Account actor = society.account(event.actor);
    switch (event.type) {
      case POST, REPLY, QUOTE -> post(event, fault, actor, out);
      case LIKE -> reaction(event, fault, actor, LIKE, out);
      case REPOST -> reaction(event, fault, actor, REPOST, out);
      case FOLLOW -> subject(event, fault, actor, FOLLOW, out);
      case BLOCK -> subject(event, fault, actor, BLOCK, out);
      case LIST -> list(event, fault, actor, out);
      case LIST_ITEM -> listItem(event, fault, actor, out);
      case STARTER_PACK -> starterPack(event, fault, actor, out);
      case POST_DELETE ->
          deletion(event, fault, actor, POST, event.target.time(), event.target.key(), out);
      case REPOST_DELETE -> deletion(event, fault, actor, REPOST, event.other, out);
      case LIKE_DELETE -> deletion(event, fault, actor, LIKE, event.other, out);
      case UNFOLLOW -> deletion(event, fault, actor, FOLLOW, event.other, out);
      case PROFILE -> profile(event, fault, actor, out);
      case IDENTITY -> identity(event, fault, actor, out);
      case ACCOUNT_END -> accountEnd(event, fault, actor, out);
    }
  }

  private void head(Event event, Fault fault, Account actor, LineBuffer out) {
    out.put(fault == Fault.WRONG_TYPE ? WRONG_DID : DID);
    id(actor.index, out);
    out.put(TIME_US);
    long time = fault == Fault.FUTURE ? FUTURE_MS : event.time;
    out.number(time * 1000 + below(event.key, 92, 1000));
  }

  private void create(Event event, Fault fault, Account actor, byte[] collection, LineBuffer out) {
    head(event, fault, actor, out);
    out.put(KIND_COMMIT).tid(event.time * 1000, event.key >>> 40);
    out.put(OPERATION_CREATE).put(collection).put(RKEY);
    if (event.type == Event.Type.PROFILE) {
      out.put(SELF);
    } else {
      recordKey(out, event.recordTime, event.key);
    }
    out.put(RECORD).put(collection).put(CREATED_AT);
    long made = recordMicros(event.recordTime, event.key) / 1000;
    boolean backdated = event.post != null && uniform(event.key, 93) < 0.003;
    out.isoTime(backdated ? made - YEAR_MS : made);
  }

  private static void end(Event event, LineBuffer out) {
    out.put(COMMIT_CID).cid(event.key).put(COMMIT_END);
  }

  /** The address of a post, {@code at://...}. */
  static void postUri(Society society, Post post, LineBuffer out) {
    out.put(AT);
    Identities.writeId(society, post.author(), out);
    out.put('/').put(POST).put('/');
    recordKey(out, post.time(), post.key());
  }

  private void id(int account, LineBuffer out) {
    Identities.writeId(society, account, out);
  }

  private void uri(LineBuffer out, int account, byte[] collection, long time, long key) {
    id(account, out);
    out.put('/').put(collection).put('/');
    recordKey(out, time, key);
  }

  /** {@code ...,"uri":"at://..."}} after an open {@code "cid":"}. */
  private void reference(LineBuffer out, int account, byte[] collection, long time, long key) {
    out.cid(key).put(URI);
    uri(out, account, collection, time, key);
    out.put(REF_END);
  }

  private void reference(LineBuffer out, Post post) {
    reference(out, post.author(), POST, post.time(), post.key());
  }

  private void reaction(
      Event event, Fault fault, Account actor, byte[] collection, LineBuffer out) {
    create(event, fault, actor, collection, out);
    out.put(SUBJECT_CID);
    reference(out, event.target);
    if (event.other != null) {
      out.put(VIA);
      reference(out, event.other.actor, REPOST, event.other.recordTime, event.other.key);
    }
    end(event, out);
  }

  private void subject(Event event, Fault fault, Account actor, byte[] collection, LineBuffer out) {
    create(event, fault, actor, collection, out);
    out.put(SUBJECT);
    id(event.subject, out);
    out.put('"');
    end(event, out);
  }

  private void post(Event event, Fault fault, Account actor, LineBuffer out) {
    create(event, fault, actor, POST, out);
    text.compose(event.post, -1);
    if (event.type == Event.Type.QUOTE) {
      out.put(EMBED_RECORD);
      reference(out, event.target);
      out.put('}').put(',');
    } else if (event.post.purpose() == Purpose.NEWS) {
      out.put(EMBED_LINK).put(actor.names().displayName()).put(EMBED_LINK_URI);
      address(text.entities() - 1, out);
      out.put(REF_END).put('}').put(',');
    } else {
      out.put('"').put(',');
    }
    if (text.entities() > 0) {
      out.put(FACETS);
      for (int i = 0; i < text.entities(); i++) {
        facet(i, out);
      }
      out.put(']').put(',');
    }
    out.put(LANGS).put(actor.language.tag()).put('"');
    if (event.type == Event.Type.REPLY) {
      out.put(REPLY_PARENT);
      reference(out, event.target);
      out.put(REPLY_ROOT);
      reference(out, event.root);
      out.put('}');
    } else {
      out.put(']');
    }
    out.put(TEXT);
    if (fault == Fault.INVALID_UTF8) {
      out.put(NOT_UTF8);
    }
    out.jetstream(text.bytes(), 0, text.length()).put('"');
    end(event, out);
  }

  private void address(int i, LineBuffer out) {
    scratch.clear();
    text.address(scratch, i);
    out.jetstream(scratch.bytes(), 0, scratch.length());
  }

  private void facet(int i, LineBuffer out) {
    if (i > 0) {
      out.put(',');
    }
    switch (text.kind(i)) {
      case TAG -> {
        int start = text.byteStart(i) + 1;
        out.put(FACET_TAG).jetstream(text.bytes(), start, text.byteEnd(i) - start);
      }
      case LINK -> {
        out.put(FACET_LINK);
        address(i, out);
      }
      case MENTION -> {
        out.put(FACET_MENTION);
        id(text.account(i), out);
      }
    }
    out.put(FACET_INDEX).number(text.byteEnd(i)).put(BYTE_START).number(text.byteStart(i));
    out.put('}').put('}');
  }

  private void deletion(
      Event event, Fault fault, Account actor, byte[] collection, Event undone, LineBuffer out) {
    deletion(event, fault, actor, collection, undone.recordTime, undone.key, out);
  }

  private void deletion(
      Event event,
      Fault fault,
      Account actor,
      byte[] collection,
      long time,
      long key,
      LineBuffer out) {
    head(event, fault, actor, out);
    out.put(KIND_COMMIT).tid(event.time * 1000, event.key >>> 40);
    out.put(OPERATION_DELETE).put(collection).put(RKEY);
    recordKey(out, time, key);
    out.put(DELETE_END);
  }

  private void list(Event event, Fault fault, Account actor, LineBuffer out) {
    create(event, fault, actor, LIST, out);
    String name = Vocabulary.STANDARD.listName(actor.topic, actor.language, event.key);
    out.put("\",\"description\":\"\",\"name\":\"").jetstream(utf8(name));
    out.put("\",\"purpose\":\"app.bsky.graph.defs#");
    out.put(utf8(event.slot == 0 ? "curatelist\"" : "referencelist\""));
    end(event, out);
  }

  private void listItem(Event event, Fault fault, Account actor, LineBuffer out) {
    create(event, fault, actor, LIST_ITEM, out);
    out.put("\",\"list\":\"").put(AT);
    uri(out, actor.index, LIST, event.listTime, event.listKey);
    out.put(SUBJECT);
    id(event.subject, out);
    out.put('"');
    end(event, out);
  }

  private void starterPack(Event event, Fault fault, Account actor, LineBuffer out) {
    create(event, fault, actor, STARTER_PACK, out);
    String name = Vocabulary.STANDARD.listName(actor.topic, actor.language, event.listKey);
    out.put("\",\"feeds\":[],\"list\":\"").put(AT);
    uri(out, actor.index, LIST, event.listTime, event.listKey);
    out.put("\",\"name\":\"").jetstream(utf8(name)).put('"');
    end(event, out);
  }

  private void profile(Event event, Fault fault, Account actor, LineBuffer out) {
    create(event, fault, actor, PROFILE, out);
    out.put("\",\"description\":\"").jetstream(actor.names().description());
    if (actor.names().otherProfile() != null) {
      out.put(' ').jetstream(actor.names().otherProfile());
    }
    out.put("\",\"displayName\":\"").jetstream(actor.names().displayName()).put('"');
    if (actor.isProtected || actor.declaredAutomated) {
      String label = actor.isProtected ? "!no-unauthenticated" : "bot";
      out.put(
          utf8(
              ",\"labels\":{\"$type\":\"com.atproto.label.defs#selfLabels\",\"values\":[{\"val\":\""
                  + label
                  + "\"}]}"));
    }
    end(event, out);
  }

  private static long sequence(Event event) {
    return 30_000_000_000L + Math.floorMod(event.time, 1_000_000_000_000L) / 100;
  }

  private void identity(Event event, Fault fault, Account actor, LineBuffer out) {
    head(event, fault, actor, out);
    out.put(",\"kind\":\"identity\",\"identity\":{\"did\":\"");
    id(actor.index, out);
    out.put("\",\"handle\":\"").put(actor.names().handle()).put("\",\"seq\":");
    out.number(sequence(event)).put(",\"time\":\"").isoTime(event.time).put(COMMIT_END);
  }

  private void accountEnd(Event event, Fault fault, Account actor, LineBuffer out) {
    String status =
        switch (actor.end) {
          case DELETED -> "deleted";
          case SUSPENDED -> "suspended";
          case DEACTIVATED -> "deactivated";
        };
    head(event, fault, actor, out);
    out.put(",\"kind\":\"account\",\"account\":{\"active\":false,\"did\":\"");
    id(actor.index, out);
    out.put("\",\"seq\":").number(sequence(event));
    out.put(utf8(",\"status\":\"" + status + "\",\"time\":\""));
    out.isoTime(event.time).put(COMMIT_END);
  }

  private static final byte[][] UNKNOWN = {
    utf8("app.bsky.feed.threadgate"),
    utf8("app.bsky.feed.postgate"),
    utf8("fm.teal.alpha.feed.play"),
    utf8("place.stream.chat.message")
  };

  @Override
  public void writeUnknown(Account account, long time, long key, LineBuffer out) {
    Event event = new Event(Event.Type.BLOCK, account.index, time, key);
    if (uniform(key, 0) < 0.2) {
      head(event, Fault.NONE, account, out);
      out.put(",\"kind\":\"sync\",\"sync\":{\"did\":\"");
      id(account.index, out);
      out.put("\",\"seq\":").number(sequence(event)).put('}').put('}');
      return;
    }
    create(event, Fault.NONE, account, UNKNOWN[below(key, 1, UNKNOWN.length)], out);
    out.put("\",\"note\":\"").put('"');
    end(event, out);
  }
}
