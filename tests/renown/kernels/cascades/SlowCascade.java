package renown.kernels.cascades;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The same as {@link Cascade}, one post at a time and with maps and sets: slow, and written without
 * it.
 */
final class SlowCascade {
  private static final int REPOST = Cascade.REPOST;
  private static final int QUOTE = Cascade.QUOTE;
  private static final long ACT = Cascade.ACT;
  private static final long UNKNOWN = Cascade.UNKNOWN;
  private static final int HOURS = Cascade.HOURS;
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final long author;
  private final long authorCommunity;
  private final long postedAt;

  private final Set<Gone> undone = new HashSet<>();
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

  private int[] firstActs;

  private int[] parentNodes;
  private double[] nodeConfidences;

  private record Gone(long record, long at) {}

  record Bridge(long carrier, long from, long to) {}

  record Reached(long count, long units) {}

  SlowCascade(long author, long authorCommunity, long postedAt) {
    this.author = author;
    this.authorCommunity = authorCommunity;
    this.postedAt = postedAt;
  }

  void undo(long record, long at) {
    undone.add(new Gone(record, at));
  }

  void attend(long actor, long other, long acts) {
    if (other == author) {
      attentionToAuthor.merge(actor, acts, Long::sum);
    } else {
      attended.computeIfAbsent(actor, key -> new HashSet<>()).add(other);
    }
  }

  void addDecided(
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

  boolean add(
      long actor,
      int verb,
      long at,
      long record,
      long path,
      boolean direct,
      long credibility,
      long community) {
    if (undone.contains(new Gone(record, at))) {
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

  void build() {
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

  int acts() {
    return acts;
  }

  boolean isNew(int act) {
    return isNew[act];
  }

  long actor(int act) {
    return actors[act];
  }

  int verb(int act) {
    return verbs[act];
  }

  long at(int act) {
    return times[act];
  }

  long record(int act) {
    return records[act];
  }

  long parent(int act) {
    return parents[act];
  }

  boolean isRecorded(int act) {
    return isRecorded[act];
  }

  double confidence(int act) {
    return confidences[act];
  }

  boolean inAudience(int act) {
    return inAudience[act];
  }

  // ---- What follows

  CascadeTree tree() {
    return tree;
  }

  int reactors() {
    return nodes - 1;
  }

  long count(int verb) {
    long count = 0;
    for (int act = 0; act < acts; act++) {
      count += verbs[act] == verb && actors[act] != author ? 1 : 0;
    }
    return count;
  }

  long units() {
    long sum = 0;
    for (int node = 1; node < nodes; node++) {
      sum += units[firstActs[node]];
    }
    return sum;
  }

  double recordedShare() {
    int recorded = 0;
    for (int node = 1; node < nodes; node++) {
      recorded += isRecorded[firstActs[node]] && nodeConfidences[node] > 0 ? 1 : 0;
    }
    return (double) recorded / (nodes - 1);
  }

  double confidence() {
    double sum = 0;
    for (int node = 1; node < nodes; node++) {
      sum += nodeConfidences[node];
    }
    return sum / (nodes - 1);
  }

  int beyondAudience() {
    return beyondAudience(Long.MAX_VALUE);
  }

  private int beyondAudience(long before) {
    int beyond = 0;
    for (int node = 1; node < nodes; node++) {
      beyond += inAudience[firstActs[node]] || delay(node) >= before ? 0 : 1;
    }
    return beyond;
  }

  int communities() {
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

  private long delay(int node) {
    return Math.max(0, times[firstActs[node]] - postedAt);
  }

  long toHalf() {
    return delay(nodes / 2);
  }

  long alive() {
    return Math.max(0, times[acts - 1] - postedAt);
  }

  long[] hourlyUnits() {
    long[] hours = new long[HOURS];
    for (int node = 1; node < nodes && postedAt != UNKNOWN; node++) {
      long hour = delay(node) / MICROS_PER_HOUR;
      if (hour < HOURS) {
        hours[(int) hour] += units[firstActs[node]];
      }
    }
    return hours;
  }

  Cascade.FirstHour firstHour() {
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
    return new Cascade.FirstHour(
        reactors,
        sharers.size(),
        beyondAudience(MICROS_PER_HOUR),
        communities(MICROS_PER_HOUR),
        depth);
  }

  Map<Bridge, Reached> bridges() {
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
