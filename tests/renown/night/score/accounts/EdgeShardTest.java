package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static renown.night.score.accounts.Given.UNIT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.kernels.accounts.HIndex;
import renown.lake.ColumnRows;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.tables.EdgeIncrements;
import renown.tables.RecentEdges;

/** However many shards there are, each account gets the same bits from every walk. */
class EdgeShardTest {
  private static final int COUNT = 120;
  private static final AccountNumbers ACCOUNTS = Given.accounts(COUNT);
  private static final boolean[] EXCLUDED = new boolean[COUNT];

  static {
    EXCLUDED[17] = true;
  }

  /** A few who are attended to much, and many who are not; half of the attention is returned. */
  private static final class Town {
    private final List<Object[]> increments = new ArrayList<>();
    private final List<Object[]> recent = new ArrayList<>();
    private final List<Object[]> acts = new ArrayList<>();
    private final Random random;

    Town(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 3000; i++) {
        long source = random.nextInt(COUNT);
        long destination = (long) (COUNT * Math.pow(random.nextDouble(), 3));
        add(source, destination);
        if (random.nextBoolean()) {
          add(destination, source);
        }
      }
    }

    private void add(long source, long destination) {
      if (source == destination) {
        return;
      }
      String verb = Acts.VERBS.get(random.nextInt(Acts.VERBS.size()));
      long units = random.nextLong(-UNIT / 4, 4 * UNIT);
      long count = units < 0 ? -1 : 1 + random.nextInt(3);
      increments.add(Given.row("x", source, destination, verb, count, units, Given.NIGHT));
      if (random.nextInt(3) == 0) {
        Object[] row = new Object[11];
        row[0] = source;
        row[1] = destination;
        for (int clock = 0; clock < 8; clock++) {
          row[2 + clock] = random.nextLong(-UNIT / 10, UNIT);
        }
        row[10] = Given.NIGHT.minusDays(1 + random.nextInt(5));
        recent.add(row);
      }
      if (random.nextInt(4) == 0) {
        acts.add(Given.row(verb, source, destination, null, Given.at("2026-01-14T03:00:00Z"), 1L));
      }
    }

    /** The shards of so many ranges. */
    List<EdgeShard> shards(int wanted) {
      ColumnRows rows = Given.rows(EdgeIncrements.TABLE, increments.toArray(new Object[0][]));
      ColumnRows before = Given.rows(RecentEdges.TABLE, recent.toArray(new Object[0][]));
      Acts tonight = Given.acts(ACCOUNTS, acts.toArray(new Object[0][]));
      int[] bounds = EdgeShards.ranges(new int[COUNT], wanted);
      List<EdgeShard> shards = new ArrayList<>();
      for (int i = 0; i < bounds.length; i++) {
        int from = bounds[i];
        int to = i + 1 < bounds.length ? bounds[i + 1] : COUNT;
        EdgeRows edges = new EdgeRows(from, to);
        // Left out at once, or later.
        edges.add(rows, ACCOUNTS, i % 2 == 0 ? EXCLUDED : null);
        RecentRows recentRows = new RecentRows(from, to);
        recentRows.add(before, ACCOUNTS);
        shards.add(
            new EdgeShard(
                new StandingEdges(edges, ACCOUNTS, EXCLUDED, new double[] {0.7 / UNIT}),
                new FastEdges(
                    ACCOUNTS,
                    recentRows,
                    bounds.length == 1 ? tonight : tonight.reactionsOf(from, to),
                    Given.DAY)));
      }
      return shards;
    }
  }

  /** All that the walks find of the accounts, as text to the last bit. */
  private static Map<String, String> found(Town town, int wanted) {
    List<EdgeShard> shards = town.shards(wanted);
    Map<String, String> found = new TreeMap<>();
    List<EdgeShard.Attention> attention =
        shards.stream().map(shard -> shard.attention(true)).toList();
    EdgeShard.AllAttention all = new EdgeShard.AllAttention(attention);
    double[] credibility = new Random(5).doubles(COUNT).toArray();
    double[] passedOn = new Random(6).doubles(COUNT, 0.5, 1).toArray();
    found.put("edges", Arrays.toString(all.degrees.edges));
    found.put("followers", Arrays.toString(all.degrees.followers));
    found.put("following", Arrays.toString(all.degrees.following));
    found.put("actors", Arrays.toString(all.degrees.actors));
    found.put("targets", Arrays.toString(all.degrees.targets));
    found.put("volumes", Arrays.toString(all.degrees.volumes));
    found.put("trading", Arrays.toString(all.tradingShare));
    found.put("blocks", Arrays.toString(all.blockSums(credibility)));
    found.put("pairs", Arrays.toString(all.pairWeights));
    found.put(
        "turnover",
        attention.stream()
            .map(EdgeShard.Attention::turnover)
            .reduce(FastEdges.Turnover::plus)
            .toString());
    found.put("added", text(attention.stream().map(EdgeShard.Attention::added).toList()));
    found.put("recent", text(shards.stream().map(shard -> shard.fast().all()).toList()));
    TreeMap<String, Double> verbs =
        new TreeMap<>(ScoreStage.VERB_WEIGHTS.defaultValue().orElseThrow());
    List<EdgeShard.Outgoing> outgoing =
        shards.stream().map(shard -> shard.outgoing(verbs, all.tradingShare, passedOn)).toList();
    double[] given =
        outgoing.stream().flatMapToDouble(range -> Arrays.stream(range.given())).toArray();
    found.put("given", Arrays.toString(given));
    found.put(
        "toNobody",
        Arrays.toString(
            outgoing.stream().flatMapToDouble(o -> Arrays.stream(o.toNobody())).toArray()));
    found.put(
        "weights",
        outgoing.stream()
            .flatMap(
                range ->
                    IntStream.range(0, range.weights().length)
                        .mapToObj(i -> range.destinations()[i] + ":" + range.weights()[i]))
            .collect(Collectors.joining(" ")));
    double[] ranks = new Random(7).doubles(COUNT, 0, 2.0 / COUNT).toArray();
    ranks[3] = Double.NaN;
    EdgeShard.Ranked ranked =
        new EdgeShard.Ranked(
            credibility,
            all.tradingShare,
            new Random(9).doubles(COUNT, 0.1, 1).toArray(),
            passedOn,
            given,
            ranks,
            new boolean[] {true},
            new double[] {60});
    EdgeShard.Rules rules =
        new EdgeShard.Rules(
            verbs,
            0.85,
            90,
            new EarnedAttentionModel(Measure.SCORE, ModelKeys.WEIGHTS.defaultValue().orElseThrow()),
            new EarnedAttentionModel(
                Measure.MOMENTUM, ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow()),
            5);
    double[] regularity = new Random(8).doubles(COUNT).toArray();
    StringBuilder earned = new StringBuilder();
    StringBuilder sources = new StringBuilder();
    for (EdgeShard shard : shards) {
      int from = shard.standing().graph().from();
      int to = shard.standing().graph().to();
      EdgeShard.Result result =
          shard.earned(
              ACCOUNTS,
              ranked,
              record().of(from, to),
              Arrays.copyOfRange(regularity, from, to),
              rules);
      for (int account = from; account < to; account++) {
        Earned its = result.earned();
        earned
            .append(Arrays.toString(its.termValues(account)))
            .append(Arrays.toString(its.momentumTermValues(account)))
            .append(its.credibleActors(account));
        if (its.isRanked(account)) {
          earned.append(its.attention(account)).append(its.low(account)).append(its.high(account));
        }
      }
      sources.append(
          IntStream.range(0, result.sources().accounts().length)
              .mapToObj(
                  i ->
                      result.sources().accounts()[i]
                          + "<"
                          + result.sources().sources()[i]
                          + ":"
                          + result.sources().parts()[i]
                          + "x"
                          + result.sources().authorityPerRank()[i])
              .collect(Collectors.joining(" ", "", " ")));
    }
    found.put("earned", earned.toString());
    // A shard may have none.
    found.put("sources", sources.toString().replaceAll(" +", " "));
    return found;
  }

  private static PostRecord record() {
    Random random = new Random(9);
    long[][] sums = new long[PostRecord.SUMS][];
    Arrays.setAll(sums, sum -> random.longs(COUNT, 0, 9 * UNIT).toArray());
    HIndex[] indexes = new HIndex[COUNT];
    Arrays.setAll(indexes, account -> new HIndex(random.nextDouble() * 9, random.nextDouble()));
    return new PostRecord(0, sums, new double[] {0.2}, indexes);
  }

  /** Rows by edge: each is told of by one shard, whatever the order. */
  private static String text(List<FastEdges.Written> parts) {
    ColumnRows rows = FastEdges.Written.rows(parts, ACCOUNTS, Given.DAY);
    return IntStream.range(0, rows.size())
        .mapToObj(
            row ->
                RecentEdges.TABLE.columns().stream()
                    .map(column -> String.valueOf(rows.longs(column).get(row)))
                    .collect(Collectors.joining(",")))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyNumberOfShardsFindsTheSameBits(long seed) {
    Town town = new Town(seed);
    Map<String, String> one = found(town, 1);
    for (int shards : new int[] {3, 8, COUNT}) {
      Map<String, String> several = found(town, shards);
      one.forEach((what, value) -> assertThat(several.get(what)).as(what).isEqualTo(value));
    }
    // It is no empty comparison.
    assertThat(one.get("trading")).containsPattern("0\\.[1-9]");
    assertThat(one.get("blocks")).containsPattern("0\\.[1-9]");
    assertThat(one.get("added").lines().count()).isGreaterThan(100);
    assertThat(one.get("sources").length()).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void rangesHoldEveryAccountOnceAndAboutTheSameWeight(int wanted) {
    int[] weights = new Random(1).ints(500, 0, 100).toArray();
    int[] bounds = EdgeShards.ranges(weights, wanted);
    assertThat(bounds).hasSize(wanted).isSorted().startsWith(0);
    for (int i = 0; i < wanted; i++) {
      int to = i + 1 < wanted ? bounds[i + 1] : weights.length;
      long weight = IntStream.range(bounds[i], to).mapToLong(account -> weights[account] + 1).sum();
      assertThat(weight).isBetween(25_000L / wanted - 600, 25_000L / wanted + 1100);
    }
    assertThat(EdgeShards.ranges(new int[0], 3)).containsExactly(0);
  }
}
