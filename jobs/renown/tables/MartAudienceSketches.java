package renown.tables;

import org.apache.spark.sql.types.DataTypes;

/**
 * Whom an account reaches, as a sketch that can be united and intersected with others. Grain: one
 * row per account and topic, and one per account for everything.
 */
public final class MartAudienceSketches {
  public static final TableColumn NETWORK = CommonColumns.NETWORK;
  public static final TableColumn ACCOUNT_KEY = CommonColumns.ACCOUNT_KEY;
  public static final TableColumn TOPIC_ID =
      TableColumn.text("topic_id", "Id of the topic, as in mart_topics, or * for everything.");
  public static final TableColumn REACHED_COUNT =
      TableColumn.whole(
              "reached_count",
              "Distinct credible accounts reached. In rows of *: those that follow it, or"
                  + " have reposted, quoted, answered, mentioned or liked it or its posts; in"
                  + " rows of a topic: those that have done so (follows aside) on the topic."
                  + " Undone acts do not count. Exact up to 4,096, else estimated.")
          .withRule("reached_count > 0");
  public static final TableColumn RELATIVE_ERROR =
      TableColumn.number(
              "relative_error",
              "Relative standard error of reached_count: 0 if exact, at most 0.0157. It is"
                  + " the same for the size of a union; for an overlap multiply it by the"
                  + " square root of union / overlap.")
          .between(0, 0.0157);
  public static final TableColumn SKETCH =
      new TableColumn(
              "sketch",
              DataTypes.BinaryType,
              false,
              "Apache DataSketches theta sketch of their account_keys with 4,096 nominal entries,"
                  + " for Spark's theta_sketch_estimate, theta_union, theta_union_agg,"
                  + " theta_intersection and theta_difference.",
              null)
          .holding(PersonalData.HASH);
  public static final TableColumn TOTAL_REACHED_COUNT =
      TableColumn.whole(
              "total_reached_count",
              "reached_count of its row of *; null if it reaches nobody there.")
          .orNull();
  public static final TableColumn STATED_FOLLOWER_COUNT =
      TableColumn.whole(
              "stated_follower_count", "Followers as stated by the network; null if unknown.")
          .orNull()
          .notNegative();
  public static final TableColumn KIND =
      TableColumn.text("kind", "person, organisation, automated or unknown, as in account_kinds.")
          .oneOf("person", "organisation", "automated", "unknown");
  public static final TableColumn LANGUAGE =
      TableColumn.text(
              "language",
              "Its main language; for topic leaders without posts, the main language of their"
                  + " attesters; null if unknown.")
          .orNull();
  public static final TableColumn SCORE =
      TableColumn.number(
              "score", "As in mart_account_scores when the row was written, within 0.5 since.")
          .between(0, 100);
  public static final TableColumn EXPERTISE =
      TableColumn.number(
              "expertise",
              "As in mart_topic_scores when the row was written, within 0.5 since; null in rows of"
                  + " *.")
          .orNull()
          .between(0, 100);
  public static final TableColumn ATTESTER_COUNT =
      TableColumn.whole("attester_count", "As in mart_topic_scores; null in rows of *.").orNull();
  public static final TableColumn NIGHT = CommonColumns.NIGHT;

  /** The table. */
  public static final TableSchema TABLE =
      TableSchema.of("marts", "mart_audience_sketches")
          .purpose(
              "Audiences as sketches that support union and intersection: of accounts with a"
                  + " score, overall and for topics in which they have expertise.")
          .grain("one row per account and topic, and one per account for everything")
          .writer("audience")
          .key(ACCOUNT_KEY, TOPIC_ID)
          .clusteredBy(NETWORK, TOPIC_ID)
          .changesInPlace()
          .rules("(expertise IS NULL) = (topic_id = '*')")
          .retention(
              "a row is replaced on the night on which the audience or what stands beside it"
                  + " changes")
          .columns(
              NETWORK,
              ACCOUNT_KEY,
              TOPIC_ID,
              REACHED_COUNT,
              RELATIVE_ERROR,
              SKETCH,
              TOTAL_REACHED_COUNT,
              STATED_FOLLOWER_COUNT,
              KIND,
              LANGUAGE,
              SCORE,
              EXPERTISE,
              ATTESTER_COUNT,
              NIGHT);

  private MartAudienceSketches() {}
}
