package renown.tables;

/** How each ranking went. Grain: one row per network and night. */
public final class RankRuns {
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column NIGHT = CommonColumns.NIGHT;
  public static final Column VERTEX_COUNT =
      Column.whole("vertex_count", "Accounts ranked.").notNegative();
  public static final Column EDGE_COUNT =
      Column.whole("edge_count", "Distinct weighted edges.").notNegative();
  public static final Column ITERATION_COUNT =
      Column.whole("iteration_count", "Iterations until the residual was below the tolerance.")
          .notNegative();
  public static final Column RESIDUAL =
      Column.number("residual", "L1 distance of the last two vectors.").notNegative();
  public static final Column DAMPING_FACTOR =
      Column.number("damping_factor", "Share of rank that follows edges.").between(0, 1);
  public static final Column TOLERANCE =
      Column.number("tolerance", "Bound on the residual.").notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "rank_runs")
          .purpose("How each ranking went.")
          .grain("one row per network and night")
          .writer("influence")
          .key(NETWORK, NIGHT)
          .columns(
              NETWORK,
              NIGHT,
              VERTEX_COUNT,
              EDGE_COUNT,
              ITERATION_COUNT,
              RESIDUAL,
              DAMPING_FACTOR,
              TOLERANCE);

  private RankRuns() {}
}
