package renown.tables;

/**
 * Mentions and replies by strangers that are not old enough to say whether they were answered.
 * Grain: one row per stranger and account.
 */
public final class WaitingApproaches {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;

  public static final TableColumn SRC_KEY =
      TableColumn.whole("src_key", "Stranger who mentioned the account or replied to it.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn DST_KEY =
      TableColumn.whole(
              "dst_key",
              "Account that may answer; it had not attended to the stranger" + " before.")
          .holding(PersonalData.KEY)
          .notNegative();

  public static final TableColumn APPROACHED_AT =
      TableColumn.instant("approached_at", "Time of the stranger's first approach.");

  public static final TableColumn RECORD_PRINT_HIGH =
      TableColumn.whole(
              "record_print_high", "Fingerprint of the post of that approach, as in interactions.")
          .holding(PersonalData.HASH);

  public static final TableColumn RECORD_PRINT_LOW =
      TableColumn.whole("record_print_low", "Its lower half.").holding(PersonalData.HASH);

  public static final TableColumn WEIGHT_UNITS =
      TableColumn.whole(
              "weight_units",
              "Weight of the approach, in units of 2^-30: 1, less if the stranger's"
                  + " credibility is below 0.1.")
          .notNegative();

  public static final TableColumn IS_ANSWERED =
      TableColumn.flag("is_answered", "Whether it was answered within seven days.");

  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("scores", "waiting_approaches")
          .purpose(
              "Mentions and replies by strangers that are too recent to judge whether they"
                  + " were answered.")
          .grain("one row per stranger and account")
          .writer("response")
          .key(NETWORK, SRC_KEY, DST_KEY)
          .rules("src_key <> dst_key")
          .retention("eight days after the approach")
          .columns(
              NETWORK,
              SRC_KEY,
              DST_KEY,
              APPROACHED_AT,
              RECORD_PRINT_HIGH,
              RECORD_PRINT_LOW,
              WEIGHT_UNITS,
              IS_ANSWERED,
              NIGHT);

  private WaitingApproaches() {}
}
