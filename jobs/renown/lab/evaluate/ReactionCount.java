package renown.lab.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An independent count of interactions with posts, line by line from native lines of X's v1.1
 * stream or of Jetstream, which shares no code with the nights: the ground truth for their counts.
 *
 * <p>An act counts once, whichever lines report it and how often, and not at all if its actor
 * deleted it, before or after. A reply in a thread counts for the post it answers and for the
 * thread's first post, for the latter if a line names that post's author: a line of the post
 * itself, or of an interaction with it.
 */
final class ReactionCount {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter X_TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);
  private static final String BLUESKY_POST = "app.bsky.feed.post";
  private static final String HIDDEN_FROM_STRANGERS = "!no-unauthenticated";

  /** Something that an account did to a post, once or more often. */
  record Reaction(String post, String author, String actor, String verb) {}

  /**
   * What others than its author did to a post.
   *
   * @param counts by verb, above 0
   * @param actors distinct accounts
   */
  record Post(String author, Map<String, Long> counts, long actors) {}

  private record Act(Reaction reaction, String record) {}

  /** A reply somewhere below the first post of its thread. */
  private record Nested(String root, String actor, String record) {}

  private record Deletion(String actor, String record) {}

  private final Set<Act> acts = new HashSet<>();
  private final Set<Nested> nested = new HashSet<>();
  private final Set<Deletion> deletions = new HashSet<>();
  private final Map<String, String> authors = new HashMap<>();

  /** Posts in the lines by id, with the ids that would delete them. */
  private final Map<String, Deletion> written = new HashMap<>();

  private final Set<String> undone = new TreeSet<>();
  private final Set<String> leftOut = new TreeSet<>();
  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;

  /**
   * @param format one of {@link RealEvents}'s native lines
   * @param files with lines of that format
   */
  static ReactionCount of(String format, List<Path> files) throws IOException {
    ReactionCount count = new ReactionCount();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank()) {
          JsonNode node = JSON.readTree(line);
          if (format.equals(RealEvents.JETSTREAM)) {
            count.jetstream(node);
          } else {
            count.x(node);
          }
        }
      }
    }
    count.finish();
    return count;
  }

  private void finish() {
    written.forEach(
        (post, deletion) -> {
          if (!deletions.contains(deletion)) {
            authors.put(post, deletion.actor());
          }
        });
    acts.forEach(act -> authors.put(act.reaction().post(), act.reaction().author()));
    for (Nested reply : nested) {
      String author = authors.get(reply.root());
      if (author != null) {
        add(reply.root(), author, reply.actor(), "reply", reply.record());
      }
    }
    acts.removeIf(
        act -> {
          boolean isGone = deletions.contains(new Deletion(act.reaction().actor(), act.record()));
          if (isGone) {
            undone.add(act.reaction().post());
          }
          return isGone;
        });
  }

  private void add(String post, String author, String actor, String verb, String record) {
    acts.add(new Act(new Reaction(post, author, actor, verb), record));
  }

  // ---- Lines

  private void seen(Instant at) {
    first = at.isBefore(first) ? at : first;
    last = at.isAfter(last) ? at : last;
  }

  private void x(JsonNode line) {
    JsonNode deleted = line.path("delete").path("status");
    if (deleted.isObject()) {
      deletions.add(new Deletion(id(deleted, "user_id"), id(deleted, "id")));
    }
    for (String notice : List.of("user_delete", "user_suspend", "user_protect")) {
      if (line.path(notice).isObject()) {
        JsonNode told = line.path(notice);
        leftOut.add(told.path("user").isObject() ? id(told.path("user"), "id") : id(told, "id"));
      }
    }
    if (line.path("user").isObject()) {
      seen(ZonedDateTime.parse(line.path("created_at").asText(), X_TIME).toInstant());
      tweet(line, line.path("quoted_status"));
    }
  }

  /**
   * @param shown the quoted tweet that the line shows, here or at the retweet around this tweet
   */
  private void tweet(JsonNode tweet, JsonNode shown) {
    String record = id(tweet, "id");
    String actor = id(tweet.path("user"), "id");
    if (tweet.path("user").path("protected").asBoolean()) {
      leftOut.add(actor);
    }
    JsonNode original = tweet.path("retweeted_status");
    if (original.isObject()) {
      act(original, actor, "repost", record);
      JsonNode inside = original.path("quoted_status");
      tweet(original, inside.isObject() ? inside : shown);
      return;
    }
    written.put(record, new Deletion(actor, record));
    String answered = id(tweet, "in_reply_to_status_id");
    String answeredAccount = id(tweet, "in_reply_to_user_id");
    if (answered != null && answeredAccount != null) {
      add(answered, answeredAccount, actor, "reply", record);
    }
    if (shown.isObject()) {
      act(shown, actor, "quote", record);
      tweet(shown, shown.path("quoted_status"));
    }
  }

  private void act(JsonNode post, String actor, String verb, String record) {
    add(id(post, "id"), id(post.path("user"), "id"), actor, verb, record);
  }

  /** The exact id, which is a text; numbers may be rounded. Null if there is none. */
  private static String id(JsonNode thing, String member) {
    JsonNode exact = thing.path(member + "_str");
    JsonNode id = exact.isTextual() ? exact : thing.path(member);
    return id.isMissingNode() || id.isNull() ? null : id.asText();
  }

  private void jetstream(JsonNode line) {
    String actor = line.path("did").asText();
    long micros = line.path("time_us").asLong();
    seen(Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    if (line.path("account").isObject() && !line.path("account").path("active").asBoolean()) {
      leftOut.add(actor);
    }
    JsonNode commit = line.path("commit");
    String collection = commit.path("collection").asText();
    String record = "at://" + actor + "/" + collection + "/" + commit.path("rkey").asText();
    if (commit.path("operation").asText().equals("delete")) {
      deletions.add(new Deletion(actor, record));
      return;
    }
    JsonNode said = commit.path("record");
    switch (collection) {
      case "app.bsky.feed.like" -> reaction(said.path("subject"), actor, "like", record);
      case "app.bsky.feed.repost" -> reaction(said.path("subject"), actor, "repost", record);
      case "app.bsky.actor.profile" -> {
        for (JsonNode label : said.path("labels").path("values")) {
          if (label.path("val").asText().equals(HIDDEN_FROM_STRANGERS)) {
            leftOut.add(actor);
          }
        }
      }
      case BLUESKY_POST -> {
        written.put(record, new Deletion(actor, record));
        JsonNode reply = said.path("reply");
        if (reply.isObject()) {
          reaction(reply.path("parent"), actor, "reply", record);
          String root = reply.path("root").path("uri").asText();
          if (!root.equals(reply.path("parent").path("uri").asText())) {
            nested.add(new Nested(root, actor, record));
          }
        }
        JsonNode embed = said.path("embed");
        JsonNode embedded =
            switch (embed.path("$type").asText()) {
              case "app.bsky.embed.record" -> embed.path("record");
              case "app.bsky.embed.recordWithMedia" -> embed.path("record").path("record");
              default -> MissingNode.getInstance();
            };
        reaction(embedded, actor, "quote", record);
      }
      default -> {}
    }
  }

  /** An act on the post that a record refers to; the address names its author. */
  private void reaction(JsonNode reference, String actor, String verb, String record) {
    String post = reference.path("uri").asText();
    // Feeds and labelers are liked too.
    if (post.contains("/" + BLUESKY_POST + "/")) {
      add(post, post.split("/")[2], actor, verb, record);
    }
  }

  // ---- What was counted

  /** Accounts that any line reports as gone, protected or not discoverable. */
  Set<String> leftOut() {
    return leftOut;
  }

  /** Minutes from the first line to the last one. */
  double minutes() {
    return Duration.between(first, last).toMillis() / 60e3;
  }

  /** Number of acts by account, verb and post, except for those left out. */
  Map<Reaction, Long> reactions() {
    Map<Reaction, Long> counts = new HashMap<>();
    for (Act act : acts) {
      if (!isLeftOut(act.reaction())) {
        counts.merge(act.reaction(), 1L, Long::sum);
      }
    }
    return counts;
  }

  boolean isLeftOut(Reaction reaction) {
    return leftOut.contains(reaction.author()) || leftOut.contains(reaction.actor());
  }

  /** The posts that others than their author reacted to, by id; none of {@link #notCompared}. */
  Map<String, Post> posts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    Map<String, Set<String>> actors = new HashMap<>();
    reactions()
        .forEach(
            (reaction, times) -> {
              if (!reaction.actor().equals(reaction.author())) {
                counts
                    .computeIfAbsent(reaction.post(), post -> new TreeMap<>())
                    .merge(reaction.verb(), times, Long::sum);
                actors
                    .computeIfAbsent(reaction.post(), post -> new HashSet<>())
                    .add(reaction.actor());
              }
            });
    Map<String, Post> posts = new TreeMap<>();
    counts.forEach(
        (post, its) -> posts.put(post, new Post(authors.get(post), its, actors.get(post).size())));
    posts.keySet().removeAll(notCompared());
    return posts;
  }

  /**
   * Posts related to an account that is left out, which may have counted until then, and those on
   * which all acts of others were undone, for which the mart keeps the earlier state.
   */
  Set<String> notCompared() {
    Set<String> posts = new TreeSet<>(undone);
    for (Act act : acts) {
      if (!act.reaction().actor().equals(act.reaction().author())) {
        posts.remove(act.reaction().post());
      }
    }
    for (Act act : acts) {
      if (isLeftOut(act.reaction())) {
        posts.add(act.reaction().post());
      }
    }
    return posts;
  }
}
