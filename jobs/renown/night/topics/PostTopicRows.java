package renown.night.topics;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import renown.kernels.keys.RecordPrint;
import renown.kernels.keys.RowOrder;
import renown.kernels.taxonomy.TopicMatch;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.TableFileWriter;
import renown.tables.PostTopics;

/** Rows of {@code post_topics} of one network and night, and how they lie in a file. */
final class PostTopicRows {
  /**
   * Of a night that brings months of posts at once, a later one reads no more than it needs; those
   * of an ordinary night are one group, or a few.
   */
  private static final int ROWS_PER_GROUP = 5_000;

  private final String network;
  private final long nightDay;
  private final ColumnRows rows = new ColumnRows(PostTopics.TABLE);

  PostTopicRows(String network, long nightDay) {
    this.network = network;
    this.nightDay = nightDay;
  }

  /** Adds a post with the topics that it tells itself. */
  void addAll(NightPost post) {
    add(post, TopicNumbers.EVERYTHING, 1, "seen");
    for (TopicMatch match : post.direct()) {
      add(post, match.topicId(), match.confidence(), match.basis());
    }
  }

  void add(NightPost post, String topicId, double confidence, String basis) {
    rows.texts(PostTopics.NETWORK).add(network);
    rows.texts(PostTopics.POST_ID).add(post.id());
    rows.longs(PostTopics.RECORD_DATE).add(post.recordDay());
    rows.longs(PostTopics.AUTHOR_KEY).add(post.author());
    rows.texts(PostTopics.TOPIC_ID).add(topicId);
    rows.doubles(PostTopics.CONFIDENCE).add(confidence);
    rows.texts(PostTopics.BASIS).add(basis);
    rows.longs(PostTopics.HAPPENED_AT).add(post.happenedAt());
    rows.longs(PostTopics.NIGHT).add(nightDay);
    rows.longs(PostTopics.POST_PRINT_LOW).add(RecordPrint.of(post.id()).low());
  }

  List<DataFile> write(TableFileWriter files) throws IOException {
    return write(rows, files);
  }

  /** Writes rows of posts by their numbers, and those of a group as they come. */
  static List<DataFile> write(ColumnRows rows, TableFileWriter files) throws IOException {
    int[] order =
        new RowOrder(rows.size()).by(rows.longs(PostTopics.POST_PRINT_LOW).toArray()).rows();
    for (int from = 0; from < order.length; from += ROWS_PER_GROUP) {
      // What lies beside its like takes less room.
      Arrays.sort(order, from, Math.min(from + ROWS_PER_GROUP, order.length));
    }
    return files.writeGroups(rows, order, ROWS_PER_GROUP);
  }
}
