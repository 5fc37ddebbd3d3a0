package renown.sql;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.io.Lake;
import renown.night.Publications;
import renown.night.Publications.Publication;
import renown.run.RenownException;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** The marts as they were last published, under their plain names. */
public final class PublishedMarts {
  private PublishedMarts() {}

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
    Publications publications = Publications.of(lake);
    Publication latest = publications.latest().orElseThrow(() -> lake.lacking("published night"));
    LocalDate asked = night.orElse(latest.date());
    Publication publication =
        publications
            .of(asked)
            .orElseThrow(
                () ->
                    RenownException.configuration(
                        "Night %s is not published; the last one that is, is %s.",
                        asked, latest.date()));
    for (TableSchema mart : marts()) {
      Long version = publication.versions().get(mart.path());
      Dataset<Row> rows =
          version == null
              ? lake.spark().createDataFrame(List.of(), mart.structType())
              : lake.readAt(mart, version);
      rows.createOrReplaceTempView(mart.name());
    }
    return publication;
  }

  /** The published tables. */
  public static List<TableSchema> marts() {
    return Tables.ALL.stream().filter(TableSchema::isPublished).toList();
  }
}
