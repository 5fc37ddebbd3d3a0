package renown.night.audience;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.AudienceSketch;
import renown.lake.ColumnRows;
import renown.tables.AccountKinds;
import renown.tables.Accounts;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;
import renown.tables.MartTopicLeaders;
import renown.tables.TableColumn;

/**
 * What people read of sketches. A row is written when the sketch or what stands beside it changes,
 * and says on which night that was; scores and expertise fade a little every night, so that they
 * may differ from today's by {@link #DRIFT}.
 */
final class AudienceMarts {
  /** Points by which a score or an expertise may have moved since a row was written. */
  static final double DRIFT = 0.5;

  private final AudienceInput input;
  private final Audiences audiences;
  private final WorthyPairs pairs;
  private final KeyNumbers accounts = new KeyNumbers(1 << 10);
  private final Map<Integer, Long> followers;
  private final String[] kinds;
  private final String[] written;

  /** By pair, the language with which an account is led on the topic. */
  private final String[] led;

  /** Pairs of accounts that are compared with others. */
  private final BitSet leaders = new BitSet();

  private final boolean isWhole;

  /** Pairs whose rows stay as they are. */
  private final BitSet kept = new BitSet();

  /** Brings the sketches to tonight. */
  AudienceMarts(AudienceInput input, Audiences audiences) {
    this.input = input;
    this.audiences = audiences;
    pairs = audiences.pairs();
    for (int pair = 0; pair < pairs.size(); pair++) {
      accounts.add(pairs.account(pair));
    }
    followers = followers();
    kinds = kinds();
    written = MainLanguages.of(input, accounts);
    led = new String[pairs.size()];
    readLeaders();
    BitSet wanted = (BitSet) leaders.clone();
    int drifted = 0;
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (audiences.knownRow(pair) >= 0 && !isAsKnown(pair)) {
        wanted.set(pair);
        drifted++;
      }
    }
    isWhole = input.areSketchesWhole() || 2 * drifted >= pairs.size();
    if (isWhole) {
      wanted.set(0, pairs.size());
    }
    audiences.make(wanted);
    for (int pair = 0; pair < pairs.size(); pair++) {
      boolean isSame =
          audiences.knownRow(pair) >= 0
              && audiences.isReached(pair)
              && !audiences.isChanged(pair)
              && isAsKnown(pair)
              && Objects.equals(total(pair), knownTotal(pair));
      kept.set(pair, isSame);
    }
  }

  private String kind(int pair) {
    String kind = kinds[accounts.of(pairs.account(pair))];
    return kind == null ? "unknown" : kind;
  }

  private String language(int pair) {
    String language = written[accounts.of(pairs.account(pair))];
    return language == null ? led[pair] : language;
  }

  private Long followers(int pair) {
    return followers.get(accounts.of(pairs.account(pair)));
  }

  /** Who is reached by the account on anything; null if nobody is. */
  private Long total(int pair) {
    int whole = pairs.of(pairs.account(pair), 0);
    return whole < 0 || !audiences.isReached(whole) ? null : (Long) audiences.reached(whole);
  }

  private Long knownTotal(int pair) {
    return whole(MartAudienceSketches.TOTAL_REACHED_COUNT, audiences.knownRow(pair));
  }

  private Long whole(TableColumn column, int row) {
    ColumnRows.Longs values = audiences.known().longs(column);
    return values.isNull(row) ? null : (Long) values.get(row);
  }

  /** Whether the mart describes the account as it is today. */
  private boolean isAsKnown(int pair) {
    ColumnRows known = audiences.known();
    int row = audiences.knownRow(pair);
    return Math.abs(known.doubles(MartAudienceSketches.SCORE).get(row) - pairs.score(pair)) < DRIFT
        && known.texts(MartAudienceSketches.KIND).get(row).equals(kind(pair))
        && Objects.equals(known.texts(MartAudienceSketches.LANGUAGE).get(row), language(pair))
        && Objects.equals(whole(MartAudienceSketches.STATED_FOLLOWER_COUNT, row), followers(pair))
        && (pairs.isOfAll(pair)
            || known.longs(MartAudienceSketches.ATTESTER_COUNT).get(row) == pairs.attesters(pair)
                && Math.abs(
                        known.doubles(MartAudienceSketches.EXPERTISE).get(row)
                            - pairs.expertise(pair))
                    < DRIFT);
  }

  /** Whether {@link #sketches} are all that there are; else those that have changed. */
  boolean isWhole() {
    return isWhole;
  }

  /** Whether the row of an account and topic stays as it is. */
  boolean isKept(long account, String topic) {
    int pair = pairs.of(account, topic);
    return pair >= 0 && kept.get(pair);
  }

  /** Rows of {@code mart_audience_sketches}. */
  ColumnRows sketches() {
    ColumnRows rows = new ColumnRows(MartAudienceSketches.TABLE);
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (kept.get(pair) && isWhole) {
        rows.addValues(audiences.known(), audiences.knownRow(pair), Audiences.DESCRIPTION);
        rows.lists(MartAudienceSketches.SKETCH).add(audiences.sketch(pair));
      } else if (!kept.get(pair) && audiences.isReached(pair)) {
        addSketch(rows, pair);
      }
    }
    return rows;
  }

  private void addSketch(ColumnRows rows, int pair) {
    byte[] sketch = audiences.sketch(pair);
    rows.texts(MartAudienceSketches.NETWORK).add(pairs.network(pair));
    rows.longs(MartAudienceSketches.ACCOUNT_KEY).add(pairs.account(pair));
    rows.texts(MartAudienceSketches.TOPIC_ID).add(pairs.topic(pair));
    rows.longs(MartAudienceSketches.REACHED_COUNT).add(AudienceSketch.count(sketch));
    rows.doubles(MartAudienceSketches.RELATIVE_ERROR).add(AudienceSketch.relativeError(sketch));
    rows.lists(MartAudienceSketches.SKETCH).add(sketch);
    add(rows.longs(MartAudienceSketches.TOTAL_REACHED_COUNT), total(pair));
    add(rows.longs(MartAudienceSketches.STATED_FOLLOWER_COUNT), followers(pair));
    rows.texts(MartAudienceSketches.KIND).add(kind(pair));
    rows.texts(MartAudienceSketches.LANGUAGE).add(language(pair));
    rows.doubles(MartAudienceSketches.SCORE).add(pairs.score(pair));
    if (pairs.isOfAll(pair)) {
      rows.doubles(MartAudienceSketches.EXPERTISE).addNull();
      rows.longs(MartAudienceSketches.ATTESTER_COUNT).addNull();
    } else {
      rows.doubles(MartAudienceSketches.EXPERTISE).add(pairs.expertise(pair));
      rows.longs(MartAudienceSketches.ATTESTER_COUNT).add(pairs.attesters(pair));
    }
    rows.longs(MartAudienceSketches.NIGHT).add(input.night().toEpochDay());
  }

  private static void add(ColumnRows.Longs column, Long value) {
    if (value == null) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  private Map<Integer, Long> followers() {
    Map<Integer, Long> followers = new HashMap<>();
    ColumnRows rows = input.accounts().read(Accounts.ACCOUNT_KEY, Accounts.FOLLOWER_COUNT);
    for (int i = 0; i < rows.size(); i++) {
      int account = accounts.of(rows.longs(Accounts.ACCOUNT_KEY).get(i));
      if (account >= 0 && !rows.longs(Accounts.FOLLOWER_COUNT).isNull(i)) {
        followers.put(account, rows.longs(Accounts.FOLLOWER_COUNT).get(i));
      }
    }
    return followers;
  }

  private String[] kinds() {
    String[] kinds = new String[accounts.size()];
    ColumnRows rows = input.kinds().read(AccountKinds.ACCOUNT_KEY, AccountKinds.KIND);
    for (int i = 0; i < rows.size(); i++) {
      int account = accounts.of(rows.longs(AccountKinds.ACCOUNT_KEY).get(i));
      if (account >= 0) {
        kinds[account] = rows.texts(AccountKinds.KIND).get(i);
      }
    }
    return kinds;
  }

  private void readLeaders() {
    ColumnRows rows =
        input
            .leaders()
            .read(
                MartTopicLeaders.ACCOUNT_KEY,
                MartTopicLeaders.TOPIC_ID,
                MartTopicLeaders.LANGUAGE,
                MartTopicLeaders.PLACE);
    for (int i = 0; i < rows.size(); i++) {
      int pair = leader(rows, i);
      if (pair >= 0) {
        led[pair] = rows.texts(MartTopicLeaders.LANGUAGE).get(i);
        leaders.set(
            pair,
            leaders.get(pair)
                || rows.longs(MartTopicLeaders.PLACE).get(i) <= input.overlapLeaders());
      }
    }
  }

  private int leader(ColumnRows rows, int row) {
    return pairs.of(
        rows.longs(MartTopicLeaders.ACCOUNT_KEY).get(row),
        rows.texts(MartTopicLeaders.TOPIC_ID).get(row));
  }

  /** A topic within a network. */
  private record Field(String network, String topic) implements Comparable<Field> {
    @Override
    public int compareTo(Field other) {
      int byNetwork = network.compareTo(other.network);
      return byNetwork != 0 ? byNetwork : topic.compareTo(other.topic);
    }
  }

  /** Rows of {@code mart_audience_overlaps}: how far leaders share their audiences. */
  ColumnRows overlaps() {
    Map<Field, PairList> first = new TreeMap<>();
    ColumnRows rows =
        input
            .leaders()
            .read(MartTopicLeaders.ACCOUNT_KEY, MartTopicLeaders.TOPIC_ID, MartTopicLeaders.PLACE);
    for (int i = 0; i < rows.size(); i++) {
      int pair = leader(rows, i);
      if (pair >= 0
          && audiences.sketch(pair) != null
          && rows.longs(MartTopicLeaders.PLACE).get(i) <= input.overlapLeaders()) {
        first
            .computeIfAbsent(
                new Field(pairs.network(pair), pairs.topic(pair)), key -> new PairList())
            .add(pair);
      }
    }
    ColumnRows compared = new ColumnRows(MartAudienceOverlaps.TABLE);
    first.forEach(
        (field, pairs) -> {
          for (int a = 0; a < pairs.size; a++) {
            for (int b = a + 1; b < pairs.size; b++) {
              int one = pairs.pairs[a];
              int other = pairs.pairs[b];
              long shared = AudienceSketch.shared(audiences.sketch(one), audiences.sketch(other));
              overlap(compared, field, one, other, shared);
              overlap(compared, field, other, one, shared);
            }
          }
        });
    return compared;
  }

  private void overlap(ColumnRows rows, Field field, int pair, int other, long shared) {
    long reached = audiences.reached(pair);
    rows.texts(MartAudienceOverlaps.NETWORK).add(field.network());
    rows.texts(MartAudienceOverlaps.TOPIC_ID).add(field.topic());
    rows.longs(MartAudienceOverlaps.ACCOUNT_KEY).add(pairs.account(pair));
    rows.longs(MartAudienceOverlaps.OTHER_KEY).add(pairs.account(other));
    rows.longs(MartAudienceOverlaps.REACHED_COUNT).add(reached);
    rows.longs(MartAudienceOverlaps.SHARED_COUNT).add(shared);
    rows.doubles(MartAudienceOverlaps.SHARED_SHARE).add(Math.min((double) shared / reached, 1));
    rows.longs(MartAudienceOverlaps.NIGHT).add(input.night().toEpochDay());
  }

  /** As many as there are leaders of a topic. */
  private static final class PairList {
    private int[] pairs = new int[16];
    private int size;

    void add(int pair) {
      if (size == pairs.length) {
        pairs = java.util.Arrays.copyOf(pairs, 2 * size);
      }
      pairs[size++] = pair;
    }
  }
}
