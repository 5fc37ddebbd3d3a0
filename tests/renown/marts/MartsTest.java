package renown.marts;

import static org.apache.spark.sql.functions.lit;

import java.sql.Date;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.tables.AccountScores;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartNetworkActivity;
import renown.tables.MartScoreChanges;
import renown.tables.MartTopSources;
import renown.tables.TopSources;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class MartsTest extends SparkTest {
  private static final Date BEFORE = Date.valueOf("2026-01-05");
  private static final Date NIGHT = Date.valueOf("2026-01-06");
  private static final Column BEFORE_LITERAL = lit(BEFORE);

  private static Object[] score(long key, Date night, Double score, long actors) {
    String evidence = score == null ? "insufficient" : "sufficient";
    return row("x", key, night, 1.0, actors, evidence, score, 1L);
  }

  private static Dataset<Row> scores(Object[]... rows) {
    return rows(AccountScores.TABLE.structType(), rows);
  }

  private static Object[] source(long account, long source, long place, double part, Date night) {
    return row("x", account, source, place, part, night);
  }

  private static Dataset<Row> sources(Object[]... rows) {
    return rows(TopSources.TABLE.structType(), rows);
  }

  @Test
  void changesAreDifferencesAndNameTheSourceThatWentTheSameWay() {
    Dataset<Row> tonight =
        scores(
            score(1, NIGHT, 30.0, 12),
            score(2, NIGHT, 20.0, 4),
            score(3, NIGHT, 10.0, 5),
            score(4, NIGHT, null, 1),
            score(5, NIGHT, 5.0, 3),
            score(6, NIGHT, 5.0, 3),
            score(7, NIGHT, 8.0, 9),
            score(8, NIGHT, 9.0, 9));
    Dataset<Row> before =
        Marts.accountScores(
            scores(
                score(1, BEFORE, 25.5, 10),
                score(2, BEFORE, 22.0, 7),
                score(3, BEFORE, 10.0, 5),
                score(4, BEFORE, 5.0, 3),
                score(5, BEFORE, null, 1),
                score(7, BEFORE, 6.0, 9),
                score(8, BEFORE, 9.5, 9)));
    Dataset<Row> sources =
        sources(
            // Account 1 rises: 11 brings more, 12 is new and brings most, 13 left.
            source(1, 11, 1, 0.25, BEFORE),
            source(1, 11, 2, 0.3125, NIGHT),
            source(1, 12, 1, 0.5, NIGHT),
            source(1, 13, 2, 0.125, BEFORE),
            // Account 2 falls: 14 brings more all the same, 15 less, 16 nothing any more.
            source(2, 14, 1, 0.125, BEFORE),
            source(2, 14, 1, 0.5, NIGHT),
            source(2, 15, 2, 0.0625, BEFORE),
            source(2, 15, 2, 0.03125, NIGHT),
            source(2, 16, 3, 0.25, BEFORE),
            // Account 7 rises although its only source brings less.
            source(7, 17, 1, 0.25, BEFORE),
            source(7, 17, 1, 0.125, NIGHT),
            // Two sources of account 8 lost the same: the older account is named.
            source(8, 19, 1, 0.25, BEFORE),
            source(8, 18, 2, 0.25, BEFORE));
    TableAssert.assertThat(Marts.changes(tonight, before, sources, BEFORE_LITERAL))
        .hasColumnsOf(MartScoreChanges.TABLE)
        .hasRows(
            row("x", 1L, NIGHT, BEFORE, 30.0, 4.5, 2L, 12L, 4.0),
            row("x", 2L, NIGHT, BEFORE, 20.0, -2.0, -3L, 16L, -2.0),
            row("x", 3L, NIGHT, BEFORE, 10.0, 0.0, 0L, null, null),
            row("x", 7L, NIGHT, BEFORE, 8.0, 2.0, 0L, null, null),
            row("x", 8L, NIGHT, BEFORE, 9.0, -0.5, 0L, 18L, -2.0));
  }

  @Test
  void changesOfSeveralNightsAddUpToTheWhole() {
    double[] history = {3.125, 17.5, 12.25, 12.25, 80};
    double sum = 0;
    for (int night = 1; night < history.length; night++) {
      sum +=
          Marts.changes(
                  scores(score(1, NIGHT, history[night], 5)),
                  Marts.accountScores(scores(score(1, BEFORE, history[night - 1], 5))),
                  sources(),
                  BEFORE_LITERAL)
              .head()
              .<Double>getAs("score_change");
    }
    org.assertj.core.api.Assertions.assertThat(sum).isEqualTo(80 - 3.125);
  }

  @Test
  void theLatestScoresArePlacedByScoreThenByAge() {
    Dataset<Row> scores =
        scores(
            score(1, NIGHT, 10.0, 5),
            score(2, NIGHT, 30.0, 5),
            score(3, NIGHT, 10.0, 5),
            score(4, NIGHT, null, 1));
    Dataset<Row> accounts =
        rows(
            "account_key bigint, account_id string, handle string, display_name string",
            row(1L, "a", "ann", "Ann"),
            row(2L, "b", null, null),
            row(3L, "c", "cid", null),
            row(4L, "d", "dot", null),
            row(5L, "e", "eve", null));
    Dataset<Row> latest = Marts.latest(scores, accounts);
    TableAssert.assertThat(latest).hasColumnsOf(MartAccountScoresLatest.TABLE);
    TableAssert.assertThat(latest.select("account_key", "account_id", "handle", "score", "place"))
        .hasRows(
            row(1L, "a", "ann", 10.0, 2L),
            row(2L, "b", null, 30.0, 1L),
            row(3L, "c", "cid", 10.0, 3L),
            row(4L, "d", "dot", null, null));
    TableAssert.assertThat(Marts.accountScores(scores)).hasColumnsOf(MartAccountScores.TABLE);
  }

  @Test
  void sourcesHaveTheirPartOfTheAccountsInfluence() {
    Dataset<Row> top =
        Marts.topSources(
            sources(source(1, 2, 1, 0.125, NIGHT), source(1, 3, 2, 0.0625, NIGHT)),
            rows("account_key bigint, rank_share double", row(1L, 0.25), row(2L, 0.5)),
            rows(
                "account_key bigint, handle string",
                row(1L, "ann"),
                row(2L, "bob"),
                row(3L, null)));
    TableAssert.assertThat(top)
        .hasColumnsOf(MartTopSources.TABLE)
        .hasRows(row("x", 1L, 1L, 2L, "bob", 0.5, NIGHT), row("x", 1L, 2L, 3L, null, 0.25, NIGHT));
  }

  @Test
  void activityCountsWhatWasNewByMeasure() {
    TableAssert.assertThat(
            Marts.activity(
                rows(
                    "network string, verb string, change bigint",
                    row("x", "like", 1L),
                    row("x", "like", 1L),
                    row("x", "like", -1L),
                    row("y", "follow", 1L)),
                rows("network string", row("x"), row("x")),
                rows("network string", row("y")),
                rows("network string", row("x")),
                rows(
                    "network string, line_count bigint, accepted_count bigint,"
                        + " ignored_count bigint, rejected_count bigint",
                    row("x", 10L, 7L, 2L, 1L),
                    row("x", 5L, 5L, 0L, 0L)),
                lit(NIGHT)))
        .hasColumnsOf(MartNetworkActivity.TABLE)
        .hasRows(
            row("x", NIGHT, "like", 2L),
            row("x", NIGHT, "undone like", 1L),
            row("y", NIGHT, "follow", 1L),
            row("x", NIGHT, "post", 2L),
            row("y", NIGHT, "deletion", 1L),
            row("x", NIGHT, "account", 1L),
            row("x", NIGHT, "file", 2L),
            row("x", NIGHT, "line", 15L),
            row("x", NIGHT, "accepted line", 12L),
            row("x", NIGHT, "ignored line", 2L),
            row("x", NIGHT, "rejected line", 1L));
  }
}
