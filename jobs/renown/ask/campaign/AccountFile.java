package renown.ask.campaign;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import renown.run.RenownException;

/**
 * A user's file of accounts, one per line: network, tab, account id or handle and, with costs, tab
 * and cost. Blank lines and lines that begin with # are ignored.
 */
final class AccountFile {
  /** Costs are integers of this unit, so that their sums are exact. */
  static final int DECIMALS = 6;

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
   * The accounts that the lake knows of those named.
   *
   * @param accounts rows of {@code mart_account_scores_latest}
   * @return account_key, cost (the highest if it is named more than once; null if the file says
   *     none); one row each
   * @throws RenownException if it knows none of them
   */
  Dataset<Row> known(Dataset<Row> accounts) {
    SparkSession spark = accounts.sparkSession();
    Dataset<Row> named = spark.createDataFrame(lines, COLUMNS);
    Dataset<Row> byId =
        accounts.select(col("network"), col("account_id").as("named"), col("account_key"));
    Dataset<Row> byHandle =
        accounts.select(col("network"), col("handle").as("named"), col("account_key"));
    Dataset<Row> known =
        named
            .join(byId.unionByName(byHandle), new String[] {"network", "named"})
            .groupBy("account_key")
            .agg(max("cost").as("cost"))
            .persist();
    if (!lines.isEmpty() && known.isEmpty()) {
      throw RenownException.configuration(
          "%s %s: the lake knows none of its %d accounts; write networks as their folder"
              + " under the raw root, and accounts by id or handle.",
          option, file, lines.size());
    }
    return known;
  }

  /** Number of lines with an account. */
  int size() {
    return lines.size();
  }
}
