package renown.night.topics;

import renown.kernels.topics.HashtagTopics;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.HashtagIncrements;

/** Reads the hashtags outside the taxonomy, and the topics they occur with. */
final class Hashtags {
  private Hashtags() {}

  /** Counts the hashtags of a network. */
  static HashtagTopics read(TableFiles files, String network, long nightDay) {
    HashtagTopics counted = new HashtagTopics(nightDay);
    ColumnRows rows = files.read(HashtagIncrements.TABLE.columns());
    for (int row = 0; row < rows.size(); row++) {
      if (network.equals(rows.texts(HashtagIncrements.NETWORK).get(row))) {
        String topic = rows.texts(HashtagIncrements.TOPIC_ID).get(row);
        counted.add(
            rows.texts(HashtagIncrements.HASHTAG).get(row),
            topic.equals(TopicNumbers.EVERYTHING) ? null : topic,
            rows.longs(HashtagIncrements.POST_COUNT).get(row),
            rows.longs(HashtagIncrements.AUTHOR_COUNT).get(row),
            rows.longs(HashtagIncrements.NIGHT).get(row));
      }
    }
    return counted;
  }
}
