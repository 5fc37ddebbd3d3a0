package renown.night.topics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import renown.engine.decay.ForwardDecay;
import renown.engine.rank.RankEngine;
import renown.engine.rank.RankResult;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.rank.RankOptions;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.kernels.taxonomy.TopicMatcher;
import renown.lake.Lake;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.AccountLanguages;
import renown.tables.CitedPosts;
import renown.tables.Exclusions;
import renown.tables.HashtagIncrements;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopicAncestors;
import renown.tables.PostTopics;
import renown.tables.TopicClocks;
import renown.tables.TopicIncrements;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class TopicsTest extends SparkTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 14);
  private static final Column DATE = lit(Date.valueOf(NIGHT));
  private static final Timestamp NOON = Timestamp.valueOf("2026-01-14 12:00:00");
  private static final Timestamp END = Timestamp.valueOf("2026-01-15 00:00:00");
  private static final long HALF_LIFE = 90;
  private static final SharedMatcher MATCHER = SharedMatcher.of(spark(), TaxonomyFiles.shipped());
  private static final String POSTS =
      "network string, post_id string, record_date date, author_key bigint, happened_at timestamp,"
          + " language string, reply_to_id string, thread_id string, quoted_id string,"
          + " hashtags array<string>, links array<string>";
  private static final String ACTS =
      "network string, record_id string, verb string, actor_key bigint, target_key bigint,"
          + " object_id string, happened_at timestamp, change bigint";
  private static final String CONTRIBUTIONS =
      "network string, topic_id string, src_key bigint, dst_key bigint, weight double,"
          + " returned_weight double, like_count bigint, list_count bigint, mention_count"
          + " bigint, quote_count bigint, reply_count bigint, repost_count bigint, act_count"
          + " bigint, latest_post_id string, earned double";
  private static final String DELETIONS = "network string, record_id string, deleter_key bigint";
  private static final String LIST_TOPICS =
      "network string, list_id string, topic_id string, confidence double";

  private static Object[] post(String id, long author, String replyTo, String... hashtags) {
    return row(
        "n",
        id,
        Date.valueOf(NIGHT),
        author,
        NOON,
        "en",
        replyTo,
        null,
        null,
        hashtags,
        new String[0]);
  }

  private static Dataset<Row> posts(Object[]... rows) {
    return rows(POSTS, rows);
  }

  private static Dataset<Row> texts(Object[]... rows) {
    return rows("network string, post_id string, text string", rows);
  }

  private static Object[] told(String postId, long author, String topic, double confidence) {
    String basis = topic.equals("*") ? "seen" : "term";
    return row(
        "n",
        postId,
        Date.valueOf(NIGHT),
        author,
        topic,
        confidence,
        basis,
        NOON,
        Date.valueOf(NIGHT));
  }

  private static Dataset<Row> postTopics(Object[]... rows) {
    return rows(PostTopics.TABLE.structType(), rows);
  }

  private static Dataset<Row> cited(Object[]... rows) {
    return rows(CitedPosts.TABLE.structType(), rows);
  }

  // ---- Topics of posts

  @Test
  void postsAreToldByTextHashtagAndThread() {
    Dataset<Row> posts =
        posts(
            post("a", 1, null),
            post("b", 2, "a"),
            post("c", 3, "b"),
            post("d", 4, null, "ajedrez"),
            post("e", 5, "unseen"));
    Dataset<Row> read =
        Classification.read(
            posts, texts(row("n", "a", "zugzwang and tablebase!"), row("n", "b", "I agree")));
    Dataset<Row> direct = Classification.direct(read, MATCHER, Map.of(), 0.5, DATE);
    assertThat(ids(direct, "a")).containsExactlyInAnyOrder("chess", "games");
    assertThat(ids(direct, "d")).containsExactlyInAnyOrder("chess", "games");
    assertThat(ids(direct, "b")).isEmpty();
    Dataset<Row> inherited =
        Classification.inherited(
            posts, direct, Classification.told(postTopics(), cited()), 0.5, DATE);
    TableAssert.assertThat(inherited).hasColumnsOf(PostTopics.TABLE);
    assertThat(ids(inherited, "b")).containsExactlyInAnyOrder("chess", "games");
    assertThat(ids(inherited, "c")).isEmpty();
    assertThat(confidence(inherited, "b", "chess"))
        .isCloseTo(0.8 * confidence(direct, "a", "chess"), within(1e-12));
    // What an earlier night told counts too, what it only saw does not.
    Dataset<Row> later =
        Classification.inherited(
            posts(post("f", 6, "old")),
            direct,
            Classification.told(
                postTopics(told("old", 9, "chess", 0.9), told("old", 9, "*", 1)), cited()),
            0.5,
            DATE);
    assertThat(ids(later, "f")).containsExactly("chess");
    assertThat(Classification.seen(read, DATE).count()).isEqualTo(5);
  }

  private static List<String> ids(Dataset<Row> topics, String postId) {
    return topics.where(col("post_id").equalTo(postId)).select("topic_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static double confidence(Dataset<Row> topics, String postId, String topicId) {
    return topics
        .where(col("post_id").equalTo(postId).and(col("topic_id").equalTo(topicId)))
        .select("confidence")
        .first()
        .getDouble(0);
  }

  @Test
  void theLanguageIsTheNetworksElseTheTexts() {
    Object[] silent = post("s", 1, null);
    silent[5] = null;
    Object[] regional = post("r", 1, null);
    regional[5] = "es-MX";
    Object[] unclear = post("u", 1, null);
    unclear[5] = "und";
    Dataset<Row> read =
        Classification.read(
            posts(silent, regional, unclear),
            texts(
                row(
                    "n",
                    "s",
                    "Mañana por la tarde iremos todos juntos a pasear por la orilla del río")));
    TableAssert.assertThat(read.select("post_id", "language"))
        .hasRows(row("s", "es"), row("r", "es"), row("u", null));
    Dataset<Row> languages =
        Classification.languages(
            rows(
                AccountLanguages.TABLE.structType(),
                row("n", 1L, "en", 2L, Date.valueOf("2026-01-13"))),
            read,
            DATE);
    TableAssert.assertThat(languages.select("language", "post_count"))
        .hasRows(row("en", 2L), row("es", 2L));
    // Of two that are equal, the first by its code.
    TableAssert.assertThat(Classification.mainLanguage(languages)).hasRows(row(1L, "en"));
  }

  private static Topic topic(String id, String... parents) {
    return new Topic(
        id, List.of(parents), Map.of("en", "About " + id), List.of(), List.of(), List.of(), null);
  }

  @Test
  void whatStandsAboveATopicIsThereFlat() {
    Taxonomy taxonomy =
        new Taxonomy(
            "test",
            List.of(
                topic("games"),
                topic("sport"),
                topic("mind", "games"),
                topic("chess", "mind", "sport")));
    Date night = Date.valueOf(NIGHT);
    TableAssert.assertThat(TopicMarts.ancestors(TopicMarts.dimension(spark(), taxonomy, NIGHT)))
        .hasColumnsOf(MartTopicAncestors.TABLE)
        .hasRows(
            row("games", "games", "About games", false, night),
            row("sport", "sport", "About sport", false, night),
            row("mind", "mind", "About mind", false, night),
            row("mind", "games", "About games", true, night),
            row("chess", "chess", "About chess", false, night),
            row("chess", "mind", "About mind", true, night),
            row("chess", "sport", "About sport", true, night),
            row("chess", "games", "About games", false, night));
  }

  @Test
  void listsAreAboutWhatTheirNameSays() {
    Dataset<Row> lists =
        rows(
            "network string, list_id string, list_name string, description string, purpose string",
            row("n", "1", "Space experts", null, "curation"),
            row("n", "2", "Gente que sabe de Cocina", null, "pack"),
            row("n", "3", "My friends", "players of chess", null),
            row("n", "4", "Health spam", null, "moderation"));
    TableAssert.assertThat(
            Classification.lists(lists, MATCHER, 0.5)
                .where(col("topic_id").isin("space", "cooking", "chess", "health", "*"))
                .select("list_id", "topic_id"))
        .hasRows(
            row("1", "space"),
            row("2", "cooking"),
            row("3", "chess"),
            row("1", "*"),
            row("2", "*"),
            row("3", "*"));
  }

  // ---- Sums

  @Test
  void theHalfLifeOfALakeIsKept() throws Exception {
    Lake lake = new Lake(spark(), folder.resolve("lake").toUri().toString());
    lake.create(List.of(TopicClocks.TABLE));
    TopicStage.keepHalfLife(lake, 90);
    TopicStage.keepHalfLife(lake, 90);
    assertThat(lake.version(TopicClocks.TABLE)).isEqualTo(1);
    assertThatThrownBy(() -> TopicStage.keepHalfLife(lake, 60))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith(
            "topics.half-life-days = 60, but the topics of this lake were summed with 90: ");
  }

  private static long units(double confidence) {
    double days = (NOON.getTime() - TopicActs.landmark(NIGHT, HALF_LIFE).getTime()) / 86_400_000.0;
    double act = Math.rint(Math.pow(2, days / HALF_LIFE + ForwardDecay.UNIT_BITS));
    return (long) Math.rint(act * confidence);
  }

  @Test
  void actsCountForWhatTheyAreAbout() {
    Dataset<Row> increments =
        TopicActs.increments(
            posts(post("a", 1, null), post("r", 2, "a")),
            rows(
                ACTS,
                row("n", "l", "like", 3L, 1L, "a", NOON, 1L),
                row("n", "r", "reply", 2L, 1L, "a", NOON, 1L),
                row("n", "r", "mention", 2L, 7L, null, NOON, 1L),
                row("n", "self", "like", 1L, 1L, "a", NOON, 1L),
                row("n", "u", "like", 3L, 1L, "unseen", NOON, 1L),
                row("n", "f", "follow", 3L, 1L, null, NOON, 1L),
                row("n", "v", "vote", 9L, 1L, "a", NOON, 1L),
                row("n", "w", "vote", 9L, 2L, "r", NOON, 1L),
                row("n", "i", "list", 4L, 1L, "list", NOON, 1L)),
            rows(DELETIONS),
            postTopics(
                told("a", 1, "chess", 0.8),
                told("a", 1, "*", 1),
                told("r", 2, "music", 0.6),
                told("r", 2, "*", 1)),
            cited(),
            rows(LIST_TOPICS, row("n", "list", "chess", 0.7), row("n", "list", "*", 1.0)),
            NIGHT,
            HALF_LIFE);
    TableAssert.assertThat(increments).hasColumnsOf(TopicIncrements.TABLE);
    TableAssert.assertThat(
            increments
                .where(col("topic_id").notEqual("*"))
                .select(
                    "topic_id",
                    "src_key",
                    "dst_key",
                    "verb",
                    "act_count",
                    "decayed_units",
                    "latest_post_id"))
        .hasRows(
            row("chess", 1L, 1L, "post", 1L, units(0.8), "a"),
            row("music", 2L, 2L, "post", 1L, units(0.6), "r"),
            row("chess", 3L, 1L, "like", 1L, units(0.8), "a"),
            // An answer is about what it says itself.
            row("music", 2L, 1L, "reply", 1L, units(0.6), "a"),
            row("music", 2L, 7L, "mention", 1L, units(0.6), "r"),
            row("chess", 9L, 1L, "vote", 1L, units(0.8), "a"),
            row("music", 9L, 2L, "vote", 1L, units(0.6), "r"),
            row("chess", 4L, 1L, "list", 1L, units(0.7), null));
    TableAssert.assertThat(
            increments
                .where(col("topic_id").equalTo("*"))
                .select("src_key", "dst_key", "verb", "act_count"))
        .hasRows(
            row(1L, 1L, "post", 1L),
            row(2L, 2L, "post", 1L),
            row(3L, 3L, "reaction", 1L),
            row(2L, 2L, "reaction", 2L),
            row(4L, 4L, "reaction", 1L),
            row(1L, 1L, "received", 3L),
            // Nobody voted, so nobody is the more interested; no attention was paid either.
            row(1L, 1L, "vote", 1L),
            row(2L, 2L, "vote", 1L),
            row(7L, 7L, "received", 1L));
  }

  private static final String TOLD =
      "network string, post_id string, topic_id string, confidence double";

  /** Old posts stand in no file; who answers and quotes them says what they are about. */
  @Test
  void aPostThatWasNeverSeenIsAboutWhatIsSaidOfIt() {
    Dataset<Row> interactions =
        rows(
            ACTS,
            row("n", "p", "quote", 2L, 1L, "old", NOON, 1L),
            row("n", "q", "reply", 3L, 1L, "old", NOON, 1L),
            row("n", "r", "reply", 3L, 1L, "old", NOON, 1L),
            row("n", "s", "reply", 4L, 1L, "old", NOON, 1L),
            // What its own author says of it counts as little as what is taken back.
            row("n", "own", "reply", 1L, 1L, "alone", NOON, 1L),
            row("n", "gone", "quote", 2L, 1L, "alone", NOON, -1L),
            // Of these more is known already.
            row("n", "p", "reply", 2L, 1L, "seen", NOON, 1L),
            row("n", "t", "like", 5L, 1L, "liked", NOON, 1L));
    Dataset<Row> direct =
        rows(
            TOLD,
            row("n", "p", "chess", 0.9),
            row("n", "q", "chess", 0.75),
            row("n", "r", "chess", 0.75),
            row("n", "r", "music", 0.9),
            row("n", "own", "music", 0.9),
            row("n", "gone", "music", 0.9),
            row("n", "t", "music", 0.9));
    Timestamp since = Timestamp.valueOf("2026-01-14 00:00:00");
    Dataset<Row> cited =
        Classification.cited(
            interactions,
            direct,
            rows("network string, post_id string", row("n", "seen")),
            0.5,
            lit(since),
            DATE);
    TableAssert.assertThat(cited).hasColumnsOf(CitedPosts.TABLE);
    // Two accounts spoke of a topic; music has half of their voices, too few.
    TableAssert.assertThat(cited.select("post_id", "topic_id"))
        .hasRows(row("old", "chess"), row("old", "*"));
    double confidence = cited.where(col("topic_id").equalTo("chess")).head().getAs("confidence");
    assertThat(confidence).isCloseTo(0.8 * (0.9 + 0.75) / 2, within(1e-6));
    // Who answers it without naming a topic means the same one.
    assertThat(
            ids(
                Classification.inherited(
                    posts(post("s", 4, "old")),
                    direct.withColumn("basis", lit("term")),
                    Classification.told(postTopics(), cited),
                    0.5,
                    DATE),
                "s"))
        .containsExactly("chess");
  }

  @Test
  void attentionToACitedPostCountsFromTheNightThatDecidedIt() {
    Timestamp since = Timestamp.valueOf("2026-01-14 06:00:00");
    Dataset<Row> cited =
        cited(
            row("n", "old", "chess", 0.6, since, Date.valueOf(NIGHT)),
            row("n", "old", "*", 1.0, since, Date.valueOf(NIGHT)),
            row("n", "late", "chess", 0.6, since, Date.valueOf(NIGHT)),
            row("n", "late", "*", 1.0, since, Date.valueOf(NIGHT)));
    Dataset<Row> increments =
        TopicActs.increments(
            posts(),
            rows(
                ACTS,
                row("n", "l", "like", 3L, 1L, "old", NOON, 1L),
                // Done before anything was known of the post, so it never counted.
                row("n", "m", "like", 4L, 1L, "old", Timestamp.valueOf("2026-01-14 05:00:00"), -1L),
                row("n", "o", "like", 5L, 1L, "late", NOON, 1L)),
            rows(DELETIONS),
            postTopics(told("late", 1, "*", 1)),
            cited,
            rows(LIST_TOPICS),
            NIGHT,
            HALF_LIFE);
    TableAssert.assertThat(increments.select("topic_id", "src_key", "dst_key", "verb", "act_count"))
        .hasRows(
            row("chess", 3L, 1L, "like", 1L),
            row("*", 3L, 3L, "reaction", 1L),
            row("*", 5L, 5L, "reaction", 1L),
            row("*", 1L, 1L, "received", 2L));
  }

  @Test
  void whatIsUndoneLeavesNothing() {
    Dataset<Row> topics = postTopics(told("a", 1, "chess", 0.8), told("a", 1, "*", 1));
    Dataset<Row> done =
        TopicActs.increments(
            posts(post("a", 1, null)),
            rows(ACTS, row("n", "l", "like", 3L, 1L, "a", NOON, 1L)),
            rows(DELETIONS),
            topics,
            cited(),
            rows(LIST_TOPICS),
            NIGHT,
            HALF_LIFE);
    Dataset<Row> undone =
        TopicActs.increments(
            posts(),
            rows(ACTS, row("n", "l", "like", 3L, 1L, "a", NOON, -1L)),
            rows(DELETIONS, row("n", "a", 1L), row("n", "a", 99L)),
            topics,
            cited(),
            rows(LIST_TOPICS),
            NIGHT.plusDays(1),
            HALF_LIFE);
    assertThat(done.count()).isEqualTo(5);
    TableAssert.assertThat(
            TopicActs.compacted(done.unionByName(undone), NIGHT.plusDays(1), HALF_LIFE))
        .hasColumnsOf(TopicIncrements.TABLE)
        .isEmpty();
  }

  /** A sum that is carried over a landmark is worth what its acts are worth. */
  @Test
  void unitsKeepTheirWorthWhenTheLandmarkMoves() {
    long period = 4 * HALF_LIFE;
    LocalDate before = LocalDate.ofEpochDay((NIGHT.toEpochDay() / period + 1) * period - 1);
    LocalDate after = before.plusDays(200);
    Timestamp at = Timestamp.valueOf(before.atTime(12, 0));
    Dataset<Row> then =
        rows(
            TopicIncrements.TABLE.structType(),
            row(
                "n",
                "chess",
                1L,
                2L,
                "like",
                1L,
                units(at, before),
                "a",
                at,
                Date.valueOf(before)));
    long seen =
        TopicActs.seenFrom(then, after, HALF_LIFE).select("decayed_units").first().getLong(0);
    assertThat((double) seen).isCloseTo(units(at, after), within(1.0));
    assertThat(units(at, before)).isGreaterThan(seen * 15);
    // So long ago that nothing is left.
    assertThat(
            TopicActs.seenFrom(then, before.plusDays(100 * period), HALF_LIFE)
                .select("decayed_units")
                .first()
                .getLong(0))
        .isZero();
  }

  private static long units(Timestamp at, LocalDate night) {
    double days = (at.getTime() - TopicActs.landmark(night, HALF_LIFE).getTime()) / 86_400_000.0;
    return (long) Math.rint(Math.pow(2, days / HALF_LIFE + ForwardDecay.UNIT_BITS));
  }

  // ---- Hashtags

  @Test
  void aHashtagIsAttachedToTheTopicItComesWith() {
    List<Object[]> posts = new ArrayList<>();
    List<Object[]> told = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      posts.add(post("a" + i, i, null, i % 2 == 0 ? "Linares2026" : "linares2026", "Monday"));
      if (i < 18) {
        told.add(told("a" + i, i, "chess", 0.9));
      }
      posts.add(post("b" + i, 100 + i, null, "monday", "chess"));
    }
    Dataset<Row> increments =
        Hashtags.increments(
            posts(posts.toArray(Object[][]::new)),
            postTopics(told.toArray(Object[][]::new)),
            MATCHER,
            DATE);
    TableAssert.assertThat(increments)
        .hasColumnsOf(HashtagIncrements.TABLE)
        .hasRows(
            row("n", "linares2026", "*", 20L, 20L, NIGHT),
            row("n", "linares2026", "chess", 18L, 18L, NIGHT),
            row("n", "monday", "*", 40L, 40L, NIGHT),
            row("n", "monday", "chess", 18L, 18L, NIGHT));
    Dataset<Row> attached = Hashtags.attached(increments, DATE);
    Row linares = attached.where(col("hashtag").equalTo("linares2026")).first();
    // Wilson's bound for 18 of 20, by hand.
    assertThat(linares.<String>getAs("topic_id")).isEqualTo("chess");
    assertThat(linares.<Double>getAs("topic_confidence")).isCloseTo(0.7386, within(1e-3));
    assertThat(attached.where(col("hashtag").equalTo("monday")).first().isNullAt(4)).isTrue();

    Dataset<Row> emerging = Hashtags.emerging(increments, 10, DATE);
    TableAssert.assertThat(emerging).hasColumnsOf(MartEmergingHashtags.TABLE);
    TableAssert.assertThat(
            emerging.select("hashtag", "place", "author_count", "author_count_before"))
        .hasRows(row("monday", 1L, 40L, 0L), row("linares2026", 2L, 20L, 0L));
    // Four weeks on it is no longer new, and what it came with is forgotten.
    assertThat(Hashtags.attached(increments, lit(Date.valueOf(NIGHT.plusDays(28)))).count())
        .isZero();

    Dataset<Row> read = Classification.read(posts(post("z", 1, null, "LINARES2026")), texts());
    Dataset<Row> told2 =
        Classification.direct(
            read,
            MATCHER,
            Map.of("n", Map.of("linares2026", new TopicMatcher.Attachment("chess", 0.7))),
            0.5,
            DATE);
    TableAssert.assertThat(told2.select("topic_id", "basis"))
        .hasRows(row("chess", "co-occurrence"), row("games", "child"));
  }

  // ---- Expertise

  private static final TreeMap<String, Double> WEIGHTS =
      new TreeMap<>(Map.of("like", 1.0, "repost", 2.0));

  private static Object[] attention(String topic, long src, long dst, String verb, double acts) {
    return row(
        "n",
        topic,
        src,
        dst,
        verb,
        Math.round(acts),
        (long) (acts * units(END, NIGHT)),
        "p" + dst,
        NOON,
        Date.valueOf(NIGHT));
  }

  private static Dataset<Row> increments(Object[]... rows) {
    return rows(TopicIncrements.TABLE.structType(), rows);
  }

  private static Dataset<Row> exclusions(long... keys) {
    List<Row> rows = new ArrayList<>();
    for (long key : keys) {
      rows.add(RowFactory.create(key, "opted out", Date.valueOf(NIGHT)));
    }
    return spark().createDataFrame(rows, Exclusions.TABLE.structType());
  }

  @Test
  void attentionWeighsByVerbAndLogarithmLessWhatIsReturned() {
    Dataset<Row> attention =
        Expertise.attention(
            increments(
                attention("chess", 1, 2, "like", 3),
                attention("chess", 1, 2, "repost", 1),
                attention("chess", 2, 1, "like", 1),
                attention("music", 1, 2, "like", 1),
                attention("chess", 5, 2, "like", 1),
                attention("chess", 2, 6, "like", 1),
                attention("*", 1, 1, "received", 4)),
            exclusions(5, 6),
            WEIGHTS,
            NIGHT,
            HALF_LIFE);
    Map<String, Row> rows = new HashMap<>();
    attention
        .collectAsList()
        .forEach(
            row ->
                rows.put(
                    row.getAs("topic_id") + " " + row.getAs("src_key") + " " + row.getAs("dst_key"),
                    row));
    assertThat(rows).containsOnlyKeys("chess 1 2", "chess 2 1", "music 1 2");
    double there = Math.log1p(3) + 2 * Math.log1p(1);
    double back = Math.log1p(1);
    assertThat(rows.get("chess 1 2").<Double>getAs("weight")).isCloseTo(there, within(1e-6));
    // On all topics together 1 gives this much, of which 2 returns one like, on whatever topic.
    double share = back / (there + Math.log1p(1));
    assertThat(rows.get("chess 1 2").<Double>getAs("returned_weight"))
        .isCloseTo(0.9 * there * share, within(1e-6));
    assertThat(rows.get("music 1 2").<Double>getAs("returned_weight"))
        .isCloseTo(0.9 * Math.log1p(1) * share, within(1e-6));
    assertThat(rows.get("chess 2 1").<Double>getAs("returned_weight"))
        .isCloseTo(0.9 * back, within(1e-6));
    assertThat(rows.get("chess 1 2").<Long>getAs("like_count")).isEqualTo(3);
  }

  /** One unit of each, the least there is: as of a like of some 30 half-lives ago. */
  private static Object[] longAgo(long src, long dst) {
    return row("n", "chess", src, dst, "like", 1L, 1L, "p" + dst, NOON, Date.valueOf(NIGHT));
  }

  @Test
  void attentionOfLongAgoIsSharedOutAsAnyOther() {
    TreeMap<String, Double> light = new TreeMap<>(Map.of("like", 0.01));
    Dataset<Row> increments =
        increments(longAgo(1, 2), longAgo(2, 1), longAgo(1, 3), longAgo(4, 3));
    Dataset<Row> attention =
        Expertise.attention(increments, exclusions(), light, NIGHT, HALF_LIFE).localCheckpoint();
    Map<String, Double> returned = new HashMap<>();
    for (Row row : attention.collectAsList()) {
      returned.put(
          row.getAs("src_key") + " " + row.getAs("dst_key"),
          row.<Double>getAs("returned_weight") / row.<Double>getAs("weight"));
    }
    assertThat(returned.get("1 2")).isCloseTo(0.9, within(1e-6));
    assertThat(returned.get("4 3")).isZero();

    Expertise.Vertices vertices = Expertise.Vertices.of(TaxonomyFiles.shipped());
    Dataset<Row> ranks =
        Expertise.preference(
                attention
                    .select("network", "topic_id", "src_key")
                    .unionByName(attention.selectExpr("network", "topic_id", "dst_key as src_key")),
                rows("account_key bigint, credibility double"),
                vertices)
            .select(col("account_key"), lit(0.25).as("rank"));
    Dataset<Row> contributions =
        Expertise.contributions(attention, ranks, vertices, 0.7).localCheckpoint();
    Map<String, Double> earned = new HashMap<>();
    for (Row row : contributions.collectAsList()) {
      earned.put(row.getAs("src_key") + " " + row.getAs("dst_key"), row.getAs("earned"));
    }
    assertThat(earned.get("1 2")).isCloseTo(0.7 * 0.5 * 0.1, within(1e-6));
    assertThat(earned.get("4 3")).isCloseTo(0.7, within(1e-6));
    TableAssert.assertThat(
            TopicMarts.attesters(
                    contributions,
                    rows(
                        "network string, topic_id string, account_key bigint, expertise double",
                        row("n", "chess", 2L, 1.0)),
                    rows("account_key bigint, handle string", row(1L, "ann")),
                    5,
                    DATE)
                .select("account_key", "source_key", "earned_share"))
        .hasRows(row(2L, 1L, 1.0));
  }

  /** Three votes of ten years ago are evidence of next to nothing, with next to no certainty. */
  @Test
  void votesOfLongAgoHaveAnInterval() {
    Row scored = scoredByVotes(3);
    assertThat(scored.<Double>getAs("expertise")).isNotNull();
    assertThat(scored.<Double>getAs("expertise_low")).isZero();
    assertThat(scored.<Double>getAs("expertise_high")).isEqualTo(100);
  }

  private static Row scoredByVotes(long units) {
    Dataset<Row> accounts =
        Expertise.accounts(
            rows(CONTRIBUTIONS),
            increments(
                row("n", "chess", 9L, 1L, "vote", 3L, units, "p", NOON, Date.valueOf(NIGHT)),
                row("n", "*", 1L, 1L, "vote", 3L, units, "p", NOON, Date.valueOf(NIGHT)),
                attention("chess", 1, 1, "post", 4),
                attention("*", 1, 1, "post", 4)),
            rows("account_key bigint, credibility double, trading_share double"),
            exclusions(),
            0.01,
            0.5,
            NIGHT,
            HALF_LIFE);
    return Expertise.scored(
            accounts, Expertise.scales(Expertise.populations(accounts).collectAsList()), 3)
        .head();
  }

  /** Against the equation of the package page, solved by plain iteration for each topic alone. */
  @Test
  void contributionsAreThoseOfARankingOfEachTopicAlone() {
    double damping = 0.7;
    Random random = new Random(3);
    List<Object[]> rows = new ArrayList<>();
    for (String topic : List.of("chess", "music")) {
      for (int i = 0; i < 60; i++) {
        long src = random.nextInt(12);
        long dst = random.nextInt(12);
        if (src != dst) {
          rows.add(attention(topic, src, dst, "like", 1 + random.nextInt(3)));
        }
      }
    }
    Dataset<Row> credibilities =
        spark().range(12).selectExpr("id AS account_key", "0.1 + 0.05 * id AS credibility");
    Dataset<Row> attention =
        Expertise.attention(
            increments(rows.toArray(Object[][]::new)), exclusions(), WEIGHTS, NIGHT, HALF_LIFE);
    Expertise.Vertices vertices = Expertise.Vertices.of(TaxonomyFiles.shipped());
    Map<String, Double> earned = new TreeMap<>();
    try (RankResult ranking =
        RankEngine.rank(
            Expertise.edges(attention, vertices),
            Expertise.preference(attention, credibilities, vertices),
            java.util.Optional.empty(),
            RankOptions.standard().withDampingFactor(damping))) {
      Expertise.contributions(attention, ranking.ranks(), vertices, damping)
          .collectAsList()
          .forEach(
              row ->
                  earned.merge(
                      row.getAs("topic_id") + " " + row.getAs("dst_key"),
                      row.<Double>getAs("earned"),
                      Double::sum));
    }
    assertThat(earned.size()).isGreaterThan(15);
    Map<String, Double> expected = new TreeMap<>();
    for (String topic : List.of("chess", "music")) {
      plainly(topic, attention.collectAsList(), damping)
          .forEach((account, value) -> expected.put(topic + " " + account, value));
    }
    assertThat(earned.keySet()).isEqualTo(expected.keySet());
    earned.forEach(
        (key, value) -> assertThat(value).as(key).isCloseTo(expected.get(key), within(2e-4)));
  }

  /** What each account receives on a topic, as a multiple of the mean rank there. */
  private static Map<Long, Double> plainly(String topic, List<Row> attention, double damping) {
    List<Row> edges =
        attention.stream().filter(row -> topic.equals(row.<String>getAs("topic_id"))).toList();
    double[] out = new double[12];
    boolean[] source = new boolean[12];
    boolean[] there = new boolean[12];
    for (Row edge : edges) {
      int src = (int) (long) edge.<Long>getAs("src_key");
      out[src] += edge.<Double>getAs("weight");
      source[src] = true;
      there[src] = true;
      there[(int) (long) edge.<Long>getAs("dst_key")] = true;
    }
    double[] rank = new double[12];
    double[] received = new double[12];
    for (int round = 0; round < 500; round++) {
      received = new double[12];
      for (Row edge : edges) {
        int src = (int) (long) edge.<Long>getAs("src_key");
        double kept = edge.<Double>getAs("weight") - edge.<Double>getAs("returned_weight");
        received[(int) (long) edge.<Long>getAs("dst_key")] += damping * rank[src] * kept / out[src];
      }
      for (int v = 0; v < 12; v++) {
        rank[v] = received[v] + (source[v] ? 0.1 + 0.05 * v : 0);
      }
    }
    double sum = 0;
    int count = 0;
    for (int v = 0; v < 12; v++) {
      sum += rank[v];
      count += there[v] ? 1 : 0;
    }
    Map<Long, Double> multiples = new TreeMap<>();
    for (int v = 0; v < 12; v++) {
      if (received[v] > 0) {
        multiples.put((long) v, received[v] / (sum / count));
      }
    }
    return multiples;
  }

  @Test
  void interestIsOwnDoingAndExpertiseIsOthers() {
    Dataset<Row> increments =
        increments(
            // 1 writes of chess alone; nobody attends to it on chess.
            attention("chess", 1, 1, "post", 4),
            attention("*", 1, 1, "post", 4),
            // 2 writes nothing; ten attend to it, eight times out of ten on chess.
            attention("*", 2, 2, "received", 10),
            // 10 likes it on chess, and half of what it does is about it.
            attention("chess", 10, 2, "like", 8),
            attention("*", 10, 10, "reaction", 16));
    Dataset<Row> contributions =
        rows(
            CONTRIBUTIONS,
            row("n", "chess", 10L, 2L, 1.0, 0.0, 8L, 0L, 0L, 0L, 0L, 0L, 8L, "p", 3.0),
            row("n", "chess", 11L, 2L, 1.0, 0.0, 1L, 0L, 0L, 0L, 0L, 0L, 1L, "p", 4.0),
            row("n", "chess", 12L, 2L, 1.0, 0.0, 1L, 0L, 0L, 0L, 0L, 0L, 1L, "p", 0.5),
            row("n", "chess", 13L, 2L, 1.0, 0.9, 0L, 0L, 0L, 0L, 0L, 0L, 0L, "p", 0.0));
    Dataset<Row> credibilities =
        rows(
            "account_key bigint, credibility double, trading_share double",
            row(2L, 0.5, 0.4),
            row(10L, 0.5, 0.0),
            row(11L, 0.5, 0.0),
            row(12L, 0.0, 0.0),
            row(13L, 0.5, 0.9));
    Dataset<Row> accounts =
        Expertise.accounts(
            contributions, increments, credibilities, exclusions(), 0.01, 0.5, NIGHT, HALF_LIFE);
    Map<Long, Row> rows = new HashMap<>();
    accounts.collectAsList().forEach(row -> rows.put(row.getAs("account_key"), row));
    assertThat(rows).containsOnlyKeys(1L, 2L, 10L);
    assertThat(rows.get(1L).<Double>getAs("interest_share")).isEqualTo(1);
    assertThat(rows.get(1L).<Long>getAs("attester_count")).isZero();
    assertThat(rows.get(1L).<Double>getAs("earned_expertise")).isZero();
    assertThat(rows.get(10L).<Double>getAs("interest_share")).isCloseTo(0.5, within(1e-9));
    Row expert = rows.get(2L);
    assertThat(expert.<Double>getAs("interest_share")).isNull();
    // The third is not credible enough to be evidence, the fourth gets back what it gives.
    assertThat(expert.<Long>getAs("attester_count")).isEqualTo(2);
    assertThat(expert.<Long>getAs("like_count")).isEqualTo(10);
    double share = (8 + 3 * 0.8) / (10 + 3);
    assertThat(expert.<Double>getAs("topic_attention_share")).isCloseTo(share, within(1e-6));
    // Two fifths of the attention that it pays itself is a closed trade.
    assertThat(expert.<Double>getAs("earned_expertise"))
        .isCloseTo(7.5 * share * Math.pow(1 - 0.9 * 0.4, 1.5), within(1e-6));
    assertThat(expert.<Double>getAs("deviation_share"))
        .isCloseTo(Math.sqrt(9 + 16 + 0.25) / 7.5, within(1e-6));
  }

  /**
   * Of nobody's votes: they judge posts, so it does not matter what else an account is known for.
   */
  @Test
  void votesAreVerdictsWhateverElseTheAccountGets() {
    Dataset<Row> increments =
        increments(
            // Of 40 votes 10 are about chess: a quarter. 1 has 8 of them, and of all others a few.
            attention("chess", 99, 1, "vote", 8),
            attention("chess", 99, 2, "vote", 2),
            attention("*", 1, 1, "vote", 16),
            attention("*", 2, 2, "vote", 2),
            attention("*", 3, 3, "vote", 22),
            attention("chess", 1, 1, "post", 4),
            attention("chess", 2, 2, "post", 4),
            attention("chess", 3, 3, "post", 1),
            attention("*", 1, 1, "post", 8),
            attention("*", 2, 2, "post", 4),
            attention("*", 3, 3, "post", 10));
    Dataset<Row> none = rows(CONTRIBUTIONS);
    Dataset<Row> credibilities =
        rows("account_key bigint, credibility double, trading_share double", row(1L, 0.5, 0.8));
    Dataset<Row> accounts =
        Expertise.accounts(
            none, increments, credibilities, exclusions(), 0.01, 0.5, NIGHT, HALF_LIFE);
    Map<Long, Row> rows = new HashMap<>();
    accounts.collectAsList().forEach(row -> rows.put(row.getAs("account_key"), row));
    // Whoever voted is nobody, and has no row.
    assertThat(rows).containsOnlyKeys(1L, 2L, 3L);
    double[] votes = {8 + 16 / 4.0, 2 + 2 / 4.0, 22 / 4.0};
    for (int i = 0; i < votes.length; i++) {
      Row row = rows.get(i + 1L);
      assertThat(row.<Double>getAs("earned_expertise")).isCloseTo(0.5 * votes[i], within(1e-6));
      assertThat(row.<Double>getAs("topic_attention_share")).isNull();
      assertThat(row.<Long>getAs("reaction_count")).isZero();
    }
    assertThat(rows.get(1L).<Double>getAs("interest_share")).isCloseTo(0.5, within(1e-6));
    assertThat(rows.get(1L).<Long>getAs("vote_count")).isEqualTo(8);
    assertThat(rows.get(1L).<Double>getAs("deviation_share"))
        .isCloseTo(Math.sqrt(8) / 12, within(1e-6));
    // Three votes are evidence as three attesters are; two are not.
    Map<Long, Double> points = new HashMap<>();
    Expertise.scored(accounts, Expertise.scales(Expertise.populations(accounts).collectAsList()), 3)
        .collectAsList()
        .forEach(row -> points.put(row.getAs("account_key"), row.getAs("expertise")));
    assertThat(points.get(1L)).isNotNull();
    assertThat(points.get(2L)).isNull();
    assertThat(points.get(3L)).isNull();
  }

  @Test
  void pointsAreTheRarityAmongTheTopicsAccounts() {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      // One account earns ten times as much as the next hundred, those more than all others.
      double earned = i == 0 ? 100 : i < 100 ? 10 : i < 900 ? 1 : 0;
      rows.add(row("n", "chess", (long) i, earned, 5L - (i == 1 ? 3 : 0), 0.1, 0L));
    }
    Collections.shuffle(rows, new Random(1));
    Dataset<Row> accounts =
        rows(
            "network string, topic_id string, account_key bigint, earned_expertise double,"
                + " attester_count bigint, deviation_share double, vote_count bigint",
            rows.toArray(Object[][]::new));
    Dataset<Row> scored =
        Expertise.scored(
            accounts, Expertise.scales(Expertise.populations(accounts).collectAsList()), 3);
    Map<Long, Row> byKey = new HashMap<>();
    scored.collectAsList().forEach(row -> byKey.put(row.getAs("account_key"), row));
    assertThat(byKey.get(50L).<Double>getAs("expertise")).isCloseTo(12.5, within(0.5));
    assertThat(byKey.get(0L).<Double>getAs("expertise"))
        .isGreaterThan(byKey.get(50L).<Double>getAs("expertise") + 5);
    assertThat(byKey.get(0L).<Long>getAs("place")).isEqualTo(1);
    // Too few attesters, or nothing earned: no number, no place.
    assertThat(byKey.get(1L).<Double>getAs("expertise")).isNull();
    assertThat(byKey.get(1L).<Long>getAs("place")).isNull();
    assertThat(byKey.get(950L).<Double>getAs("expertise")).isNull();
    for (Row row : byKey.values()) {
      if (row.getAs("expertise") != null) {
        assertThat(row.<Double>getAs("expertise_low")).isLessThanOrEqualTo(row.getAs("expertise"));
        assertThat(row.<Double>getAs("expertise_high"))
            .isGreaterThanOrEqualTo(row.getAs("expertise"));
      }
    }
  }

  @Test
  void oneOfFewAccountsIsNoRarerThanFewCanShow() {
    List<Object[]> rows = new ArrayList<>();
    // Of seventeen, sixteen earn nothing; of the other topic's, nine earn little and seven nothing.
    for (int i = 0; i < 17; i++) {
      rows.add(row("n", "archaeology", (long) i, i == 0 ? 50.0 : 0.0, 9L, 0.1, 0L));
      rows.add(row("n", "chess", (long) i, i == 0 ? 1e6 : i < 10 ? 1.0 : 0.0, 9L, 0.1, 0L));
      rows.add(row("n", "knitting", (long) i, 0.0, 9L, 0.1, 0L));
    }
    Dataset<Row> accounts =
        rows(
            "network string, topic_id string, account_key bigint, earned_expertise double,"
                + " attester_count bigint, deviation_share double, vote_count bigint",
            rows.toArray(Object[][]::new));
    Map<String, Double> first = new HashMap<>();
    Expertise.scored(accounts, Expertise.scales(Expertise.populations(accounts).collectAsList()), 3)
        .where("account_key = 0")
        .collectAsList()
        .forEach(row -> first.put(row.getAs("topic_id"), row.getAs("expertise")));
    // One of 17, but for where in its step of the histogram it lies.
    assertThat(first.get("archaeology")).isCloseTo(12.5 * Math.log10(17), within(0.5));
    // Ten times as rare as its place, at most.
    assertThat(first.get("chess")).isCloseTo(12.5 * Math.log10(170), within(0.2));
    assertThat(first.get("knitting")).isNull();
  }
}
