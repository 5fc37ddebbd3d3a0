package renown.kernels.cascades;

import java.util.Arrays;

/**
 * One post and all acts on it: through whom each account reached it, and the properties that
 * follow. An account is in the tree once, at its first act; its parent is what {@link Decisions}
 * says of that. If a parent is undone later, its children become children of the author, with
 * confidence 0.
 */
public final class Cascade {
  public static final int REPOST = 0;
  public static final int QUOTE = 1;
  public static final int REPLY = 2;
  public static final int LIKE = 3;

  /** An act, where acts fade. */
  public static final long ACT = 1 << 10;

  /** In place of a time, a community or a parent that is not known. */
  public static final long UNKNOWN = -1;

  public static final int HOURS = 24;
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final CascadeActs acts;
  private final int from;
  private final int to;
  private final long author;
  private final long authorCommunity;
  private final long postedAt;
  private final CascadeTree tree;

  /** Author, node 0, and reactors in the order of their first acts. */
  private final int nodes;

  /** First act of each node but the author's. */
  private final int[] firstActs;

  private final int[] parentNodes;
  private final double[] nodeConfidences;

  /**
   * Decides tonight's acts on a post and builds its tree.
   *
   * @param acts sorted
   * @param post number of the post
   * @param author key of the account that wrote it
   * @param authorCommunity its community or {@link #UNKNOWN}
   * @param postedAt microseconds since 1970 or {@link #UNKNOWN}
   * @param attention of those who act tonight, at least to the author and to those who shared the
   *     post; of the author, acts on this post included
   */
  public Cascade(
      CascadeActs acts,
      int post,
      long author,
      long authorCommunity,
      long postedAt,
      AttentionPairs attention) {
    this.acts = acts;
    this.from = acts.from(post);
    this.to = acts.to(post);
    this.author = author;
    this.authorCommunity = authorCommunity;
    this.postedAt = postedAt;
    KeyNumbers accounts = new KeyNumbers(to - from + 1);
    int[] first = new int[to - from + 1];
    accounts.add(author);
    for (int act = from; act < to; act++) {
      int count = accounts.size();
      if (accounts.add(acts.actor(act)) == count) {
        first[count] = act;
      }
    }
    nodes = accounts.size();
    firstActs = first;
    new Decisions(acts, from, to, author, accounts, first, attention).decide();
    parentNodes = new int[nodes];
    nodeConfidences = new double[nodes];
    for (int node = 1; node < nodes; node++) {
      int parent = accounts.of(acts.parent(first[node]));
      boolean isThere = parent >= 0 && parent < node;
      parentNodes[node] = isThere ? parent : 0;
      nodeConfidences[node] = isThere ? acts.confidence(first[node]) : 0;
    }
    tree = new CascadeTree(parentNodes);
  }

  /** Author and reactors. */
  public CascadeTree tree() {
    return tree;
  }

  /** Distinct accounts that reacted, the author not among them. */
  public int reactors() {
    return nodes - 1;
  }

  /** Key of a node: 0 is the author, then the reactors in the order of their first acts. */
  public long account(int node) {
    return node == 0 ? author : acts.actor(firstActs[node]);
  }

  /** Acts of a verb by others than the author. */
  public long count(int verb) {
    long count = 0;
    for (int act = from; act < to; act++) {
      count += acts.verb(act) == verb && acts.actor(act) != author ? 1 : 0;
    }
    return count;
  }

  /** Credibility of the reactors. */
  public long units() {
    long sum = 0;
    for (int node = 1; node < nodes; node++) {
      sum += acts.units(firstActs[node]);
    }
    return sum;
  }

  /** Part of the reactors whose place in the tree is recorded; NaN if there are none. */
  public double recordedShare() {
    int recorded = 0;
    for (int node = 1; node < nodes; node++) {
      recorded += acts.isRecorded(firstActs[node]) && nodeConfidences[node] > 0 ? 1 : 0;
    }
    return (double) recorded / (nodes - 1);
  }

  /** Mean confidence of the reactors' places in the tree; NaN if there are none. */
  public double confidence() {
    double sum = 0;
    for (int node = 1; node < nodes; node++) {
      sum += nodeConfidences[node];
    }
    return sum / (nodes - 1);
  }

  /** How many of the reactors did so before they had attended to the author in any other way. */
  public int beyondAudience() {
    return beyondAudience(Long.MAX_VALUE);
  }

  private int beyondAudience(long before) {
    int beyond = 0;
    for (int node = 1; node < nodes; node++) {
      beyond += acts.inAudience(firstActs[node]) || delay(node) >= before ? 0 : 1;
    }
    return beyond;
  }

  /** Distinct communities among the reactors. */
  public int communities() {
    return communities(Long.MAX_VALUE);
  }

  private int communities(long before) {
    KeyNumbers distinct = new KeyNumbers(16);
    for (int node = 1; node < nodes; node++) {
      if (delay(node) < before && community(node) != UNKNOWN) {
        distinct.add(community(node));
      }
    }
    return distinct.size();
  }

  /** Microseconds from the post to a node's first act; 0 if that claims to be earlier. */
  private long delay(int node) {
    return Math.max(0, acts.at(firstActs[node]) - postedAt);
  }

  /** Microseconds until half of the reactors had come; the time of the post must be known. */
  public long toHalf() {
    return delay(nodes / 2);
  }

  /** Microseconds from the post to the last act; its time must be known. */
  public long alive() {
    return Math.max(0, acts.at(to - 1) - postedAt);
  }

  /** Credibility of the reactors that came in each of the first hours. */
  public long[] hourlyUnits() {
    long[] hours = new long[HOURS];
    for (int node = 1; node < nodes && postedAt != UNKNOWN; node++) {
      long hour = delay(node) / MICROS_PER_HOUR;
      if (hour < HOURS) {
        hours[(int) hour] += acts.units(firstActs[node]);
      }
    }
    return hours;
  }

  /** The state within the first hour after the post. */
  public record FirstHour(
      int reactors, int sharers, int beyondAudience, int communities, int depth) {}

  /** The signs of the first hour; the time of the post must be known. */
  public FirstHour firstHour() {
    int reactors = 0;
    int depth = 0;
    for (int node = 1; node < nodes; node++) {
      if (delay(node) < MICROS_PER_HOUR) {
        reactors++;
        depth = Math.max(depth, tree.depth(node));
      }
    }
    KeyNumbers sharers = new KeyNumbers(16);
    for (int act = from; act < to; act++) {
      if (acts.isShare(act)
          && acts.actor(act) != author
          && acts.at(act) - postedAt < MICROS_PER_HOUR) {
        sharers.add(acts.actor(act));
      }
    }
    return new FirstHour(
        reactors,
        sharers.size(),
        beyondAudience(MICROS_PER_HOUR),
        communities(MICROS_PER_HOUR),
        depth);
  }

  /** Those through whom others could see the post: the author and all who shared it. */
  public long[] showers() {
    KeyNumbers distinct = new KeyNumbers(16);
    long[] showers = new long[nodes];
    showers[distinct.add(author)] = author;
    for (int act = from; act < to; act++) {
      if (acts.isShare(act)) {
        showers[distinct.add(acts.actor(act))] = acts.actor(act);
      }
    }
    return Arrays.copyOf(showers, distinct.size());
  }

  /**
   * Accounts that carried the post into another community than the one it came from, with those of
   * that community that newly came through them tonight, at any distance within the community.
   *
   * @param bridges that are told of each such account, once per pair of communities
   */
  public void bridges(Bridges bridges) {
    int[] entries = new int[nodes];
    int[] counts = new int[nodes];
    long[] sums = new long[nodes];
    for (int node = 1; node < nodes; node++) {
      long own = community(node);
      entries[node] = own == community(parentNodes[node]) ? entries[parentNodes[node]] : node;
      int entry = entries[node];
      if (own != UNKNOWN && entry != 0 && entry != node && acts.isNew(firstActs[node])) {
        counts[entry]++;
        sums[entry] += acts.units(firstActs[node]);
      }
    }
    for (int entry = 1; entry < nodes; entry++) {
      long outer = community(parentNodes[entry]);
      if (counts[entry] > 0 && outer != UNKNOWN) {
        bridges.add(account(entry), outer, community(entry), counts[entry], sums[entry]);
      }
    }
  }

  private long community(int node) {
    return node == 0 ? authorCommunity : acts.community(firstActs[node]);
  }

  /** What is done with an account that carried a post on. */
  public interface Bridges {
    /**
     * @param carrier who carried it
     * @param from the community that it came from
     * @param to the carrier's own
     * @param count accounts of its own that came through it
     * @param units their credibility
     */
    void add(long carrier, long from, long to, long count, long units);
  }
}
