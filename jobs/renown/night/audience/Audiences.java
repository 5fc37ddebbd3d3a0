package renown.night.audience;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.AudienceSketch;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.MartAudienceSketches;
import renown.tables.TableColumn;
import renown.tables.TopicIncrements;

/**
 * Who is reached by whom, as sketches. Those that are known are united with what is new; only those
 * of accounts whose audience may have shrunk, or that have none yet, are made from all edges. Of
 * those that nothing happens to not even the bytes are read.
 */
final class Audiences {
  private static final Set<String> REACTIONS =
      Set.of("repost", "quote", "reply", "mention", "like");
  private static final String FOLLOW = "follow";

  /** All that is known of a sketch but the sketch. */
  static final List<TableColumn> DESCRIPTION =
      MartAudienceSketches.TABLE.columns().stream()
          .filter(column -> column != MartAudienceSketches.SKETCH)
          .toList();

  private final AudienceInput input;
  private final CredibleSet credible;
  private final WorthyPairs pairs;
  private final byte[][] sketches;

  /** What the mart says of each, by rows of {@link #rowOf}. */
  private final ColumnRows known;

  /** -1 if there is none. */
  private final int[] rowOf;

  private final Added added;
  private final BitSet isChanged = new BitSet();
  private int remade;

  Audiences(AudienceInput input, CredibleSet credible) {
    this.input = input;
    this.credible = credible;
    pairs = new WorthyPairs(input);
    sketches = new byte[pairs.size()][];
    rowOf = new int[pairs.size()];
    Arrays.fill(rowOf, -1);
    known = input.sketches().read(DESCRIPTION.toArray(AudienceInput.COLUMNS));
    for (int row = 0; row < known.size(); row++) {
      int pair = pair(known, row);
      if (pair >= 0) {
        rowOf[pair] = row;
      }
    }
    added = new Added(again(shrunk()));
    addEdges(added);
    addTopics(added);
  }

  private int pair(ColumnRows rows, int row) {
    return pairs.of(
        rows.longs(MartAudienceSketches.ACCOUNT_KEY).get(row),
        rows.texts(MartAudienceSketches.TOPIC_ID).get(row));
  }

  /**
   * Accounts of which somebody who counted may no longer be reached: something was undone, or
   * somebody counts no more.
   */
  private KeyNumbers shrunk() {
    KeyNumbers shrunk = new KeyNumbers(1 << 10);
    ColumnRows acts =
        input.interactions().read(Interactions.TARGET_KEY, Interactions.CHANGE, Interactions.NIGHT);
    for (int i = 0; i < acts.size(); i++) {
      if (acts.longs(Interactions.CHANGE).get(i) < 0
          && input.isTonight(acts.longs(Interactions.NIGHT).get(i))) {
        shrunk.add(acts.longs(Interactions.TARGET_KEY).get(i));
      }
    }
    if (credible.isAnyGone()) {
      ColumnRows lost =
          input
              .edges()
              .readWhere(
                  (rows, row) -> credible.isGone(rows.longs(EdgeIncrements.SRC_KEY).get(row)),
                  List.of(EdgeIncrements.SRC_KEY),
                  EdgeIncrements.DST_KEY);
      for (long account : lost.longs(EdgeIncrements.DST_KEY).toArray()) {
        shrunk.add(account);
      }
    }
    return shrunk;
  }

  /** The accounts with a sketch to be made from all edges. */
  private KeyNumbers again(KeyNumbers shrunk) {
    KeyNumbers again = new KeyNumbers(1 << 10);
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (rowOf[pair] < 0 || shrunk.of(pairs.account(pair)) >= 0) {
        again.add(pairs.account(pair));
        isChanged.set(pair);
        remade++;
      }
    }
    return again;
  }

  private void addEdges(Added added) {
    ColumnRows edges =
        input
            .edges()
            .readWhere(
                (rows, row) ->
                    added.isWanted(
                        rows.longs(EdgeIncrements.SRC_KEY).get(row),
                        rows.longs(EdgeIncrements.DST_KEY).get(row),
                        0,
                        input.isTonight(rows.longs(EdgeIncrements.NIGHT).get(row))),
                List.of(EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY, EdgeIncrements.NIGHT),
                EdgeIncrements.SRC_KEY,
                EdgeIncrements.DST_KEY,
                EdgeIncrements.VERB,
                EdgeIncrements.ACT_COUNT);
    for (int i = 0; i < edges.size(); i++) {
      String verb = edges.texts(EdgeIncrements.VERB).get(i);
      if (verb.equals(FOLLOW) || REACTIONS.contains(verb)) {
        added.add(
            edges.longs(EdgeIncrements.SRC_KEY).get(i),
            edges.longs(EdgeIncrements.DST_KEY).get(i),
            0,
            edges.longs(EdgeIncrements.ACT_COUNT).get(i));
      }
    }
  }

  private void addTopics(Added added) {
    ColumnRows rows =
        input
            .topicEdges()
            .readWhere(
                (some, row) -> {
                  Integer topic = pairs.topicNumber(some.texts(TopicIncrements.TOPIC_ID).get(row));
                  return topic != null
                      && topic != 0
                      && added.isWanted(
                          some.longs(TopicIncrements.SRC_KEY).get(row),
                          some.longs(TopicIncrements.DST_KEY).get(row),
                          topic,
                          input.isTonight(some.longs(TopicIncrements.NIGHT).get(row)));
                },
                List.of(
                    TopicIncrements.TOPIC_ID,
                    TopicIncrements.SRC_KEY,
                    TopicIncrements.DST_KEY,
                    TopicIncrements.NIGHT),
                TopicIncrements.TOPIC_ID,
                TopicIncrements.SRC_KEY,
                TopicIncrements.DST_KEY,
                TopicIncrements.VERB,
                TopicIncrements.ACT_COUNT);
    for (int i = 0; i < rows.size(); i++) {
      if (REACTIONS.contains(rows.texts(TopicIncrements.VERB).get(i))) {
        added.add(
            rows.longs(TopicIncrements.SRC_KEY).get(i),
            rows.longs(TopicIncrements.DST_KEY).get(i),
            pairs.topicNumber(rows.texts(TopicIncrements.TOPIC_ID).get(i)),
            rows.longs(TopicIncrements.ACT_COUNT).get(i));
      }
    }
  }

  /**
   * What the night brings to the sets: of accounts to be made again and by sources that are new
   * everything, of the others what the night's acts add.
   */
  private final class Added {
    private final KeyNumbers again;
    private final PairNumbers reached = new PairNumbers();
    private long[] acts = new long[1 << 10];

    Added(KeyNumbers again) {
      this.again = again;
    }

    /** Whether an act changes a sketch. */
    boolean isWanted(long src, long dst, int topic, boolean isTonight) {
      return pairs.of(dst, topic) >= 0
          && credible.has(src)
          && (isTonight || again.of(dst) >= 0 || credible.isNew(src));
    }

    void add(long src, long dst, int topic, long count) {
      int row = reached.add(pairs.of(dst, topic), src);
      if (row == acts.length) {
        acts = Arrays.copyOf(acts, 2 * row);
      }
      acts[row] += count;
    }

    /** The accounts of pairs that something is added to, or that are made again. */
    KeyNumbers accounts() {
      KeyNumbers accounts = new KeyNumbers(1 << 10);
      for (int row = 0; row < reached.size(); row++) {
        accounts.add(pairs.account((int) reached.first(row)));
      }
      for (int pair = 0; pair < pairs.size(); pair++) {
        if (isChanged.get(pair)) {
          accounts.add(pairs.account(pair));
        }
      }
      return accounts;
    }

    void unite() {
      int[] offsets = new int[pairs.size() + 1];
      for (int row = 0; row < reached.size(); row++) {
        offsets[(int) reached.first(row) + 1] += acts[row] > 0 ? 1 : 0;
      }
      Arrays.parallelPrefix(offsets, Integer::sum);
      long[] sources = new long[offsets[pairs.size()]];
      int[] next = offsets.clone();
      for (int row = 0; row < reached.size(); row++) {
        if (acts[row] > 0) {
          sources[next[(int) reached.first(row)]++] = reached.second(row);
        }
      }
      for (int pair = 0; pair < pairs.size(); pair++) {
        if (offsets[pair] < offsets[pair + 1]) {
          unite(pair, Arrays.copyOfRange(sources, offsets[pair], offsets[pair + 1]));
        }
      }
    }

    private void unite(int pair, long[] sources) {
      byte[] sketch = AudienceSketch.of(sources);
      if (sketches[pair] != null) {
        sketch = AudienceSketch.union(sketches[pair], sketch);
        // Most of those who attend to an account have done so before.
        isChanged.set(pair, isChanged.get(pair) || !Arrays.equals(sketch, sketches[pair]));
      }
      sketches[pair] = sketch;
    }
  }

  /**
   * Brings the sketches to tonight.
   *
   * @param others pairs whose sketches are wanted, whatever happens to them
   */
  void make(BitSet others) {
    KeyNumbers touched = added.accounts();
    ColumnRows last =
        input
            .sketches()
            .readWhere(
                (rows, row) -> {
                  int pair = pair(rows, row);
                  return pair >= 0
                      && !isChanged.get(pair)
                      && (others.get(pair) || touched.of(pairs.account(pair)) >= 0);
                },
                List.of(MartAudienceSketches.ACCOUNT_KEY, MartAudienceSketches.TOPIC_ID),
                MartAudienceSketches.ACCOUNT_KEY,
                MartAudienceSketches.TOPIC_ID,
                MartAudienceSketches.SKETCH);
    for (int row = 0; row < last.size(); row++) {
      int pair = pair(last, row);
      if (pair >= 0 && !isChanged.get(pair)) {
        sketches[pair] = last.lists(MartAudienceSketches.SKETCH).bytes(row);
      }
    }
    added.unite();
  }

  WorthyPairs pairs() {
    return pairs;
  }

  /** The sketch; null if nobody is reached, or if it is as it was and nobody asked for it. */
  byte[] sketch(int pair) {
    return sketches[pair];
  }

  /** Whether anybody is reached. */
  boolean isReached(int pair) {
    return sketches[pair] != null || rowOf[pair] >= 0 && !isChanged.get(pair);
  }

  /** Whether it is another sketch than before. */
  boolean isChanged(int pair) {
    return isChanged.get(pair);
  }

  /** How many are reached; 0 if nobody is. */
  long reached(int pair) {
    if (!isReached(pair)) {
      return 0;
    }
    return isChanged.get(pair)
        ? AudienceSketch.count(sketches[pair])
        : known.longs(MartAudienceSketches.REACHED_COUNT).get(rowOf[pair]);
  }

  /** What the mart says of sketches so far. */
  ColumnRows known() {
    return known;
  }

  /** The row of {@link #known} of a pair, or -1. */
  int knownRow(int pair) {
    return rowOf[pair];
  }

  /** How many were made from all edges. */
  int remade() {
    return remade;
  }
}
