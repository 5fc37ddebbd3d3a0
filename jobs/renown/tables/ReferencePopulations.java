package renown.tables;


/** The population against which rarity is measured, frozen when it was made: points of its survival function and the tail fitted beyond. Grain: one row per network, version and point. */
public final class ReferencePopulations {
  public static final Column NETWORK = Column.text("network", "Name of the network, as in the raw folder and in conf.");
  public static final Column REFERENCE_VERSION = Column.whole("reference_version", "1 for the first; a new one only by deliberate re-reference.");
  public static final Column REFERENCE_NIGHT = Column.date("reference_night", "Night from which it was taken.");
  public static final Column POPULATION_COUNT = Column.whole("population_count", "Accounts in it.").notNegative();
  public static final Column POINT = Column.whole("point", "0 for the most common value.").notNegative();
  public static final Column EARNED_ATTENTION = Column.number("earned_attention", "A value of earned attention.").notNegative();
  public static final Column AT_LEAST_SHARE = Column.number("at_least_share", "Share of the population that earns at least this.").between(0, 1);
  public static final Column TAIL_EXPONENT = Column.number("tail_exponent", "Beyond the last point the share falls as value^-tail_exponent " + "(maximum likelihood on the tail); the same on every point.").withRule("tail_exponent > 0");
  public static final Column TAIL_DISTANCE = Column.number("tail_distance", "Kolmogorov-Smirnov distance of that fit, 0 perfect; the same on " + "every point.").between(0, 1);

  /** The table. */
  public static final TableSchema TABLE = TableSchema.of("scores", "reference_populations")
    .purpose("The population against which rarity is measured, frozen when it was " + "made: points of its survival function and the tail fitted beyond.")
    .grain("one row per network, version and point")
    .writer("score")
    .key(NETWORK, REFERENCE_VERSION, POINT)
    .columns(NETWORK, REFERENCE_VERSION, REFERENCE_NIGHT, POPULATION_COUNT, POINT, EARNED_ATTENTION, AT_LEAST_SHARE, TAIL_EXPONENT, TAIL_DISTANCE);

  private ReferencePopulations() {}
}
