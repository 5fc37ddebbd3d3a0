package renown.night.spread;

import java.util.Arrays;
import java.util.List;
import renown.kernels.cascades.Cascade;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.tables.Deletions;
import renown.tables.Posts;

/**
 * The posts that a night looks at: those that something was done to tonight, and those that are
 * judged or watched. Nothing is held of any other.
 */
final class NightPosts {
  /** What becomes of a post tonight, apart from what was done to it. */
  static final int PASSED = 0;

  /** It has now been out for as long as posts are compared by. */
  static final int JUDGED = 1;

  /** It has been out for an hour, and not yet so long. */
  static final int WATCHED = 2;

  static final long MICROS_PER_HOUR = 3_600_000_000L;

  /** Posts are compared by the reactions of their first hours. */
  static final long WINDOW_MICROS = Cascade.HOURS * MICROS_PER_HOUR;

  /** Names of the kinds of posts: replies draw much less than posts and quotes. */
  static final List<String> KINDS = List.of("post", "quote", "reply");

  private static final int QUOTE = 1;
  private static final int REPLY = 2;

  /** In place of an author or a time that nobody has told: above any. */
  private static final long UNTOLD = Long.MAX_VALUE;

  private final PostNumbers numbers = new PostNumbers();
  private final long end;
  private final long previousEnd;
  private long[] authors = new long[0];
  private long[] posted = new long[0];
  private boolean[] isTouched = new boolean[0];
  private int[] kinds = new int[0];
  private String[] languages = new String[0];
  private boolean[] isDeleted = new boolean[0];

  /**
   * @param end of the night, microseconds since 1970
   * @param previousEnd that of the night before
   */
  NightPosts(long end, long previousEnd) {
    this.end = end;
    this.previousEnd = previousEnd;
  }

  int size() {
    return numbers.size();
  }

  int network(int post) {
    return numbers.network(post);
  }

  String id(int post) {
    return numbers.id(post);
  }

  /** The number of a post, or -1. */
  int of(int network, String id) {
    return numbers.of(network, id);
  }

  /** The number of a post; from now on it is looked at. */
  int add(int network, String id) {
    int post = numbers.add(network, id);
    if (post == authors.length) {
      int larger = Math.max(1024, 2 * post);
      authors = Arrays.copyOf(authors, larger);
      posted = Arrays.copyOf(posted, larger);
      Arrays.fill(authors, post, larger, UNTOLD);
      Arrays.fill(posted, post, larger, UNTOLD);
      isTouched = Arrays.copyOf(isTouched, larger);
      kinds = Arrays.copyOf(kinds, larger);
      languages = Arrays.copyOf(languages, larger);
      isDeleted = Arrays.copyOf(isDeleted, larger);
    }
    return post;
  }

  /** Adds a post that something was done to tonight. */
  int touch(int network, String id) {
    int post = add(network, id);
    isTouched[post] = true;
    return post;
  }

  /** Somebody names the author; of several the one with the smallest key. */
  void tellAuthor(int post, long author) {
    authors[post] = Math.min(authors[post], author);
  }

  /** Somebody knows when it was posted, microseconds; of several times the first. */
  void tellPosted(int post, long at) {
    posted[post] = Math.min(posted[post], at);
  }

  boolean isTouched(int post) {
    return isTouched[post];
  }

  boolean hasAuthor(int post) {
    return authors[post] != UNTOLD;
  }

  long author(int post) {
    return authors[post];
  }

  /** Microseconds since 1970, or {@link Cascade#UNKNOWN}. */
  long posted(int post) {
    return posted[post] == UNTOLD ? Cascade.UNKNOWN : posted[post];
  }

  /** Index in {@link #KINDS}. */
  int kind(int post) {
    return kinds[post];
  }

  /** As its network states; null if it does not. */
  String language(int post) {
    return languages[post];
  }

  /** Deleted within the last nights, by its author or its network. */
  boolean isDeleted(int post) {
    return isDeleted[post];
  }

  /**
   * Whether a post is judged, watched or neither.
   *
   * @param at when it was posted or {@link Cascade#UNKNOWN}
   * @param start when the acts begin of a network that is loaded for the first time; else null
   */
  int window(long at, Long start) {
    if (at == Cascade.UNKNOWN) {
      return PASSED;
    }
    long age = end - at;
    boolean isNew = start == null ? at + WINDOW_MICROS > previousEnd : at >= start;
    if (isNew && age >= WINDOW_MICROS) {
      return JUDGED;
    }
    boolean isSeen = start == null || at >= start;
    return isSeen && age >= MICROS_PER_HOUR && age < WINDOW_MICROS ? WATCHED : PASSED;
  }

  /** Whole hours that a post has been out at the end of the night, at most 24. */
  int hours(int post) {
    return (int)
        Math.min(Cascade.HOURS, Math.floor((end - posted[post]) / (double) MICROS_PER_HOUR));
  }

  /** What the posts are looked up by in tables, rising. */
  long[] prints() {
    long[] prints = new long[size()];
    for (int post = 0; post < prints.length; post++) {
      prints[post] = RecordPrint.of(id(post)).low();
    }
    Arrays.sort(prints);
    return prints;
  }

  /** Takes kind and language from the posts themselves. */
  void describe(SpreadInput input, ColumnRows rows, Names networks) {
    for (int i = 0; i < rows.size(); i++) {
      if (!input.isRecent(rows.longs(Posts.NIGHT).get(i))) {
        continue;
      }
      int post =
          of(networks.of(rows.texts(Posts.NETWORK).get(i)), rows.texts(Posts.POST_ID).get(i));
      if (post >= 0) {
        kinds[post] =
            !rows.texts(Posts.REPLY_TO_ID).isNull(i)
                ? REPLY
                : rows.texts(Posts.QUOTED_ID).isNull(i) ? 0 : QUOTE;
        languages[post] = rows.texts(Posts.LANGUAGE).get(i);
      }
    }
  }

  /** Notes which were deleted. */
  void markDeleted(SpreadInput input, Names networks) {
    ColumnRows rows =
        input
            .deletions()
            .read(Deletions.NETWORK, Deletions.RECORD_ID, Deletions.DELETER_KEY, Deletions.NIGHT);
    for (int i = 0; i < rows.size(); i++) {
      if (!input.isRecent(rows.longs(Deletions.NIGHT).get(i))) {
        continue;
      }
      int post =
          of(
              networks.of(rows.texts(Deletions.NETWORK).get(i)),
              rows.texts(Deletions.RECORD_ID).get(i));
      long deleter = rows.longs(Deletions.DELETER_KEY).get(i);
      if (post >= 0 && (deleter == Deletions.BY_THE_NETWORK || deleter == authors[post])) {
        isDeleted[post] = true;
      }
    }
  }
}
