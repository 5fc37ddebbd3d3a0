package renown.night.topics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.kernels.taxonomy.TopicMatch;
import renown.kernels.taxonomy.TopicMatcher;
import renown.kernels.taxonomy.TopicMatcher.Attachment;
import renown.kernels.taxonomy.Words;
import renown.kernels.topics.HashtagCounts;
import renown.kernels.topics.HashtagTopics;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.HashtagIncrements;

/** The hashtags outside the taxonomy, and the topics they occur with. */
final class Hashtags {
  /** What tells a topic by itself; topics inferred from hashtags must not reinforce themselves. */
  private static final Set<String> TOLD = Set.of("term", "hashtag", "site");

  private Hashtags() {}

  /** Reads what was counted of the hashtags of a network. */
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

  /** The topics that hashtags stand for. */
  static Map<String, Attachment> attached(HashtagTopics counted) {
    Map<String, Attachment> attached = new HashMap<>();
    for (HashtagTopics.Hashtag hashtag : counted.attached()) {
      if (hashtag.topicId() != null) {
        attached.put(hashtag.hashtag(), new Attachment(hashtag.topicId(), hashtag.confidence()));
      }
    }
    return attached;
  }

  /** Counts those of tonight's posts, as rows of {@code hashtag_increments}. */
  static ColumnRows count(
      String network, long nightDay, List<NightPost> posts, TopicMatcher matcher) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> hashtags = new ArrayList<>();
    TopicNumbers topics = new TopicNumbers();
    HashtagCounts counts = new HashtagCounts();
    for (int post = 0; post < posts.size(); post++) {
      long author = posts.get(post).author();
      for (String written : posts.get(post).hashtags()) {
        String joined = Words.joined(written);
        if (joined.length() < 2 || matcher.knowsHashtag(written)) {
          continue;
        }
        Integer known = numbers.putIfAbsent(joined, hashtags.size());
        int hashtag = known == null ? hashtags.size() : known;
        if (known == null) {
          hashtags.add(joined);
        }
        counts.add(hashtag, TopicNumbers.OF_EVERYTHING, post, author);
        for (TopicMatch match : posts.get(post).direct()) {
          if (TOLD.contains(match.basis())) {
            counts.add(hashtag, topics.number(match.topicId()), post, author);
          }
        }
      }
    }
    ColumnRows rows = new ColumnRows(HashtagIncrements.TABLE);
    counts.count(
        (hashtag, topic, postCount, authorCount) -> {
          rows.texts(HashtagIncrements.NETWORK).add(network);
          rows.texts(HashtagIncrements.HASHTAG).add(hashtags.get(hashtag));
          rows.texts(HashtagIncrements.TOPIC_ID).add(topics.id(topic));
          rows.longs(HashtagIncrements.POST_COUNT).add(postCount);
          rows.longs(HashtagIncrements.AUTHOR_COUNT).add(authorCount);
          rows.longs(HashtagIncrements.NIGHT).add(nightDay);
        });
    return rows;
  }
}
