package renown.engine.shortlist;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.theta_sketch_agg;
import static org.apache.spark.sql.functions.theta_sketch_estimate;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import renown.kernels.sketches.AudienceSketch;
import renown.kernels.sketches.Coverage;
import renown.kernels.sketches.Coverage.Request;
import renown.testing.SparkTest;

class ReachTest extends SparkTest {
  private static final Campaign CHESS =
      new Campaign("c", "chess", false, null, null, null, 0, 10, 0);

  /** Rows as {@link Candidates#of} gives them, of sets given; scores fall, costs are all 1. */
  private static Dataset<Row> candidates(long[][] sets, long[] costs, Long[] communities) {
    List<Row> members = new ArrayList<>();
    List<Row> accounts = new ArrayList<>();
    for (int i = 0; i < sets.length; i++) {
      for (long member : sets[i]) {
        members.add(RowFactory.create((long) i, member));
      }
      accounts.add(
          RowFactory.create(
              "n", (long) i, 60.0 - i / 100.0, (long) (i * 7919 % 1000), costs[i], communities[i]));
    }
    Dataset<Row> sketches =
        spark()
            .createDataFrame(members, StructType.fromDDL("account_key bigint, member bigint"))
            .groupBy("account_key")
            .agg(theta_sketch_agg(col("member"), AudienceSketch.LOG2_ENTRIES).as("sketch"));
    UDF1<byte[], Double> error = AudienceSketch::relativeError;
    return spark()
        .createDataFrame(
            accounts,
            StructType.fromDDL(
                "network string, account_key bigint, score double, followed_count bigint, cost"
                    + " bigint, community_key bigint"))
        .join(sketches, "account_key")
        .withColumn("reached_count", theta_sketch_estimate(col("sketch")))
        .withColumn("relative_error", udf(error, DataTypes.DoubleType).apply(col("sketch")))
        .persist();
  }

  private static long[] ones(int count) {
    long[] ones = new long[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static long[][] sets(Random random, int count, int universe) {
    long[][] sets = new long[count][];
    for (int i = 0; i < count; i++) {
      int size = 1 + (int) (universe * Math.pow(random.nextDouble(), 4) / 2);
      sets[i] = random.longs(size, 0, universe).distinct().toArray();
    }
    // As candidates are looked at: of two that add as much the larger set comes first.
    Arrays.sort(sets, Comparator.comparingInt(set -> -set.length));
    return sets;
  }

  private static int covered(long[][] sets, long[] chosen) {
    Set<Long> members = new HashSet<>();
    for (long set : chosen) {
      Arrays.stream(sets[(int) set]).forEach(members::add);
    }
    return members.size();
  }

  /** However few sets are looked at first: what comes out is what all of them would give. */
  @Test
  void theChoiceIsThatOfGreedyOnWholeSets() {
    Random random = new Random(11);
    long[][] sets = sets(random, 120, 8000);
    Dataset<Row> candidates = candidates(sets, ones(sets.length), new Long[sets.length]);
    int exact = Coverage.choose(sets, Request.seats(12)).covered();
    Choices all = Choices.of(candidates, null, 12, 0);
    assertThat(covered(sets, all.lists().get(Choices.SHORTLIST))).isEqualTo(exact);
    assertThat(all.sampledShare()).isEqualTo(1);
    assertThat(all.loaded()).isEqualTo(sets.length);
    assertThat(all.candidates()).isEqualTo(sets.length);
    Choices few = Choices.of(candidates.repartition(3), null, 12, 0, 2);
    assertThat(few.lists().get(Choices.SHORTLIST)).isEqualTo(all.lists().get(Choices.SHORTLIST));
    Choices two = Choices.of(candidates, null, 2, 0, 32);
    assertThat(covered(sets, two.lists().get(Choices.SHORTLIST)))
        .isEqualTo(Coverage.choose(sets, Request.seats(2)).covered());
    assertThat(two.loaded()).isEqualTo(32);
    // Lists that one would make without.
    assertThat(all.lists().get(Choices.TOP_SCORES)).isEqualTo(LongStream.range(0, 12).toArray());
    assertThat(all.lists().get(Choices.MOST_FOLLOWED)).hasSize(12).doesNotHaveDuplicates();
    assertThat(all.lists()).hasSize(3 + Choices.RANDOM_LISTS);
    assertThat(all.lists().get(Choices.RANDOM + 1))
        .isNotEqualTo(all.lists().get(Choices.RANDOM + 2));
  }

  /**
   * Sets of up to 30,000 are samples; the choice made on them reaches as much within a hundredth.
   */
  @Test
  void onSketchesThatAreSamplesGreedyReachesAsMuchWithinOnePercent() {
    Random random = new Random(3);
    long[][] sets = sets(random, 60, 60_000);
    Dataset<Row> candidates = candidates(sets, ones(sets.length), new Long[sets.length]);
    Choices choices = Choices.of(candidates, null, 8, 0);
    assertThat(choices.sampledShare()).isLessThan(0.5);
    int exact = Coverage.choose(sets, Request.seats(8)).covered();
    assertThat(covered(sets, choices.lists().get(Choices.SHORTLIST)))
        .isGreaterThanOrEqualTo((int) (0.99 * exact));
  }

  @Test
  void budgetsAndCommunitiesBindAllLists() {
    Random random = new Random(4);
    long[][] sets = sets(random, 50, 500);
    long[] costs = random.longs(50, 1, 20).toArray();
    Long[] communities = random.longs(50, 0, 6).boxed().toArray(Long[]::new);
    communities[7] = null;
    Dataset<Row> candidates = candidates(sets, costs, communities);
    Choices choices = Choices.of(candidates, 40L, 100, 1);
    choices
        .lists()
        .forEach(
            (name, keys) -> {
              assertThat(keys).as(name).isNotEmpty();
              assertThat(Arrays.stream(keys).map(key -> costs[(int) key]).sum())
                  .as(name)
                  .isLessThanOrEqualTo(40);
              assertThat(
                      Arrays.stream(keys)
                          .mapToObj(key -> communities[(int) key])
                          .filter(community -> community != null))
                  .as(name)
                  .doesNotHaveDuplicates();
            });
    int exact =
        Coverage.choose(
                sets,
                new Request(100, Arrays.stream(costs).asDoubleStream().toArray(), 40, null, 0)
                    .withGroups(
                        Arrays.stream(communities)
                            .mapToInt(c -> c == null ? -1 : c.intValue())
                            .toArray(),
                        1))
            .covered();
    assertThat(covered(sets, choices.lists().get(Choices.SHORTLIST))).isEqualTo(exact);
  }

  /** The three highest scores reach the same people; exact numbers are those of the edges. */
  @Test
  void reachIsCountedExactlyBesideOtherLists() {
    Dataset<Row> topics =
        spark()
            .range(1000, 1100)
            .selectExpr("id AS src_key", "explode(array(0L, 1L, 2L)) AS dst_key")
            .where("dst_key = 0 OR src_key < 1099")
            .unionByName(spark().range(2000, 2050).selectExpr("id AS src_key", "3L AS dst_key"))
            .unionByName(spark().range(2045, 2075).selectExpr("id AS src_key", "4L AS dst_key"))
            .selectExpr(
                "'n' AS network",
                "'chess' AS topic_id",
                "src_key",
                "dst_key",
                "'like' AS verb",
                "1L AS act_count",
                "DATE'2026-01-05' AS night");
    long[] top = {0, 1, 2};
    Map<String, long[]> lists =
        new LinkedHashMap<>(Map.of(Choices.TOP_SCORES, top, Choices.MOST_FOLLOWED, new long[] {3}));
    lists.put(Choices.SHORTLIST, new long[] {0, 3, 4});
    for (int draw = 1; draw <= Choices.RANDOM_LISTS; draw++) {
      lists.put(Choices.RANDOM + draw, draw == 1 ? new long[] {4, 3} : new long[] {4});
    }
    Choices choices =
        new Choices(lists, Map.of(0L, 5L, 1L, 5L, 2L, 5L, 3L, 5L, 4L, 2L), 5, 5, 1, 0);
    Dataset<Row> edges =
        rows(
            "network string, src_key bigint, dst_key bigint, verb string, act_count bigint, night date");
    Dataset<Row> credible =
        spark().range(0, 2074).selectExpr("'n' AS network", "id AS account_key");
    Shortlist shortlist = Shortlist.counted(choices, CHESS, edges, topics, credible);
    assertThat(shortlist.basis()).isEqualTo(Choices.SHORTLIST);
    assertThat(shortlist.seats())
        .containsExactly(
            new Shortlist.Seat(0, 5, 100, 100, 100),
            new Shortlist.Seat(3, 10, 50, 50, 150),
            new Shortlist.Seat(4, 12, 29, 24, 174));
    assertThat(shortlist.reach()).isEqualTo(174);
    assertThat(shortlist.reachAt(Choices.TOP_SCORES, 12)).isEqualTo(100);
    assertThat(shortlist.reachAt(Choices.MOST_FOLLOWED, 4)).isZero();
    assertThat(shortlist.reachAt(Choices.RANDOM, 12)).isEqualTo((74 + 4 * 29) / 5);
    // Where sketches misled, the better list is taken.
    Map<String, long[]> misled = new LinkedHashMap<>(lists);
    misled.put(Choices.SHORTLIST, new long[] {4});
    Shortlist better =
        Shortlist.counted(
            new Choices(misled, choices.costs(), 5, 5, 0.5, 0), CHESS, edges, topics, credible);
    assertThat(better.basis()).isEqualTo(Choices.TOP_SCORES);
    assertThat(better.reach()).isEqualTo(100);
  }

  @Test
  void candidatesAreThoseOfTheTopicThatPass() {
    String columns =
        "network string, account_key bigint, topic_id string, reached_count bigint, relative_error"
            + " double, sketch binary, total_reached_count bigint, stated_follower_count bigint, kind"
            + " string, language string, score double, expertise double, attester_count bigint";
    byte[] sketch = {1};
    byte[] whole = {2};
    Dataset<Row> sketches =
        rows(
            columns,
            row("n", 1L, "*", 90L, 0.0, whole, 90L, 500L, "person", "es", 40.0, null, null),
            row("n", 1L, "chess", 9L, 0.0, sketch, 90L, 500L, "person", "es", 40.0, 30.0, 4L),
            row("n", 2L, "chess", 8L, 0.0, sketch, 80L, null, "organisation", "es", 39.0, 30.0, 4L),
            row("m", 3L, "chess", 7L, 0.0, sketch, null, null, "unknown", "en", 38.0, 30.0, 4L),
            row("n", 4L, "chess", 6L, 0.0, sketch, 60L, 1L, "automated", "en", 37.0, 30.0, 4L),
            row("n", 5L, "music", 5L, 0.0, sketch, 50L, 1L, "person", "en", 36.0, 30.0, 4L));
    assertThat(keys(sketches, CHESS)).containsExactly(1L, 2L, 3L);
    assertThat(keys(sketches, new Campaign("c", "chess", false, "n", null, null, 0, 1, 0)))
        .containsExactly(1L, 2L);
    assertThat(keys(sketches, new Campaign("c", "chess", false, null, "en", null, 0, 1, 0)))
        .containsExactly(3L);
    assertThat(keys(sketches, new Campaign("c", "chess", false, null, null, "person", 0, 1, 0)))
        .containsExactly(1L);
    assertThat(keys(sketches, new Campaign("c", "chess", false, null, null, null, 0.4, 1, 0)))
        .containsExactly(1L);
    assertThat(keys(sketches, new Campaign("c", "chess", false, null, null, null, 0.5, 1, 0)))
        .isEmpty();
    Row everybody =
        Candidates.of(
                sketches,
                new Campaign("c", "chess", true, null, null, null, 0, 1, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                answers())
            .head();
    assertThat(everybody.<Long>getAs("reached_count")).isEqualTo(90);
    assertThat(everybody.<byte[]>getAs("sketch")).isEqualTo(whole);
    assertThat(everybody.<Double>getAs("expertise")).isEqualTo(30);
    Dataset<Row> named =
        Candidates.of(
            sketches,
            CHESS,
            Optional.of(
                rows("account_key bigint, cost bigint", row(2L, 5L), row(3L, 6L), row(4L, 1L))),
            Optional.of(rows("account_key bigint", row(3L))),
            Optional.of(
                rows("account_key bigint, community_key bigint", row(2L, 77L), row(1L, 78L))),
            answers());
    Row only = named.collectAsList().get(0);
    assertThat(named.count()).isOne();
    assertThat(only.<Long>getAs("account_key")).isEqualTo(2);
    assertThat(only.<Long>getAs("cost")).isEqualTo(5);
    assertThat(only.<Long>getAs("community_key")).isEqualTo(77);
    assertThat(only.<Long>getAs("followed_count")).isEqualTo(80);
  }

  /** The first answers now and then, of the second nothing is known. */
  private static Dataset<Row> answers() {
    return rows("account_key bigint, response_rate double", row(1L, 0.4), row(2L, null));
  }

  private static List<Long> keys(Dataset<Row> sketches, Campaign campaign) {
    return Candidates.of(
            sketches, campaign, Optional.empty(), Optional.empty(), Optional.empty(), answers())
        .sort("account_key")
        .collectAsList()
        .stream()
        .map(row -> row.<Long>getAs("account_key"))
        .toList();
  }

  @Test
  void campaignsAreReadFromConf() {
    assertThat(Campaign.parse(" ")).isEmpty();
    assertThat(
            Campaign.parse(
                "spring: topic=space technology, seats=5; a-1: topic=chess, seats=1000, lang=ES,"
                    + " kind=person, network=x, audience=all, min-response-rate=0.25,"
                    + " per-community=2"))
        .containsExactly(
            new Campaign("spring", "space technology", false, null, null, null, 0, 5, 0),
            new Campaign("a-1", "chess", true, "x", "es", "person", 0.25, 1000, 2));
    for (String wrong :
        List.of(
            "topic=chess, seats=1",
            "a: topic=chess",
            "a: seats=3",
            "a: topic=chess, seats=0",
            "a: topic=chess, seats=1001",
            "a: topic=chess, seats=5, kind=automated",
            "a: topic=chess, seats=5, audience=some",
            "a: topic=chess, seats=5, min-response-rate=2",
            "a: topic=chess, seats=5, seats=6",
            "a: topic=chess, seats=5, colour=red",
            "a: topic=chess, seats=5; a: topic=chess, seats=5",
            "a: topic=chess, seats=5;;")) {
      assertThatThrownBy(() -> Campaign.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
