package renown.night.score.edges;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.TableSchema;

/** Appends the night's interactions to the attention graph; reads the graph only to compact it. */
public final class GraphStage implements Stage {
  static final ConfigKey<Long> HALF_LIFE_DAYS =
      ConfigKey.integer(
          "graph.half-life-days",
          90,
          1,
          3650,
          "Half-life in days of an interaction's weight. Fixed once a lake holds edges.");

  /** At this exponent the landmark moves, long before sums of units could overflow 63 bits. */
  private static final int HALF_LIVES_PER_LANDMARK = 8;

  /** A younger graph is not worth compacting. */
  private static final long FIRST_COMPACTION_DAYS = 8;

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(HALF_LIFE_DAYS);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(Interactions.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(Landmarks.TABLE, EdgeIncrements.TABLE);
  }

  @Override
  public void run(Night night) {
    Lake lake = night.lake();
    Dataset<Row> acts = night.kept(night.tonight().interactions());
    Dataset<Row> landmarks = landmarks(night, acts);
    lake.append(EdgeIncrements.TABLE, Edges.increments(acts, landmarks, night.literal()));
    compactWhereDue(night);
  }

  /** Sets the landmark of new networks: the night on which they are first loaded. */
  private static Dataset<Row> landmarks(Night night, Dataset<Row> acts) {
    Lake lake = night.lake();
    Dataset<Row> known = lake.read(Landmarks.TABLE);
    long halfLife = night.value(HALF_LIFE_DAYS);
    for (Row row : known.select("half_life_days").distinct().collectAsList()) {
      if (row.getLong(0) != halfLife) {
        throw RenownException.configuration(
            "%s = %d, but the edges of this lake were summed with %d: restore it, or build a"
                + " new lake with the new value.",
            HALF_LIFE_DAYS.name(), halfLife, row.getLong(0));
      }
    }
    Dataset<Row> missing =
        night.kept(
            acts.select("network")
                .distinct()
                .join(known, new String[] {"network"}, "left_anti")
                .withColumn("landmark_date", night.literal())
                .withColumn("half_life_days", lit(halfLife)));
    if (!missing.isEmpty()) {
      lake.append(Landmarks.TABLE, missing.coalesce(1));
    }
    return lake.read(Landmarks.TABLE);
  }

  /**
   * Compacts increments when the graph's age in days is a power of two. Over its life each row is
   * rewritten less than twice on average, and the table never holds more than about twice the
   * necessary rows.
   */
  private static void compactWhereDue(Night night) {
    Lake lake = night.lake();
    List<Row> landmarks = lake.read(Landmarks.TABLE).collectAsList();
    boolean due = landmarks.stream().anyMatch(row -> isDue(age(row, night.date())));
    if (!due) {
      return;
    }
    Dataset<Row> edges = Edges.compacted(lake.read(EdgeIncrements.TABLE), night.literal());
    Column halfLives =
        rint(
            when(
                    datediff(night.literal(), col("landmark_date"))
                        .gt(col("half_life_days").multiply(lit(HALF_LIVES_PER_LANDMARK))),
                    floor(
                        datediff(night.literal(), col("landmark_date"))
                            .divide(col("half_life_days"))))
                .otherwise(lit(0))
                .cast("double"));
    Dataset<Row> moves = night.kept(lake.read(Landmarks.TABLE).withColumn("half_lives", halfLives));
    Dataset<Row> moved =
        edges
            .join(broadcast(moves.select("network", "half_lives")), "network")
            .withColumn(
                "decayed_units",
                when(col("half_lives").equalTo(0), col("decayed_units"))
                    .otherwise(
                        rint(col("decayed_units").divide(pow(lit(2.0), col("half_lives"))))
                            .cast("long")))
            .select(EdgeIncrements.TABLE.cols());
    lake.overwrite(EdgeIncrements.TABLE, moved);
    lake.overwrite(
        Landmarks.TABLE,
        moves
            .withColumn(
                "landmark_date",
                date_add(
                    col("landmark_date"),
                    col("half_lives").multiply(col("half_life_days")).cast("int")))
            .select(Landmarks.TABLE.cols())
            .coalesce(1));
  }

  private static long age(Row landmark, LocalDate night) {
    LocalDate date = landmark.<java.sql.Date>getAs("landmark_date").toLocalDate();
    return ChronoUnit.DAYS.between(date, night);
  }

  static boolean isDue(long ageDays) {
    return ageDays >= FIRST_COMPACTION_DAYS && Long.bitCount(ageDays) == 1;
  }
}
