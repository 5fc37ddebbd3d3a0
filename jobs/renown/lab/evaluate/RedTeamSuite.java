package renown.lab.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import renown.kernels.rarity.RarityScale;
import renown.night.score.accounts.NightsInMemory;

/**
 * How much can somebody gain who looks for the best attack? A search with random restarts over
 * strategies within 1,000 accounts and 1,000 euros, on small networks of several seeds and shapes.
 * It runs the kernels of a night and no night. Even seeds are for this report alone, odd ones for
 * work on defences.
 */
final class RedTeamSuite implements Suite {
  private static final int ACCOUNTS = 400;
  private static final double ACTS_PER_DAY = 0.6;
  private static final int DAYS = 120;
  private static final long NIGHT = 20_000;
  private static final double BUDGET = 1000;
  private static final int MOST_ACCOUNTS = 1000;
  private static final int CLIMBS = 3;

  /** Networks of the report. Those of seeds 1 and 3 are for work on defences, and for tests. */
  private static final List<Long> SEEDS = List.of(2L, 4L);

  /** Points that the best attack found may gain. */
  private static final double MOST_GAIN = 3;

  // Prices in euros. Made accounts: Thomas et al., USENIX Security 2013, 1 to 20 US cents; the
  // others
  // are guesses that favour the attacker.
  private static final double MADE = 0.1;
  private static final double MONTH = 0.05;
  private static final double BOUGHT = 5;
  private static final double DECEIVED = 2;
  private static final double FRIEND = 20;

  @Override
  public String name() {
    return "redteam";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public String description() {
    return "Points that an ordinary account gains by the best attack found within "
        + MOST_ACCOUNTS
        + " accounts and "
        + (int) BUDGET
        + " euros, by the kernels of a night on networks of "
        + ACCOUNTS
        + " accounts and "
        + DAYS
        + " days; --data NAME=EDGES grows networks from a real graph, too.";
  }

  /** A way to spend the budget. Shares of it go to each kind; what is left makes new accounts. */
  record Strategy(
      double boughtShare,
      double deceivedShare,
      double friendsShare,
      boolean claimsAge,
      int monthsWaited,
      int actsEach,
      int daysSpread,
      int camouflage,
      int circle,
      boolean isMutual) {
    static Strategy random(SplittableRandom random) {
      double[] shares = {random.nextDouble(), random.nextDouble(), random.nextDouble(), 1};
      for (int i = 0; i < 3; i++) {
        shares[i] = random.nextInt(3) == 0 ? shares[i] : 0;
      }
      double sum = Arrays.stream(shares).sum();
      return new Strategy(
          shares[0] / sum,
          shares[1] / sum,
          shares[2] / sum,
          random.nextBoolean(),
          random.nextInt(4),
          1 + random.nextInt(20),
          1 + random.nextInt(90),
          random.nextInt(8),
          random.nextInt(8),
          random.nextBoolean());
    }

    /** Another strategy that has one in three of its parts from elsewhere. */
    Strategy changed(SplittableRandom random) {
      Strategy other = random(random);
      boolean[] takes = new boolean[6];
      for (int i = 0; i < takes.length; i++) {
        takes[i] = random.nextInt(3) == 0;
      }
      return new Strategy(
          takes[0] ? other.boughtShare : boughtShare,
          takes[0] ? other.deceivedShare : deceivedShare,
          takes[0] ? other.friendsShare : friendsShare,
          takes[1] ? other.claimsAge : claimsAge,
          takes[2] ? other.monthsWaited : monthsWaited,
          takes[3] ? other.actsEach : actsEach,
          takes[3] ? other.daysSpread : daysSpread,
          takes[4] ? other.camouflage : camouflage,
          takes[5] ? other.circle : circle,
          takes[5] ? other.isMutual : isMutual);
    }

    int bought() {
      return Math.min(MOST_ACCOUNTS, (int) (BUDGET * boughtShare / BOUGHT));
    }

    int deceived() {
      return (int) (BUDGET * deceivedShare / DECEIVED);
    }

    int friends() {
      return (int) (BUDGET * friendsShare / FRIEND);
    }

    int made() {
      double left = BUDGET * (1 - boughtShare - deceivedShare - friendsShare);
      return Math.min(
          MOST_ACCOUNTS - bought(), (int) (Math.max(0, left) / (MADE + MONTH * monthsWaited)));
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%d made%s %d months ago, %d bought, %d persons deceived, %d friends; %d acts each over"
              + " %d days, %d others attended to, circle of %d%s",
          made(),
          claimsAge ? ", claiming three years," : "",
          monthsWaited,
          bought(),
          deceived(),
          friends(),
          actsEach,
          daysSpread,
          camouflage,
          circle,
          isMutual ? ", mutual" : ", one way");
    }
  }

  /** A network before the attack. */
  static final class Target {
    private final SmallSociety.Rows rows;
    private final NightsInMemory.Settings settings;
    private final RarityScale scale;
    private final double[] before;
    private final int beneficiary;

    Target(long seed, int[][] graph, NightsInMemory.Settings settings) {
      this.settings = settings;
      SmallSociety society = new SmallSociety(seed, ACCOUNTS, ACTS_PER_DAY, graph);
      rows = society.begin(NIGHT - DAYS + 1, NIGHT);
      society.live(rows, NIGHT - DAYS + 1, NIGHT);
      NightsInMemory.Found found = found(rows);
      before = found.attention();
      scale = scale(found);
      // The middle one of all.
      beneficiary =
          IntStream.range(0, ACCOUNTS)
              .boxed()
              .sorted(
                  java.util.Comparator.comparingDouble((Integer account) -> before[account])
                      .thenComparing(account -> account))
              .toList()
              .get(ACCOUNTS / 2);
    }

    private NightsInMemory.Found found(SmallSociety.Rows all) {
      return new NightsInMemory(settings)
          .night(all.profiles, all.posts, all.texts, all.interactions, NIGHT);
    }

    /** Points that the beneficiary gains, on the scale of the network before. */
    double gain(Strategy strategy, long seed) {
      SmallSociety.Rows attacked = rows.copy();
      attack(attacked, strategy, beneficiary, new SplittableRandom(seed));
      double after = found(attacked).attention()[beneficiary];
      return scale.score(Math.exp(after)) - scale.score(Math.exp(before[beneficiary]));
    }
  }

  /** That of the attention which all with an edge earn. */
  static RarityScale scale(NightsInMemory.Found found) {
    Map<Long, Long> steps = new TreeMap<>();
    for (int account = 0; account < found.attention().length; account++) {
      if (found.values()[account] != null) {
        steps.merge(RarityScale.step(Math.exp(found.attention()[account])), 1L, Long::sum);
      }
    }
    return new RarityScale(
        steps.keySet().stream().mapToLong(Long::longValue).toArray(),
        steps.values().stream().mapToLong(Long::longValue).toArray());
  }

  private static void attack(
      SmallSociety.Rows rows, Strategy strategy, int beneficiary, SplittableRandom random) {
    long begun = NIGHT - DAYS + 1;
    List<Integer> farm = new ArrayList<>();
    for (int i = 0; i < strategy.made(); i++) {
      long first = NIGHT - 30L * strategy.monthsWaited();
      double age = strategy.claimsAge() ? 3 * 365 : NIGHT - first + 1;
      farm.add(rows.account(age, first, NIGHT));
    }
    for (int i = 0; i < strategy.bought(); i++) {
      farm.add(rows.account(3 * 365, begun, NIGHT));
    }
    long waited = 30L * strategy.monthsWaited() + 1;
    for (int member = 0; member < farm.size(); member++) {
      int account = farm.get(member);
      long days = Math.min(strategy.daysSpread(), waited);
      for (int act = 0; act < strategy.actsEach(); act++) {
        long day = NIGHT - random.nextLong(days);
        rows.act(
            "like", account, beneficiary, SmallSociety.post(beneficiary, day), at(day, random));
      }
      for (int other = 0; other < strategy.camouflage(); other++) {
        int target = random.nextInt(ACCOUNTS);
        long day = NIGHT - random.nextLong(days);
        rows.act("like", account, target, SmallSociety.post(target, day), at(day, random));
      }
      for (int mate = 1; mate <= strategy.circle() && mate < farm.size(); mate++) {
        int other = farm.get((member + mate) % farm.size());
        rows.act("like", account, other, "f" + other, at(NIGHT, random));
        if (strategy.isMutual()) {
          rows.act("like", other, account, "f" + account, at(NIGHT, random));
        }
      }
    }
    for (int i = 0; i < strategy.deceived() && !farm.isEmpty(); i++) {
      int liked = farm.get(random.nextInt(farm.size()));
      rows.act("like", random.nextInt(ACCOUNTS), liked, "f" + liked, at(NIGHT, random));
    }
    for (int i = 0; i < strategy.friends(); i++) {
      int friend = random.nextInt(ACCOUNTS);
      for (int day = 0; day < 30; day++) {
        rows.act(
            "like",
            friend,
            beneficiary,
            SmallSociety.post(beneficiary, NIGHT - day),
            at(NIGHT - day, random));
      }
    }
  }

  private static long at(long day, SplittableRandom random) {
    return day * SmallSociety.MICROS_PER_DAY
        + (long) (random.nextDouble() * SmallSociety.MICROS_PER_DAY);
  }

  /** Attacks that are always tried, by a name each. */
  static Map<String, Strategy> known() {
    Map<String, Strategy> known = new TreeMap<>();
    known.put("1,000 day-old accounts that claim three years", plain(0, 0, 0, true, 0, 0, false));
    known.put("1,000 day-old accounts, one-way circles of 5", plain(0, 0, 0, false, 0, 5, false));
    known.put("farm of three months, slow", plain(0, 0, 0, false, 3, 3, false));
    known.put("200 bought accounts of three years", plain(1, 0, 0, false, 0, 0, false));
    known.put("50 friends on every post", plain(0, 0, 1, false, 0, 0, false));
    known.put("1,000 accounts, 250 persons deceived", plain(0, 0.5, 0, true, 0, 5, false));
    return known;
  }

  private static Strategy plain(
      double bought,
      double deceived,
      double friends,
      boolean claims,
      int months,
      int circle,
      boolean isMutual) {
    return new Strategy(
        bought, deceived, friends, claims, months, 10, months == 0 ? 1 : 90, 3, circle, isMutual);
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    Map<String, int[][]> shapes = new TreeMap<>();
    shapes.put("grown", null);
    for (Map.Entry<String, Path> one : laboratory.data().entrySet()) {
      shapes.put(one.getKey(), graph(one.getValue()));
    }
    return measure(shapes, NightsInMemory.Settings.standard(), laboratory.starts());
  }

  private static int[][] graph(Path path) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    List<int[]> edges = new ArrayList<>();
    for (String line : RealEvents.lines(path)) {
      String[] fields = line.strip().split("[\\s,;]+");
      if (fields.length >= 2 && !line.startsWith("#") && Character.isDigit(fields[0].charAt(0))) {
        edges.add(
            new int[] {
              numbers.computeIfAbsent(fields[0], id -> numbers.size()),
              numbers.computeIfAbsent(fields[1], id -> numbers.size())
            });
      }
    }
    return SmallSociety.friends(edges, ACCOUNTS);
  }

  static List<Measurement> measure(
      Map<String, int[][]> shapes, NightsInMemory.Settings settings, int starts) {
    List<Measurement> measurements = new ArrayList<>();
    Map<String, Double> worstKnown = new TreeMap<>();
    Map<String, Double> withVouching = new TreeMap<>();
    shapes.forEach(
        (shape, graph) -> {
          for (long seed : SEEDS) {
            Target target = new Target(seed, graph, settings);
            Target vouched =
                new Target(seed, graph, settings.withVouching(Set.of(SmallSociety.NETWORK)));
            known()
                .forEach(
                    (name, strategy) -> {
                      worstKnown.merge(name, target.gain(strategy, 1), Math::max);
                      withVouching.merge(name, vouched.gain(strategy, 1), Math::max);
                    });
            SplittableRandom random = new SplittableRandom(seed * 1000 + shape.hashCode());
            Strategy best = null;
            double most = Double.NEGATIVE_INFINITY;
            for (int start = 0; start < starts; start++) {
              Strategy at = Strategy.random(random);
              double gain = target.gain(at, start);
              for (int climb = 0; climb < CLIMBS; climb++) {
                Strategy next = at.changed(random);
                double its = target.gain(next, start);
                if (its > gain) {
                  at = next;
                  gain = its;
                }
              }
              if (gain > most) {
                most = gain;
                best = at;
              }
            }
            if (best != null) {
              measurements.add(
                  Measurement.of(
                          shape + ", seed " + seed,
                          "points gained by the best found: " + best.text(),
                          most)
                      .atMost(MOST_GAIN));
            }
          }
        });
    worstKnown.forEach(
        (name, gain) ->
            measurements.add(
                Measurement.of("known attacks", "points gained: " + name, gain).atMost(MOST_GAIN)));
    // A choice of networks, since intervals do not know of it: no gate.
    withVouching.forEach(
        (name, gain) ->
            measurements.add(
                Measurement.of(
                    "known attacks, credibility.vouching-networks",
                    "points gained: " + name,
                    gain)));
    return measurements;
  }
}
