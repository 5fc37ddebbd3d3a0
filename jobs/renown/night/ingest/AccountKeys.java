package renown.night.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.tables.Accounts;

/**
 * Assigns dense, stable account keys, once per account: network number * 2^40 + index. Within a
 * network, indexes have no gaps and follow the night on which accounts were first seen, then their
 * ids, so keys depend neither on the order of files nor on partitions.
 */
final class AccountKeys {
  /** Bits of a key for the index within the network. */
  static final int INDEX_BITS = 40;

  private static final StructType MAPPING =
      new StructType()
          .add("network", DataTypes.StringType, false)
          .add("account_id", DataTypes.StringType, false)
          .add("account_key", DataTypes.LongType, false);

  private AccountKeys() {}

  /** All accounts that the statements name, without duplicates: network, account_id. */
  static Dataset<Row> named(Dataset<Row> parsed) {
    Dataset<Row> speakers = parsed.select(col("network"), col("account_id"));
    Dataset<Row> targets = parsed.select(col("network"), col("target_id").as("account_id"));
    return speakers.union(targets).where(col("account_id").isNotNull()).distinct();
  }

  /** Named accounts that have a key: network, account_id, account_key. */
  static Dataset<Row> known(Dataset<Row> named, Dataset<Row> accounts) {
    return accounts
        .select(Accounts.NETWORK.col(), Accounts.ACCOUNT_ID.col(), Accounts.ACCOUNT_KEY.col())
        .join(named, new String[] {"network", "account_id"});
  }

  /**
   * Gives keys to accounts that have none.
   *
   * @param unseen network, account_id; distinct
   * @param next for each network that has accounts, the next free key
   * @return network, account_id, account_key; as many rows
   */
  static Dataset<Row> assign(Dataset<Row> unseen, Map<String, Long> next) {
    Map<String, Long> counts = new TreeMap<>();
    unseen
        .groupBy("network")
        .agg(count(lit(1)).as("account_count"))
        .collectAsList()
        .forEach(row -> counts.put(row.getAs("network"), row.getAs("account_count")));
    long numbers =
        next.values().stream().mapToLong(key -> (key - 1) >> INDEX_BITS).max().orElse(-1);
    Map<String, Long> firstKey = new HashMap<>();
    long before = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      String network = entry.getKey();
      if (!next.containsKey(network)) {
        numbers++;
        firstKey.put(network, (numbers << INDEX_BITS) - before);
      } else {
        firstKey.put(network, next.get(network) - before);
      }
      before += entry.getValue();
    }
    JavaRDD<Row> keyed =
        unseen
            .select("network", "account_id")
            .sort("network", "account_id")
            .toJavaRDD()
            .zipWithIndex()
            .map(
                pair -> {
                  String network = pair._1().getString(0);
                  long key = firstKey.get(network) + pair._2();
                  return RowFactory.create(network, pair._1().getString(1), key);
                });
    return unseen.sparkSession().createDataFrame(keyed, MAPPING);
  }

  /**
   * For each network that has accounts, the next free key.
   *
   * @param erased for each network, the highest key that an account had which is erased: it is
   *     never given again
   */
  static Map<String, Long> next(Dataset<Row> accounts, Map<String, Long> erased) {
    List<Row> rows =
        new ArrayList<>(
            accounts
                .groupBy("network")
                .agg(max(Accounts.ACCOUNT_KEY.col()).as("last_key"))
                .collectAsList());
    Map<String, Long> next = new HashMap<>();
    rows.forEach(row -> next.put(row.getAs("network"), row.<Long>getAs("last_key") + 1));
    erased.forEach((network, key) -> next.merge(network, key + 1, Math::max));
    return next;
  }
}
