package renown.night.spread;

import java.util.Arrays;
import renown.kernels.cascades.Cascade;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.tables.CascadeActs;
import renown.tables.MartPostSpread;

/**
 * Walks the cascades of all posts that a night looks at, and notes what is told of them: rows of
 * {@code mart_post_spread} and {@code cascade_acts}, and what judging and bridging need.
 */
final class PostCascades {
  private static final double MICROS_PER_HOUR = 3_600e6;

  private final SpreadInput input;
  private final Names networks;
  private final People people;
  private final NightActs acts;
  private final NightPosts posts;
  private final ColumnRows spread = new ColumnRows(MartPostSpread.TABLE);
  private final ColumnRows remembered = new ColumnRows(CascadeActs.TABLE);
  private final Judged judged;
  private final Carried carried = new Carried();
  private final boolean[] isWalked;

  PostCascades(
      SpreadInput input, Names networks, People people, NightActs acts, NightAttention attention) {
    this.input = input;
    this.networks = networks;
    this.people = people;
    this.acts = acts;
    this.posts = acts.posts();
    this.judged = new Judged(posts);
    this.isWalked = new boolean[posts.size()];
    Exposure exposure = new Exposure(people, attention);
    for (int post = 0; post < posts.size(); post++) {
      int author = posts.hasAuthor(post) ? people.of(posts.author(post)) : -1;
      int window = posts.window(posts.posted(post), acts.start(posts.network(post)));
      if (author < 0 || !posts.isTouched(post) && window == NightPosts.PASSED) {
        continue;
      }
      isWalked[post] = true;
      Cascade cascade =
          new Cascade(
              acts.acts(),
              post,
              posts.author(post),
              people.community(author),
              posts.posted(post),
              attention.attention());
      if (posts.isTouched(post)) {
        remember(post);
        carried.add(post, cascade);
        if (cascade.reactors() > 0) {
          exposure.count(post, posts.network(post), cascade);
          tell(post, author, cascade, exposure);
        }
      }
      if (window != NightPosts.PASSED && !posts.isDeleted(post)) {
        judged.add(post, window, cascade, people, author);
      }
    }
    rememberTakenBack();
  }

  private void tell(int post, int author, Cascade cascade, Exposure exposure) {
    boolean isTimed = posts.posted(post) != Cascade.UNKNOWN;
    spread.texts(MartPostSpread.NETWORK).add(networks.name(posts.network(post)));
    spread.texts(MartPostSpread.POST_ID).add(posts.id(post));
    spread.longs(MartPostSpread.AUTHOR_KEY).add(posts.author(post));
    add(spread.longs(MartPostSpread.POSTED_AT), posts.posted(post), isTimed);
    spread.longs(MartPostSpread.REPOST_COUNT).add(cascade.count(Cascade.REPOST));
    spread.longs(MartPostSpread.QUOTE_COUNT).add(cascade.count(Cascade.QUOTE));
    spread.longs(MartPostSpread.REPLY_COUNT).add(cascade.count(Cascade.REPLY));
    spread.longs(MartPostSpread.LIKE_COUNT).add(cascade.count(Cascade.LIKE));
    spread.longs(MartPostSpread.ACTOR_COUNT).add(cascade.reactors());
    spread.doubles(MartPostSpread.CREDIBLE_ACTOR_SUM).add(cascade.units() / People.UNIT);
    spread.doubles(MartPostSpread.EXPOSURE_LOW).add(exposure.low());
    add(spread.doubles(MartPostSpread.EXPOSURE_HIGH), exposure.high());
    spread.longs(MartPostSpread.DEPTH).add(cascade.tree().depth());
    spread.longs(MartPostSpread.BREADTH).add(cascade.tree().breadth());
    spread.doubles(MartPostSpread.STRUCTURAL_VIRALITY).add(cascade.tree().virality());
    spread.doubles(MartPostSpread.RECORDED_SHARE).add(cascade.recordedShare());
    spread.doubles(MartPostSpread.CONFIDENCE_SHARE).add(cascade.confidence());
    add(
        spread.doubles(MartPostSpread.HOURS_TO_HALF),
        isTimed ? cascade.toHalf() / MICROS_PER_HOUR : Double.NaN);
    add(
        spread.doubles(MartPostSpread.DAYS_ALIVE),
        isTimed ? cascade.alive() / (24 * MICROS_PER_HOUR) : Double.NaN);
    spread
        .doubles(MartPostSpread.BEYOND_AUDIENCE_SHARE)
        .add((double) cascade.beyondAudience() / cascade.reactors());
    spread.longs(MartPostSpread.COMMUNITY_COUNT).add(cascade.communities());
    add(spread.doubles(MartPostSpread.AUTHOR_SCORE), people.score(author));
    spread.longs(MartPostSpread.NIGHT).add(input.night().toEpochDay());
  }

  /** Adds a number, or null for NaN. */
  static void add(ColumnRows.Doubles column, double value) {
    if (Double.isNaN(value)) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  /** Adds a number, or null if it is not known. */
  static void add(ColumnRows.Longs column, long value, boolean isKnown) {
    if (isKnown) {
      column.add(value);
    } else {
      column.addNull();
    }
  }

  private void remember(int post) {
    renown.kernels.cascades.CascadeActs all = acts.acts();
    for (int act = all.from(post); act < all.to(post); act++) {
      if (all.isNew(act)) {
        remember(post, all.actor(act), all.verb(act), all.at(act), all.record(act));
        remembered.longs(CascadeActs.PARENT_KEY).add(all.parent(act));
        remembered.longs(CascadeActs.IS_RECORDED).add(all.isRecorded(act));
        remembered.doubles(CascadeActs.CONFIDENCE_SHARE).add(all.confidence(act));
        remembered.longs(CascadeActs.IN_AUDIENCE).add(all.inAudience(act));
        remembered.longs(CascadeActs.CHANGE).add(1);
      }
    }
  }

  private void rememberTakenBack() {
    TakenBack taken = acts.takenBack();
    for (int i = 0; i < taken.size(); i++) {
      int post = taken.post(i);
      if (isWalked[post]) {
        remember(post, taken.actor(i), taken.verb(i), taken.at(i), taken.record(i));
        remembered.longs(CascadeActs.PARENT_KEY).add(posts.author(post));
        remembered.longs(CascadeActs.IS_RECORDED).add(false);
        remembered.doubles(CascadeActs.CONFIDENCE_SHARE).add(0);
        remembered.longs(CascadeActs.IN_AUDIENCE).add(false);
        remembered.longs(CascadeActs.CHANGE).add(-1);
      }
    }
  }

  private void remember(int post, long actor, int verb, long at, long record) {
    remembered.texts(CascadeActs.NETWORK).add(networks.name(posts.network(post)));
    remembered.texts(CascadeActs.POST_ID).add(posts.id(post));
    remembered.longs(CascadeActs.AUTHOR_KEY).add(posts.author(post));
    add(
        remembered.longs(CascadeActs.POSTED_AT),
        posts.posted(post),
        posts.posted(post) != Cascade.UNKNOWN);
    remembered.longs(CascadeActs.ACTOR_KEY).add(actor);
    remembered.texts(CascadeActs.VERB).add(NightActs.VERBS.get(verb));
    remembered.longs(CascadeActs.HAPPENED_AT).add(at);
    remembered.longs(CascadeActs.RECORD_HASH).add(record);
    remembered.longs(CascadeActs.NIGHT).add(input.night().toEpochDay());
    remembered.longs(CascadeActs.POST_PRINT_LOW).add(RecordPrint.of(posts.id(post)).low());
  }

  /** Rows of {@code mart_post_spread}. */
  ColumnRows spread() {
    return spread;
  }

  /** Rows of {@code cascade_acts}. */
  ColumnRows remembered() {
    return remembered;
  }

  /** The posts that are judged or watched. */
  Judged judged() {
    return judged;
  }

  /** What was carried from one community to another. */
  Carried carried() {
    return carried;
  }

  /** Posts that were carried from one community to another, and by whom. */
  static final class Carried implements Cascade.Bridges {
    private long[] values = new long[96];
    private int size;
    private int post;

    private void add(int of, Cascade cascade) {
      post = of;
      cascade.bridges(this);
    }

    @Override
    public void add(long carrier, long from, long to, long count, long units) {
      if (6 * size == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      int at = 6 * size++;
      values[at] = post;
      values[at + 1] = carrier;
      values[at + 2] = from;
      values[at + 3] = to;
      values[at + 4] = count;
      values[at + 5] = units;
    }

    int size() {
      return size;
    }

    int post(int i) {
      return (int) values[6 * i];
    }

    long carrier(int i) {
      return values[6 * i + 1];
    }

    long from(int i) {
      return values[6 * i + 2];
    }

    long to(int i) {
      return values[6 * i + 3];
    }

    long count(int i) {
      return values[6 * i + 4];
    }

    long units(int i) {
      return values[6 * i + 5];
    }
  }
}
