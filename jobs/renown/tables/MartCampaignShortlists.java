package renown.tables;

/**
 * Whom to ask for the campaigns of conf: the accounts that together reach most. Grain: one row per
 * campaign, night and account of its shortlist.
 */
public final class MartCampaignShortlists {
  public static final TableColumn CAMPAIGN =
      TableColumn.text("campaign", "Name of the campaign, as in campaign.nightly.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;
  public static final TableColumn PLACE =
      TableColumn.whole("place", "1 for the account picked first.").withRule("place > 0");
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Handle; null if unknown.").holding(PersonalData.NAME).orNull();
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the campaign's topic, as in mart_topics.");
  public static final TableColumn REACHED_COUNT =
      TableColumn.whole(
              "reached_count",
              "Distinct credible accounts that it reaches, on the topic or, for a campaign"
                  + " with audience=all, overall; exact.")
          .notNegative();
  public static final TableColumn NEW_COUNT =
      TableColumn.whole(
              "new_count", "Of those, accounts that no account in an earlier place reaches.")
          .notNegative();
  public static final TableColumn TOGETHER_COUNT =
      TableColumn.whole(
              "together_count", "Combined reach of this account and those in earlier places.")
          .notNegative();
  public static final TableColumn TOP_SCORES_COUNT =
      TableColumn.whole(
              "top_scores_count",
              "Combined reach of the same number of accounts with the" + " highest scores.")
          .notNegative();
  public static final TableColumn MOST_FOLLOWED_COUNT =
      TableColumn.whole(
              "most_followed_count",
              "Combined reach of the same number of most followed accounts (if followers are"
                  + " not stated, of those with the largest reach).")
          .notNegative();
  public static final TableColumn RANDOM_COUNT =
      TableColumn.whole(
              "random_count",
              "Combined reach of the same number of random candidates, the" + " mean of 5 draws.")
          .notNegative();
  public static final TableColumn KIND = MartAudienceSketches.KIND;
  public static final TableColumn LANGUAGE = MartAudienceSketches.LANGUAGE;
  public static final TableColumn SCORE = MartAudienceSketches.SCORE;
  public static final TableColumn EXPERTISE =
      TableColumn.number("expertise", "As in mart_topic_scores.").between(0, 100);
  public static final TableColumn ATTESTER_COUNT =
      TableColumn.whole("attester_count", "As in mart_topic_scores: the evidence on the topic.")
          .notNegative();
  public static final TableColumn RESPONSE_RATE =
      TableColumn.number(
              "response_rate",
              "How likely it answers a stranger within a week, as in account_response_rates;"
                  + " null if unknown.")
          .orNull()
          .between(0, 1);
  public static final TableColumn BASIS =
      TableColumn.text(
              "basis",
              "shortlist if the accounts were chosen by marginal reach; top scores or most"
                  + " followed if that simpler list reaches more.")
          .oneOf("shortlist", "top scores", "most followed");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_campaign_shortlists")
          .purpose(
              "Shortlists for the configured campaigns: the accounts that together reach"
                  + " most, compared with simpler lists.")
          .grain("one row per campaign, night and account of its shortlist")
          .writer("audience")
          .key(CAMPAIGN, NIGHT, PLACE)
          .clusteredBy(NIGHT, CAMPAIGN)
          .rules("new_count <= reached_count", "new_count <= together_count")
          .columns(
              CAMPAIGN,
              NIGHT,
              PLACE,
              NETWORK,
              ACCOUNT_KEY,
              HANDLE,
              TOPIC_ID,
              REACHED_COUNT,
              NEW_COUNT,
              TOGETHER_COUNT,
              TOP_SCORES_COUNT,
              MOST_FOLLOWED_COUNT,
              RANDOM_COUNT,
              KIND,
              LANGUAGE,
              SCORE,
              EXPERTISE,
              ATTESTER_COUNT,
              RESPONSE_RATE,
              BASIS);

  private MartCampaignShortlists() {}
}
