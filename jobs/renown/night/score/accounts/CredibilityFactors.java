package renown.night.score.accounts;

import java.util.Arrays;
import java.util.Set;
import renown.kernels.accounts.ClosedTrades;
import renown.kernels.accounts.Degrees;
import renown.lake.ColumnRows;
import renown.tables.Accounts;
import renown.tables.Credibilities;

/**
 * The credibility of accounts: a product of factors each of which moves continuously and within
 * bounds, so that no single habit condemns an account and nothing happens at a threshold.
 */
final class CredibilityFactors {
  /** Minimum credibility, for an account with every factor at its worst. */
  private static final double LEAST = 0.001;

  /**
   * The damping point: a product of this much is halved, and one far below becomes negligible;
   * otherwise low-credibility accounts would outweigh a person by sheer number. An ordinary
   * person's, 0.4 and more, hardly changes.
   */
  private static final double DOUBT = 0.15;

  /** The assumed age of accounts that existed when the lake began. */
  private static final double AGE_BEFORE_THE_LAKE = 180;

  /** How fast that presumption fades for accounts that are first seen later, days. */
  private static final double FADING_DAYS = 28;

  private final AccountNumbers accounts;
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
  private final double[] blockedShare;

  /** 0 of accounts that are excluded. */
  final double[] credibility;

  /**
   * @param profiles rows of {@code accounts}
   * @param excluded accounts that get no credibility
   * @param trustedIds network, tab, account id of accounts whose credibility is 1
   * @param ageDays age at which age_share is a half
   */
  CredibilityFactors(
      AccountNumbers accounts,
      ColumnRows profiles,
      boolean[] excluded,
      Set<String> trustedIds,
      Activity activity,
      StandingEdges edges,
      double ageDays,
      double halfLifeDays,
      long night) {
    this.accounts = accounts;
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
    int[] pairWeights = edges.pairWeights();
    Degrees degrees = new Degrees(edges.graph(), pairWeights, edges.follows());
    tradingShare = new ClosedTrades(edges.graph(), pairWeights).tradingShare;
    ColumnRows.Longs firstNights = profiles.longs(Accounts.FIRST_NIGHT);
    long[] begun = new long[accounts.networks()];
    Arrays.fill(begun, Long.MAX_VALUE);
    int[] numbers = accounts.of(profiles.longs(Accounts.ACCOUNT_KEY));
    for (int row = 0; row < numbers.length; row++) {
      int network = accounts.networkOf(numbers[row]);
      begun[network] = Math.min(begun[network], firstNights.get(row));
    }
    double end = (night + 1) * Decay.MICROS_PER_DAY;
    double[] unblocked = new double[count];
    for (int row = 0; row < numbers.length; row++) {
      int account = numbers[row];
      if (excluded[account]) {
        continue;
      }
      known[account] = true;
      trusted[account] =
          !trustedIds.isEmpty()
              && trustedIds.contains(
                  accounts.networkNameOf(account)
                      + "\t"
                      + profiles.texts(Accounts.ACCOUNT_ID).get(row));
      long first = firstNights.get(row);
      double knownDays = night - first + 1;
      if (profiles.longs(Accounts.CREATED_AT).isNull(row)) {
        double later = begun[accounts.networkOf(account)] - first;
        age[account] = knownDays + StrictMath.exp(later / FADING_DAYS) * AGE_BEFORE_THE_LAKE;
      } else {
        double said = (end - profiles.longs(Accounts.CREATED_AT).get(row)) / Decay.MICROS_PER_DAY;
        age[account] = Math.max(0, said);
      }
      double square = age[account] * age[account];
      ageShare[account] = square / (square + ageDays * ageDays);
      regularityShare[account] =
          Activity.regularityShare(activity.weekUnits[account], knownDays, halfLifeDays);
      profileShare[account] = profileShare(profiles, row);
      double followers = larger(profiles, Accounts.FOLLOWER_COUNT, row, degrees.followers[account]);
      double following =
          larger(profiles, Accounts.FOLLOWING_COUNT, row, degrees.following[account]);
      balanceShare[account] = Math.min(1, Math.sqrt((followers + 100) / (following + 100)));
      diversityShare[account] = (degrees.targets[account] + 1) / (degrees.targets[account] + 4);
      double posts = activity.postUnits[account] / Decay.UNIT + 5;
      double repeated = activity.repeatedPostUnits[account] / Decay.UNIT / posts;
      double links = activity.linkPostUnits[account] / Decay.UNIT / posts;
      originalShare[account] = (1 - repeated * 0.9) * (1 - links * 0.5);
      automatedShare[account] = profiles.longs(Accounts.IS_AUTOMATED).get(row) == 1 ? 0.8 : 0;
      unblocked[account] = product(account);
    }
    double[] blocks = edges.blockSums(unblocked);
    for (int account = 0; account < count; account++) {
      if (known[account]) {
        blockedShare[account] =
            blocks[account] / (blocks[account] + degrees.actors[account] + 10) * 0.5;
        credibility[account] =
            trusted[account]
                ? 1
                : doubted((unblocked[account] - LEAST) * (1 - blockedShare[account]) + LEAST);
      }
    }
  }

  private static double larger(
      ColumnRows profiles, renown.tables.TableColumn column, int row, long seen) {
    return Math.max(profiles.longs(column).get(row), seen);
  }

  private static double profileShare(ColumnRows profiles, int row) {
    if (profiles.longs(Accounts.IS_VERIFIED).get(row) == 1) {
      return 1;
    }
    if (profiles.longs(Accounts.PROFILE_AT).isNull(row)) {
      return 0.5;
    }
    return (filled(profiles.texts(Accounts.DISPLAY_NAME).get(row))
            + filled(profiles.texts(Accounts.DESCRIPTION).get(row)))
        * 0.5;
  }

  private static double filled(String text) {
    return text == null || text.isBlank() ? 0 : 1;
  }

  private double product(int account) {
    if (trusted[account]) {
      return 1;
    }
    double product =
        ageShare[account]
            * (regularityShare[account] * 0.5 + 0.5)
            * (profileShare[account] * 0.3 + 0.7)
            * balanceShare[account]
            * diversityShare[account]
            * originalShare[account]
            * (1 - automatedShare[account])
            * StrictMath.pow(1 - tradingShare[account] * 0.9, 1.5);
    return product * (1 - LEAST) + LEAST;
  }

  private static double doubted(double product) {
    double square = product * product;
    return product * square / (square + DOUBT * DOUBT);
  }

  /** Whether an account has a profile and is not excluded. */
  boolean isKnown(int account) {
    return known[account];
  }

  /** Rows of {@code credibilities}: one per account that is not excluded. */
  ColumnRows rows(long night) {
    ColumnRows rows = new ColumnRows(Credibilities.TABLE);
    for (int account = 0; account < known.length; account++) {
      if (known[account]) {
        rows.texts(Credibilities.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(Credibilities.ACCOUNT_KEY).add(accounts.key(account));
        rows.doubles(Credibilities.CREDIBILITY).add(credibility[account]);
        rows.doubles(Credibilities.AGE_DAYS).add(age[account]);
        rows.doubles(Credibilities.AGE_SHARE).add(ageShare[account]);
        rows.doubles(Credibilities.REGULARITY_SHARE).add(regularityShare[account]);
        rows.doubles(Credibilities.PROFILE_SHARE).add(profileShare[account]);
        rows.doubles(Credibilities.BALANCE_SHARE).add(balanceShare[account]);
        rows.doubles(Credibilities.DIVERSITY_SHARE).add(diversityShare[account]);
        rows.doubles(Credibilities.ORIGINAL_SHARE).add(originalShare[account]);
        rows.doubles(Credibilities.AUTOMATED_SHARE).add(automatedShare[account]);
        rows.doubles(Credibilities.TRADING_SHARE).add(tradingShare[account]);
        rows.doubles(Credibilities.BLOCKED_SHARE).add(blockedShare[account]);
        rows.longs(Credibilities.IS_TRUSTED).add(trusted[account]);
        rows.longs(Credibilities.NIGHT).add(night);
      }
    }
    return rows;
  }
}
