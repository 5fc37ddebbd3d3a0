package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.dumps.RejectedLineException;

/**
 * Real dumps say the same to the formats as to a plain count over whole JSON trees. The scripts
 * {@code count-x.py} and {@code count-bluesky.jq} beside the fixtures count once more, without
 * Java.
 */
class RealDumpsTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"));

  private final Map<String, Set<String>> said = new TreeMap<>();
  private final Map<String, Set<String>> counted = new TreeMap<>();
  private final List<String> rejects = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private long lines;

  @BeforeEach
  void dataIsThere() {
    assumeTrue(Files.isDirectory(DATA), () -> "no real data in " + DATA.toAbsolutePath());
  }

  private void read(DumpFormat format, Path path) throws IOException {
    String name = path.getFileName().toString();
    Compression compression =
        name.endsWith(".gz")
            ? Compression.GZIP
            : name.endsWith(".bz2") ? Compression.BZIP2 : Compression.NONE;
    RawFile file =
        new RawFile("real", LocalDate.EPOCH, name, Files.size(path), Instant.EPOCH, compression);
    org.apache.hadoop.fs.Path root =
        new org.apache.hadoop.fs.Path(path.toAbsolutePath().normalize().getParent().toUri());
    for (RawLines.Slice slice : RawLines.slices(file, 100_000)) {
      RawLines.Result result =
          RawLines.read(
              root,
              file,
              slice,
              ReadLimits.ofLines(RawLines.LONGEST_LINE),
              new Configuration(),
              new RawLines.Handler() {
                @Override
                public void line(byte[] buffer, int offset, int length, long number, long at) {
                  lines++;
                  Statements statements = new Statements();
                  try {
                    format.parse(buffer, offset, length, statements);
                  } catch (RejectedLineException e) {
                    rejects.add(e.getMessage());
                    return;
                  }
                  statements.records.forEach(RealDumpsTest.this::say);
                  ignored.addAll(statements.ignored);
                }

                @Override
                public void tooLong(long number, long at, long length) {
                  rejects.add("too long");
                }
              });
      assertThat(result.fault()).isNull();
    }
  }

  private void say(ParsedRecord record) {
    String id = record.recordId;
    switch (record.kind) {
      case ACCOUNT -> add(said, record.status == null ? "account" : "status", record.accountId);
      case POST -> add(said, "post", id + " " + record.accountId);
      case DELETION -> add(said, "deletion", id + " " + record.accountId);
      case LIST -> add(said, "list", id);
      case INTERACTION ->
          add(
              said,
              record.verb.word(),
              id + " " + record.accountId + " " + record.targetAccountId + " " + record.objectId);
    }
    if (record.viaId != null) {
      add(said, "via", id + " " + record.viaId);
    }
  }

  private static void add(Map<String, Set<String>> sets, String kind, String identity) {
    sets.computeIfAbsent(kind, k -> new TreeSet<>()).add(identity);
  }

  private interface Counter {
    void count(JsonNode line);
  }

  private static void count(Path path, Counter counter) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    String name = path.toString();
    try (InputStream stored = Files.newInputStream(path);
        InputStream unpacked =
            name.endsWith(".bz2")
                ? new BZip2CompressorInputStream(stored, true)
                : name.endsWith(".gz") ? new GZIPInputStream(stored) : stored;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        if (!line.isBlank()) {
          counter.count(mapper.readTree(line));
        }
      }
    }
  }

  private static String id(JsonNode node, String member) {
    JsonNode text = node.path(member + "_str");
    return text.isTextual() ? text.asText() : node.path(member).asText();
  }

  private void countTweet(JsonNode tweet, JsonNode quotedOutside) {
    String id = id(tweet, "id");
    String author = id(tweet.get("user"), "id");
    if (tweet.get("user").hasNonNull("screen_name")) {
      add(counted, "account", author);
    }
    JsonNode quoted =
        tweet.hasNonNull("quoted_status") ? tweet.get("quoted_status") : quotedOutside;
    if (tweet.hasNonNull("retweeted_status")) {
      JsonNode original = tweet.get("retweeted_status");
      add(
          counted,
          "repost",
          id + " " + author + " " + id(original.get("user"), "id") + " " + id(original, "id"));
      countTweet(original, quoted);
      return;
    }
    if (isRetweetByText(tweet)) {
      for (JsonNode mention : entities(tweet).path("user_mentions")) {
        if (mention.path("indices").path(0).asInt() == 3) {
          add(counted, "repost", id + " " + author + " " + id(mention, "id") + " null");
        }
      }
      if (quoted != null) {
        countTweet(quoted, null);
      }
      return;
    }
    add(counted, "post", id + " " + author);
    if (tweet.hasNonNull("in_reply_to_user_id")) {
      String status =
          tweet.hasNonNull("in_reply_to_status_id") ? id(tweet, "in_reply_to_status_id") : null;
      add(
          counted,
          "reply",
          id + " " + author + " " + id(tweet, "in_reply_to_user_id") + " " + status);
    }
    if (quoted != null) {
      add(
          counted,
          "quote",
          id + " " + author + " " + id(quoted.get("user"), "id") + " " + id(quoted, "id"));
      countTweet(quoted, null);
    }
    for (JsonNode mention : entities(tweet).path("user_mentions")) {
      add(counted, "mention", id + " " + author + " " + id(mention, "id") + " null");
    }
  }

  private static JsonNode entities(JsonNode tweet) {
    JsonNode extended = tweet.path("extended_tweet").path("entities");
    return extended.isMissingNode() ? tweet.path("entities") : extended;
  }

  private static boolean isRetweetByText(JsonNode tweet) {
    String text = tweet.path("extended_tweet").path("full_text").asText("");
    text = text.isEmpty() ? tweet.path("full_text").asText("") : text;
    text = text.isEmpty() ? tweet.path("text").asText("") : text;
    int colon = text.indexOf(": ");
    return text.startsWith("RT @")
        && colon > 4
        && colon <= 24
        && text.substring(4, colon).chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
  }

  private void countLineOfX(JsonNode line) {
    if (line.has("delete")) {
      JsonNode status = line.get("delete").get("status");
      add(counted, "deletion", id(status, "id") + " " + id(status, "user_id"));
    } else {
      countTweet(line, null);
    }
  }

  @Test
  void tenMinutesOfTheSampleStream() throws IOException {
    List<Path> files;
    try (var found = Files.list(DATA.resolve("twitter-v1-stream"))) {
      files = found.filter(p -> p.toString().endsWith(".json.bz2")).sorted().toList();
    }
    for (Path file : files) {
      read(Formats.byName("x-v1-stream"), file);
      count(file, this::countLineOfX);
    }
    assertThat(rejects).isEmpty();
    assertThat(said).isEqualTo(counted);
    assertThat(lines).isEqualTo(37_051);
    assertThat(said.keySet())
        .containsExactlyInAnyOrder(
            "account", "post", "repost", "reply", "quote", "mention", "deletion");
    // As count-x.py counts them.
    assertThat(said.get("post")).hasSize(19_063);
    assertThat(said.get("repost")).hasSize(5_366);
    assertThat(said.get("reply")).hasSize(5_565);
    assertThat(said.get("quote")).hasSize(537);
    assertThat(said.get("mention")).hasSize(9_418);
    assertThat(said.get("deletion")).hasSize(18_004);
  }

  @Test
  void samplesThatCameThroughOtherHands() throws IOException {
    Path samples = DATA.resolve("twitter-v1-samples");
    for (String file :
        List.of(
            "10-sample.jsonl", "100-sample.jsonl", "500-sample.jsonl.gz", "nl-tweets.json.gz")) {
      read(Formats.byName("x-v1-stream"), samples.resolve(file));
      count(samples.resolve(file), this::countLineOfX);
    }
    read(Formats.byName("x-v1-stream"), DATA.resolve("dirty/public_api_sample.json"));
    count(DATA.resolve("dirty/public_api_sample.json"), this::countLineOfX);
    assertThat(rejects).isEmpty();
    assertThat(said).isEqualTo(counted);
    assertThat(said.get("post")).hasSizeGreaterThan(1_500);
  }

  private static String first(JsonNode tweet) {
    JsonNode versions = tweet.path("edit_history_tweet_ids");
    return versions.isEmpty() ? tweet.get("id").asText() : versions.get(0).asText();
  }

  private static String author(JsonNode tweet) {
    return tweet == null
        ? null
        : tweet.hasNonNull("author_id")
            ? tweet.get("author_id").asText()
            : tweet.path("author").path("id").asText(null);
  }

  private static String text(JsonNode node, String member, String otherwise) {
    return node.hasNonNull(member) ? node.get(member).asText() : otherwise;
  }

  private void countTweetOfV2(
      JsonNode tweet, Map<String, JsonNode> known, Map<String, String> names) {
    Map<String, JsonNode> target = new TreeMap<>();
    Map<String, String> ids = new TreeMap<>();
    for (JsonNode reference : tweet.path("referenced_tweets")) {
      String id = reference.get("id").asText();
      if (reference.has("text")) {
        known.put(id, reference);
      }
      ids.put(reference.get("type").asText(), known.containsKey(id) ? first(known.get(id)) : id);
      target.put(reference.get("type").asText(), known.getOrDefault(id, tweet.path("nothing")));
    }
    for (String member : List.of("author", "in_reply_to_user")) {
      if (tweet.has(member)) {
        add(counted, "account", tweet.get(member).get("id").asText());
      }
    }
    String me = first(tweet) + " " + author(tweet) + " ";
    Map<Integer, String> mentioned = new TreeMap<>();
    for (JsonNode mention : tweet.path("entities").path("mentions")) {
      String account =
          text(mention, "id", names.get(mention.get("username").asText().toLowerCase(Locale.ROOT)));
      if (account != null) {
        mentioned.put(mention.get("start").asInt(), account);
      }
      if (mention.has("public_metrics") && !ids.containsKey("retweeted")) {
        add(counted, "account", account);
      }
    }
    if (ids.containsKey("retweeted")) {
      String who = author(target.get("retweeted"));
      add(
          counted,
          "repost",
          me + (who == null ? mentioned.get(3) : who) + " " + ids.get("retweeted"));
    } else {
      add(counted, "post", me.strip());
      if (ids.containsKey("replied_to") || tweet.hasNonNull("in_reply_to_user_id")) {
        String who = text(tweet, "in_reply_to_user_id", author(target.get("replied_to")));
        add(counted, "reply", me + who + " " + ids.get("replied_to"));
      }
      if (ids.containsKey("quoted")) {
        add(counted, "quote", me + author(target.get("quoted")) + " " + ids.get("quoted"));
      }
      mentioned.values().forEach(account -> add(counted, "mention", me + account + " null"));
    }
    for (JsonNode reference : tweet.path("referenced_tweets")) {
      if (reference.has("text")) {
        countTweetOfV2(reference, known, names);
      }
    }
  }

  private void countPageOfV2(JsonNode page) {
    if (page.has("action")) {
      // Those of tweets among the samples have ids beyond 32 bits, those of users not.
      boolean tweet = page.get("id").asLong() > Integer.MAX_VALUE;
      add(
          counted,
          tweet ? "deletion" : "account",
          page.get("id").asText() + (tweet ? " null" : ""));
      return;
    }
    JsonNode data = page.path("data");
    List<JsonNode> elements = new ArrayList<>();
    if (data.isArray()) {
      data.forEach(elements::add);
    } else {
      elements.add(data.isObject() ? data : page);
    }
    Map<String, String> names = new TreeMap<>();
    for (JsonNode user : page.path("includes").path("users")) {
      names.put(user.get("username").asText().toLowerCase(Locale.ROOT), user.get("id").asText());
      add(counted, "account", user.get("id").asText());
    }
    page.path("includes").path("tweets").forEach(elements::add);
    Map<String, JsonNode> known = new TreeMap<>();
    for (JsonNode element : elements) {
      if (element.has("text")) {
        known.put(element.get("id").asText(), element);
      } else if (element.has("username")) {
        add(counted, "account", element.get("id").asText());
      } else if (element.has("owner_id")) {
        add(counted, "list", element.get("id").asText());
      }
    }
    elements.stream().filter(e -> e.has("text")).forEach(e -> countTweetOfV2(e, known, names));
  }

  @Test
  void pagesOfTheSecondVersionOfX() throws IOException {
    List<Path> files;
    try (var found = Files.list(DATA.resolve("twitter-v2"))) {
      files = found.sorted().toList();
    }
    for (Path file : files) {
      read(Formats.byName("x-v2"), file);
      if (!file.endsWith("streaming_output_with_error.jsonl")) {
        count(file, this::countPageOfV2);
      } else {
        List<String> whole = Files.readAllLines(file);
        for (String line : whole.subList(0, whole.size() - 1)) {
          countPageOfV2(new ObjectMapper().readTree(line));
        }
      }
    }
    // The line at which the stream broke off.
    assertThat(rejects).containsExactly("not JSON: unexpected end");
    assertThat(said).isEqualTo(counted);
    // As count-x-v2.py counts them.
    assertThat(said.get("post")).hasSize(979);
    assertThat(said.get("repost")).hasSize(634);
    assertThat(said.get("reply")).hasSize(287);
    assertThat(said.get("quote")).hasSize(106);
    assertThat(said.get("mention")).hasSize(607);
    assertThat(said.get("deletion")).hasSize(2);
    assertThat(said.get("account")).hasSize(1_834);
    assertThat(said.get("list")).hasSize(6);
  }

  @Test
  void aWindowOfJetstream() throws IOException {
    Path file = DATA.resolve("bluesky/expected_v1.jsonl");
    read(Formats.byName("bluesky-jetstream"), file);
    Map<String, String> verbs =
        Map.of(
            "app.bsky.feed.like", "like",
            "app.bsky.feed.repost", "repost",
            "app.bsky.graph.follow", "follow",
            "app.bsky.graph.block", "block");
    count(
        file,
        line -> {
          JsonNode commit = line.path("commit");
          JsonNode record = commit.path("record");
          String did = line.get("did").asText();
          String collection = commit.path("collection").asText();
          String uri = "at://" + did + "/" + collection + "/" + commit.path("rkey").asText();
          if (line.has("account")) {
            add(counted, "status", did);
          } else if (commit.path("operation").asText().equals("delete")) {
            add(counted, "deletion", uri + " " + did);
          } else if (collection.equals("app.bsky.feed.post")) {
            add(counted, "post", uri + " " + did);
            if (record.has("reply")) {
              String parent = record.get("reply").get("parent").get("uri").asText();
              add(counted, "reply", uri + " " + did + " " + parent.split("/")[2] + " " + parent);
            }
          } else if (verbs.containsKey(collection)) {
            JsonNode subject = record.get("subject");
            String object = subject.isTextual() ? null : subject.get("uri").asText();
            String target = object == null ? subject.asText() : object.split("/")[2];
            add(counted, verbs.get(collection), uri + " " + did + " " + target + " " + object);
            if (record.has("via")) {
              add(counted, "via", uri + " " + record.get("via").get("uri").asText());
            }
          }
        });
    assertThat(rejects).isEmpty();
    assertThat(said).isEqualTo(counted);
    assertThat(ignored)
        .containsExactlyInAnyOrder(
            "collection fm.teal.alpha.actor.status",
            "collection app.bsky.actor.status",
            "identity without a handle");
    // As count-bluesky.jq counts them.
    assertThat(said.get("post")).hasSize(17);
    assertThat(said.get("like")).hasSize(105);
    assertThat(said.get("repost")).hasSize(15);
    assertThat(said.get("follow")).hasSize(6);
    assertThat(said.get("reply")).hasSize(8);
    assertThat(said.get("deletion")).hasSize(4);
    assertThat(said.get("via")).hasSize(24);
  }

  /** What is missing of the fourth is nothing that is wanted. */
  @Test
  void payloadsThatAreBroken() throws IOException {
    for (String file :
        List.of(
            "activity_streams_missing_field",
            "activity_streams_additional_field",
            "original_format_additional_field",
            "original_format_missing_field",
            "original_format_missing_quotetweet_field",
            "original_format_missing_user")) {
      int before = rejects.size();
      read(Formats.byName("x-v1-stream"), DATA.resolve("dirty/" + file + ".json"));
      if (rejects.size() == before) {
        rejects.add("accepted");
      }
    }
    assertThat(rejects)
        .containsExactly(
            "created_at: missing",
            "accepted",
            "accepted",
            "accepted",
            "quoted_status.user: missing",
            "user: missing");
  }

  @Test
  void aGzipFileThatIsCutOffAtItsSource() throws IOException {
    Path folder = DATA.resolve("dirty").toAbsolutePath().normalize();
    String name = "soc-Epinions1.TRUNCATED.txt.gz";
    RawFile file =
        new RawFile(
            "real",
            LocalDate.EPOCH,
            name,
            Files.size(folder.resolve(name)),
            Instant.EPOCH,
            Compression.GZIP);
    long[] heard = new long[1];
    RawLines.Result result =
        RawLines.read(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            file,
            RawLines.slices(file, 1_000).get(0),
            ReadLimits.ofLines(RawLines.LONGEST_LINE),
            new Configuration(),
            new RawLines.Handler() {
              @Override
              public void line(byte[] buffer, int offset, int length, long number, long at) {
                heard[0] = number;
              }

              @Override
              public void tooLong(long number, long at, long length) {
                throw new AssertionError();
              }
            });
    assertThat(result.lineCount()).isEqualTo(heard[0]).isGreaterThan(100_000);
    assertThat(result.fault()).isEqualTo(new RawLines.Fault("truncated gz file", heard[0] + 1));
  }

  /** The owner of the repository that a pull request is for. */
  private void addOwner(JsonNode request) {
    JsonNode owner = request.path("base").path("repo").path("owner");
    if (owner.has("id")) {
      add(counted, "account", owner.get("id").asText());
    }
  }

  @Test
  void anHourOfGitHub() throws IOException {
    Path file = DATA.resolve("github-events/2015-01-01-0.json.gz");
    read(Formats.byName("gh-archive"), file);
    Pattern name = Pattern.compile("@[A-Za-z0-9]");
    Set<String> withoutNames = new TreeSet<>();
    count(
        file,
        event -> {
          String actor = event.get("actor").get("id").asText();
          String repository = event.get("repo").get("id").asText();
          String login =
              event.get("repo").get("name").asText().split("/")[0].toLowerCase(Locale.ROOT);
          boolean isOrganisation =
              event.path("org").path("login").asText().toLowerCase(Locale.ROOT).equals(login);
          String owner = isOrganisation ? event.get("org").get("id").asText() : "@" + login;
          JsonNode payload = event.get("payload");
          String id = event.get("id").asText();
          String does = " " + actor + " " + owner + " ";
          add(counted, "account", actor);
          if (isOrganisation) {
            add(counted, "account", owner);
          }
          JsonNode on = payload.has("issue") ? payload.get("issue") : payload.path("pull_request");
          String object = repository + "#" + on.path("number").asText();
          String author = on.path("user").path("id").asText();
          String said = on.path("body").asText("");
          switch (event.get("type").asText() + " " + payload.path("action").asText("")) {
            case "WatchEvent started" -> add(counted, "like", id + does + repository);
            case "ForkEvent " -> add(counted, "repost", id + does + repository);
            case "MemberEvent added" -> {
              String member = payload.get("member").get("id").asText();
              add(counted, "like", id + " " + actor + " " + member + " null");
              add(counted, "account", member);
            }
            case "IssuesEvent opened", "PullRequestEvent opened" -> {
              add(counted, "post", object + " " + actor);
              add(counted, "mention", object + does + "null");
              addOwner(on);
              said += on.get("title").asText();
              id = object;
            }
            case "PullRequestEvent closed" -> {
              String by = on.get("user").get("login").asText().toLowerCase(Locale.ROOT);
              if (on.get("merged").asBoolean() && !by.equals(login)) {
                add(counted, "like", id + " " + actor + " " + author + " " + object);
                add(counted, "account", author);
                addOwner(on);
              }
              return;
            }
            case "IssueCommentEvent created", "PullRequestReviewCommentEvent created" -> {
              String prefix = payload.has("issue") ? "comment:" : "review-comment:";
              id = prefix + payload.get("comment").get("id").asText();
              add(counted, "post", id + " " + actor);
              add(counted, "reply", id + " " + actor + " " + author + " " + object);
              add(counted, "account", author);
              said = payload.get("comment").get("body").asText();
            }
            case "CommitCommentEvent " -> {
              id = "commit-comment:" + payload.get("comment").get("id").asText();
              add(counted, "post", id + " " + actor);
              add(counted, "reply", id + does + "null");
              said = payload.get("comment").get("body").asText();
            }
            case "ReleaseEvent published" -> {
              id = "release:" + payload.get("release").get("id").asText();
              add(counted, "post", id + " " + actor);
              said = payload.get("release").path("body").asText("");
            }
            default -> {
              return;
            }
          }
          if (!name.matcher(said).find()) {
            withoutNames.add(id);
          }
        });
    assertThat(rejects).isEmpty();
    assertThat(lines).isEqualTo(7_702);
    // Who is named in a text is for the fixtures: here, none where there is no @ before a name.
    Set<String> named = new TreeSet<>(said.get("mention"));
    named.removeAll(counted.get("mention"));
    assertThat(named).hasSizeGreaterThan(100);
    assertThat(named).noneMatch(mention -> withoutNames.contains(mention.split(" ")[0]));
    said.get("mention").removeAll(named);
    assertThat(said).isEqualTo(counted);
    // 642 stars, 16 members and the merged ones of 151 closed pull requests.
    assertThat(said.get("like")).hasSizeGreaterThan(642 + 16);
    assertThat(said.get("repost")).hasSize(213);
    assertThat(said.get("reply")).hasSize(650 + 85 + 56);
    assertThat(said.get("post")).hasSize(235 + 163 + 650 + 85 + 56 + 24);
  }
}
