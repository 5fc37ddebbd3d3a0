package renown.lab.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Writes attacks as lines of a Bluesky Jetstream dump. Every line is a moment later than the
 * previous one, and its record key encodes that moment.
 */
final class AttackLines {
  private static final String DIGITS = "234567abcdefghijklmnopqrstuvwxyz";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Writer out;
  private long micros;
  private int made;

  /**
   * @param day on which all of it happens
   */
  AttackLines(Writer out, LocalDate day) {
    this.out = out;
    this.micros = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000 + 3_600_000_000L;
  }

  /** A new account with a whole profile, made some days ago. */
  String account(String what, int daysAgo) throws IOException {
    String id = "did:plc:" + digits(0x5EED_0000_0000L + made++, 24);
    ObjectNode identity = line(id, "identity");
    identity.putObject("identity").put("did", id).put("handle", what + made + ".example");
    write(identity);
    ObjectNode profile = record(id, "app.bsky.actor.profile", "self");
    content(profile, Instant.ofEpochSecond(micros / 1_000_000).minusSeconds(86_400L * daysAgo))
        .put("displayName", "Somebody " + made)
        .put("description", "Likes the sea and good books");
    write(profile);
    return id;
  }

  /** A post; returns its address. */
  String post(String id, String text) throws IOException {
    return post(id, text, null, 0);
  }

  /** A post that claims to be older than it is. */
  String backdatedPost(String id, String text, int claimedDaysAgo) throws IOException {
    return post(id, text, null, claimedDaysAgo);
  }

  /** A reply to a post. */
  String reply(String id, String text, String parent) throws IOException {
    return post(id, text, parent, 0);
  }

  private String post(String id, String text, String parent, int claimedDaysAgo)
      throws IOException {
    String key = key();
    ObjectNode post = record(id, "app.bsky.feed.post", key);
    ObjectNode content = content(post, now().minusSeconds(86_400L * claimedDaysAgo));
    content.put("text", text);
    content.putArray("langs").add("en");
    if (parent != null) {
      ObjectNode reply = content.putObject("reply");
      reply.putObject("parent").put("cid", "bafy").put("uri", parent);
      reply.putObject("root").put("cid", "bafy").put("uri", parent);
    }
    write(post);
    return "at://" + id + "/app.bsky.feed.post/" + key;
  }

  /** A post that quotes another. */
  void quote(String id, String text, String quoted) throws IOException {
    ObjectNode post = record(id, "app.bsky.feed.post", key());
    ObjectNode content = content(post, now());
    content.put("text", text);
    ObjectNode embed = content.putObject("embed");
    embed.put("$type", "app.bsky.embed.record");
    embed.putObject("record").put("cid", "bafy").put("uri", quoted);
    write(post);
  }

  void like(String id, String post) throws IOException {
    reaction(id, "app.bsky.feed.like", post);
  }

  void repost(String id, String post) throws IOException {
    reaction(id, "app.bsky.feed.repost", post);
  }

  private void reaction(String id, String collection, String post) throws IOException {
    ObjectNode line = record(id, collection, key());
    content(line, now()).putObject("subject").put("cid", "bafy").put("uri", post);
    write(line);
  }

  /** Returns the record's key, by which it can be undone. */
  String follow(String id, String subject) throws IOException {
    return subject(id, "app.bsky.graph.follow", subject);
  }

  void block(String id, String subject) throws IOException {
    subject(id, "app.bsky.graph.block", subject);
  }

  private String subject(String id, String collection, String subject) throws IOException {
    String key = key();
    ObjectNode line = record(id, collection, key);
    content(line, now()).put("subject", subject);
    write(line);
    return key;
  }

  void unfollow(String id, String key) throws IOException {
    delete(id, "app.bsky.graph.follow", key);
  }

  /** Deletes a post by its address. */
  void deletePost(String id, String post) throws IOException {
    delete(id, "app.bsky.feed.post", post.substring(post.lastIndexOf('/') + 1));
  }

  private void delete(String id, String collection, String key) throws IOException {
    ObjectNode line = line(id, "commit");
    line.putObject("commit")
        .put("rev", key())
        .put("operation", "delete")
        .put("collection", collection)
        .put("rkey", key);
    write(line);
  }

  private ObjectNode record(String id, String collection, String key) {
    ObjectNode line = line(id, "commit");
    line.putObject("commit")
        .put("rev", key())
        .put("operation", "create")
        .put("collection", collection)
        .put("rkey", key)
        .putObject("record")
        .put("$type", collection);
    return line;
  }

  private static ObjectNode content(ObjectNode line, Instant createdAt) {
    ObjectNode content = (ObjectNode) line.get("commit").get("record");
    return content.put("createdAt", createdAt.toString());
  }

  private ObjectNode line(String id, String kind) {
    return JSON.createObjectNode().put("did", id).put("time_us", micros).put("kind", kind);
  }

  private void write(ObjectNode line) throws IOException {
    out.write(JSON.writeValueAsString(line));
    out.write('\n');
    micros += 1000;
  }

  private Instant now() {
    return Instant.ofEpochMilli(micros / 1000);
  }

  private String key() {
    return digits(micros << 10 | 7, 13);
  }

  private static String digits(long bits, int length) {
    char[] text = new char[length];
    for (int i = length - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (bits & 31));
      bits >>>= 5;
    }
    return new String(text);
  }
}
