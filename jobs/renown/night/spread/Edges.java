package renown.night.spread;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.EdgeIncrements;
import renown.tables.TableColumn;

/**
 * Edges of the attention graph with sums over their verbs: all, where communities are detected
 * anew, or those alone that tonight's cascades need.
 */
final class Edges {
  private static final Set<String> REACTIONS =
      Set.of("repost", "quote", "reply", "mention", "like");
  private static final String FOLLOW = "follow";

  /** With reactions all that is attention; a block is none. */
  private static final Set<String> OTHERS = Set.of(FOLLOW, "list");

  static final TableColumn[] COLUMNS = {
    EdgeIncrements.NETWORK,
    EdgeIncrements.SRC_KEY,
    EdgeIncrements.DST_KEY,
    EdgeIncrements.VERB,
    EdgeIncrements.ACT_COUNT,
    EdgeIncrements.DECAYED_UNITS
  };

  private final Names networkNames = new Names();
  private final BitSet tellsFollows = new BitSet();
  private final PairNumbers pairs = new PairNumbers();
  private int[] networks = new int[1 << 9];
  private long[] reactions = new long[1 << 9];
  private long[] others = new long[1 << 9];
  private long[] follows = new long[1 << 9];

  /** Adds up rows of {@code edge_increments}; never more than one file of them lies in memory. */
  static Edges read(TableReader increments) {
    Edges edges = new Edges();
    increments.each(edges::add, COLUMNS);
    return edges;
  }

  /** Adds up some rows. */
  static Edges of(ColumnRows rows) {
    Edges edges = new Edges();
    edges.add(rows);
    return edges;
  }

  /**
   * The same of those alone that cascades need: what the actors did to those who showed a post, and
   * who follows these. Of all others it is known whether anybody follows anybody in a network.
   *
   * @param actors sources
   * @param showers targets
   */
  static Edges read(TableReader increments, KeyNumbers actors, KeyNumbers showers) {
    Edges edges = new Edges();
    edges.add(
        increments.readWhere(
            (rows, row) -> edges.isNeeded(rows, row, actors, showers),
            List.of(
                EdgeIncrements.NETWORK,
                EdgeIncrements.SRC_KEY,
                EdgeIncrements.DST_KEY,
                EdgeIncrements.VERB),
            COLUMNS));
    return edges;
  }

  private boolean isNeeded(ColumnRows rows, int row, KeyNumbers actors, KeyNumbers showers) {
    boolean isFollow = rows.texts(EdgeIncrements.VERB).get(row).equals(FOLLOW);
    if (isFollow) {
      tellsFollows.set(networkNames.of(rows.texts(EdgeIncrements.NETWORK).get(row)));
    }
    return showers.of(rows.longs(EdgeIncrements.DST_KEY).get(row)) >= 0
        && (isFollow || actors.of(rows.longs(EdgeIncrements.SRC_KEY).get(row)) >= 0);
  }

  private void add(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      String verb = rows.texts(EdgeIncrements.VERB).get(i);
      boolean isReaction = REACTIONS.contains(verb);
      if (!isReaction && !OTHERS.contains(verb)) {
        continue;
      }
      int edge =
          pairs.add(
              rows.longs(EdgeIncrements.SRC_KEY).get(i), rows.longs(EdgeIncrements.DST_KEY).get(i));
      if (edge == networks.length) {
        networks = Arrays.copyOf(networks, 2 * edge);
        reactions = Arrays.copyOf(reactions, 2 * edge);
        others = Arrays.copyOf(others, 2 * edge);
        follows = Arrays.copyOf(follows, 2 * edge);
      }
      networks[edge] = networkNames.of(rows.texts(EdgeIncrements.NETWORK).get(i));
      long units = rows.longs(EdgeIncrements.DECAYED_UNITS).get(i);
      reactions[edge] += isReaction ? units : 0;
      others[edge] += isReaction ? 0 : units;
      if (verb.equals(FOLLOW)) {
        tellsFollows.set(networks[edge]);
        follows[edge] += rows.longs(EdgeIncrements.ACT_COUNT).get(i);
      }
    }
  }

  int size() {
    return pairs.size();
  }

  long source(int edge) {
    return pairs.first(edge);
  }

  long target(int edge) {
    return pairs.second(edge);
  }

  int network(int edge) {
    return networks[edge];
  }

  /** Names of networks by their numbers here. */
  Names networkNames() {
    return networkNames;
  }

  /** Whether anybody is known to follow anybody in a network, or to have done so. */
  boolean tellsFollows(int network) {
    return tellsFollows.get(network);
  }

  /** Decayed reactions and mentions, in units of their network's landmark. */
  long reactions(int edge) {
    return reactions[edge];
  }

  /** The same of all attention, follows and lists included. */
  long attention(int edge) {
    return reactions[edge] + others[edge];
  }

  /** Follows less unfollows. */
  long follows(int edge) {
    return follows[edge];
  }
}
