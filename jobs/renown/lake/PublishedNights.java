package renown.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.run.Together;
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

  /** Those of a lake without tables. */
  public static PublishedNights none() {
    return new PublishedNights();
  }

  /** Reads all publications of a lake; none if the lake is new. */
  public static PublishedNights of(Lake lake) {
    PublishedNights publications = new PublishedNights();
    List<Row> rows =
        lake.read(renown.tables.Publications.TABLE)
            .sort(col("night"), col("revision"), col("table_path"))
            .collectAsList();
    for (Row row : rows) {
      LocalDate night = row.<java.sql.Date>getAs("night").toLocalDate();
      long revision = row.<Long>getAs("revision");
      Publication known = publications.latestRevisions.get(night);
      if (known == null || known.revision() < revision) {
        known = new Publication(night, revision, row.getAs("run_id"), new HashMap<>());
        publications.latestRevisions.put(night, known);
      }
      known.versions().put(row.getAs("table_path"), row.getAs("version"));
    }
    return publications;
  }

  /** The latest published night. */
  public Optional<Publication> latest() {
    return Optional.ofNullable(latestRevisions.lastEntry()).map(Map.Entry::getValue);
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
   * @param versions by table path; changed to those after putting back
   */
  public static void putBack(Lake lake, Map<String, Long> versions) throws Exception {
    Map<String, Long> restored = new ConcurrentHashMap<>();
    List<Together.Step> steps = new ArrayList<>();
    for (TableSchema table : Tables.OF_A_NIGHT) {
      Long wanted = versions.get(table.path());
      if (wanted != null && lake.version(table) != wanted) {
        steps.add(
            () -> {
              lake.restore(table, wanted);
              restored.put(table.path(), lake.version(table));
            });
      }
    }
    Together.run(steps);
    versions.putAll(restored);
  }

  /**
   * Takes back what was published after a day, and forgets that its runs ended: should one of these
   * nights run again, it begins anew. The tables stay as they are until a night puts them back.
   */
  public static void withdrawAfter(Lake lake, LocalDate day) {
    Column later = col("night").gt(lit(java.sql.Date.valueOf(day)));
    // First what readers see. A run that is interrupted here is repeated by the same command.
    lake.delete(renown.tables.Publications.TABLE, later);
    lake.delete(StageRuns.TABLE, later);
  }

  /**
   * Publishes a night again, as its next revision: the same rows at other versions, or additional
   * rows in a table that no night reads.
   */
  public static void publishMoved(Lake lake, Publication same, Map<String, Long> versions) {
    publish(lake, new Publication(same.date(), same.revision() + 1, same.runId(), versions));
  }

  /** Publishes a night: one commit. */
  public static void publish(Lake lake, Publication publication) {
    List<Row> rows = new ArrayList<>();
    publication.versions().entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(
            entry ->
                rows.add(
                    RowFactory.create(
                        java.sql.Date.valueOf(publication.date()),
                        publication.revision(),
                        publication.runId(),
                        entry.getKey(),
                        entry.getValue())));
    TableSchema table = renown.tables.Publications.TABLE;
    lake.append(table, lake.spark().createDataFrame(rows, table.structType()).coalesce(1));
  }
}
