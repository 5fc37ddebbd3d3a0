package renown.night.topics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StringType;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.tables.MartTopicAncestors;
import renown.tables.MartTopics;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/** Builds the marts that tell of topics themselves; they are small. */
final class TopicMarts {
  private static final long[] NOBODY = new long[2];

  private TopicMarts() {}

  /**
   * All topics.
   *
   * @param counts by topic: accounts with a row in {@code mart_topic_scores}, and of those,
   *     accounts with an expertise
   * @return rows of {@code mart_topics}
   */
  static ColumnRows topics(Taxonomy taxonomy, Map<String, long[]> counts, long nightDay) {
    ColumnRows rows = new ColumnRows(MartTopics.TABLE);
    for (Topic topic : taxonomy.topics()) {
      rows.texts(MartTopics.TOPIC_ID).add(topic.id());
      rows.texts(MartTopics.LABEL_EN).add(topic.label("en"));
      rows.texts(MartTopics.LABEL_ES).add(topic.labels().get("es"));
      rows.lists(MartTopics.LABELS)
          .add(
              new TreeMap<>(topic.labels())
                  .entrySet().stream()
                      .map(e -> e.getKey() + "=" + e.getValue())
                      .toArray(String[]::new));
      rows.lists(MartTopics.PARENT_IDS).add(topic.parents().toArray(String[]::new));
      rows.lists(MartTopics.ANCESTOR_IDS)
          .add(taxonomy.ancestors(topic.id()).toArray(String[]::new));
      rows.texts(MartTopics.WIKIDATA_ID).add(topic.wikidataId());
      rows.texts(MartTopics.TAXONOMY).add(taxonomy.name());
      long[] its = counts.getOrDefault(topic.id(), NOBODY);
      rows.longs(MartTopics.ACCOUNT_COUNT).add(its[0]);
      rows.longs(MartTopics.EXPERT_COUNT).add(its[1]);
      rows.longs(MartTopics.NIGHT).add(nightDay);
    }
    return rows;
  }

  /**
   * For each topic itself, and each above it.
   *
   * @return rows of {@code mart_topic_ancestors}
   */
  static ColumnRows ancestors(Taxonomy taxonomy, long nightDay) {
    ColumnRows rows = new ColumnRows(MartTopicAncestors.TABLE);
    for (Topic topic : taxonomy.topics()) {
      List<String> above = new ArrayList<>(List.of(topic.id()));
      above.addAll(taxonomy.ancestors(topic.id()));
      for (String ancestor : above) {
        rows.texts(MartTopicAncestors.TOPIC_ID).add(topic.id());
        rows.texts(MartTopicAncestors.ANCESTOR_ID).add(ancestor);
        rows.texts(MartTopicAncestors.ANCESTOR_LABEL_EN).add(taxonomy.topic(ancestor).label("en"));
        rows.longs(MartTopicAncestors.IS_PARENT).add(topic.parents().contains(ancestor));
        rows.longs(MartTopicAncestors.NIGHT).add(nightDay);
      }
    }
    return rows;
  }

  /** Writes a small table where it says something else than before, the night apart. */
  static void write(Lake lake, TableSchema table, TableColumn night, ColumnRows rows)
      throws IOException {
    ColumnRows before = lake.files(table).read(table.columns());
    if (before.size() != rows.size()
        || table.columns().stream()
            .anyMatch(column -> !column.equals(night) && !isSame(column, before, rows))) {
      lake.overwrite(table, rows);
    }
  }

  private static boolean isSame(TableColumn column, ColumnRows before, ColumnRows rows) {
    for (int row = 0; row < rows.size(); row++) {
      boolean isSame;
      if (column.type() instanceof ArrayType) {
        isSame = Arrays.equals(before.lists(column).texts(row), rows.lists(column).texts(row));
      } else if (column.type() instanceof StringType) {
        isSame =
            java.util.Objects.equals(before.texts(column).get(row), rows.texts(column).get(row));
      } else {
        isSame = before.longs(column).get(row) == rows.longs(column).get(row);
      }
      if (!isSame) {
        return false;
      }
    }
    return true;
  }
}
