package renown.lab.evaluate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.night.score.accounts.NightsInMemory;
import renown.tables.Accounts;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * Do intervals of earned attention have the right coverage? See {@link IntervalCoverage}; measured
 * on several splits in halves, none of which anything was chosen by.
 */
final class IntervalSuite implements Suite {
  private static final String SOCIETY = "society";
  private static final double LEAST_COVERED = 0.85;

  /** Intervals that cover more are too wide. */
  private static final double MOST_COVERED = 0.95;

  /**
   * How the difference is judged, and the variance found, was chosen by the splits before these.
   */
  static final int FIRST_SPLIT = 12;

  private static final int SPLITS = 4;

  /**
   * With this many accounts the measured share is within 0.05 of the true one, nineteen times in
   * twenty.
   */
  private static final int ENOUGH_ACCOUNTS = 150;

  /** By how many acted on them, as many in each. */
  private static final List<String> THIRDS = List.of("fewest", "middle", "most");

  private final int accounts;
  private final int days;

  /** Accounts per network and days of the society. */
  IntervalSuite(int accounts, int days) {
    this.accounts = accounts;
    this.days = days;
  }

  @Override
  public String name() {
    return "intervals";
  }

  @Override
  public String description() {
    return "Share of accounts whose earned attention from two halves of the actors agrees"
        + " within the two 90 % intervals.";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    if (!laboratory.isDataAlone()) {
      laboratory.generate(
          SOCIETY,
          Map.of(
              "generate.accounts", Integer.toString(accounts),
              "generate.days", Integer.toString(days)));
      LocalDate last = Laboratory.FIRST_DATE.plusDays(days - 1L);
      Lake lake = laboratory.scoredNights(SOCIETY, Map.of(), last);
      for (String network : List.of("bluesky", "x")) {
        measurements.addAll(measure(network, of(lake, network, last.toEpochDay())));
      }
    }
    for (Map.Entry<String, Path> one : laboratory.data().entrySet()) {
      for (OpenSet set : OpenSet.read(one.getKey(), one.getValue())) {
        measurements.addAll(measure(set.name, of(set)));
      }
    }
    return measurements;
  }

  /** The first part of a set: later most networks fade. */
  static IntervalCoverage.Network of(OpenSet set) {
    return new IntervalCoverage.Network(
        set.profiles, set.posts, set.texts, set.interactions, OpenSet.NIGHT);
  }

  /** All that a lake has loaded of a network, as if in one night. */
  static IntervalCoverage.Network of(Lake lake, String network, long day) {
    Set<Long> excluded = new HashSet<>();
    Arrays.stream(
            all(lake, Exclusions.TABLE, List.of(Exclusions.ACCOUNT_KEY))
                .longs(Exclusions.ACCOUNT_KEY)
                .toArray())
        .forEach(excluded::add);
    ColumnRows accounts = all(lake, Accounts.TABLE, NightsInMemory.PROFILES);
    Set<Long> known = new HashSet<>();
    ColumnRows profiles =
        kept(
            accounts,
            NightsInMemory.PROFILES,
            row ->
                accounts.texts(Accounts.NETWORK).get(row).equals(network)
                    && !excluded.contains(accounts.longs(Accounts.ACCOUNT_KEY).get(row))
                    && known.add(accounts.longs(Accounts.ACCOUNT_KEY).get(row)));
    ColumnRows posts = all(lake, Posts.TABLE, NightsInMemory.POSTS);
    ColumnRows texts = all(lake, PostTexts.TABLE, NightsInMemory.TEXTS);
    ColumnRows acts = all(lake, Interactions.TABLE, NightsInMemory.INTERACTIONS);
    return new IntervalCoverage.Network(
        profiles,
        kept(
            posts,
            NightsInMemory.POSTS,
            row -> known.contains(posts.longs(Posts.AUTHOR_KEY).get(row))),
        kept(
            texts,
            NightsInMemory.TEXTS,
            row -> texts.texts(PostTexts.NETWORK).get(row).equals(network)),
        kept(
            acts,
            NightsInMemory.INTERACTIONS,
            row -> known.contains(acts.longs(Interactions.ACTOR_KEY).get(row))),
        day);
  }

  private static ColumnRows all(Lake lake, TableSchema table, List<TableColumn> columns) {
    return lake.files(table).read(columns);
  }

  private static ColumnRows kept(ColumnRows rows, List<TableColumn> columns, IntPredicate wanted) {
    ColumnRows kept = new ColumnRows(columns);
    IntStream.range(0, rows.size()).filter(wanted).forEach(row -> kept.addRow(rows, row));
    return kept;
  }

  private static List<Measurement> measure(String subject, IntervalCoverage.Network network) {
    return measurements(
        subject,
        IntStream.range(FIRST_SPLIT, FIRST_SPLIT + SPLITS)
            .mapToObj(split -> IntervalCoverage.of(network, split))
            .toList());
  }

  /**
   * What is told of a network.
   *
   * @param splits several, over which shares are means
   * @return the shares have gates if there are enough accounts to tell
   */
  static List<Measurement> measurements(String subject, List<IntervalCoverage> splits) {
    int count = splits.stream().mapToInt(IntervalCoverage::accounts).min().orElseThrow();
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(subject, "accounts with a score and reactions", count));
    addShare(
        measurements,
        subject,
        "share covered",
        splits.stream().mapToDouble(IntervalCoverage::share).average().orElseThrow(),
        count);
    for (int third = 0; third < THIRDS.size(); third++) {
      int its = third;
      addShare(
          measurements,
          subject,
          "share covered, the third with the " + THIRDS.get(third) + " actors",
          splits.stream().mapToDouble(split -> split.shareByThird()[its]).average().orElseThrow(),
          count / THIRDS.size());
    }
    measurements.add(
        Measurement.of(
            subject,
            "median width of an interval, as ln of a factor",
            median(splits, pair -> 2 * pair.one().halfWidth())));
    measurements.add(
        Measurement.of(
            subject,
            "median difference of the halves, as ln of a factor",
            median(splits, IntervalCoverage.Pair::difference)));
    return measurements;
  }

  private static void addShare(
      List<Measurement> measurements, String subject, String what, double share, int accounts) {
    Measurement told = Measurement.of(subject, what, share);
    if (accounts < ENOUGH_ACCOUNTS) {
      measurements.add(told);
    } else {
      measurements.add(told.atLeast(LEAST_COVERED));
      measurements.add(Measurement.of(subject, what + ", at most", share).atMost(MOST_COVERED));
    }
  }

  private static double median(
      List<IntervalCoverage> splits,
      java.util.function.ToDoubleFunction<IntervalCoverage.Pair> what) {
    double[] sorted =
        splits.stream()
            .flatMap(split -> split.pairs().stream())
            .mapToDouble(what)
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
