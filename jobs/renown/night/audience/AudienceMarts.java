package renown.night.audience;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.sketches.AudienceSketch;
import renown.lake.ColumnRows;
import renown.tables.AccountKinds;
import renown.tables.Accounts;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;
import renown.tables.MartTopicLeaders;

/** What people read of sketches. */
final class AudienceMarts {
  private final AudienceInput input;
  private final Audiences audiences;

  AudienceMarts(AudienceInput input, Audiences audiences) {
    this.input = input;
    this.audiences = audiences;
  }

  /** Rows of {@code mart_audience_sketches}. */
  ColumnRows sketches() {
    KeyNumbers accounts = new KeyNumbers(1 << 10);
    for (int pair = 0; pair < audiences.size(); pair++) {
      accounts.add(audiences.account(pair));
    }
    Map<Integer, Long> followers = followers(accounts);
    String[] kinds = kinds(accounts);
    String[] written = MainLanguages.of(input, accounts);
    String[] led = ledLanguages();
    ColumnRows rows = new ColumnRows(MartAudienceSketches.TABLE);
    for (int pair = 0; pair < audiences.size(); pair++) {
      byte[] sketch = audiences.sketch(pair);
      if (sketch == null) {
        continue;
      }
      int account = accounts.of(audiences.account(pair));
      int whole = audiences.of(audiences.account(pair), AudienceInput.EVERYTHING);
      boolean isWhole = whole == pair;
      byte[] total = whole < 0 ? null : audiences.sketch(whole);
      rows.texts(MartAudienceSketches.NETWORK).add(audiences.network(pair));
      rows.longs(MartAudienceSketches.ACCOUNT_KEY).add(audiences.account(pair));
      rows.texts(MartAudienceSketches.TOPIC_ID).add(audiences.topic(pair));
      rows.longs(MartAudienceSketches.REACHED_COUNT).add(AudienceSketch.count(sketch));
      rows.doubles(MartAudienceSketches.RELATIVE_ERROR).add(AudienceSketch.relativeError(sketch));
      rows.lists(MartAudienceSketches.SKETCH).add(sketch);
      add(
          rows.longs(MartAudienceSketches.TOTAL_REACHED_COUNT),
          total == null ? null : (Long) AudienceSketch.count(total));
      add(rows.longs(MartAudienceSketches.STATED_FOLLOWER_COUNT), followers.get(account));
      rows.texts(MartAudienceSketches.KIND)
          .add(kinds[account] == null ? "unknown" : kinds[account]);
      rows.texts(MartAudienceSketches.LANGUAGE)
          .add(written[account] == null ? led[pair] : written[account]);
      rows.doubles(MartAudienceSketches.SCORE).add(audiences.score(pair));
      if (isWhole) {
        rows.doubles(MartAudienceSketches.EXPERTISE).addNull();
        rows.longs(MartAudienceSketches.ATTESTER_COUNT).addNull();
      } else {
        rows.doubles(MartAudienceSketches.EXPERTISE).add(audiences.expertise(pair));
        rows.longs(MartAudienceSketches.ATTESTER_COUNT).add(audiences.attesters(pair));
      }
      rows.longs(MartAudienceSketches.NIGHT).add(input.night().toEpochDay());
    }
    return rows;
  }

  private static void add(ColumnRows.Longs column, Long value) {
    if (value == null) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  private Map<Integer, Long> followers(KeyNumbers accounts) {
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

  private String[] kinds(KeyNumbers accounts) {
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

  /** By pair, the language with which an account is led on the topic. */
  private String[] ledLanguages() {
    String[] led = new String[audiences.size()];
    ColumnRows rows =
        input
            .leaders()
            .read(
                MartTopicLeaders.ACCOUNT_KEY, MartTopicLeaders.TOPIC_ID, MartTopicLeaders.LANGUAGE);
    for (int i = 0; i < rows.size(); i++) {
      int pair =
          audiences.of(
              rows.longs(MartTopicLeaders.ACCOUNT_KEY).get(i),
              rows.texts(MartTopicLeaders.TOPIC_ID).get(i));
      if (pair >= 0) {
        led[pair] = rows.texts(MartTopicLeaders.LANGUAGE).get(i);
      }
    }
    return led;
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
    ColumnRows leaders =
        input
            .leaders()
            .read(MartTopicLeaders.ACCOUNT_KEY, MartTopicLeaders.TOPIC_ID, MartTopicLeaders.PLACE);
    for (int i = 0; i < leaders.size(); i++) {
      int pair =
          audiences.of(
              leaders.longs(MartTopicLeaders.ACCOUNT_KEY).get(i),
              leaders.texts(MartTopicLeaders.TOPIC_ID).get(i));
      if (pair >= 0
          && audiences.sketch(pair) != null
          && leaders.longs(MartTopicLeaders.PLACE).get(i) <= input.overlapLeaders()) {
        first
            .computeIfAbsent(
                new Field(audiences.network(pair), audiences.topic(pair)), key -> new PairList())
            .add(pair);
      }
    }
    ColumnRows rows = new ColumnRows(MartAudienceOverlaps.TABLE);
    first.forEach(
        (field, pairs) -> {
          for (int a = 0; a < pairs.size; a++) {
            for (int b = a + 1; b < pairs.size; b++) {
              int one = pairs.pairs[a];
              int other = pairs.pairs[b];
              long shared = AudienceSketch.shared(audiences.sketch(one), audiences.sketch(other));
              overlap(rows, field, one, other, shared);
              overlap(rows, field, other, one, shared);
            }
          }
        });
    return rows;
  }

  private void overlap(ColumnRows rows, Field field, int pair, int other, long shared) {
    long reached = AudienceSketch.count(audiences.sketch(pair));
    rows.texts(MartAudienceOverlaps.NETWORK).add(field.network());
    rows.texts(MartAudienceOverlaps.TOPIC_ID).add(field.topic());
    rows.longs(MartAudienceOverlaps.ACCOUNT_KEY).add(audiences.account(pair));
    rows.longs(MartAudienceOverlaps.OTHER_KEY).add(audiences.account(other));
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
