package renown.night.spread;

import java.time.LocalDate;
import java.util.Arrays;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.communities.LabelPropagation;
import renown.kernels.communities.LabelPropagation.Labels;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.Communities;
import renown.tables.Exclusions;

/** Detects communities of the attention graph, network by network. */
final class CommunityDetection {
  /** Edge weights are integer multiples of this. */
  private static final double UNITS = 1 << 10;

  /** Ties from which on it pays to look at a network's accounts in several parts at once. */
  private static final int TIES_PER_SHARD = 200_000;

  private CommunityDetection() {}

  /**
   * The communities: {@link LabelPropagation} over the attention graph without directions. The
   * weight of a tie is {@code ln(1 + decayed acts)} of both directions added up, in units of 2^-10.
   *
   * @param edges of the attention graph
   * @param landmarks rows of {@code landmarks}
   * @param exclusions rows of {@code exclusions}: neither end of a tie is one of them
   * @param before rows of {@code communities} of an earlier night, to begin with
   * @return rows of {@code communities}
   */
  static ColumnRows communities(
      LocalDate night,
      Edges edges,
      TableReader landmarks,
      TableReader exclusions,
      TableReader before) {
    Decay decay = new Decay(night, landmarks, edges);
    Names networks = edges.networkNames();
    ColumnRows excluded = exclusions.read(Exclusions.ACCOUNT_KEY);
    KeyNumbers out = new KeyNumbers(excluded.size());
    for (int i = 0; i < excluded.size(); i++) {
      out.add(excluded.longs(Exclusions.ACCOUNT_KEY).get(i));
    }
    ColumnRows earlier =
        before.read(Communities.NETWORK, Communities.ACCOUNT_KEY, Communities.COMMUNITY_KEY);
    ColumnRows found = new ColumnRows(Communities.TABLE);
    long[] first = new long[edges.size()];
    long[] second = new long[edges.size()];
    long[] weights = new long[edges.size()];
    for (int network = 0; network < networks.size(); network++) {
      int ties = 0;
      for (int edge = 0; edge < edges.size(); edge++) {
        if (edges.network(edge) == network
            && out.of(edges.source(edge)) < 0
            && out.of(edges.target(edge)) < 0) {
          first[ties] = edges.source(edge);
          second[ties] = edges.target(edge);
          double acts = decay.acts(edges.attention(edge), network);
          weights[ties] = (long) Math.rint(StrictMath.log1p(acts) * UNITS);
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
