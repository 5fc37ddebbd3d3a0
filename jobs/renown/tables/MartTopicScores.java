package renown.tables;

/**
 * What accounts write about and what others attest them: interest and expertise, never mixed.
 * Grain: one row per account and topic.
 */
public final class MartTopicScores {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, as in mart_topics.");
  public static final TableColumn EXPERTISE =
      TableColumn.number(
              "expertise",
              "Points 0..100 for the rarity of such attention among the topic's accounts,"
                  + " 12.5 for every factor of ten; null if attesting accounts and votes"
                  + " together are fewer than topics.attesters-min.")
          .orNull()
          .between(0, 100);
  public static final TableColumn EXPERTISE_LOW =
      TableColumn.number(
              "expertise_low",
              "Lower bound of the 90 % interval, for a different sample of people paying"
                  + " attention; null with expertise.")
          .orNull()
          .between(0, 100);
  public static final TableColumn EXPERTISE_HIGH =
      TableColumn.number("expertise_high", "Upper bound of the 90 % interval; null with expertise.")
          .orNull()
          .between(0, 100);
  public static final TableColumn PLACE =
      TableColumn.whole(
              "place",
              "1 for the highest expertise of the topic on the network; null with expertise.")
          .orNull();
  public static final TableColumn ATTESTER_COUNT =
      TableColumn.whole(
              "attester_count",
              "Distinct credible accounts that paid attention to it on the topic, except"
                  + " those most of whose attention it returned in kind.")
          .notNegative();
  public static final TableColumn VOTE_COUNT =
      TableColumn.whole("vote_count", "Anonymous up-votes on its posts about the topic.")
          .notNegative();
  public static final TableColumn TOPIC_ATTENTION_SHARE =
      TableColumn.number(
              "topic_attention_share",
              "Share of the attention it receives that is about the topic; null if it"
                  + " receives none.")
          .orNull()
          .between(0, 1);
  public static final TableColumn EARNED_EXPERTISE =
      TableColumn.number(
              "earned_expertise",
              "The quantity whose rarity expertise is: rank received from others on the"
                  + " topic, as a multiple of the mean rank there, times the share of its"
                  + " attention that is about the topic, times (1 - 0.9 * trading_share)^1.5;"
                  + " plus topics.vote-weight for each of its votes, decayed, times their"
                  + " share on the topic, which is shrunk to that of everybody's votes"
                  + " (topics.vote-prior).")
          .notNegative();
  public static final TableColumn INTEREST_SHARE =
      TableColumn.number(
              "interest_share",
              "Share of its own posts and reactions, decayed and weighted by confidence, that"
                  + " is about the topic; null if it has none.")
          .orNull()
          .between(0, 1);
  public static final TableColumn POST_COUNT =
      TableColumn.whole("post_count", "Its posts about the topic.").notNegative();
  public static final TableColumn REACTION_COUNT =
      TableColumn.whole("reaction_count", "Its reactions to posts about the topic.").notNegative();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topic_scores")
          .purpose(
              "Interest and expertise: what accounts write about, and what others attest to"
                  + " them; never mixed.")
          .grain("one row per account and topic")
          .writer("topics")
          .key(ACCOUNT_KEY, TOPIC_ID)
          .clusteredBy(NETWORK, TOPIC_ID)
          .rules(
              "(expertise IS NULL) = (place IS NULL)",
              "expertise IS NULL OR (expertise_low <= expertise AND expertise <= expertise_high)")
          .retention("rewritten each night")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              TOPIC_ID,
              EXPERTISE,
              EXPERTISE_LOW,
              EXPERTISE_HIGH,
              PLACE,
              ATTESTER_COUNT,
              VOTE_COUNT,
              TOPIC_ATTENTION_SHARE,
              EARNED_EXPERTISE,
              INTEREST_SHARE,
              POST_COUNT,
              REACTION_COUNT,
              NIGHT);

  private MartTopicScores() {}
}
