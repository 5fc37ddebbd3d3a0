package renown.night.spread;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import renown.kernels.cascades.AttentionPairs;
import renown.kernels.cascades.Cascade;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;

/**
 * Of the attention graph what cascades need: whom those who act tonight attend to, and who follows
 * those who showed a post.
 */
final class Audiences {
  /** More than any account's acts on a post. */
  private static final long FOLLOWS = 1L << 40;

  private static final Set<String> REACTIONS =
      Set.of("repost", "quote", "reply", "mention", "like");
  private static final String FOLLOW = "follow";

  private final AttentionPairs attention;
  private final BitSet tellsFollows = new BitSet();

  /** Those who are followed, by number; their followers among {@link People}, and all. */
  private final KeyNumbers followed = new KeyNumbers(1 << 10);

  private final int[] offsets;
  private final int[] followers;
  private final int[] counts;

  /**
   * @param acts of the posts of tonight
   */
  Audiences(SpreadInput input, Names networks, People people, NightActs acts) {
    KeyNumbers showers = acts.showers();
    Edges edges = new Edges();
    input
        .edges()
        .each(
            rows -> add(rows, networks, showers, edges),
            EdgeIncrements.NETWORK,
            EdgeIncrements.SRC_KEY,
            EdgeIncrements.DST_KEY,
            EdgeIncrements.VERB,
            EdgeIncrements.ACT_COUNT,
            EdgeIncrements.DECAYED_UNITS);
    attention = attention(edges, new Decay(input.night(), input.landmarks(), networks), acts);
    int[] targets = new int[edges.size()];
    int size = 0;
    for (int edge = 0; edge < edges.size(); edge++) {
      targets[edge] = edges.follows(edge) > 0 ? followed.add(edges.target(edge)) : -1;
      size += edges.follows(edge) > 0 ? 1 : 0;
    }
    counts = new int[followed.size()];
    offsets = new int[followed.size() + 1];
    for (int edge = 0; edge < targets.length; edge++) {
      if (targets[edge] >= 0) {
        counts[targets[edge]]++;
        offsets[targets[edge] + 1] += people.of(edges.source(edge)) >= 0 ? 1 : 0;
      }
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    followers = new int[size];
    int[] next = offsets.clone();
    for (int edge = 0; edge < targets.length; edge++) {
      int person = targets[edge] < 0 ? -1 : people.of(edges.source(edge));
      if (person >= 0) {
        followers[next[targets[edge]]++] = person;
      }
    }
  }

  /** Adds the edges to those through whom a post could be seen. */
  private void add(ColumnRows rows, Names networks, KeyNumbers showers, Edges edges) {
    for (int i = 0; i < rows.size(); i++) {
      String verb = rows.texts(EdgeIncrements.VERB).get(i);
      boolean isFollow = verb.equals(FOLLOW);
      int network = networks.of(rows.texts(EdgeIncrements.NETWORK).get(i));
      if (isFollow) {
        tellsFollows.set(network);
      }
      long target = rows.longs(EdgeIncrements.DST_KEY).get(i);
      if (showers.of(target) >= 0 && (isFollow || REACTIONS.contains(verb))) {
        edges.add(
            network,
            rows.longs(EdgeIncrements.SRC_KEY).get(i),
            target,
            isFollow ? 0 : rows.longs(EdgeIncrements.DECAYED_UNITS).get(i),
            isFollow ? rows.longs(EdgeIncrements.ACT_COUNT).get(i) : 0);
      }
    }
  }

  private static AttentionPairs attention(Edges edges, Decay decay, NightActs acts) {
    long[] src = new long[edges.size()];
    long[] dst = new long[edges.size()];
    long[] attended = new long[edges.size()];
    int size = 0;
    for (int edge = 0; edge < edges.size(); edge++) {
      if (acts.isActor(edges.source(edge))) {
        src[size] = edges.source(edge);
        dst[size] = edges.target(edge);
        attended[size] =
            (long) Math.rint(decay.acts(edges, edge) * Cascade.ACT)
                + (edges.follows(edge) > 0 ? FOLLOWS : 0);
        size += attended[size] > 0 ? 1 : 0;
      }
    }
    return AttentionPairs.of(
        Arrays.copyOf(src, size), Arrays.copyOf(dst, size), Arrays.copyOf(attended, size));
  }

  AttentionPairs attention() {
    return attention;
  }

  /** Whether anybody is known to follow anybody in a network. */
  boolean tellsFollows(int network) {
    return tellsFollows.get(network);
  }

  /** The number of an account that is followed, or -1. */
  int followed(long account) {
    return followed.of(account);
  }

  /** How many accounts follow one, whether they count or not. */
  int count(int account) {
    return account < 0 ? 0 : counts[account];
  }

  int from(int account) {
    return account < 0 ? 0 : offsets[account];
  }

  int to(int account) {
    return account < 0 ? 0 : offsets[account + 1];
  }

  /** A follower's number in {@link People}. */
  int follower(int place) {
    return followers[place];
  }
}
