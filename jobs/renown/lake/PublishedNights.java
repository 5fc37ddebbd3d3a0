package renown.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import renown.run.RenownException;
import renown.tables.Publications;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.tables.Tables;

/**
 * The published nights, each with the version of every table. One commit to {@code
 * runs/publications} publishes a night, so that readers that follow it never see half of one.
 */
public final class PublishedNights {
  /**
   * A published night.
   *
   * @param date the night
   * @param revision 1, or more where the night was published again
   * @param runId the run that made it
   * @param versions Delta version by table path
   */
  public record Publication(
      LocalDate date, long revision, String runId, Map<String, Long> versions) {}

  private final NavigableMap<LocalDate, Publication> latestRevisions = new TreeMap<>();

  private PublishedNights() {}

  /**
   * Reads all publications of a lake; none if the lake is new. No Spark job.
   *
   * @throws RenownException where they are of a version whose tables were others
   */
  public static PublishedNights of(Lake lake) {
    PublishedNights publications = new PublishedNights();
    ColumnRows rows = lake.files(Publications.TABLE).read(Publications.TABLE.columns());
    ColumnRows.Longs nights = rows.longs(Publications.NIGHT);
    ColumnRows.Longs revisions = rows.longs(Publications.REVISION);
    for (int i = 0; i < rows.size(); i++) {
      LocalDate night = LocalDate.ofEpochDay(nights.get(i));
      long revision = revisions.get(i);
      Publication known = publications.latestRevisions.get(night);
      if (known == null || known.revision() < revision) {
        String runId = rows.texts(Publications.RUN_ID).get(i);
        known = new Publication(night, revision, runId, new HashMap<>());
        publications.latestRevisions.put(night, known);
      }
      if (known.revision() == revision) {
        known
            .versions()
            .put(
                rows.texts(Publications.TABLE_PATH).get(i),
                rows.longs(Publications.VERSION).get(i));
      }
    }
    return publications;
  }

  /** The latest published night. */
  public Optional<Publication> latest() {
    return Optional.ofNullable(latestRevisions.lastEntry()).map(Map.Entry::getValue);
  }

  /** The first published night. */
  public Optional<Publication> first() {
    return Optional.ofNullable(latestRevisions.firstEntry()).map(Map.Entry::getValue);
  }

  /** The latest published night before a day. */
  public Optional<Publication> before(LocalDate day) {
    return Optional.ofNullable(latestRevisions.lowerEntry(day)).map(Map.Entry::getValue);
  }

  /** The published nights after a day, in order. */
  public List<LocalDate> after(LocalDate day) {
    return List.copyOf(latestRevisions.tailMap(day, false).keySet());
  }

  /** The publication of a night that is in effect. */
  public Optional<Publication> of(LocalDate night) {
    return Optional.ofNullable(latestRevisions.get(night));
  }

  /**
   * Puts back the tables of a night that an attempt which died, or a later night, has changed.
   *
   * @param versions by table path; null for a table that nobody had written then: it is emptied.
   *     Changed to those after putting back; tables that are not in it are left alone
   */
  public static void putBack(Lake lake, Map<String, Long> versions) {
    for (TableSchema table : Tables.OF_A_NIGHT) {
      if (!versions.containsKey(table.path())) {
        continue;
      }
      Long wanted = versions.get(table.path());
      if (lake.isAt(table, wanted)) {
        continue;
      }
      if (wanted == null) {
        lake.empty(table);
      } else {
        lake.restore(table, wanted);
      }
      versions.put(table.path(), lake.version(table).orElseThrow());
    }
  }

  /**
   * Takes back what was published after a day, and forgets that its runs ended: should one of these
   * nights run again, it begins anew. The tables stay as they are until a night puts them back.
   */
  public static void withdrawAfter(Lake lake, LocalDate day) {
    Column later = col("night").gt(lit(java.sql.Date.valueOf(day)));
    // First what readers see. A run that is interrupted here is repeated by the same command.
    lake.delete(Publications.TABLE, later);
    lake.delete(StageRuns.TABLE, later);
  }

  /**
   * Publishes a night again, as its next revision: the same rows at other versions, or additional
   * rows in a table that no night reads.
   */
  public static void publishMoved(Lake lake, Publication same, Map<String, Long> versions)
      throws IOException {
    publish(lake, new Publication(same.date(), same.revision() + 1, same.runId(), versions));
  }

  /** Publishes a night: one commit, no Spark job. */
  public static void publish(Lake lake, Publication publication) throws IOException {
    ColumnRows rows = new ColumnRows(Publications.TABLE);
    for (Map.Entry<String, Long> entry : new TreeMap<>(publication.versions()).entrySet()) {
      rows.longs(Publications.NIGHT).add(publication.date().toEpochDay());
      rows.longs(Publications.REVISION).add(publication.revision());
      rows.texts(Publications.RUN_ID).add(publication.runId());
      rows.texts(Publications.TABLE_PATH).add(entry.getKey());
      rows.longs(Publications.VERSION).add(entry.getValue());
    }
    lake.append(Publications.TABLE, rows);
  }
}
