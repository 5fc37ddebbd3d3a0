package renown.night.spread;

import java.util.Arrays;
import renown.kernels.cascades.Cascade;

/** The posts that are judged or watched tonight, by column. */
final class Judged {
  private final NightPosts posts;
  private int size;
  private int[] numbers = new int[16];
  private int[] windows = new int[16];
  private long[] observed = new long[16];
  private long[] audiences = new long[16];
  private int[] bands = new int[16];

  /** Where the hours of a post stand in {@link #hourly}; -1 where it drew nobody. */
  private int[] blocks = new int[16];

  private long[] hourly = new long[4 * Cascade.HOURS];
  private int blockCount;

  Judged(NightPosts posts) {
    this.posts = posts;
  }

  /** Adds a post of an author who counts. */
  void add(int post, int window, Cascade cascade, People people, int author) {
    long audience = Math.max(people.attending(author) - cascade.beyondAudience(), 0);
    int band = band(audience, people.statedAudience(author));
    add(post, window, audience, band, cascade.reactors() > 0 ? cascade.hourlyUnits() : null);
  }

  /**
   * Adds a post.
   *
   * @param hours credibility that it drew in each of its first hours; null where nobody reacted
   */
  void add(int post, int window, long audience, int band, long[] hours) {
    if (size == numbers.length) {
      int larger = 2 * size;
      numbers = Arrays.copyOf(numbers, larger);
      windows = Arrays.copyOf(windows, larger);
      observed = Arrays.copyOf(observed, larger);
      audiences = Arrays.copyOf(audiences, larger);
      bands = Arrays.copyOf(bands, larger);
      blocks = Arrays.copyOf(blocks, larger);
    }
    numbers[size] = post;
    windows[size] = window;
    audiences[size] = audience;
    bands[size] = band;
    blocks[size] = -1;
    if (hours != null) {
      draw(post, hours);
    }
    size++;
  }

  private void draw(int post, long[] hours) {
    if (hourly.length < (blockCount + 1) * Cascade.HOURS) {
      hourly = Arrays.copyOf(hourly, 2 * hourly.length);
    }
    System.arraycopy(hours, 0, hourly, blockCount * Cascade.HOURS, Cascade.HOURS);
    blocks[size] = blockCount++;
    long drawn = 0;
    for (int hour = 0; hour < posts.hours(post); hour++) {
      drawn += hours[hour];
    }
    observed[size] = (long) Math.rint(drawn / People.UNIT);
  }

  /**
   * Authors with like audiences: 0 for an audience of less than 3 accounts, one more for each
   * factor of four. Of one that hardly posted yet nobody has seen how many attend to it; where the
   * network states followers, these tell.
   */
  static int band(long attending, long followers) {
    double steps = StrictMath.log(Math.max(attending, followers) + 1.0) / StrictMath.log(2);
    return (int) Math.floor(steps / 2);
  }

  int size() {
    return size;
  }

  /** The post's number. */
  int post(int i) {
    return numbers[i];
  }

  boolean isJudged(int i) {
    return windows[i] == NightPosts.JUDGED;
  }

  /** Credible accounts that it drew in the hours that it has been out, at most 24; whole. */
  long observed(int i) {
    return observed[i];
  }

  /** Accounts that had attended to the author before. */
  long audience(int i) {
    return audiences[i];
  }

  int band(int i) {
    return bands[i];
  }

  /** Credibility that it drew in one of its first hours, in {@link People#UNIT}. */
  long drawn(int i, int hour) {
    return blocks[i] < 0 ? 0 : hourly[blocks[i] * Cascade.HOURS + hour];
  }
}
