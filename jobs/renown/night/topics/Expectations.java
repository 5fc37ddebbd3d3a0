package renown.night.topics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.MartTopicScores;

/**
 * What a post may be expected to be about: what its author has posted and reacted about until last
 * night, and what the posts are about that it answers, quotes or belongs to.
 */
final class Expectations {
  /** What somebody mentions now and then is not expected. */
  private static final double LEAST_INTEREST = 0.1;

  /** One post about a topic is no habit. */
  private static final long LEAST_ACTS = 3;

  private final NamedPosts named;
  private final TopicNumbers topics;
  private final Map<Long, Map<String, Double>> interests = new HashMap<>();

  /**
   * Reads what the night's authors are interested in.
   *
   * @param scores topic scores as of the night before, of all networks
   * @param named what posts tell that tonight's answer
   * @param topics numbers of its topics
   */
  Expectations(TableFiles scores, List<NightPost> posts, NamedPosts named, TopicNumbers topics) {
    this.named = named;
    this.topics = topics;
    long[] authors = posts.stream().mapToLong(NightPost::author).sorted().distinct().toArray();
    ColumnRows rows =
        scores.readAmong(
            MartTopicScores.ACCOUNT_KEY,
            authors,
            MartTopicScores.ACCOUNT_KEY,
            MartTopicScores.TOPIC_ID,
            MartTopicScores.INTEREST_SHARE,
            MartTopicScores.POST_COUNT,
            MartTopicScores.REACTION_COUNT);
    for (int row = 0; row < rows.size(); row++) {
      long account = rows.longs(MartTopicScores.ACCOUNT_KEY).get(row);
      if (rows.doubles(MartTopicScores.INTEREST_SHARE).isNull(row)) {
        continue;
      }
      double interest = rows.doubles(MartTopicScores.INTEREST_SHARE).get(row);
      long acts =
          rows.longs(MartTopicScores.POST_COUNT).get(row)
              + rows.longs(MartTopicScores.REACTION_COUNT).get(row);
      if (interest >= LEAST_INTEREST && acts >= LEAST_ACTS) {
        interests
            .computeIfAbsent(account, a -> new HashMap<>())
            .put(rows.texts(MartTopicScores.TOPIC_ID).get(row), interest);
      }
    }
  }

  /** By topic, above 0 to 1: the share of the author's acts, or the confidence in the thread's. */
  Map<String, Double> of(NightPost post) {
    Map<String, Double> expected = new HashMap<>(interests.getOrDefault(post.author(), Map.of()));
    int[] parents = new int[post.parents().length];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = named.number(post.parents()[i]);
    }
    named
        .told()
        .inherit(
            parents,
            TopicNumbers.OF_EVERYTHING,
            0,
            (topic, confidence, isInferred) ->
                expected.merge(topics.id(topic), confidence, Math::max));
    return expected.isEmpty() ? Map.of() : expected;
  }
}
