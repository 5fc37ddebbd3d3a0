package renown.night.audience;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.tables.AudienceHours;
import renown.tables.Interactions;
import renown.tables.NetworkHours;
import renown.tables.PostTopics;

/**
 * When accounts post and receive reactions: decayed sums by hour of the day, of accounts by topic,
 * and of networks by hour of the posts.
 */
final class HourSums {
  static final int HOURS = PostingModel.HOURS;
  static final double UNIT = 1L << 20;

  /**
   * Reactions within a day of a post come in its night or the next; the other nights allow for late
   * files and undone reactions.
   */
  static final int POST_NIGHTS = 7;

  /** Sums below this fraction of an act are dropped. */
  private static final double LEAST_ACT = 0.01;

  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
  private static final Set<String> REACTIONS = Set.of("repost", "quote", "reply", "like");

  private final AudienceInput input;
  private final CredibleSet credible;
  private final long end;
  private final Map<String, Integer> topicNumbers = new HashMap<>();

  /** Accounts and topics; of each 24 sums of posts, then 24 of reactions. */
  private final PairNumbers pairs = new PairNumbers();

  private String[] networks = new String[16];
  private String[] topics = new String[16];
  private long[][] sums = new long[16][];

  /** Of each network and hour of posts their sum, then 24 of reactions. */
  private final Map<String, long[][]> ofNetworks = new HashMap<>();

  HourSums(AudienceInput input, CredibleSet credible) {
    this.input = input;
    this.credible = credible;
    this.end = (input.night().toEpochDay() + 1) * MICROS_PER_DAY;
    readEarlier();
    addActs();
    for (int pair = 0; pair < pairs.size(); pair++) {
      notNegative(sums[pair]);
    }
    ofNetworks.values().forEach(hours -> Arrays.stream(hours).forEach(HourSums::notNegative));
  }

  private static void notNegative(long[] units) {
    for (int i = 0; units != null && i < units.length; i++) {
      units[i] = Math.max(units[i], 0);
    }
  }

  /** The sums of earlier nights, decayed to this one. */
  private void readEarlier() {
    ColumnRows rows =
        input.hours().read(AudienceHours.TABLE.columns().toArray(AudienceInput.COLUMNS));
    for (int i = 0; i < rows.size(); i++) {
      long[] units =
          of(
              rows.texts(AudienceHours.NETWORK).get(i),
              rows.longs(AudienceHours.ACCOUNT_KEY).get(i),
              rows.texts(AudienceHours.TOPIC_ID).get(i));
      double share = share(rows.longs(AudienceHours.NIGHT).get(i));
      long[] posts = rows.lists(AudienceHours.POST_UNITS).longs(i);
      long[] reactions = rows.lists(AudienceHours.REACTION_UNITS).longs(i);
      for (int hour = 0; hour < HOURS; hour++) {
        units[hour] += (long) Math.rint(posts[hour] * share);
        units[HOURS + hour] += (long) Math.rint(reactions[hour] * share);
      }
    }
    ColumnRows known =
        input.networkHours().read(NetworkHours.TABLE.columns().toArray(AudienceInput.COLUMNS));
    for (int i = 0; i < known.size(); i++) {
      long[] units =
          ofNetwork(
              known.texts(NetworkHours.NETWORK).get(i),
              (int) known.longs(NetworkHours.POST_HOUR).get(i));
      double share = share(known.longs(NetworkHours.NIGHT).get(i));
      long[] reactions = known.lists(NetworkHours.REACTION_UNITS).longs(i);
      units[0] += (long) Math.rint(known.longs(NetworkHours.POST_UNITS).get(i) * share);
      for (int hour = 0; hour < HOURS; hour++) {
        units[1 + hour] += (long) Math.rint(reactions[hour] * share);
      }
    }
  }

  private double share(long rowNight) {
    return StrictMath.pow(2, (input.night().toEpochDay() - rowNight) / -input.hoursHalfLifeDays());
  }

  private long[] of(String network, long account, String topic) {
    int number = topicNumbers.computeIfAbsent(topic, unknown -> topicNumbers.size());
    int pair = pairs.add(account, number);
    if (pair == sums.length) {
      networks = Arrays.copyOf(networks, 2 * pair);
      topics = Arrays.copyOf(topics, 2 * pair);
      sums = Arrays.copyOf(sums, 2 * pair);
    }
    if (sums[pair] == null) {
      networks[pair] = network;
      topics[pair] = topic;
      sums[pair] = new long[2 * HOURS];
    }
    return sums[pair];
  }

  private long[] ofNetwork(String network, int postHour) {
    long[][] hours = ofNetworks.computeIfAbsent(network, unknown -> new long[HOURS][]);
    if (hours[postHour] == null) {
      hours[postHour] = new long[1 + HOURS];
    }
    return hours[postHour];
  }

  /** Adds the night's posts, and the reactions to posts within a day of them. */
  private void addActs() {
    ColumnRows posts =
        input
            .postTopics()
            .read(
                PostTopics.NETWORK,
                PostTopics.POST_ID,
                PostTopics.AUTHOR_KEY,
                PostTopics.TOPIC_ID,
                PostTopics.HAPPENED_AT,
                PostTopics.NIGHT);
    // Rows of one post, from the last that was read back to the first.
    Map<String, Integer> lastOf = new HashMap<>();
    int[] before = new int[posts.size()];
    for (int i = 0; i < posts.size(); i++) {
      long night = posts.longs(PostTopics.NIGHT).get(i);
      if (night < input.night().toEpochDay() - POST_NIGHTS) {
        continue;
      }
      String post =
          post(posts.texts(PostTopics.NETWORK).get(i), posts.texts(PostTopics.POST_ID).get(i));
      Integer last = lastOf.put(post, i);
      before[i] = last == null ? -1 : last;
      if (input.isTonight(night)) {
        long at = posts.longs(PostTopics.HAPPENED_AT).get(i);
        add(posts, i, -1, units(at));
      }
    }
    ColumnRows acts =
        input
            .interactions()
            .read(
                Interactions.NETWORK,
                Interactions.VERB,
                Interactions.ACTOR_KEY,
                Interactions.TARGET_KEY,
                Interactions.OBJECT_ID,
                Interactions.HAPPENED_AT,
                Interactions.CHANGE,
                Interactions.NIGHT);
    for (int i = 0; i < acts.size(); i++) {
      String object = acts.texts(Interactions.OBJECT_ID).get(i);
      long actor = acts.longs(Interactions.ACTOR_KEY).get(i);
      long target = acts.longs(Interactions.TARGET_KEY).get(i);
      if (object == null
          || actor == target
          || !input.isTonight(acts.longs(Interactions.NIGHT).get(i))
          || !REACTIONS.contains(acts.texts(Interactions.VERB).get(i))
          || !credible.has(actor)) {
        continue;
      }
      long at = acts.longs(Interactions.HAPPENED_AT).get(i);
      int row = lastOf.getOrDefault(post(acts.texts(Interactions.NETWORK).get(i), object), -1);
      for (; row >= 0; row = before[row]) {
        long delay = at - posts.longs(PostTopics.HAPPENED_AT).get(row);
        if (posts.longs(PostTopics.AUTHOR_KEY).get(row) == target
            && delay >= 0
            && delay < MICROS_PER_DAY) {
          add(posts, row, hour(at), units(at) * acts.longs(Interactions.CHANGE).get(i));
        }
      }
    }
  }

  private static String post(String network, String id) {
    return network + '\n' + id;
  }

  private void add(ColumnRows posts, int row, int reactionHour, long units) {
    String network = posts.texts(PostTopics.NETWORK).get(row);
    String topic = posts.texts(PostTopics.TOPIC_ID).get(row);
    int postHour = hour(posts.longs(PostTopics.HAPPENED_AT).get(row));
    long[] ofAccount = of(network, posts.longs(PostTopics.AUTHOR_KEY).get(row), topic);
    ofAccount[reactionHour < 0 ? postHour : HOURS + reactionHour] += units;
    if (topic.equals(AudienceInput.EVERYTHING)) {
      ofNetwork(network, postHour)[1 + reactionHour] += units;
    }
  }

  /** Hour of the day, UTC. */
  private static int hour(long at) {
    return (int) Math.floorMod(Math.floorDiv(at, MICROS_PER_HOUR), (long) HOURS);
  }

  private long units(long at) {
    double days = Math.max(end - at, 0) / (double) MICROS_PER_DAY;
    return (long) Math.rint(StrictMath.pow(2, days / -input.hoursHalfLifeDays()) * UNIT);
  }

  int size() {
    return pairs.size();
  }

  /** Whether anything is left of the sums, and the account is not excluded. */
  boolean isKept(int pair) {
    return Arrays.stream(sums[pair]).sum() >= LEAST_ACT * UNIT
        && credible.isKnown(pairs.first(pair));
  }

  String network(int pair) {
    return networks[pair];
  }

  long account(int pair) {
    return pairs.first(pair);
  }

  String topic(int pair) {
    return topics[pair];
  }

  /** Decayed posts by hour, in {@link #UNIT}. */
  long[] posts(int pair) {
    return Arrays.copyOf(sums[pair], HOURS);
  }

  /** Decayed reactions by hour, in {@link #UNIT}. */
  long[] reactions(int pair) {
    return Arrays.copyOfRange(sums[pair], HOURS, 2 * HOURS);
  }

  /** Rows of {@code audience_hours}. */
  ColumnRows rows() {
    ColumnRows rows = new ColumnRows(AudienceHours.TABLE);
    for (int pair = 0; pair < pairs.size(); pair++) {
      if (isKept(pair)) {
        rows.texts(AudienceHours.NETWORK).add(networks[pair]);
        rows.longs(AudienceHours.ACCOUNT_KEY).add(pairs.first(pair));
        rows.texts(AudienceHours.TOPIC_ID).add(topics[pair]);
        rows.lists(AudienceHours.POST_UNITS).add(posts(pair));
        rows.lists(AudienceHours.REACTION_UNITS).add(reactions(pair));
        rows.longs(AudienceHours.NIGHT).add(input.night().toEpochDay());
      }
    }
    return rows;
  }

  /** Rows of {@code network_hours}. */
  ColumnRows networkRows() {
    ColumnRows rows = new ColumnRows(NetworkHours.TABLE);
    ofNetworks.forEach(
        (network, hours) -> {
          for (int hour = 0; hour < HOURS; hour++) {
            if (hours[hour] != null) {
              rows.texts(NetworkHours.NETWORK).add(network);
              rows.longs(NetworkHours.POST_HOUR).add(hour);
              rows.longs(NetworkHours.POST_UNITS).add(hours[hour][0]);
              rows.lists(NetworkHours.REACTION_UNITS)
                  .add(Arrays.copyOfRange(hours[hour], 1, 1 + HOURS));
              rows.longs(NetworkHours.NIGHT).add(input.night().toEpochDay());
            }
          }
        });
    return rows;
  }

  /** The models of networks. */
  Map<String, PostingModel> models() {
    Map<String, PostingModel> models = new HashMap<>();
    ofNetworks.forEach(
        (network, hours) -> {
          double[] written = new double[HOURS];
          double[][] reactions = new double[HOURS][HOURS];
          for (int hour = 0; hour < HOURS; hour++) {
            if (hours[hour] != null) {
              written[hour] = hours[hour][0] / UNIT;
              for (int reaction = 0; reaction < HOURS; reaction++) {
                reactions[hour][reaction] = hours[hour][1 + reaction] / UNIT;
              }
            }
          }
          models.put(network, PostingModel.fit(written, reactions));
        });
    return models;
  }
}
