package renown.kernels.topics;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import renown.kernels.keys.RowOrder;

/**
 * Which topics the words of one language go with: a linear classifier whose weights are counted.
 *
 * <p>Counted are the authors that used a word, and those of them that named a topic in the same
 * post by a sign of it (a hashtag, a site, a community). A word's weight for a topic is the log
 * odds ratio of both (Haldane's and Anscombe's half added to each count), at the lower end of its
 * 99.5 % interval (Woolf, "On estimating the relation between blood group and disease", Annals of
 * Human Genetics 1955); a word without such a weight above 0 tells nothing. A post's score for a
 * topic is the log odds of what is expected of it, plus the weights of its words. Unlike a fitted
 * model this one needs no text of earlier nights, forgets by multiplying, and every weight follows
 * from three counts that a person can check. Since words hang together, scores are no
 * probabilities: see {@link WordConfidence}.
 *
 * <p>Not safe for several threads.
 */
public final class WordTopics {
  /** In place of a word: any; in place of a topic: any or none. */
  public static final int ALL = 0;

  /** With fewer authors that used a word with a topic, it may be theirs alone. */
  public static final double LEAST_AUTHORS = 2;

  /** A lone word decides nothing by itself if more than this share of authors use it. */
  private static final double COMMON = 0.005;

  /** It takes two of them. */
  private static final int LEAST_WORDS = 2;

  private static final double Z = 2.5758;

  /** The share of the doubt that is left to what is expected: it never decides. */
  private static final double LEAN = 0.5;

  /**
   * What a post is likeliest about.
   *
   * @param score log odds, not calibrated
   */
  public record Finding(int topic, double score) {}

  /** Takes counts in any order. */
  public static final class Builder {
    private int size;
    private int[] words = new int[64];
    private int[] topics = new int[64];
    private double[] authors = new double[64];

    /** NaN where nobody corrected the weight. */
    private double[] corrections = new double[64];

    /** Adds authors; those of one word and topic are added up in the order in which they come. */
    public Builder add(int word, int topic, double count) {
      return put(word, topic, count, Double.NaN);
    }

    /**
     * Sets a weight in place of the one that follows from the counts; the last one holds.
     *
     * @param weight 0 where the word tells nothing of the topic
     */
    public Builder correct(int word, int topic, double weight) {
      return put(word, topic, 0, weight);
    }

    private Builder put(int word, int topic, double count, double weight) {
      if (size == words.length) {
        int length = size + (size >> 1);
        words = Arrays.copyOf(words, length);
        topics = Arrays.copyOf(topics, length);
        authors = Arrays.copyOf(authors, length);
        corrections = Arrays.copyOf(corrections, length);
      }
      words[size] = word;
      topics[size] = topic;
      authors[size] = count;
      corrections[size++] = weight;
      return this;
    }

    /**
     * The classifier.
     *
     * @param wordCount numbers of words are below it
     * @param topicCount likewise
     */
    public WordTopics build(int wordCount, int topicCount) {
      int[] order =
          new RowOrder(size).by(Arrays.copyOf(topics, size)).by(Arrays.copyOf(words, size)).rows();
      return new WordTopics(this, order, wordCount, topicCount);
    }
  }

  /** Rows of a word, by word; its last row ends where the next one's begin. */
  private final int[] starts;

  private final int[] words;
  private final int[] topics;
  private final double[] authors;
  private final double[] corrections;
  private final double[] weights;
  private final double[] authorsOfWord;
  private final double[] authorsOfTopic;
  private final double all;

  private final double[] scores;
  private final int[] telling;
  private final int[] touched;
  private final boolean[] isLeftOut;

  private WordTopics(Builder built, int[] order, int wordCount, int topicCount) {
    words = new int[order.length];
    topics = new int[order.length];
    authors = new double[order.length];
    corrections = new double[order.length];
    int rows = 0;
    for (int row : order) {
      boolean isSame =
          rows > 0 && words[rows - 1] == built.words[row] && topics[rows - 1] == built.topics[row];
      if (!isSame) {
        words[rows] = built.words[row];
        topics[rows] = built.topics[row];
        corrections[rows++] = Double.NaN;
      }
      authors[rows - 1] += built.authors[row];
      if (!Double.isNaN(built.corrections[row])) {
        corrections[rows - 1] = built.corrections[row];
      }
    }
    starts = new int[wordCount + 1];
    authorsOfWord = new double[wordCount];
    authorsOfTopic = new double[topicCount];
    for (int row = 0; row < rows; row++) {
      starts[words[row] + 1] = row + 1;
      if (topics[row] == ALL) {
        authorsOfWord[words[row]] = authors[row];
      }
      if (words[row] == ALL) {
        authorsOfTopic[topics[row]] = authors[row];
      }
    }
    for (int word = 1; word <= wordCount; word++) {
      starts[word] = Math.max(starts[word], starts[word - 1]);
    }
    all = authorsOfTopic.length == 0 ? 0 : authorsOfTopic[ALL];
    weights = new double[rows];
    for (int row = 0; row < rows; row++) {
      if (words[row] != ALL && topics[row] != ALL) {
        weights[row] = weight(row, 0, 0);
      }
    }
    scores = new double[topicCount];
    telling = new int[topicCount];
    touched = new int[topicCount];
    isLeftOut = new boolean[topicCount];
  }

  /** Rows in all: a word, a topic and what is known of both, by rising word, then topic. */
  public int size() {
    return weights.length;
  }

  public int word(int row) {
    return words[row];
  }

  public int topic(int row) {
    return topics[row];
  }

  /** Those that used the word and named the topic. */
  public double authors(int row) {
    return authors[row];
  }

  /** Log odds, as counted or corrected; 0 where the word tells nothing of the topic. */
  public double weight(int row) {
    return weights[row];
  }

  /** Authors that named any topic or none. */
  public double all() {
    return all;
  }

  /**
   * The weight of a row.
   *
   * @param left authors left out who used the word
   * @param leftWithTopic those of them that named the topic
   */
  private double weight(int row, double left, double leftWithTopic) {
    if (!Double.isNaN(corrections[row])) {
      return corrections[row];
    }
    return weight(
        authors[row] - leftWithTopic,
        authorsOfWord[words[row]] - left,
        authorsOfTopic[topics[row]] - leftWithTopic,
        all - left);
  }

  /**
   * A word's weight for a topic.
   *
   * @param both authors that used the word and named the topic
   * @param ofWord authors that used the word
   * @param ofTopic authors that named the topic
   * @param everybody authors
   * @return above 0, or 0 where the word tells nothing
   */
  static double weight(double both, double ofWord, double ofTopic, double everybody) {
    if (both < LEAST_AUTHORS) {
      return 0;
    }
    // Authors are counted once a night for each topic, so sums may overlap: none is below 0.
    double wordAlone = Math.max(0, ofWord - both) + 0.5;
    double topicAlone = Math.max(0, ofTopic - both) + 0.5;
    double neither = Math.max(0, everybody - ofWord - ofTopic + both) + 0.5;
    double together = both + 0.5;
    double odds = StrictMath.log(together * neither / (wordAlone * topicAlone));
    double error = Math.sqrt(1 / together + 1 / wordAlone + 1 / topicAlone + 1 / neither);
    return Math.max(0, odds - Z * error);
  }

  /**
   * The likeliest topic of a post.
   *
   * @param words distinct numbers of its words
   * @param expected of a topic, 0 to 1: the share of what its author or its thread is otherwise
   *     about; 0 where nothing is known
   * @return null where nothing is found: a word that many use decides only together with another
   *     one, or what is expected
   */
  public Finding find(int[] words, IntToDoubleFunction expected) {
    return find(words, expected, false);
  }

  /**
   * What would be found if its author had not been counted tonight.
   *
   * @param told the topics that the post names
   */
  public Finding findWithout(int[] words, int[] told, IntToDoubleFunction expected) {
    for (int topic : told) {
      isLeftOut[topic] = true;
    }
    Finding finding = find(words, expected, true);
    for (int topic : told) {
      isLeftOut[topic] = false;
    }
    return finding;
  }

  private Finding find(int[] wanted, IntToDoubleFunction expected, boolean isWithout) {
    int met = 0;
    for (int word : wanted) {
      for (int row = starts[word]; row < starts[word + 1]; row++) {
        int topic = topics[row];
        if (topic == ALL || word == ALL) {
          continue;
        }
        double weight = isWithout ? weight(row, 1, isLeftOut[topic] ? 1 : 0) : weights[row];
        if (weight > 0) {
          if (telling[topic] == 0) {
            touched[met++] = topic;
          }
          telling[topic] += authorsOfWord[word] > COMMON * all ? 1 : LEAST_WORDS;
          scores[topic] += weight;
        }
      }
    }
    Finding best = null;
    for (int i = 0; i < met; i++) {
      int topic = touched[i];
      double share = expected.applyAsDouble(topic);
      if (telling[topic] >= LEAST_WORDS || share > 0) {
        double score = scores[topic] + prior(topic, share, isWithout);
        if (best == null || score > best.score || score == best.score && topic < best.topic) {
          best = new Finding(topic, score);
        }
      }
      scores[topic] = 0;
      telling[topic] = 0;
    }
    return best;
  }

  /** Log odds before any word is read. */
  private double prior(int topic, double expected, boolean isWithout) {
    double left = isWithout ? 1 : 0;
    double ofTopic = Math.max(0, authorsOfTopic[topic] - (isLeftOut[topic] ? 1 : 0));
    double base = (ofTopic + 0.5) / (Math.max(ofTopic, all - left) + 1);
    double prior = base + (1 - base) * LEAN * Math.min(expected, 1);
    return StrictMath.log(prior / (1 - prior));
  }
}
