package renown.ask.campaign;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import renown.lake.NamedAccounts;
import renown.run.RenownException;

/**
 * A user's file of accounts, one per line: network, tab, account id or handle and, with costs, tab
 * and cost. Blank lines and lines that begin with # are ignored.
 */
final class AccountFile {
  /** Costs are integers of this unit, so that their sums are exact. */
  static final int DECIMALS = 6;

  private static final int MOST_TOLD = 5;

  private static final StructType COLUMNS =
      StructType.fromDDL("line bigint, network string, named string, cost bigint");

  private final String option;
  private final Path file;
  private final List<Row> lines;

  private AccountFile(String option, Path file, List<Row> lines) {
    this.option = option;
    this.file = file;
    this.lines = lines;
  }

  /** Accounts without costs. */
  static AccountFile names(String option, Path file) {
    return read(option, file, 2);
  }

  /** Accounts with costs. */
  static AccountFile costs(String option, Path file) {
    return read(option, file, 3);
  }

  private static AccountFile read(String option, Path file, int parts) {
    List<Row> rows = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw RenownException.configuration("%s %s: the file is not in UTF-8.", option, file);
    } catch (IOException e) {
      throw RenownException.configuration(
          "%s %s: the file cannot be read; give the path of a text file.", option, file);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\uFEFF", "").strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] found = line.split(" *\t *", -1);
      Long cost = found.length == 3 ? whole(found[2]) : null;
      if (found.length != parts
          || found[0].isEmpty()
          || found[1].isEmpty()
          || parts == 3 && cost == null) {
        throw RenownException.configuration(
            "%s %s: line %d is not NETWORK<tab>ACCOUNT%s.",
            option, file, i + 1, parts == 3 ? "<tab>COST with a cost above 0" : "");
      }
      rows.add(RowFactory.create(i + 1L, found[0], found[1], cost));
    }
    return new AccountFile(option, file, rows);
  }

  /** An amount in units of 10^-6; null if it is not a number above 0. */
  static Long whole(String text) {
    try {
      long units = new BigDecimal(text.strip()).movePointRight(DECIMALS).longValueExact();
      return units > 0 ? units : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /**
   * The accounts that the lake knows of those named by id or handle: those that are written so,
   * else those that are written so in another case.
   *
   * @param accounts rows of {@code mart_account_scores_latest}
   * @param warning takes a line on each of the first few that it does not know
   * @return account_key, cost (the highest where it is named more than once; null where the file
   *     says none); one row each
   * @throws RenownException where it knows none of them
   */
  Dataset<Row> known(Dataset<Row> accounts, Consumer<String> warning) {
    SparkSession spark = accounts.sparkSession();
    Dataset<Row> named = spark.createDataFrame(lines, COLUMNS);
    Dataset<Row> called =
        accounts
            .select(col("network"), col("account_id").as("called"), col("account_key"))
            .unionByName(
                accounts.select(col("network"), col("handle").as("called"), col("account_key")))
            .withColumn("name", lower(col("called")));
    Dataset<Row> found =
        named
            .withColumn("name", lower(col("named")))
            .join(called, new String[] {"network", "name"})
            .withColumn("is_exact", col("named").equalTo(col("called")))
            .withColumn("is_any_exact", max(col("is_exact")).over(Window.partitionBy(col("line"))))
            .where(col("is_exact").or(not(col("is_any_exact"))))
            .persist();
    Dataset<Row> known = found.groupBy("account_key").agg(max("cost").as("cost")).persist();
    if (!lines.isEmpty() && known.isEmpty()) {
      throw RenownException.configuration(
          "%s %s: the lake knows none of its %d accounts; write networks as their folder"
              + " under the raw root, and accounts by id or handle.",
          option, file, lines.size());
    }
    for (Row row :
        named
            .join(found.select("line").distinct(), new String[] {"line"}, "left_anti")
            .sort("line")
            .takeAsList(MOST_TOLD)) {
      String network = row.getAs("network");
      String name = row.getAs("named");
      warning.accept(
          String.format(
              "Warning: %s %s: line %d names %s of %s, whom the lake does not know%s.",
              option,
              file,
              row.<Long>getAs("line"),
              name,
              network,
              NamedAccounts.nearest(accounts, network, name)
                  .map(near -> "; the nearest that it knows is " + near)
                  .orElse("")));
    }
    return known;
  }

  /** Number of lines with an account. */
  int size() {
    return lines.size();
  }
}
