package renown.night.score.accounts;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.night.score.model.Measure;
import renown.tables.ReferencePopulations;

/**
 * The populations against which a network's rarity is measured.
 *
 * <p>A population is fixed when it is ripe: enough accounts have evidence, and the network has been
 * watched for so long that sums of the slow clock have nearly come to rest; taken earlier,
 * everybody would drift upwards for a year. Until then tonight's own population is used, and said
 * to be provisional. A fixed one is kept until the model changes, in either direction, or the
 * network has outgrown it: more than twice or fewer than half as many accounts as at first reach
 * what was its top tenth, a half-life of the slow clock later or more. Then tonight's follows it,
 * and for 28 nights scores are given on both.
 */
final class References {
  private static final int MEASURES = Measure.values().length;

  /** How long scores are given on the population before, too. */
  static final long BRIDGE_DAYS = 28;

  /** Points of the top tenth. */
  private static final double TENTH = 12.5;

  /** A population that follows another within so many days would itself be young. */
  private static final long LEAST_DAYS = 90;

  /** What decides whether a population is fixed. */
  record Rule(long leastAccounts, long leastDays) {}

  /**
   * What is known of a network tonight.
   *
   * @param unseenCount accounts that are there but were not seen: 0 unless its dumps are a sample
   */
  record Network(
      String name,
      long evidentCount,
      long knownDays,
      double[] attentions,
      double[] momentumAttentions,
      long unseenCount) {}

  /**
   * Accounts that a sample of acts has not shown: {@code f1^2 / (2 f2)}, f1 and f2 the accounts
   * that were met by one other account and by two (Chao, Scandinavian Journal of Statistics 1984).
   * It is the least that there must be.
   *
   * @param met of each account how many edges it has
   * @param ranked the network's accounts
   */
  static long unseen(int[] met, int[] ranked) {
    double once = 0;
    double twice = 0;
    for (int account : ranked) {
      once += met[account] == 1 ? 1 : 0;
      twice += met[account] == 2 ? 1 : 0;
    }
    return Math.round(once * once / (2 * Math.max(1, twice)));
  }

  /** A population of one measure. */
  private static final class Population {
    private final TreeMap<Long, Long> steps = new TreeMap<>();

    void add(long step, long count) {
      steps.merge(step, count, Long::sum);
    }

    RarityScale scale() {
      return new RarityScale(
          steps.keySet().stream().mapToLong(step -> step).toArray(),
          steps.values().stream().mapToLong(count -> count).toArray());
    }
  }

  /** The populations of both measures, taken on one night. */
  private static final class Taken {
    private final long version;
    private final long modelVersion;
    private final long night;
    private final Population[] populations = new Population[MEASURES];
    private final RarityScale[] scales = new RarityScale[MEASURES];

    Taken(long version, long modelVersion, long night) {
      this.version = version;
      this.modelVersion = modelVersion;
      this.night = night;
      Arrays.setAll(populations, measure -> new Population());
    }

    RarityScale scale(Measure measure) {
      int place = measure.ordinal();
      if (scales[place] == null) {
        scales[place] = populations[place].scale();
      }
      return scales[place];
    }
  }

  /** By network, the one in force and the one before it. */
  private final Map<String, Taken> current = new TreeMap<>();

  private final Map<String, Taken> earlier = new TreeMap<>();
  private boolean isChanged;

  /**
   * @param kept rows of {@code reference_populations}
   */
  References(ColumnRows kept) {
    Map<String, TreeMap<Long, Taken>> byVersion = new TreeMap<>();
    for (int row = 0; row < kept.size(); row++) {
      long version = kept.longs(ReferencePopulations.REFERENCE_VERSION).get(row);
      if (version == 0) {
        continue;
      }
      long modelVersion = kept.longs(ReferencePopulations.MODEL_VERSION).get(row);
      long night = kept.longs(ReferencePopulations.REFERENCE_NIGHT).get(row);
      Measure measure = Measure.of(kept.texts(ReferencePopulations.MEASURE).get(row)).orElseThrow();
      byVersion
          .computeIfAbsent(kept.texts(ReferencePopulations.NETWORK).get(row), n -> new TreeMap<>())
          .computeIfAbsent(version, v -> new Taken(v, modelVersion, night))
          .populations[measure.ordinal()]
          .add(
              kept.longs(ReferencePopulations.STEP).get(row),
              kept.longs(ReferencePopulations.STEP_COUNT).get(row));
    }
    byVersion.forEach(
        (network, versions) -> {
          Taken last = versions.pollLastEntry().getValue();
          current.put(network, last);
          if (!versions.isEmpty()) {
            earlier.put(network, versions.lastEntry().getValue());
          }
        });
  }

  /** Decides what is in force for a network tonight. Networks without accounts have none. */
  void decide(Network network, Rule rule, long modelVersion, long night) {
    Taken last = current.get(network.name());
    boolean isOfModel = last != null && last.modelVersion == modelVersion;
    boolean isRipe =
        network.evidentCount() >= rule.leastAccounts() && network.knownDays() >= rule.leastDays();
    boolean isOutgrown = isOfModel && isRipe && isOutgrown(last, network, night);
    Taken before = earlier.get(network.name());
    if (isOfModel && !isOutgrown) {
      if (before != null && night - last.night >= BRIDGE_DAYS) {
        earlier.remove(network.name());
        isChanged = true;
      }
      return;
    }
    isChanged = true;
    if (isOutgrown) {
      earlier.put(network.name(), last);
    } else {
      earlier.remove(network.name());
    }
    current.put(network.name(), taken(network, isRipe ? version(night) : 0, modelVersion, night));
  }

  /** The night as yyyymmdd. */
  static long version(long night) {
    LocalDate date = LocalDate.ofEpochDay(night);
    return date.getYear() * 10_000L + date.getMonthValue() * 100L + date.getDayOfMonth();
  }

  private static boolean isOutgrown(Taken last, Network network, long night) {
    if (night - last.night < LEAST_DAYS) {
      return false;
    }
    RarityScale scale = last.scale(Measure.SCORE);
    double above =
        Arrays.stream(network.attentions()).filter(one -> scale.score(one) >= TENTH).count();
    double share = above / network.attentions().length;
    return share > 0.2 || share < 0.05;
  }

  private static Taken taken(Network network, long version, long modelVersion, long night) {
    Taken taken = new Taken(version, modelVersion, night);
    for (double one : network.attentions()) {
      taken.populations[Measure.SCORE.ordinal()].add(RarityScale.step(one), 1);
    }
    if (network.unseenCount() > 0) {
      // Nobody has shown them attention: that of exp(0).
      for (Population population : taken.populations) {
        population.add(RarityScale.step(1), network.unseenCount());
      }
    }
    for (double one : network.momentumAttentions()) {
      taken.populations[Measure.MOMENTUM.ordinal()].add(RarityScale.step(one), 1);
    }
    return taken;
  }

  RarityScale scale(String network, Measure measure) {
    return current.get(network).scale(measure);
  }

  /** The scale of the population before, while scores are given on it too; else null. */
  RarityScale earlierScale(String network) {
    Taken before = earlier.get(network);
    return before == null ? null : before.scale(Measure.SCORE);
  }

  /** Of the population in force; 0 while it is provisional. */
  long version(String network) {
    return current.get(network).version;
  }

  /** Whether {@link #rows} are others than those that were read. */
  boolean isChanged() {
    return isChanged;
  }

  /** Rows of {@code reference_populations}. */
  ColumnRows rows() {
    ColumnRows rows = new ColumnRows(ReferencePopulations.TABLE);
    for (Map<String, Taken> some : java.util.List.of(earlier, current)) {
      some.forEach(
          (network, taken) -> {
            for (Measure measure : Measure.values()) {
              add(rows, network, measure, taken);
            }
          });
    }
    return rows;
  }

  private static void add(ColumnRows rows, String network, Measure measure, Taken taken) {
    long atLeast = 0;
    for (Map.Entry<Long, Long> step :
        taken.populations[measure.ordinal()].steps.descendingMap().entrySet()) {
      atLeast += step.getValue();
      rows.texts(ReferencePopulations.NETWORK).add(network);
      rows.texts(ReferencePopulations.MEASURE).add(measure.word());
      rows.longs(ReferencePopulations.REFERENCE_VERSION).add(taken.version);
      rows.longs(ReferencePopulations.MODEL_VERSION).add(taken.modelVersion);
      rows.longs(ReferencePopulations.REFERENCE_NIGHT).add(taken.night);
      rows.longs(ReferencePopulations.STEP).add(step.getKey());
      rows.longs(ReferencePopulations.STEP_COUNT).add(step.getValue());
      rows.longs(ReferencePopulations.AT_LEAST_COUNT).add(atLeast);
    }
  }
}
