package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import renown.dumps.RejectedLineException;

/**
 * An event of Nostr (NIP-01), whose id is the hash of its content and whose signature is that of
 * its author; one that does not hold is rejected.
 *
 * @param author public key, 64 hexadecimal digits
 * @param created seconds since 1970 UTC, in the years 2006 to 2100
 * @param tags the name of each first
 */
record NostrEvent(
    String id, String author, long created, int kind, List<List<String>> tags, String content) {
  private static final JsonFields FIELDS =
      new JsonFields()
          .values("id", "pubkey", "created_at", "kind", "content", "sig")
          .arrays("tags");

  private static final long MICROS = 1_000_000;
  private static final int TIE_BITS = 20;

  static NostrEvent read(byte[] bytes, int offset, int length) throws RejectedLineException {
    return of(FIELDS.read(bytes, offset, length));
  }

  /** An event that another holds as text; null if it is none, or does not hold. */
  static NostrEvent inside(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return read(bytes, 0, bytes.length);
    } catch (RejectedLineException e) {
      return null;
    }
  }

  private static NostrEvent of(JsonObject line) throws RejectedLineException {
    String id = line.requiredText("id");
    String author = line.requiredText("pubkey");
    String signature = line.requiredText("sig");
    if (!isKey(id)) {
      throw line.fault("id", "not 64 hexadecimal digits");
    }
    if (!isKey(author)) {
      throw line.fault("pubkey", "not 64 hexadecimal digits");
    }
    Long created = line.whole("created_at");
    Long kind = line.whole("kind");
    if (created == null) {
      throw line.fault("created_at", "missing");
    }
    if (created < 0 || created > Long.MAX_VALUE / MICROS || !Times.isPlausible(created * MICROS)) {
      throw line.fault("created_at", "not in the years 2006 to 2100");
    }
    if (kind == null || kind < 0 || kind > 65_535) {
      throw line.fault("kind", "not 0 to 65535");
    }
    NostrEvent event =
        new NostrEvent(
            id,
            author,
            created,
            kind.intValue(),
            line.textArrays("tags"),
            line.requiredText("content"));
    byte[] hash = Schnorr.sha256(event.canonical().getBytes(StandardCharsets.UTF_8));
    if (!HexFormat.of().formatHex(hash).equals(id)) {
      throw line.fault("id", "not that of the content");
    }
    if (signature.length() != 128
        || !isHexadecimal(signature)
        || !Schnorr.verifies(
            HexFormat.of().parseHex(author), hash, HexFormat.of().parseHex(signature))) {
      throw line.fault("sig", "not that of the author");
    }
    return event;
  }

  /** What the id is the hash of. */
  private String canonical() {
    StringBuilder text = new StringBuilder(content.length() + 200);
    text.append("[0,\"").append(author).append("\",").append(created).append(',').append(kind);
    text.append(",[");
    for (int i = 0; i < tags.size(); i++) {
      text.append(i == 0 ? "[" : ",[");
      List<String> tag = tags.get(i);
      for (int k = 0; k < tag.size(); k++) {
        append(text.append(k == 0 ? "" : ","), tag.get(k));
      }
      text.append(']');
    }
    append(text.append("],"), content);
    return text.append(']').toString();
  }

  private static void append(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> json.append(c);
      }
    }
    json.append('"');
  }

  /** When it happened, microseconds. */
  long time() {
    return created * MICROS;
  }

  /**
   * A time that puts versions in order: of two of one second, the one with the lower id is the
   * later one.
   */
  long version() {
    long lead = Long.parseLong(id.substring(0, TIE_BITS / 4), 16);
    return time() + MICROS - 1 - (lead * (MICROS - 1) >> TIE_BITS);
  }

  /** The last instant at which a version of its second may be. */
  long endOfSecond() {
    return time() + MICROS - 1;
  }

  /** All tags of a name with a value. */
  List<List<String>> all(String name) {
    List<List<String>> found = new ArrayList<>();
    for (List<String> tag : tags) {
      if (tag.size() > 1 && tag.get(0).equals(name)) {
        found.add(tag);
      }
    }
    return found;
  }

  /** The value of the first tag of a name; null if there is none. */
  String value(String name) {
    List<List<String>> found = all(name);
    return found.isEmpty() ? null : found.get(0).get(1);
  }

  /** The last tag of a name; null if there is none. */
  List<String> last(String name) {
    List<List<String>> found = all(name);
    return found.isEmpty() ? null : found.get(found.size() - 1);
  }

  /** The accounts of its p tags, once each, in order; what is no key is passed over. */
  List<String> accounts() {
    List<String> accounts = new ArrayList<>();
    for (List<String> tag : all("p")) {
      if (isKey(tag.get(1)) && !accounts.contains(tag.get(1))) {
        accounts.add(tag.get(1));
      }
    }
    return accounts;
  }

  /** {@code kind:author:d}, under which the versions of an addressable event are one. */
  String address() {
    String name = value("d");
    return kind + ":" + author + ":" + (name == null ? "" : name);
  }

  /** Whether it is a public key or the id of an event. */
  static boolean isKey(String text) {
    return text != null && text.length() == 64 && isHexadecimal(text);
  }

  private static boolean isHexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
