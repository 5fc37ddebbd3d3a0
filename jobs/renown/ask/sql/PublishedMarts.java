package renown.ask.sql;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.MartNetworks;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** The marts as they were last published, under their plain names. */
public final class PublishedMarts {
  /** Compiling a query and planning it again after each shuffle take longer than these. */
  private static final long FEW_ROWS = 100_000;

  private static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  private static final StructType DESCRIPTION =
      new StructType()
          .add("table_name", DataTypes.StringType, false)
          .add("purpose", DataTypes.StringType, false)
          .add("grain", DataTypes.StringType, false)
          .add("column_name", DataTypes.StringType, false)
          .add("type", DataTypes.StringType, false)
          .add("nullable", DataTypes.BooleanType, false)
          .add("meaning", DataTypes.StringType, false);

  /**
   * A lake whose marts are temporary views of the session.
   *
   * @param publication the one they are from
   */
  public record Opened(Lake lake, Publication publication) {}

  private PublishedMarts() {}

  /**
   * Opens the lake that {@code lake.root} names, its marts as they were last published.
   *
   * @throws RenownException where it cannot be read or nothing is published
   */
  public static Opened open(RunContext context) {
    return open(context, Optional.empty());
  }

  /**
   * The same as a night published them.
   *
   * @param night the last one where none is given
   */
  public static Opened open(RunContext context, Optional<LocalDate> night) {
    Lake lake = Lake.open(context, renown.tables.Publications.TABLE);
    return new Opened(lake, register(lake, night, marts()));
  }

  /** The lake and a published night of it, for who reads the marts without a query. */
  public static Opened published(RunContext context, Optional<LocalDate> night) {
    Lake lake = Lake.open(context, renown.tables.Publications.TABLE);
    return new Opened(lake, publication(lake, night));
  }

  /**
   * Opens only the marts that a query names, since each costs a look at its log. Where they have
   * few rows the session interprets queries from now on.
   */
  static Opened openNamed(RunContext context, String query) {
    Lake lake = Lake.open(context, renown.tables.Publications.TABLE);
    String words = query.toLowerCase(Locale.ROOT);
    List<TableSchema> named = marts().stream().filter(m -> words.contains(m.name())).toList();
    Publication publication = register(lake, Optional.empty(), named);
    long rows = 0;
    for (TableSchema mart : named) {
      Long version = publication.versions().get(mart.path());
      rows += version == null ? 0 : lake.filesAt(mart, version).rowCount();
    }
    if (rows <= FEW_ROWS) {
      INTERPRETED.forEach(lake.spark().conf()::set);
    }
    return new Opened(lake, publication);
  }

  /**
   * Makes every mart a temporary view of a session that has one already: the Spark shell's, a
   * notebook's, an own program's.
   *
   * @param spark a session with Delta's extension and catalog
   * @param root the lake, such as {@code s3a://bucket/lake}
   * @param night such as 2026-01-31; the last published one where it is empty
   * @return the publication they are from
   * @throws RenownException where the lake is none or the night is not published
   */
  public static Publication register(SparkSession spark, String root, String night) {
    Lake lake = new Lake(spark, root);
    if (!lake.has(renown.tables.Publications.TABLE)) {
      throw lake.lacking("night");
    }
    return register(lake, night.isEmpty() ? Optional.empty() : Optional.of(day(night)));
  }

  private static LocalDate day(String night) {
    try {
      return LocalDate.parse(night);
    } catch (DateTimeParseException e) {
      throw RenownException.configuration(
          "Night \"%s\" is not a day; write it as 2026-01-31.", night);
    }
  }

  /**
   * Makes every mart a temporary view of its last published version.
   *
   * @return the publication they are from
   * @throws RenownException where nothing is published
   */
  public static Publication register(Lake lake) {
    return register(lake, Optional.empty());
  }

  /**
   * Makes every mart a temporary view of the version that a night published; one that there was not
   * yet is empty.
   *
   * @param night the last one where none is given
   * @return the publication they are from
   * @throws RenownException where the night is not published
   */
  public static Publication register(Lake lake, Optional<LocalDate> night) {
    return register(lake, night, marts());
  }

  private static Publication register(
      Lake lake, Optional<LocalDate> night, List<TableSchema> marts) {
    Publication publication = publication(lake, night);
    for (TableSchema mart : marts) {
      lake.readOf(publication, mart).createOrReplaceTempView(mart.name());
    }
    return publication;
  }

  private static Publication publication(Lake lake, Optional<LocalDate> night) {
    PublishedNights publications = PublishedNights.of(lake);
    Publication latest = publications.latest().orElseThrow(() -> lake.lacking("published night"));
    LocalDate asked = night.orElse(latest.date());
    return publications
        .of(asked)
        .orElseThrow(
            () ->
                RenownException.configuration(
                    "Night %s is not published; the last one that is, is %s.",
                    asked, latest.date()));
  }

  /**
   * A network that somebody asks for.
   *
   * @param spark a session in which the published marts are views
   * @param network null for all
   * @throws RenownException where nothing of it is published; it names those there are
   */
  public static void checkNetwork(SparkSession spark, String network) {
    if (network != null) {
      checkNetwork(network, spark.table(MartNetworks.TABLE.name()).select("network"));
    }
  }

  /**
   * @param known network; those there are
   */
  static void checkNetwork(String network, Dataset<Row> known) {
    checkNetwork(network, known.collectAsList().stream().map(row -> row.getString(0)).toList());
  }

  /**
   * @param known networks there are
   */
  public static void checkNetwork(String network, Collection<String> known) {
    List<String> names =
        known.stream().filter(name -> !name.isEmpty()).distinct().sorted().toList();
    // A night that was published before they were listed tells of none.
    if (!names.isEmpty() && !names.contains(network)) {
      throw RenownException.configuration(
          "--network %s: the lake knows no such network; there are %s.",
          network, String.join(", ", names));
    }
  }

  /** The published tables. */
  public static List<TableSchema> marts() {
    return Tables.ALL.stream().filter(TableSchema::isPublished).toList();
  }

  /**
   * What the marts say of themselves.
   *
   * @return table_name, purpose, grain, column_name, type, nullable, meaning; a row per column, in
   *     the order of the data dictionary
   */
  public static Dataset<Row> descriptions(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (TableSchema mart : marts()) {
      for (TableColumn column : mart.columns()) {
        rows.add(
            RowFactory.create(
                mart.name(),
                mart.purpose(),
                mart.grain(),
                column.name(),
                column.type().simpleString(),
                column.nullable(),
                column.comment()));
      }
    }
    return spark.createDataFrame(rows, DESCRIPTION);
  }
}
