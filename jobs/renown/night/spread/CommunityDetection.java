package renown.night.spread;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.communities.LabelPropagation;
import renown.kernels.communities.LabelPropagation.Labels;
import renown.lake.ColumnRows;
import renown.night.spread.SpreadInput.Reader;
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;

/** Detects communities of the attention graph, network by network. */
final class CommunityDetection {
  /** Edge weights are integer multiples of this. */
  private static final double UNITS = 1 << 10;

  /** A block is no attention. */
  private static final Set<String> ATTENTION =
      Set.of("repost", "quote", "reply", "mention", "like", "follow", "list");

  /** Ties from which on it pays to look at a network's accounts in several parts at once. */
  private static final int TIES_PER_SHARD = 200_000;

  private CommunityDetection() {}

  /**
   * The communities: {@link LabelPropagation} over the attention graph without directions. The
   * weight of a tie is {@code ln(1 + decayed acts)} of both directions added up, in units of 2^-10.
   *
   * @param edges rows of {@code edge_increments}; blocks do not count
   * @param landmarks rows of {@code landmarks}
   * @param exclusions rows of {@code exclusions}: neither end of a tie is one of them
   * @param before rows of {@code communities} of an earlier night, to begin with
   * @return rows of {@code communities}
   */
  static ColumnRows communities(
      LocalDate night, Reader edges, Reader landmarks, Reader exclusions, Reader before) {
    Names networks = new Names();
    Edges summed = sums(edges, exclusions, networks);
    Decay decay = new Decay(night, landmarks, networks);
    ColumnRows earlier =
        before.read(Communities.NETWORK, Communities.ACCOUNT_KEY, Communities.COMMUNITY_KEY);
    ColumnRows found = new ColumnRows(Communities.TABLE);
    long[] first = new long[summed.size()];
    long[] second = new long[summed.size()];
    long[] weights = new long[summed.size()];
    for (int network = 0; network < networks.size(); network++) {
      int ties = 0;
      for (int edge = 0; edge < summed.size(); edge++) {
        if (summed.network(edge) == network) {
          first[ties] = summed.source(edge);
          second[ties] = summed.target(edge);
          weights[ties] = (long) Math.rint(StrictMath.log1p(decay.acts(summed, edge)) * UNITS);
          ties += weights[ties] > 0 ? 1 : 0;
        }
      }
      Labels labels =
          LabelPropagation.communities(
              Arrays.copyOf(first, ties),
              Arrays.copyOf(second, ties),
              Arrays.copyOf(weights, ties),
              labels(earlier, networks.name(network)),
              Math.min(1 + ties / TIES_PER_SHARD, Runtime.getRuntime().availableProcessors()));
      for (int i = 0; i < labels.keys().length; i++) {
        found.texts(Communities.NETWORK).add(networks.name(network));
        found.longs(Communities.ACCOUNT_KEY).add(labels.keys()[i]);
        found.longs(Communities.COMMUNITY_KEY).add(labels.labels()[i]);
        found.longs(Communities.NIGHT).add(night.toEpochDay());
      }
    }
    return found;
  }

  private static Edges sums(Reader increments, Reader exclusions, Names networks) {
    ColumnRows excluded = exclusions.read(Exclusions.ACCOUNT_KEY);
    KeyNumbers out = new KeyNumbers(excluded.size());
    for (int i = 0; i < excluded.size(); i++) {
      out.add(excluded.longs(Exclusions.ACCOUNT_KEY).get(i));
    }
    Edges edges = new Edges();
    increments.each(
        rows -> add(rows, out, networks, edges),
        EdgeIncrements.NETWORK,
        EdgeIncrements.SRC_KEY,
        EdgeIncrements.DST_KEY,
        EdgeIncrements.VERB,
        EdgeIncrements.DECAYED_UNITS);
    return edges;
  }

  private static void add(ColumnRows rows, KeyNumbers out, Names networks, Edges edges) {
    for (int i = 0; i < rows.size(); i++) {
      long source = rows.longs(EdgeIncrements.SRC_KEY).get(i);
      long target = rows.longs(EdgeIncrements.DST_KEY).get(i);
      if (ATTENTION.contains(rows.texts(EdgeIncrements.VERB).get(i))
          && out.of(source) < 0
          && out.of(target) < 0) {
        edges.add(
            networks.of(rows.texts(EdgeIncrements.NETWORK).get(i)),
            source,
            target,
            rows.longs(EdgeIncrements.DECAYED_UNITS).get(i),
            0);
      }
    }
  }

  /** Labels of a network, by account. */
  private static Labels labels(ColumnRows rows, String network) {
    long[][] pairs = new long[rows.size()][];
    int size = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.texts(Communities.NETWORK).get(i).equals(network)) {
        pairs[size++] =
            new long[] {
              rows.longs(Communities.ACCOUNT_KEY).get(i),
              rows.longs(Communities.COMMUNITY_KEY).get(i)
            };
      }
    }
    pairs = Arrays.copyOf(pairs, size);
    Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
    return new Labels(
        Arrays.stream(pairs).mapToLong(pair -> pair[0]).toArray(),
        Arrays.stream(pairs).mapToLong(pair -> pair[1]).toArray());
  }
}
