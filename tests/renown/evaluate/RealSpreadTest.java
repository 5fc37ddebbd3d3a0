package renown.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renown.generate.GenerateJob;
import renown.io.Lake;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.Nights;
import renown.testing.SparkTest;

class RealSpreadTest extends SparkTest {
  private static final String SAME_ACTS =
      "who did what to which post how often: of all, those equal";
  private static final String SAME_POSTS =
      "author, acts by verb and accounts of each: of all, those equal";
  private static final Path WINDOW =
      Path.of(System.getenv().getOrDefault("RENOWN_REAL_DATA", "../shared/data"))
          .resolve("bluesky/expected_v1.jsonl");

  private Laboratory laboratory() {
    Clock clock = Clock.systemUTC();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    RunContext context =
        new RunContext(
            Config.load(List.of(), List.of(), Optional.empty(), Map.of()),
            Optional.empty(),
            clock,
            new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), clock),
            SparkTest::spark);
    return new Laboratory(
        context,
        folder.resolve("laboratory"),
        new GenerateJob(),
        new NightlyJob(Nights.ofCascades()),
        new NightlyJob(Nights.ofCascades()),
        new TreeMap<>(),
        true);
  }

  private Path file(String name, List<String> lines) throws Exception {
    Files.createDirectories(folder.resolve("given"));
    return Files.write(folder.resolve("given").resolve(name), lines);
  }

  private static Map<String, Double> values(List<Measurement> measurements) {
    return measurements.stream()
        .collect(Collectors.toMap(Measurement::measure, Measurement::value));
  }

  // ---- X

  private static String user(int account) {
    return """
        {"id":%d,"id_str":"%d","screen_name":"a%d","protected":%b}\
        """
        .formatted(account, account, account, account == 10);
  }

  /** A tweet by an account; what else it says ends with a comma. */
  private static String tweet(int id, int account, String more) {
    return """
        {"created_at":"Wed Jul 03 06:%02d:00 +0000 2019","id":%d,"id_str":"%d","text":"t",%s"user":%s}\
        """
        .formatted(id % 60, id, id, more, user(account));
  }

  private static String reply(int id, int account, int post, int author) {
    return tweet(
        id,
        account,
        """
        "in_reply_to_status_id_str":"%d","in_reply_to_user_id_str":"%d",\
        """
            .formatted(post, author));
  }

  private static String embedding(int id, int account, String member, String tweet) {
    return tweet(id, account, "\"" + member + "\":" + tweet + ",");
  }

  private static String deletion(int id, int account) {
    return """
        {"delete":{"status":{"id":%d,"id_str":"%d","user_id":%d,"user_id_str":"%d"}}}\
        """
        .formatted(id, id, account, account);
  }

  private static List<String> minute() {
    String post = tweet(101, 1, "");
    String answer = reply(204, 2, 101, 1);
    String own = reply(205, 1, 101, 1);
    String third = embedding(202, 3, "retweeted_status", post);
    return List.of(
        post,
        embedding(201, 2, "retweeted_status", post),
        third,
        third,
        embedding(203, 4, "quoted_status", post),
        answer,
        own,
        // A post of which nothing else is known.
        reply(206, 5, 999, 9),
        // A reply to an account, not to a post.
        tweet(207, 5, "\"in_reply_to_user_id_str\":\"1\","),
        embedding(211, 11, "retweeted_status", tweet(103, 12, "")),
        // Of another account: takes nothing back.
        deletion(206, 8),
        // From here on it is the second night.
        deletion(202, 3),
        deletion(211, 11),
        embedding(208, 6, "retweeted_status", answer),
        // The original's own copy does not show what it quotes; the retweet does.
        tweet(
            209,
            7,
            "\"retweeted_status\":" + tweet(203, 4, "") + ",\"quoted_status\":" + post + ","),
        // Protected.
        embedding(210, 10, "retweeted_status", own));
  }

  @Test
  void minutesOfXAreCountedAndComparedWithTheLake() throws Exception {
    Path minute = file("2019-07-03T0629.json", minute());
    List<Measurement> measurements = RealSpread.measure(laboratory(), "x", minute.getParent());
    assertThat(measurements)
        .filteredOn(one -> one.gate().isPresent())
        .hasSize(2)
        .allMatch(Measurement::holds);
    assertThat(values(measurements))
        .containsEntry("repost: acts, counted by line", 3.0)
        .containsEntry("quote: acts, counted by line", 1.0)
        .containsEntry("reply: acts, counted by line", 3.0)
        .containsEntry("like: acts, counted by line", 0.0)
        // 101, 203, 204 and 999; not 103, from which all was taken back, and 205.
        .containsEntry("posts others reacted to, counted by line", 4.0)
        .containsEntry("posts not compared", 2.0)
        .containsEntry("posts with 4 accounts or more", 0.0)
        .containsEntry("acts by others: parent recorded, share", 2 / 6.0)
        .containsEntry("largest of a post: accounts that reacted", 2.0)
        .containsEntry("breakouts found", 0.0);

    // A truth that knows one repost less, and one account more at a post, is not what the lake has.
    List<String> fewer = new ArrayList<>(minute());
    fewer.remove(1);
    ReactionCount other = ReactionCount.of(RealEvents.X_STREAM, List.of(file("other.json", fewer)));
    Lake lake =
        new Lake(spark(), folder.resolve("laboratory/x-2019-07-03/lake").toUri().toString());
    List<Measurement> wrong =
        RealSpread.counts("x", lake, other).stream().filter(one -> one.gate().isPresent()).toList();
    assertThat(wrong).hasSize(2).noneMatch(Measurement::holds);
    assertThat(values(wrong)).containsEntry(SAME_ACTS, 6 / 7.0).containsEntry(SAME_POSTS, 3 / 4.0);
  }

  // ---- Bluesky

  private static String uri(String account, String collection, String key) {
    return "at://did:plc:" + account + "/app.bsky.feed." + collection + "/" + key;
  }

  private static String reference(String uri) {
    return "{\"cid\":\"c\",\"uri\":\"" + uri + "\"}";
  }

  private static String commit(
      int at, String account, String operation, String collection, String key, String record) {
    return """
        {"did":"did:plc:%s","time_us":%d,"kind":"commit","commit":{"operation":"%s",\
        "collection":"app.bsky.feed.%s","rkey":"%s"%s}}\
        """
        .formatted(
            account,
            1_783_175_888_000_000L + at,
            operation,
            collection,
            key,
            record.isEmpty() ? "" : ",\"record\":{" + record + "}");
  }

  private static String does(
      int at, String account, String collection, String key, String subject, String via) {
    return commit(
        at,
        account,
        "create",
        collection,
        key,
        "\"subject\":" + reference(subject) + (via == null ? "" : ",\"via\":" + reference(via)));
  }

  private static String answer(int at, String account, String key, String parent, String root) {
    return commit(
        at,
        account,
        "create",
        "post",
        key,
        """
        "text":"t","reply":{"parent":%s,"root":%s}\
        """
            .formatted(reference(parent), reference(root)));
  }

  private static List<String> window() {
    String post = uri("ann", "post", "p");
    String first = uri("bob", "post", "q1");
    String like = does(2, "bob", "like", "l1", post, null);
    return List.of(
        commit(1, "ann", "create", "post", "p", "\"text\":\"t\""),
        like,
        like,
        does(3, "cid", "repost", "r1", post, null),
        does(4, "dan", "like", "l2", post, uri("cid", "repost", "r1")),
        answer(5, "bob", "q1", post, post),
        answer(6, "cid", "q2", first, post),
        answer(7, "eve", "q3", uri("fay", "post", "u"), uri("fay", "post", "u")),
        // Nobody says anything about the first post of this thread.
        answer(8, "eve", "q4", uri("fay", "post", "v"), uri("gil", "post", "w")),
        // A feed is no post.
        does(9, "eve", "like", "l3", uri("ann", "generator", "f"), null),
        does(10, "dan", "repost", "r2", post, null),
        // From here on it is the second night.
        commit(11, "dan", "delete", "repost", "r2", ""),
        commit(
            12,
            "hal",
            "create",
            "post",
            "q5",
            """
            "text":"t","embed":{"$type":"app.bsky.embed.recordWithMedia","record":{"record":%s}}\
            """
                .formatted(reference(post))),
        does(13, "ivy", "like", "l4", first, null),
        """
        {"did":"did:plc:ivy","time_us":1783175888000014,"kind":"account",\
        "account":{"active":false,"status":"deleted"}}\
        """,
        """
        {"did":"did:plc:ann","time_us":1783175948000001,"kind":"identity","identity":{}}\
        """);
  }

  @Test
  void aWindowOfJetstreamIsCountedAndComparedWithTheLake() throws Exception {
    List<Measurement> measurements =
        RealSpread.measure(laboratory(), "window", file("window.jsonl", window()));
    assertThat(measurements)
        .filteredOn(one -> one.gate().isPresent())
        .hasSize(2)
        .allMatch(Measurement::holds);
    assertThat(values(measurements))
        .containsEntry("minutes of real time", 1.0)
        .containsEntry("repost: acts, counted by line", 1.0)
        .containsEntry("quote: acts, counted by line", 1.0)
        // The answer to the answer counts there and in its thread.
        .containsEntry("reply: acts, counted by line", 5.0)
        .containsEntry("like: acts, counted by line", 2.0)
        .containsEntry("posts others reacted to, counted by line", 3.0)
        // The answer, which an account liked that is gone.
        .containsEntry("posts not compared", 1.0)
        .containsEntry("posts with 4 accounts or more", 1.0)
        .containsEntry("largest of a post: depth", 2.0);
  }

  @Test
  void aRealWindowIsWhatItsLinesSay() throws Exception {
    assumeTrue(Files.isRegularFile(WINDOW), () -> "no real data at " + WINDOW.toAbsolutePath());
    List<String> lines = Files.readAllLines(WINDOW);
    List<Measurement> measurements =
        RealSpread.measure(laboratory(), "real", file("part.jsonl", lines.subList(0, 60)));
    assertThat(measurements)
        .filteredOn(one -> one.gate().isPresent())
        .hasSize(2)
        .allMatch(Measurement::holds);
    assertThat(values(measurements).get("posts others reacted to, counted by line"))
        .isGreaterThan(20);
  }

  @Test
  void otherDataAreRefused() throws Exception {
    Path messages = file("messages.txt", List.of("a b 1300000000", "b a 1300086400"));
    assertThatThrownBy(() -> RealSpread.measure(laboratory(), "messages", messages))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("--data messages=")
        .hasMessageContaining("files of Jetstream");
  }
}
