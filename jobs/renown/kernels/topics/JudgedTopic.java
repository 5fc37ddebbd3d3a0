package renown.kernels.topics;

import java.util.Arrays;
import renown.kernels.keys.RowOrder;
import renown.kernels.rarity.RarityScale;

/**
 * The accounts of one topic of one network: what they do, and what others attest. Rows are in the
 * order of account keys.
 */
public final class JudgedTopic {
  /** 90 % of a normal distribution lies within this many standard deviations. */
  private static final double INTERVAL_DEVIATIONS = 1.6449;

  private final TopicEdges edges;
  private final int firstEdge;
  private final double[] earnings;
  private final TopicAccounts accounts;
  private int size;
  private final int[] members;
  private final long[] attesterCounts;
  private final long[] voteCounts;
  private final long[] postCounts;
  private final long[] reactionCounts;
  private final long[][] verbCounts;
  private final double[] attentionShares;
  private final double[] earned;
  private final double[] deviations;
  private final double[] interests;
  private double[] expertise;
  private double[] expertiseLow;
  private double[] expertiseHigh;

  /** Rows with an expertise, the first first. */
  private int[] experts;

  private long[] places;

  /**
   * No rows yet.
   *
   * @param earnings what the edges from {@code firstEdge} on bring
   */
  JudgedTopic(
      TopicEdges edges, int firstEdge, double[] earnings, TopicAccounts accounts, int mostRows) {
    this.edges = edges;
    this.firstEdge = firstEdge;
    this.earnings = earnings;
    this.accounts = accounts;
    members = new int[mostRows];
    attesterCounts = new long[mostRows];
    voteCounts = new long[mostRows];
    postCounts = new long[mostRows];
    reactionCounts = new long[mostRows];
    verbCounts = new long[TopicVerb.ATTENTION_VERBS][mostRows];
    attentionShares = new double[mostRows];
    earned = new double[mostRows];
    deviations = new double[mostRows];
    interests = new double[mostRows];
  }

  /** Begins a row, of an account after that of the row before. */
  void add(int account, long attesters, long votes, long posts, long reactions) {
    members[size] = account;
    attesterCounts[size] = attesters;
    voteCounts[size] = votes;
    postCounts[size] = posts;
    reactionCounts[size++] = reactions;
  }

  /** Of the last row. */
  void setShares(double attention, double interest) {
    attentionShares[size - 1] = attention;
    interests[size - 1] = interest;
  }

  /** Of the last row. */
  void setEarned(double value, double variance) {
    earned[size - 1] = value;
    deviations[size - 1] = value > 0 ? Math.sqrt(variance) / value : Double.NaN;
  }

  /** Of the last row. */
  void setVerbCount(int verb, long count) {
    verbCounts[verb][size - 1] = count;
  }

  /** Points and places, once all rows are there. */
  void score(long leastAttesters) {
    RarityScale scale = scale(Arrays.copyOf(earned, size));
    expertise = new double[size];
    expertiseLow = new double[size];
    expertiseHigh = new double[size];
    places = new long[size];
    experts = new int[size];
    int evident = 0;
    for (int row = 0; row < size; row++) {
      if (attesterCounts[row] + voteCounts[row] < leastAttesters || earned[row] <= 0) {
        expertise[row] = Double.NaN;
        expertiseLow[row] = Double.NaN;
        expertiseHigh[row] = Double.NaN;
        continue;
      }
      double deviation = deviations[row] * INTERVAL_DEVIATIONS;
      expertise[row] = scale.score(earned[row]);
      expertiseLow[row] = scale.score(earned[row] * StrictMath.exp(-deviation));
      expertiseHigh[row] = scale.score(earned[row] * StrictMath.exp(deviation));
      experts[evident++] = row;
    }
    experts = Arrays.copyOf(experts, evident);
    double[] worth = new double[evident];
    double[] points = new double[evident];
    for (int i = 0; i < evident; i++) {
      worth[i] = earned[experts[i]];
      points[i] = expertise[experts[i]];
    }
    int[] order = new RowOrder(evident).byFalling(worth).byFalling(points).rows();
    int[] byPlace = new int[evident];
    for (int i = 0; i < evident; i++) {
      byPlace[i] = experts[order[i]];
      places[byPlace[i]] = i + 1L;
    }
    experts = byPlace;
  }

  /** How rare it is among these accounts to have earned so much; null where nobody has. */
  private static RarityScale scale(double[] earned) {
    long[] steps = Arrays.stream(earned).filter(e -> e > 0).mapToLong(RarityScale::step).toArray();
    if (steps.length == 0) {
      return null;
    }
    Arrays.sort(steps);
    long[] distinct = new long[steps.length];
    long[] counts = new long[steps.length];
    int last = -1;
    for (long step : steps) {
      if (last < 0 || distinct[last] != step) {
        distinct[++last] = step;
      }
      counts[last]++;
    }
    return RarityScale.ofItself(
        Arrays.copyOf(distinct, last + 1),
        Arrays.copyOf(counts, last + 1),
        earned.length - steps.length);
  }

  public int size() {
    return size;
  }

  /** Number of the row's account, as its key rises. */
  public int account(int row) {
    return members[row];
  }

  public long accountKey(int row) {
    return accounts.key(members[row]);
  }

  /** Credible accounts that attest it and do not get as much back. */
  public long attesterCount(int row) {
    return attesterCounts[row];
  }

  public long voteCount(int row) {
    return voteCounts[row];
  }

  /** Its own posts about the topic. */
  public long postCount(int row) {
    return postCounts[row];
  }

  /** Its reactions to others on the topic. */
  public long reactionCount(int row) {
    return reactionCounts[row];
  }

  /** Acts of attention that it received on the topic. */
  public long verbCount(int row, TopicVerb verb) {
    return verbCounts[verb.ordinal()][row];
  }

  /** Share of the attention it gets that is about the topic; NaN if it gets none. */
  public double attentionShare(int row) {
    return attentionShares[row];
  }

  /** Share of what it does itself that is about the topic; NaN if it does nothing. */
  public double interest(int row) {
    return interests[row];
  }

  /** As a multiple of the mean rank on the topic, 0 or more. */
  public double earned(int row) {
    return earned[row];
  }

  /** Standard deviation over the value; NaN where nothing is earned. */
  public double deviation(int row) {
    return deviations[row];
  }

  /** Points, 0 to 100; NaN without enough evidence. */
  public double expertise(int row) {
    return expertise[row];
  }

  /** Low end of the 90 % interval; NaN with expertise. */
  public double expertiseLow(int row) {
    return expertiseLow[row];
  }

  /** High end of the 90 % interval; NaN with expertise. */
  public double expertiseHigh(int row) {
    return expertiseHigh[row];
  }

  /** From 1; 0 without expertise. */
  public long place(int row) {
    return places[row];
  }

  /**
   * Rows with an expertise, by place.
   *
   * @return not to be changed
   */
  public int[] experts() {
    return experts;
  }

  // ---- Who attests

  /** The edges to a row's account: from here to {@link #attestersEnd}. */
  private int attestersStart(int row) {
    int from = firstEdge;
    int to = firstEdge + earnings.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (edges.destination(middle) < members[row]) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private boolean isAttester(int row, int edge) {
    return edge < firstEdge + earnings.length && edges.destination(edge) == members[row];
  }

  /** What an edge brings, as a multiple of the mean rank on the topic. */
  public double earnedBy(int edge) {
    return earnings[edge - firstEdge];
  }

  /** Key of an edge's source. */
  public long attesterKey(int edge) {
    return accounts.key(edges.source(edge));
  }

  /** Acts behind an edge. */
  public long actCount(int edge) {
    return edges.actCount(edge);
  }

  /** The latest post through which attention came by an edge; null if there is none. */
  public String latestPost(int edge) {
    return edges.latestPost(edge);
  }

  /** What all edges to a row's account bring. */
  public double earnedByAll(int row) {
    double all = 0;
    for (int edge = attestersStart(row); isAttester(row, edge); edge++) {
      all += earnedBy(edge);
    }
    return all;
  }

  /**
   * The edges that bring most to a row's account, the first first; of two that bring as much, that
   * of the lower key.
   */
  public int[] attesters(int row, int most) {
    int[] best = new int[most];
    int found = 0;
    for (int edge = attestersStart(row); isAttester(row, edge); edge++) {
      int at = found;
      while (at > 0 && earnedBy(best[at - 1]) < earnedBy(edge)) {
        at--;
      }
      if (at < most) {
        found = Math.min(found + 1, most);
        System.arraycopy(best, at, best, at + 1, found - at - 1);
        best[at] = edge;
      }
    }
    return Arrays.copyOf(best, found);
  }

  /**
   * The language that most of a row's attesters write in, the first of those that are equal.
   *
   * @param languages by account, -1 where there is none
   * @param languageCount above all of them
   * @return -1 where no attester has one
   */
  private int attestersLanguage(int row, int[] languages, int languageCount) {
    int[] readers = new int[languageCount];
    int main = -1;
    for (int edge = attestersStart(row); isAttester(row, edge); edge++) {
      int language = languages[edges.source(edge)];
      if (language >= 0) {
        readers[language]++;
      }
    }
    for (int language = 0; language < languageCount; language++) {
      if (readers[language] > (main < 0 ? 0 : readers[main])) {
        main = language;
      }
    }
    return main;
  }

  /**
   * The first experts of each kind and language.
   *
   * @param rows by place
   * @param languages of them: their own, else that of most of their attesters, else -1
   * @param kindPlaces among those of the same kind and language, from 1
   */
  public record Leaders(int[] rows, int[] languages, long[] kindPlaces) {}

  /**
   * Finds them without sorting anything but experts.
   *
   * @param kinds by account, 0 or more
   * @param languages by account, -1 where there is none; numbered in the order of their codes
   * @param most of each kind and language
   */
  public Leaders leaders(
      int[] kinds, int kindCount, int[] languages, int languageCount, long most) {
    long[] found = new long[kindCount * (languageCount + 1)];
    int[] rows = new int[experts.length];
    int[] theirLanguages = new int[experts.length];
    long[] kindPlaces = new long[experts.length];
    int leaders = 0;
    for (int row : experts) {
      int language = languages[members[row]];
      if (language < 0) {
        language = attestersLanguage(row, languages, languageCount);
      }
      int group = kinds[members[row]] * (languageCount + 1) + language + 1;
      if (found[group] < most) {
        rows[leaders] = row;
        theirLanguages[leaders] = language;
        kindPlaces[leaders++] = ++found[group];
      }
    }
    return new Leaders(
        Arrays.copyOf(rows, leaders),
        Arrays.copyOf(theirLanguages, leaders),
        Arrays.copyOf(kindPlaces, leaders));
  }
}
