package renown.ask.top;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;
import renown.kernels.taxonomy.LanguageCodes;
import renown.kernels.taxonomy.Topic;
import renown.kernels.taxonomy.Words;
import renown.tables.MartTopics;

/** Mixin for jobs that select accounts of a topic. */
public final class TopicOptions {
  @Option(
      names = "--topic",
      required = true,
      paramLabel = "NAME",
      description =
          "Id, name or what people call it, in any language: \"space technology\", \"tecnologia"
              + " espacial\", \"rocket launch\".")
  private String topic;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description = "Language of the accounts' posts, such as es. Default: all.")
  private String language;

  @Option(names = "--network", paramLabel = "NAME", description = "Default: all.")
  private String network;

  /**
   * The topic that is meant.
   *
   * @param spark a session in which the published marts are views
   * @throws renown.run.RenownException if there is no such topic; it names those that may have been
   *     meant
   */
  public Topic topic(SparkSession spark) {
    return PublishedTopics.find(PublishedTopics.of(spark.table(MartTopics.TABLE.name())), topic);
  }

  /** The topic's English label, and the words that were taken for it if they are others. */
  public String told(Topic found) {
    String label = found.label("en");
    return Words.joined(label).equals(Words.joined(topic))
        ? label
        : String.format("%s (taken from \"%s\")", label, topic);
  }

  /** ISO 639, as in the tables; null for all. */
  public String language() {
    return language == null ? null : String.valueOf(LanguageCodes.of(language));
  }

  /** Null for all. */
  public String network() {
    return network;
  }
}
