package renown.tables;

/**
 * Who is known for a topic, with the evidence in a sentence. Grain: one row per account and topic,
 * the first of each network, kind and language.
 */
public final class MartTopicLeaders {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn TOPIC_ID = MartTopicScores.TOPIC_ID;
  public static final TableColumn LABEL_EN =
      TableColumn.text("label_en", "Name of the topic, as in mart_topics.");
  public static final TableColumn PLACE =
      TableColumn.whole("place", "Place by expertise on the topic in the network.")
          .withRule("place > 0");
  public static final TableColumn KIND_PLACE =
      TableColumn.whole("kind_place", "Place among accounts of the same kind and language.")
          .withRule("kind_place > 0");
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn HANDLE =
      TableColumn.text("handle", "Handle; null if unknown.").holding(PersonalData.NAME).orNull();
  public static final TableColumn KIND =
      TableColumn.text("kind", "person, organisation, automated or unknown, as in account_kinds.")
          .oneOf("person", "organisation", "automated", "unknown");
  public static final TableColumn LANGUAGE =
      TableColumn.text(
              "language",
              "Its main language; for accounts without posts, the main language of their"
                  + " attesters; null if nobody has one.")
          .orNull();
  public static final TableColumn EXPERTISE =
      TableColumn.number("expertise", "As in mart_topic_scores.").between(0, 100);
  public static final TableColumn EXPERTISE_LOW =
      TableColumn.number("expertise_low", "As in mart_topic_scores.").between(0, 100);
  public static final TableColumn EXPERTISE_HIGH =
      TableColumn.number("expertise_high", "As in mart_topic_scores.").between(0, 100);
  public static final TableColumn INTEREST_SHARE =
      TableColumn.number(
              "interest_share",
              "As in mart_topic_scores; null if it has no activity of its" + " own.")
          .orNull()
          .between(0, 1);
  public static final TableColumn ATTESTER_COUNT =
      TableColumn.whole("attester_count", "As in mart_topic_scores.").notNegative();
  public static final TableColumn EVIDENCE = TableColumn.text("evidence", "Why, in numbers.");
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  public static final TableColumn RESPONSE_RATE = AccountResponseRates.RESPONSE_RATE;

  public static final TableColumn RESPONSE_RATE_LOW = AccountResponseRates.RESPONSE_RATE_LOW;

  public static final TableColumn RESPONSE_RATE_HIGH = AccountResponseRates.RESPONSE_RATE_HIGH;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topic_leaders")
          .purpose("Topic leaders, with the evidence in one sentence.")
          .grain("one row per account and topic, the first of each network, kind and language")
          .writer("topics")
          .key(TOPIC_ID, ACCOUNT_KEY)
          .clusteredBy(NETWORK, TOPIC_ID)
          .retention("rewritten each night")
          .columns(
              NETWORK,
              TOPIC_ID,
              LABEL_EN,
              PLACE,
              KIND_PLACE,
              ACCOUNT_KEY,
              HANDLE,
              KIND,
              LANGUAGE,
              EXPERTISE,
              EXPERTISE_LOW,
              EXPERTISE_HIGH,
              INTEREST_SHARE,
              ATTESTER_COUNT,
              RESPONSE_RATE,
              RESPONSE_RATE_LOW,
              RESPONSE_RATE_HIGH,
              EVIDENCE,
              NIGHT);

  private MartTopicLeaders() {}
}
