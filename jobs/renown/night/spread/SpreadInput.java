package renown.night.spread;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.TableReader;
import renown.tables.TableColumn;

/**
 * What a night's spread is made from; columns are read when they are asked for.
 *
 * @param night the night
 * @param previous the published night before, if there is one
 * @param pathNetworks networks that name, with reposts and likes, the repost they came through
 * @param falseShare share of the posts found that chance may have brought, 0..1
 * @param leastReactors credible accounts that a breakout must have drawn
 * @param reachSample accounts of a network that are counted without estimating
 * @param interactions rows of {@code interactions}, at least the night's
 * @param posts rows of {@code posts}, at least those of the last nights
 * @param deletions rows of {@code deletions}, likewise
 * @param accounts rows of {@code accounts}
 * @param edges of the attention graph, given those who act tonight and those who showed a post
 * @param landmarks rows of {@code landmarks}
 * @param accountStates rows of {@code account_state}
 * @param communities tonight's rows of {@code communities}
 * @param reactions rows of {@code post_reactions}
 * @param topics rows of {@code post_topics}, at least those of the last nights
 * @param acts rows of {@code cascade_acts} of earlier nights
 * @param records rows of {@code author_records} of an earlier night
 * @param warnings rows of {@code mart_early_warnings}, at least those of the night before
 */
record SpreadInput(
    LocalDate night,
    Optional<LocalDate> previous,
    List<String> pathNetworks,
    double falseShare,
    long leastReactors,
    long reachSample,
    TableReader interactions,
    TableReader posts,
    TableReader deletions,
    TableReader accounts,
    AttentionEdges edges,
    TableReader landmarks,
    TableReader accountStates,
    TableReader communities,
    TableReader reactions,
    TableReader topics,
    TableReader acts,
    TableReader records,
    TableReader warnings) {
  static final TableColumn[] COLUMNS = new TableColumn[0];

  /** Edges of the attention graph. */
  interface AttentionEdges {
    /** At least those of the actors to those who showed a post, and all follows of the latter. */
    Edges of(KeyNumbers actors, KeyNumbers showers);
  }

  /** Nights of posts, topics and deletions that are looked at. */
  static final int RECENT_NIGHTS = 3;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /**
   * Posts that are looked at were written after this, microseconds since 1970, unless they were
   * loaded tonight: a first night may have loaded the posts of years.
   *
   * @param end of the night
   * @param previousEnd that of the night before
   */
  static long recentFrom(long end, long previousEnd) {
    return Math.min(
        end - (1 + RECENT_NIGHTS) * MICROS_PER_DAY,
        Math.max(previousEnd, Long.MIN_VALUE / 2) - NightPosts.WINDOW_MICROS);
  }

  /** Whether a row of a night (days since 1970) is one of the last. */
  boolean isRecent(long rowNight) {
    return rowNight >= night.toEpochDay() - RECENT_NIGHTS;
  }

  boolean isTonight(long rowNight) {
    return rowNight == night.toEpochDay();
  }

  /** The end of the night, microseconds since 1970. */
  long end() {
    return end(night);
  }

  /** The end of the night before; long ago if there is none. */
  long previousEnd() {
    return previous.map(SpreadInput::end).orElse(Long.MIN_VALUE);
  }

  static long end(LocalDate night) {
    return night.plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }
}
