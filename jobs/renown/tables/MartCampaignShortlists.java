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
      TableColumn.whole("place", "1 for the account that is picked first.").withRule("place > 0");
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn HANDLE =
      TableColumn.text(
              "handle", "Name by which people address it; null where the network never said.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the campaign's topic, as in mart_topics.");
  public static final TableColumn REACHED_COUNT =
      TableColumn.whole(
              "reached_count",
              "Distinct credible accounts that it reaches, on the topic or, for a campaign with"
                  + " audience=all, at all; exact.")
          .notNegative();
  public static final TableColumn NEW_COUNT =
      TableColumn.whole("new_count", "Those of them that no account of an earlier place reaches.")
          .notNegative();
  public static final TableColumn TOGETHER_COUNT =
      TableColumn.whole("together_count", "How many it and those of earlier places reach together.")
          .notNegative();
  public static final TableColumn TOP_SCORES_COUNT =
      TableColumn.whole(
              "top_scores_count", "How many as many of the highest scores would reach together.")
          .notNegative();
  public static final TableColumn MOST_FOLLOWED_COUNT =
      TableColumn.whole(
              "most_followed_count",
              "How many as many of the most followed would (where followers are not stated, of those"
                  + " that reach most).")
          .notNegative();
  public static final TableColumn RANDOM_COUNT =
      TableColumn.whole(
              "random_count", "How many as many random candidates would, the mean of 5 draws.")
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
              "How likely it answers a stranger within a week, as in account_response_rates; null"
                  + " where it is not known.")
          .orNull()
          .between(0, 1);
  public static final TableColumn BASIS =
      TableColumn.text(
              "basis",
              "shortlist where the accounts were chosen by what each adds; top scores or most"
                  + " followed where that simpler list turned out to reach more.")
          .oneOf("shortlist", "top scores", "most followed");

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_campaign_shortlists")
          .purpose(
              "Whom to ask for the campaigns of conf: the accounts that together reach most, beside"
                  + " what simpler lists would reach.")
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
