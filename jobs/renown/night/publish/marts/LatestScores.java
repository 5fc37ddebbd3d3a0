package renown.night.publish.marts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import renown.lake.ColumnRows;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.MartAccountScoresLatest;

/** Scores of the night with who the account is, its place, and why in a sentence. */
final class LatestScores {
  private static final String UNKNOWN = "unknown";

  private final ColumnRows scores;
  private final ColumnRows accounts;
  private final ColumnRows rates;
  private final ColumnRows kinds;
  private final ScoreTerms terms;
  private final RowsByAccount accountRows;
  private final RowsByAccount rateRows;
  private final RowsByAccount kindRows;
  private final Map<Long, String> languages;

  /** By row of the scores; 0 without score. */
  private final int[] places;

  /**
   * @param scores rows of {@code account_state}
   * @param accounts rows of {@code accounts}; who is not among them is left out
   * @param terms what the scores are made of
   * @param rates rows of {@code account_response_rates}
   * @param kinds rows of {@code account_kinds}
   * @param languages rows of {@code account_languages}
   */
  LatestScores(
      ColumnRows scores,
      ColumnRows accounts,
      ScoreTerms terms,
      ColumnRows rates,
      ColumnRows kinds,
      ColumnRows languages) {
    this.scores = scores;
    this.accounts = accounts;
    this.terms = terms;
    this.rates = rates;
    this.kinds = kinds;
    this.accountRows = new RowsByAccount(accounts.longs(Accounts.ACCOUNT_KEY).toArray());
    this.rateRows = new RowsByAccount(rates.longs(AccountResponseRates.ACCOUNT_KEY).toArray());
    this.kindRows = new RowsByAccount(kinds.longs(AccountKinds.ACCOUNT_KEY).toArray());
    this.languages = main(languages);
    this.places = places(scores);
  }

  /** The language of most posts; of as many, the first in the alphabet. */
  private static Map<Long, String> main(ColumnRows languages) {
    Map<Long, Integer> main = new HashMap<>();
    ColumnRows.Longs counts = languages.longs(AccountLanguages.POST_COUNT);
    ColumnRows.Texts names = languages.texts(AccountLanguages.LANGUAGE);
    for (int row = 0; row < languages.size(); row++) {
      main.merge(
          languages.longs(AccountLanguages.ACCOUNT_KEY).get(row),
          row,
          (one, other) ->
              counts.get(other) > counts.get(one)
                      || counts.get(other) == counts.get(one)
                          && names.get(other).compareTo(names.get(one)) < 0
                  ? other
                  : one);
    }
    Map<Long, String> texts = new HashMap<>();
    main.forEach((account, row) -> texts.put(account, names.get(row)));
    return texts;
  }

  /** 1 for the highest score of a network; ties by account. */
  private static int[] places(ColumnRows scores) {
    int[] places = new int[scores.size()];
    ColumnRows.Texts networks = scores.texts(AccountState.NETWORK);
    Map<String, List<Integer>> rowsByNetwork = new HashMap<>();
    for (int row = 0; row < places.length; row++) {
      if (!scores.doubles(AccountState.SCORE).isNull(row)) {
        rowsByNetwork.computeIfAbsent(networks.get(row), any -> new ArrayList<>()).add(row);
      }
    }
    for (List<Integer> rows : rowsByNetwork.values()) {
      rows.sort(Comparator.comparingLong(scores.longs(AccountState.ACCOUNT_KEY)::get));
      double[] negated =
          rows.stream().mapToDouble(row -> -scores.doubles(AccountState.SCORE).get(row)).toArray();
      double[] sorted = negated.clone();
      Arrays.sort(sorted);
      // How many of those with the same score came before, by the place of the first of them.
      int[] before = new int[sorted.length];
      for (int i = 0; i < negated.length; i++) {
        int first = first(sorted, negated[i]);
        places[rows.get(i)] = first + before[first]++ + 1;
      }
    }
    return places;
  }

  /** How many of the sorted values are less. */
  private static int first(double[] sorted, double value) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /**
   * Rows of {@code mart_account_scores_latest}.
   *
   * @param from the first row of the scores
   * @param to the one after the last
   */
  ColumnRows rows(int from, int to) {
    ColumnRows rows = new ColumnRows(MartAccountScoresLatest.TABLE);
    for (int row = from; row < to; row++) {
      int account = accountRows.first(scores.longs(AccountState.ACCOUNT_KEY).get(row));
      if (account >= 0) {
        add(rows, row, account);
      }
    }
    return rows;
  }

  private void add(ColumnRows rows, int row, int account) {
    long key = scores.longs(AccountState.ACCOUNT_KEY).get(row);
    rows.addValues(
        scores,
        row,
        List.of(
            AccountState.NETWORK,
            AccountState.ACCOUNT_KEY,
            AccountState.NIGHT,
            AccountState.SCORE,
            AccountState.SCORE_LOW,
            AccountState.SCORE_HIGH,
            AccountState.MOMENTUM,
            AccountState.EVIDENCE,
            AccountState.EARNED_ATTENTION,
            AccountState.ACTOR_COUNT,
            AccountState.CREDIBLE_ACTOR_SUM));
    rows.addValues(
        accounts,
        account,
        List.of(Accounts.ACCOUNT_ID, Accounts.HANDLE, Accounts.DISPLAY_NAME, Accounts.FIRST_NIGHT));
    int kind = kindRows.first(key);
    rows.texts(MartAccountScoresLatest.KIND)
        .add(kind < 0 ? UNKNOWN : kinds.texts(AccountKinds.KIND).get(kind));
    rows.texts(MartAccountScoresLatest.LANGUAGE).add(languages.get(key));
    if (places[row] == 0) {
      rows.longs(MartAccountScoresLatest.PLACE).addNull();
    } else {
      rows.longs(MartAccountScoresLatest.PLACE).add(places[row]);
    }
    int rate = rateRows.first(key);
    if (rate < 0) {
      rows.doubles(MartAccountScoresLatest.RESPONSE_RATE).addNull();
      rows.doubles(MartAccountScoresLatest.RESPONSE_RATE_LOW).addNull();
      rows.doubles(MartAccountScoresLatest.RESPONSE_RATE_HIGH).addNull();
    } else {
      rows.addValues(
          rates,
          rate,
          List.of(
              AccountResponseRates.RESPONSE_RATE,
              AccountResponseRates.RESPONSE_RATE_LOW,
              AccountResponseRates.RESPONSE_RATE_HIGH));
    }
    explain(rows, row);
  }

  private void explain(ColumnRows rows, int row) {
    long actors = scores.longs(AccountState.ACTOR_COUNT).get(row);
    double[] points = terms.points(row);
    if (points == null) {
      double credible = scores.doubles(AccountState.CREDIBLE_ACTOR_SUM).get(row);
      rows.texts(MartAccountScoresLatest.EXPLANATION_EN)
          .add(Explanations.english(actors, credible));
      rows.texts(MartAccountScoresLatest.EXPLANATION_ES)
          .add(Explanations.spanish(actors, credible));
      return;
    }
    List<String> names = terms.names();
    Integer[] order = IntStream.range(0, points.length).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(term -> -points[term]).thenComparing(names::get));
    Explanations.Numbers numbers =
        new Explanations.Numbers(
            scores.doubles(AccountState.SCORE).get(row),
            scores.doubles(AccountState.SCORE_LOW).get(row),
            scores.doubles(AccountState.SCORE_HIGH).get(row),
            scores.doubles(AccountState.MOMENTUM).get(row),
            actors,
            names.get(order[0]),
            points[order[0]],
            names.get(order[1]),
            points[order[1]]);
    rows.texts(MartAccountScoresLatest.EXPLANATION_EN).add(Explanations.english(numbers));
    rows.texts(MartAccountScoresLatest.EXPLANATION_ES).add(Explanations.spanish(numbers));
  }
}
