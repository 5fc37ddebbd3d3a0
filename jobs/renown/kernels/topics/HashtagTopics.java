package renown.kernels.topics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which topic a hashtag comes with that the taxonomy does not know: the one with most of its
 * authors, where even the lower bound (Wilson, "Probable inference", JASA 1927) of their share is
 * one half or more. What was counted on the last 28 nights counts.
 *
 * <p>Not safe for several threads that add.
 */
public final class HashtagTopics {
  private static final int WINDOW_NIGHTS = 28;

  /** Fewer authors are not enough evidence. */
  private static final long LEAST_AUTHORS = 5;

  /** One-sided 95 %. */
  private static final double Z = 1.6449;

  private static final double LEAST_SHARE = 0.5;

  /** Authors and posts of the last nights. */
  private static final class Sum {
    long authors;
    long posts;
  }

  private static final class Counts {
    final Map<String, Sum> byTopic = new TreeMap<>();
    final Sum all = new Sum();
    long authorsBefore;
  }

  /**
   * What is known of a hashtag.
   *
   * @param authorCount that used it in the last 28 nights, counted once a night
   * @param authorCountBefore in the 28 nights before those
   * @param topicId null where no topic is likely enough
   * @param confidence lower bound of the share of its authors that use it with the topic; NaN
   *     without topic
   */
  public record Hashtag(
      String hashtag,
      long authorCount,
      long postCount,
      long authorCountBefore,
      String topicId,
      double confidence) {}

  private final long nightDay;
  private final Map<String, Counts> counts = new TreeMap<>();

  /**
   * Nothing is counted yet.
   *
   * @param nightDay the last night that counts, days since 1970
   */
  public HashtagTopics(long nightDay) {
    this.nightDay = nightDay;
  }

  /** The first night that is looked at, days since 1970. */
  public static long firstDay(long nightDay) {
    return nightDay - 2 * WINDOW_NIGHTS + 1;
  }

  /**
   * Adds what was counted on a night.
   *
   * @param topicId found by other signals in the same posts; null for all posts with it
   */
  public void add(String hashtag, String topicId, long posts, long authors, long day) {
    if (day > nightDay || day < firstDay(nightDay)) {
      return;
    }
    Counts its = counts.computeIfAbsent(hashtag, h -> new Counts());
    if (day <= nightDay - WINDOW_NIGHTS) {
      its.authorsBefore += topicId == null ? authors : 0;
      return;
    }
    Sum sum = topicId == null ? its.all : its.byTopic.computeIfAbsent(topicId, t -> new Sum());
    sum.authors += authors;
    sum.posts += posts;
  }

  /** All hashtags of the last 28 nights, in their order. */
  public List<Hashtag> attached() {
    List<Hashtag> attached = new ArrayList<>();
    counts.forEach(
        (hashtag, its) -> {
          if (its.all.authors > 0) {
            attached.add(attached(hashtag, its));
          }
        });
    return attached;
  }

  private static Hashtag attached(String hashtag, Counts its) {
    String likeliest = null;
    Sum most = new Sum();
    for (Map.Entry<String, Sum> topic : its.byTopic.entrySet()) {
      Sum sum = topic.getValue();
      if (sum.authors > most.authors || sum.authors == most.authors && sum.posts >= most.posts) {
        likeliest = topic.getKey();
        most = sum;
      }
    }
    double n = its.all.authors;
    double share = most.authors / n;
    double bound =
        (share + Z * Z / (n * 2) - Math.sqrt((share * (1 - share) + Z * Z / 4 / n) / n) * Z)
            / (1 + Z * Z / n);
    boolean isSure = likeliest != null && n >= LEAST_AUTHORS && bound >= LEAST_SHARE;
    return new Hashtag(
        hashtag,
        its.all.authors,
        its.all.posts,
        its.authorsBefore,
        isSure ? likeliest : null,
        isSure ? bound : Double.NaN);
  }

  /**
   * The strongest of them that several authors use: first those without a topic.
   *
   * @param most how many
   */
  public List<Hashtag> emerging(long most) {
    return attached().stream()
        .filter(hashtag -> hashtag.authorCount >= 2)
        .sorted(
            Comparator.comparing((Hashtag hashtag) -> hashtag.topicId != null)
                .thenComparing(Comparator.comparingLong(Hashtag::authorCount).reversed())
                .thenComparing(Hashtag::hashtag))
        .limit(most)
        .toList();
  }
}
