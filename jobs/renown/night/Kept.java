package renown.night;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once however often they are used.
 *
 * <p>Spark keeps what {@code persist} marks, but each query over it still carries the whole plan it
 * was made by: it is analysed again, copied where the rows are joined with themselves, and looked
 * for among all that is kept. On plans as deep as a night's that takes longer than the query. Here
 * what is kept is a leaf of the plans made of it.
 */
final class Kept {
  private final Dataset<Row> persisted;
  private final InMemoryRelation held;
  private final Dataset<Row> rows;

  private Kept(Dataset<Row> persisted, InMemoryRelation held, Dataset<Row> rows) {
    this.persisted = persisted;
    this.held = held;
    this.rows = rows;
  }

  /** Nothing is computed until somebody uses the rows. */
  static Kept of(Dataset<Row> rows) {
    var persisted =
        (org.apache.spark.sql.classic.Dataset<Row>) rows.persist(StorageLevel.MEMORY_AND_DISK());
    var session = persisted.sparkSession();
    InMemoryRelation held =
        session
            .sharedState()
            .cacheManager()
            .lookupCachedData(persisted)
            .get()
            .cachedRepresentation();
    return new Kept(persisted, held, Dataset$.MODULE$.ofRows(session, held));
  }

  Dataset<Row> rows() {
    return rows;
  }

  void letGo() {
    persisted.unpersist();
    // Spark forgets by itself what it kept of a table that is written to, and then knows nothing of
    // what was computed again for the leaf.
    held.cacheBuilder().clearCache(false);
  }
}
