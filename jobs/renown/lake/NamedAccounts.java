package renown.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.split_part;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
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
  private static final int MOST_ACCOUNTS_TOLD = 5;

  /** Ids that differ in more letters are not taken for one another. */
  private static final int MOST_LETTERS = 2;

  private final String key;
  private final boolean isGiven;
  private final boolean isInAnySpelling;
  private final Dataset<Row> rows;

  private NamedAccounts(String key, boolean isGiven, boolean isInAnySpelling, Dataset<Row> rows) {
    this.key = key;
    this.isGiven = isGiven;
    this.isInAnySpelling = isInAnySpelling;
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
        ? new NamedAccounts(key.name(), false, false, spark.createDataFrame(List.of(), COLUMNS))
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
    return new NamedAccounts(key, true, false, rows);
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

  /** Writes ids as the lake does: takes a network and what was typed. */
  public interface Ids extends Serializable {
    /** The id as it stands in the lake. */
    String of(String network, String typed);
  }

  /** The same accounts, by ids as the lake writes them. */
  public NamedAccounts withIds(Ids ids) {
    UDF2<String, String, String> written = ids::of;
    return new NamedAccounts(
        key,
        isGiven,
        isInAnySpelling,
        rows.select(
            col("network"),
            udf(written, DataTypes.StringType)
                .apply(col("network"), col("account_id"))
                .as("account_id")));
  }

  /**
   * The same accounts however they are written ({@link AccountSpelling}); what is told of those
   * that the lake knows goes by that.
   */
  public NamedAccounts inAnySpelling() {
    UDF1<String, String> typed = AccountSpelling::typed;
    return new NamedAccounts(
        key,
        isGiven,
        true,
        rows.select(
            col("network"),
            udf(typed, DataTypes.StringType).apply(col("account_id")).as("account_id")));
  }

  /** The columns network and account_id, a row per line: an account named twice is there twice. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** The same, in the driver; without a query where no file is given. */
  public List<Row> collect() {
    return isGiven ? rows.collectAsList() : List.of();
  }

  /**
   * Says which of the accounts named the lake does not know, and which it knows that may be meant:
   * who asked not to be scored would else be scored for a slip of the pen.
   *
   * @param accounts rows of {@code accounts}; not asked for where no file is given
   */
  public void tellUnknownAccounts(Supplier<Dataset<Row>> accounts, Progress progress) {
    if (!isGiven) {
      return;
    }
    Dataset<Row> known = accounts.get();
    Dataset<Row> unknown =
        rows.distinct()
            .join(known.select("network").distinct(), new String[] {"network"}, "left_semi")
            .join(called(known), new String[] {"network", "account_id"}, "left_anti")
            .persist();
    try {
      List<Row> some = unknown.sort("network", "account_id").takeAsList(MOST_ACCOUNTS_TOLD);
      if (!some.isEmpty()) {
        long count = unknown.count();
        progress.say(
            "  Warning: %s names %d account%s that the lake does not know:", key, count, s(count));
        some.forEach(
            row ->
                progress.say(
                    "    %s %s%s",
                    row.getString(0),
                    row.getString(1),
                    nearest(known, row.getString(0), row.getString(1))
                        .map(id -> "; the nearest that it knows is " + id)
                        .orElse("")));
        if (count > some.size()) {
          progress.say("    and %d more", count - some.size());
        }
      }
    } finally {
      unknown.unpersist();
    }
  }

  private Dataset<Row> called(Dataset<Row> known) {
    if (!isInAnySpelling) {
      return known.select("network", "account_id");
    }
    UDF2<String, String, List<String>> names = AccountSpelling::of;
    return known.select(
        col("network"),
        explode(
                udf(names, DataTypes.createArrayType(DataTypes.StringType))
                    .apply(col("account_id"), col("handle")))
            .as("account_id"));
  }

  private static String s(long count) {
    return count == 1 ? "" : "s";
  }

  /**
   * The account of a network that is most likely meant: one whose id or handle differs in case
   * alone, else by a few letters.
   *
   * @param accounts rows of {@code accounts}
   * @return its id; empty where none is near
   */
  public static Optional<String> nearest(Dataset<Row> accounts, String network, String id) {
    return accounts
        .where(col("network").equalTo(network))
        .select(
            col("account_id"),
            least(letters("account_id", id), letters("handle", id)).as("distance"))
        .where(col("distance").isNotNull())
        .sort("distance", "account_id")
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  /** How many letters differ; null where they are many. */
  private static Column letters(String column, String id) {
    Column distance = levenshtein(lower(col(column)), lower(lit(id)), MOST_LETTERS);
    return when(distance.geq(0), distance);
  }

  /**
   * Says in one line which of the networks named are unknown: a network under another name than its
   * folder's would else be passed over in silence.
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
