package renown.night.score.response;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import renown.lake.ColumnRows;
import renown.night.score.response.Approaches.Found;
import renown.night.score.response.BetaBinomial.Seen;
import renown.tables.AccountResponseRates;

/** Estimates the response rate and its interval from approaches and answers. */
final class ResponseRate {
  /** More trials than this do not improve the population estimate. */
  private static final long MOST_TRIALS = 100;

  /** Kinds with fewer accounts use their network's rate. */
  private static final long FEWEST_MEMBERS = 30;

  /** Stands for all kinds of a network. */
  private static final String ALL = "*";

  private static final String UNKNOWN = "unknown";

  private ResponseRate() {}

  /**
   * The rates of each network's kinds.
   *
   * @param sums from {@link Approaches#sums}
   * @param kinds by key; unknown if the account has none yet
   * @return by network, a line break and kind; and by network alone for those of other kinds
   */
  static Map<String, BetaBinomial> populations(TreeMap<Long, Found> sums, Map<Long, String> kinds) {
    // How many accounts saw how many answers, in whole numbers: sums of others depend on their
    // order.
    TreeMap<String, TreeMap<Long, Long>> seen = new TreeMap<>();
    sums.forEach(
        (key, found) -> {
          double most = Math.min(found.approachUnits / Approaches.UNIT, MOST_TRIALS);
          long trials = (long) Math.rint(most);
          if (trials > 0) {
            double share = (double) found.answerUnits / found.approachUnits;
            long successes = Math.min(trials, (long) Math.rint(most * share));
            for (String kind : List.of(kinds.getOrDefault(key, UNKNOWN), ALL)) {
              seen.computeIfAbsent(found.network + "\n" + kind, any -> new TreeMap<>())
                  .merge(trials * (MOST_TRIALS + 1) + successes, 1L, Long::sum);
            }
          }
        });
    Map<String, BetaBinomial> populations = new HashMap<>();
    seen.forEach(
        (name, counts) -> {
          if (counts.values().stream().mapToLong(count -> count).sum() >= FEWEST_MEMBERS) {
            List<Seen> members = new ArrayList<>();
            counts.forEach(
                (what, count) ->
                    members.add(
                        new Seen(what / (MOST_TRIALS + 1), what % (MOST_TRIALS + 1), count)));
            populations.put(name, BetaBinomial.fitted(members));
          }
        });
    return populations;
  }

  /**
   * @param sums from {@link Approaches#sums}
   * @param populations from {@link #populations}
   * @param fewest approaches judged below which nothing is said
   * @return rows of {@code account_response_rates}; as many
   */
  static ColumnRows estimated(
      TreeMap<Long, Found> sums,
      Map<Long, String> kinds,
      Map<String, BetaBinomial> populations,
      long fewest,
      long night) {
    ColumnRows rows = new ColumnRows(AccountResponseRates.TABLE);
    sums.forEach(
        (key, found) -> {
          rows.texts(AccountResponseRates.NETWORK).add(found.network);
          rows.longs(AccountResponseRates.ACCOUNT_KEY).add(key);
          rows.longs(AccountResponseRates.APPROACH_COUNT).add(found.approaches);
          rows.longs(AccountResponseRates.APPROACH_UNITS).add(found.approachUnits);
          rows.longs(AccountResponseRates.ANSWER_UNITS).add(found.answerUnits);
          rows.longs(AccountResponseRates.NIGHT).add(night);
          if (found.approaches < fewest) {
            rows.doubles(AccountResponseRates.RESPONSE_RATE).addNull();
            rows.doubles(AccountResponseRates.RESPONSE_RATE_LOW).addNull();
            rows.doubles(AccountResponseRates.RESPONSE_RATE_HIGH).addNull();
            return;
          }
          String kind = kinds.getOrDefault(key, UNKNOWN);
          double[] estimate =
              populations
                  .getOrDefault(
                      found.network + "\n" + kind,
                      populations.getOrDefault(found.network + "\n" + ALL, BetaBinomial.UNKNOWN))
                  .after(
                      found.approachUnits / Approaches.UNIT, found.answerUnits / Approaches.UNIT);
          rows.doubles(AccountResponseRates.RESPONSE_RATE).add(estimate[0]);
          rows.doubles(AccountResponseRates.RESPONSE_RATE_LOW).add(estimate[1]);
          rows.doubles(AccountResponseRates.RESPONSE_RATE_HIGH).add(estimate[2]);
        });
    return rows;
  }
}
