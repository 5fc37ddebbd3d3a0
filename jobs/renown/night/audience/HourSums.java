package renown.night.audience;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.kernels.hours.HourCounts;
import renown.kernels.hours.Week;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.night.NewestRows;
import renown.tables.AudienceHours;
import renown.tables.Interactions;
import renown.tables.PostTopics;
import renown.tables.TableColumn;

/**
 * When accounts post and receive reactions: decayed sums by hour of the week on the clocks of their
 * audiences, of accounts by topic, and of networks by hour of the posts. A night writes the rows
 * that it changes; the others stay as they lie, and fade when they are read.
 */
final class HourSums {
  static final double UNIT = 1L << 20;

  /**
   * Reactions within a day of a post come in its night or the next; the other nights allow for late
   * files and undone reactions.
   */
  static final int POST_NIGHTS = 7;

  /**
   * Before this, in microseconds since 1970, no post was written of which a night looks at the
   * reactions, unless it is loaded tonight: a first night may have loaded the posts of years.
   */
  static long firstPosted(LocalDate night) {
    return (night.toEpochDay() - POST_NIGHTS) * MICROS_PER_DAY;
  }

  /** What is wanted of the night's acts, by those who look for smaller audiences, too. */
  static final TableColumn[] ACT_COLUMNS = {
    Interactions.NETWORK,
    Interactions.VERB,
    Interactions.ACTOR_KEY,
    Interactions.TARGET_KEY,
    Interactions.OBJECT_ID,
    Interactions.HAPPENED_AT,
    Interactions.CHANGE,
    Interactions.NIGHT
  };

  /** Sums below this fraction of an act are dropped. */
  private static final double LEAST_ACT = 0.01;

  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
  private static final Set<String> REACTIONS = Set.of("repost", "quote", "reply", "like");

  private final AudienceInput input;
  private final CredibleSet credible;
  private final long end;
  private final AudienceClocks clocks;
  private final Map<String, Integer> topicNumbers = new HashMap<>();

  /** Accounts and topics. */
  private final PairNumbers pairs = new PairNumbers();

  private final List<Sums> sums = new ArrayList<>();

  private final NetworkHourSums ofNetworks;

  private boolean isWhole;

  /** What is known of an account and a topic. */
  private static final class Sums {
    final String network;
    final String topic;
    HourCounts posts = new HourCounts();
    HourCounts reactions = new HourCounts();

    /** The night (days since 1970) at whose end units are what they are. */
    long night;

    /** Of the clock that they were counted by; where it was wrong, hours are put right. */
    int baseOffset;

    boolean isChanged;

    Sums(String network, String topic, long night, int baseOffset) {
      this.network = network;
      this.topic = topic;
      this.night = night;
      this.baseOffset = baseOffset;
    }

    void moveTo(int offset) {
      if (offset != baseOffset) {
        posts.move(offset - baseOffset);
        reactions.move(offset - baseOffset);
        baseOffset = offset;
      }
    }
  }

  HourSums(AudienceInput input, CredibleSet credible) {
    this.input = input;
    this.credible = credible;
    this.end = (input.night().toEpochDay() + 1) * MICROS_PER_DAY;
    ColumnRows before =
        input.hours().read(AudienceHours.TABLE.columns().toArray(AudienceInput.COLUMNS));
    ColumnRows acts = input.interactions().read(ACT_COLUMNS);
    Map<String, Map<String, Integer>> named = named(acts);
    ColumnRows posts =
        input
            .postTopics()
            .readWhere(
                (rows, row) -> isLookedAt(rows, row, named),
                List.of(PostTopics.NIGHT, PostTopics.NETWORK, PostTopics.POST_ID),
                PostTopics.NETWORK,
                PostTopics.POST_ID,
                PostTopics.AUTHOR_KEY,
                PostTopics.TOPIC_ID,
                PostTopics.HAPPENED_AT,
                PostTopics.NIGHT);
    ofNetworks = new NetworkHourSums(input);
    clocks = new AudienceClocks(input, credible, before, posts, acts);
    readEarlier(before);
    addActs(posts, acts, named);
    isWhole |= isMostlyOutdated(before);
    for (Sums some : sums) {
      if (some.isChanged) {
        some.posts.noneBelowZero();
        some.reactions.noneBelowZero();
      }
    }
    ofNetworks.noneBelowZero();
  }

  private boolean isMostlyOutdated(ColumnRows before) {
    long kept = 0;
    long changed = 0;
    for (int pair = 0; pair < pairs.size(); pair++) {
      kept += isKept(pair) ? 1 : 0;
      changed += isChanged(pair) ? 1 : 0;
    }
    return NewestRows.areMostlyOutdated(before, AudienceHours.NIGHT, changed, kept);
  }

  private boolean isChanged(int pair) {
    return sums.get(pair).isChanged
        || sums.get(pair).topic.equals(AudienceInput.EVERYTHING)
            && clocks.isChanged(pairs.first(pair));
  }

  /** The newest sums of each account and topic. */
  private void readEarlier(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      long night = rows.longs(AudienceHours.NIGHT).get(i);
      long account = rows.longs(AudienceHours.ACCOUNT_KEY).get(i);
      isWhole |= !credible.isKnown(account);
      Sums some =
          of(
              rows.texts(AudienceHours.NETWORK).get(i),
              account,
              rows.texts(AudienceHours.TOPIC_ID).get(i));
      if (night > some.night) {
        some.night = night;
        some.baseOffset = (int) rows.longs(AudienceHours.BASE_OFFSET_HOURS).get(i);
        some.posts =
            new HourCounts(
                rows.lists(AudienceHours.POST_HOURS).longs(i),
                rows.lists(AudienceHours.POST_UNITS).longs(i));
        some.reactions =
            new HourCounts(
                rows.lists(AudienceHours.REACTION_HOURS).longs(i),
                rows.lists(AudienceHours.REACTION_UNITS).longs(i));
      }
    }
    for (int pair = 0; pair < sums.size(); pair++) {
      sums.get(pair).moveTo(clocks.baseOffset(pairs.first(pair)));
    }
  }

  /** What is known of an account and a topic, as of the night when it was known. */
  private Sums of(String network, long account, String topic) {
    int number = topicNumbers.computeIfAbsent(topic, unknown -> topicNumbers.size());
    int pair = pairs.add(account, number);
    if (pair == sums.size()) {
      sums.add(new Sums(network, topic, Long.MIN_VALUE, clocks.baseOffset(account)));
    }
    return sums.get(pair);
  }

  /** The same as of tonight, to add to. */
  private Sums changed(Sums some) {
    if (!some.isChanged) {
      some.isChanged = true;
      if (some.night != Long.MIN_VALUE) {
        some.posts.fade(input.hoursShare(some.night));
        some.reactions.fade(input.hoursShare(some.night));
      }
      some.night = input.night().toEpochDay();
    }
    return some;
  }

  /** Adds the night's posts, and the reactions to posts within a day of them. */
  private void addActs(ColumnRows posts, ColumnRows acts, Map<String, Map<String, Integer>> named) {
    // Rows of one post that was named, from the last that was read back to the first.
    int[] before = new int[posts.size()];
    for (int i = 0; i < posts.size(); i++) {
      if (!isLookedAt(posts, i, named)) {
        continue;
      }
      Map<String, Integer> last =
          named.computeIfAbsent(posts.texts(PostTopics.NETWORK).get(i), network -> new HashMap<>());
      int row = i;
      last.computeIfPresent(
          posts.texts(PostTopics.POST_ID).get(i),
          (id, latest) -> {
            before[row] = latest;
            return row;
          });
      if (input.isTonight(posts.longs(PostTopics.NIGHT).get(i))) {
        addPost(posts, i);
      }
    }
    for (int i = 0; i < acts.size(); i++) {
      if (!isReaction(acts, i)) {
        continue;
      }
      long at = acts.longs(Interactions.HAPPENED_AT).get(i);
      int row =
          named
              .get(acts.texts(Interactions.NETWORK).get(i))
              .get(acts.texts(Interactions.OBJECT_ID).get(i));
      for (; row >= 0; row = before[row]) {
        long delay = at - posts.longs(PostTopics.HAPPENED_AT).get(row);
        if (posts.longs(PostTopics.AUTHOR_KEY).get(row)
                == acts.longs(Interactions.TARGET_KEY).get(i)
            && delay >= 0
            && delay < MICROS_PER_DAY) {
          addReaction(posts, row, at, units(at) * acts.longs(Interactions.CHANGE).get(i));
        }
      }
    }
  }

  /** Whether a row of {@code post_topics} is of tonight, or of a post that reactions name. */
  private boolean isLookedAt(ColumnRows posts, int row, Map<String, Map<String, Integer>> named) {
    long night = posts.longs(PostTopics.NIGHT).get(row);
    return input.isTonight(night)
        || night >= input.night().toEpochDay() - POST_NIGHTS
            && named
                .getOrDefault(posts.texts(PostTopics.NETWORK).get(row), Map.of())
                .containsKey(posts.texts(PostTopics.POST_ID).get(row));
  }

  private boolean isReaction(ColumnRows acts, int i) {
    long actor = acts.longs(Interactions.ACTOR_KEY).get(i);
    return !acts.texts(Interactions.OBJECT_ID).isNull(i)
        && actor != acts.longs(Interactions.TARGET_KEY).get(i)
        && input.isTonight(acts.longs(Interactions.NIGHT).get(i))
        && REACTIONS.contains(acts.texts(Interactions.VERB).get(i))
        && credible.has(actor);
  }

  /**
   * The posts that the night's reactions are to, by network and id; no row of them is known yet.
   */
  private Map<String, Map<String, Integer>> named(ColumnRows acts) {
    Map<String, Map<String, Integer>> named = new HashMap<>();
    for (int i = 0; i < acts.size(); i++) {
      if (isReaction(acts, i)) {
        named
            .computeIfAbsent(
                acts.texts(Interactions.NETWORK).get(i), network -> new HashMap<>(1 << 10))
            .put(acts.texts(Interactions.OBJECT_ID).get(i), -1);
      }
    }
    return named;
  }

  private void addPost(ColumnRows posts, int row) {
    String network = posts.texts(PostTopics.NETWORK).get(row);
    String topic = posts.texts(PostTopics.TOPIC_ID).get(row);
    long author = posts.longs(PostTopics.AUTHOR_KEY).get(row);
    long at = posts.longs(PostTopics.HAPPENED_AT).get(row);
    int hour = Week.hour(at, clocks.offset(author));
    changed(of(network, author, topic)).posts.add(hour, units(at));
    if (topic.equals(AudienceInput.EVERYTHING)) {
      ofNetworks.addPost(network, hour, units(at));
    }
  }

  private void addReaction(ColumnRows posts, int row, long at, long units) {
    String network = posts.texts(PostTopics.NETWORK).get(row);
    String topic = posts.texts(PostTopics.TOPIC_ID).get(row);
    long author = posts.longs(PostTopics.AUTHOR_KEY).get(row);
    int offset = clocks.offset(author);
    changed(of(network, author, topic)).reactions.add(Week.hour(at, offset), units);
    if (topic.equals(AudienceInput.EVERYTHING)) {
      long posted = posts.longs(PostTopics.HAPPENED_AT).get(row);
      int lag = (int) (Math.floorDiv(at, MICROS_PER_HOUR) - Math.floorDiv(posted, MICROS_PER_HOUR));
      ofNetworks.addReaction(network, Week.hour(posted, offset), lag, units);
    }
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
    Sums some = sums.get(pair);
    return (some.posts.sum() + some.reactions.sum()) * input.hoursShare(some.night)
            >= LEAST_ACT * UNIT
        && credible.isKnown(pairs.first(pair));
  }

  String network(int pair) {
    return sums.get(pair).network;
  }

  long account(int pair) {
    return pairs.first(pair);
  }

  String topic(int pair) {
    return sums.get(pair).topic;
  }

  /** Hours that the audience's clock is ahead of UTC. */
  int offset(int pair) {
    return clocks.offset(pairs.first(pair));
  }

  /** Decayed reactions in all. */
  double received(int pair) {
    Sums some = sums.get(pair);
    return some.reactions.sum() * input.hoursShare(some.night) / UNIT;
  }

  /** Decayed posts by hour of the week. */
  double[] posts(int pair) {
    Sums some = sums.get(pair);
    return some.posts.week(input.hoursShare(some.night) / UNIT);
  }

  /** Decayed reactions by hour of the week. */
  double[] reactions(int pair) {
    Sums some = sums.get(pair);
    return some.reactions.week(input.hoursShare(some.night) / UNIT);
  }

  /** Whether {@link #rows} are all that there are; else those that the night changes. */
  boolean isWhole() {
    return isWhole;
  }

  /** Rows of {@code audience_hours}, all as of tonight. */
  ColumnRows rows() {
    ColumnRows rows = new ColumnRows(AudienceHours.TABLE);
    for (int pair = 0; pair < pairs.size(); pair++) {
      long account = pairs.first(pair);
      boolean isOfAll = sums.get(pair).topic.equals(AudienceInput.EVERYTHING);
      if (isWhole ? !isKept(pair) : !isChanged(pair) || !credible.isKnown(account)) {
        continue;
      }
      Sums some = changed(sums.get(pair));
      rows.texts(AudienceHours.NETWORK).add(some.network);
      rows.longs(AudienceHours.ACCOUNT_KEY).add(account);
      rows.texts(AudienceHours.TOPIC_ID).add(some.topic);
      rows.lists(AudienceHours.POST_HOURS).add(some.posts.hours());
      rows.lists(AudienceHours.POST_UNITS).add(some.posts.units());
      rows.lists(AudienceHours.REACTION_HOURS).add(some.reactions.hours());
      rows.lists(AudienceHours.REACTION_UNITS).add(some.reactions.units());
      clocks.add(rows, account, isOfAll);
      rows.longs(AudienceHours.NIGHT).add(some.night);
    }
    return rows;
  }

  /** The sums of networks. */
  NetworkHourSums ofNetworks() {
    return ofNetworks;
  }
}
