package renown.tables;

/** Instant from which forward decay counts, per network. Grain: one row per network. */
public final class Landmarks {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn LANDMARK_DATE =
      TableColumn.date("landmark_date", "An act at 00:00 UTC of this day weighs 2^30 units.");
  public static final TableColumn HALF_LIFE_DAYS =
      TableColumn.whole("half_life_days", "Half-life of the weights in days.")
          .withRule("half_life_days > 0");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("graph", "landmarks")
          .purpose("Landmark time of the forward decay, per network.")
          .grain("one row per network")
          .writer("score")
          .key(NETWORK)
          .columns(NETWORK, LANDMARK_DATE, HALF_LIFE_DAYS);

  private Landmarks() {}
}
