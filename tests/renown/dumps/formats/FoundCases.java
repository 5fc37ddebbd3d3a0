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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.dumps.Verb;

/**
 * Made-up inputs in native layouts, of kinds that break readers of social dumps, say what the
 * expected.json beside them says, whoever reads them. They lie outside of the project; without
 * them, nothing is tested.
 */
public abstract class FoundCases {
  private static final Path DATA =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data")).resolve("found");

  /**
   * Files of a folder that are read together, as those of one network.
   *
   * @param names of files, or of folders with files
   */
  public record Input(String format, String folder, List<String> names) {
    public static Input of(String format, String folder, String... names) {
      return new Input(format, folder, List.of(names));
    }

    /** Where the files lie. */
    public Path path() {
      return DATA.resolve(folder);
    }

    /** The day on which the network was asked; what claims to be later is refused. */
    public LocalDate night() {
      return folder.equals("nostr") ? LocalDate.of(2024, 6, 2) : LocalDate.of(2026, 11, 29);
    }
  }

  /** What the files say. */
  protected abstract Told told(Input input) throws Exception;

  private Told told(String format, String folder, String... names) throws Exception {
    return told(Input.of(format, folder, names));
  }

  @BeforeEach
  void dataIsThere() {
    skipWithoutData();
  }

  /** Skips a test where the inputs are absent. */
  public static void skipWithoutData() {
    assumeTrue(Files.isDirectory(DATA), () -> "no data in " + DATA.toAbsolutePath());
  }

  /** All that the tests ask for. */
  public static List<Input> inputs() throws IOException {
    List<Input> all = new ArrayList<>();
    expected("json-over-many-lines")
        .get("cases")
        .forEach(one -> all.addAll(eachAndAll("json-over-many-lines", one)));
    for (String hour : GLUED) {
      all.add(Input.of("gh-archive", "github-glued", hour));
    }
    all.add(Input.of("bluesky-jetstream", "did-syntax", "jetstream.jsonl"));
    HACKER_NEWS.forEach(names -> all.add(Input.of("hacker-news", "hacker-news-shapes", names)));
    all.add(V1);
    all.add(V2);
    OWN_ARCHIVE.forEach(names -> all.add(Input.of("x-v1-stream", "x-own-archive", names)));
    for (String name : FEDIVERSE) {
      all.add(Input.of("mastodon", "fediverse-announces", name));
    }
    all.addAll(LOGINS);
    all.add(BIOS);
    FARCASTER.forEach(names -> all.add(Input.of("farcaster", "farcaster", names)));
    NOSTR.forEach(names -> all.add(Input.of("nostr", "nostr", names)));
    return all;
  }

  private static final List<String> GLUED =
      List.of("2011-03-15-21.json.gz", "2012-11-21-3.json.gz");

  private static final List<String[]> HACKER_NEWS =
      List.of(
          new String[] {"firebase.jsonl"},
          new String[] {"bigquery.jsonl"},
          new String[] {"algolia.jsonl"},
          new String[] {"firebase.jsonl", "bigquery.jsonl", "algolia.jsonl"});

  /** By nights alone, too: who asks to be left alone is told by a key. */
  protected static final Input BIOS = Input.of("mastodon", "nobot-bios", "accounts.jsonl");

  /** By nights alone, in any order: a line for itself does not tell who had a login. */
  protected static final List<Input> LOGINS =
      Stream.of("123", "132", "213", "231", "312", "321")
          .map(
              order ->
                  Input.of(
                      "gh-archive",
                      "github-login-reused",
                      order
                          .chars()
                          .mapToObj(day -> "2020-03-0" + (char) day + "-12.jsonl")
                          .toArray(String[]::new)))
          .toList();

  private static final Input V1 =
      Input.of("x-v1-stream", "retweet-by-text", "v1-without-retweeted-status.jsonl");

  private static final Input V2 =
      Input.of("x-v2", "retweet-by-text", "v2-without-expansions.jsonl");

  private static final List<String[]> OWN_ARCHIVE =
      List.of(
          new String[] {"data"},
          new String[] {"twitter-2022-11-05-madeup.zip"},
          new String[] {"data", "twitter-2022-11-05-madeup.zip"});

  private static final String[] FEDIVERSE = {
    "announces.jsonl",
    "lemmy-group-outbox.json",
    "peertube.jsonl",
    "wordpress.jsonl",
    "misskey.jsonl",
    "pixelfed.jsonl",
    "friendica.jsonl",
    "gotosocial.jsonl"
  };

  private static final List<String[]> FARCASTER =
      List.of(
          new String[] {"casts.jsonl", "reactions.jsonl", "links.jsonl", "user_data.jsonl"},
          new String[] {
            "replicator-reactions.jsonl",
            "user_data.jsonl",
            "links.jsonl",
            "replicator-casts.jsonl",
            "reactions.jsonl",
            "casts.jsonl"
          });

  private static final List<String[]> NOSTR =
      List.of(
          new String[] {"relay-a.jsonl"},
          new String[] {"relay-a.jsonl", "relay-b.jsonl"},
          new String[] {"relay-b.jsonl", "relay-a.jsonl"});

  /** What is right. */
  public static JsonNode expected(String folder) throws IOException {
    return new ObjectMapper().readTree(DATA.resolve(folder).resolve("expected.json").toFile());
  }

  /** The files of a case, each alone and all together: what is right does not depend on it. */
  private static List<Input> eachAndAll(String folder, JsonNode node) {
    List<String> names = new ArrayList<>();
    node.get("files").fieldNames().forEachRemaining(names::add);
    String format = node.get("format").asText();
    List<Input> inputs = new ArrayList<>();
    names.forEach(name -> inputs.add(Input.of(format, folder, name)));
    inputs.add(new Input(format, folder, names));
    return inputs;
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
  void jsonOverManyLines(String name) throws Exception {
    JsonNode right = expected("json-over-many-lines").get("cases").get(name);
    for (Input input : eachAndAll("json-over-many-lines", right)) {
      Told told = told(input);
      assertThat(told.rejects()).isEmpty();
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
  void gluedLines() throws Exception {
    JsonNode right = expected("github-glued");
    for (String name : GLUED) {
      JsonNode hour = right.get("files").get(name);
      Told told = told("gh-archive", "github-glued", name);
      assertThat(told.rejects()).isEmpty();
      assertThat(told.records()).isEqualTo(hour.get("events").asInt());
      assertThat(told.count(Verb.LIKE)).isEqualTo(hour.get("stars").asInt());
      assertThat(told.count(Verb.REPOST)).isEqualTo(hour.get("forks").asInt());
      assertThat(told.count(Verb.FOLLOW)).isEqualTo(hour.get("follows").asInt());
      assertThat(told.count(Verb.MENTION)).isEqualTo(hour.get("issues_opened").asInt());
    }
  }

  @Test
  void identifiersOfTheAtProtocol() throws Exception {
    JsonNode right = expected("did-syntax");
    Path folder = DATA.resolve("did-syntax");
    Told told = told("bluesky-jetstream", "did-syntax", "jetstream.jsonl");
    assertThat(told.rejects()).hasSize(right.get("refuse").asInt());
    assertThat(told.count(Verb.FOLLOW)).isEqualTo(right.get("follows").asInt());
    assertThat(told.count(Verb.LIKE)).isEqualTo(right.get("likes").asInt());
    assertThat(told.acts(Verb.LIKE).stream().filter(like -> like.objectId() != null))
        .hasSize(right.get("likes_of_a_post").asInt());
    assertThat(told.acts(Verb.FOLLOW).stream().map(Told.Act::target).distinct())
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
  void hackerNewsOfThreeSources() throws Exception {
    JsonNode right = expected("hacker-news-shapes");
    for (String name : List.of("firebase.jsonl", "bigquery.jsonl", "algolia.jsonl")) {
      JsonNode file = right.get("files").get(name);
      Told told = told("hacker-news", "hacker-news-shapes", name);
      assertThat(told.rejects()).isEmpty();
      assertThat(told.records()).isEqualTo(file.get("lines").asInt());
      assertThat(told.posts()).hasSize(file.get("posts").asInt());
      assertThat(told.count(Verb.REPLY)).isEqualTo(file.get("replies").asInt());
      JsonNode ignored = file.path("ignored");
      assertThat(told.ignored().getOrDefault("deleted item", 0L))
          .isEqualTo(ignored.path("deleted").asInt());
      assertThat(told.ignored().getOrDefault("dead item", 0L))
          .isEqualTo(ignored.path("dead").asInt());
      assertThat(told.ignored().getOrDefault("null", 0L)).isEqualTo(ignored.path("null").asInt());
    }
    JsonNode firebase = right.get("files").get("firebase.jsonl");
    Told told = told("hacker-news", "hacker-news-shapes", HACKER_NEWS.get(3));
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
  void retweetsToldByTheirText() throws Exception {
    JsonNode right = expected("retweet-by-text");
    UnaryOperator<String> id = name -> right.get("accounts").path(name).asText(name);
    JsonNode first = right.get("files").get("v1-without-retweeted-status.jsonl");
    Told told = told(V1);
    assertThat(told.rejects()).isEmpty();
    assertThat(told.posts()).hasSize(first.get("posts").asInt());
    assertThat(told.pairs(Verb.REPOST)).isEqualTo(pairs(first.get("reposts"), id));
    assertThat(told.pairs(Verb.MENTION)).isEqualTo(pairs(first.get("mentions"), id));
    Told second = told(V2);
    JsonNode reposts = right.get("files").get("v2-without-expansions.jsonl").get("reposts");
    assertThat(second.rejects()).isEmpty();
    assertThat(second.posts()).isEmpty();
    assertThat(second.acts()).hasSize(reposts.size());
    assertThat(second.pairs(Verb.REPOST).get(0)).isEqualTo(texts(reposts.get(0)));
    Told.Act unknown = second.acts(Verb.REPOST).get(1);
    assertThat(unknown.actor()).isEqualTo(reposts.get(1).get(0).asText());
    assertThat(unknown.target()).isNull();
    assertThat(reposts.get(1).get(1).asText()).contains(unknown.objectId());
    assertThat(told.authors()).containsKey(unknown.objectId());
  }

  @Test
  void theArchiveOfAnAccountOfX() throws Exception {
    JsonNode right = expected("x-own-archive");
    String owner = right.get("owner").get("account_id").asText();
    List<List<String>> whole = new ArrayList<>();
    for (String[] names : OWN_ARCHIVE) {
      Told told = told("x-v1-stream", "x-own-archive", names);
      assertThat(told.rejects()).isEmpty();
      assertThat(told.posts()).hasSize(right.get("posts").asInt());
      assertThat(told.authors().values()).containsOnly(owner);
      JsonNode accounts = right.get("accounts");
      JsonNode reposts = right.get("reposts_by_text");
      List<String> reposted = told.acts(Verb.REPOST).stream().map(Told.Act::target).toList();
      assertThat(reposted.stream().filter(accounts.get("pond").asText()::equals))
          .hasSize(reposts.get("to pond").asInt());
      assertThat(reposted.stream().filter(accounts.get("gate").asText()::equals))
          .hasSize(reposts.get("to gate").asInt());
      assertThat(reposted.stream().filter(owner::equals))
          .hasSize(reposts.get("to oneself").asInt());
      assertThat(reposted).hasSize(4);
      List<String> replied = told.acts(Verb.REPLY).stream().map(Told.Act::target).toList();
      assertThat(replied)
          .containsExactlyInAnyOrder(
              accounts.get("fern").asText(), owner, accounts.get("gone").asText());
      List<String> named = told.acts(Verb.MENTION).stream().map(Told.Act::target).toList();
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
  void announcesOfTheFediverse(String name) throws Exception {
    JsonNode right = expected("fediverse-announces").get("files").get(name);
    Told told = told("mastodon", "fediverse-announces", name);
    assertThat(told.rejects()).isEmpty();
    assertThat(told.records()).isEqualTo(right.get("lines").asInt());
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
    assertThat(told.deleted()).containsAll(texts(right.path("deleted_posts")));
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
    assertThat(told.ignored().getOrDefault("activity Dislike", 0L))
        .isEqualTo(right.path("dislikes_which_are_no_likes").asInt());
    assertThat(told.ignored().getOrDefault("post that is not public", 0L))
        .isEqualTo(right.path("not_public").asInt());
  }

  /** The end of an account's address: a name; Misskey writes {@code 9madeup} before it. */
  private static String nameOf(String account) {
    String path = account.replaceFirst("/$", "");
    return path.substring(path.lastIndexOf('/') + 1).replace("9madeup", "");
  }

  @Test
  void farcaster() throws Exception {
    JsonNode right = expected("farcaster");
    UnaryOperator<String> id = name -> right.get("accounts").get(name).asText();
    for (String[] names : FARCASTER) {
      Told told = told("farcaster", "farcaster", names);
      assertThat(told.rejects()).isEmpty();
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
      assertThat(told.ignored())
          .containsEntry("reaction to an address", 1L)
          .containsEntry("reaction 9", 1L)
          .containsEntry("link favorite", 1L);
    }
  }

  @Test
  void nostr() throws Exception {
    JsonNode right = expected("nostr");
    UnaryOperator<String> id =
        name -> right.get("accounts").has(name) ? right.get("accounts").get(name).asText() : null;
    for (String[] names : NOSTR) {
      Told told = told("nostr", "nostr", names);
      int refused = 0;
      for (JsonNode count : right.get("refused")) {
        refused += count.asInt();
      }
      assertThat(told.rejects()).hasSize(refused);
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
                        .map(Told.Act::amount))
                .contains(zap.get(2).asLong());
          }
        }
      }
      List<List<String>> unknown =
          told.acts().stream().map(Told.Act::pair).filter(p -> p.get(1) == null).toList();
      assertThat(unknown).hasSize(right.get("replies_whose_target_is_unknown").size());
      assertThat(unknown.get(0).get(0))
          .isEqualTo(id.apply(right.get("replies_whose_target_is_unknown").get(0).get(0).asText()));
      for (var profile : List.of("ada", "ben")) {
        assertThat(told.profiles().get(id.apply(profile)).displayName)
            .isEqualTo(right.get("profiles").get(profile).asText());
      }
      assertThat(told.profiles().get(id.apply("newsbot")).isAutomated).isTrue();
      var unnamed = told.profiles().get(id.apply("cleo"));
      assertThat(unnamed == null ? null : unnamed.displayName).isNull();
      assertThat(told.ignored()).containsEntry("dislike", 1L).containsEntry("private message", 2L);
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
