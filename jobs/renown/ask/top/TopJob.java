package renown.ask.top;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.round;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import renown.ask.sql.FormatOption;
import renown.ask.sql.PublishedMarts;
import renown.kernels.taxonomy.Topic;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.MartNetworks;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopics;
import renown.tables.TableSchema;

/** Lists the leaders of a topic. */
@Command(
    name = "top",
    description = {
      "Lists the leaders of a topic as last published: the accounts to which others attest"
          + " expertise,",
      "with the evidence. Give the topic's id or name in any language; case and accents are"
          + " ignored."
    })
public final class TopJob implements Job {
  /** Kinds of accounts, as in {@code mart_topic_leaders}. */
  enum Kind {
    PERSON,
    ORGANISATION,
    AUTOMATED,
    UNKNOWN
  }

  @Mixin private TopicOptions wanted;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "person, organisation, automated or unknown. Default: all.")
  private Kind kind;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private FormatOption format;

  private final PrintStream out;

  /**
   * @param out where the list goes
   */
  public TopJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(MartNetworks.TABLE, MartTopics.TABLE, MartTopicLeaders.TABLE);
  }

  @Override
  public void run(RunContext context) {
    if (limit < 1 || limit > 1000) {
      throw RenownException.configuration("--limit %d: it must be 1 to 1000.", limit);
    }
    PublishedMarts.open(context);
    PublishedMarts.checkNetwork(context.spark(), wanted.network());
    Topic topic = wanted.topic(context.spark());
    Dataset<Row> leaders =
        leaders(
            context.spark().table(MartTopicLeaders.TABLE.name()),
            topic.id(),
            kind,
            wanted.language(),
            wanted.network(),
            limit);
    if (format.isForEyes()) {
      out.printf("%s: who is attested by others%n", wanted.told(topic));
    }
    format.write(leaders, out);
  }

  /**
   * @param kind null for all
   * @param language ISO 639; null for all
   * @param network null for all
   * @return the list, highest expertise first
   */
  static Dataset<Row> leaders(
      Dataset<Row> leaders, String topicId, Kind kind, String language, String network, int limit) {
    Dataset<Row> chosen = leaders.where(col("topic_id").equalTo(topicId));
    if (kind != null) {
      chosen = chosen.where(col("kind").equalTo(kind.name().toLowerCase(java.util.Locale.ROOT)));
    }
    if (language != null) {
      chosen = chosen.where(col("language").equalTo(language));
    }
    if (network != null) {
      chosen = chosen.where(col("network").equalTo(network));
    }
    return chosen
        .sort(col("expertise").desc(), col("network"), col("place"))
        .limit(limit)
        .select(
            col("network"),
            col("place"),
            col("handle"),
            col("kind"),
            col("language"),
            round(col("expertise"), 1).as("expertise"),
            round(col("expertise_low"), 1).as("low"),
            round(col("expertise_high"), 1).as("high"),
            col("evidence"));
  }
}
