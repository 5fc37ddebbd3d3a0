package renown.engine.shortlist;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Selects the accounts that a campaign may pick. */
public final class Candidates {
  private Candidates() {}

  /**
   * The accounts with evidence on the topic that pass the campaign's filters; never automated ones,
   * and none without a score: such have no sketch.
   *
   * @param sketches rows of {@code mart_audience_sketches}
   * @param campaign its topic is an id
   * @param costs account_key, cost (whole number above 0): only accounts that it names; all, at a
   *     cost of 1, if it is not given
   * @param excluded account_key: never these
   * @param communities account_key, community_key
   * @param responseRates account_key, response_rate; looked at where the campaign asks for one
   * @return network, account_key, reached_count, relative_error, score, followed_count, expertise,
   *     attester_count, kind, language, cost, community_key (null if it is in none), sketch; of the
   *     campaign's audience. followed_count: followers as stated, else how many it reaches
   */
  public static Dataset<Row> of(
      Dataset<Row> sketches,
      Campaign campaign,
      Optional<Dataset<Row>> costs,
      Optional<Dataset<Row>> excluded,
      Optional<Dataset<Row>> communities,
      Dataset<Row> responseRates) {
    String[] account = {"account_key"};
    Dataset<Row> known =
        sketches.where(
            col("topic_id").equalTo(campaign.topic()).and(col("kind").notEqual("automated")));
    if (campaign.network() != null) {
      known = known.where(col("network").equalTo(campaign.network()));
    }
    if (campaign.language() != null) {
      known = known.where(col("language").equalTo(campaign.language()));
    }
    if (campaign.kind() != null) {
      known = known.where(col("kind").equalTo(campaign.kind()));
    }
    if (campaign.leastResponseRate() > 0) {
      known =
          known.join(
              responseRates.where(col("response_rate").geq(lit(campaign.leastResponseRate()))),
              account,
              "left_semi");
    }
    if (excluded.isPresent()) {
      known = known.join(excluded.get().select("account_key"), account, "left_anti");
    }
    if (campaign.isOfEverything()) {
      known =
          known
              .drop("reached_count", "relative_error", "sketch")
              .join(
                  sketches
                      .where(col("topic_id").equalTo(ReachedAccounts.EVERYTHING))
                      .select("account_key", "reached_count", "relative_error", "sketch"),
                  account);
    }
    known =
        costs.isPresent()
            ? known.join(costs.get().select("account_key", "cost"), account)
            : known.withColumn("cost", lit(1L));
    known =
        communities.isPresent()
            ? known.join(communities.get().select("account_key", "community_key"), account, "left")
            : known.withColumn("community_key", lit(null).cast("long"));
    return known.select(
        col("network"),
        col("account_key"),
        col("reached_count"),
        col("relative_error"),
        col("score"),
        coalesce(col("stated_follower_count"), col("total_reached_count"), col("reached_count"))
            .as("followed_count"),
        col("expertise"),
        col("attester_count"),
        col("kind"),
        col("language"),
        col("cost"),
        col("community_key"),
        col("sketch"));
  }
}
