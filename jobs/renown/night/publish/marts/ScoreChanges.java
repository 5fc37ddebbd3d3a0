package renown.night.publish.marts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import renown.lake.ColumnRows;
import renown.tables.AccountState;
import renown.tables.MartAccountScores;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.TopSources;

/**
 * Why scores moved, in points that add up: what each term brought, and within authority the sources
 * that brought or took most of it.
 *
 * <p>On one scale a score rises with the sum of its terms' parts alone, so each term brings its
 * change times how steeply the score rose on the way: who did not move brings nothing. What the
 * scale itself brought is told apart ({@value #OF_REFERENCE}), and where the weights changed
 * ({@value #OF_MODEL}) nothing else is told.
 */
final class ScoreChanges {
  /** Stands for all sources of a term that are not listed individually. */
  private static final long REST = -1;

  private static final int MOST_SOURCES = 3;

  private static final double WHOLE = 1e9;

  /** Stand in the place of a term: what the scale brought, and what other weights brought. */
  private static final String OF_REFERENCE = "reference";

  private static final String OF_MODEL = "model";

  /** Changes of all parts together below this are rounding, and no steepness can be told. */
  private static final double LEAST_WAY = 1e-9;

  private static final double LEAST_POINTS = 1e-9;

  private static final String AUTHORITY = "authority";
  private static final String SCORE = "score";

  private final ColumnRows scores;
  private final ColumnRows before;
  private final ScoreTerms terms;
  private final ColumnRows termsBefore;
  private final ColumnRows sources;
  private final long previousNight;
  private final RowsByAccount rowsBefore;
  private final RowsByAccount termRowsBefore;
  private final RowsByAccount sourceRows;

  /** Terms in the order of the alphabet. */
  private final int[] order;

  /** The longest lists of sources, tonight and the night before: those are full. */
  private final int longestNow;

  private final int longestThen;

  /** A source, and what it brought of authority. */
  private record Brought(long source, double value) {}

  /**
   * @param scores tonight's rows of {@code account_state}
   * @param before the previous night's rows of {@code mart_account_scores}
   * @param terms what tonight's scores are made of
   * @param termsBefore the previous night's rows of {@code mart_score_terms}
   * @param sources rows of {@code top_sources} of both nights
   * @param previousNight its day since 1970
   */
  ScoreChanges(
      ColumnRows scores,
      ColumnRows before,
      ScoreTerms terms,
      ColumnRows termsBefore,
      ColumnRows sources,
      long previousNight) {
    this.scores = scores;
    this.before = before;
    this.terms = terms;
    this.termsBefore = termsBefore;
    this.sources = sources;
    this.previousNight = previousNight;
    this.rowsBefore = new RowsByAccount(before.longs(MartAccountScores.ACCOUNT_KEY).toArray());
    this.termRowsBefore =
        new RowsByAccount(termsBefore.longs(MartScoreTerms.ACCOUNT_KEY).toArray());
    this.sourceRows = new RowsByAccount(sources.longs(TopSources.ACCOUNT_KEY).toArray());
    List<String> names = terms.names();
    this.order =
        IntStream.range(0, names.size())
            .boxed()
            .sorted(Comparator.comparing(names::get))
            .mapToInt(Integer::intValue)
            .toArray();
    this.longestNow = longest(false);
    this.longestThen = longest(true);
  }

  private int longest(boolean isThen) {
    Map<Long, Integer> lengths = new HashMap<>();
    for (int row = 0; row < sources.size(); row++) {
      if (isThen(row) == isThen) {
        lengths.merge(sources.longs(TopSources.ACCOUNT_KEY).get(row), 1, Integer::sum);
      }
    }
    return lengths.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private boolean isThen(int source) {
    return sources.longs(TopSources.NIGHT).get(source) == previousNight;
  }

  /**
   * Rows of {@code mart_score_changes}.
   *
   * @param from the first row of the scores
   * @param to the one after the last
   */
  ColumnRows rows(int from, int to) {
    ColumnRows rows = new ColumnRows(MartScoreChanges.TABLE);
    for (int row = from; row < to; row++) {
      int earlier = rowsBefore.first(scores.longs(AccountState.ACCOUNT_KEY).get(row));
      double[] parts = terms.parts(row);
      if (earlier >= 0
          && parts != null
          && !before.doubles(MartAccountScores.SCORE).isNull(earlier)) {
        add(rows, row, earlier, parts);
      }
    }
    return rows;
  }

  private void add(ColumnRows rows, int row, int earlier, double[] parts) {
    long account = scores.longs(AccountState.ACCOUNT_KEY).get(row);
    List<String> names = terms.names();
    double[] partChanges = parts.clone();
    double[] valueChanges = terms.values(row);
    for (int old = termRowsBefore.first(account); old >= 0; old = termRowsBefore.after(old)) {
      int term = names.indexOf(termsBefore.texts(MartScoreTerms.TERM).get(old));
      if (term >= 0 && termsBefore.texts(MartScoreTerms.MEASURE).get(old).equals(SCORE)) {
        partChanges[term] -= termsBefore.doubles(MartScoreTerms.PART).get(old);
        valueChanges[term] -= termsBefore.doubles(MartScoreTerms.VALUE).get(old);
      }
    }
    boolean isOfModel =
        scores.longs(AccountState.MODEL_VERSION).get(row)
            == before.longs(MartAccountScores.MODEL_VERSION).get(earlier);
    double steepness = isOfModel ? steepness(row, earlier, parts, partChanges) : 0;
    double score = scores.doubles(AccountState.SCORE).get(row);
    double change = score - before.doubles(MartAccountScores.SCORE).get(earlier);
    Row common =
        new Row(
            scores.texts(AccountState.NETWORK).get(row),
            account,
            scores.longs(AccountState.NIGHT).get(row),
            score,
            change,
            scores.longs(AccountState.ACTOR_COUNT).get(row)
                - before.longs(MartAccountScores.ACTOR_COUNT).get(earlier));
    double told = 0;
    for (int term : order) {
      double points = partChanges[term] * steepness;
      told += points;
      double rest = points;
      if (names.get(term).equals(AUTHORITY) && points * valueChanges[term] > 0) {
        rest -= addSources(rows, common, points, valueChanges[term]);
      }
      common.addTo(rows, names.get(term), REST, rest);
    }
    if (Math.abs(change - told) > LEAST_POINTS) {
      common.addTo(rows, isOfModel ? OF_REFERENCE : OF_MODEL, REST, change - told);
    }
  }

  /** Points per part, on the scale of the night before as far as that is known tonight. */
  private double steepness(int row, int earlier, double[] parts, double[] partChanges) {
    double way = 0;
    double whole = 0;
    for (int term : order) {
      way += partChanges[term];
      whole += parts[term];
    }
    long reference = scores.longs(AccountState.REFERENCE_VERSION).get(row);
    boolean isSame = reference == before.longs(MartAccountScores.REFERENCE_VERSION).get(earlier);
    double score = scores.doubles(AccountState.SCORE).get(row);
    double scoreBefore = before.doubles(MartAccountScores.SCORE).get(earlier);
    if (Math.abs(way) > LEAST_WAY) {
      if (isSame && reference > 0) {
        return (score - scoreBefore) / way;
      }
      if (!isSame && !scores.doubles(AccountState.EARLIER_SCORE).isNull(row)) {
        return (scores.doubles(AccountState.EARLIER_SCORE).get(row) - scoreBefore) / way;
      }
    }
    return whole > 0 ? score / whole : 0;
  }

  /** What the rows of an account have in common. */
  private final class Row {
    private final String network;
    private final long account;
    private final long night;
    private final double score;
    private final double change;
    private final long actorChange;

    Row(String network, long account, long night, double score, double change, long actorChange) {
      this.network = network;
      this.account = account;
      this.night = night;
      this.score = score;
      this.change = change;
      this.actorChange = actorChange;
    }

    void addTo(ColumnRows rows, String term, long source, double points) {
      rows.texts(MartScoreChanges.NETWORK).add(network);
      rows.longs(MartScoreChanges.ACCOUNT_KEY).add(account);
      rows.longs(MartScoreChanges.NIGHT).add(night);
      rows.longs(MartScoreChanges.PREVIOUS_NIGHT).add(previousNight);
      rows.texts(MartScoreChanges.TERM).add(term);
      rows.longs(MartScoreChanges.SOURCE_KEY).add(source);
      rows.doubles(MartScoreChanges.POINTS).add(points);
      rows.doubles(MartScoreChanges.SCORE).add(score);
      rows.doubles(MartScoreChanges.SCORE_CHANGE).add(change);
      rows.longs(MartScoreChanges.ACTOR_CHANGE).add(actorChange);
    }
  }

  /**
   * Points of authority by source: in proportion to what it brought of the term's value, if both
   * went the same way; never more than the total.
   *
   * @return points of those that are listed
   */
  private double addSources(ColumnRows rows, Row common, double points, double valueChange) {
    List<Brought> brought = brought(common.account);
    brought.removeIf(source -> !(source.value() * valueChange > 0));
    // If other sources took away as much, only the remaining change is distributed. Whole units,
    // whose sum is exact in any order.
    long inAll = 0;
    for (Brought source : brought) {
      inAll += (long) Math.rint(Math.abs(source.value()) * WHOLE);
    }
    double whole = Math.max(Math.abs(valueChange), inAll / WHOLE);
    brought.sort(
        Comparator.<Brought>comparingDouble(source -> -Math.abs(source.value()))
            .thenComparingLong(Brought::source));
    double attributed = 0;
    for (Brought source : brought.subList(0, Math.min(MOST_SOURCES, brought.size()))) {
      double its = points * (Math.abs(source.value()) / whole);
      common.addTo(rows, AUTHORITY, source.source(), its);
      attributed += its;
    }
    return attributed;
  }

  /**
   * What each source brought of authority. A source that is on one night's list alone, where the
   * list of the other is full, had at most as much then as the last on it: only what it surely
   * brought counts.
   */
  private List<Brought> brought(long account) {
    Map<Long, double[]> parts = new HashMap<>();
    int[] listed = new int[2];
    double[] last = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    for (int row = sourceRows.first(account); row >= 0; row = sourceRows.after(row)) {
      int night = isThen(row) ? 1 : 0;
      double part = sources.doubles(TopSources.AUTHORITY_PART).get(row);
      listed[night]++;
      last[night] = Math.min(last[night], part);
      double[] both =
          parts.computeIfAbsent(
              sources.longs(TopSources.SOURCE_KEY).get(row),
              any -> new double[] {Double.NaN, Double.NaN});
      both[night] = part;
    }
    double lastNow = listed[0] > 0 && listed[0] == longestNow ? last[0] : 0;
    double lastThen = listed[1] > 0 && listed[1] == longestThen ? last[1] : 0;
    List<Brought> brought = new ArrayList<>();
    parts.forEach(
        (source, both) -> {
          double value = both[0] - both[1];
          if (Double.isNaN(both[1])) {
            value = Math.max(0, both[0] - lastThen);
          } else if (Double.isNaN(both[0])) {
            value = Math.min(0, lastNow - both[1]);
          }
          brought.add(new Brought(source, value));
        });
    return brought;
  }
}
