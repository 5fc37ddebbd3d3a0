package renown.night.audience;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import renown.engine.shortlist.ReachedAccounts;
import renown.kernels.sketches.AudienceSketch;
import renown.tables.CredibleAccounts;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class AudiencesTest extends SparkTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
  private static final Column DATE = lit(Date.valueOf(FIRST));
  private static final String EDGES =
      "network string, src_key bigint, dst_key bigint, verb string, act_count bigint, night date";
  private static final String TOPICS =
      "network string, topic_id string, src_key bigint, dst_key bigint, verb string, act_count"
          + " bigint, night date";
  private static final String ACTS = "target_key bigint, change bigint";
  private static final String WORTHY =
      "network string, account_key bigint, topic_id string, score double, expertise double,"
          + " attester_count bigint";
  private static final String COUNTED = "network string, account_key bigint, night date";

  private static Object[] edge(long src, long dst, String verb, long count) {
    return row("n", src, dst, verb, count, Date.valueOf(FIRST));
  }

  private static Object[] about(String topic, long src, long dst, String verb, long count) {
    return row("n", topic, src, dst, verb, count, Date.valueOf(FIRST));
  }

  private static Dataset<Row> counted(long... accounts) {
    return rows(
        COUNTED,
        Arrays.stream(accounts)
            .mapToObj(a -> row("n", a, Date.valueOf(FIRST)))
            .toArray(Object[][]::new));
  }

  private static Dataset<Row> worthy(Object[]... pairs) {
    return rows(
        WORTHY,
        Arrays.stream(pairs)
            .map(
                p ->
                    row(
                        "n",
                        p[0],
                        p[1],
                        40.0,
                        p[1].equals("*") ? null : 30.0,
                        p[1].equals("*") ? null : 3L))
            .toArray(Object[][]::new));
  }

  private static Dataset<Row> nothingBefore() {
    return rows(MartAudienceSketches.TABLE.structType());
  }

  @Test
  void anAccountCountsFromTheBoundUntilHalfOfIt() {
    Dataset<Row> credibilities =
        rows(
            "network string, account_key bigint, credibility double",
            row("n", 1L, 0.1),
            row("n", 2L, 0.09),
            row("n", 3L, 0.09),
            row("n", 4L, 0.04));
    Dataset<Row> tonight = Audiences.credible(credibilities, counted(3, 4, 5), 0.1, DATE);
    TableAssert.assertThat(tonight).hasColumnsOf(CredibleAccounts.TABLE);
    assertThat(tonight.collectAsList().stream().map(row -> row.<Long>getAs("account_key")))
        .containsExactlyInAnyOrder(1L, 3L);
  }

  /** Follows and reactions reach; blocks, lists, what was undone and who does not count do not. */
  @Test
  void reachIsOfDistinctCredibleAccounts() {
    Dataset<Row> edges =
        rows(
            EDGES,
            edge(1, 100, "follow", 1),
            edge(1, 100, "like", 5),
            edge(2, 100, "follow", 1),
            edge(2, 100, "follow", -1),
            edge(3, 100, "block", 1),
            edge(4, 100, "list", 1),
            edge(5, 100, "mention", 1),
            edge(9, 100, "follow", 1),
            edge(1, 200, "reply", 1));
    Dataset<Row> topics =
        rows(
            TOPICS,
            about("*", 1, 1, "reaction", 9),
            about("chess", 1, 100, "like", 1),
            about("chess", 5, 100, "list", 1),
            about("chess", 100, 100, "post", 4),
            about("music", 2, 100, "like", 1),
            about("music", 2, 100, "like", -1));
    Dataset<Row> credible = counted(1, 2, 3, 4, 5, 100);
    Dataset<Row> sketches =
        sketches(
            worthy(row(100L, "*"), row(100L, "chess"), row(100L, "music"), row(300L, "*")),
            nothingBefore(),
            edges,
            topics,
            counted(),
            credible);
    assertThat(counts(sketches)).isEqualTo(Map.of("100 *", 2L, "100 chess", 1L));
    assertThat(sketches.where("relative_error <> 0").count()).isZero();
    assertThat(
            ReachedAccounts.of(edges, topics, "*", rows("account_key bigint", row(100L)), credible)
                .collectAsList()
                .stream()
                .map(row -> row.<Long>getAs("src_key")))
        .containsExactlyInAnyOrder(1L, 5L);
    assertThat(
            ReachedAccounts.of(
                    edges, topics, "chess", rows("account_key bigint", row(100L)), credible)
                .collectAsList()
                .stream()
                .map(row -> row.<Long>getAs("src_key")))
        .containsExactly(1L);
  }

  private static Dataset<Row> sketches(
      Dataset<Row> worthy,
      Dataset<Row> last,
      Dataset<Row> edges,
      Dataset<Row> topics,
      Dataset<Row> before,
      Dataset<Row> credible) {
    return tonight(worthy, last, rows(ACTS), edges, topics, before, credible, DATE);
  }

  /** As the stage puts them together. */
  private static Dataset<Row> tonight(
      Dataset<Row> worthy,
      Dataset<Row> last,
      Dataset<Row> interactions,
      Dataset<Row> edges,
      Dataset<Row> topics,
      Dataset<Row> before,
      Dataset<Row> credible,
      Column night) {
    return Audiences.sketches(
            worthy,
            Audiences.known(last, interactions, edges, before, credible),
            edges,
            topics,
            before,
            credible,
            night)
        .persist();
  }

  private static Map<String, Long> counts(Dataset<Row> sketches) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : sketches.collectAsList()) {
      counts.put(
          row.<Long>getAs("account_key") + " " + row.<String>getAs("topic_id"),
          row.<Long>getAs("reached_count"));
    }
    return counts;
  }

  private static Map<String, String> bytes(Dataset<Row> sketches) {
    Map<String, String> bytes = new TreeMap<>();
    for (Row row : sketches.collectAsList()) {
      bytes.put(
          row.<Long>getAs("account_key") + " " + row.<String>getAs("topic_id"),
          Arrays.toString(row.<byte[]>getAs("sketch")));
    }
    return bytes;
  }

  /**
   * Night after night of acts done and undone, and of accounts that come to count and cease to: the
   * sketches brought forward are those made from all edges, bit for bit, however rows are spread;
   * and they hold the true sets. One account is too large to be exact.
   */
  @Test
  void sketchesBroughtForwardAreThoseMadeFromAllEdges() {
    Random random = new Random(5);
    int sources = 7000;
    Set<String> done = new HashSet<>();
    List<Row> edges = new ArrayList<>();
    List<Row> topics = new ArrayList<>();
    Set<Long> counting = new HashSet<>();
    StructType sketchSchema = MartAudienceSketches.TABLE.structType();
    List<Row> last = new ArrayList<>();
    for (int night = 0; night < 5; night++) {
      LocalDate day = FIRST.plusDays(night);
      Date date = Date.valueOf(day);
      List<Row> acts = new ArrayList<>();
      for (int i = 0; i < (night == 0 ? 12_000 : 600); i++) {
        long src = random.nextInt(sources);
        // Most attend to the first.
        long dst = 10_000 + (random.nextInt(4) > 0 ? 0 : random.nextInt(6));
        String verb = random.nextBoolean() ? "follow" : "like";
        boolean undoes = night > 0 && random.nextInt(100) == 0;
        String act = src + " " + dst + " " + verb;
        if (undoes ? !done.remove(act) : !done.add(act)) {
          continue;
        }
        long change = undoes ? -1 : 1;
        edges.add(RowFactory.create("n", src, dst, verb, change, date));
        if (verb.equals("like")) {
          topics.add(RowFactory.create("n", "chess", src, dst, verb, change, date));
        }
        acts.add(RowFactory.create(dst, change));
      }
      Set<Long> before = new HashSet<>(counting);
      for (long src = 0; src < sources; src++) {
        if (night == 0 ? random.nextInt(10) > 0 : random.nextInt(400) == 0) {
          if (!counting.remove(src)) {
            counting.add(src);
          }
        }
      }
      List<Object[]> pairs = new ArrayList<>();
      for (long account = 10_000; account < 10_006; account++) {
        // Some get a sketch only later.
        if (account < 10_004 || night >= 2) {
          pairs.add(row(account, "*"));
          pairs.add(row(account, "chess"));
        }
      }
      Dataset<Row> worthy = worthy(pairs.toArray(Object[][]::new));
      Dataset<Row> edgeRows = spark().createDataFrame(edges, StructType.fromDDL(EDGES));
      Dataset<Row> topicRows = spark().createDataFrame(topics, StructType.fromDDL(TOPICS));
      Dataset<Row> now = counted(counting.stream().mapToLong(a -> a).toArray());
      Dataset<Row> forward =
          tonight(
              worthy,
              spark().createDataFrame(last, sketchSchema),
              spark().createDataFrame(acts, StructType.fromDDL(ACTS)),
              edgeRows.repartition(3, col("verb"), col("src_key")),
              topicRows,
              counted(before.stream().mapToLong(a -> a).toArray()),
              now,
              lit(date));
      Map<String, String> made =
          bytes(
              tonight(
                  worthy,
                  nothingBefore(),
                  rows(ACTS),
                  edgeRows.sort(col("src_key").desc()),
                  topicRows.repartition(4),
                  counted(),
                  now,
                  lit(date)));
      List<Row> sketches = forward.collectAsList();
      assertThat(bytes(forward)).as("night %s", night).isEqualTo(made);
      Map<String, Set<Long>> truth = truth(done, counting);
      for (Row row : sketches) {
        String pair = row.<Long>getAs("account_key") + " " + row.<String>getAs("topic_id");
        double error = row.<Double>getAs("relative_error");
        int size = truth.get(pair).size();
        assertThat(row.<Long>getAs("reached_count").doubleValue())
            .as("%s on night %s", pair, night)
            .isCloseTo(size, within(4 * error * size));
        assertThat(error > 0).isEqualTo(size > 1 << AudienceSketch.LOG2_ENTRIES);
      }
      assertThat(sketches).hasSameSizeAs(pairs);
      assertThat(sketches.stream().filter(r -> r.<Double>getAs("relative_error") > 0)).isNotEmpty();
      last.clear();
      for (Row row :
          Audiences.mart(forward, noAccounts(), noKinds(), noLanguages(), noLeaders(), lit(date))
              .collectAsList()) {
        last.add(row);
      }
      counting = new HashSet<>(counting);
    }
  }

  private static Map<String, Set<Long>> truth(Set<String> done, Set<Long> counting) {
    Map<String, Set<Long>> truth = new HashMap<>();
    for (String act : done) {
      String[] parts = act.split(" ");
      long src = Long.parseLong(parts[0]);
      if (counting.contains(src)) {
        truth.computeIfAbsent(parts[1] + " *", pair -> new HashSet<>()).add(src);
        if (parts[2].equals("like")) {
          truth.computeIfAbsent(parts[1] + " chess", pair -> new HashSet<>()).add(src);
        }
      }
    }
    return truth;
  }

  private static Dataset<Row> noAccounts() {
    return rows("account_key bigint, follower_count bigint");
  }

  private static Dataset<Row> noKinds() {
    return rows("account_key bigint, kind string");
  }

  private static Dataset<Row> noLanguages() {
    return rows("account_key bigint, language string, post_count bigint");
  }

  private static Dataset<Row> noLeaders() {
    return rows(
        "network string, account_key bigint, topic_id string, place bigint, language string");
  }

  @Test
  void theMartSaysWhoItIs() {
    Dataset<Row> sketches =
        sketches(
            worthy(row(100L, "*"), row(100L, "chess"), row(200L, "*")),
            nothingBefore(),
            rows(
                EDGES, edge(1, 100, "follow", 1), edge(2, 100, "like", 1), edge(1, 200, "like", 1)),
            rows(TOPICS, about("chess", 2, 100, "like", 1)),
            counted(),
            counted(1, 2));
    Dataset<Row> mart =
        Audiences.mart(
            sketches,
            rows("account_key bigint, follower_count bigint", row(100L, 77L), row(200L, null)),
            rows("account_key bigint, kind string", row(100L, "person")),
            rows(
                "account_key bigint, language string, post_count bigint",
                row(200L, "en", 2L),
                row(200L, "es", 5L)),
            rows(
                "network string, account_key bigint, topic_id string, place bigint, language string",
                row("n", 100L, "chess", 1L, "fr")),
            DATE);
    TableAssert.assertThat(mart).hasColumnsOf(MartAudienceSketches.TABLE);
    TableAssert.assertThat(
            mart.select(
                "account_key",
                "topic_id",
                "reached_count",
                "total_reached_count",
                "stated_follower_count",
                "kind",
                "language",
                "expertise"))
        .hasRows(
            row(100L, "*", 2L, 2L, 77L, "person", null, null),
            row(100L, "chess", 1L, 2L, 77L, "person", "fr", 30.0),
            row(200L, "*", 1L, 1L, null, "unknown", "es", null));
  }

  @Test
  void overlapsAreOfLeadersOfATopicWithEachOther() {
    Dataset<Row> topics =
        rows(
            TOPICS,
            about("chess", 1, 100, "like", 1),
            about("chess", 2, 100, "like", 1),
            about("chess", 2, 200, "like", 1),
            about("chess", 3, 300, "like", 1));
    Dataset<Row> sketches =
        sketches(
            worthy(row(100L, "chess"), row(200L, "chess"), row(300L, "chess")),
            nothingBefore(),
            rows(EDGES),
            topics,
            counted(),
            counted(1, 2, 3));
    Dataset<Row> leaders =
        rows(
            "network string, account_key bigint, topic_id string, place bigint, language string",
            row("n", 100L, "chess", 1L, null),
            row("n", 200L, "chess", 2L, null),
            row("n", 300L, "chess", 3L, null));
    Dataset<Row> overlaps = Audiences.overlaps(sketches, leaders, 2, DATE);
    TableAssert.assertThat(overlaps).hasColumnsOf(MartAudienceOverlaps.TABLE);
    TableAssert.assertThat(
            overlaps.select(
                "account_key", "other_key", "reached_count", "shared_count", "shared_share"))
        .hasRows(row(100L, 200L, 2L, 1L, 0.5), row(200L, 100L, 1L, 1L, 1.0));
    assertThat(Audiences.overlaps(sketches, leaders, 3, DATE).where("shared_count = 0").count())
        .isEqualTo(4);
  }

  /** What the dictionary promises of Spark's own functions. */
  @Test
  void sparkUnitesAndIntersectsTheSketches() {
    Dataset<Row> members = spark().range(30_000).withColumnRenamed("id", "src_key");
    Dataset<Row> edges =
        members
            .select(col("src_key"), lit(100L).as("dst_key"))
            .unionByName(
                members.where("src_key >= 20000").select(col("src_key"), lit(200L).as("dst_key")))
            .unionByName(
                members
                    .select(col("src_key").plus(lit(25_000)).as("src_key"), lit(200L).as("dst_key"))
                    .where("src_key >= 30000"))
            .select(
                lit("n").as("network"),
                col("src_key"),
                col("dst_key"),
                lit("follow").as("verb"),
                lit(1L).as("act_count"),
                DATE.as("night"));
    Dataset<Row> credible =
        spark()
            .range(60_000)
            .select(lit("n").as("network"), col("id").as("account_key"), DATE.as("night"));
    sketches(
            worthy(row(100L, "*"), row(200L, "*")),
            nothingBefore(),
            edges,
            rows(TOPICS),
            counted(),
            credible)
        .createOrReplaceTempView("sketches");
    Row answer =
        spark()
            .sql(
                """
                SELECT theta_sketch_estimate(theta_union_agg(sketch)) AS united,
                       theta_sketch_estimate(theta_intersection_agg(sketch)) AS shared
                FROM sketches
                """)
            .head();
    double error = 1 / Math.sqrt((1 << AudienceSketch.LOG2_ENTRIES) - 1.0);
    assertThat(answer.<Long>getAs("united").doubleValue())
        .isCloseTo(55_000, within(4 * error * 55_000));
    assertThat(answer.<Long>getAs("shared").doubleValue())
        .isCloseTo(10_000, within(4 * error * 10_000 * Math.sqrt(5.5)));
    Row one =
        spark()
            .table("sketches")
            .where("account_key = 100")
            .withColumn("united", expr("theta_sketch_estimate(sketch)"))
            .head();
    assertThat(one.<Double>getAs("relative_error"))
        .isCloseTo(error * Math.sqrt(1 - 4096.0 / 30_000), within(0.02 * error));
    byte[] sketch = one.getAs("sketch");
    long threshold = AudienceSketch.threshold(sketch);
    long[] hashes = AudienceSketch.hashesBelow(sketch, threshold);
    assertThat(hashes).hasSize(1 << AudienceSketch.LOG2_ENTRIES).isSorted().doesNotHaveDuplicates();
    assertThat(hashes[hashes.length - 1]).isLessThan(threshold);
    assertThat(AudienceSketch.share(threshold)).isCloseTo(4096.0 / 30_000, within(0.01));
    assertThat(AudienceSketch.hashesBelow(sketch, hashes[10])).hasSize(10);
  }
}
