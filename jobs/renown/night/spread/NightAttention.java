package renown.night.spread;

import java.util.Arrays;
import java.util.BitSet;
import renown.kernels.cascades.AttentionPairs;
import renown.kernels.cascades.Cascade;
import renown.kernels.cascades.KeyNumbers;

/**
 * Of the attention graph what cascades need: whom those who act tonight attend to, and who follows
 * those who showed a post.
 */
final class NightAttention {
  /** More than any account's acts on a post. */
  private static final long FOLLOWS = 1L << 40;

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
  NightAttention(SpreadInput input, Names networks, People people, NightActs acts) {
    KeyNumbers showers = acts.showers();
    Edges edges = input.edges().of(acts.actors(), showers);
    boolean[] isShown = new boolean[edges.size()];
    for (int edge = 0; edge < edges.size(); edge++) {
      isShown[edge] = showers.of(edges.target(edge)) >= 0;
    }
    for (int network = 0; network < edges.networkNames().size(); network++) {
      if (edges.tellsFollows(network)) {
        tellsFollows.set(networks.of(edges.networkNames().name(network)));
      }
    }
    attention = attention(edges, isShown, new Decay(input.night(), input.landmarks(), edges), acts);
    int[] targets = new int[edges.size()];
    int size = 0;
    for (int edge = 0; edge < edges.size(); edge++) {
      boolean isFollow = isShown[edge] && edges.follows(edge) > 0;
      targets[edge] = isFollow ? followed.add(edges.target(edge)) : -1;
      size += isFollow ? 1 : 0;
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

  private static AttentionPairs attention(
      Edges edges, boolean[] isShown, Decay decay, NightActs acts) {
    long[] src = new long[edges.size()];
    long[] dst = new long[edges.size()];
    long[] attended = new long[edges.size()];
    int size = 0;
    for (int edge = 0; edge < edges.size(); edge++) {
      if (isShown[edge] && acts.actors().of(edges.source(edge)) >= 0) {
        src[size] = edges.source(edge);
        dst[size] = edges.target(edge);
        attended[size] =
            (long) Math.rint(decay.acts(edges.reactions(edge), edges.network(edge)) * Cascade.ACT)
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
