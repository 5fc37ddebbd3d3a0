package renown.night.score.model;

import java.util.Arrays;
import java.util.List;

/**
 * Credibility as a probability: that the attention of an account is an independent person's. The
 * odds of the network's average actor are multiplied by a likelihood ratio for each thing that is
 * known of an account; what is not known leaves them as they are. Ratios move continuously and
 * within bounds.
 *
 * <p>Errors of one maker's accounts are not independent: a thousand of them at odds of 1 to 100 are
 * one operator, not ten persons. So the probability p that an account is a person's counts {@code
 * p^2 / (p^2 + d^2)}, which leaves an ordinary account nearly whole, and little of a doubtful one.
 */
public final class CredibilityModel {
  /** A constant, and where its value comes from. */
  public enum Constant {
    PRIOR(
        0.85,
        "the share of a network's active accounts that are persons: Varol et al., ICWSM 2017,"
            + " estimate 9 to 15 % automated ones on Twitter"),
    DOUBT(0.15, "the share that PRIOR leaves to others"),
    OLD_AGE_RATIO(
        1.25, "the most that age speaks for an account; with PRIOR it lifts 0.85 to 0.88"),
    AGE_DAYS(
        90,
        "the age at which the ratio is a quarter of that: networks close most accounts that are"
            + " made for spam within weeks (Thomas et al., IMC 2011: 77 % on the first day, 92 %"
            + " within three)"),
    FADING_DAYS(
        14,
        "an account that was there when the lake began shows itself within two weeks with"
            + " probability 1 - 1/e: chosen"),
    LEAST_REGULARITY_RATIO(0.8, "chosen; bots and persons are both regular"),
    MOST_REGULARITY_RATIO(1.2, "chosen"),
    EMPTY_PROFILE_RATIO(
        0.5,
        "chosen; empty profiles are an old sign of bought followers (Cresci et al., DSS 2015)"),
    WHOLE_PROFILE_RATIO(1.2, "chosen: anybody can fill in a profile"),
    VERIFIED_RATIO(5, "chosen: the network or a domain vouches for it"),
    REPEATS_RATIO(
        4,
        "how much narrow repetition of the same acts speaks against an account, in acts: chosen"),
    AUTOMATED_RATIO(0.02, "declared automation is nearly always true: chosen"),
    TRADE_LEFT(0.1, "what is left of the ratio, before the cube, if all attention is traded"),
    TRADE_VOLUME(5, "attention at which half of the share of trade is believed: chosen"),
    FRIENDS_TRADE(0.3, "closed trade that is normal among friends: chosen"),
    VOUCHED_MASS(
        0.2,
        "the attention, as a share of the average account's, at which an account is half vouched"
            + " for; chosen on odd seeds of the red team, 0.25 to 1 predict alike"),
    USUAL_PAIRS(
        10, "pairs that attend, unvouched, on a network of which nothing is known yet: chosen");

    private final double value;
    private final String source;

    Constant(double value, String source) {
      this.value = value;
      this.source = source;
    }

    public double value() {
      return value;
    }

    /** Where the value comes from: a publication, or that it was chosen. */
    public String source() {
      return source;
    }

    /** All of them. */
    public static List<Constant> all() {
      return List.of(values());
    }
  }

  private final double[] values;

  private CredibilityModel(double[] values) {
    this.values = values;
  }

  /** The model of a night. */
  public static CredibilityModel standard() {
    return new CredibilityModel(
        Arrays.stream(Constant.values()).mapToDouble(Constant::value).toArray());
  }

  /** The same but for one constant. */
  public CredibilityModel with(Constant constant, double value) {
    double[] changed = values.clone();
    changed[constant.ordinal()] = value;
    return new CredibilityModel(changed);
  }

  private double of(Constant constant) {
    return values[constant.ordinal()];
  }

  /** What an age speaks for an account. */
  public double ageRatio(double days) {
    double share = ageShare(days);
    return of(Constant.OLD_AGE_RATIO) * share * share;
  }

  /** 0 at birth, a half at AGE_DAYS, towards 1. */
  public double ageShare(double days) {
    double half = of(Constant.AGE_DAYS);
    return days * days / (days * days + half * half);
  }

  /**
   * How likely it is that an account was there when the lake began.
   *
   * @param laterDays days after the lake's first night on which it was first seen, 0 or more
   */
  public double presumption(double laterDays) {
    return StrictMath.exp(-laterDays / of(Constant.FADING_DAYS));
  }

  /**
   * What is known of an account's age. Its word for it counts as far as the account may have been
   * there when the lake began; otherwise it is as old as it has been seen.
   *
   * @param knownDays days since it was first seen
   * @param statedDays age that it states; NaN for none
   * @param isClaimed whether an account can state what it likes
   */
  public double ageRatio(double knownDays, double laterDays, double statedDays, boolean isClaimed) {
    boolean isStated = !Double.isNaN(statedDays);
    if (isStated && !isClaimed) {
      return ageRatio(statedDays);
    }
    double seen = ageRatio(isStated ? Math.min(statedDays, knownDays) : knownDays);
    double before = isStated ? ageRatio(statedDays) : Math.max(1, seen);
    double presumption = presumption(laterDays);
    return presumption * before + (1 - presumption) * seen;
  }

  /**
   * @param share of weeks with activity, 0 to 1
   */
  public double regularityRatio(double share) {
    return between(of(Constant.LEAST_REGULARITY_RATIO), of(Constant.MOST_REGULARITY_RATIO), share);
  }

  /**
   * @param share of the profile that is filled in, 0 to 1; NaN if no profile is known
   */
  public double profileRatio(double share, boolean isVerified) {
    if (isVerified) {
      return of(Constant.VERIFIED_RATIO);
    }
    return Double.isNaN(share)
        ? 1
        : between(of(Constant.EMPTY_PROFILE_RATIO), of(Constant.WHOLE_PROFILE_RATIO), share);
  }

  private static double between(double least, double most, double share) {
    return least + (most - least) * share;
  }

  /** Followers over those it follows: who follows many more than follow back, looks for trade. */
  public double balanceRatio(double share) {
    return share * share;
  }

  /**
   * What repetition speaks against an account.
   *
   * @param targets effective number of accounts that it attends to
   * @param volume all its attention, each pair's as a logarithm, a single act 1
   */
  public double diversityRatio(double targets, double volume) {
    double excess = Math.max(0, volume - targets);
    return (targets + 1) / (targets + 1 + of(Constant.REPEATS_RATIO) * excess / (excess + 5));
  }

  /**
   * @param share of posts that repeat nothing and say more than a link, 0 to 1
   */
  public double originalRatio(double share) {
    return share * share;
  }

  /** What declared automation leaves. */
  public double automatedRatio(boolean isAutomated) {
    return isAutomated ? of(Constant.AUTOMATED_RATIO) : 1;
  }

  /**
   * What trade speaks against an account: nothing where it has hardly done anything.
   *
   * @param traded share of attention that is closed trade, 0 to 1
   * @param volume all its attention, each pair's as a logarithm, a single act 1
   */
  public double tradingRatio(double traded, double volume) {
    double open = openShare(traded, volume);
    return open * open * open;
  }

  /**
   * What counts where trade is closed: all up to what is usual among friends, a tenth where all of
   * much is.
   *
   * @param closed share, 0 to 1
   * @param count what the share is of, 0 or more: at 5 it is half believed
   */
  public double openShare(double closed, double count) {
    double share = closed * count / (count + of(Constant.TRADE_VOLUME));
    double friends = of(Constant.FRIENDS_TRADE);
    return 1 - (1 - of(Constant.TRADE_LEFT)) * Math.max(0, share - friends) / (1 - friends);
  }

  /**
   * How far others vouch for an account.
   *
   * @param mass of the attention walk that reaches it, 1 on average
   */
  public double vouchedShare(double mass) {
    double half = of(Constant.VOUCHED_MASS);
    return mass * mass / (mass * mass + half * half);
  }

  /**
   * The share of a network's attention that comes from accounts for which nobody vouches.
   *
   * @param unvouched such attention, in pairs
   * @param all attention, in pairs
   */
  public double usualUnvouched(double unvouched, double all) {
    return (unvouched + of(Constant.USUAL_PAIRS)) / (all + of(Constant.USUAL_PAIRS));
  }

  /**
   * What it speaks against an account that nobody vouches for it: nothing on networks where nobody
   * vouches for most, since a person is like that with probability {@code usual}, and an account
   * that was made to serve always.
   */
  public double vouchedRatio(double share, double usual) {
    double left = share + (1 - share) * usual;
    return left * left * left;
  }

  /**
   * How much of the attention that an account gets it passes on in the ranking: all if it is as
   * credible as the average actor, and none of what persons were deceived to give to a made one.
   */
  public double passedOn(double credibility) {
    return Math.min(1, credibility / credibility(1.0));
  }

  /**
   * The credibility of an account.
   *
   * @param ratio product of its likelihood ratios, 0 or more
   * @return 0 to 1
   */
  public double credibility(double ratio) {
    double prior = of(Constant.PRIOR);
    double odds = prior / (1 - prior) * ratio;
    double person = odds / (1 + odds);
    double square = person * person;
    double doubt = of(Constant.DOUBT);
    return person * square / (square + doubt * doubt);
  }
}
