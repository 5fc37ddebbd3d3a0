package renown.kernels.topics;

import java.util.Arrays;
import java.util.List;
import renown.kernels.keys.RowOrder;
import renown.kernels.rank.KeyIndex;

/** Distinct posts and authors that use a hashtag, in all and by the topic of the post. */
public final class HashtagCounts {
  private int size;
  private int[] hashtags = new int[16];
  private int[] topics = new int[16];
  private int[] posts = new int[16];
  private long[] authors = new long[16];

  /** Adds a use; the same post may use a hashtag many times. */
  public void add(int hashtag, int topic, int post, long author) {
    if (size == hashtags.length) {
      int length = size + (size >> 1);
      hashtags = Arrays.copyOf(hashtags, length);
      topics = Arrays.copyOf(topics, length);
      posts = Arrays.copyOf(posts, length);
      authors = Arrays.copyOf(authors, length);
    }
    hashtags[size] = hashtag;
    topics[size] = topic;
    posts[size] = post;
    authors[size++] = author;
  }

  /** Takes what is counted. */
  public interface Consumer {
    void accept(int hashtag, int topic, long postCount, long authorCount);
  }

  /** Counts, by rising hashtag, then topic. */
  public void count(Consumer counted) {
    KeyIndex keys = KeyIndex.of(List.of(Arrays.copyOf(authors, size)));
    int[] numbers = new int[size];
    for (int row = 0; row < size; row++) {
      numbers[row] = keys.find(authors[row]);
    }
    int[] byPost = new RowOrder(size).by(posts).by(topics).by(hashtags).rows();
    int[] byAuthor = new RowOrder(size).by(numbers).by(topics).by(hashtags).rows();
    for (int from = 0, to; from < size; from = to) {
      int first = byPost[from];
      long distinctPosts = 0;
      long distinctAuthors = 0;
      for (to = from;
          to < size
              && hashtags[byPost[to]] == hashtags[first]
              && topics[byPost[to]] == topics[first];
          to++) {
        boolean isFirst = to == from;
        distinctPosts += isFirst || posts[byPost[to]] != posts[byPost[to - 1]] ? 1 : 0;
        distinctAuthors += isFirst || numbers[byAuthor[to]] != numbers[byAuthor[to - 1]] ? 1 : 0;
      }
      counted.accept(hashtags[first], topics[first], distinctPosts, distinctAuthors);
    }
  }
}
