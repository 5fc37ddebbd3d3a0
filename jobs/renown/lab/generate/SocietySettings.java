package renown.lab.generate;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * What a generated society depends on; nothing else does. The number of days is not among it: the
 * files of a day are the same however many days follow.
 *
 * @param accounts accounts per network, 10..100,000,000
 * @param firstDate the first day, UTC
 * @param seed any number
 * @param eventsPerAccountDay mean number of things an ordinary account does a day, above 0
 * @param dirtyShare the probability that a clean line is followed by a dirty one, and that an
 *     account's day is delivered a day late; 0..0.5
 * @param speech how posts are worded; nothing else depends on it
 */
public record SocietySettings(
    int accounts,
    LocalDate firstDate,
    long seed,
    double eventsPerAccountDay,
    double dirtyShare,
    Speech speech)
    implements Serializable {

  /** Accounts above this do not fit the ids. */
  static final int MOST_ACCOUNTS = 100_000_000;

  /** Lines that one file should hold, about. */
  private static final double LINES_PER_SHARD = 150_000;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SocietySettings {
    if (accounts < 10
        || accounts > MOST_ACCOUNTS
        || !(eventsPerAccountDay > 0)
        || !(dirtyShare >= 0 && dirtyShare <= 0.5)) {
      throw new IllegalArgumentException("out of range");
    }
  }

  /** Files per network and day. A function of the society, never of the cluster. */
  int shards() {
    double lines = accounts * (eventsPerAccountDay + 4);
    return (int) StrictMath.ceil(lines / LINES_PER_SHARD);
  }
}
