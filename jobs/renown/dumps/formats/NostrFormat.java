package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * Nostr: events (NIP-01), one per value, as relays give them. An event whose id or signature does
 * not hold is rejected ({@link NostrEvent}).
 *
 * <p><b>Identity.</b> Accounts are public keys, records ids of events, both in hexadecimal digits;
 * articles, sets and lists are known by their address, {@code kind:author:d}, since each version is
 * an event of its own. No id tells a time: the day of every record is 0.
 *
 * <p><b>Lists.</b> Of the follow lists, mute lists and sets of an account the newest holds. Each
 * says that whatever the list held before is deleted, and then what it holds now: {@link
 * Kind#DELETION} of the list's record at the instant before, and its acts. The witness time orders
 * versions; of two of one second the lower id is the later one.
 *
 * <p><b>Time.</b> {@code created_at}, which the author says, is all there is; it is bounded by the
 * night, but a note may be dated back.
 */
public final class NostrFormat implements DumpFormat {
  private static final long serialVersionUID = 1L;
  private static final int PROFILE = 0;
  private static final int FOLLOWS = 3;
  private static final int DELETION = 5;
  private static final int REPOST = 6;
  private static final int REACTION = 7;
  private static final int GENERIC_REPOST = 16;
  private static final int VANISH = 62;
  private static final int COMMENT = 1_111;
  private static final int REPORT = 1_984;
  private static final int ZAP_REQUEST = 9_734;
  private static final int ZAP = 9_735;
  private static final int MUTES = 10_000;
  private static final int FOLLOW_SET = 30_000;
  private static final int ARTICLE = 30_023;
  private static final int STARTER_PACK = 39_089;

  /** Before the address of a set: the record of who is in it, of which each version is another. */
  private static final String MEMBERS = "members:";

  /** Notes, threads, pictures, videos. */
  private static final Set<Integer> NOTES = Set.of(1, 11, 20, 21, 22, COMMENT);

  /** Messages between two, and the wraps around them. */
  private static final Set<Integer> PRIVATE = Set.of(4, 13, 14, 15, 1_059, 1_060);

  private static final Pattern NAMED =
      Pattern.compile("nostr:((?:npub|nprofile)1[a-z0-9]{6,2000})|#\\[(\\d{1,4})\\]");

  private static final Pattern INVOICE = Pattern.compile("lnbc(\\d{1,12})([munp]?)");
  private static final long MILLISATOSHI_OF_A_BITCOIN = 100_000_000_000L;

  /** Words before the tagged fields of an invoice: its time. */
  private static final int INVOICE_TIME = 7;

  /** Words of the signature behind them. */
  private static final int INVOICE_SIGNATURE = 104;

  private static final int DESCRIPTION_HASH = 23;

  private static final JsonFields PROFILE_FIELDS =
      new JsonFields().values("name", "display_name", "displayName", "about", "website", "bot");

  @Override
  public String name() {
    return "nostr";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Nostr",
        """
        FOLLOW | follow list (kind 3) | author -> each key in a p tag, oneself apart | `created_at` | `3:` and the author | a newer list without it
        REPLY | note with e tags (kinds 1, 11, 20, 21, 22, 1111) | author -> author of the event marked reply, else root, else the last* | `created_at` | id of the event | deletion (kind 5) by its author
        QUOTE | q tag; e tag marked mention | author -> author of that event* | `created_at` | id of the event | deletion
        MENTION | p tag whose account the text names (`nostr:npub`, `nostr:nprofile`, `#[n]`) | author -> that account, once | `created_at` | id of the event | deletion
        REPOST | repost (kinds 6 and 16) | author -> author of the event inside, of the address, or of the last e tag* | `created_at` | id of the event | deletion
        LIKE | reaction (kind 7) other than `-` | author -> author of the last e tag* | `created_at` | id of the event | deletion
        ZAP | zap receipt (kind 9735) | author of the request inside -> its p tag, with the amount in millisatoshi | `created_at` | id of the receipt | nothing
        LIST | follow set (kind 30000), starter pack (39089) | author -> each key in a p tag | `created_at` | address of the set | a newer version without it; deletion of the address
        REPORT | report (kind 1984) | author -> p tag (a negative signal) | `created_at` | id of the event | deletion
        MUTE | mute list (kind 10000; 30000 with `d` = mute) | author -> each key in a p tag (a negative signal) | `created_at` | `10000:` and the author, or the address | a newer list without it
        """);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    NostrEvent event = NostrEvent.read(bytes, offset, length);
    int kind = event.kind();
    if (NOTES.contains(kind)) {
      note(event, event.id(), sink);
      return;
    }
    switch (kind) {
      case PROFILE -> profile(event, sink);
      case FOLLOWS -> list(event, FOLLOWS + ":" + event.author(), Verb.FOLLOW, null, sink);
      case DELETION -> deletion(event, sink);
      case REPOST, GENERIC_REPOST -> repost(event, sink);
      case REACTION -> reaction(event, sink);
      case VANISH -> {
        ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, event.author(), event.time());
        account.happenedAt = event.time();
        account.status = Status.DELETED;
        sink.accept(account);
      }
      case REPORT -> report(event, sink);
      case ZAP -> zap(event, sink);
      case MUTES -> list(event, MUTES + ":" + event.author(), Verb.MUTE, null, sink);
      case FOLLOW_SET, STARTER_PACK -> set(event, sink);
      case ARTICLE -> note(event, event.address(), sink);
      default ->
          sink.ignored(
              PRIVATE.contains(kind)
                  ? "private message"
                  : IgnoredRules.named("kind", Integer.toString(kind)));
    }
  }

  private static ParsedRecord record(Kind kind, NostrEvent event, String id, long version) {
    return new ParsedRecord(kind, event.author(), version, id, 0, event.time());
  }

  private static ParsedRecord act(NostrEvent event, Verb verb, String target, String objectId) {
    return record(Kind.INTERACTION, event, event.id(), event.time()).does(verb, target, objectId);
  }

  // ---- Accounts

  private static void profile(NostrEvent event, LineSink sink) throws RejectedLineException {
    ParsedRecord account = new ParsedRecord(Kind.ACCOUNT, event.author(), event.version());
    account.happenedAt = event.time();
    byte[] content = event.content().getBytes(StandardCharsets.UTF_8);
    try {
      JsonObject profile = PROFILE_FIELDS.read(content, 0, content.length);
      account.handle = blankToNull(profile.name("name"));
      account.displayName = blankToNull(profile.name("display_name"));
      if (account.displayName == null) {
        account.displayName = blankToNull(profile.name("displayName"));
      }
      if (account.displayName == null) {
        account.displayName = account.handle;
      }
      String about = profile.text("about");
      String website = profile.text("website");
      account.description =
          ((about == null ? "" : about) + "\n" + (website == null ? "" : website)).strip();
      account.isAutomated = profile.flag("bot");
    } catch (RejectedLineException e) {
      // Whoever wrote it is there all the same.
      account = new ParsedRecord(Kind.ACCOUNT, event.author(), event.version());
      account.happenedAt = event.time();
      sink.ignored("profile that cannot be read");
    }
    sink.accept(account);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }

  // ---- Lists

  /**
   * A list that takes the place of every older one.
   *
   * @param id of the list's record
   * @param objectId of the list, where it is one that others can see; else null
   */
  private static void list(NostrEvent event, String id, Verb verb, String objectId, LineSink sink) {
    sink.accept(version(Kind.DELETION, event, id, event.version() - 1));
    for (String account : event.accounts()) {
      if (!account.equals(event.author())) {
        sink.accept(
            version(Kind.INTERACTION, event, id, event.version()).does(verb, account, objectId));
      }
    }
  }

  /** Of two versions of one second, what the first says is over when the second begins. */
  private static ParsedRecord version(Kind kind, NostrEvent event, String id, long at) {
    return new ParsedRecord(kind, event.author(), at, id, 0, at);
  }

  private static void set(NostrEvent event, LineSink sink) {
    if (event.kind() == FOLLOW_SET && "mute".equals(event.value("d"))) {
      // The mute list as it was before it had a kind of its own.
      list(event, event.address(), Verb.MUTE, null, sink);
      return;
    }
    list(event, MEMBERS + event.address(), Verb.LIST, event.address(), sink);
    ParsedRecord list = record(Kind.LIST, event, event.address(), event.version());
    String title = event.value("title");
    title = title == null ? event.value("name") : title;
    list.displayName = printable(title == null ? event.value("d") : title);
    list.description = event.value("description");
    list.purpose = event.kind() == STARTER_PACK ? "pack" : "curation";
    sink.accept(list);
  }

  private static String printable(String name) {
    return name == null ? null : JsonObject.printable(name);
  }

  // ---- Posts

  private static void note(NostrEvent event, String id, LineSink sink) {
    ParsedRecord post = record(Kind.POST, event, id, event.version());
    boolean hasVersions = event.kind() == ARTICLE;
    post.editedAt = hasVersions ? event.version() : ParsedRecord.NO_TIME;
    String title = event.kind() == 1 ? null : event.value("title");
    post.text = ((title == null ? "" : title) + "\n" + event.content()).strip();
    post.links = TextLinks.of(post.text);
    Set<String> hashtags = new LinkedHashSet<>();
    event.all("t").forEach(tag -> hashtags.add(tag.get(1)));
    hashtags.removeIf(String::isBlank);
    post.hashtags = List.copyOf(hashtags);

    List<ParsedRecord> acts = new ArrayList<>();
    List<String> answered = event.kind() == COMMENT ? commented(event) : answered(event);
    if (answered != null) {
      post.replyToId = answered.get(1);
      post.threadId = root(event);
      acts.add(post.act(Verb.REPLY, author(answered, event.kind() == COMMENT), answered.get(1)));
    }
    for (List<String> quoted : quoted(event)) {
      post.quotedId = post.quotedId == null ? quoted.get(1) : post.quotedId;
      acts.add(post.act(Verb.QUOTE, author(quoted, quoted.get(0).equals("q")), quoted.get(1)));
    }
    Set<String> named = named(event);
    for (String account : event.accounts()) {
      if (named.contains(account)) {
        acts.add(post.act(Verb.MENTION, account, null));
      }
    }
    sink.accept(post);
    acts.forEach(sink::accept);
  }

  private static String marker(List<String> tag) {
    return tag.size() > 3 ? tag.get(3) : "";
  }

  /**
   * The e tag of what a note answers: marked reply, else marked root; the last where none is
   * marked. Null if it answers nothing.
   */
  private static List<String> answered(NostrEvent event) {
    List<String> root = null;
    List<String> reply = null;
    List<String> last = null;
    for (List<String> tag : event.all("e")) {
      if (!NostrEvent.isKey(tag.get(1))) {
        continue;
      }
      switch (marker(tag)) {
        case "reply" -> reply = tag;
        case "root" -> root = root == null ? tag : root;
        case "mention" -> {
          // A quotation.
        }
        default -> last = tag;
      }
    }
    if (reply != null || root != null) {
      return reply == null ? root : reply;
    }
    return last;
  }

  /** What a comment (NIP-22) is on: an event, or something with an address. */
  private static List<String> commented(NostrEvent event) {
    List<String> on = event.last("e");
    if (on == null || !NostrEvent.isKey(on.get(1))) {
      on = event.last("a");
    }
    return on != null && (NostrEvent.isKey(on.get(1)) || authorOfAddress(on.get(1)) != null)
        ? on
        : null;
  }

  private static String root(NostrEvent event) {
    for (List<String> tag : event.all(event.kind() == COMMENT ? "E" : "e")) {
      boolean isRoot = event.kind() == COMMENT || marker(tag).equals("root");
      if (isRoot && NostrEvent.isKey(tag.get(1))) {
        return tag.get(1);
      }
    }
    return null;
  }

  /** The tags of what a note quotes: q, and e that is marked mention. */
  private static List<List<String>> quoted(NostrEvent event) {
    List<List<String>> quoted = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (List<String> tag : event.tags()) {
      boolean quotes =
          tag.size() > 1
              && (tag.get(0).equals("q") || tag.get(0).equals("e") && marker(tag).equals("mention"))
              && (NostrEvent.isKey(tag.get(1)) || authorOfAddress(tag.get(1)) != null);
      if (quotes && ids.add(tag.get(1))) {
        quoted.add(tag);
      }
    }
    return quoted;
  }

  /** The author of what a tag names, where the tag itself or an address tells; else null. */
  private static String author(List<String> tag, boolean withoutMarker) {
    String ofAddress = authorOfAddress(tag.get(1));
    if (ofAddress != null) {
      return ofAddress;
    }
    int place = withoutMarker ? 3 : 4;
    return tag.size() > place && NostrEvent.isKey(tag.get(place)) ? tag.get(place) : null;
  }

  /** The author in {@code kind:author:d}; null if it is no such address. */
  private static String authorOfAddress(String address) {
    String[] parts = address.split(":", 3);
    return parts.length == 3 && parts[0].matches("\\d{1,5}") && NostrEvent.isKey(parts[1])
        ? parts[1]
        : null;
  }

  /** The accounts that a text names. */
  private static Set<String> named(NostrEvent event) {
    Set<String> named = new HashSet<>();
    Matcher name = NAMED.matcher(event.content());
    while (name.find()) {
      if (name.group(2) != null) {
        int place = Integer.parseInt(name.group(2));
        List<String> tag = place < event.tags().size() ? event.tags().get(place) : List.of();
        if (tag.size() > 1 && tag.get(0).equals("p")) {
          named.add(tag.get(1));
        }
        continue;
      }
      Bech32 text = Bech32.of(name.group(1));
      if (text != null) {
        byte[] bytes = text.bytes();
        // A profile is a series of type, length and value; type 0 is the key.
        int at = text.prefix().equals("npub") ? -2 : 0;
        while (at >= 0 && at + 2 <= bytes.length && bytes[at] != 0) {
          at += 2 + (bytes[at + 1] & 0xFF);
        }
        if (at + 34 <= bytes.length) {
          named.add(HexFormat.of().formatHex(bytes, at + 2, at + 34));
        }
      }
    }
    return named;
  }

  // ---- Acts

  private static void repost(NostrEvent event, LineSink sink) {
    NostrEvent inside = event.content().isBlank() ? null : NostrEvent.inside(event.content());
    List<String> tag = event.last("e");
    List<String> address = event.kind() == GENERIC_REPOST ? event.last("a") : null;
    boolean hasAddress = address != null && authorOfAddress(address.get(1)) != null;
    boolean hasId = tag != null && NostrEvent.isKey(tag.get(1));
    if (inside != null && hasId && !inside.id().equals(tag.get(1))) {
      inside = null;
    }
    if (hasAddress) {
      sink.accept(act(event, Verb.REPOST, authorOfAddress(address.get(1)), address.get(1)));
    } else if (inside != null) {
      sink.accept(act(event, Verb.REPOST, inside.author(), inside.id()));
    } else if (hasId) {
      sink.accept(act(event, Verb.REPOST, author(tag, false), tag.get(1)));
    } else {
      sink.ignored("repost of nothing");
    }
    if (inside != null && NOTES.contains(inside.kind())) {
      note(inside, inside.id(), sink);
    }
  }

  private static void reaction(NostrEvent event, LineSink sink) {
    List<String> tag = event.last("e");
    List<String> address = event.last("a");
    if (event.content().equals("-")) {
      sink.ignored("dislike");
    } else if (address != null && authorOfAddress(address.get(1)) != null) {
      sink.accept(act(event, Verb.LIKE, authorOfAddress(address.get(1)), address.get(1)));
    } else if (tag != null && NostrEvent.isKey(tag.get(1))) {
      // A p tag may name anybody of the thread; the event tells its author.
      sink.accept(act(event, Verb.LIKE, null, tag.get(1)));
    } else {
      sink.ignored("reaction to nothing");
    }
  }

  private static void report(NostrEvent event, LineSink sink) {
    String account = event.value("p");
    String post = event.value("e");
    if (NostrEvent.isKey(account)) {
      sink.accept(act(event, Verb.REPORT, account, NostrEvent.isKey(post) ? post : null));
    } else {
      sink.ignored("report of nobody");
    }
  }

  private static void deletion(NostrEvent event, LineSink sink) {
    boolean isEmpty = true;
    for (List<String> tag : event.tags()) {
      boolean names = tag.size() > 1;
      if (names && tag.get(0).equals("e") && NostrEvent.isKey(tag.get(1))) {
        sink.accept(record(Kind.DELETION, event, tag.get(1), event.endOfSecond()));
        isEmpty = false;
      } else if (names
          && tag.get(0).equals("a")
          && event.author().equals(authorOfAddress(tag.get(1)))) {
        sink.accept(record(Kind.DELETION, event, tag.get(1), event.endOfSecond()));
        sink.accept(record(Kind.DELETION, event, MEMBERS + tag.get(1), event.endOfSecond()));
        isEmpty = false;
      }
    }
    if (isEmpty) {
      sink.ignored("deletion of nothing");
    }
  }

  // ---- Zaps

  /** A receipt: who paid stands in the request inside, whose signature is the payer's own. */
  private static void zap(NostrEvent receipt, LineSink sink) throws RejectedLineException {
    String description = receipt.value("description");
    NostrEvent request = description == null ? null : NostrEvent.inside(description);
    if (request == null || request.kind() != ZAP_REQUEST) {
      throw new RejectedLineException("zap without its request");
    }
    String invoice = receipt.value("bolt11");
    long amount = invoice == null ? -1 : amount(invoice, description);
    if (amount <= 0) {
      throw new RejectedLineException("zap without a valid invoice for its request");
    }
    String asked = request.value("amount");
    if (asked != null && !asked.equals(Long.toString(amount))) {
      throw new RejectedLineException("zap of another amount than was asked for");
    }
    List<String> paid = request.accounts();
    if (paid.isEmpty()) {
      sink.ignored("zap of nobody");
      return;
    }
    String post = request.value("a");
    if (post == null || authorOfAddress(post) == null) {
      post = request.value("e");
      post = NostrEvent.isKey(post) ? post : null;
    }
    ParsedRecord zap =
        new ParsedRecord(
                Kind.INTERACTION, request.author(), receipt.time(), receipt.id(), 0, receipt.time())
            .does(Verb.ZAP, paid.get(0), post);
    zap.amount = amount;
    sink.accept(zap);
  }

  /**
   * The amount of an invoice (BOLT 11), in millisatoshi; -1 if it is none, has none, or is for
   * another description.
   */
  private static long amount(String invoice, String description) {
    Bech32 text = Bech32.of(invoice);
    Matcher amount = text == null ? null : INVOICE.matcher(text.prefix());
    if (amount == null || !amount.matches()) {
      return -1;
    }
    byte[] words = text.words();
    byte[] hash = Schnorr.sha256(description.getBytes(StandardCharsets.UTF_8));
    boolean isForIt = false;
    int at = INVOICE_TIME;
    while (at + 3 <= words.length - INVOICE_SIGNATURE) {
      int length = words[at + 1] << 5 | words[at + 2];
      int end = at + 3 + length;
      if (end > words.length - INVOICE_SIGNATURE) {
        return -1;
      }
      if (words[at] == DESCRIPTION_HASH) {
        isForIt |= Arrays.equals(text.bytes(at + 3, end), hash);
      }
      at = end;
    }
    if (!isForIt) {
      return -1;
    }
    long number = Long.parseLong(amount.group(1));
    long unit =
        switch (amount.group(2)) {
          case "m" -> MILLISATOSHI_OF_A_BITCOIN / 1_000;
          case "u" -> MILLISATOSHI_OF_A_BITCOIN / 1_000_000;
          case "n" -> MILLISATOSHI_OF_A_BITCOIN / 1_000_000_000;
          // Tenths of a millisatoshi.
          case "p" -> 0;
          default -> MILLISATOSHI_OF_A_BITCOIN;
        };
    if (unit == 0) {
      return number % 10 == 0 ? number / 10 : -1;
    }
    return number > Long.MAX_VALUE / unit ? -1 : number * unit;
  }
}
