package renown.night.score.edges;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.decay.ForwardDecay;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.Landmarks;

/** Maps interactions to edges of the attention graph. */
final class Edges {
  private static final Column[] EDGE = {
    col("network"), col("src_key"), col("dst_key"), col("verb")
  };

  /** The verb of anonymous acts. */
  private static final String NOBODYS = "vote";

  private Edges() {}

  /**
   * What a night adds to the graph.
   *
   * @param interactions the night's rows, done and undone
   * @param landmarks of all their networks
   * @return rows of {@code edge_increments}; no account attends to itself, and votes are nobody's
   *     attention
   */
  static Dataset<Row> increments(Dataset<Row> interactions, Dataset<Row> landmarks, Column night) {
    Column units =
        ForwardDecay.units(
            Interactions.HAPPENED_AT.col(),
            ForwardDecay.landmark(),
            Landmarks.HALF_LIFE_DAYS.col());
    return interactions
        .where(Interactions.ACTOR_KEY.col().notEqual(Interactions.TARGET_KEY.col()))
        .where(col("verb").notEqual(NOBODYS))
        .join(org.apache.spark.sql.functions.broadcast(landmarks), "network")
        .select(
            col("network"),
            Interactions.ACTOR_KEY.col().as("src_key"),
            Interactions.TARGET_KEY.col().as("dst_key"),
            col("verb"),
            Interactions.CHANGE.col(),
            units.multiply(Interactions.CHANGE.col()).as("units"))
        .groupBy(EDGE)
        .agg(sum("change").as("act_count"), sum("units").as("decayed_units"))
        .where(col("act_count").notEqual(0).or(col("decayed_units").notEqual(0)))
        .withColumn("night", night)
        .select(EdgeIncrements.TABLE.cols());
  }

  /**
   * The same edges, one row each; those that were wholly undone are gone.
   *
   * @param increments rows of {@code edge_increments}
   */
  static Dataset<Row> compacted(Dataset<Row> increments, Column night) {
    return increments
        .groupBy(EDGE)
        .agg(sum("act_count").as("act_count"), sum("decayed_units").as("decayed_units"))
        .where(col("act_count").notEqual(0))
        .withColumn("night", night)
        .select(EdgeIncrements.TABLE.cols());
  }
}
