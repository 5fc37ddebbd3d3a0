package renown.ask.report;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import renown.tables.PostTopics;
import renown.tables.TableSchema;
import renown.tables.TopicWords;

/**
 * The queries of the report on the marts. Every list is bounded, whatever the size of the networks,
 * and ordered deterministically.
 */
final class ReportQueries {
  /**
   * How much the page holds.
   *
   * @param leaders leaders of each topic, network, kind and language: the first so many of any
   *     choice among those four are then on the page
   * @param accounts most accounts among the leaders, those with the best places first
   * @param historyDays days of history on a score card
   */
  record Size(int leaders, int accounts, int historyDays) {}

  /** Highest scores, movers up and down, breakouts, warnings and bridges, of each network. */
  private static final int LISTED = 10;

  /** Accounts of each campaign. */
  private static final int SEATS = 100;

  /** Accounts that are found by name: some 120 bytes each. */
  private static final int INDEXED = 200_000;

  /** Communities on the map, of each network: the largest. */
  private static final int MAPPED = 24;

  /** Moves that a score card explains: the largest. */
  private static final int EXPLAINED = 5;

  private static final int ACTIVITY_DAYS = 28;
  private static final int VALIDATION_DAYS = 90;

  /** What is read beside the marts: what topics are told by. */
  static final List<TableSchema> STATES = List.of(TopicWords.TABLE, PostTopics.TABLE);

  private static final String NETWORKS =
      """
      WITH last AS (SELECT max(night) AS night FROM mart_account_scores WHERE night < :night),
      before AS (
        SELECT network, count(score) AS scored_before FROM mart_account_scores
        JOIN last USING (night) GROUP BY network)
      SELECT network, count(*) AS account_count, count(score) AS scored_count,
             max(scored_before) AS scored_before,
             percentile(round(score, 1), 0.5) AS median,
             percentile(round(score, 1), 0.99) AS top_percent
      FROM mart_account_scores_latest LEFT JOIN before USING (network)
      GROUP BY network ORDER BY network
      """;

  private static final String DISTRIBUTION =
      """
      SELECT network, CAST(least(floor(score / 2.5), 39) AS INT) AS bin, count(*) AS account_count
      FROM mart_account_scores_latest WHERE score IS NOT NULL GROUP BY ALL ORDER BY network, bin
      """;

  private static final String ACTIVITY =
      """
      SELECT night, network,
             sum(IF(measure = 'line', measure_count, 0)) AS line_count,
             sum(IF(measure = 'duplicate line', measure_count, 0)) AS duplicate_count,
             sum(IF(measure = 'ignored line', measure_count, 0)) AS ignored_count,
             sum(IF(measure = 'rejected line', measure_count, 0)) AS rejected_count,
             sum(IF(measure = 'account', measure_count, 0)) AS new_account_count,
             sum(IF(measure = 'post', measure_count, 0)) AS post_count,
             sum(IF(measure IN ('repost', 'quote', 'reply', 'mention', 'like', 'follow', 'list'),
                    measure_count, 0)) AS act_count,
             sum(IF(measure = 'deletion', measure_count, 0)) AS deletion_count
      FROM mart_network_activity WHERE night > date_sub(:night, :days)
      GROUP BY night, network ORDER BY night DESC, network
      """;

  private static final String MOVERS =
      """
      WITH moved AS (
        SELECT DISTINCT network, account_key, previous_night, score, score_change, actor_change
        FROM mart_score_changes WHERE night = :night AND abs(score_change) >= 0.05),
      placed AS (
        SELECT *, row_number() OVER (
          PARTITION BY network, score_change > 0 ORDER BY abs(score_change) DESC, account_key)
          AS place
        FROM moved),
      first AS (SELECT * FROM placed WHERE place <= :listed),
      reasons AS (
        SELECT c.account_key, slice(array_sort(collect_list(struct(
                 -abs(c.points) AS size, c.term, c.source_key, c.points, s.handle AS source_handle))),
               1, 5) AS reasons
        FROM mart_score_changes c JOIN first USING (account_key)
        LEFT JOIN mart_account_scores_latest s ON s.account_key = c.source_key
        WHERE c.night = :night AND abs(c.points) >= 0.05 GROUP BY c.account_key)
      SELECT network, account_key, handle, previous_night, round(f.score, 2) AS score,
             round(score_change, 2) AS score_change, actor_change,
             transform(reasons, r -> struct(
               r.term, r.source_key, r.source_handle, round(r.points, 2) AS points)) AS reasons
      FROM first f LEFT JOIN reasons USING (account_key)
      JOIN (SELECT account_key, handle FROM mart_account_scores_latest) USING (account_key)
      ORDER BY network, score_change DESC, account_key
      """;

  private static final String FIRST_LEADERS =
      "SELECT account_key FROM mart_topic_leaders WHERE kind_place <= :leaders";

  private static final String LEADING_ACCOUNTS =
      """
      SELECT account_key FROM mart_topic_leaders WHERE kind_place <= :leaders
      GROUP BY account_key ORDER BY min(kind_place), min(place), account_key LIMIT :accounts
      """;

  private static final String LEADERS =
      """
      SELECT l.network, topic_id, place, account_key, handle, kind, language,
             round(expertise, 2) AS expertise, round(expertise_low, 2) AS expertise_low,
             round(expertise_high, 2) AS expertise_high, round(interest_share, 4) AS interest_share,
             attester_count
      FROM mart_topic_leaders l JOIN leading_accounts USING (account_key)
      WHERE kind_place <= :leaders ORDER BY topic_id, l.network, place
      """;

  private static final String TOPICS =
      """
      SELECT topic_id, label_en, label_es FROM mart_topics
      WHERE topic_id IN (
        SELECT topic_id FROM mart_topic_leaders UNION ALL
        SELECT explode(split(topic_ids, ' ')) FROM mart_communities UNION ALL
        SELECT topic_id FROM mart_breakouts WHERE night = :night UNION ALL
        SELECT topic_id FROM mart_campaign_shortlists WHERE night = :night)
      ORDER BY topic_id
      """;

  /** The words that tell a topic on the page most, of each language. */
  private static final String TOPIC_WORDS =
      """
      WITH shown AS (SELECT DISTINCT topic_id FROM mart_topic_leaders WHERE kind_place <= :leaders),
      weighed AS (
        SELECT topic_id, language, word, max(weight) AS weight, sum(author_count) AS author_count
        FROM topic_words JOIN shown USING (topic_id) WHERE weight > 0
        GROUP BY topic_id, language, word),
      placed AS (
        SELECT *, row_number() OVER (
          PARTITION BY topic_id, language ORDER BY weight DESC, author_count DESC, word) AS place
        FROM weighed)
      SELECT topic_id, language, word, round(weight, 1) AS weight,
             round(author_count, 1) AS author_count
      FROM placed WHERE place <= :listed ORDER BY topic_id, language, place
      """;

  /**
   * By which signs the night's posts were taken to be about the topics on the page, and a few of
   * them; in the row of * all posts of the network, and those with a topic.
   */
  private static final String TOPIC_POSTS =
      """
      WITH shown AS (
        SELECT DISTINCT topic_id FROM mart_topic_leaders WHERE kind_place <= :leaders),
      tonight AS (SELECT * FROM post_topics WHERE night = :night),
      told AS (
        SELECT network, topic_id, basis, post_id, confidence FROM tonight JOIN shown USING (topic_id)
        WHERE basis <> 'child'),
      placed AS (
        SELECT *, row_number() OVER (
          PARTITION BY network, topic_id, basis ORDER BY confidence DESC, post_id) AS place FROM told)
      SELECT network, topic_id, basis, count(*) AS post_count,
             sort_array(collect_list(CASE WHEN place <= 2 THEN post_id END)) AS post_ids
      FROM placed GROUP BY network, topic_id, basis
      UNION ALL
      SELECT network, '*', basis, count(DISTINCT post_id), array()
      FROM (SELECT network, post_id, CASE basis WHEN 'seen' THEN 'seen' ELSE 'told' END AS basis
            FROM tonight)
      GROUP BY network, basis
      ORDER BY topic_id, network, basis
      """;

  /** A post's reach is that of the last night with activity on it. */
  private static final String BREAKOUTS =
      """
      WITH placed AS (
        SELECT *, count(*) OVER (PARTITION BY network) AS breakout_count
        FROM mart_breakouts WHERE night = :night),
      reached AS (
        SELECT network, post_id, max_by(struct(exposure_low, exposure_high, hours_to_half), night) AS last
        FROM mart_post_spread WHERE night > date_sub(:night, 3) GROUP BY network, post_id)
      SELECT network, post_id, author_key AS account_key, author_handle AS handle, place,
             unix_millis(posted_at) AS posted_millis,
             round(expected_count, 2) AS expected_count, observed_count, tail_probability,
             judged_count, breakout_count, topic_id, language, first_hour_actor_count,
             first_hour_sharer_count, first_hour_beyond_count, first_hour_community_count,
             first_hour_depth, depth, round(structural_virality, 2) AS structural_virality,
             community_count, round(beyond_audience_share, 4) AS beyond_audience_share,
             was_warned, round(last.exposure_low) AS exposure_low, round(last.exposure_high) AS exposure_high,
             round(last.hours_to_half, 2) AS hours_to_half
      FROM placed LEFT JOIN reached USING (network, post_id)
      WHERE place <= :listed ORDER BY network, place, post_id
      """;

  private static final String WARNINGS =
      """
      SELECT w.network, post_id, author_key AS account_key, handle, w.place, age_hours,
             round(expected_count, 2) AS expected_count, observed_count, tail_probability
      FROM mart_early_warnings w
      LEFT JOIN mart_account_scores_latest l ON l.account_key = w.author_key
      WHERE w.night = :night AND w.place <= :listed ORDER BY w.network, w.place, post_id
      """;

  private static final String OUTCOMES =
      """
      SELECT network, sum(warned_count) AS warned_count, sum(breakout_count) AS breakout_count,
             sum(confirmed_count) AS confirmed_count
      FROM mart_warning_outcomes WHERE night > date_sub(:night, :days)
      GROUP BY network ORDER BY network
      """;

  /** The top carriers, and leaders who carried anything. Thousandths add up exactly. */
  private static final String BRIDGES =
      """
      WITH paths AS (
        SELECT network, account_key, from_community_key, to_community_key,
               sum(post_count) AS post_count, sum(recipient_count) AS recipient_count,
               sum(CAST(round(credible_recipient_sum * 1000) AS BIGINT)) AS thousandths
        FROM mart_bridges WHERE topic_id = '*' AND night > date_sub(:night, :days)
        GROUP BY network, account_key, from_community_key, to_community_key),
      named AS (
        SELECT p.*, f.handle AS from_handle, t.handle AS to_handle FROM paths p
        LEFT JOIN mart_account_scores_latest f ON f.account_key = from_community_key
        LEFT JOIN mart_account_scores_latest t ON t.account_key = to_community_key),
      carriers AS (
        SELECT network, account_key, count(DISTINCT from_community_key) AS community_count,
               sum(post_count) AS post_count, sum(recipient_count) AS recipient_count,
               sum(thousandths) AS thousandths,
               slice(array_sort(collect_list(struct(
                 -thousandths AS size, from_community_key AS from_key, from_handle,
                 to_community_key AS to_key, to_handle, recipient_count))), 1, 3) AS paths
        FROM named GROUP BY network, account_key),
      placed AS (
        SELECT *, row_number() OVER (
          PARTITION BY network ORDER BY thousandths DESC, account_key) AS place
        FROM carriers)
      SELECT p.network, p.account_key, l.handle, p.place, community_count, post_count,
             recipient_count, round(thousandths / 1000, 1) AS credible_recipient_sum,
             transform(paths, x -> struct(
               x.from_key, x.from_handle, x.to_key, x.to_handle, x.recipient_count)) AS paths
      FROM placed p LEFT JOIN mart_account_scores_latest l ON l.account_key = p.account_key
      WHERE p.place <= :listed OR p.account_key IN (SELECT account_key FROM leading_accounts)
      ORDER BY p.network, p.place
      """;

  private static final String MAPPED_COMMUNITIES =
      """
      SELECT community_key AS account_key FROM (
        SELECT community_key, row_number() OVER (
          PARTITION BY network ORDER BY member_count DESC, community_key) AS place
        FROM mart_communities)
      WHERE place <= :mapped ORDER BY account_key
      """;

  private static final String COMMUNITIES =
      """
      WITH shown AS (SELECT account_key AS community_key FROM mapped_communities),
      placed AS (
        SELECT m.community_key, m.account_key, l.handle, round(m.score, 1) AS score,
               row_number() OVER (
                 PARTITION BY m.community_key ORDER BY m.score DESC NULLS LAST, m.account_key)
               AS place
        FROM mart_community_members m JOIN shown USING (community_key)
        LEFT JOIN mart_account_scores_latest l ON l.account_key = m.account_key),
      members AS (
        SELECT community_key, transform(array_sort(collect_list(struct(
                 place, account_key, handle, score))),
               m -> struct(m.account_key, m.handle, m.score)) AS members
        FROM placed WHERE place <= 5 GROUP BY community_key)
      SELECT network, community_key, name, member_count, hashtags, topic_ids, language,
             round(language_share, 4) AS language_share, members
      FROM mart_communities JOIN shown USING (community_key)
      LEFT JOIN members USING (community_key)
      ORDER BY network, member_count DESC, community_key
      """;

  /** Between communities on the map, with those who carried most. */
  private static final String CROSSINGS =
      """
      WITH shown AS (SELECT account_key AS community_key FROM mapped_communities),
      carried AS (
        SELECT from_community_key, to_community_key, account_key,
               sum(recipient_count) AS recipient_count
        FROM mart_bridges
        WHERE topic_id = '*' AND night > date_sub(:night, :days)
          AND from_community_key IN (SELECT community_key FROM shown)
          AND to_community_key IN (SELECT community_key FROM shown)
        GROUP BY from_community_key, to_community_key, account_key)
      SELECT from_community_key AS from_key, to_community_key AS to_key,
             sum(recipient_count) AS recipient_count,
             transform(slice(array_sort(collect_list(struct(
                 -recipient_count AS size, c.account_key, handle, recipient_count))), 1, 3),
               b -> struct(b.account_key, b.handle, b.recipient_count)) AS bridges
      FROM carried c LEFT JOIN mart_account_scores_latest l ON l.account_key = c.account_key
      GROUP BY from_community_key, to_community_key
      ORDER BY recipient_count DESC, from_key, to_key
      """;

  private static final String CAMPAIGNS =
      """
      WITH seats AS (
        SELECT *, count(*) OVER (PARTITION BY campaign) AS seat_count
        FROM mart_campaign_shortlists WHERE night = :night)
      SELECT campaign, topic_id, seat_count, basis, place, network, account_key, handle, kind,
             language, reached_count, new_count, together_count, top_scores_count,
             most_followed_count, random_count, round(score, 2) AS score,
             round(expertise, 2) AS expertise, attester_count,
             round(response_rate, 4) AS response_rate
      FROM seats WHERE place <= :seats ORDER BY campaign, place
      """;

  private static final String HIGHEST =
      """
      SELECT network, account_key, handle, place, round(score, 2) AS score,
             round(score_low, 2) AS score_low, round(score_high, 2) AS score_high,
             round(momentum, 2) AS momentum, actor_count
      FROM mart_account_scores_latest WHERE place <= :listed ORDER BY network, place
      """;

  private static final String CARDS =
      """
      WITH terms AS (
        SELECT account_key, array_sort(collect_list(struct(
                 term, round(points, 3) AS points, round(value, 4) AS value))) AS terms
        FROM mart_score_terms JOIN chosen_accounts USING (account_key)
        WHERE measure = 'score' GROUP BY account_key),
      sources AS (
        SELECT account_key, transform(array_sort(collect_list(struct(
                 place, source_key, source_handle AS handle, round(influence_share, 4) AS share))),
               s -> struct(s.source_key, s.handle, s.share)) AS sources
        FROM mart_top_sources JOIN chosen_accounts USING (account_key)
        WHERE place <= 5 GROUP BY account_key),
      history AS (
        SELECT account_key, transform(array_sort(collect_list(struct(
                 night, score, score_low, score_high, momentum))),
               h -> array(CAST(datediff(h.night, :night) AS DOUBLE), round(h.score, 1),
                 round(h.score_low, 1), round(h.score_high, 1), round(h.momentum, 1))) AS history
        FROM mart_account_scores JOIN chosen_accounts USING (account_key)
        WHERE night > date_sub(:night, :historyDays) AND night <= :night AND score IS NOT NULL
        GROUP BY account_key),
      causes AS (
        SELECT c.account_key, c.night, c.score_change, array_sort(collect_list(struct(
                 -abs(c.points) AS size, c.term, c.source_key, round(c.points, 2) AS points,
                 l.handle AS source_handle))) AS causes
        FROM mart_score_changes c JOIN chosen_accounts USING (account_key)
        LEFT JOIN mart_account_scores_latest l ON l.account_key = c.source_key
        WHERE c.night > date_sub(:night, :historyDays) AND c.night <= :night
          AND abs(c.score_change) >= 0.05
        GROUP BY c.account_key, c.night, c.score_change),
      ranked AS (
        SELECT *, row_number() OVER (
          PARTITION BY account_key ORDER BY abs(score_change) DESC, night DESC) AS place
        FROM causes),
      moves AS (
        SELECT account_key, transform(array_sort(collect_list(struct(
                 place, datediff(night, :night) AS day, score_change, causes))),
               m -> struct(m.day, round(m.score_change, 2) AS change, transform(
                 slice(m.causes, 1, 3),
                 c -> struct(c.term, c.source_key, c.source_handle, c.points)) AS reasons)) AS moves
        FROM ranked WHERE place <= :explained GROUP BY account_key)
      SELECT network, account_key, handle, display_name, place, round(score, 2) AS score,
             round(score_low, 2) AS score_low, round(score_high, 2) AS score_high,
             round(momentum, 2) AS momentum, actor_count, explanation_en, explanation_es,
             terms, sources, history, moves
      FROM mart_account_scores_latest JOIN chosen_accounts USING (account_key)
      LEFT JOIN terms USING (account_key) LEFT JOIN sources USING (account_key)
      LEFT JOIN history USING (account_key) LEFT JOIN moves USING (account_key)
      ORDER BY account_key
      """;

  /** Short names, as there may be two hundred thousand rows. */
  private static final String INDEX =
      """
      SELECT network AS n, account_key AS k, handle AS h,
             IF(display_name = handle, NULL, display_name) AS d, round(score, 1) AS s,
             round(score_low, 1) AS l, round(score_high, 1) AS u, round(momentum, 1) AS m, place AS p
      FROM mart_account_scores_latest WHERE score IS NOT NULL
      ORDER BY score DESC, account_key LIMIT :indexed
      """;

  private static final String VALIDATION =
      """
      SELECT network, night, measure, predictor, horizon_days, account_count,
             round(spearman, 4) AS spearman, round(ndcg, 4) AS ndcg, round(top_lift, 3) AS top_lift,
             round(advantage, 4) AS advantage, round(advantage_low, 4) AS advantage_low,
             round(advantage_high, 4) AS advantage_high,
             IF(predictor = measure, verdict_en, NULL) AS verdict_en,
             IF(predictor = measure, verdict_es, NULL) AS verdict_es
      FROM mart_validation WHERE night > date_sub(:night, :days)
      ORDER BY night, network, measure, predictor
      """;

  private static final String STAGES =
      """
      SELECT stage, stage_number, rows_read, rows_written, round(seconds, 2) AS seconds
      FROM mart_run_health WHERE night = :night ORDER BY stage_number
      """;

  private static final Pattern PARAMETER = Pattern.compile(":([a-z]\\w*)");

  private ReportQueries() {}

  /**
   * Everything that is shown of a night.
   *
   * @param spark a session in which the marts of the night are views under their plain names
   * @param hasStates whether {@link #STATES} are such views, too
   * @return JSON arrays of rows, by section; {@code leaderCount} is a number, larger than the rows
   *     of {@code leaders} if there are more accounts among them than the page holds
   */
  static Map<String, String> sections(
      SparkSession spark, LocalDate night, Size size, boolean hasStates) {
    Map<String, Object> values = new HashMap<>();
    values.put("night", night);
    values.put("listed", LISTED);
    values.put("leaders", size.leaders());
    values.put("accounts", size.accounts());
    values.put("historyDays", size.historyDays());
    values.put("seats", SEATS);
    values.put("indexed", INDEXED);
    values.put("mapped", MAPPED);
    values.put("explained", EXPLAINED);

    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("networks", json(ask(spark, NETWORKS, values)));
    sections.put("distribution", json(ask(spark, DISTRIBUTION, values)));
    values.put("days", ACTIVITY_DAYS);
    sections.put("activity", json(ask(spark, ACTIVITY, values)));
    List<Row> movers = list(spark, MOVERS, values, "movers", sections);

    List<Row> leading = ask(spark, LEADING_ACCOUNTS, values).collectAsList();
    name(spark, leading, "leading_accounts");
    sections.put("leaders", json(ask(spark, LEADERS, values)));
    sections.put("leaderCount", Long.toString(ask(spark, FIRST_LEADERS, values).count()));
    sections.put("topics", json(ask(spark, TOPICS, values)));
    if (hasStates) {
      sections.put("topicWords", json(ask(spark, TOPIC_WORDS, values)));
      sections.put("topicPosts", json(ask(spark, TOPIC_POSTS, values)));
    }
    List<Row> breakouts = list(spark, BREAKOUTS, values, "breakouts", sections);
    List<Row> warnings = list(spark, WARNINGS, values, "warnings", sections);
    sections.put("outcomes", json(ask(spark, OUTCOMES, values)));
    List<Row> bridges = list(spark, BRIDGES, values, "bridges", sections);
    name(spark, ask(spark, MAPPED_COMMUNITIES, values).collectAsList(), "mapped_communities");
    sections.put("communities", json(ask(spark, COMMUNITIES, values)));
    sections.put("crossings", json(ask(spark, CROSSINGS, values)));
    List<Row> seats = list(spark, CAMPAIGNS, values, "campaigns", sections);

    List<Row> highest = list(spark, HIGHEST, values, "highest", sections);
    List<Row> chosen =
        Stream.of(leading, movers, highest, breakouts, warnings, bridges, seats)
            .flatMap(List::stream)
            .map(row -> row.<Long>getAs("account_key"))
            .distinct()
            .sorted()
            .map(RowFactory::create)
            .toList();
    name(spark, chosen, "chosen_accounts");
    sections.put(
        "cardKeys",
        chosen.stream()
            .map(row -> Long.toString(row.getLong(0)))
            .collect(Collectors.joining(",", "[", "]")));
    sections.put("cards", json(ask(spark, CARDS, values)));
    sections.put("index", json(ask(spark, INDEX, values)));
    values.put("days", VALIDATION_DAYS);
    sections.put("validation", json(ask(spark, VALIDATION, values)));
    sections.put("stages", json(ask(spark, STAGES, values)));
    return sections;
  }

  /** A section whose rows are also used here. */
  private static List<Row> list(
      SparkSession spark,
      String query,
      Map<String, Object> values,
      String section,
      Map<String, String> sections) {
    Dataset<Row> asked = ask(spark, query, values);
    List<Row> rows = asked.collectAsList();
    sections.put(section, json(spark.createDataFrame(rows, asked.schema())));
    return rows;
  }

  /** A few keys, held on the driver as a named view. */
  private static void name(SparkSession spark, List<Row> keys, String name) {
    spark
        .createDataFrame(keys, StructType.fromDDL("account_key bigint"))
        .createOrReplaceTempView(name);
  }

  /**
   * The values are dates and integers; named parameters do not work in common table expressions.
   */
  private static Dataset<Row> ask(SparkSession spark, String query, Map<String, Object> values) {
    return spark.sql(
        PARAMETER
            .matcher(query)
            .replaceAll(
                name ->
                    values.get(name.group(1)) instanceof LocalDate day
                        ? "DATE'" + day + "'"
                        : values.get(name.group(1)).toString()));
  }

  private static String json(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().collect(Collectors.joining(",\n", "[", "]"));
  }
}
