package renown.night.spread;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.communities.LabelPropagation;
import renown.kernels.communities.LabelPropagation.Labels;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.Communities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Landmarks;

/**
 * Detects communities of the attention graph, network by network. That looks at all edges, which a
 * night does not change much: so a network is looked at anew once it has grown by a sixteenth, and
 * after a week at the latest ({@link CommunityAges}). On the nights between, whoever has no
 * community yet joins the one that it is tied to most, and whoever is excluded leaves.
 */
final class CommunityDetection {
  /** Edge weights are integer multiples of this. */
  private static final double UNITS = 1 << 10;

  /** Ties from which on it pays to look at a network's accounts in several parts at once. */
  private static final int TIES_PER_SHARD = 200_000;

  private final LocalDate night;
  private final TableReader landmarks;
  private final KeyNumbers excluded;
  private final ColumnRows earlier;
  private final ColumnRows found = new ColumnRows(Communities.TABLE);

  /** Rows that were there before; -1 once they are not what they were. */
  private int unchanged;

  private CommunityDetection(
      LocalDate night, TableReader landmarks, TableReader exclusions, TableReader before) {
    this.night = night;
    this.landmarks = landmarks;
    ColumnRows out = exclusions.read(Exclusions.ACCOUNT_KEY);
    excluded = new KeyNumbers(out.size());
    for (long account : out.longs(Exclusions.ACCOUNT_KEY).toArray()) {
      excluded.add(account);
    }
    earlier = before.read(Communities.TABLE.columns().toArray(SpreadInput.COLUMNS));
  }

  /**
   * The communities of a night.
   *
   * @param rows of {@code communities}, all that there are
   * @param added those of them that were not there before; null where others have changed, too
   */
  record Found(ColumnRows rows, ColumnRows added) {}

  /**
   * The communities: {@link LabelPropagation} over the attention graph without directions. The
   * weight of a tie is {@code ln(1 + decayed acts)} of both directions added up, in units of 2^-10.
   *
   * @param all edges of the attention graph; not asked for where no network is due
   * @param tonight rows of {@code edge_increments}, at least the night's
   * @param landmarks rows of {@code landmarks}
   * @param exclusions rows of {@code exclusions}: neither end of a tie is one of them
   * @param before rows of {@code communities} of an earlier night, to begin with
   * @param runs rows of {@code rank_runs}
   */
  static Found communities(
      LocalDate night,
      Supplier<Edges> all,
      TableReader tonight,
      TableReader landmarks,
      TableReader exclusions,
      TableReader before,
      TableReader runs) {
    CommunityDetection detection = new CommunityDetection(night, landmarks, exclusions, before);
    CommunityAges ages = new CommunityAges(night, detection.earlier, runs);
    TreeSet<String> due = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (String network : landmarks.read(Landmarks.NETWORK).texts(Landmarks.NETWORK).toArray()) {
      (ages.isDue(network) ? due : others).add(network);
    }
    for (String network : others) {
      detection.keep(network);
    }
    int kept = detection.unchanged;
    if (!others.isEmpty()) {
      detection.join(tonight, others);
    }
    if (!due.isEmpty()) {
      detection.detect(all.get(), due);
    }
    return detection.found(due.isEmpty() && kept == detection.earlier.size() ? kept : -1);
  }

  private Found found(int before) {
    if (before < 0) {
      return new Found(found, null);
    }
    ColumnRows added = new ColumnRows(Communities.TABLE);
    for (int row = before; row < found.size(); row++) {
      added.addRow(found, row);
    }
    return new Found(found, added);
  }

  private void add(String network, long account, long community, long day) {
    found.texts(Communities.NETWORK).add(network);
    found.longs(Communities.ACCOUNT_KEY).add(account);
    found.longs(Communities.COMMUNITY_KEY).add(community);
    found.longs(Communities.NIGHT).add(day);
  }

  /** Communities of a network as they are, without those who are excluded. */
  private void keep(String network) {
    Labels labels = labels(network).renamed();
    for (int i = 0; i < earlier.size(); i++) {
      long account = earlier.longs(Communities.ACCOUNT_KEY).get(i);
      if (earlier.texts(Communities.NETWORK).get(i).equals(network) && excluded.of(account) < 0) {
        add(network, account, labels.of(account), earlier.longs(Communities.NIGHT).get(i));
        unchanged++;
      }
    }
  }

  /** Those who have no community join the one to which tonight's acts tie them most. */
  private void join(TableReader tonight, TreeSet<String> networks) {
    Newcomers newcomers = new Newcomers(found);
    Edges edges =
        Edges.of(
            tonight.readWhere(
                (rows, row) ->
                    rows.longs(EdgeIncrements.NIGHT).get(row) == night.toEpochDay()
                        && newcomers.isTie(
                            rows.longs(EdgeIncrements.SRC_KEY).get(row),
                            rows.longs(EdgeIncrements.DST_KEY).get(row)),
                List.of(EdgeIncrements.NIGHT, EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY),
                Edges.COLUMNS));
    Decay decay = new Decay(night, landmarks, edges);
    for (int edge = 0; edge < edges.size(); edge++) {
      String network = edges.networkNames().name(edges.network(edge));
      long weight = weight(edges, edge, decay);
      if (weight > 0 && networks.contains(network)) {
        newcomers.tie(network, edges.source(edge), edges.target(edge), weight);
        newcomers.tie(network, edges.target(edge), edges.source(edge), weight);
      }
    }
    newcomers.each(
        (network, account, community) -> add(network, account, community, night.toEpochDay()));
  }

  /** What an edge adds to a tie; 0 if it ties nobody. */
  private long weight(Edges edges, int edge, Decay decay) {
    if (excluded.of(edges.source(edge)) >= 0 || excluded.of(edges.target(edge)) >= 0) {
      return 0;
    }
    double acts = decay.acts(edges.attention(edge), edges.network(edge));
    return (long) Math.rint(StrictMath.log1p(acts) * UNITS);
  }

  private void detect(Edges edges, TreeSet<String> networks) {
    Decay decay = new Decay(night, landmarks, edges);
    Names names = edges.networkNames();
    long[] first = new long[edges.size()];
    long[] second = new long[edges.size()];
    long[] weights = new long[edges.size()];
    for (int network = 0; network < names.size(); network++) {
      if (!networks.contains(names.name(network))) {
        continue;
      }
      int ties = 0;
      for (int edge = 0; edge < edges.size(); edge++) {
        if (edges.network(edge) == network) {
          first[ties] = edges.source(edge);
          second[ties] = edges.target(edge);
          weights[ties] = weight(edges, edge, decay);
          ties += weights[ties] > 0 ? 1 : 0;
        }
      }
      Labels labels =
          LabelPropagation.communities(
              Arrays.copyOf(first, ties),
              Arrays.copyOf(second, ties),
              Arrays.copyOf(weights, ties),
              labels(names.name(network)),
              Math.min(1 + ties / TIES_PER_SHARD, Runtime.getRuntime().availableProcessors()));
      for (int i = 0; i < labels.keys().length; i++) {
        add(names.name(network), labels.keys()[i], labels.labels()[i], night.toEpochDay());
      }
    }
  }

  /** Labels of a network, by account; of those that are not excluded. */
  private Labels labels(String network) {
    int[] rows =
        IntStream.range(0, earlier.size())
            .filter(
                i ->
                    earlier.texts(Communities.NETWORK).get(i).equals(network)
                        && excluded.of(earlier.longs(Communities.ACCOUNT_KEY).get(i)) < 0)
            .toArray();
    long[] keys =
        Arrays.stream(rows).mapToLong(earlier.longs(Communities.ACCOUNT_KEY)::get).toArray();
    KeyNumbers places = new KeyNumbers(keys.length);
    for (int i = 0; i < rows.length; i++) {
      places.put(keys[i], rows[i]);
    }
    Arrays.sort(keys);
    return new Labels(
        keys,
        Arrays.stream(keys)
            .map(key -> earlier.longs(Communities.COMMUNITY_KEY).get(places.of(key)))
            .toArray());
  }
}
