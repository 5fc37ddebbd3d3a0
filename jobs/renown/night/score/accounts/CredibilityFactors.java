package renown.night.score.accounts;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import renown.kernels.accounts.Degrees;
import renown.kernels.accounts.EdgeGraph;
import renown.kernels.accounts.RisingIds;
import renown.kernels.accounts.SampledPresence;
import renown.kernels.accounts.Vouching;
import renown.lake.ColumnRows;
import renown.night.score.model.CredibilityModel;
import renown.tables.AccountState;
import renown.tables.Accounts;

/** What is known of accounts, and how credible that makes them: see {@link CredibilityModel}. */
final class CredibilityFactors {
  /** Minimum credibility, for an account with every factor at its worst. */
  private static final double LEAST = 1e-9;

  private final AccountNumbers accounts;
  private final CredibilityModel model;
  private final double[] ratio;
  private final boolean[] known;
  private final boolean[] trusted;
  private final double[] age;
  private final double[] ageShare;
  final double[] regularityShare;
  private final double[] profileShare;
  private final double[] balanceShare;
  private final double[] diversityShare;
  private final double[] originalShare;
  private final double[] automatedShare;
  final double[] tradingShare;

  /** How far the circle of those is open with whom each account's attention is mutual. */
  final double[] openShare;

  private final double[] blockedShare;

  /** 0 of accounts that are excluded. */
  final double[] credibility;

  /**
   * @param told what their profiles tell
   * @param excluded accounts that get no credibility
   * @param claimedAges networks on which an account can claim any age
   * @param vouching networks on which it counts whether anybody vouches for an account
   * @param sampleShares by network the share of what happens that its dumps show; 1 of others
   */
  CredibilityFactors(
      AccountNumbers accounts,
      Profiles told,
      boolean[] excluded,
      Activity activity,
      EdgeShard.AllAttention attention,
      CredibilityModel model,
      Set<String> claimedAges,
      Set<String> vouching,
      Map<String, Double> sampleShares,
      double halfLifeDays,
      long night) {
    this.accounts = accounts;
    this.model = model;
    int count = accounts.accounts();
    known = new boolean[count];
    trusted = new boolean[count];
    age = new double[count];
    ageShare = new double[count];
    regularityShare = new double[count];
    profileShare = new double[count];
    balanceShare = new double[count];
    diversityShare = new double[count];
    originalShare = new double[count];
    automatedShare = new double[count];
    blockedShare = new double[count];
    credibility = new double[count];
    ratio = new double[count];
    Degrees degrees = attention.degrees;
    tradingShare = attention.tradingShare;
    openShare = new double[count];
    Arrays.setAll(
        openShare,
        account -> model.openShare(attention.clustering[account], attention.neighbours[account]));
    ColumnRows profiles = told.rows();
    ColumnRows.Longs firstNights = profiles.longs(Accounts.FIRST_NIGHT);
    long[] begun = new long[accounts.networks()];
    Arrays.fill(begun, Long.MAX_VALUE);
    int[] numbers = accounts.of(profiles.longs(Accounts.ACCOUNT_KEY));
    for (int row = 0; row < numbers.length; row++) {
      int network = accounts.networkOf(numbers[row]);
      begun[network] = Math.min(begun[network], firstNights.get(row));
    }
    long[] madeBy = madeBy(accounts, told, numbers, claimedAges);
    double[] knownDays = new double[count];
    for (int row = 0; row < numbers.length; row++) {
      knownDays[numbers[row]] = night - madeBy[row] + 1;
      known[numbers[row]] = !excluded[numbers[row]];
    }
    regularity(activity, knownDays, sampleShares, halfLifeDays);
    double end = (night + 1) * Decay.MICROS_PER_DAY;
    double[] unblocked = new double[count];
    for (int row = 0; row < numbers.length; row++) {
      int account = numbers[row];
      if (excluded[account]) {
        continue;
      }
      trusted[account] = told.isTrusted(row);
      double laterDays = Math.max(0, madeBy[row] - begun[accounts.networkOf(account)]);
      double statedDays =
          profiles.longs(Accounts.CREATED_AT).isNull(row)
              ? Double.NaN
              : Math.max(
                  0, (end - profiles.longs(Accounts.CREATED_AT).get(row)) / Decay.MICROS_PER_DAY);
      boolean isClaimed = claimedAges.contains(accounts.networkNameOf(account));
      double presumption = model.presumption(laterDays);
      age[account] =
          Double.isNaN(statedDays)
              ? knownDays[account]
              : isClaimed
                  ? presumption * statedDays
                      + (1 - presumption) * Math.min(knownDays[account], statedDays)
                  : statedDays;
      ageShare[account] = model.ageShare(age[account]);
      double profile = told.share(row);
      boolean isVerified = profiles.longs(Accounts.IS_VERIFIED).get(row) == 1;
      profileShare[account] = isVerified ? 1 : Double.isNaN(profile) ? 0.5 : profile;
      double followers = larger(profiles, Accounts.FOLLOWER_COUNT, row, degrees.followers[account]);
      double following =
          larger(profiles, Accounts.FOLLOWING_COUNT, row, degrees.following[account]);
      balanceShare[account] = Math.min(1, Math.sqrt((followers + 100) / (following + 100)));
      diversityShare[account] =
          model.diversityRatio(degrees.targets[account], degrees.volumes[account]);
      double posts = activity.postUnits[account] / Decay.UNIT + 5;
      double repeated = activity.repeatedPostUnits[account] / Decay.UNIT / posts;
      double links = activity.linkPostUnits[account] / Decay.UNIT / posts;
      originalShare[account] = (1 - repeated * 0.9) * (1 - links * 0.5);
      boolean isAutomated = profiles.longs(Accounts.IS_AUTOMATED).get(row) == 1;
      automatedShare[account] = 1 - model.automatedRatio(isAutomated);
      ratio[account] =
          model.ageRatio(knownDays[account], laterDays, statedDays, isClaimed)
              * model.regularityRatio(regularityShare[account])
              * model.profileRatio(profile, isVerified)
              * model.balanceRatio(balanceShare[account])
              * diversityShare[account]
              * model.originalRatio(originalShare[account])
              * model.automatedRatio(isAutomated)
              * model.tradingRatio(tradingShare[account], degrees.volumes[account]);
      unblocked[account] = credibility(account, ratio[account]);
    }
    if (!vouching.isEmpty()) {
      vouch(attention.pairs, attention.pairWeights, unblocked, vouching);
      for (int account = 0; account < count; account++) {
        unblocked[account] = known[account] ? credibility(account, ratio[account]) : 0;
      }
    }
    double[] blocks = attention.blockSums(unblocked);
    for (int account = 0; account < count; account++) {
      if (known[account]) {
        blockedShare[account] =
            blocks[account] / (blocks[account] + degrees.actors[account] + 10) * 0.5;
        double left = 1 - blockedShare[account];
        credibility[account] = credibility(account, ratio[account] * left * left);
      }
    }
  }

  /** The share of weeks in which each known account was there; of a sample, in the whole. */
  private void regularity(
      Activity activity, double[] knownDays, Map<String, Double> sampleShares, double halfLife) {
    for (int account = 0; account < known.length; account++) {
      if (known[account]) {
        regularityShare[account] =
            Activity.regularityShare(activity.weekUnits[account], knownDays[account], halfLife);
      }
    }
    for (int network = 0; network < accounts.networks(); network++) {
      double sampleShare = sampleShares.getOrDefault(accounts.networkName(network), 1.0);
      if (sampleShare < 1) {
        int its = network;
        int[] some =
            IntStream.range(0, known.length)
                .filter(account -> known[account] && accounts.networkOf(account) == its)
                .toArray();
        double dispersion = activity.dispersion(some, knownDays);
        for (int account : some) {
          regularityShare[account] =
              SampledPresence.share(regularityShare[account], dispersion, sampleShare);
        }
      }
    }
  }

  /**
   * The day by which each account was made: that of its first night, or an earlier one that
   * accounts of higher numbers prove.
   */
  private static long[] madeBy(
      AccountNumbers accounts, Profiles told, int[] numbers, Set<String> claimedAges) {
    ColumnRows profiles = told.rows();
    long[] madeBy = profiles.longs(Accounts.FIRST_NIGHT).toArray();
    for (int network = 0; network < accounts.networks(); network++) {
      String name = accounts.networkName(network);
      int here = network;
      int[] rows =
          IntStream.range(0, numbers.length)
              .filter(row -> told.idNumber(row) != RisingIds.NONE)
              .filter(row -> accounts.networkOf(numbers[row]) == here)
              .toArray();
      long[] ids = new long[rows.length];
      long[] days = new long[rows.length];
      for (int at = 0; at < rows.length; at++) {
        ids[at] = told.idNumber(rows[at]);
        days[at] = madeBy[rows[at]];
        boolean isStated = !profiles.longs(Accounts.CREATED_AT).isNull(rows[at]);
        if (isStated && !claimedAges.contains(name)) {
          long stated =
              Math.floorDiv(
                  profiles.longs(Accounts.CREATED_AT).get(rows[at]), (long) Decay.MICROS_PER_DAY);
          days[at] = Math.min(days[at], stated);
        }
      }
      long[] latest = RisingIds.latestDays(ids, days);
      for (int at = 0; at < rows.length; at++) {
        madeBy[rows[at]] = latest[at];
      }
    }
    return madeBy;
  }

  /**
   * Multiplies ratios by what it says of an account whether those who are attended to attend to it.
   */
  private void vouch(EdgeGraph graph, int[] pairWeights, double[] before, Set<String> vouching) {
    int count = accounts.accounts();
    int[] network = new int[count];
    Arrays.setAll(network, accounts::networkOf);
    double[] mass = Vouching.mass(graph, pairWeights, before, network, accounts.networks());
    double[] unvouched = new double[accounts.networks()];
    double[] all = new double[accounts.networks()];
    for (int account = 0; account < count; account++) {
      int pairs = 0;
      for (int edge = graph.firstOut(account); edge < graph.endOut(account); edge++) {
        pairs += pairWeights[edge] > 0 ? 1 : 0;
      }
      all[network[account]] += before[account] * pairs;
      unvouched[network[account]] +=
          before[account] * pairs * (1 - model.vouchedShare(mass[account]));
    }
    for (int account = 0; account < count; account++) {
      if (vouching.contains(accounts.networkNameOf(account))) {
        ratio[account] *=
            model.vouchedRatio(
                model.vouchedShare(mass[account]),
                model.usualUnvouched(unvouched[network[account]], all[network[account]]));
      }
    }
  }

  private static double larger(
      ColumnRows profiles, renown.tables.TableColumn column, int row, long seen) {
    return Math.max(profiles.longs(column).get(row), seen);
  }

  private double credibility(int account, double ofRatio) {
    return trusted[account] ? 1 : Math.max(LEAST, model.credibility(ofRatio));
  }

  /** By account, how much of the attention that it gets it passes on: see the model. */
  double[] passedOn() {
    return Arrays.stream(credibility).map(model::passedOn).toArray();
  }

  /** Whether an account has a profile and is not excluded. */
  boolean isKnown(int account) {
    return known[account];
  }

  /** Rows of {@code account_state}: one per account of a range that is not excluded. */
  ColumnRows rows(int from, int to, long night) {
    ColumnRows rows = new ColumnRows(AccountState.CREDIBILITIES);
    for (int account = from; account < to; account++) {
      if (known[account]) {
        rows.texts(AccountState.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(AccountState.ACCOUNT_KEY).add(accounts.key(account));
        rows.doubles(AccountState.CREDIBILITY).add(credibility[account]);
        rows.doubles(AccountState.AGE_DAYS).add(age[account]);
        rows.doubles(AccountState.AGE_SHARE).add(ageShare[account]);
        rows.doubles(AccountState.REGULARITY_SHARE).add(regularityShare[account]);
        rows.doubles(AccountState.PROFILE_SHARE).add(profileShare[account]);
        rows.doubles(AccountState.BALANCE_SHARE).add(balanceShare[account]);
        rows.doubles(AccountState.DIVERSITY_SHARE).add(diversityShare[account]);
        rows.doubles(AccountState.ORIGINAL_SHARE).add(originalShare[account]);
        rows.doubles(AccountState.AUTOMATED_SHARE).add(automatedShare[account]);
        rows.doubles(AccountState.TRADING_SHARE).add(tradingShare[account]);
        rows.doubles(AccountState.BLOCKED_SHARE).add(blockedShare[account]);
        rows.longs(AccountState.IS_TRUSTED).add(trusted[account]);
        rows.longs(AccountState.NIGHT).add(night);
      }
    }
    return rows;
  }
}
