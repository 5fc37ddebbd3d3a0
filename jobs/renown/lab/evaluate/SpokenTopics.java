package renown.lab.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renown.kernels.taxonomy.Taxonomy;

/** Counts how many planted topics of posts are found, and how many that are given are right. */
public final class SpokenTopics {
  private final Taxonomy taxonomy;
  private long posts;
  private long planted;
  private long found;
  private long foundWithoutWords;
  private long given;
  private long right;
  private long learned;
  private long learnedRight;

  public SpokenTopics(Taxonomy taxonomy) {
    this.taxonomy = taxonomy;
  }

  /**
   * Adds a post.
   *
   * @param topic what it was meant to be about; null for nothing
   * @param given basis by topic, without those that only stand above another
   */
  public void add(String topic, Map<String, String> given) {
    posts++;
    planted += topic == null ? 0 : 1;
    boolean isFound = false;
    boolean isFoundWithoutWords = false;
    for (Map.Entry<String, String> one : new TreeMap<>(given).entrySet()) {
      boolean isRight =
          topic != null && TopicAccuracy.isRight(taxonomy, one.getKey(), Set.of(topic));
      boolean isLearned = one.getValue().equals("co-occurrence");
      this.given++;
      right += isRight ? 1 : 0;
      learned += isLearned ? 1 : 0;
      learnedRight += isLearned && isRight ? 1 : 0;
      isFound |= isRight;
      isFoundWithoutWords |= isRight && !isLearned;
    }
    found += isFound ? 1 : 0;
    foundWithoutWords += isFoundWithoutWords ? 1 : 0;
  }

  /** Share of posts with a planted topic that get it. */
  public double recall() {
    return (double) found / planted;
  }

  /** The same without topics that hashtags and words were learned to go with. */
  public double recallWithoutWords() {
    return (double) foundWithoutWords / planted;
  }

  /** Share of given topics that are right. */
  public double precision() {
    return (double) right / given;
  }

  /** Share of learned topics that are right; NaN without any. */
  public double learnedPrecision() {
    return learned == 0 ? Double.NaN : (double) learnedRight / learned;
  }

  List<Measurement> measurements(String network) {
    return List.of(
        Measurement.of(network, "posts, answers and quotes", posts),
        Measurement.of(network, "posts with a planted topic that get it", recall()),
        Measurement.of(network, "the same without learned words", recallWithoutWords()),
        Measurement.of(network, "given topics that are right", precision()),
        Measurement.of(network, "topics given by learned words", learned),
        Measurement.of(network, "of these right", learnedPrecision()).atLeast(0.85));
  }
}
