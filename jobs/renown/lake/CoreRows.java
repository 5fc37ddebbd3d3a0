package renown.lake;

import java.time.LocalDate;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import renown.tables.AccountLists;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableSchema;

/**
 * What was read of the dumps, for all who come after ingest: accounts, posts and acts in the
 * columns of the classes in {@code tables}, however the lake stores them.
 */
public final class CoreRows {
  private final Function<TableSchema, Dataset<Row>> reader;

  /**
   * @param reader gives the rows of a table: the newest, or those of one published night
   */
  public CoreRows(Function<TableSchema, Dataset<Row>> reader) {
    this.reader = reader;
  }

  /** Only what was loaded on a night; of tables that tell the night. */
  public CoreRows on(LocalDate night) {
    return new CoreRows(
        table ->
            reader
                .apply(table)
                .where(functions.col("night").equalTo(java.sql.Date.valueOf(night))));
  }

  /** Rows of {@link Accounts}. */
  public Dataset<Row> accounts() {
    return reader.apply(Accounts.TABLE);
  }

  /** Rows of {@link Posts}. */
  public Dataset<Row> posts() {
    return reader.apply(Posts.TABLE);
  }

  /** Rows of {@link PostTexts}. */
  public Dataset<Row> texts() {
    return reader.apply(PostTexts.TABLE);
  }

  /** Rows of {@link Interactions}. */
  public Dataset<Row> interactions() {
    return reader.apply(Interactions.TABLE);
  }

  /** Rows of {@link Deletions}. */
  public Dataset<Row> deletions() {
    return reader.apply(Deletions.TABLE);
  }

  /** Rows of {@link AccountLists}. */
  public Dataset<Row> lists() {
    return reader.apply(AccountLists.TABLE);
  }

  /** Rows of {@link Exclusions}. */
  public Dataset<Row> exclusions() {
    return reader.apply(Exclusions.TABLE);
  }
}
