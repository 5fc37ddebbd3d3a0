package renown.night.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.tables.Accounts;

/** Upserts account profiles: the latest statement by witness time wins. */
final class Profiles {
  /** Columns of {@code accounts} that profile statements set. */
  private static final List<renown.tables.TableColumn> FIELDS =
      List.of(
          Accounts.HANDLE,
          Accounts.DISPLAY_NAME,
          Accounts.DESCRIPTION,
          Accounts.CREATED_AT,
          Accounts.FOLLOWER_COUNT,
          Accounts.FOLLOWING_COUNT,
          Accounts.POST_COUNT,
          Accounts.LISTED_COUNT,
          Accounts.IS_PROTECTED,
          Accounts.IS_AUTOMATED,
          Accounts.IS_VERIFIED,
          Accounts.IS_DISCOVERABLE);

  private Profiles() {}

  /**
   * The freshest statement of each field, for each account of which anything is said.
   *
   * @param parsed statements of kind account
   * @return network, account_id, the profile fields and when each was said, profile_at, status,
   *     status_at; null if nothing is said. Of two statements of one instant the greater value
   *     wins, so that their order cannot matter.
   */
  static Dataset<Row> freshest(Dataset<Row> parsed) {
    Dataset<Row> statements =
        parsed
            .withColumn(Accounts.CREATED_AT.name(), Parsed.instant("created_micros"))
            .withColumn("witnessed_at", Parsed.instant("witnessed_micros"));
    List<Column> latest = new ArrayList<>();
    Column saysProfile = lit(false);
    for (renown.tables.TableColumn field : FIELDS) {
      latest.add(latest(field.col()).as(field.name()));
      latest.add(max(when(field.col().isNotNull(), col("witnessed_at"))).as(saidAt(field)));
      saysProfile = saysProfile.or(field.col().isNotNull());
    }
    latest.add(max(when(saysProfile, col("witnessed_at"))).as(Accounts.PROFILE_AT.name()));
    latest.add(latest(Accounts.STATUS.col()).as(Accounts.STATUS.name()));
    latest.add(
        max(when(Accounts.STATUS.col().isNotNull(), col("witnessed_at")))
            .as(Accounts.STATUS_AT.name()));
    Column first = latest.remove(0);
    return statements.groupBy("network", "account_id").agg(first, latest.toArray(new Column[0]));
  }

  private static String saidAt(renown.tables.TableColumn field) {
    return field.name() + "_said_at";
  }

  private static Column latest(Column field) {
    return max(when(field.isNotNull(), struct(col("witnessed_at"), field.as("value"))))
        .getField("value");
  }

  /**
   * The new rows of the accounts that changed.
   *
   * @param profiles from {@link #freshest}, with account_key
   * @param accounts the table as it was
   * @param unseen network, account_id, account_key of the accounts seen for the first time; each
   *     gets a row, said of or not
   * @param night literal of the night
   * @return rows of {@code accounts}, one per account that is new or of which something newer is
   *     said. A value gives way to what is said later than anything the table holds of the account;
   *     one that is null in the table is filled in by an older statement too
   */
  static Dataset<Row> changed(
      Dataset<Row> profiles, Dataset<Row> accounts, Dataset<Row> unseen, Column night) {
    Dataset<Row> said = profiles.drop("network", "account_id").as("said");
    Dataset<Row> fresh =
        unseen
            .as("is")
            .join(said, col("is.account_key").equalTo(col("said.account_key")), "left")
            .select(
                columns(
                    field -> col("said." + field.name()),
                    coalesce(col("said.status"), lit("active")),
                    col("said.status_at"),
                    night));
    Column newerStatus =
        col("said.status")
            .isNotNull()
            .and(coalesce(col("said.status_at").geq(col("is.status_at")), lit(true)));
    Dataset<Row> updated =
        accounts
            .as("is")
            .join(said, col("is.account_key").equalTo(col("said.account_key")))
            .select(
                columns(
                    field ->
                        field == Accounts.PROFILE_AT
                            ? greatest(col("is.profile_at"), col("said.profile_at"))
                            : when(
                                    coalesce(
                                        col("said." + saidAt(field)).gt(col("is.profile_at")),
                                        lit(true)),
                                    coalesce(
                                        col("said." + field.name()), col("is." + field.name())))
                                .otherwise(
                                    coalesce(
                                        col("is." + field.name()), col("said." + field.name()))),
                    when(newerStatus, col("said.status")).otherwise(col("is.status")),
                    when(newerStatus, col("said.status_at")).otherwise(col("is.status_at")),
                    col("is.first_night")));
    return fresh.unionByName(updated);
  }

  private static Column[] columns(
      java.util.function.Function<renown.tables.TableColumn, Column> profile,
      Column status,
      Column statusAt,
      Column firstNight) {
    List<Column> columns = new ArrayList<>();
    for (renown.tables.TableColumn key :
        List.of(Accounts.ACCOUNT_KEY, Accounts.NETWORK, Accounts.ACCOUNT_ID)) {
      columns.add(col("is." + key.name()).as(key.name()));
    }
    for (renown.tables.TableColumn field : FIELDS) {
      columns.add(profile.apply(field).as(field.name()));
    }
    columns.add(profile.apply(Accounts.PROFILE_AT).as(Accounts.PROFILE_AT.name()));
    columns.add(status.as(Accounts.STATUS.name()));
    columns.add(statusAt.as(Accounts.STATUS_AT.name()));
    columns.add(firstNight.as(Accounts.FIRST_NIGHT.name()));
    return columns.toArray(new Column[0]);
  }
}
