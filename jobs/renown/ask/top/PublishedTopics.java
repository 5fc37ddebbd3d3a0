package renown.ask.top;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.run.RenownException;

/** Finds topics of {@code mart_topics} by any of their names. */
public final class PublishedTopics {
  private PublishedTopics() {}

  /**
   * The published topics, searchable by name; those of the built-in taxonomy also by its terms in
   * all languages.
   */
  public static Taxonomy of(Dataset<Row> martTopics) {
    Map<String, Topic> shipped = new HashMap<>();
    TaxonomyFiles.shipped().topics().forEach(topic -> shipped.put(topic.id(), topic));
    List<Topic> topics = new ArrayList<>();
    for (Row row : martTopics.select("topic_id", "labels").sort("topic_id").collectAsList()) {
      Map<String, String> labels = new LinkedHashMap<>();
      for (Object label : row.getList(1)) {
        String[] parts = label.toString().split("=", 2);
        labels.put(parts[0], parts[1]);
      }
      Topic known = shipped.get(row.getString(0));
      boolean isBuiltIn =
          known != null && Objects.equals(known.labels().get("en"), labels.get("en"));
      topics.add(
          new Topic(
              row.getString(0),
              List.of(),
              labels,
              isBuiltIn ? known.terms() : List.of(),
              isBuiltIn ? known.hashtags() : List.of(),
              List.of(),
              null));
    }
    return new Taxonomy("mart_topics", topics);
  }

  /**
   * The topic that somebody means.
   *
   * @param text its id, or a name or term in any language, case and accents ignored; from {@code
   *     --topic}
   * @throws RenownException if there is no such topic; it names those that may have been meant
   */
  public static Topic find(Taxonomy topics, String text) {
    return topics
        .find(text)
        .orElseThrow(
            () -> {
              List<String> near = topics.nearMisses(text, 5);
              return RenownException.configuration(
                  "--topic \"%s\": unknown topic%s",
                  text,
                  near.isEmpty()
                      ? "; see mart_topics for all topics."
                      : "; did you mean " + String.join(", ", near) + "?");
            });
  }
}
