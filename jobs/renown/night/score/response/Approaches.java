package renown.night.score.response;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.tables.AccountResponseRates;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.WaitingApproaches;

/** Tracks mentions and replies by strangers, and whether they were answered. */
final class Approaches {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** Time limit of an answer. */
  private static final long ANSWERED_WITHIN = 7 * MICROS_PER_DAY;

  /** Age at which an approach is judged: one day is allowed for late files. */
  private static final long JUDGED_AFTER = 8 * MICROS_PER_DAY;

  /** Strangers below this credibility count less: not answering them says little. */
  private static final double FULL_CREDIBILITY = 0.1;

  static final double UNIT = 1L << 30;

  private static final Set<String> APPROACHING = Set.of("mention", "reply");
  private static final Set<String> ANSWERING = Set.of("reply", "quote");

  private Approaches() {}

  /** A stranger and whom it approaches; by stranger. */
  private record Pair(long source, long destination) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int bySource = Long.compare(source, other.source);
      return bySource != 0 ? bySource : Long.compare(destination, other.destination);
    }
  }

  /** The first act of a stranger, and what the other had done until then. */
  private static final class First {
    private final String network;
    private long at;
    private RecordPrint record;
    private long before;
    private long attendedAt = Long.MAX_VALUE;

    First(String network, long at, RecordPrint record) {
      this.network = network;
      this.at = at;
      this.record = record;
    }

    void meet(long otherAt, RecordPrint otherRecord) {
      if (otherAt < at || otherAt == at && otherRecord.compareTo(record) < 0) {
        at = otherAt;
        record = otherRecord;
      }
    }
  }

  /**
   * The approaches of a night.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param increments rows of {@code edge_increments}, the night's included
   * @param waiting rows of {@code waiting_approaches} of the night before: their pairs are not
   *     counted again
   * @param credibilities by key; who has none approaches nobody
   * @return rows of {@code waiting_approaches}, none answered; a pair once, by its first act
   */
  static ColumnRows ofNight(
      ColumnRows interactions,
      ColumnRows increments,
      ColumnRows waiting,
      Map<Long, Double> credibilities,
      long night) {
    ColumnRows.Longs actors = interactions.longs(Interactions.ACTOR_KEY);
    ColumnRows.Longs targets = interactions.longs(Interactions.TARGET_KEY);
    ColumnRows.Longs times = interactions.longs(Interactions.HAPPENED_AT);
    ColumnRows.Longs changes = interactions.longs(Interactions.CHANGE);
    Set<Pair> known = new HashSet<>();
    for (int row = 0; row < waiting.size(); row++) {
      known.add(pair(waiting, row));
    }
    TreeMap<Pair, First> firsts = new TreeMap<>();
    for (int row = 0; row < interactions.size(); row++) {
      Pair pair = new Pair(actors.get(row), targets.get(row));
      if (changes.get(row) == 1
          && APPROACHING.contains(interactions.texts(Interactions.VERB).get(row))
          && pair.source() != pair.destination()
          && !known.contains(pair)) {
        String network = interactions.texts(Interactions.NETWORK).get(row);
        RecordPrint record =
            new RecordPrint(
                interactions.longs(Interactions.RECORD_PRINT_HIGH).get(row),
                interactions.longs(Interactions.RECORD_PRINT_LOW).get(row));
        long at = times.get(row);
        firsts.computeIfAbsent(pair, any -> new First(network, at, record)).meet(at, record);
      }
    }
    for (int row = 0; row < interactions.size(); row++) {
      First first = firsts.get(new Pair(targets.get(row), actors.get(row)));
      if (first != null) {
        first.before -= changes.get(row);
        if (changes.get(row) == 1) {
          first.attendedAt = Math.min(first.attendedAt, times.get(row));
        }
      }
    }
    for (int row = 0; !firsts.isEmpty() && row < increments.size(); row++) {
      First first =
          firsts.get(
              new Pair(
                  increments.longs(EdgeIncrements.DST_KEY).get(row),
                  increments.longs(EdgeIncrements.SRC_KEY).get(row)));
      if (first != null) {
        first.before += increments.longs(EdgeIncrements.ACT_COUNT).get(row);
      }
    }
    ColumnRows approaches = new ColumnRows(WaitingApproaches.TABLE);
    firsts.forEach(
        (pair, first) -> {
          Double credibility = credibilities.get(pair.source());
          if (first.before <= 0 && first.attendedAt > first.at && credibility != null) {
            double weight = Math.min(credibility / FULL_CREDIBILITY, 1);
            approaches.texts(WaitingApproaches.NETWORK).add(first.network);
            approaches.longs(WaitingApproaches.SRC_KEY).add(pair.source());
            approaches.longs(WaitingApproaches.DST_KEY).add(pair.destination());
            approaches.longs(WaitingApproaches.APPROACHED_AT).add(first.at);
            approaches.longs(WaitingApproaches.RECORD_PRINT_HIGH).add(first.record.high());
            approaches.longs(WaitingApproaches.RECORD_PRINT_LOW).add(first.record.low());
            approaches.longs(WaitingApproaches.WEIGHT_UNITS).add((long) Math.rint(weight * UNIT));
            approaches.longs(WaitingApproaches.IS_ANSWERED).add(false);
            approaches.longs(WaitingApproaches.NIGHT).add(night);
          }
        });
    return approaches;
  }

  private static RecordPrint record(ColumnRows approaches, int row) {
    return new RecordPrint(
        approaches.longs(WaitingApproaches.RECORD_PRINT_HIGH).get(row),
        approaches.longs(WaitingApproaches.RECORD_PRINT_LOW).get(row));
  }

  private static Pair pair(ColumnRows approaches, int row) {
    return new Pair(
        approaches.longs(WaitingApproaches.SRC_KEY).get(row),
        approaches.longs(WaitingApproaches.DST_KEY).get(row));
  }

  /**
   * Approaches with the answers that a night brings: replies to the approaching post and quotes of
   * it (or where the network does not say of which). What the stranger writes again meanwhile is no
   * approach and its answer none: else who keeps on asking would seem to be answered more often.
   *
   * @param approaches rows of {@code waiting_approaches}, each pair once
   * @param interactions the night's rows of {@code interactions}
   * @return as many rows
   */
  static ColumnRows answered(ColumnRows approaches, ColumnRows interactions) {
    Map<Pair, Integer> places = new HashMap<>();
    boolean[] isAnswered = new boolean[approaches.size()];
    for (int row = 0; row < isAnswered.length; row++) {
      places.put(pair(approaches, row), row);
    }
    for (int row = 0; row < interactions.size(); row++) {
      Integer place =
          places.get(
              new Pair(
                  interactions.longs(Interactions.TARGET_KEY).get(row),
                  interactions.longs(Interactions.ACTOR_KEY).get(row)));
      if (place != null
          && interactions.longs(Interactions.CHANGE).get(row) == 1
          && ANSWERING.contains(interactions.texts(Interactions.VERB).get(row))) {
        String object = interactions.texts(Interactions.OBJECT_ID).get(row);
        long approachedAt = approaches.longs(WaitingApproaches.APPROACHED_AT).get(place);
        long later = interactions.longs(Interactions.HAPPENED_AT).get(row) - approachedAt;
        isAnswered[place] |=
            (object == null || RecordPrint.of(object).equals(record(approaches, place)))
                && later > 0
                && later <= ANSWERED_WITHIN;
      }
    }
    ColumnRows all = new ColumnRows(WaitingApproaches.TABLE);
    for (int row = 0; row < isAnswered.length; row++) {
      all.texts(WaitingApproaches.NETWORK)
          .add(approaches.texts(WaitingApproaches.NETWORK).get(row));
      all.longs(WaitingApproaches.SRC_KEY)
          .add(approaches.longs(WaitingApproaches.SRC_KEY).get(row));
      all.longs(WaitingApproaches.DST_KEY)
          .add(approaches.longs(WaitingApproaches.DST_KEY).get(row));
      all.longs(WaitingApproaches.APPROACHED_AT)
          .add(approaches.longs(WaitingApproaches.APPROACHED_AT).get(row));
      all.longs(WaitingApproaches.RECORD_PRINT_HIGH).add(record(approaches, row).high());
      all.longs(WaitingApproaches.RECORD_PRINT_LOW).add(record(approaches, row).low());
      all.longs(WaitingApproaches.WEIGHT_UNITS)
          .add(approaches.longs(WaitingApproaches.WEIGHT_UNITS).get(row));
      all.longs(WaitingApproaches.IS_ANSWERED)
          .add(isAnswered[row] || approaches.longs(WaitingApproaches.IS_ANSWERED).get(row) == 1);
      all.longs(WaitingApproaches.NIGHT).add(approaches.longs(WaitingApproaches.NIGHT).get(row));
    }
    return all;
  }

  /**
   * The approaches that are old enough at the end of a night, or those that are not.
   *
   * @param end microseconds since 1970
   */
  static ColumnRows judged(ColumnRows approaches, boolean isOld, long end) {
    ColumnRows some = new ColumnRows(WaitingApproaches.TABLE);
    for (int row = 0; row < approaches.size(); row++) {
      long at = approaches.longs(WaitingApproaches.APPROACHED_AT).get(row);
      if (at + JUDGED_AFTER <= end == isOld) {
        some.addRow(approaches, row);
      }
    }
    return some;
  }

  /** What strangers found with an account. */
  static final class Found {
    final String network;
    long approaches;
    long approachUnits;
    long answerUnits;

    Found(String network) {
      this.network = network;
    }
  }

  /**
   * What strangers found, account by account.
   *
   * @param before rows of {@code account_response_rates} of an earlier night
   * @param judged the approaches that are old enough tonight
   * @return by key
   */
  static TreeMap<Long, Found> sums(
      ColumnRows before, ColumnRows judged, double halfLifeDays, long night) {
    TreeMap<Long, Found> sums = new TreeMap<>();
    for (int row = 0; row < before.size(); row++) {
      Found its =
          of(
              sums,
              before.longs(AccountResponseRates.ACCOUNT_KEY).get(row),
              before.texts(AccountResponseRates.NETWORK).get(row));
      double kept =
          StrictMath.pow(
              2, (night - before.longs(AccountResponseRates.NIGHT).get(row)) / -halfLifeDays);
      its.approaches += before.longs(AccountResponseRates.APPROACH_COUNT).get(row);
      its.approachUnits +=
          (long) Math.rint(before.longs(AccountResponseRates.APPROACH_UNITS).get(row) * kept);
      its.answerUnits +=
          (long) Math.rint(before.longs(AccountResponseRates.ANSWER_UNITS).get(row) * kept);
    }
    for (int row = 0; row < judged.size(); row++) {
      Found its =
          of(
              sums,
              judged.longs(WaitingApproaches.DST_KEY).get(row),
              judged.texts(WaitingApproaches.NETWORK).get(row));
      long units = judged.longs(WaitingApproaches.WEIGHT_UNITS).get(row);
      its.approaches++;
      its.approachUnits += units;
      its.answerUnits += judged.longs(WaitingApproaches.IS_ANSWERED).get(row) == 1 ? units : 0;
    }
    return sums;
  }

  private static Found of(TreeMap<Long, Found> sums, long key, String network) {
    return sums.computeIfAbsent(key, any -> new Found(network));
  }
}
