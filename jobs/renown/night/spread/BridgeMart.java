package renown.night.spread;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import renown.lake.ColumnRows;
import renown.tables.MartBridges;
import renown.tables.PostTopics;

/** Rows of {@code mart_bridges}: what was carried between communities, in all and by topic. */
final class BridgeMart {
  private static final String ANY_TOPIC = "*";

  private record Bridge(int network, long carrier, long from, long to, String topic)
      implements Comparable<Bridge> {
    private static final Comparator<Bridge> ORDER =
        Comparator.comparingLong(Bridge::carrier)
            .thenComparingLong(Bridge::from)
            .thenComparingLong(Bridge::to)
            .thenComparing(Bridge::topic);

    @Override
    public int compareTo(Bridge other) {
      return ORDER.compare(this, other);
    }
  }

  private final Map<Bridge, long[]> sums = new TreeMap<>();

  /** Rows of the mart. */
  static ColumnRows rows(
      SpreadInput input, Names networks, NightPosts posts, PostCascades.Carried carried) {
    BridgeMart mart = new BridgeMart();
    int[] first = new int[posts.size()];
    int[] last = new int[posts.size()];
    for (int i = 0; i < carried.size(); i++) {
      mart.add(posts, carried, i, ANY_TOPIC);
      int post = carried.post(i);
      first[post] = last[post] == 0 ? i : first[post];
      last[post] = i + 1;
    }
    if (carried.size() > 0) {
      ColumnRows topics =
          input
              .topics()
              .read(PostTopics.NETWORK, PostTopics.POST_ID, PostTopics.TOPIC_ID, PostTopics.NIGHT);
      for (int i = 0; i < topics.size(); i++) {
        String topic = topics.texts(PostTopics.TOPIC_ID).get(i);
        if (topic.equals(ANY_TOPIC) || !input.isRecent(topics.longs(PostTopics.NIGHT).get(i))) {
          continue;
        }
        int post =
            posts.of(
                networks.of(topics.texts(PostTopics.NETWORK).get(i)),
                topics.texts(PostTopics.POST_ID).get(i));
        for (int c = post < 0 ? 0 : first[post]; post >= 0 && c < last[post]; c++) {
          mart.add(posts, carried, c, topic);
        }
      }
    }
    return mart.rows(input, networks);
  }

  private void add(NightPosts posts, PostCascades.Carried carried, int i, String topic) {
    long[] sum =
        sums.computeIfAbsent(
            new Bridge(
                posts.network(carried.post(i)),
                carried.carrier(i),
                carried.from(i),
                carried.to(i),
                topic),
            bridge -> new long[3]);
    sum[0]++;
    sum[1] += carried.count(i);
    sum[2] += carried.units(i);
  }

  private ColumnRows rows(SpreadInput input, Names networks) {
    ColumnRows rows = new ColumnRows(MartBridges.TABLE);
    sums.forEach(
        (bridge, sum) -> {
          rows.texts(MartBridges.NETWORK).add(networks.name(bridge.network()));
          rows.longs(MartBridges.ACCOUNT_KEY).add(bridge.carrier());
          rows.longs(MartBridges.FROM_COMMUNITY_KEY).add(bridge.from());
          rows.longs(MartBridges.TO_COMMUNITY_KEY).add(bridge.to());
          rows.texts(MartBridges.TOPIC_ID).add(bridge.topic());
          rows.longs(MartBridges.POST_COUNT).add(sum[0]);
          rows.longs(MartBridges.RECIPIENT_COUNT).add(sum[1]);
          rows.doubles(MartBridges.CREDIBLE_RECIPIENT_SUM).add(sum[2] / People.UNIT);
          rows.longs(MartBridges.NIGHT).add(input.night().toEpochDay());
        });
    return rows;
  }
}
