package renown.night.spread;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.tables.Communities;
import renown.tables.RankRuns;

/**
 * When the communities of each network were detected last, and how many edges it had then. Both
 * follow from tables alone, so that a night that is run again does the same.
 */
final class CommunityAges {
  /** A network is looked at anew once it has gained one edge in so many. */
  private static final int GROWTH = 16;

  /** And after so many nights: ties fade and move, too. */
  private static final int MOST_NIGHTS = 7;

  private final long night;

  /** By network: the night (days since 1970) of the oldest row. */
  private final Map<String, Long> detected = new HashMap<>();

  private record Run(String network, long night) {}

  private final Map<Run, Long> edges = new HashMap<>();

  /**
   * @param communities rows of {@code communities} of an earlier night
   * @param runs rows of {@code rank_runs}, tonight's among them
   */
  CommunityAges(LocalDate night, ColumnRows communities, TableReader runs) {
    this.night = night.toEpochDay();
    for (int i = 0; i < communities.size(); i++) {
      detected.merge(
          communities.texts(Communities.NETWORK).get(i),
          communities.longs(Communities.NIGHT).get(i),
          Math::min);
    }
    ColumnRows rows = runs.read(RankRuns.NETWORK, RankRuns.NIGHT, RankRuns.EDGE_COUNT);
    for (int i = 0; i < rows.size(); i++) {
      edges.put(
          new Run(rows.texts(RankRuns.NETWORK).get(i), rows.longs(RankRuns.NIGHT).get(i)),
          rows.longs(RankRuns.EDGE_COUNT).get(i));
    }
  }

  /** Whether a network is to be looked at anew; where nothing is known of it, too. */
  boolean isDue(String network) {
    Long last = detected.get(network);
    Long now = edges.get(new Run(network, night));
    Long then = last == null ? null : edges.get(new Run(network, last));
    return now == null
        || then == null
        || night - last >= MOST_NIGHTS
        || (now - then) * GROWTH >= then;
  }
}
