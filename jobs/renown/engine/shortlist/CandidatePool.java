package renown.engine.shortlist;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import renown.kernels.sketches.AudienceSketch;
import renown.kernels.sketches.Coverage;
import renown.kernels.sketches.Coverage.Pick;
import renown.kernels.sketches.Coverage.Request;

/** All candidates without their sketches, the largest set first, then by key. */
record CandidatePool(
    long[] keys,
    long[] reached,
    double[] error,
    double[] score,
    long[] followed,
    double[] cost,
    int[] community) {

  /** Members of all sets together that are held, 8 bytes each. */
  private static final long MOST_MEMBERS = 30_000_000;

  static CandidatePool collect(Dataset<Row> candidates) {
    List<Row> rows =
        candidates
            .select(
                "account_key",
                "reached_count",
                "relative_error",
                "score",
                "followed_count",
                "cost",
                "community_key")
            .collectAsList();
    Row[] sorted = rows.toArray(Row[]::new);
    Arrays.parallelSort(
        sorted,
        Comparator.<Row>comparingLong(row -> -row.getLong(1))
            .thenComparingLong(row -> row.getLong(0)));
    int size = sorted.length;
    CandidatePool pool =
        new CandidatePool(
            new long[size],
            new long[size],
            new double[size],
            new double[size],
            new long[size],
            new double[size],
            new int[size]);
    Map<Long, Integer> communities = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Row row = sorted[i];
      pool.keys[i] = row.getLong(0);
      pool.reached[i] = row.getLong(1);
      pool.error[i] = row.getDouble(2);
      pool.score[i] = row.getDouble(3);
      pool.followed[i] = row.getLong(4);
      pool.cost[i] = row.getLong(5);
      pool.community[i] =
          row.isNullAt(6)
              ? -1
              : communities.computeIfAbsent(row.getLong(6), key -> communities.size());
    }
    return pool;
  }

  int size() {
    return keys.length;
  }

  Request request(Long budget, int seats, int mostPerCommunity) {
    Request request =
        budget == null ? Request.seats(seats) : new Request(seats, cost, budget, null, 0);
    return mostPerCommunity > 0 ? request.withGroups(community, mostPerCommunity) : request;
  }

  Request first(Request request, int count) {
    return new Request(
        request.seats(),
        request.costs() == null ? null : Arrays.copyOf(request.costs(), count),
        request.budget(),
        request.groups() == null ? null : Arrays.copyOf(request.groups(), count),
        request.mostPerGroup());
  }

  /** Below this hash all of the first sketches are whole, and together not too many to hold. */
  long threshold(int count) {
    double share = 1;
    double members = 0;
    for (int i = 0; i < count; i++) {
      share = Math.min(share, AudienceSketch.wholeShare(error[i]));
      members += reached[i];
    }
    share = Math.min(share, MOST_MEMBERS / members);
    return share >= 1 ? Long.MAX_VALUE : (long) (share * Long.MAX_VALUE);
  }

  long[][] sets(Dataset<Row> candidates, int count, long threshold) {
    Map<Long, Integer> places = new HashMap<>(count * 2);
    IntStream.range(0, count).forEach(i -> places.put(keys[i], i));
    long[][] sets = new long[count][0];
    if (count == 0) {
      return sets;
    }
    UDF1<byte[], byte[]> hashes = sketch -> packed(AudienceSketch.hashesBelow(sketch, threshold));
    for (Row row :
        candidates
            .where(col("reached_count").geq(reached[count - 1]))
            .select(col("account_key"), udf(hashes, DataTypes.BinaryType).apply(col("sketch")))
            .collectAsList()) {
      Integer place = places.get(row.getLong(0));
      if (place != null) {
        sets[place] = unpacked((byte[]) row.get(1));
      }
    }
    return sets;
  }

  long[] keys(List<Pick> picks) {
    return picks.stream().mapToLong(pick -> keys[pick.set()]).toArray();
  }

  void addNaive(Map<String, long[]> lists, Request request) {
    lists.put(
        Choices.TOP_SCORES, inOrder(sorted(Comparator.comparingDouble(i -> -score[i])), request));
    lists.put(
        Choices.MOST_FOLLOWED,
        inOrder(sorted(Comparator.comparingLong(i -> -followed[i])), request));
    for (int draw = 1; draw <= Choices.RANDOM_LISTS; draw++) {
      lists.put(Choices.RANDOM + draw, inOrder(shuffled(new SplittableRandom(draw)), request));
    }
  }

  /** Accounts that come alike, by key. */
  private int[] sorted(Comparator<Integer> order) {
    Integer[] all = IntStream.range(0, size()).boxed().toArray(Integer[]::new);
    Arrays.parallelSort(all, order.thenComparingLong(i -> keys[i]));
    return Arrays.stream(all).mapToInt(i -> i).toArray();
  }

  private int[] shuffled(SplittableRandom random) {
    int[] all = IntStream.range(0, size()).toArray();
    for (int i = size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = all[i];
      all[i] = all[other];
      all[other] = moved;
    }
    return all;
  }

  /** The maximum size of a list. */
  private long[] inOrder(int[] order, Request request) {
    long[][] nobody = new long[size()][];
    Arrays.fill(nobody, new long[0]);
    return keys(Coverage.inOrder(nobody, order, request).picks());
  }

  Map<Long, Long> costs(Map<String, long[]> lists) {
    Map<Long, Long> costs = new HashMap<>();
    for (long[] list : lists.values()) {
      for (long key : list) {
        costs.put(key, 0L);
      }
    }
    for (int i = 0; i < keys.length; i++) {
      if (costs.containsKey(keys[i])) {
        costs.put(keys[i], (long) cost[i]);
      }
    }
    return costs;
  }

  private static byte[] packed(long[] hashes) {
    ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
    bytes.asLongBuffer().put(hashes);
    return bytes.array();
  }

  private static long[] unpacked(byte[] bytes) {
    long[] hashes = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(hashes);
    return hashes;
  }
}
