package renown.kernels.cascades;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One post and all acts on it: through whom each account reached it, and the properties that
 * follow.
 *
 * <p>An account is in the tree once, at its first act. The parent of an act is decided once, on the
 * night on which the act is loaded:
 *
 * <ul>
 *   <li>recorded: the act names the repost it came through, or the reply that it answers, and that
 *       one is known and earlier; or it names none and is of a kind that would ({@link #add}'s
 *       {@code isDirect}): then it came from the author;
 *   <li>inferred: of the earlier sharers that the account attends to, the latest one; if there are
 *       none, the author. The confidence is one over the number of accounts that it may have come
 *       from: the author and the sharers that the account attends to, or all sharers so far if it
 *       attends to none.
 * </ul>
 *
 * <p>If a parent is undone later, its children become children of the author, with confidence 0.
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

  private final long author;
  private final long authorCommunity;
  private final long postedAt;

  private final Set<Undone> undone = new HashSet<>();
  private final Map<Long, Set<Long>> attended = new HashMap<>();
  private final Map<Long, Long> attentionToAuthor = new HashMap<>();

  private int acts;
  private long[] actors = new long[16];
  private int[] verbs = new int[16];
  private long[] times = new long[16];
  private long[] records = new long[16];
  private long[] paths = new long[16];
  private long[] parents = new long[16];
  private boolean[] isRecorded = new boolean[16];
  private double[] confidences = new double[16];
  private boolean[] inAudience = new boolean[16];
  private boolean[] isDirect = new boolean[16];
  private boolean[] isNew = new boolean[16];
  private long[] units = new long[16];
  private long[] communities = new long[16];

  private CascadeTree tree;
  private int nodes;

  /** First act of each node but the author's, which is node 0. */
  private int[] firstActs;

  private int[] parentNodes;
  private double[] nodeConfidences;

  private record Undone(long actor, int verb, long at) {}

  /** An account that carried a post from one community to another, where others took it from it. */
  public record Bridge(long carrier, long from, long to) {}

  /**
   * What a bridge brought.
   *
   * @param count accounts of the other community that came through it
   * @param units their credibility
   */
  public record Reached(long count, long units) {}

  /**
   * @param author key of the account that wrote it
   * @param authorCommunity its community or {@link #UNKNOWN}
   * @param postedAt microseconds since 1970 or {@link #UNKNOWN}
   */
  public Cascade(long author, long authorCommunity, long postedAt) {
    this.author = author;
    this.authorCommunity = authorCommunity;
    this.postedAt = postedAt;
  }

  /** An act that does not count (any more); before the acts. */
  public void undo(long actor, int verb, long at) {
    undone.add(new Undone(actor, verb, at));
  }

  /**
   * An account that has done something tonight attends to another one; before the acts.
   *
   * @param acts by which it does so, each at most {@link #ACT}; where the other one is the author,
   *     those on this post included that the account has done tonight
   */
  public void attend(long actor, long other, long acts) {
    if (other == author) {
      attentionToAuthor.merge(actor, acts, Long::sum);
    } else {
      attended.computeIfAbsent(actor, key -> new HashSet<>()).add(other);
    }
  }

  /** An act of an earlier night with its earlier decision; in order of time, then of actors. */
  public void addDecided(
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
    if (add(actor, verb, at, record, 0, false, credibility, community)) {
      isNew[acts - 1] = false;
      parents[acts - 1] = parent;
      isRecorded[acts - 1] = recorded;
      confidences[acts - 1] = confidence;
      inAudience[acts - 1] = audience;
    }
  }

  /**
   * An act of tonight; in order of time, then of actors.
   *
   * @param record hash of its id
   * @param path hash of the id of the act that it names as the one it came through; 0 if none
   * @param direct whether it would name one, had it come through one
   * @param credibility of the actor, in any units
   * @param community of the actor or {@link #UNKNOWN}
   * @return false if it was undone
   */
  public boolean add(
      long actor,
      int verb,
      long at,
      long record,
      long path,
      boolean direct,
      long credibility,
      long community) {
    if (undone.contains(new Undone(actor, verb, at))) {
      return false;
    }
    if (acts == actors.length) {
      grow();
    }
    actors[acts] = actor;
    verbs[acts] = verb;
    times[acts] = at;
    records[acts] = record;
    paths[acts] = path;
    isDirect[acts] = direct;
    units[acts] = credibility;
    communities[acts] = community;
    isNew[acts] = true;
    acts++;
    return true;
  }

  private void grow() {
    int size = 2 * acts;
    actors = Arrays.copyOf(actors, size);
    verbs = Arrays.copyOf(verbs, size);
    times = Arrays.copyOf(times, size);
    records = Arrays.copyOf(records, size);
    paths = Arrays.copyOf(paths, size);
    parents = Arrays.copyOf(parents, size);
    isRecorded = Arrays.copyOf(isRecorded, size);
    confidences = Arrays.copyOf(confidences, size);
    inAudience = Arrays.copyOf(inAudience, size);
    isDirect = Arrays.copyOf(isDirect, size);
    isNew = Arrays.copyOf(isNew, size);
    units = Arrays.copyOf(units, size);
    communities = Arrays.copyOf(communities, size);
  }

  /** Decides the new acts and builds the tree; call once, after the last act. */
  public void build() {
    decide();
    firstActs = new int[acts + 1];
    parentNodes = new int[acts + 1];
    nodeConfidences = new double[acts + 1];
    Map<Long, Integer> nodeOf = new HashMap<>();
    nodeOf.put(author, 0);
    nodes = 1;
    for (int act = 0; act < acts; act++) {
      if (nodeOf.containsKey(actors[act])) {
        continue;
      }
      Integer parent = nodeOf.get(parents[act]);
      firstActs[nodes] = act;
      parentNodes[nodes] = parent == null ? 0 : parent;
      nodeConfidences[nodes] = parent == null ? 0 : confidences[act];
      nodeOf.put(actors[act], nodes++);
    }
    tree = new CascadeTree(Arrays.copyOf(parentNodes, nodes));
  }

  private void decide() {
    Map<Long, Integer> actOf = new HashMap<>();
    Map<Long, Long> lastShare = new HashMap<>();
    Map<Long, Long> ownActs = new HashMap<>();
    for (int act = 0; act < acts; act++) {
      if (isNew[act]) {
        ownActs.merge(actors[act], ACT, Long::sum);
      }
    }
    for (int act = 0; act < acts; act++) {
      if (isNew[act]) {
        decide(act, actOf.get(paths[act]), lastShare);
        inAudience[act] =
            attentionToAuthor.getOrDefault(actors[act], 0L) > ownActs.get(actors[act]);
      }
      actOf.putIfAbsent(records[act], act);
      if (verbs[act] == REPOST || verbs[act] == QUOTE) {
        lastShare.put(actors[act], times[act]);
      }
    }
  }

  private void decide(int act, Integer path, Map<Long, Long> lastShare) {
    boolean named = paths[act] != 0 && path != null;
    boolean through = named && actors[path] != actors[act] && times[path] < times[act];
    if (actors[act] == author || isDirect[act] || named && actors[path] == author) {
      put(act, author, true, 1);
    } else if (through) {
      put(act, actors[path], true, 1);
    } else {
      infer(act, lastShare);
    }
  }

  private void infer(int act, Map<Long, Long> lastShare) {
    long parent = author;
    long latest = Long.MIN_VALUE;
    int candidates = 0;
    for (long other : attended.getOrDefault(actors[act], Set.of())) {
      long share = lastShare.getOrDefault(other, Long.MAX_VALUE);
      if (other == actors[act] || share >= times[act]) {
        continue;
      }
      candidates++;
      if (share > latest || share == latest && other < parent) {
        parent = other;
        latest = share;
      }
    }
    int sharers = 0;
    if (candidates == 0) {
      sharers = lastShare.size();
      sharers -= lastShare.containsKey(author) ? 1 : 0;
      sharers -= lastShare.containsKey(actors[act]) ? 1 : 0;
    }
    put(act, parent, false, 1.0 / (1 + candidates + sharers));
  }

  private void put(int act, long parent, boolean recorded, double confidence) {
    parents[act] = parent;
    isRecorded[act] = recorded;
    confidences[act] = confidence;
  }

  // ---- What was decided

  public int acts() {
    return acts;
  }

  public boolean isNew(int act) {
    return isNew[act];
  }

  public long actor(int act) {
    return actors[act];
  }

  public int verb(int act) {
    return verbs[act];
  }

  public long at(int act) {
    return times[act];
  }

  public long record(int act) {
    return records[act];
  }

  public long parent(int act) {
    return parents[act];
  }

  public boolean isRecorded(int act) {
    return isRecorded[act];
  }

  public double confidence(int act) {
    return confidences[act];
  }

  public boolean inAudience(int act) {
    return inAudience[act];
  }

  // ---- What follows

  /** Author and reactors. */
  public CascadeTree tree() {
    return tree;
  }

  /** Distinct accounts that reacted, the author not among them. */
  public int reactors() {
    return nodes - 1;
  }

  /** Acts of a verb by others than the author. */
  public long count(int verb) {
    long count = 0;
    for (int act = 0; act < acts; act++) {
      count += verbs[act] == verb && actors[act] != author ? 1 : 0;
    }
    return count;
  }

  /** Their credibility. */
  public long units() {
    long sum = 0;
    for (int node = 1; node < nodes; node++) {
      sum += units[firstActs[node]];
    }
    return sum;
  }

  /** Part of the reactors whose place in the tree is recorded; NaN if there are none. */
  public double recordedShare() {
    int recorded = 0;
    for (int node = 1; node < nodes; node++) {
      recorded += isRecorded[firstActs[node]] && nodeConfidences[node] > 0 ? 1 : 0;
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
      beyond += inAudience[firstActs[node]] || delay(node) >= before ? 0 : 1;
    }
    return beyond;
  }

  /** Distinct communities among the reactors. */
  public int communities() {
    return communities(Long.MAX_VALUE);
  }

  private int communities(long before) {
    Set<Long> distinct = new HashSet<>();
    for (int node = 1; node < nodes; node++) {
      if (delay(node) < before && communities[firstActs[node]] != UNKNOWN) {
        distinct.add(communities[firstActs[node]]);
      }
    }
    return distinct.size();
  }

  /** Microseconds from the post to a node's first act; 0 if that claims to be earlier. */
  private long delay(int node) {
    return Math.max(0, times[firstActs[node]] - postedAt);
  }

  /** Microseconds until half of the reactors had come; the time of the post must be known. */
  public long toHalf() {
    return delay(nodes / 2);
  }

  /** Microseconds from the post to the last act; its time must be known. */
  public long alive() {
    return Math.max(0, times[acts - 1] - postedAt);
  }

  /** Credibility of the reactors that came in each of the first hours. */
  public long[] hourlyUnits() {
    long[] hours = new long[HOURS];
    for (int node = 1; node < nodes && postedAt != UNKNOWN; node++) {
      long hour = delay(node) / MICROS_PER_HOUR;
      if (hour < HOURS) {
        hours[(int) hour] += units[firstActs[node]];
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
    Set<Long> sharers = new HashSet<>();
    for (int act = 0; act < acts; act++) {
      boolean shares = verbs[act] == REPOST || verbs[act] == QUOTE;
      if (shares && actors[act] != author && times[act] - postedAt < MICROS_PER_HOUR) {
        sharers.add(actors[act]);
      }
    }
    return new FirstHour(
        reactors,
        sharers.size(),
        beyondAudience(MICROS_PER_HOUR),
        communities(MICROS_PER_HOUR),
        depth);
  }

  /**
   * Accounts that carried the post into another community than the one it came from, with the
   * number of accounts of that community that newly came through them tonight, at any distance
   * within the community.
   */
  public Map<Bridge, Reached> bridges() {
    Map<Bridge, Reached> bridges = new LinkedHashMap<>();
    int[] entries = new int[nodes];
    for (int node = 1; node < nodes; node++) {
      long own = community(node);
      entries[node] = own == community(parentNodes[node]) ? entries[parentNodes[node]] : node;
      int entry = entries[node];
      if (own == UNKNOWN || entry == 0 || entry == node || !isNew[firstActs[node]]) {
        continue;
      }
      long from = community(parentNodes[entry]);
      if (from != UNKNOWN) {
        bridges.merge(
            new Bridge(actors[firstActs[entry]], from, own),
            new Reached(1, units[firstActs[node]]),
            (a, b) -> new Reached(a.count() + b.count(), a.units() + b.units()));
      }
    }
    return bridges;
  }

  private long community(int node) {
    return node == 0 ? authorCommunity : communities[firstActs[node]];
  }
}
