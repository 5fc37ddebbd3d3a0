package renown.night.audience;

import java.time.LocalDate;
import java.util.List;
import renown.lake.TableReader;
import renown.tables.TableColumn;

/**
 * What a night's audiences are made from; columns are read when they are asked for.
 *
 * @param night the night
 * @param leastCredibility of accounts that count as reached, 0..1
 * @param overlapLeaders leaders per topic and network whose audiences are compared
 * @param hoursHalfLifeDays half-life of posts and reactions in the sums by hour, above 0
 * @param leastReactions decayed; with fewer no hours are recommended
 * @param interactions rows of {@code interactions}, at least the night's
 * @param edges rows of {@code edge_increments}
 * @param topicEdges rows of {@code topic_increments}
 * @param postTopics rows of {@code post_topics}, at least those of the last nights
 * @param accountStates rows of {@code account_state}
 * @param topicScores rows of {@code mart_topic_scores}
 * @param leaders rows of {@code mart_topic_leaders}
 * @param accounts rows of {@code accounts}
 * @param kinds rows of {@code account_kinds}
 * @param languages rows of {@code account_languages}
 * @param credibleBefore rows of {@code credible_accounts} of the night before
 * @param sketches rows of {@code mart_audience_sketches} of the night before; none where all are to
 *     be made again
 * @param areSketchesWhole whether all of these are to be written, and not only those that change
 * @param hours rows of {@code audience_hours} of an earlier night
 * @param networkHours rows of {@code network_hours} of an earlier night
 * @param postingHours rows of {@code mart_posting_hours} of an earlier night, file by file
 */
record AudienceInput(
    LocalDate night,
    double leastCredibility,
    long overlapLeaders,
    double hoursHalfLifeDays,
    double leastReactions,
    TableReader interactions,
    TableReader edges,
    TableReader topicEdges,
    TableReader postTopics,
    TableReader accountStates,
    TableReader topicScores,
    TableReader leaders,
    TableReader accounts,
    TableReader kinds,
    TableReader languages,
    TableReader credibleBefore,
    TableReader sketches,
    boolean areSketchesWhole,
    TableReader hours,
    TableReader networkHours,
    List<TableReader> postingHours) {
  static final TableColumn[] COLUMNS = new TableColumn[0];

  /** In place of a topic: whatever it is about. */
  static final String EVERYTHING = "*";

  /** What sums by hour of a night (days since 1970) are worth tonight, 0..1. */
  double hoursShare(long rowNight) {
    return StrictMath.pow(2, (night.toEpochDay() - rowNight) / -hoursHalfLifeDays);
  }

  boolean isTonight(long rowNight) {
    return rowNight == night.toEpochDay();
  }
}
