package renown.night.score.accounts;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import renown.kernels.accounts.HIndex;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.lake.ColumnRows;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.tables.RecentEdges;
import renown.tables.TableColumn;

/** Walks or ranks made-up edges, in a process of its own whose heap is bounded. */
final class ScoreMemoryProbe {
  private static final Random RANDOM = new Random(1);

  private ScoreMemoryProbe() {}

  public static void main(String[] arguments) {
    int rows = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("walks")) {
      walk(rows, rows / 5);
    } else {
      rank(rows, rows / 10);
    }
    System.out.println("done");
  }

  private static AccountNumbers numbers(int count) {
    long[] keys = new long[count];
    Arrays.setAll(keys, i -> i);
    String[] networks = new String[count];
    Arrays.fill(networks, "x");
    return AccountNumbers.of(keys, networks);
  }

  private static double[] all(int count, double value) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  private static void walk(int rows, int accounts) {
    AccountNumbers numbers = numbers(accounts);
    EdgeShard shard =
        new EdgeShard(
            new StandingEdges(
                edges(rows, accounts),
                numbers,
                new boolean[accounts],
                new double[] {1 / Decay.UNIT}),
            new FastEdges(
                numbers,
                recent(rows / 2, accounts, numbers),
                new Acts(new byte[0], new int[0], new int[0], new long[0], new long[0], null),
                20_010));
    double[] trading = new EdgeShard.AllAttention(List.of(shard.attention(false))).tradingShare;
    SortedMap<String, Double> verbs =
        new TreeMap<>(ScoreStage.VERB_WEIGHTS.defaultValue().orElseThrow());
    double[] credibility = all(accounts, 0.9);
    double[] given = shard.outgoing(verbs, trading, credibility).given();
    HIndex[] indexes = new HIndex[accounts];
    Arrays.fill(indexes, new HIndex(1, 0.5));
    shard.earned(
        numbers,
        new EdgeShard.Ranked(
            credibility,
            trading,
            all(accounts, 1),
            credibility,
            given,
            all(accounts, 1.0 / accounts),
            new boolean[] {true},
            new double[] {accounts}),
        new PostRecord(0, new long[PostRecord.SUMS][accounts], new double[] {0.1}, indexes),
        credibility,
        new EdgeShard.Rules(
            verbs,
            0.85,
            90,
            new EarnedAttentionModel(Measure.SCORE, ModelKeys.WEIGHTS.defaultValue().orElseThrow()),
            new EarnedAttentionModel(
                Measure.MOMENTUM, ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow()),
            10));
  }

  private static EdgeRows edges(int rows, int accounts) {
    EdgeRows edges = new EdgeRows(0, accounts);
    while (edges.size() < rows) {
      int source = RANDOM.nextInt(accounts);
      int destination = (int) (accounts * Math.pow(RANDOM.nextDouble(), 2));
      if (source != destination) {
        edges.add(source, destination, RANDOM.nextInt(6), 1, 1L << 30);
        if (RANDOM.nextInt(4) == 0) {
          edges.add(destination, source, RANDOM.nextInt(6), 1, 1L << 30);
        }
      }
    }
    return edges;
  }

  private static RecentRows recent(int rows, int accounts, AccountNumbers numbers) {
    RecentRows recent = new RecentRows(0, accounts);
    List<TableColumn> columns = RecentEdges.TABLE.columns();
    while (recent.size() < rows) {
      ColumnRows some = new ColumnRows(columns);
      for (int i = 0; i < 10_000; i++) {
        int source = RANDOM.nextInt(accounts);
        some.longs(columns.get(0)).add(source);
        some.longs(columns.get(1)).add((source + 1 + RANDOM.nextInt(accounts - 1)) % accounts);
        for (int column = 2; column < columns.size(); column++) {
          some.longs(columns.get(column)).add(column == columns.size() - 1 ? 20_000 : 1L << 29);
        }
      }
      recent.add(some, numbers);
    }
    return recent;
  }

  private static void rank(int edges, int accounts) {
    int each = edges / accounts;
    int[] start = new int[accounts + 1];
    int[] destinations = new int[edges];
    float[] weights = new float[edges];
    for (int account = 0; account < accounts; account++) {
      start[account + 1] = (account + 1) * each;
      for (int edge = start[account]; edge < start[account + 1]; edge++) {
        destinations[edge] = (account + 1 + RANDOM.nextInt(accounts - 1)) % accounts;
        weights[edge] = 0.5f + RANDOM.nextFloat();
      }
      Arrays.sort(destinations, start[account], start[account + 1]);
    }
    double[] ones = all(accounts, 1);
    Ranking.of(
        numbers(accounts),
        0,
        List.of(
            new EdgeShard.Outgoing(
                start, destinations, weights, all(accounts, 0.1), ones, new int[accounts])),
        ones,
        new double[accounts],
        RankOptions.standard()
            .withDampingFactor(0.85)
            .withStoppingRule(new StoppingRule.Tolerance(1e-6)),
        2,
        new double[accounts]);
  }
}
