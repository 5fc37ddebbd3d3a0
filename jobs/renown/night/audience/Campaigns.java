package renown.night.audience;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import renown.engine.shortlist.Campaign;
import renown.engine.shortlist.Candidates;
import renown.engine.shortlist.Choices;
import renown.engine.shortlist.Shortlist;
import renown.engine.shortlist.Shortlist.Seat;
import renown.tables.MartCampaignShortlists;

/** Computes the shortlists of the configured campaigns. */
final class Campaigns {
  private static final StructType SEATS =
      StructType.fromDDL(
          "campaign string, topic_id string, place bigint, account_key bigint, reached_count bigint,"
              + " new_count bigint, together_count bigint, top_scores_count bigint,"
              + " most_followed_count bigint, random_count bigint, basis string");

  private Campaigns() {}

  /**
   * The seats of a campaign; none if nobody passes its filters.
   *
   * @param campaign its topic is an id
   * @param sketches rows of {@code mart_audience_sketches}
   * @param edges rows of {@code edge_increments}
   * @param topics rows of {@code topic_increments}
   * @param credible rows of {@code credible_accounts}
   * @param communities rows of {@code communities}
   * @param responseRates rows of {@code account_response_rates}
   */
  static List<Row> seats(
      Campaign campaign,
      Dataset<Row> sketches,
      Dataset<Row> edges,
      Dataset<Row> topics,
      Dataset<Row> credible,
      Dataset<Row> communities,
      Dataset<Row> responseRates) {
    Dataset<Row> candidates =
        Candidates.of(
            sketches,
            campaign,
            Optional.empty(),
            Optional.empty(),
            campaign.mostPerCommunity() > 0 ? Optional.of(communities) : Optional.empty(),
            responseRates);
    Choices choices = Choices.of(candidates, null, campaign.seats(), campaign.mostPerCommunity());
    if (choices.candidates() == 0) {
      return List.of();
    }
    Shortlist shortlist = Shortlist.counted(choices, campaign, edges, topics, credible);
    List<Row> rows = new ArrayList<>();
    for (Seat seat : shortlist.seats()) {
      rows.add(
          RowFactory.create(
              campaign.name(),
              campaign.topic(),
              rows.size() + 1L,
              seat.accountKey(),
              seat.reached(),
              seat.gained(),
              seat.reachedSum(),
              shortlist.reachAt(Choices.TOP_SCORES, seat.costSum()),
              shortlist.reachAt(Choices.MOST_FOLLOWED, seat.costSum()),
              shortlist.reachAt(Choices.RANDOM, seat.costSum()),
              shortlist.basis()));
    }
    return rows;
  }

  /**
   * What people read of them.
   *
   * @param seats from {@link #seats}, of all campaigns
   * @param sketches rows of {@code mart_audience_sketches}
   * @param accounts rows of {@code accounts}
   * @param responseRates rows of {@code account_response_rates}
   * @return rows of {@code mart_campaign_shortlists}
   */
  static Dataset<Row> mart(
      List<Row> seats,
      Dataset<Row> sketches,
      Dataset<Row> accounts,
      Dataset<Row> responseRates,
      Column night) {
    SparkSession spark = sketches.sparkSession();
    Dataset<Row> seated = broadcast(spark.createDataFrame(seats, SEATS));
    return sketches
        .select(
            "account_key",
            "topic_id",
            "network",
            "kind",
            "language",
            "score",
            "expertise",
            "attester_count")
        .join(seated, new String[] {"account_key", "topic_id"})
        .join(accounts.select(col("account_key"), col("handle")), "account_key")
        .join(
            responseRates.select("account_key", "response_rate"),
            new String[] {"account_key"},
            "left")
        .withColumn("night", night)
        .select(MartCampaignShortlists.TABLE.cols());
  }
}
