package renown.night.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.Accounts;
import renown.tables.Exclusions;

/**
 * Determines which accounts must not be scored: those that opted out, and those removed by the
 * network.
 */
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
}
