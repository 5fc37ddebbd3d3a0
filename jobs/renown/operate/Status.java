package renown.operate;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How the last nights went, from the published marts.
 *
 * @param lastNight the last published night
 * @param loaded by night and network, of the last {@value #DAYS} days, in this order
 * @param unread by network, of the last night: those of which no file was ever read
 * @param durations by night, in this order
 * @param stages of the last night, in order
 * @param judged by night, network and measure, in this order
 */
record Status(
    LocalDate lastNight,
    List<Loaded> loaded,
    List<Unread> unread,
    List<Duration> durations,
    List<StageSeconds> stages,
    List<Judged> judged) {
  static final int DAYS = 14;

  /**
   * What one network brought on one night.
   *
   * @param scored accounts with a score
   */
  record Loaded(
      LocalDate night,
      String network,
      long accepted,
      long duplicate,
      long ignored,
      long rejected,
      long scored) {
    long lines() {
      return accepted + duplicate + ignored + rejected;
    }

    /** 0 if there were no lines. */
    double rejectedShare() {
      return lines() == 0 ? 0 : (double) rejected / lines();
    }
  }

  /** A network that has files, none of which can be read. */
  record Unread(String network, long files) {}

  /** The seconds of all stages of a night. */
  record Duration(LocalDate night, double seconds) {}

  /** The seconds of a stage. */
  record StageSeconds(String stage, double seconds) {}

  /**
   * How a past score or momentum did.
   *
   * @param rival the best of the simpler predictors
   * @param rivalSpearman its correlation
   */
  record Judged(
      LocalDate night,
      String network,
      String measure,
      double spearman,
      String rival,
      double rivalSpearman) {}

  private static final String LOADED =
      """
      WITH loaded AS (
        SELECT night, network,
               sum(IF(measure = 'accepted line', measure_count, 0)) AS accepted,
               sum(IF(measure = 'duplicate line', measure_count, 0)) AS duplicate,
               sum(IF(measure = 'ignored line', measure_count, 0)) AS ignored,
               sum(IF(measure = 'rejected line', measure_count, 0)) AS rejected
        FROM mart_network_activity WHERE night > date_sub(%1$s, %2$d) GROUP BY night, network),
      scored AS (
        SELECT night, network, count(score) AS scored FROM mart_account_scores
        WHERE night > date_sub(%1$s, %2$d) GROUP BY night, network)
      SELECT night, network, coalesce(accepted, 0) AS accepted, coalesce(duplicate, 0) AS duplicate,
             coalesce(ignored, 0) AS ignored, coalesce(rejected, 0) AS rejected,
             coalesce(scored, 0) AS scored
      FROM loaded FULL OUTER JOIN scored USING (night, network) ORDER BY night, network
      """;

  private static final String UNREAD =
      """
      SELECT network, max(IF(night = %1$s, measure_count, 0)) AS files FROM mart_network_activity
      WHERE measure IN ('file', 'unreadable file') GROUP BY network
      HAVING count_if(measure = 'file') = 0 AND files > 0 ORDER BY network
      """;

  private static final String SECONDS =
      """
      SELECT night, stage, seconds FROM mart_run_health
      WHERE night > date_sub(%1$s, %2$d) ORDER BY night, stage_number
      """;

  private static final String JUDGED =
      """
      SELECT night, network, measure,
             max(IF(predictor = measure, spearman, NULL)) AS spearman,
             max_by(predictor, spearman) FILTER (WHERE predictor <> measure) AS rival,
             max(IF(predictor <> measure, spearman, NULL)) AS rival_spearman
      FROM mart_validation WHERE night > date_sub(%1$s, %2$d)
      GROUP BY night, network, measure ORDER BY night, network, measure
      """;

  /**
   * @param spark a session in which the published marts are views under their plain names
   */
  static Status of(SparkSession spark, LocalDate lastNight) {
    List<Loaded> loaded =
        ask(spark, LOADED, lastNight).stream()
            .map(
                row ->
                    new Loaded(
                        night(row),
                        row.getAs("network"),
                        row.<Long>getAs("accepted"),
                        row.<Long>getAs("duplicate"),
                        row.<Long>getAs("ignored"),
                        row.<Long>getAs("rejected"),
                        row.<Long>getAs("scored")))
            .toList();
    List<Row> stages = ask(spark, SECONDS, lastNight);
    List<Duration> durations =
        stages.stream()
            .map(Status::night)
            .distinct()
            .map(
                night ->
                    new Duration(
                        night,
                        stages.stream()
                            .filter(row -> night(row).equals(night))
                            .mapToDouble(row -> row.<Double>getAs("seconds"))
                            .sum()))
            .toList();
    List<Judged> judged =
        ask(spark, JUDGED, lastNight).stream()
            .map(
                row ->
                    new Judged(
                        night(row),
                        row.getAs("network"),
                        row.getAs("measure"),
                        row.<Double>getAs("spearman"),
                        row.getAs("rival"),
                        row.<Double>getAs("rival_spearman")))
            .toList();
    return new Status(
        lastNight,
        loaded,
        ask(spark, UNREAD, lastNight).stream()
            .map(row -> new Unread(row.getAs("network"), row.<Long>getAs("files")))
            .toList(),
        durations,
        stages.stream()
            .filter(row -> night(row).equals(lastNight))
            .map(row -> new StageSeconds(row.getAs("stage"), row.<Double>getAs("seconds")))
            .toList(),
        judged);
  }

  private static List<Row> ask(SparkSession spark, String query, LocalDate lastNight) {
    return spark.sql(query.formatted("DATE'" + lastNight + "'", DAYS)).collectAsList();
  }

  private static LocalDate night(Row row) {
    return row.<java.sql.Date>getAs("night").toLocalDate();
  }
}
