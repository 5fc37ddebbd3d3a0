package renown.night.spread;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import renown.kernels.cascades.Cascade;

/** Groups the sorted rows of posts into one row per post, with {@link Cascade}. */
final class CascadeRows implements Iterator<Row> {
  /** Kinds of rows of {@link #GIVEN}, in the order of a post's rows. */
  static final int POST = 0;

  static final int UNDONE = 1;
  static final int ATTENDS = 2;
  static final int ACT = 3;

  /**
   * The input schema, sorted by network, post, kind, time, actor and verb. Kind post: {@code
   * actor_key} is the author, {@code at} the time of the post, {@code community} the author's. Kind
   * attends: {@code other_key} is attended to, {@code units} the acts by which. Kind act: {@code
   * other_key} is the parent if that was decided before; {@code units} the credibility.
   */
  static final StructType GIVEN =
      StructType.fromDDL(
          "network string, post_id string, kind int, at bigint, actor_key bigint, verb int,"
              + " record_hash bigint, path_hash bigint, is_direct boolean, is_new boolean,"
              + " other_key bigint, is_recorded boolean, confidence double, in_audience boolean,"
              + " units bigint, community bigint, is_touched boolean, window int");

  /** The output schema. Shares and times are null if undefined. */
  static final StructType MADE =
      StructType.fromDDL(
          "network string, post_id string, author_key bigint, posted bigint, is_touched boolean, window int,"
              + " repost_count bigint, quote_count bigint, reply_count bigint, like_count bigint,"
              + " actor_count bigint, units bigint, depth bigint, breadth bigint,"
              + " structural_virality double, recorded_share double, confidence_share double,"
              + " micros_to_half bigint, micros_alive bigint, beyond_count bigint,"
              + " community_count bigint, hourly_units array<bigint>,"
              + " first_hour struct<actor_count: bigint, sharer_count: bigint, beyond_count: bigint,"
              + " community_count: bigint, depth: bigint>,"
              + " new_acts array<struct<actor_key: bigint, verb: int, at: bigint,"
              + " record_hash: bigint, parent_key: bigint, is_recorded: boolean,"
              + " confidence_share: double, in_audience: boolean>>,"
              + " bridges array<struct<account_key: bigint, from_community_key: bigint,"
              + " to_community_key: bigint, reached_count: bigint, units: bigint>>,"
              + " reactors array<bigint>, sharers array<bigint>");

  private final Iterator<Row> rows;
  private Row next;

  CascadeRows(Iterator<Row> rows) {
    this.rows = rows;
    this.next = rows.hasNext() ? rows.next() : null;
    skipHomeless();
  }

  /** Acts on posts whose author is unknown or must not be scored. */
  private void skipHomeless() {
    while (next != null && next.getInt(2) != POST) {
      next = rows.hasNext() ? rows.next() : null;
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Row post = next;
    Cascade cascade = new Cascade(post.getLong(4), post.getLong(15), post.getLong(3));
    while (advance(post)) {
      switch (next.getInt(2)) {
        case UNDONE -> cascade.undo(next.getLong(4), next.getInt(5), next.getLong(3));
        case ATTENDS -> cascade.attend(next.getLong(4), next.getLong(10), next.getLong(14));
        default -> act(cascade);
      }
    }
    cascade.build();
    return made(post, cascade);
  }

  /** Advances to the next row; false if it belongs to another post. */
  private boolean advance(Row post) {
    next = rows.hasNext() ? rows.next() : null;
    boolean same =
        next != null
            && next.getString(1).equals(post.getString(1))
            && next.getString(0).equals(post.getString(0));
    if (!same) {
      skipHomeless();
    }
    return same;
  }

  private void act(Cascade cascade) {
    if (next.getBoolean(9)) {
      cascade.add(
          next.getLong(4),
          next.getInt(5),
          next.getLong(3),
          next.getLong(6),
          next.getLong(7),
          next.getBoolean(8),
          next.getLong(14),
          next.getLong(15));
    } else {
      cascade.addDecided(
          next.getLong(4),
          next.getInt(5),
          next.getLong(3),
          next.getLong(6),
          next.getLong(10),
          next.getBoolean(11),
          next.getDouble(12),
          next.getBoolean(13),
          next.getLong(14),
          next.getLong(15));
    }
  }

  private static Row made(Row post, Cascade cascade) {
    long author = post.getLong(4);
    long posted = post.getLong(3);
    boolean isTimed = posted != Cascade.UNKNOWN;
    boolean hasReactors = cascade.reactors() > 0;
    Cascade.FirstHour first = isTimed ? cascade.firstHour() : null;
    List<Row> bridges = new ArrayList<>();
    cascade
        .bridges()
        .forEach(
            (bridge, reached) ->
                bridges.add(
                    RowFactory.create(
                        bridge.carrier(),
                        bridge.from(),
                        bridge.to(),
                        reached.count(),
                        reached.units())));
    return RowFactory.create(
        post.getString(0),
        post.getString(1),
        author,
        isTimed ? posted : null,
        post.getBoolean(16),
        post.getInt(17),
        cascade.count(Cascade.REPOST),
        cascade.count(Cascade.QUOTE),
        cascade.count(Cascade.REPLY),
        cascade.count(Cascade.LIKE),
        (long) cascade.reactors(),
        cascade.units(),
        (long) cascade.tree().depth(),
        (long) cascade.tree().breadth(),
        hasReactors ? cascade.tree().virality() : null,
        hasReactors ? cascade.recordedShare() : null,
        hasReactors ? cascade.confidence() : null,
        hasReactors && isTimed ? cascade.toHalf() : null,
        hasReactors && isTimed ? cascade.alive() : null,
        (long) cascade.beyondAudience(),
        (long) cascade.communities(),
        boxed(cascade.hourlyUnits()),
        first == null
            ? null
            : RowFactory.create(
                (long) first.reactors(),
                (long) first.sharers(),
                (long) first.beyondAudience(),
                (long) first.communities(),
                (long) first.depth()),
        newActs(cascade),
        bridges.toArray(Row[]::new),
        actors(cascade, author, false),
        actors(cascade, author, true));
  }

  private static Row[] newActs(Cascade cascade) {
    List<Row> acts = new ArrayList<>();
    for (int act = 0; act < cascade.acts(); act++) {
      if (cascade.isNew(act)) {
        acts.add(
            RowFactory.create(
                cascade.actor(act),
                cascade.verb(act),
                cascade.at(act),
                cascade.record(act),
                cascade.parent(act),
                cascade.isRecorded(act),
                cascade.confidence(act),
                cascade.inAudience(act)));
      }
    }
    return acts.toArray(Row[]::new);
  }

  /** Distinct accounts other than the author that reacted, or that shared. */
  private static Long[] actors(Cascade cascade, long author, boolean sharers) {
    return java.util.stream.IntStream.range(0, cascade.acts())
        .filter(act -> !sharers || cascade.verb(act) <= Cascade.QUOTE)
        .mapToLong(cascade::actor)
        .filter(actor -> actor != author)
        .sorted()
        .distinct()
        .boxed()
        .toArray(Long[]::new);
  }

  private static Long[] boxed(long[] values) {
    return java.util.Arrays.stream(values).boxed().toArray(Long[]::new);
  }
}
