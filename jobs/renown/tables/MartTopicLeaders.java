package renown.tables;

/**
 * Who is known for a topic, with the evidence in a sentence. Grain: one row per account and topic,
 * the first of each network, kind and language.
 */
public final class MartTopicLeaders {
  public static final Column NETWORK = CommonColumns.NETWORK;
  public static final Column TOPIC_ID = MartTopicScores.TOPIC_ID;
  public static final Column LABEL_EN =
      Column.text("label_en", "Name of the topic, as in mart_topics.");
  public static final Column PLACE =
      Column.whole("place", "Place by expertise in the topic and network.").withRule("place > 0");
  public static final Column KIND_PLACE =
      Column.whole("kind_place", "Place among accounts of the same kind and language.")
          .withRule("kind_place > 0");
  public static final Column ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final Column HANDLE =
      Column.text("handle", "Name by which people address it; null where the network never said.")
          .holding(PersonalData.NAME)
          .orNull();
  public static final Column KIND =
      Column.text("kind", "person, organisation, automated or unknown, as in account_kinds.")
          .oneOf("person", "organisation", "automated", "unknown");
  public static final Column LANGUAGE =
      Column.text(
              "language",
              "What it mostly writes in; where it does not write, what those who attest it write in; null where nobody does.")
          .orNull();
  public static final Column EXPERTISE =
      Column.number("expertise", "As in mart_topic_scores.").between(0, 100);
  public static final Column EXPERTISE_LOW =
      Column.number("expertise_low", "As in mart_topic_scores.").between(0, 100);
  public static final Column EXPERTISE_HIGH =
      Column.number("expertise_high", "As in mart_topic_scores.").between(0, 100);
  public static final Column INTEREST_SHARE =
      Column.number(
              "interest_share", "As in mart_topic_scores; null where it has no acts of its own.")
          .orNull()
          .between(0, 1);
  public static final Column ATTESTER_COUNT =
      Column.whole("attester_count", "As in mart_topic_scores.").notNegative();
  public static final Column EVIDENCE = Column.text("evidence", "Why, in numbers.");
  public static final Column NIGHT = CommonColumns.NIGHT;

  public static final Column REACHABILITY = AccountReachabilities.REACHABILITY;

  public static final Column REACHABILITY_LOW = AccountReachabilities.REACHABILITY_LOW;

  public static final Column REACHABILITY_HIGH = AccountReachabilities.REACHABILITY_HIGH;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_topic_leaders")
          .purpose("Who is known for a topic, with the evidence in a sentence.")
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
              REACHABILITY,
              REACHABILITY_LOW,
              REACHABILITY_HIGH,
              EVIDENCE,
              NIGHT);

  private MartTopicLeaders() {}
}
