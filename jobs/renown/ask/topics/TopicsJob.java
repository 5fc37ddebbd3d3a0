package renown.ask.topics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import renown.ask.sql.PublishedMarts;
import renown.ask.topics.TopicProposals.Community;
import renown.ask.topics.TopicProposals.Hashtag;
import renown.ask.topics.TopicProposals.Proposal;
import renown.kernels.taxonomy.LanguageCodes;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.MartCommunities;
import renown.tables.MartEmergingHashtags;
import renown.tables.MartNetworks;
import renown.tables.MartTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;
import renown.tables.TopicWords;

/**
 * Proposes topics that the taxonomy lacks, and lists the words that were learned to tell topics.
 */
@Command(
    name = "topics",
    description = {
      "propose: topics that the taxonomy lacks, from the hashtags that many use and that no topic",
      "explains: those that a community shares make one topic. Writes them in the form of",
      "conf/taxonomy, with ids of posts as examples; a person corrects and pastes them.",
      "words: the words that were learned to tell topics, heaviest first, in the form of the file",
      "that topics.words names: a person corrects the weights of some and keeps only those."
    })
public final class TopicsJob implements Job {
  /** What can be asked for. */
  enum Action {
    PROPOSE,
    WORDS
  }

  private static final int MOST_PROPOSALS = 1000;

  @Parameters(arity = "1", paramLabel = "ACTION", description = "propose or words.")
  private Action action;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description = "Only what this network tags. Default: all.")
  private String network;

  @Option(
      names = "--topic",
      paramLabel = "ID",
      description = "With words: only of the topic of this id. Default: all.")
  private String topic;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "With words: only of this language, such as es. Default: all.")
  private String language;

  @Option(
      names = "--least-authors",
      paramLabel = "N",
      defaultValue = "10",
      description = "Accounts that must have used a hashtag, from 1. Default: ${DEFAULT-VALUE}.")
  private long leastAuthors;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Topics to propose or words to list, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  private final PrintStream out;

  /**
   * @param out where the proposals go
   */
  public TopicsJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        MartNetworks.TABLE,
        MartTopics.TABLE,
        MartCommunities.TABLE,
        MartEmergingHashtags.TABLE,
        TopicWords.TABLE,
        Posts.TABLE);
  }

  @Override
  public void run(RunContext context) {
    if (limit < 1 || limit > MOST_PROPOSALS) {
      throw RenownException.configuration("--limit %d: it must be 1 to %d.", limit, MOST_PROPOSALS);
    }
    if (leastAuthors < 1) {
      throw RenownException.configuration("--least-authors %d: it must be from 1.", leastAuthors);
    }
    PublishedMarts.Opened opened = PublishedMarts.open(context);
    SparkSession spark = context.spark();
    PublishedMarts.checkNetwork(spark, network);
    if (action == Action.WORDS) {
      words(context, opened);
      return;
    }
    if (topic != null || language != null) {
      throw RenownException.configuration(
          "--topic and --lang choose learned words: use them with \"topics words\".");
    }
    TopicProposals proposals =
        new TopicProposals(
            spark.table(MartTopics.TABLE.name()).select("topic_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList(),
            hashtags(spark));
    List<Proposal> best =
        proposals.propose(communities(spark), leastAuthors).stream().limit(limit).toList();
    if (best.isEmpty() && proposals.additions().isEmpty()) {
      context.progress().say("No hashtag is used by %d accounts and lacks a topic.", leastAuthors);
    }
    out.print(TopicProposals.text(best, proposals.additions(), examples(opened.lake(), best)));
  }

  /** One line per language, word and topic: its weight, heaviest first, and what it rests on. */
  private void words(RunContext context, PublishedMarts.Opened opened) {
    SparkSession spark = context.spark();
    Column wanted = ofNetwork().and(col("weight").gt(0));
    if (topic != null) {
      if (spark.table(MartTopics.TABLE.name()).where(col("topic_id").equalTo(topic)).isEmpty()) {
        throw RenownException.configuration(
            "--topic \"%s\": there is no topic of this id; see mart_topics for all topics.", topic);
      }
      wanted = wanted.and(col("topic_id").equalTo(topic));
    }
    if (language != null) {
      wanted = wanted.and(col("language").equalTo(String.valueOf(LanguageCodes.of(language))));
    }
    List<Row> words =
        opened
            .lake()
            .readOf(opened.publication(), TopicWords.TABLE)
            .where(wanted)
            .sort(
                col("weight").desc(), col("language"), col("word"), col("topic_id"), col("network"))
            .limit(limit)
            .select("language", "word", "topic_id", "weight", "author_count", "network")
            .collectAsList();
    if (words.isEmpty()) {
      context.progress().say("No word has been learned to tell a topic there.");
      return;
    }
    out.println(
        "# language, word, topic, weight; authors (decayed) and network are for the reader");
    for (Row row : words) {
      out.printf(
          Locale.ROOT,
          "%s\t%s\t%s\t%.2f\t%.1f authors\t%s%n",
          row.getString(0),
          row.getString(1),
          row.getString(2),
          row.getDouble(3),
          row.getDouble(4),
          row.getString(5));
    }
  }

  private Column ofNetwork() {
    return network == null ? lit(true) : col("network").equalTo(network);
  }

  /** The mart has at most a few hundred rows per network. */
  private List<Hashtag> hashtags(SparkSession spark) {
    List<Hashtag> hashtags = new ArrayList<>();
    for (Row row :
        spark
            .table(MartEmergingHashtags.TABLE.name())
            .where(ofNetwork())
            .select("network", "hashtag", "author_count", "topic_id")
            .collectAsList()) {
      hashtags.add(
          new Hashtag(row.getString(0), row.getString(1), row.getLong(2), row.getString(3)));
    }
    return hashtags;
  }

  private List<Community> communities(SparkSession spark) {
    List<Community> communities = new ArrayList<>();
    for (Row row :
        spark
            .table(MartCommunities.TABLE.name())
            .where(ofNetwork().and(col("hashtags").notEqual("")))
            .select("network", "member_count", "hashtags", "topic_ids", "language")
            .collectAsList()) {
      communities.add(
          new Community(
              row.getString(0),
              row.getLong(1),
              words(row.getString(2)),
              words(row.getString(3)),
              row.getString(4)));
    }
    return communities;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /** The id of the last post with each hashtag: a person looks at it where it stands. */
  private Map<String, String> examples(Lake lake, List<Proposal> proposals) {
    Object[] tags = proposals.stream().flatMap(one -> one.hashtags().stream()).toArray();
    Map<String, String> examples = new HashMap<>();
    lake.core()
        .posts()
        .where(ofNetwork())
        .select(
            explode(col("hashtags")).as("hashtag"),
            struct(col("happened_at"), col("network"), col("post_id")).as("post"))
        .select(lower(col("hashtag")).as("hashtag"), col("post"))
        .where(col("hashtag").isin(tags))
        .groupBy("hashtag")
        .agg(max("post").as("post"))
        .select("hashtag", "post.network", "post.post_id")
        .collectAsList()
        .forEach(row -> examples.put(row.getString(0), row.getString(1) + " " + row.getString(2)));
    return examples;
  }
}
