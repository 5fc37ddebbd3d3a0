package renown.night.score.accounts;

import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.night.score.model.Measure;
import renown.tables.AccountState;

/** Earned attention as points on the rarity scale. */
final class Points {
  /** What an account needs for a score. */
  record Evidence(long leastActors, double leastCredible) {
    boolean isSufficient(long actors, double credible) {
      return actors >= leastActors && credible >= leastCredible;
    }
  }

  private Points() {}

  /**
   * Half a score's interval on one side: what a different sample of people would change, and how
   * much a different sample of accounts would change the scale.
   */
  static double width(double score, double bound, double deviationOfScale) {
    return Math.hypot(score - bound, Earned.NINETY_PERCENT * deviationOfScale);
  }

  /**
   * @param actors that attend to each account
   * @param credibleActors their credibility
   * @param references for every network with a ranked account
   * @return rows of {@code account_state}: one per ranked account
   */
  static ColumnRows rows(
      AccountNumbers accounts,
      Earned earned,
      int[] actors,
      double[] credibleActors,
      References references,
      Evidence evidence,
      long modelVersion,
      long night) {
    ColumnRows rows = new ColumnRows(AccountState.SCORES);
    for (int account = earned.from(); account < earned.to(); account++) {
      if (!earned.isRanked(account)) {
        continue;
      }
      String network = accounts.networkNameOf(account);
      boolean isSufficient = evidence.isSufficient(actors[account], credibleActors[account]);
      rows.texts(AccountState.NETWORK).add(network);
      rows.longs(AccountState.ACCOUNT_KEY).add(accounts.key(account));
      rows.longs(AccountState.NIGHT).add(night);
      rows.doubles(AccountState.EARNED_ATTENTION).add(earned.attention(account));
      rows.longs(AccountState.ACTOR_COUNT).add(actors[account]);
      rows.doubles(AccountState.CREDIBLE_ACTOR_SUM).add(credibleActors[account]);
      rows.texts(AccountState.EVIDENCE).add(isSufficient ? "sufficient" : "insufficient");
      rows.longs(AccountState.REFERENCE_VERSION).add(references.version(network));
      rows.longs(AccountState.MODEL_VERSION).add(modelVersion);
      RarityScale before = references.earlierScale(network);
      if (isSufficient && before != null) {
        rows.doubles(AccountState.EARLIER_SCORE).add(before.score(earned.attention(account)));
      } else {
        rows.doubles(AccountState.EARLIER_SCORE).addNull();
      }
      if (!isSufficient) {
        rows.doubles(AccountState.SCORE).addNull();
        rows.doubles(AccountState.SCORE_LOW).addNull();
        rows.doubles(AccountState.SCORE_HIGH).addNull();
        rows.doubles(AccountState.MOMENTUM).addNull();
        continue;
      }
      RarityScale scale = references.scale(network, Measure.SCORE);
      double score = scale.score(earned.attention(account));
      double deviation = scale.deviation(earned.attention(account));
      double below = width(score, scale.score(earned.low(account)), deviation);
      double above = width(score, scale.score(earned.high(account)), deviation);
      rows.doubles(AccountState.SCORE).add(score);
      rows.doubles(AccountState.SCORE_LOW).add(Math.max(0, score - below));
      rows.doubles(AccountState.SCORE_HIGH).add(Math.min(100, score + above));
      rows.doubles(AccountState.MOMENTUM)
          .add(
              references.scale(network, Measure.MOMENTUM).score(earned.momentumAttention(account)));
    }
    return rows;
  }
}
