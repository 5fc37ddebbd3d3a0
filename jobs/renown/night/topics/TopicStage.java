package renown.night.topics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import renown.engine.decay.ForwardDecay;
import renown.engine.rank.RankEngine;
import renown.engine.rank.RankResult;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.Together;
import renown.tables.AccountActivities;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountLists;
import renown.tables.AccountResponseRates;
import renown.tables.Accounts;
import renown.tables.CitedPosts;
import renown.tables.Credibilities;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.HashtagIncrements;
import renown.tables.Interactions;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopicAttesters;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.MartTopics;
import renown.tables.PostTexts;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.tables.TopicClocks;
import renown.tables.TopicIncrements;

/** Computes what the night's posts are about, and accounts' interest and expertise. */
public final class TopicStage implements Stage {
  static final ConfigKey<Double> LEAST_CONFIDENCE =
      ConfigKey.number(
          "topics.confidence-min",
          0.5,
          0.05,
          1,
          "Topics of a post with lower confidence are ignored.");

  static final ConfigKey<Long> HALF_LIFE_DAYS =
      ConfigKey.integer(
          "topics.half-life-days",
          90,
          1,
          3650,
          "Days in which what was written, and attention, halves. Fixed for a lake once it holds"
              + " topics.");

  static final ConfigKey<Long> REACTION_DAYS =
      ConfigKey.integer(
          "topics.reaction-days",
          60,
          1,
          36_500,
          "Maximum age in days of posts whose reactions count for topics: post topics of this"
              + " many days are read.");

  static final ConfigKey<SortedMap<String, Double>> VERB_WEIGHTS =
      ConfigKey.weights(
          "topics.verb-weights",
          "list=3,mention=1.5,quote=1.5,repost=1,reply=0.7,like=0.3",
          "verb",
          Expertise.VERBS,
          1000,
          "Weight of attention on a topic by verb: weight * ln(1 + decayed count).");

  static final ConfigKey<Double> VOTE_WEIGHT =
      ConfigKey.number(
          "topics.vote-weight",
          0.5,
          0,
          1000,
          "What an anonymous up-vote on a post about a topic adds to the author's expertise"
              + " in it, as a multiple of the mean rank of the topic's accounts.");

  static final ConfigKey<Double> DAMPING_FACTOR =
      ConfigKey.number(
          "topics.damping-factor",
          0.7,
          0.01,
          0.99,
          "Share of an attester's weight that comes from its own attestations; the rest is"
              + " credibility.");

  static final ConfigKey<Double> TOLERANCE =
      ConfigKey.number(
          "topics.tolerance",
          1e-5,
          1e-7,
          0.01,
          "The topic ranking stops when the L1 distance of two iterations is at most this.");

  static final ConfigKey<Long> LEAST_ATTESTERS =
      ConfigKey.integer(
          "topics.attesters-min",
          3,
          1,
          1_000_000,
          "Minimum number of credible attesters, votes included, for an expertise; below it"
              + " the evidence is insufficient and there is no number.");

  static final ConfigKey<Double> LEAST_CREDIBILITY =
      ConfigKey.number(
          "topics.credibility-min",
          0.01,
          0,
          1,
          "Accounts with lower credibility do not count as evidence of expertise.");

  static final ConfigKey<Long> LEAST_ACTS =
      ConfigKey.integer(
          "topics.acts-min",
          2,
          1,
          1_000_000,
          "Minimum posts and reactions on a topic for a row of an account that nobody"
              + " attests.");

  static final ConfigKey<Long> LEADERS =
      ConfigKey.integer(
          "topics.leaders",
          100,
          1,
          100_000,
          "Leaders listed per topic, network, kind and language.");

  static final ConfigKey<Long> ATTESTERS =
      ConfigKey.integer("topics.attesters", 5, 1, 1000, "Attesters listed per account and topic.");

  static final ConfigKey<Long> EMERGING =
      ConfigKey.integer(
          "topics.emerging", 200, 1, 100_000, "Emerging hashtags listed per network.");

  private static final int MOST_ITERATIONS = 200;

  /** Days between two compactions of the increments. */
  private static final int COMPACTION_DAYS = 32;

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        TaxonomyFiles.TAXONOMY,
        LEAST_CONFIDENCE,
        HALF_LIFE_DAYS,
        REACTION_DAYS,
        VERB_WEIGHTS,
        VOTE_WEIGHT,
        DAMPING_FACTOR,
        TOLERANCE,
        LEAST_ATTESTERS,
        LEAST_CREDIBILITY,
        LEAST_ACTS,
        LEADERS,
        ATTESTERS,
        EMERGING);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Posts.TABLE,
        PostTexts.TABLE,
        Interactions.TABLE,
        Deletions.TABLE,
        AccountLists.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        Credibilities.TABLE,
        AccountActivities.TABLE,
        AccountResponseRates.TABLE,
        PostTopics.TABLE,
        CitedPosts.TABLE,
        TopicClocks.TABLE,
        TopicIncrements.TABLE,
        HashtagIncrements.TABLE,
        AccountLanguages.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        PostTopics.TABLE,
        CitedPosts.TABLE,
        TopicClocks.TABLE,
        TopicIncrements.TABLE,
        HashtagIncrements.TABLE,
        AccountLanguages.TABLE,
        AccountKinds.TABLE,
        MartTopics.TABLE,
        MartTopicAncestors.TABLE,
        MartTopicScores.TABLE,
        MartTopicLeaders.TABLE,
        MartTopicAttesters.TABLE,
        MartEmergingHashtags.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    keepHalfLife(night.lake(), night.value(HALF_LIFE_DAYS));
    Taxonomy taxonomy =
        TaxonomyFiles.read(
            night.value(TaxonomyFiles.TAXONOMY), night.spark().sessionState().newHadoopConf());
    classify(night, SharedMatcher.of(night.spark(), taxonomy));
    judge(night, taxonomy);
  }

  /**
   * Notes the half-life that the sums are made with.
   *
   * @throws RenownException where those of earlier nights were made with another one
   */
  static void keepHalfLife(Lake lake, long halfLifeDays) {
    List<Row> known = lake.read(TopicClocks.TABLE).collectAsList();
    for (Row row : known) {
      if (row.getLong(0) != halfLifeDays) {
        throw RenownException.configuration(
            "%s = %d, but the topics of this lake were summed with %d: set it back, or build a new"
                + " lake with the new value.",
            HALF_LIFE_DAYS.name(), halfLifeDays, row.getLong(0));
      }
    }
    if (known.isEmpty()) {
      lake.append(
          TopicClocks.TABLE,
          lake.spark()
              .createDataFrame(
                  List.of(RowFactory.create(halfLifeDays)), TopicClocks.TABLE.structType())
              .coalesce(1));
    }
  }

  /** What the night's posts are about, and what they and the night's reactions add. */
  private static void classify(Night night, SharedMatcher matcher) throws Exception {
    Lake lake = night.lake();
    double leastConfidence = night.value(LEAST_CONFIDENCE);
    Dataset<Row> hashtags = lake.read(HashtagIncrements.TABLE);
    Dataset<Row> posts =
        night.kept(Classification.read(night.tonight().posts(), night.tonight().texts()));
    Dataset<Row> direct =
        night.kept(
            Classification.direct(
                posts,
                matcher,
                attachments(Hashtags.attached(hashtags, night.literal())),
                leastConfidence,
                night.literal()));
    // Not by the record's day, because ids of some networks carry no time.
    Column reactedTo =
        col("night").geq(date_sub(night.literal(), night.value(REACTION_DAYS).intValue()));
    Dataset<Row> earlier = night.kept(lake.read(PostTopics.TABLE).where(reactedTo));
    Dataset<Row> citedBefore = night.kept(lake.read(CitedPosts.TABLE).where(reactedTo));
    Dataset<Row> cited =
        night.kept(
            Classification.cited(
                night.tonight().interactions(),
                direct,
                posts
                    .select("network", "post_id")
                    .unionByName(earlier.select("network", "post_id"))
                    .unionByName(citedBefore.select("network", "post_id")),
                leastConfidence,
                lit(
                    java.sql.Timestamp.from(
                        night
                            .previous()
                            .map(before -> before.plusDays(1))
                            .orElse(java.time.LocalDate.EPOCH)
                            .atStartOfDay(java.time.ZoneOffset.UTC)
                            .toInstant())),
                night.literal()));
    Dataset<Row> postTopics =
        night.kept(
            direct
                .unionByName(
                    Classification.inherited(
                        posts,
                        direct,
                        Classification.told(earlier, cited.unionByName(citedBefore)),
                        leastConfidence,
                        night.literal()))
                .unionByName(Classification.seen(posts, night.literal())));
    Dataset<Row> lists = Classification.lists(night.core().lists(), matcher, leastConfidence);
    Dataset<Row> deletions = night.tonight().deletions();
    Dataset<Row> languages = lake.read(AccountLanguages.TABLE);
    Together.run(
        () -> {
          lake.append(PostTopics.TABLE, postTopics);
          forgetDeleted(night, deletions);
        },
        () -> lake.append(CitedPosts.TABLE, cited.coalesce(1)),
        () ->
            lake.append(
                TopicIncrements.TABLE,
                TopicActs.increments(
                    posts,
                    night.tonight().interactions(),
                    deletions,
                    postTopics.unionByName(earlier),
                    cited.unionByName(citedBefore),
                    lists,
                    night.date(),
                    night.value(HALF_LIFE_DAYS))),
        () ->
            lake.append(
                HashtagIncrements.TABLE,
                Hashtags.increments(posts, direct, matcher, night.literal()).coalesce(1)),
        () ->
            lake.overwrite(
                AccountLanguages.TABLE,
                Classification.languages(languages, posts, night.literal())));
    if (Math.floorMod(night.date().toEpochDay(), COMPACTION_DAYS) == 0) {
      lake.overwrite(
          TopicIncrements.TABLE,
          TopicActs.compacted(
              lake.read(TopicIncrements.TABLE), night.date(), night.value(HALF_LIFE_DAYS)));
    }
  }

  /**
   * Runs after the night's increments are known, because it undoes what the deleted posts had
   * added.
   */
  private static void forgetDeleted(Night night, Dataset<Row> deletions) {
    Lake lake = night.lake();
    Dataset<Row> gone =
        deletions.select(
            col("network"),
            Deletions.RECORD_ID.col().as("post_id"),
            Deletions.DELETER_KEY.col().as("author_key"));
    lake.deleteMatching(
        PostTopics.TABLE,
        gone.distinct(),
        col("old.night").geq(date_sub(night.literal(), night.value(REACTION_DAYS).intValue())));
  }

  /** Accounts' interest and expertise. */
  private static void judge(Night night, Taxonomy taxonomy) throws Exception {
    Lake lake = night.lake();
    long halfLife = night.value(HALF_LIFE_DAYS);
    Column date = night.literal();
    Dataset<Row> increments =
        night.kept(TopicActs.seenFrom(lake.read(TopicIncrements.TABLE), night.date(), halfLife));
    Dataset<Row> exclusions = night.core().exclusions();
    Dataset<Row> credibilities = lake.read(Credibilities.TABLE);
    Dataset<Row> accounts = night.core().accounts();
    Dataset<Row> attention =
        night.kept(
            Expertise.attention(
                increments, exclusions, night.value(VERB_WEIGHTS), night.date(), halfLife));
    Expertise.Vertices vertices = Expertise.Vertices.of(taxonomy);
    try (RankResult ranking = rank(night, attention, credibilities, vertices)) {
      Dataset<Row> contributions =
          night.kept(
              Expertise.contributions(
                  attention, ranking.ranks(), vertices, night.value(DAMPING_FACTOR)));
      Dataset<Row> earned =
          night.kept(
              Expertise.accounts(
                  contributions,
                  increments,
                  credibilities,
                  exclusions,
                  night.value(LEAST_CREDIBILITY),
                  night.value(VOTE_WEIGHT),
                  night.date(),
                  halfLife));
      Dataset<Row> scored =
          night.kept(
              Expertise.scored(
                  earned,
                  Expertise.scales(Expertise.populations(earned).collectAsList()),
                  night.value(LEAST_ATTESTERS)));
      Dataset<Row> scores = Expertise.scores(scored, night.value(LEAST_ACTS), date);
      Dataset<Row> dimension = TopicMarts.dimension(night.spark(), taxonomy, night.date());
      Column perUnit =
          ForwardDecay.actsPerUnit(
              date_add(date, 1).cast("timestamp"),
              lit(TopicActs.landmark(night.date(), halfLife)),
              lit(halfLife));
      Dataset<Row> kinds =
          night.kept(
              Kinds.kinds(accounts, lake.read(AccountActivities.TABLE), increments, perUnit, date));
      Dataset<Row> languages = Classification.mainLanguage(lake.read(AccountLanguages.TABLE));
      Together.run(
          () -> lake.overwrite(AccountKinds.TABLE, kinds),
          () -> lake.overwrite(MartTopicScores.TABLE, scores),
          () -> lake.overwrite(MartTopics.TABLE, TopicMarts.topics(dimension, scores).coalesce(1)),
          () ->
              lake.overwrite(MartTopicAncestors.TABLE, TopicMarts.ancestors(dimension).coalesce(1)),
          () ->
              lake.overwrite(
                  MartTopicLeaders.TABLE,
                  TopicMarts.leaders(
                      scored,
                      contributions,
                      accounts,
                      kinds,
                      languages,
                      lake.read(AccountResponseRates.TABLE),
                      dimension,
                      night.value(LEADERS),
                      date)),
          () ->
              lake.overwrite(
                  MartTopicAttesters.TABLE,
                  TopicMarts.attesters(
                      contributions, scored, accounts, night.value(ATTESTERS), date)),
          () ->
              lake.overwrite(
                  MartEmergingHashtags.TABLE,
                  Hashtags.emerging(lake.read(HashtagIncrements.TABLE), night.value(EMERGING), date)
                      .coalesce(1)));
    }
  }

  private static RankResult rank(
      Night night,
      Dataset<Row> attention,
      Dataset<Row> credibilities,
      Expertise.Vertices vertices) {
    RankResult ranking =
        RankEngine.rank(
            Expertise.edges(attention, vertices),
            Expertise.preference(attention, credibilities, vertices),
            Optional.empty(),
            RankOptions.standard()
                .withDampingFactor(night.value(DAMPING_FACTOR))
                .withStoppingRule(new StoppingRule.Tolerance(night.value(TOLERANCE)))
                .withMaxIterations(MOST_ITERATIONS));
    if (!ranking.report().converged()) {
      throw RenownException.audit(
          "Night %s: the ranking of topics did not converge: residual %s after %d iterations,"
              + " %s = %s. Lower %s or raise the tolerance.",
          night.date(),
          ranking.report().residual(),
          ranking.report().iterations(),
          TOLERANCE.name(),
          night.value(TOLERANCE),
          DAMPING_FACTOR.name());
    }
    return ranking;
  }

  private static Map<String, Map<String, Attachment>> attachments(Dataset<Row> attached) {
    Map<String, Map<String, Attachment>> attachments = new HashMap<>();
    for (Row row : attached.where(col("topic_id").isNotNull()).collectAsList()) {
      attachments
          .computeIfAbsent(row.getAs("network"), network -> new HashMap<>())
          .put(
              row.getAs("hashtag"),
              new Attachment(row.getAs("topic_id"), row.getAs("topic_confidence")));
    }
    return attachments;
  }
}
