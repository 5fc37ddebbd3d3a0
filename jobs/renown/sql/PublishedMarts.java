package renown.sql;

import java.util.List;
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
   * Makes every mart a temporary view of its published version.
   *
   * @return the publication they are from
   * @throws RenownException where nothing is published
   */
  public static Publication register(Lake lake) {
    Publication publication =
        Publications.of(lake)
            .latest()
            .orElseThrow(
                () ->
                    RenownException.configuration(
                        "The lake at %s has no published night: run scripts/submit.sh nightly"
                            + " first, or set lake.root to another lake.",
                        lake.root()));
    for (TableSchema mart : marts()) {
      lake.readAt(mart, publication.versions().get(mart.path()))
          .createOrReplaceTempView(mart.name());
    }
    return publication;
  }

  /** The published tables. */
  public static List<TableSchema> marts() {
    return Tables.ALL.stream().filter(TableSchema::isPublished).toList();
  }
}
