package renown.dumps.formats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
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
 * Farcaster: rows of the tables that hubs are copied to (casts, reactions, links, user data), as
 * JSON or Parquet, in the columns of public exports or of the hubs' replicator. A row's members
 * tell which table it is from.
 *
 * <p><b>Identity.</b> Accounts are numbers (fid). Casts and acts are known by their hash, written
 * {@code 0x...}; their day is that of {@code timestamp}, which the hash covers.
 *
 * <p><b>State.</b> Rows come again: with {@code deleted_at} the cast or act is gone, without it is
 * there again, and of several rows the one with the latest {@code updated_at} holds, which is the
 * witness time. Of user data the latest {@code timestamp} of each account and type holds.
 *
 * <p><b>Time.</b> An act happened at {@code timestamp}, which the client says, or when the row was
 * written ({@code created_at}) if that was earlier. Times without a zone are in UTC.
 */
public final class FarcasterFormat implements DumpFormat {
  private static final long serialVersionUID = 1L;
  private static final Pattern HASH = Pattern.compile("(?:\\\\x|0x)([0-9a-fA-F]{2,128})");
  private static final Pattern CHANNEL = Pattern.compile(".*/~/channel/([A-Za-z0-9_-]{1,80})/?");
  private static final int HASH_BYTES = 20;

  private static final JsonFields EMBED =
      new JsonFields()
          .values("url")
          .object("castId", new JsonFields().values("fid", "hash"))
          .object("cast_id", new JsonFields().values("fid", "hash"));

  private static final JsonFields LINE =
      new JsonFields()
          .values("fid", "hash", "timestamp", "created_at", "updated_at", "deleted_at")
          .values("text", "parent_hash", "parent_fid", "parent_url")
          .values("root_parent_hash", "root_parent_url")
          .values("reaction_type", "type", "value")
          .values("target_hash", "target_fid", "target_cast_hash", "target_cast_fid", "target_url")
          .array("mentions")
          .array("mentions_positions")
          .objects("embeds", EMBED);

  @Override
  public String name() {
    return "farcaster";
  }

  @Override
  public List<VerbMeaning> verbMeanings() {
    return VerbMeaning.table(
        "Farcaster",
        """
        REPLY | cast with `parent_hash` | author -> `parent_fid` | `timestamp`, or `created_at` if earlier | hash of the cast | its row with `deleted_at`
        QUOTE | cast in `embeds` (`castId`) | author -> its author | as above | hash of the cast | its row with `deleted_at`
        MENTION | `mentions` | author -> each account, once | as above | hash of the cast | its row with `deleted_at`
        LIKE | reaction of type 1 to a cast | actor -> author of the cast | as above | hash of the reaction | its row with `deleted_at`
        REPOST | reaction of type 2 to a cast | actor -> author of the cast | as above | hash of the reaction | its row with `deleted_at`
        FOLLOW | link of type `follow` | follower -> `target_fid` | as above | hash of the link | its row with `deleted_at`
        """);
  }

  @Override
  public void parse(byte[] bytes, int offset, int length, LineSink sink)
      throws RejectedLineException {
    JsonObject line = LINE.read(bytes, offset, length);
    if (!line.has("fid") || !line.has("timestamp")) {
      sink.ignored("row of another table");
      return;
    }
    Row row = Row.of(line);
    boolean isReaction =
        line.has("reaction_type")
            || line.has("target_cast_hash")
            || line.has("target_hash")
            || line.has("target_url");
    if (line.has("text")) {
      cast(row, line, sink);
    } else if (isReaction) {
      reaction(row, line, sink);
    } else if (line.has("target_fid")) {
      link(row, line, sink);
    } else if (line.has("type")) {
      userData(row, line, sink);
    } else {
      sink.ignored("row of another table");
    }
  }

  /**
   * What all rows have.
   *
   * @param happened microseconds
   * @param seen when the row was written last, microseconds
   */
  private record Row(
      String account, String hash, long happened, long timestamp, long seen, boolean isGone) {
    static Row of(JsonObject line) throws RejectedLineException {
      String account = FarcasterFormat.account(line, "fid");
      long timestamp = time(line, "timestamp");
      if (!Times.isPlausible(timestamp)) {
        throw line.fault("timestamp", "not in the years 2006 to 2100");
      }
      long created = time(line, "created_at");
      long happened = Times.isPlausible(created) ? Math.min(timestamp, created) : timestamp;
      long updated = time(line, "updated_at");
      long seen = Times.isPlausible(updated) ? updated : happened;
      return new Row(
          account,
          FarcasterFormat.hash(line, "hash"),
          happened,
          timestamp,
          seen,
          line.has("deleted_at"));
    }

    ParsedRecord says(Kind kind) {
      return new ParsedRecord(kind, account, seen, hash, Times.day(timestamp), happened);
    }
  }

  private static boolean isGone(Row row, JsonObject line, LineSink sink)
      throws RejectedLineException {
    if (row.hash == null) {
      throw line.fault("hash", "missing");
    }
    if (row.isGone) {
      sink.accept(row.says(Kind.DELETION));
    }
    return row.isGone;
  }

  private static void cast(Row row, JsonObject line, LineSink sink) throws RejectedLineException {
    if (isGone(row, line, sink)) {
      return;
    }
    List<ParsedRecord> acts = new ArrayList<>();
    ParsedRecord post = row.says(Kind.POST);
    List<String> mentions = line.ids("mentions");
    post.text = withNames(line.text("text"), mentions, line.ids("mentions_positions"));
    post.replyToId = hash(line, "parent_hash");
    String root = hash(line, "root_parent_hash");
    post.threadId = root == null ? row.hash : root;
    if (post.replyToId != null) {
      acts.add(post.act(Verb.REPLY, account(line, "parent_fid"), post.replyToId));
    }
    Set<String> links = new LinkedHashSet<>(TextLinks.of(post.text));
    for (JsonObject embed : embeds(line)) {
      JsonObject quoted = embed.object("castId");
      quoted = quoted == null ? embed.object("cast_id") : quoted;
      String url = embed.text("url");
      if (quoted != null) {
        String id = hash(quoted, "hash");
        if (id != null) {
          post.quotedId = post.quotedId == null ? id : post.quotedId;
          acts.add(post.act(Verb.QUOTE, account(quoted, "fid"), id));
        }
      } else if (url != null && !url.isBlank()) {
        links.add(url);
      }
    }
    for (String mentioned : new LinkedHashSet<>(mentions)) {
      acts.add(post.act(Verb.MENTION, mentioned, null));
    }
    String place = line.has("root_parent_url") ? line.text("root_parent_url") : null;
    place = place == null ? line.text("parent_url") : place;
    Matcher channel = place == null ? null : CHANNEL.matcher(place);
    post.hashtags = channel != null && channel.matches() ? List.of(channel.group(1)) : List.of();
    post.links = List.copyOf(links);
    sink.accept(post);
    acts.forEach(sink::accept);
  }

  /** A list of objects, or in some exports the text of one. */
  private static List<JsonObject> embeds(JsonObject line) throws RejectedLineException {
    if (line.isArray("embeds") || !line.has("embeds")) {
      return line.objects("embeds");
    }
    byte[] text = line.text("embeds").getBytes(StandardCharsets.UTF_8);
    return EMBED.readAll(text, 0, text.length);
  }

  /**
   * The text with {@code @} and the number of each account that was taken out of it.
   *
   * @param positions bytes of UTF-8 before each; where they do not fit, the text is left as it is
   */
  private static String withNames(String text, List<String> accounts, List<String> positions) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (positions.size() != accounts.size()) {
      return text;
    }
    StringBuilder named = new StringBuilder();
    int from = 0;
    for (int i = 0; i < accounts.size(); i++) {
      String position = positions.get(i);
      int to = position.matches("\\d{1,7}") ? Integer.parseInt(position) : -1;
      boolean isBetweenCharacters =
          to >= from && to <= bytes.length && (to == bytes.length || (bytes[to] & 0xC0) != 0x80);
      if (!isBetweenCharacters) {
        return text;
      }
      named.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      named.append('@').append(accounts.get(i));
      from = to;
    }
    return named
        .append(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8))
        .toString();
  }

  private static void reaction(Row row, JsonObject line, LineSink sink)
      throws RejectedLineException {
    String type = line.has("reaction_type") ? line.id("reaction_type") : line.id("type");
    Verb verb =
        switch (type == null ? "" : type) {
          case "1" -> Verb.LIKE;
          case "2" -> Verb.REPOST;
          default -> null;
        };
    String cast = hash(line, line.has("target_hash") ? "target_hash" : "target_cast_hash");
    if (verb == null) {
      sink.ignored(IgnoredRules.named("reaction", type));
    } else if (cast == null) {
      sink.ignored("reaction to an address");
    } else if (!isGone(row, line, sink)) {
      String target = account(line, line.has("target_cast_fid") ? "target_cast_fid" : "target_fid");
      sink.accept(row.says(Kind.INTERACTION).does(verb, target, cast));
    }
  }

  private static void link(Row row, JsonObject line, LineSink sink) throws RejectedLineException {
    String type = line.text("type");
    if (!"follow".equals(type)) {
      sink.ignored(IgnoredRules.named("link", type));
    } else if (!isGone(row, line, sink)) {
      sink.accept(row.says(Kind.INTERACTION).does(Verb.FOLLOW, account(line, "target_fid"), null));
    }
  }

  private static void userData(Row row, JsonObject line, LineSink sink)
      throws RejectedLineException {
    String type = line.id("type");
    // What took the place of a value is later than it; what only took it away is as old.
    ParsedRecord account =
        new ParsedRecord(Kind.ACCOUNT, row.account, row.isGone ? row.timestamp + 1 : row.timestamp);
    account.happenedAt = account.witnessedAt;
    String value = row.isGone || !line.has("value") ? "" : line.name("value");
    switch (type) {
      case "2" -> account.displayName = value;
      case "3" -> account.description = row.isGone || !line.has("value") ? "" : line.text("value");
      case "6" -> account.handle = value.isEmpty() ? null : value;
      default -> {
        sink.ignored(IgnoredRules.named("user data", type));
        return;
      }
    }
    sink.accept(account);
  }

  // ---- Values

  private static String account(JsonObject row, String member) throws RejectedLineException {
    String fid = row.requiredId(member);
    if (!XRecords.isDigits(fid)) {
      throw row.fault(member, "not an fid");
    }
    return fid;
  }

  /**
   * A hash, as text or as bytes that were taken for text; null where absent.
   *
   * @return {@code 0x} and small hexadecimal digits
   */
  private static String hash(JsonObject row, String member) throws RejectedLineException {
    String text = row.text(member);
    if (text == null) {
      return null;
    }
    Matcher hash = HASH.matcher(text);
    if (hash.matches()) {
      return "0x" + hash.group(1).toLowerCase(Locale.ROOT);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != HASH_BYTES) {
      throw row.fault(member, "not a hash");
    }
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** A time, in UTC where it has no zone; {@link ParsedRecord#NO_TIME} where absent. */
  private static long time(JsonObject row, String member) throws RejectedLineException {
    return row.time(
        member,
        text -> {
          long time = Times.iso(text);
          return time == ParsedRecord.NO_TIME ? Times.iso(text + "Z") : time;
        });
  }
}
