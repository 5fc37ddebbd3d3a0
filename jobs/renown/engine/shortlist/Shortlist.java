package renown.engine.shortlist;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Accounts to ask, with what each adds, counted exactly, next to the lists that one would make
 * without.
 *
 * @param basis which of the lists it is: that of the greedy choice, or a simpler one where that
 *     turned out to reach more (which sketches that are samples allow)
 * @param seats the accounts in the order of choosing
 * @param curves of every list, by its name
 * @param choices how it came about
 */
public record Shortlist(
    String basis, List<Seat> seats, Map<String, List<Seat>> curves, Choices choices) {
  /**
   * One account of a list.
   *
   * @param accountKey the account
   * @param costSum what it and those before it cost
   * @param reached distinct credible accounts that it reaches
   * @param gained those of them that none before it does
   * @param reachedSum how many it and those before it reach together
   */
  public record Seat(long accountKey, long costSum, long reached, long gained, long reachedSum) {}

  /**
   * Counts exactly what was chosen on sketches.
   *
   * @param choices at least one list, maybe empty
   * @param campaign its topic is an id
   * @param edges rows of {@code edge_increments}
   * @param topics rows of {@code topic_increments}
   * @param credible rows of {@code credible_accounts}
   */
  public static Shortlist counted(
      Choices choices,
      Campaign campaign,
      Dataset<Row> edges,
      Dataset<Row> topics,
      Dataset<Row> credible) {
    SparkSession spark = edges.sparkSession();
    Dataset<Row> listed = listed(choices, spark);
    Dataset<Row> members =
        ReachedAccounts.of(
                edges,
                topics,
                campaign.audience(),
                listed.select("account_key").distinct(),
                credible)
            .persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Map<Long, Long>> gained = new HashMap<>();
    Map<Long, Long> reached = new HashMap<>();
    try {
      for (Row row : counts(members, listed).collectAsList()) {
        if (row.isNullAt(0)) {
          reached.put(row.getLong(1), row.getLong(2));
        } else {
          gained
              .computeIfAbsent(row.getString(0), list -> new HashMap<>())
              .put(row.getLong(1), row.getLong(2));
        }
      }
    } finally {
      members.unpersist();
    }
    Map<String, List<Seat>> curves = new LinkedHashMap<>();
    choices
        .lists()
        .forEach(
            (name, keys) ->
                curves.put(
                    name,
                    seats(keys, choices.costs(), reached, gained.getOrDefault(name, Map.of()))));
    String basis = Choices.SHORTLIST;
    for (String simpler : List.of(Choices.TOP_SCORES, Choices.MOST_FOLLOWED)) {
      if (reach(curves.get(simpler)) > reach(curves.get(basis))) {
        basis = simpler;
      }
    }
    return new Shortlist(basis, curves.get(basis), curves, choices);
  }

  private static Dataset<Row> listed(Choices choices, SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    choices
        .lists()
        .forEach(
            (name, keys) -> {
              for (int place = 0; place < keys.length; place++) {
                rows.add(RowFactory.create(name, (long) place, keys[place]));
              }
            });
    return spark.createDataFrame(
        rows, StructType.fromDDL("list string, place bigint, account_key bigint"));
  }

  /**
   * @return list, place, how many are first reached there; and with null for the list account_key,
   *     how many it reaches
   */
  private static Dataset<Row> counts(Dataset<Row> members, Dataset<Row> listed) {
    return members
        .join(broadcast(listed), "account_key")
        .groupBy("list", "src_key")
        .agg(min("place").as("place"))
        .groupBy("list", "place")
        .agg(count(lit(1)).as("accounts"))
        .unionByName(
            members
                .groupBy(col("account_key").as("place"))
                .agg(count(lit(1)).as("accounts"))
                .withColumn("list", lit(null).cast("string")))
        .select("list", "place", "accounts");
  }

  private static List<Seat> seats(
      long[] keys, Map<Long, Long> costs, Map<Long, Long> reached, Map<Long, Long> gained) {
    List<Seat> seats = new ArrayList<>();
    long cost = 0;
    long sum = 0;
    for (int place = 0; place < keys.length; place++) {
      long gain = gained.getOrDefault((long) place, 0L);
      cost += costs.get(keys[place]);
      sum += gain;
      seats.add(new Seat(keys[place], cost, reached.getOrDefault(keys[place], 0L), gain, sum));
    }
    return List.copyOf(seats);
  }

  private static long reach(List<Seat> seats) {
    return seats.isEmpty() ? 0 : seats.get(seats.size() - 1).reachedSum();
  }

  /** How many the whole list reaches. */
  public long reach() {
    return reach(seats);
  }

  /**
   * How many a list reaches for a cost: its accounts from the first on, as far as the cost goes.
   *
   * @param list one of {@link Choices}' names; for {@link Choices#RANDOM} the mean of the draws
   */
  public long reachAt(String list, long cost) {
    if (!list.equals(Choices.RANDOM)) {
      return reachAt(curves.get(list), cost);
    }
    long sum = 0;
    for (int draw = 1; draw <= Choices.RANDOM_LISTS; draw++) {
      sum += reachAt(curves.get(Choices.RANDOM + draw), cost);
    }
    return sum / Choices.RANDOM_LISTS;
  }

  private static long reachAt(List<Seat> seats, long cost) {
    long reach = 0;
    for (Seat seat : seats) {
      if (seat.costSum() > cost) {
        break;
      }
      reach = seat.reachedSum();
    }
    return reach;
  }
}
