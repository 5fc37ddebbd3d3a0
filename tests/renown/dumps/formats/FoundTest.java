package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.dumps.RawLines;
import renown.dumps.Verb;

/**
 * Made-up inputs in native layouts, of kinds that break readers of social dumps, say what the
 * expected.json beside them says. They lie outside of the project; without them, nothing is tested.
 */
class FoundTest {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data")).resolve("found");

  private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

  @BeforeEach
  void dataIsThere() {
    assumeTrue(Files.isDirectory(DATA), () -> "no data in " + DATA.toAbsolutePath());
  }

  private static JsonNode expected(String folder) throws IOException {
    return new ObjectMapper().readTree(DATA.resolve(folder).resolve("expected.json").toFile());
  }

  /** The files of a case, each alone and all together: what is right does not depend on it. */
  private static List<ToldByDumps> eachAndAll(String folder, JsonNode node) throws IOException {
    List<String> names = new ArrayList<>();
    node.get("files").fieldNames().forEachRemaining(names::add);
    List<ToldByDumps> told = new ArrayList<>();
    String format = node.get("format").asText();
    for (String name : names) {
      told.add(ToldByDumps.of(format, DAY, DATA.resolve(folder), name));
      // A plain file is cut into slices; it says the same.
      ToldByDumps sliced = new ToldByDumps(format, DAY);
      sliced.read(DATA.resolve(folder), 900, name);
      assertThat(sliced.everything()).as(name).isEqualTo(told.get(told.size() - 1).everything());
    }
    told.add(ToldByDumps.of(format, DAY, DATA.resolve(folder), names.toArray(String[]::new)));
    return told;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "youtube-comment-threads",
        "github-events",
        "x-v1-search",
        "x-v1-array",
        "x-v2-page",
        "hn-algolia-thread"
      })
  void jsonOverManyLines(String name) throws IOException {
    JsonNode right = expected("json-over-many-lines").get("cases").get(name);
    for (ToldByDumps told : eachAndAll("json-over-many-lines", right)) {
      assertThat(told.rejects).isEmpty();
      assertThat(told.posts()).hasSize(right.get("posts").asInt());
      assertThat(told.count(Verb.REPOST))
          .isEqualTo(right.path("reposts").asInt() + right.path("forks").asInt());
      assertThat(told.count(Verb.QUOTE)).isEqualTo(right.path("quotes").asInt());
      JsonNode replies = right.get("replies");
      assertThat(told.count(Verb.REPLY))
          .isEqualTo(replies.isObject() ? replies.get("all").asInt() : replies.asInt());
      if (right.has("stars")) {
        assertThat(told.count(Verb.LIKE)).isEqualTo(right.get("stars").asInt());
        JsonNode mentions = right.get("mentions");
        assertThat(told.count(Verb.MENTION))
            .isEqualTo(
                mentions.get("owner, by opening").asInt()
                    + mentions.get("by @name in a text").asInt());
      } else {
        assertThat(told.count(Verb.LIKE)).isEqualTo(right.path("likes").asInt());
      }
      if (right.has("mentions_distinct_per_post")) {
        assertThat(told.count(Verb.MENTION))
            .isEqualTo(right.get("mentions_distinct_per_post").asInt());
      }
      if (right.has("distinct_authors")) {
        assertThat(new TreeSet<>(told.authors().values()))
            .hasSize(right.get("distinct_authors").asInt());
      }
      if (right.has("distinct_authors_of_posts")) {
        assertThat(new TreeSet<>(told.authors().values()))
            .hasSize(right.get("distinct_authors_of_posts").asInt());
      }
      if (right.has("distinct_users")) {
        assertThat(told.profiles()).hasSize(right.get("distinct_users").asInt());
      }
    }
  }

  @Test
  void gluedLines() throws IOException {
    JsonNode right = expected("github-glued");
    for (String name : List.of("2011-03-15-21.json.gz", "2012-11-21-3.json.gz")) {
      JsonNode hour = right.get("files").get(name);
      ToldByDumps told = ToldByDumps.of("gh-archive", DAY, DATA.resolve("github-glued"), name);
      assertThat(told.rejects).isEmpty();
      assertThat(told.records).isEqualTo(hour.get("events").asInt());
      assertThat(told.count(Verb.LIKE)).isEqualTo(hour.get("stars").asInt());
      assertThat(told.count(Verb.REPOST)).isEqualTo(hour.get("forks").asInt());
      assertThat(told.count(Verb.FOLLOW)).isEqualTo(hour.get("follows").asInt());
      assertThat(told.count(Verb.MENTION)).isEqualTo(hour.get("issues_opened").asInt());
    }
  }

  @Test
  void identifiersOfTheAtProtocol() throws IOException {
    JsonNode right = expected("did-syntax");
    Path folder = DATA.resolve("did-syntax");
    ToldByDumps told = ToldByDumps.of("bluesky-jetstream", DAY, folder, "jetstream.jsonl");
    assertThat(told.rejects).hasSize(right.get("refuse").asInt());
    assertThat(told.count(Verb.FOLLOW)).isEqualTo(right.get("follows").asInt());
    assertThat(told.count(Verb.LIKE)).isEqualTo(right.get("likes").asInt());
    assertThat(told.acts(Verb.LIKE).stream().filter(like -> like.objectId() != null))
        .hasSize(right.get("likes_of_a_post").asInt());
    assertThat(told.acts(Verb.FOLLOW).stream().map(ToldByDumps.Act::target).distinct())
        .hasSize(right.get("distinct_accounts_followed").asInt());
    // Each line for itself, by the reason that expected.json gives.
    List<String> lines = Files.readAllLines(folder.resolve("jetstream.jsonl"));
    for (JsonNode row : right.get("rows")) {
      List<String> said =
          Statements.asText(
              Formats.byName("bluesky-jetstream"), lines.get(row.get("line").asInt() - 1));
      assertThat(said.get(0).startsWith("interaction"))
          .as(row.toString())
          .isEqualTo(row.get("verdict").asText().equals("accept"));
    }
  }

  @Test
  void hackerNewsOfThreeSources() throws IOException {
    JsonNode right = expected("hacker-news-shapes");
    Path folder = DATA.resolve("hacker-news-shapes");
    for (String name : List.of("firebase.jsonl", "bigquery.jsonl", "algolia.jsonl")) {
      JsonNode file = right.get("files").get(name);
      ToldByDumps told = ToldByDumps.of("hacker-news", DAY, folder, name);
      assertThat(told.rejects).isEmpty();
      assertThat(told.records).isEqualTo(file.get("lines").asInt());
      assertThat(told.posts()).hasSize(file.get("posts").asInt());
      assertThat(told.count(Verb.REPLY)).isEqualTo(file.get("replies").asInt());
      JsonNode ignored = file.path("ignored");
      assertThat(told.ignored.getOrDefault("deleted item", 0L))
          .isEqualTo(ignored.path("deleted").asInt());
      assertThat(told.ignored.getOrDefault("dead item", 0L))
          .isEqualTo(ignored.path("dead").asInt());
      assertThat(told.ignored.getOrDefault("null", 0L)).isEqualTo(ignored.path("null").asInt());
    }
    JsonNode firebase = right.get("files").get("firebase.jsonl");
    ToldByDumps told =
        ToldByDumps.of(
            "hacker-news", DAY, folder, "firebase.jsonl", "bigquery.jsonl", "algolia.jsonl");
    JsonNode together = right.get("all three together");
    assertThat(told.posts()).hasSize(together.get("posts").asInt());
    assertThat(told.count(Verb.REPLY)).isEqualTo(together.get("replies").asInt());
    assertThat(new TreeSet<>(told.authors().values()))
        .hasToString("[" + String.join(", ", texts(firebase.get("authors"))) + "]");
    List<List<String>> known =
        told.pairs(Verb.REPLY).stream().filter(pair -> pair.get(1) != null).toList();
    assertThat(known).isEqualTo(pairs(firebase.get("replies_with_a_known_target"), name -> name));
    assertThat(told.count(Verb.REPLY) - known.size())
        .isEqualTo(firebase.get("replies_to_what_is_deleted").asInt());
  }

  @Test
  void retweetsToldByTheirText() throws IOException {
    JsonNode right = expected("retweet-by-text");
    UnaryOperator<String> id = name -> right.get("accounts").path(name).asText(name);
    Path folder = DATA.resolve("retweet-by-text");
    JsonNode first = right.get("files").get("v1-without-retweeted-status.jsonl");
    ToldByDumps told =
        ToldByDumps.of("x-v1-stream", DAY, folder, "v1-without-retweeted-status.jsonl");
    assertThat(told.rejects).isEmpty();
    assertThat(told.posts()).hasSize(first.get("posts").asInt());
    assertThat(told.pairs(Verb.REPOST)).isEqualTo(pairs(first.get("reposts"), id));
    assertThat(told.pairs(Verb.MENTION)).isEqualTo(pairs(first.get("mentions"), id));
    ToldByDumps second = ToldByDumps.of("x-v2", DAY, folder, "v2-without-expansions.jsonl");
    JsonNode reposts = right.get("files").get("v2-without-expansions.jsonl").get("reposts");
    assertThat(second.rejects).isEmpty();
    assertThat(second.posts()).isEmpty();
    assertThat(second.acts()).hasSize(reposts.size());
    assertThat(second.pairs(Verb.REPOST).get(0)).isEqualTo(texts(reposts.get(0)));
    ToldByDumps.Act unknown = second.acts(Verb.REPOST).get(1);
    assertThat(unknown.actor()).isEqualTo(reposts.get(1).get(0).asText());
    assertThat(unknown.target()).isNull();
    assertThat(reposts.get(1).get(1).asText()).contains(unknown.objectId());
    assertThat(told.authors()).containsKey(unknown.objectId());
  }

  @Test
  void theArchiveOfAnAccountOfX() throws IOException {
    JsonNode right = expected("x-own-archive");
    Path folder = DATA.resolve("x-own-archive");
    String owner = right.get("owner").get("account_id").asText();
    List<List<String>> whole = new ArrayList<>();
    for (String[] names :
        new String[][] {
          {"data"}, {"twitter-2022-11-05-madeup.zip"}, {"data", "twitter-2022-11-05-madeup.zip"}
        }) {
      ToldByDumps told = ToldByDumps.of("x-v1-stream", DAY, folder, names);
      assertThat(told.rejects).isEmpty();
      assertThat(told.posts()).hasSize(right.get("posts").asInt());
      assertThat(told.authors().values()).containsOnly(owner);
      JsonNode accounts = right.get("accounts");
      JsonNode reposts = right.get("reposts_by_text");
      List<String> reposted = told.acts(Verb.REPOST).stream().map(ToldByDumps.Act::target).toList();
      assertThat(reposted.stream().filter(accounts.get("pond").asText()::equals))
          .hasSize(reposts.get("to pond").asInt());
      assertThat(reposted.stream().filter(accounts.get("gate").asText()::equals))
          .hasSize(reposts.get("to gate").asInt());
      assertThat(reposted.stream().filter(owner::equals))
          .hasSize(reposts.get("to oneself").asInt());
      assertThat(reposted).hasSize(4);
      List<String> replied = told.acts(Verb.REPLY).stream().map(ToldByDumps.Act::target).toList();
      assertThat(replied)
          .containsExactlyInAnyOrder(
              accounts.get("fern").asText(), owner, accounts.get("gone").asText());
      List<String> named = told.acts(Verb.MENTION).stream().map(ToldByDumps.Act::target).toList();
      assertThat(named).hasSize(right.get("mentions").get("all").asInt());
      assertThat(named.stream().filter(accounts.get("fern").asText()::equals))
          .hasSize(right.get("mentions").get("fern").asInt());
      assertThat(named.stream().filter(accounts.get("pond").asText()::equals))
          .hasSize(right.get("mentions").get("pond").asInt());
      assertThat(told.count(Verb.LIKE)).isEqualTo(right.get("likes").asInt());
      assertThat(told.acts(Verb.FOLLOW).stream().filter(act -> act.actor().equals(owner)))
          .hasSize(right.get("follows_by_the_owner").asInt());
      assertThat(told.acts(Verb.FOLLOW).stream().filter(act -> act.target().equals(owner)))
          .hasSize(right.get("follows_of_the_owner").asInt());
      assertThat(told.profiles().get(owner).handle)
          .isEqualTo(right.get("owner").get("handle").asText());
      assertThat(told.everything().toString()).doesNotContain("@example.org");
      whole.add(told.acts().stream().map(String::valueOf).sorted().toList());
    }
    assertThat(whole.get(1)).isEqualTo(whole.get(0));
    assertThat(whole.get(2)).isEqualTo(whole.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "announces.jsonl",
        "lemmy-group-outbox.json",
        "peertube.jsonl",
        "wordpress.jsonl",
        "misskey.jsonl",
        "pixelfed.jsonl",
        "friendica.jsonl",
        "gotosocial.jsonl"
      })
  void announcesOfTheFediverse(String name) throws IOException {
    JsonNode right = expected("fediverse-announces").get("files").get(name);
    ToldByDumps told = ToldByDumps.of("mastodon", DAY, DATA.resolve("fediverse-announces"), name);
    assertThat(told.rejects).isEmpty();
    assertThat(told.records).isEqualTo(right.get("lines").asInt());
    assertThat(told.posts().keySet())
        .containsExactlyInAnyOrderElementsOf(() -> right.get("posts").fieldNames());
    for (var post : right.get("posts").properties()) {
      String[] authorAndText = post.getValue().asText().split(", text '");
      var said = told.posts().get(post.getKey());
      assertThat(nameOf(said.accountId)).isEqualTo(authorAndText[0]);
      if (authorAndText.length > 1) {
        for (String words : authorAndText[1].replace("'", "").split(" … ")) {
          assertThat(said.text).contains(words);
        }
      }
    }
    assertThat(told.deletedPosts())
        .containsExactlyInAnyOrderElementsOf(texts(right.path("deleted_posts")));
    for (Verb verb : List.of(Verb.REPOST, Verb.REPLY, Verb.QUOTE, Verb.MENTION, Verb.LIKE)) {
      String plural = verb == Verb.REPLY ? "replies" : verb.word() + "s";
      List<List<String>> expected =
          pairs(right.path(plural), who -> who.equals("the group") ? "bees" : who);
      List<List<String>> said =
          told.acts(verb).stream()
              .map(act -> List.of(nameOf(act.actor()), nameOf(act.target())))
              .sorted(Comparator.comparing(String::valueOf))
              .toList();
      assertThat(said).as(verb.word()).isEqualTo(expected);
    }
    assertThat(told.ignored.getOrDefault("activity Dislike", 0L))
        .isEqualTo(right.path("dislikes_which_are_no_likes").asInt());
    assertThat(told.ignored.getOrDefault("post that is not public", 0L))
        .isEqualTo(right.path("not_public").asInt());
  }

  /** The end of an account's address: a name; Misskey writes {@code 9madeup} before it. */
  private static String nameOf(String account) {
    String path = account.replaceFirst("/$", "");
    return path.substring(path.lastIndexOf('/') + 1).replace("9madeup", "");
  }

  @Test
  void farcaster() throws IOException {
    JsonNode right = expected("farcaster");
    UnaryOperator<String> id = name -> right.get("accounts").get(name).asText();
    Path folder = DATA.resolve("farcaster");
    String[] tables = {"casts.jsonl", "reactions.jsonl", "links.jsonl", "user_data.jsonl"};
    String[] all = {
      "replicator-reactions.jsonl",
      "user_data.jsonl",
      "links.jsonl",
      "replicator-casts.jsonl",
      "reactions.jsonl",
      "casts.jsonl"
    };
    for (String[] names : new String[][] {tables, all}) {
      ToldByDumps told = ToldByDumps.of("farcaster", DAY, folder, names);
      assertThat(told.rejects).isEmpty();
      assertThat(told.posts()).hasSize(right.get("posts_all").asInt());
      for (var posts : right.get("posts").properties()) {
        assertThat(told.authors().values().stream().filter(id.apply(posts.getKey())::equals))
            .hasSize(posts.getValue().asInt());
      }
      for (var done : right.get("acts").properties()) {
        Verb verb = Verb.valueOf(done.getKey().toUpperCase(Locale.ROOT));
        assertThat(told.pairs(verb)).as(done.getKey()).isEqualTo(pairs(done.getValue(), id));
      }
      int acts = 0;
      for (JsonNode count : right.get("acts_counts")) {
        acts += count.asInt();
      }
      assertThat(told.acts()).hasSize(acts);
      for (var text : right.get("texts").properties()) {
        String named = text.getValue().asText();
        for (var account : right.get("accounts").properties()) {
          named = named.replace("<name of " + account.getKey() + ">", account.getValue().asText());
        }
        assertThat(told.posts().get("0x" + text.getKey()).text).isEqualTo(named);
      }
      for (var profile : right.get("profiles").properties()) {
        var said = told.profiles().get(id.apply(profile.getKey()));
        JsonNode should = profile.getValue();
        assertThat(said.displayName).isEqualTo(should.get("display_name").asText());
        assertThat(said.handle).isEqualTo(should.path("handle").asText(null));
        if (should.has("bio")) {
          assertThat(said.description).isEqualTo(should.get("bio").asText("").replace("null", ""));
        }
      }
      assertThat(told.ignored)
          .containsEntry("reaction to an address", 1L)
          .containsEntry("reaction 9", 1L)
          .containsEntry("link favorite", 1L);
    }
  }

  @Test
  void nostr() throws IOException {
    JsonNode right = expected("nostr");
    UnaryOperator<String> id =
        name -> right.get("accounts").has(name) ? right.get("accounts").get(name).asText() : null;
    // The evening on which both relays were asked; what claims to be later is refused.
    LocalDate night = LocalDate.of(2024, 6, 2);
    for (String[] names :
        new String[][] {
          {"relay-a.jsonl"}, {"relay-a.jsonl", "relay-b.jsonl"}, {"relay-b.jsonl", "relay-a.jsonl"}
        }) {
      ToldByDumps told = new ToldByDumps("nostr", night);
      for (String name : names) {
        told.read(DATA.resolve("nostr"), RawLines.SLICE_SIZE, name);
      }
      int refused = 0;
      for (JsonNode count : right.get("refused")) {
        refused += count.asInt();
      }
      assertThat(told.rejects).hasSize(refused);
      assertThat(told.posts()).hasSize(right.get("posts_all").asInt());
      for (var posts : right.get("posts").properties()) {
        assertThat(told.authors().values().stream().filter(id.apply(posts.getKey())::equals))
            .as(posts.getKey())
            .hasSize(posts.getValue().asInt());
      }
      for (var done : right.get("acts").properties()) {
        Verb verb = Verb.valueOf(done.getKey().toUpperCase(Locale.ROOT));
        List<List<String>> known =
            told.pairs(verb).stream().filter(pair -> pair.get(1) != null).toList();
        assertThat(known).as(done.getKey()).isEqualTo(pairs(done.getValue(), id));
        if (verb == Verb.ZAP) {
          for (JsonNode zap : done.getValue()) {
            assertThat(
                    told.acts(verb).stream()
                        .filter(act -> act.actor().equals(id.apply(zap.get(0).asText())))
                        .map(ToldByDumps.Act::amount))
                .contains(zap.get(2).asLong());
          }
        }
      }
      List<List<String>> unknown =
          told.acts().stream().map(ToldByDumps.Act::pair).filter(p -> p.get(1) == null).toList();
      assertThat(unknown).hasSize(right.get("replies_whose_target_is_unknown").size());
      assertThat(unknown.get(0).get(0))
          .isEqualTo(id.apply(right.get("replies_whose_target_is_unknown").get(0).get(0).asText()));
      for (var profile : List.of("ada", "ben")) {
        assertThat(told.profiles().get(id.apply(profile)).displayName)
            .isEqualTo(right.get("profiles").get(profile).asText());
      }
      assertThat(told.profiles().get(id.apply("newsbot")).isAutomated).isTrue();
      assertThat(told.profiles().get(id.apply("cleo")).displayName).isNull();
      assertThat(told.ignored).containsEntry("dislike", 1L).containsEntry("private message", 2L);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Pairs of {@code expected.json}, in order. */
  private static List<List<String>> pairs(JsonNode acts, UnaryOperator<String> id) {
    List<List<String>> pairs = new ArrayList<>();
    for (JsonNode act : acts) {
      pairs.add(Arrays.asList(id.apply(act.get(0).asText()), id.apply(act.get(1).asText())));
    }
    pairs.sort(Comparator.comparing(String::valueOf));
    return pairs;
  }
}
