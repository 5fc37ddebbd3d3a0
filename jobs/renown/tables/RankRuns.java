package renown.tables;

/** How each ranking went. Grain: one row per network and night. */
public final class RankRuns {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn VERTEX_COUNT =
      TableColumn.whole("vertex_count", "Accounts ranked.").notNegative();
  public static final TableColumn EDGE_COUNT =
      TableColumn.whole("edge_count", "Distinct weighted edges.").notNegative();
  public static final TableColumn ITERATION_COUNT =
      TableColumn.whole("iteration_count", "Iterations until the residual was below the tolerance.")
          .notNegative();
  public static final TableColumn RESIDUAL =
      TableColumn.number("residual", "L1 distance of the last two vectors.").notNegative();
  public static final TableColumn DAMPING_FACTOR =
      TableColumn.number("damping_factor", "Share of rank that follows edges.").between(0, 1);
  public static final TableColumn TOLERANCE =
      TableColumn.number("tolerance", "Maximum residual.").notNegative();

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "rank_runs")
          .purpose("Convergence of each ranking.")
          .grain("one row per network and night")
          .writer("score")
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
