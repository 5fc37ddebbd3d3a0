package renown.kernels.cascades;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import renown.kernels.cascades.SlowCascade.Bridge;
import renown.kernels.cascades.SlowCascade.Reached;

/** One post for tests: what is done to it, then its cascade. */
final class OnePost {
  private final long author;
  private final long authorCommunity;
  private final long postedAt;
  private final CascadeActs acts = new CascadeActs();
  private final Undone undone = new Undone();
  private final List<long[]> attention = new ArrayList<>();
  private Cascade built;

  OnePost(long author, long authorCommunity, long postedAt) {
    this.author = author;
    this.authorCommunity = authorCommunity;
    this.postedAt = postedAt;
  }

  void undo(long record, long at) {
    undone.add(0, record, at);
  }

  void attend(long actor, long other, long count) {
    attention.add(new long[] {actor, other, count});
  }

  void add(
      long actor,
      int verb,
      long at,
      long record,
      long path,
      boolean direct,
      long credibility,
      long community) {
    if (!undone.has(0, record, at)) {
      acts.add(0, actor, verb, at, record, path, direct, credibility, community);
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
    if (!undone.has(0, record, at)) {
      acts.addDecided(
          0,
          actor,
          verb,
          at,
          record,
          parent,
          recorded,
          confidence,
          audience,
          credibility,
          community);
    }
  }

  void build() {
    acts.sort(1);
    built =
        new Cascade(
            acts,
            0,
            author,
            authorCommunity,
            postedAt,
            AttentionPairs.of(column(0), column(1), column(2)));
  }

  private long[] column(int column) {
    return attention.stream().mapToLong(pair -> pair[column]).toArray();
  }

  Cascade built() {
    return built;
  }

  Map<Bridge, Reached> bridges() {
    Map<Bridge, Reached> bridges = new HashMap<>();
    built.bridges(
        (carrier, from, to, count, units) ->
            bridges.put(new Bridge(carrier, from, to), new Reached(count, units)));
    return bridges;
  }

  int acts() {
    return acts.size();
  }

  long actor(int act) {
    return acts.actor(act);
  }

  long parent(int act) {
    return acts.parent(act);
  }

  boolean isRecorded(int act) {
    return acts.isRecorded(act);
  }

  double confidence(int act) {
    return acts.confidence(act);
  }

  boolean inAudience(int act) {
    return acts.inAudience(act);
  }

  boolean isNew(int act) {
    return acts.isNew(act);
  }
}
