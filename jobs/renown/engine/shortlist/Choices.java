package renown.engine.shortlist;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import renown.kernels.sketches.Coverage.Choice;
import renown.kernels.sketches.Coverage.Pick;
import renown.kernels.sketches.Coverage.Request;

/**
 * The accounts chosen by greedy coverage of sketches, and the lists that one would make without:
 * the highest scores, the most followed, and random draws, under the same constraints.
 *
 * @param lists account keys by the name of the list, in the order of choosing; the greedy one first
 * @param costs of the accounts in the lists
 * @param candidates how many could be chosen
 * @param loaded how many had to be looked at closely
 * @param sampledShare 1 if the sketches hold the sets themselves, else the share of the universe on
 *     which the greedy choice was made
 * @param guarantee what part of the best possible reach the greedy choice is at least, on what it
 *     was made on; 0 if nothing is known
 */
public record Choices(
    Map<String, long[]> lists,
    Map<Long, Long> costs,
    int candidates,
    int loaded,
    double sampledShare,
    double guarantee) {
  public static final String SHORTLIST = "shortlist";
  public static final String TOP_SCORES = "top scores";
  public static final String MOST_FOLLOWED = "most followed";

  /** How random lists are called, before their number. */
  public static final String RANDOM = "random ";

  public static final int RANDOM_LISTS = 5;

  /** Largest sets that are looked at first: mostly no other has to be. */
  private static final int FIRST_LOADED = 4096;

  private static final int MORE_LOADED = 8;

  /** Members of all sets together that are held, 8 bytes each. */
  private static final long MOST_MEMBERS = 30_000_000;

  /**
   * Chooses.
   *
   * @param candidates from {@link Candidates#of}
   * @param budget what the chosen may cost together; null if seats alone count
   * @param seats at most so many
   * @param mostPerCommunity at most so many of a community; 0 for any number
   */
  public static Choices of(Dataset<Row> candidates, Long budget, int seats, int mostPerCommunity) {
    return of(candidates, budget, seats, mostPerCommunity, FIRST_LOADED);
  }

  static Choices of(
      Dataset<Row> candidates, Long budget, int seats, int mostPerCommunity, int firstLoaded) {
    Pool pool = Pool.collect(candidates);
    Request request = pool.request(budget, seats, mostPerCommunity);
    Map<String, long[]> lists = new LinkedHashMap<>();
    int size = pool.size();
    int loaded = budget == null ? Math.min(size, firstLoaded) : size;
    Choice choice;
    while (true) {
      long threshold = pool.threshold(loaded);
      long[][] sets = pool.sets(candidates, loaded, threshold);
      choice = Coverage.choose(sets, pool.first(request, loaded));
      double share = AudienceSketch.share(threshold);
      List<Pick> picks = choice.picks();
      // A set adds at most its size: if the last pick adds more than the size of the largest set
      // that was not loaded, none of those could have been chosen.
      boolean isSettled =
          loaded == size
              || picks.size() == seats
                  && picks.get(seats - 1).gained() >= share * pool.reached[loaded];
      if (isSettled) {
        lists.put(SHORTLIST, pool.keys(picks));
        pool.addNaive(lists, request);
        return new Choices(lists, pool.costs(lists), size, loaded, share, request.guarantee(size));
      }
      loaded = (int) Math.min(size, (long) loaded * MORE_LOADED);
    }
  }

  /** All candidates without their sketches, the largest set first, then by key. */
  private record Pool(
      long[] keys,
      long[] reached,
      double[] error,
      double[] score,
      long[] followed,
      double[] cost,
      int[] community) {

    private static Pool collect(Dataset<Row> candidates) {
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
      Pool pool =
          new Pool(
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

    private int size() {
      return keys.length;
    }

    private Request request(Long budget, int seats, int mostPerCommunity) {
      Request request =
          budget == null ? Request.seats(seats) : new Request(seats, cost, budget, null, 0);
      return mostPerCommunity > 0 ? request.withGroups(community, mostPerCommunity) : request;
    }

    private Request first(Request request, int count) {
      return new Request(
          request.seats(),
          request.costs() == null ? null : Arrays.copyOf(request.costs(), count),
          request.budget(),
          request.groups() == null ? null : Arrays.copyOf(request.groups(), count),
          request.mostPerGroup());
    }

    /** Below this hash all of the first sketches are whole, and together not too many to hold. */
    private long threshold(int count) {
      double share = 1;
      double members = 0;
      for (int i = 0; i < count; i++) {
        share = Math.min(share, AudienceSketch.wholeShare(error[i]));
        members += reached[i];
      }
      share = Math.min(share, MOST_MEMBERS / members);
      return share >= 1 ? Long.MAX_VALUE : (long) (share * Long.MAX_VALUE);
    }

    private long[][] sets(Dataset<Row> candidates, int count, long threshold) {
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

    private long[] keys(List<Pick> picks) {
      return picks.stream().mapToLong(pick -> keys[pick.set()]).toArray();
    }

    private void addNaive(Map<String, long[]> lists, Request request) {
      lists.put(TOP_SCORES, inOrder(sorted(Comparator.comparingDouble(i -> -score[i])), request));
      lists.put(
          MOST_FOLLOWED, inOrder(sorted(Comparator.comparingLong(i -> -followed[i])), request));
      for (int draw = 1; draw <= RANDOM_LISTS; draw++) {
        lists.put(RANDOM + draw, inOrder(shuffled(new SplittableRandom(draw)), request));
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

    private Map<Long, Long> costs(Map<String, long[]> lists) {
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
}
