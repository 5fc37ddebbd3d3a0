package renown.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.Accounts;
import renown.tables.Exclusions;

/** Who must not be scored: those who said so, and those whom the network took away. */
final class Consent {
  private Consent() {}

  /**
   * The accounts to leave out.
   *
   * @param accounts the table
   * @param optOuts network, account_id of those who asked not to be scored
   * @return rows of {@code exclusions}; where several reasons hold, the first of: opted out, the
   *     status, protected, not discoverable
   */
  static Dataset<Row> exclusions(Dataset<Row> accounts, Dataset<Row> optOuts, Column night) {
    Dataset<Row> asked =
        optOuts.select(col("network"), col("account_id")).distinct().withColumn("asked", lit(true));
    Column reason =
        when(col("asked").isNotNull(), lit("opted out"))
            .when(Accounts.STATUS.col().notEqual("active"), Accounts.STATUS.col())
            .when(Accounts.IS_PROTECTED.col(), lit("protected"))
            .when(Accounts.IS_DISCOVERABLE.col().equalTo(false), lit("not discoverable"));
    return accounts
        .join(asked, new String[] {"network", "account_id"}, "left")
        .select(Accounts.ACCOUNT_KEY.col(), reason.as("reason"), night.as("night"))
        .where(col("reason").isNotNull())
        .select(Exclusions.TABLE.cols());
  }

  /**
   * Reads the lines of an opt-out file: network, a tab, account id. Lines that begin with # and
   * blank lines say nothing.
   *
   * @param lines column value
   * @return network, account_id; null in account_id where a line is not understood, and the line in
   *     network
   */
  static Dataset<Row> optOuts(Dataset<Row> lines) {
    // A space or byte order mark that nobody sees must not keep an account in.
    Column value =
        org.apache.spark.sql.functions.regexp_replace(
            col("value"), lit("^[\\uFEFF ]+| +$| *(\\t) *"), lit("$1"));
    Column network = org.apache.spark.sql.functions.split_part(value, lit("\t"), lit(1));
    Column id = org.apache.spark.sql.functions.split_part(value, lit("\t"), lit(2));
    Column understood = value.rlike("^[^\\t]+\\t[^\\t]+$");
    return lines
        .where(value.notEqual("").and(value.startsWith("#").equalTo(false)))
        .select(
            when(understood, network).otherwise(concat(lit(""), value)).as("network"),
            when(understood, id).as("account_id"));
  }
}
