package renown.night.topics;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.kernels.keys.RecordPrint;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.topics.ItemTopics;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.CitedPosts;
import renown.tables.PostTopics;
import renown.tables.TableColumn;

/**
 * The posts of a network that tonight's posts, acts and deletions name, by number, and what is
 * known of them from earlier nights.
 */
final class NamedPosts {
  private static final String CHILD = "child";

  /** A post of an earlier night that was deleted tonight. */
  record Undone(int item, long author, long happenedAt, String id) {}

  private final String network;
  private final TopicNumbers topics;
  private final Map<RecordPrint, Integer> numbers = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private final BitSet isSeen = new BitSet();
  private final BitSet isJudged = new BitSet();
  private final List<Undone> undone = new ArrayList<>();

  /** Of posts that were seen: what they tell, and everything. */
  private final ItemTopics seen = new ItemTopics();

  /** Of posts that were only cited, from when on. */
  private final ItemTopics cited = new ItemTopics();

  /** What a post may inherit from them. */
  private final ItemTopics told = new ItemTopics();

  NamedPosts(String network, TopicNumbers topics) {
    this.network = network;
    this.topics = topics;
  }

  /** Number of a post; -1 for null. */
  int number(String id) {
    if (id == null) {
      return -1;
    }
    int item = number(RecordPrint.of(id));
    ids.set(item, id);
    return item;
  }

  /** Number of a post of which not all who name it tell the id. */
  int number(RecordPrint post) {
    Integer known = numbers.putIfAbsent(post, ids.size());
    if (known == null) {
      ids.add(null);
      return ids.size() - 1;
    }
    return known;
  }

  /** Null where nobody has told it; of such a post no topic is known either. */
  String id(int item) {
    return ids.get(item);
  }

  /** The number of a post that something has asked for, else null. */
  Integer asked(String id) {
    Integer item = numbers.get(RecordPrint.of(id));
    if (item != null) {
      ids.set(item, id);
    }
    return item;
  }

  /**
   * Reads what earlier nights told of them.
   *
   * @param files of post topics
   * @return of each file, whether it holds posts that were deleted tonight
   */
  boolean[] readSeen(TableFiles files, DeletedPosts deleted) {
    List<TableFiles> each = files.each();
    boolean[] holdsDeleted = new boolean[each.size()];
    long[] wanted = wanted();
    for (int file = 0; file < holdsDeleted.length; file++) {
      ColumnRows rows =
          each.get(file)
              .readAmong(
                  PostTopics.POST_PRINT_LOW,
                  wanted,
                  PostTopics.NETWORK,
                  PostTopics.POST_ID,
                  PostTopics.AUTHOR_KEY,
                  PostTopics.TOPIC_ID,
                  PostTopics.CONFIDENCE,
                  PostTopics.BASIS,
                  PostTopics.HAPPENED_AT);
      ColumnRows.Texts posts = rows.texts(PostTopics.POST_ID);
      for (int row = 0; row < posts.size(); row++) {
        if (!isNamed(rows, row, PostTopics.NETWORK, PostTopics.POST_ID)) {
          continue;
        }
        int item = asked(posts.get(row));
        long author = rows.longs(PostTopics.AUTHOR_KEY).get(row);
        String topic = rows.texts(PostTopics.TOPIC_ID).get(row);
        add(
            item,
            topic,
            rows.doubles(PostTopics.CONFIDENCE).get(row),
            rows.texts(PostTopics.BASIS).get(row).equals(CHILD));
        if (deleted.contains(network, posts.get(row), author)) {
          holdsDeleted[file] = true;
          if (topic.equals(TopicNumbers.EVERYTHING)) {
            long at = rows.longs(PostTopics.HAPPENED_AT).get(row);
            undone.add(new Undone(item, author, at, posts.get(row)));
          }
        }
      }
    }
    return holdsDeleted;
  }

  /** The numbers that the ids of all of them end with, or parts of their hashes, rising. */
  private long[] wanted() {
    return numbers.keySet().stream().mapToLong(RecordPrint::low).sorted().distinct().toArray();
  }

  private boolean isNamed(ColumnRows rows, int row, TableColumn networks, TableColumn posts) {
    return network.equals(rows.texts(networks).get(row))
        && asked(rows.texts(posts).get(row)) != null;
  }

  /** Reads what earlier nights inferred of those that were never seen. */
  void readCited(TableFiles files) {
    ColumnRows rows =
        files.readAmong(
            CitedPosts.POST_PRINT_LOW,
            wanted(),
            CitedPosts.NETWORK,
            CitedPosts.POST_ID,
            CitedPosts.TOPIC_ID,
            CitedPosts.CONFIDENCE,
            CitedPosts.SINCE_AT);
    for (int row = 0; row < rows.size(); row++) {
      if (isNamed(rows, row, CitedPosts.NETWORK, CitedPosts.POST_ID)) {
        addCited(
            asked(rows.texts(CitedPosts.POST_ID).get(row)),
            topics.number(rows.texts(CitedPosts.TOPIC_ID).get(row)),
            rows.doubles(CitedPosts.CONFIDENCE).get(row),
            rows.longs(CitedPosts.SINCE_AT).get(row));
      }
    }
  }

  /** Adds what a post tells; with everything it is seen. */
  void add(int item, String topic, double confidence, boolean isInferred) {
    int number = topics.number(topic);
    seen.add(item, number, confidence, isInferred, ItemTopics.ALWAYS);
    if (number == TopicNumbers.OF_EVERYTHING) {
      isSeen.set(item);
    } else {
      told.add(item, number, confidence, isInferred, ItemTopics.ALWAYS);
    }
  }

  /** Adds what a post of tonight tells. */
  void addAll(NightPost post) {
    for (TopicMatch match : post.direct()) {
      add(number(post.id()), match.topicId(), match.confidence(), match.basis().equals(CHILD));
    }
  }

  /** Adds what a post inherits: nobody inherits it from there tonight. */
  void addInherited(int item, int topic, double confidence, boolean isInferred) {
    seen.add(item, topic, confidence, isInferred, ItemTopics.ALWAYS);
  }

  /** Adds what is inferred of a post that was never seen. */
  void addCited(int item, int topic, double confidence, long since) {
    isJudged.set(item);
    cited.add(item, topic, confidence, false, since);
    if (topic != TopicNumbers.OF_EVERYTHING) {
      told.add(item, topic, confidence, false, since);
    }
  }

  /** Whether a post was seen, or was judged by what is said of it. */
  boolean isKnown(int item) {
    return isSeen.get(item) || isJudged.get(item);
  }

  /** What a post may inherit from those that it answers, quotes or belongs to. */
  ItemTopics told() {
    return told;
  }

  /** What acts on posts are about: what was inferred of a post gives way where it is seen. */
  ItemTopics counted() {
    for (int item = 0; item < ids.size(); item++) {
      if (!isSeen.get(item)) {
        seen.addAll(item, cited);
      }
    }
    return seen;
  }

  /** Posts of earlier nights that were deleted tonight. */
  List<Undone> undone() {
    return undone;
  }
}
