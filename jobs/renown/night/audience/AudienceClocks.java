package renown.night.audience;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.hours.ActivityClock;
import renown.kernels.hours.Week;
import renown.kernels.sketches.PairNumbers;
import renown.lake.ColumnRows;
import renown.tables.AudienceHours;
import renown.tables.Interactions;
import renown.tables.PostTopics;

/**
 * The clocks that audiences live by. An account's audience of a night are those who attended to it;
 * when they are about, whomever they attend to and whatever they write, tells how far their clock
 * is ahead of UTC, however odd the hours of the account itself. Where little is known the audiences
 * of accounts of the same language count.
 *
 * <p>Clocks go forward and back in summer. One audience alone would show it only after weeks; all
 * of one network, language and offset together do so within days. So an offset has two parts: one
 * that activity shows, in winter as in summer, and a change of an hour at most, which is the same
 * for all of them. Sums by hour stay on the clock of the day when something was done.
 */
final class AudienceClocks {
  private static final int HOURS = Week.DAY;
  private static final double UNIT = HourSums.UNIT;

  /** Half-life in days of what was done of late. */
  private static final double RECENT_HALF_LIFE_DAYS = 2;

  /** Acts that the audiences of a language's accounts count for. */
  private static final double PRIOR_ACTS = 10;

  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final AudienceInput input;
  private final KeyNumbers accounts = new KeyNumbers(1 << 10);
  private Clock[] clocks = new Clock[16];

  /** What is known of an account's audience. */
  private static final class Clock {
    String network;
    String language = "";
    boolean isNew = true;
    boolean isChanged;
    long night = Long.MIN_VALUE;
    int baseOffset;
    int change;

    /** By hour of the day, UTC, plus the change: as it would be without one. */
    long[] active = new long[HOURS];

    /** By hour of the day, UTC, of the last days. */
    long[] recent = new long[HOURS];

    /** The same of tonight. */
    final long[] tonight = new long[HOURS];
  }

  /**
   * Reads the clocks, adds what was done tonight, and looks at what it shows.
   *
   * @param before rows of {@code audience_hours}
   * @param posts rows of {@code post_topics}, at least tonight's
   * @param acts rows of {@code interactions}, at least tonight's
   */
  AudienceClocks(
      AudienceInput input,
      CredibleSet credible,
      ColumnRows before,
      ColumnRows posts,
      ColumnRows acts) {
    this.input = input;
    readEarlier(before);
    addTonight(credible, posts, acts);
    readLanguages();
    count();
    setOffsets();
    setChanges();
  }

  private Clock of(String network, long account) {
    int number = accounts.add(account);
    if (number == clocks.length) {
      clocks = Arrays.copyOf(clocks, 2 * number);
    }
    if (clocks[number] == null) {
      clocks[number] = new Clock();
      clocks[number].network = network;
    }
    return clocks[number];
  }

  private void readEarlier(ColumnRows rows) {
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.texts(AudienceHours.TOPIC_ID).get(i).equals(AudienceInput.EVERYTHING)) {
        continue;
      }
      Clock clock =
          of(
              rows.texts(AudienceHours.NETWORK).get(i),
              rows.longs(AudienceHours.ACCOUNT_KEY).get(i));
      long night = rows.longs(AudienceHours.NIGHT).get(i);
      if (night > clock.night) {
        clock.isNew = false;
        clock.night = night;
        clock.baseOffset = (int) rows.longs(AudienceHours.BASE_OFFSET_HOURS).get(i);
        clock.change = (int) rows.longs(AudienceHours.CLOCK_CHANGE_HOURS).get(i);
        clock.active = rows.lists(AudienceHours.ACTIVE_UNITS).longs(i).clone();
        clock.recent = rows.lists(AudienceHours.RECENT_UNITS).longs(i).clone();
      }
    }
    long night = input.night().toEpochDay();
    for (int number = 0; number < accounts.size(); number++) {
      Clock clock = clocks[number];
      fade(clock.active, (night - clock.night) / input.hoursHalfLifeDays());
      fade(clock.recent, (night - clock.night) / RECENT_HALF_LIFE_DAYS);
    }
  }

  private static void fade(long[] units, double halfLives) {
    double share = StrictMath.pow(2, -halfLives);
    for (int h = 0; h < HOURS; h++) {
      units[h] = (long) Math.rint(units[h] * share);
    }
  }

  /**
   * Adds the hours in which those were about who attended to an account tonight. Who attended to
   * several is shared among them, so that all audiences together hold everybody once.
   */
  private void addTonight(CredibleSet credible, ColumnRows posts, ColumnRows acts) {
    KeyNumbers actors = new KeyNumbers(1 << 10);
    int[] hoursOf = new int[1 << 10];
    int[] attendedBy = new int[1 << 10];
    PairNumbers attended = new PairNumbers();
    for (int i = 0; i < acts.size(); i++) {
      long actor = acts.longs(Interactions.ACTOR_KEY).get(i);
      long target = acts.longs(Interactions.TARGET_KEY).get(i);
      if (acts.longs(Interactions.CHANGE).get(i) < 0
          || actor == target
          || !input.isTonight(acts.longs(Interactions.NIGHT).get(i))
          || !credible.has(actor)) {
        continue;
      }
      int number = actors.add(actor);
      if (number == hoursOf.length) {
        hoursOf = Arrays.copyOf(hoursOf, 2 * number);
        attendedBy = Arrays.copyOf(attendedBy, 2 * number);
      }
      hoursOf[number] |= 1 << hour(acts.longs(Interactions.HAPPENED_AT).get(i));
      int pair = attended.size();
      if (attended.add(number, target) == pair) {
        attendedBy[number]++;
        of(acts.texts(Interactions.NETWORK).get(i), target);
      }
    }
    for (int i = 0; i < posts.size(); i++) {
      if (!input.isTonight(posts.longs(PostTopics.NIGHT).get(i))) {
        continue;
      }
      long author = posts.longs(PostTopics.AUTHOR_KEY).get(i);
      of(posts.texts(PostTopics.NETWORK).get(i), author);
      int actor = actors.of(author);
      if (actor >= 0) {
        hoursOf[actor] |= 1 << hour(posts.longs(PostTopics.HAPPENED_AT).get(i));
      }
    }
    for (int pair = 0; pair < attended.size(); pair++) {
      int actor = (int) attended.first(pair);
      Clock clock = clocks[accounts.of(attended.second(pair))];
      long units = Math.round(UNIT / attendedBy[actor]);
      clock.isChanged = true;
      for (int h = 0; h < HOURS; h++) {
        if ((hoursOf[actor] & 1 << h) != 0) {
          clock.tonight[h] += units;
        }
      }
    }
  }

  private static int hour(long at) {
    return (int) Math.floorMod(Math.floorDiv(at, MICROS_PER_HOUR), (long) HOURS);
  }

  private void readLanguages() {
    String[] languages = MainLanguages.of(input, accounts);
    for (int number = 0; number < accounts.size(); number++) {
      clocks[number].language = languages[number] == null ? "" : languages[number];
    }
  }

  /** Accounts of one network and language. */
  private record Speech(String network, String language) {}

  /** Accounts of one network and language whose clocks agree. */
  private record Zone(Speech speech, int baseOffset, int change) {}

  private static Speech speech(Clock clock) {
    return new Speech(clock.network, clock.language);
  }

  /**
   * Counts what was done tonight; clocks that are new are changed as most of their language are.
   */
  private void count() {
    Map<Speech, long[]> byChange = new HashMap<>();
    for (int number = 0; number < accounts.size(); number++) {
      Clock clock = clocks[number];
      byChange.computeIfAbsent(speech(clock), none -> new long[3])[clock.change + 1] +=
          clock.isNew ? 0 : Arrays.stream(clock.active).sum();
    }
    for (int number = 0; number < accounts.size(); number++) {
      Clock clock = clocks[number];
      if (clock.isNew) {
        long[] acts = byChange.get(speech(clock));
        long most = Math.max(acts[1], Math.max(acts[0], acts[2]));
        clock.change = acts[1] == most ? 0 : acts[0] == most ? -1 : 1;
      }
      for (int h = 0; h < HOURS; h++) {
        clock.recent[h] += clock.tonight[h];
        clock.active[Math.floorMod(h + clock.change, HOURS)] += clock.tonight[h];
      }
    }
  }

  /** Looks again at the clocks of audiences that did anything tonight. */
  private void setOffsets() {
    Map<Speech, long[]> all = new HashMap<>();
    for (int number = 0; number < accounts.size(); number++) {
      long[] sums = all.computeIfAbsent(speech(clocks[number]), none -> new long[HOURS]);
      for (int h = 0; h < HOURS; h++) {
        sums[h] += clocks[number].active[h];
      }
    }
    for (int number = 0; number < accounts.size(); number++) {
      Clock clock = clocks[number];
      if (!clock.isNew && !clock.isChanged) {
        continue;
      }
      long[] others = all.get(speech(clock));
      double acts = Arrays.stream(others).sum();
      double[] activity = new double[HOURS];
      for (int h = 0; h < HOURS; h++) {
        activity[h] = clock.active[h] / UNIT + (acts > 0 ? PRIOR_ACTS * others[h] / acts : 0);
      }
      clock.baseOffset =
          ActivityClock.offset(activity, clock.isNew ? null : (Integer) clock.baseOffset);
    }
  }

  /** Puts clocks forward or back where all of one language and offset show it. */
  private void setChanges() {
    Map<Zone, long[][]> zones = new HashMap<>();
    for (int number = 0; number < accounts.size(); number++) {
      Clock clock = clocks[number];
      long[][] sums = zones.computeIfAbsent(zone(clock), none -> new long[2][HOURS]);
      for (int h = 0; h < HOURS; h++) {
        sums[0][h] += clock.active[h];
        sums[1][Math.floorMod(h + clock.change, HOURS)] += clock.recent[h];
      }
    }
    Map<Zone, Integer> changes = new HashMap<>();
    zones.forEach(
        (zone, sums) -> {
          // What is recent counts in both; the more slowly it fades, the more of it.
          for (int h = 0; h < HOURS; h++) {
            sums[0][h] = Math.max(sums[0][h] - sums[1][h], 0);
          }
          changes.put(zone, ActivityClock.change(acts(sums[0]), acts(sums[1])));
        });
    for (int number = 0; number < accounts.size(); number++) {
      Clock clock = clocks[number];
      int change = changes.get(zone(clock));
      if (change != 0 && Math.abs(clock.change + change) <= 1) {
        clock.change += change;
        clock.isChanged = true;
      }
    }
  }

  private static Zone zone(Clock clock) {
    return new Zone(speech(clock), clock.baseOffset, clock.change);
  }

  private static double[] acts(long[] units) {
    return Arrays.stream(units).mapToDouble(some -> some / UNIT).toArray();
  }

  /** Hours that an audience's clock is ahead of UTC but for changes in summer; 0 if unknown. */
  int baseOffset(long account) {
    int number = accounts.of(account);
    return number < 0 ? 0 : clocks[number].baseOffset;
  }

  /** Hours that it is ahead of UTC tonight; 0 if unknown. */
  int offset(long account) {
    int number = accounts.of(account);
    return number < 0 ? 0 : clocks[number].baseOffset + clocks[number].change;
  }

  /** Whether tonight tells anything of an account's audience. */
  boolean isChanged(long account) {
    int number = accounts.of(account);
    return number >= 0 && clocks[number].isChanged;
  }

  /** Adds a clock's columns to a row of {@code audience_hours}; lists are empty for a topic. */
  void add(ColumnRows rows, long account, boolean isWhole) {
    int number = accounts.of(account);
    Clock clock = number < 0 || !isWhole ? null : clocks[number];
    rows.longs(AudienceHours.BASE_OFFSET_HOURS).add(baseOffset(account));
    rows.longs(AudienceHours.CLOCK_CHANGE_HOURS).add(offset(account) - baseOffset(account));
    rows.lists(AudienceHours.ACTIVE_UNITS).add(clock == null ? new long[0] : clock.active);
    rows.lists(AudienceHours.RECENT_UNITS).add(clock == null ? new long[0] : clock.recent);
  }
}
