package renown.night.topics;

import java.util.List;
import java.util.function.Predicate;
import renown.kernels.topics.TopicClock;
import renown.kernels.topics.TopicSums;
import renown.kernels.topics.TopicVerb;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.TableColumn;
import renown.tables.TopicIncrements;

/** Rows of {@code topic_increments}, read into sums and made of them. */
final class IncrementRows {
  private IncrementRows() {}

  /**
   * Adds rows of a network.
   *
   * @param wanted which topics; null for all
   * @param clock of the night from which they are seen
   */
  static void read(
      TableFiles files,
      String network,
      Predicate<String> wanted,
      TopicClock clock,
      TopicNumbers numbers,
      TopicSums sums) {
    List<TableColumn> columns = TopicIncrements.TABLE.columns();
    ColumnRows rows =
        wanted == null
            ? files.read(columns)
            : files.readWhere(
                (some, row) -> wanted.test(some.texts(TopicIncrements.TOPIC_ID).get(row)),
                List.of(TopicIncrements.TOPIC_ID),
                columns.toArray(TableColumn[]::new));
    ColumnRows.Texts networks = rows.texts(TopicIncrements.NETWORK);
    ColumnRows.Texts topics = rows.texts(TopicIncrements.TOPIC_ID);
    long[] sources = rows.longs(TopicIncrements.SRC_KEY).toArray();
    long[] destinations = rows.longs(TopicIncrements.DST_KEY).toArray();
    ColumnRows.Texts verbs = rows.texts(TopicIncrements.VERB);
    long[] counts = rows.longs(TopicIncrements.ACT_COUNT).toArray();
    long[] units = rows.longs(TopicIncrements.DECAYED_UNITS).toArray();
    long[] latestAt = rows.longs(TopicIncrements.LATEST_AT).toArray();
    ColumnRows.Texts posts = rows.texts(TopicIncrements.LATEST_POST_ID);
    long[] nights = rows.longs(TopicIncrements.NIGHT).toArray();
    for (int row = 0; row < networks.size(); row++) {
      if (network.equals(networks.get(row))) {
        sums.add(
            numbers.number(topics.get(row)),
            sources[row],
            destinations[row],
            TopicVerb.of(verbs.get(row)),
            counts[row],
            clock.seen(units[row], nights[row]),
            latestAt[row],
            posts.get(row));
      }
    }
  }

  /**
   * Sums as rows.
   *
   * @param topics ids by number
   * @param nightDay in whose units they are
   */
  static ColumnRows of(TopicSums sums, String network, List<String> topics, long nightDay) {
    ColumnRows rows = new ColumnRows(TopicIncrements.TABLE);
    for (int row = 0; row < sums.size(); row++) {
      rows.texts(TopicIncrements.NETWORK).add(network);
      rows.texts(TopicIncrements.TOPIC_ID).add(topics.get(sums.topic(row)));
      rows.longs(TopicIncrements.SRC_KEY).add(sums.source(row));
      rows.longs(TopicIncrements.DST_KEY).add(sums.destination(row));
      rows.texts(TopicIncrements.VERB).add(sums.verb(row).word());
      rows.longs(TopicIncrements.ACT_COUNT).add(sums.actCount(row));
      rows.longs(TopicIncrements.DECAYED_UNITS).add(sums.units(row));
      rows.texts(TopicIncrements.LATEST_POST_ID).add(sums.latestPost(row));
      rows.longs(TopicIncrements.LATEST_AT).add(sums.latestAt(row));
      rows.longs(TopicIncrements.NIGHT).add(nightDay);
    }
    return rows;
  }
}
