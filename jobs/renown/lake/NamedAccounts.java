package renown.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.split_part;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Progress;
import renown.run.RenownException;

/**
 * A user's file of accounts, one per line: network, tab, account id. Blank lines and lines that
 * begin with # are ignored.
 */
public final class NamedAccounts {
  private static final StructType COLUMNS =
      new StructType().add("network", DataTypes.StringType).add("account_id", DataTypes.StringType);

  private static final int MOST_NETWORKS_TOLD = 3;

  private final String key;
  private final boolean isGiven;
  private final Dataset<Row> rows;

  private NamedAccounts(String key, boolean isGiven, Dataset<Row> rows) {
    this.key = key;
    this.isGiven = isGiven;
    this.rows = rows;
  }

  /**
   * Reads the file that a key names.
   *
   * @param key a path; if it is empty, no account is named
   * @throws RenownException if the file cannot be read or a line is not understood
   */
  public static NamedAccounts read(ConfigKey<String> key, Config config, SparkSession spark) {
    String path = config.value(key);
    return path.isEmpty()
        ? new NamedAccounts(key.name(), false, spark.createDataFrame(List.of(), COLUMNS))
        : read(key.name(), path, config, spark);
  }

  /**
   * Reads a file.
   *
   * @param key what names it, for messages
   * @throws RenownException if the file cannot be read or a line is not understood
   */
  public static NamedAccounts read(String key, String path, Config config, SparkSession spark) {
    Dataset<Row> rows =
        parse(spark.read().text(Locations.readableFile(key, path, config).toString()));
    List<Row> bad = rows.where(col("account_id").isNull()).takeAsList(1);
    if (!bad.isEmpty()) {
      throw RenownException.configuration(
          "%s = \"%s\": a line is not NETWORK<tab>ACCOUNT_ID: \"%s\".",
          key, path, bad.get(0).<String>getAs("network"));
    }
    return new NamedAccounts(key, true, rows);
  }

  /**
   * @param lines column value
   * @return network, account_id; null in account_id if a line is not understood, and the line in
   *     network
   */
  static Dataset<Row> parse(Dataset<Row> lines) {
    // An invisible space or byte order mark must not change the account.
    Column value = regexp_replace(col("value"), lit("^[\\uFEFF ]+| +$| *(\\t) *"), lit("$1"));
    Column understood = value.rlike("^[^\\t]+\\t[^\\t]+$");
    return lines
        .where(value.notEqual("").and(value.startsWith("#").equalTo(false)))
        .select(
            when(understood, split_part(value, lit("\t"), lit(1))).otherwise(value).as("network"),
            when(understood, split_part(value, lit("\t"), lit(2))).as("account_id"));
  }

  /** The columns network and account_id, one row per line, duplicates included. */
  public Dataset<Row> rows() {
    return rows;
  }

  /**
   * Warns in one line about unknown networks: an account whose network is not written as its folder
   * would otherwise be ignored silently.
   *
   * @param loaded column network: those of which something was loaded; not asked for where no file
   *     is given
   */
  public void tellUnknownNetworks(Supplier<Dataset<Row>> loaded, Progress progress) {
    if (!isGiven) {
      return;
    }
    List<Row> unknown =
        rows.select("network")
            .distinct()
            .join(loaded.get().select("network").distinct(), new String[] {"network"}, "left_anti")
            .sort("network")
            .takeAsList(MOST_NETWORKS_TOLD + 1);
    if (!unknown.isEmpty()) {
      progress.say(
          "  Warning: %s names accounts of %s%s, of which nothing is loaded: write networks"
              + " as their folder under the raw root.",
          key,
          unknown.stream()
              .limit(MOST_NETWORKS_TOLD)
              .map(row -> row.getString(0))
              .collect(Collectors.joining(", ")),
          unknown.size() > MOST_NETWORKS_TOLD ? " and other networks" : "");
    }
  }
}
