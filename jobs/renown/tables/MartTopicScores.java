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
              "Points 0..100: how rare such attention is among the accounts of the topic, 12.5 for every factor of ten; null where accounts that attest it and votes are fewer than topics.attesters-min.")
          .orNull()
          .between(0, 100);
  public static final TableColumn EXPERTISE_LOW =
      TableColumn.number(
              "expertise_low",
              "Lower end of the interval that holds 9 of 10 times had other accounts paid attention; null with expertise.")
          .orNull()
          .between(0, 100);
  public static final TableColumn EXPERTISE_HIGH =
      TableColumn.number("expertise_high", "Upper end of it; null with expertise.")
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
              "Distinct credible accounts that paid attention to it on the topic, without those most of whose attention it returned in kind.")
          .notNegative();
  public static final TableColumn VOTE_COUNT =
      TableColumn.whole(
              "vote_count",
              "Up-votes on its posts about the topic, of voters whom the network does not name.")
          .notNegative();
  public static final TableColumn TOPIC_ATTENTION_SHARE =
      TableColumn.number(
              "topic_attention_share",
              "Share of the attention it gets that is about the topic; null where it gets none.")
          .orNull()
          .between(0, 1);
  public static final TableColumn EARNED_EXPERTISE =
      TableColumn.number(
              "earned_expertise",
              "Rank received from others on the topic, as a multiple of the mean rank there, times how much of its attention is about the topic, times (1 - 0.9 * trading_share)^1.5; plus topics.vote-weight for each vote, decayed, and for each that it would have there were all its votes spread over topics as everybody's are: what expertise is the rarity of.")
          .notNegative();
  public static final TableColumn INTEREST_SHARE =
      TableColumn.number(
              "interest_share",
              "Share of its own posts and reactions, decayed and weighed by confidence, that is about the topic; null where it has none.")
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
              "What accounts write about and what others attest them: interest and expertise, never mixed.")
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
