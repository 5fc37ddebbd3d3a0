package renown.night.ingest;

import java.util.ArrayList;
import java.util.List;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.night.ingest.Statement.Sort;
import renown.tables.Interactions;

/**
 * Blocks of acts and deletions on their way through a shard. Most records are told of once and are
 * not known: they are read from the bytes into columns, one after the other. The rest goes to
 * {@link ActShard}, which decides what is new. Which is which is told by fingerprints; where two
 * records share one, both are only looked at more closely.
 */
final class ActBlocks {
  private static final byte ONCE = 1;
  private static final byte MORE = 2;

  private final List<byte[]> blocks;
  private final List<Statement> held = new ArrayList<>();

  /** Open addressing; 0 in {@link #seen} marks a free place. */
  private final long[] fingerprints;

  private final byte[] seen;

  /**
   * @param blocks statements of the night, and of those that tables hold as many as were sent
   */
  ActBlocks(List<byte[]> blocks) {
    this.blocks = blocks;
    int[] count = new int[1];
    blocks.forEach(block -> Statements.heads(block, (head, in) -> count[0]++));
    int size = Integer.highestOneBit(Math.max(8, count[0])) << 2;
    fingerprints = new long[size];
    seen = new byte[size];
    each(false, (head, in) -> add(head.hash));
    each(true, (head, in) -> askFor(head.hash));
  }

  private void each(
      boolean isHeld,
      java.util.function.BiConsumer<Statement.Head, com.esotericsoftware.kryo.io.Input> consumer) {
    for (byte[] block : blocks) {
      Statements.heads(
          block,
          (head, in) -> {
            if (isHeld(head.sort) == isHeld) {
              consumer.accept(head, in);
            }
          });
    }
  }

  private static boolean isHeld(Sort sort) {
    return sort != Sort.ACT && sort != Sort.DELETION;
  }

  private int place(long fingerprint) {
    int place = (int) (fingerprint >>> 7) & fingerprints.length - 1;
    while (seen[place] != 0 && fingerprints[place] != fingerprint) {
      place = place + 1 & fingerprints.length - 1;
    }
    return place;
  }

  private void add(long fingerprint) {
    int place = place(fingerprint);
    seen[place] = seen[place] == 0 ? ONCE : MORE;
    fingerprints[place] = fingerprint;
  }

  private boolean askFor(long fingerprint) {
    int place = place(fingerprint);
    if (seen[place] == 0) {
      return false;
    }
    seen[place] = MORE;
    return true;
  }

  /** Whether what a table holds of a record may be of use; then {@link #addHeld} has to follow. */
  boolean asksFor(String network, RecordPrint record) {
    return askFor(Statement.hash(network, record));
  }

  /** Takes what a table holds of a record that was asked for. */
  void addHeld(Statement said) {
    held.add(said);
  }

  /** Gives all that is new; as {@link ActShard#end}. */
  void end(ActShard shard, Moves.Confirmed moves, int night, TableRows rows, Counts ignored) {
    Columns acts = new Columns(rows.columns(Interactions.TABLE), moves, night);
    each(
        false,
        (head, in) -> {
          Statement said = Statement.read(head, in);
          if (head.sort == Sort.ACT && seen[place(head.hash)] == ONCE) {
            acts.add(said);
          } else {
            shard.add(said);
          }
        });
    each(true, (head, in) -> shard.add(Statement.read(head, in)));
    held.forEach(shard::add);
    shard.end(rows, ignored);
  }

  /** Rows of {@code interactions}, value by value. */
  private static final class Columns {
    private final Moves.Confirmed moves;
    private final int night;
    private final ColumnRows.Texts network;
    private final ColumnRows.Longs recordHigh;
    private final ColumnRows.Longs recordLow;
    private final ColumnRows.Longs day;
    private final ColumnRows.Texts verb;
    private final ColumnRows.Longs actor;
    private final ColumnRows.Longs target;
    private final ColumnRows.Texts object;
    private final ColumnRows.Longs viaHigh;
    private final ColumnRows.Longs viaLow;
    private final ColumnRows.Longs happened;
    private final ColumnRows.Longs change;
    private final ColumnRows.Longs loaded;
    private final ColumnRows.Longs amount;
    private final ColumnRows.Longs shown;

    Columns(ColumnRows rows, Moves.Confirmed moves, int night) {
      this.moves = moves;
      this.night = night;
      network = rows.texts(Interactions.NETWORK);
      recordHigh = rows.longs(Interactions.RECORD_PRINT_HIGH);
      recordLow = rows.longs(Interactions.RECORD_PRINT_LOW);
      day = rows.longs(Interactions.RECORD_DATE);
      verb = rows.texts(Interactions.VERB);
      actor = rows.longs(Interactions.ACTOR_KEY);
      target = rows.longs(Interactions.TARGET_KEY);
      object = rows.texts(Interactions.OBJECT_ID);
      viaHigh = rows.longs(Interactions.VIA_PRINT_HIGH);
      viaLow = rows.longs(Interactions.VIA_PRINT_LOW);
      happened = rows.longs(Interactions.HAPPENED_AT);
      change = rows.longs(Interactions.CHANGE);
      loaded = rows.longs(Interactions.NIGHT);
      amount = rows.longs(Interactions.AMOUNT);
      shown = rows.longs(Interactions.SHOWN_AT);
    }

    void add(Statement act) {
      network.add(act.network);
      recordHigh.add(act.print().high());
      recordLow.add(act.print().low());
      day.add(act.day);
      verb.add(act.verb.word());
      actor.add(act.account);
      target.add(moves.followed(act.target, act.happened));
      object.add(act.objectId);
      if (act.via == null) {
        viaHigh.addNull();
        viaLow.addNull();
      } else {
        viaHigh.add(act.via.high());
        viaLow.add(act.via.low());
      }
      happened.add(act.happened);
      change.add(1);
      loaded.add(night);
      add(amount, act.amount);
      add(shown, act.witnessed);
    }

    private static void add(ColumnRows.Longs column, long value) {
      if (value == Statement.NONE) {
        column.addNull();
      } else {
        column.add(value);
      }
    }
  }
}
