package renown.kernels.cascades;

import java.util.Arrays;

/**
 * Acts on many posts, in columns: those of tonight and those of earlier nights with what was
 * decided of them. {@link #sort} brings them into the order that {@link Cascade} walks, whatever
 * the order they came in.
 */
public final class CascadeActs {
  private int size;
  private int[] posts = new int[16];
  private long[] actors = new long[16];
  private byte[] verbs = new byte[16];
  private long[] times = new long[16];
  private long[] records = new long[16];
  private long[] paths = new long[16];
  private boolean[] isDirect = new boolean[16];
  private boolean[] isNew = new boolean[16];
  private long[] parents = new long[16];
  private boolean[] isRecorded = new boolean[16];
  private double[] confidences = new double[16];
  private boolean[] inAudience = new boolean[16];
  private long[] units = new long[16];
  private long[] communities = new long[16];

  /** Where each post's acts begin, and where the last one's end; null until sorted. */
  private int[] offsets;

  /** How many acts there are. */
  public int size() {
    return size;
  }

  /**
   * An act of tonight.
   *
   * @param post its number, from 0
   * @param at microseconds since 1970
   * @param record hash of its id
   * @param path hash of the id of the act that it names as the one it came through; 0 if none
   * @param direct whether it would name one, had it come through one
   * @param credibility of the actor, in any units
   * @param community of the actor or {@link Cascade#UNKNOWN}
   */
  public void add(
      int post,
      long actor,
      int verb,
      long at,
      long record,
      long path,
      boolean direct,
      long credibility,
      long community) {
    append(post, actor, verb, at, record, credibility, community);
    paths[size - 1] = path;
    isDirect[size - 1] = direct;
    isNew[size - 1] = true;
  }

  /** An act of an earlier night with what was decided then; the rest as in {@link #add}. */
  public void addDecided(
      int post,
      long actor,
      int verb,
      long at,
      long record,
      long parent,
      boolean recorded,
      double confidence,
      boolean audience,
      long credibility,
      long community) {
    append(post, actor, verb, at, record, credibility, community);
    parents[size - 1] = parent;
    isRecorded[size - 1] = recorded;
    confidences[size - 1] = confidence;
    inAudience[size - 1] = audience;
  }

  private void append(
      int post, long actor, int verb, long at, long record, long credibility, long community) {
    if (size == posts.length) {
      grow();
    }
    posts[size] = post;
    actors[size] = actor;
    verbs[size] = (byte) verb;
    times[size] = at;
    records[size] = record;
    units[size] = credibility;
    communities[size] = community;
    size++;
    offsets = null;
  }

  private void grow() {
    int larger = Math.max(16, size + (size >> 1));
    posts = Arrays.copyOf(posts, larger);
    actors = Arrays.copyOf(actors, larger);
    verbs = Arrays.copyOf(verbs, larger);
    times = Arrays.copyOf(times, larger);
    records = Arrays.copyOf(records, larger);
    paths = Arrays.copyOf(paths, larger);
    isDirect = Arrays.copyOf(isDirect, larger);
    isNew = Arrays.copyOf(isNew, larger);
    parents = Arrays.copyOf(parents, larger);
    isRecorded = Arrays.copyOf(isRecorded, larger);
    confidences = Arrays.copyOf(confidences, larger);
    inAudience = Arrays.copyOf(inAudience, larger);
    units = Arrays.copyOf(units, larger);
    communities = Arrays.copyOf(communities, larger);
  }

  /**
   * Brings the acts into order: by post, time, actor, verb and record.
   *
   * @param postCount above every act's number of its post
   */
  public void sort(int postCount) {
    offsets = new int[postCount + 1];
    for (int act = 0; act < size; act++) {
      offsets[posts[act] + 1]++;
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    int[] next = offsets.clone();
    int[] order = new int[size];
    for (int act = 0; act < size; act++) {
      order[next[posts[act]]++] = act;
    }
    for (int post = 0; post < postCount; post++) {
      Order.sort(order, offsets[post], offsets[post + 1], this::compare);
    }
    posts = permuted(posts, order);
    actors = permuted(actors, order);
    byte[] sortedVerbs = new byte[size];
    double[] sortedConfidences = new double[size];
    for (int i = 0; i < size; i++) {
      sortedVerbs[i] = verbs[order[i]];
      sortedConfidences[i] = confidences[order[i]];
    }
    verbs = sortedVerbs;
    confidences = sortedConfidences;
    times = permuted(times, order);
    records = permuted(records, order);
    paths = permuted(paths, order);
    isDirect = permuted(isDirect, order);
    isNew = permuted(isNew, order);
    parents = permuted(parents, order);
    isRecorded = permuted(isRecorded, order);
    inAudience = permuted(inAudience, order);
    units = permuted(units, order);
    communities = permuted(communities, order);
  }

  private int compare(int a, int b) {
    if (times[a] != times[b]) {
      return Long.compare(times[a], times[b]);
    }
    if (actors[a] != actors[b]) {
      return Long.compare(actors[a], actors[b]);
    }
    return verbs[a] != verbs[b] ? verbs[a] - verbs[b] : Long.compare(records[a], records[b]);
  }

  private static int[] permuted(int[] values, int[] order) {
    int[] permuted = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      permuted[i] = values[order[i]];
    }
    return permuted;
  }

  private static long[] permuted(long[] values, int[] order) {
    long[] permuted = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      permuted[i] = values[order[i]];
    }
    return permuted;
  }

  private static boolean[] permuted(boolean[] values, int[] order) {
    boolean[] permuted = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      permuted[i] = values[order[i]];
    }
    return permuted;
  }

  // ---- Sorted

  /** The first act on a post. */
  public int from(int post) {
    return offsets[post];
  }

  /** The first act that is no longer on it. */
  public int to(int post) {
    return offsets[post + 1];
  }

  public long actor(int act) {
    return actors[act];
  }

  public int verb(int act) {
    return verbs[act];
  }

  /** Microseconds since 1970. */
  public long at(int act) {
    return times[act];
  }

  public long record(int act) {
    return records[act];
  }

  long path(int act) {
    return paths[act];
  }

  boolean isDirect(int act) {
    return isDirect[act];
  }

  public boolean isNew(int act) {
    return isNew[act];
  }

  /** Whether it is a repost or a quote. */
  public boolean isShare(int act) {
    return verbs[act] <= Cascade.QUOTE;
  }

  long units(int act) {
    return units[act];
  }

  long community(int act) {
    return communities[act];
  }

  // ---- Decided

  void decide(int act, long parent, boolean recorded, double confidence) {
    parents[act] = parent;
    isRecorded[act] = recorded;
    confidences[act] = confidence;
  }

  void decideAudience(int act, boolean isPart) {
    inAudience[act] = isPart;
  }

  /** The account that it came through. */
  public long parent(int act) {
    return parents[act];
  }

  public boolean isRecorded(int act) {
    return isRecorded[act];
  }

  /** 0..1 */
  public double confidence(int act) {
    return confidences[act];
  }

  /** Whether the actor had attended to the author in any other way. */
  public boolean inAudience(int act) {
    return inAudience[act];
  }
}
