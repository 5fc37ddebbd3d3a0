package renown.night.publish.marts;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import renown.engine.decay.Shares;
import renown.kernels.rarity.RarityScale;
import renown.lake.ColumnRows;
import renown.tables.IgnoredKinds;
import renown.tables.Interactions;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartDates;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.MartRunHealth;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;

/** Maps computed tables to marts. */
final class Marts {
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

  private static final long MIN = Window.unboundedPreceding();
  private static final long MAX = Window.unboundedFollowing();

  private static final Object[] ACTS = {
    "repost", "quote", "reply", "mention", "like", "follow", "list"
  };

  private Marts() {}

  /**
   * @param scores rows of {@code account_scores}
   * @return rows of {@code mart_account_scores}; as many
   */
  static Dataset<Row> accountScores(Dataset<Row> scores) {
    return scores.select(MartAccountScores.TABLE.cols());
  }

  /**
   * @param scores rows of {@code account_scores}
   * @param accounts rows of {@code accounts}
   * @param terms rows of {@code mart_score_terms} of the night
   * @param responseRates rows of {@code account_response_rates}
   * @param kinds rows of {@code account_kinds}
   * @param languages rows of {@code account_languages}
   * @return rows of {@code mart_account_scores_latest}; as many as scores
   */
  static Dataset<Row> latest(
      Dataset<Row> scores,
      Dataset<Row> accounts,
      Dataset<Row> terms,
      Dataset<Row> responseRates,
      Dataset<Row> kinds,
      Dataset<Row> languages) {
    Dataset<Row> names =
        accounts.select("account_key", "account_id", "handle", "display_name", "first_night");
    Dataset<Row> writes =
        languages
            .groupBy("account_key")
            .agg(min(struct(col("post_count").multiply(lit(-1)), col("language"))).as("main"))
            .select(col("account_key"), col("main.language").as("language"));
    Dataset<Row> placed =
        scores
            .where(col("score").isNotNull())
            .select(
                col("account_key"),
                row_number()
                    .over(
                        Window.partitionBy("network")
                            .orderBy(col("score").desc(), col("account_key")))
                    .cast("long")
                    .as("place"));
    return scores
        .join(names, "account_key")
        .join(placed, new String[] {"account_key"}, "left")
        .join(Explanations.largestTerms(terms), new String[] {"account_key"}, "left")
        .join(
            responseRates.select(
                "account_key", "response_rate", "response_rate_low", "response_rate_high"),
            new String[] {"account_key"},
            "left")
        .join(kinds.select("account_key", "kind"), new String[] {"account_key"}, "left")
        .join(writes, new String[] {"account_key"}, "left")
        .withColumn("kind", coalesce(col("kind"), lit("unknown")))
        .withColumn("explanation_en", Explanations.english())
        .withColumn("explanation_es", Explanations.spanish())
        .select(MartAccountScoresLatest.TABLE.cols());
  }

  /**
   * What scores and momenta are made of.
   *
   * @param scores tonight's rows of {@code account_scores}
   * @param earned rows of {@code earned_attentions}
   * @param models rows of {@code score_models}
   * @return rows of {@code mart_score_terms}: points in proportion to the parts, so that they add
   *     up to the score, and none is negative
   */
  static Dataset<Row> terms(Dataset<Row> scores, Dataset<Row> earned, Dataset<Row> models) {
    String[] account = {"network", "account_key"};
    Dataset<Row> known =
        scores
            .where(col("score").isNotNull())
            .select("network", "account_key", "score", "momentum", "night")
            .join(earned.drop("night"), account);
    return terms(known, "score", "term_values", "term_parts")
        .unionByName(terms(known, "momentum", "momentum_values", "momentum_parts"))
        .join(
            broadcast(models.select("measure", "place", "term", "weight", "scale", "meaning")),
            new String[] {"measure", "place"})
        .withColumn(
            "points",
            when(col("part_sum").gt(0), col("total").multiply(col("part").divide(col("part_sum"))))
                .otherwise(lit(0.0)))
        .select(MartScoreTerms.TABLE.cols());
  }

  private static Dataset<Row> terms(
      Dataset<Row> known, String measure, String values, String parts) {
    return known.selectExpr(
        "network",
        "account_key",
        "night",
        "'" + measure + "' AS measure",
        measure + " AS total",
        "aggregate(" + parts + ", 0D, (a, b) -> a + b) AS part_sum",
        "inline(transform(sequence(1, size("
            + parts
            + ")), i -> struct(cast(i AS bigint) AS place, element_at("
            + values
            + ", i) AS value, element_at("
            + parts
            + ", i) AS part)))");
  }

  /**
   * Why scores moved, in points that add up: what each term brought, and within authority the
   * sources that brought or took most of it.
   *
   * <p>On one scale a score rises with the sum of its terms' parts alone, so each term brings its
   * change times how steeply the score rose on the way: who did not move brings nothing. What the
   * scale itself brought is told apart ({@value #OF_REFERENCE}), and where the weights changed
   * ({@value #OF_MODEL}) nothing else is told.
   *
   * @param scores tonight's rows of {@code account_scores}
   * @param before the previous night's rows of {@code mart_account_scores}
   * @param terms tonight's rows of {@code mart_score_terms}
   * @param termsBefore the previous night's
   * @param sources rows of {@code top_sources} of both nights
   * @return rows of {@code mart_score_changes}
   */
  static Dataset<Row> changes(
      Dataset<Row> scores,
      Dataset<Row> before,
      Dataset<Row> terms,
      Dataset<Row> termsBefore,
      Dataset<Row> sources,
      Column previousNight) {
    Dataset<Row> earlier =
        before
            .where(col("score").isNotNull())
            .select(
                col("account_key"),
                col("score").as("score_before"),
                col("actor_count").as("actors_before"),
                col("reference_version").as("reference_before"),
                col("model_version").as("model_before"));
    Dataset<Row> moved =
        scores
            .where(col("score").isNotNull())
            .join(earlier, "account_key")
            .select(
                col("network"),
                col("account_key"),
                col("night"),
                col("score"),
                col("score").minus(col("score_before")).as("score_change"),
                col("actor_count").minus(col("actors_before")).as("actor_change"),
                col("model_version").equalTo(col("model_before")).as("is_of_model"),
                // On the scale of the night before; null where that is not known tonight.
                when(
                        col("reference_version")
                            .equalTo(col("reference_before"))
                            .and(col("reference_version").gt(0)),
                        col("score"))
                    .when(
                        col("reference_version").notEqual(col("reference_before")),
                        col("earlier_score"))
                    .minus(col("score_before"))
                    .as("change_on_scale"));
    Dataset<Row> parts =
        moved
            .join(ofScore(terms, "part_now", "value_now"), "account_key")
            .join(
                ofScore(termsBefore, "part_then", "value_then"),
                new String[] {"account_key", "term"},
                "left")
            .withColumn("part_change", col("part_now").minus(coalesce(col("part_then"), lit(0.0))))
            .withColumn(
                "value_change", col("value_now").minus(coalesce(col("value_then"), lit(0.0))));
    var ofAccount = Window.partitionBy("account_key").orderBy("term").rowsBetween(MIN, MAX);
    Column way = col("way");
    Dataset<Row> ofTerms =
        parts
            .withColumn("way", sum("part_change").over(ofAccount))
            .withColumn("whole", sum("part_now").over(ofAccount))
            .withColumn(
                "steepness",
                when(
                        col("change_on_scale").isNotNull().and(abs(way).gt(LEAST_WAY)),
                        col("change_on_scale").divide(way))
                    .when(col("whole").gt(0), col("score").divide(col("whole")))
                    .otherwise(lit(0.0)))
            .withColumn(
                "points",
                when(col("is_of_model"), col("part_change").multiply(col("steepness")))
                    .otherwise(lit(0.0)));
    Dataset<Row> ofSources = sourceChanges(ofTerms, sources, previousNight);
    Dataset<Row> attributed = ofSources.groupBy("account_key").agg(sum("points").as("attributed"));
    Column isAuthority = col("term").equalTo("authority");
    Dataset<Row> rest =
        ofTerms
            .join(attributed, new String[] {"account_key"}, "left")
            .withColumn(
                "points",
                col("points")
                    .minus(
                        when(isAuthority, coalesce(col("attributed"), lit(0.0)))
                            .otherwise(lit(0.0))))
            .withColumn("source_key", lit(REST));
    Dataset<Row> ofScale =
        ofTerms
            .withColumn("told", sum("points").over(ofAccount))
            .withColumn(
                "first", row_number().over(Window.partitionBy("account_key").orderBy("term")))
            .where(col("first").equalTo(1))
            .withColumn("points", col("score_change").minus(col("told")))
            .where(abs(col("points")).gt(LEAST_POINTS))
            .withColumn("term", when(col("is_of_model"), OF_REFERENCE).otherwise(OF_MODEL))
            .withColumn("source_key", lit(REST));
    Column[] common = {
      col("network"),
      col("account_key"),
      col("night"),
      col("term"),
      col("source_key"),
      col("points"),
      col("score"),
      col("score_change"),
      col("actor_change")
    };
    return rest.select(common)
        .unionByName(ofSources.select(common))
        .unionByName(ofScale.select(common))
        .withColumn("previous_night", previousNight)
        .select(MartScoreChanges.TABLE.cols());
  }

  private static Dataset<Row> ofScore(Dataset<Row> terms, String part, String value) {
    return terms
        .where(col("measure").equalTo("score"))
        .select(col("account_key"), col("term"), col("part").as(part), col("value").as(value));
  }

  /**
   * Points of authority by source: in proportion to what it brought of the term's value, if both
   * went the same way; never more than the total. A source that is on one night's list alone, where
   * the list of the other is full, had at most as much then as the last on it: only what it surely
   * brought counts.
   */
  private static Dataset<Row> sourceChanges(
      Dataset<Row> ofTerms, Dataset<Row> sources, Column previousNight) {
    Column isThen = col("night").equalTo(previousNight);
    // Integers, whose sum is exact in any order.
    Column whole = rint(abs(col("brought")).multiply(lit(WHOLE))).cast("long");
    Dataset<Row> lists =
        sources
            .groupBy("account_key", "night")
            .agg(count(lit(1)).as("listed"), min("authority_part").as("last"))
            .withColumn("longest", max("listed").over(Window.partitionBy("night")))
            .where(col("listed").equalTo(col("longest")))
            .groupBy("account_key")
            .agg(
                max(when(isThen.equalTo(false), col("last"))).as("last_now"),
                max(when(isThen, col("last"))).as("last_then"));
    Dataset<Row> parts =
        sources
            .groupBy("account_key", "source_key")
            .agg(
                max(when(isThen.equalTo(false), col("authority_part"))).as("now"),
                max(when(isThen, col("authority_part"))).as("then"))
            .join(lists, new String[] {"account_key"}, "left")
            .select(
                col("account_key"),
                col("source_key"),
                when(
                        col("now").isNotNull().and(col("then").isNotNull()),
                        col("now").minus(col("then")))
                    .when(
                        col("then").isNull(),
                        greatest(lit(0.0), col("now").minus(coalesce(col("last_then"), lit(0.0)))))
                    .otherwise(
                        least(lit(0.0), coalesce(col("last_now"), lit(0.0)).minus(col("then"))))
                    .as("brought"));
    return ofTerms
        .where(
            col("term").equalTo("authority").and(col("points").multiply(col("value_change")).gt(0)))
        .join(parts, "account_key")
        .where(col("brought").multiply(col("value_change")).gt(0))
        // If other sources took away as much, only the remaining change is distributed.
        .withColumn("brought_in_all", sum(whole).over(Window.partitionBy("account_key")))
        .withColumn(
            "source_place",
            row_number()
                .over(
                    Window.partitionBy("account_key")
                        .orderBy(abs(col("brought")).desc(), col("source_key"))))
        .where(col("source_place").leq(MOST_SOURCES))
        .withColumn(
            "points",
            col("points")
                .multiply(
                    abs(col("brought"))
                        .divide(
                            greatest(
                                abs(col("value_change")),
                                col("brought_in_all").divide(lit(WHOLE))))));
  }

  /**
   * The scales in use, ready to be joined with earned attention.
   *
   * @param populations rows of {@code reference_populations}
   * @return rows of {@code mart_reference_populations}
   */
  static List<Row> references(List<Row> populations, LocalDate night) {
    List<Row> rows = new ArrayList<>();
    List<Row> steps = new ArrayList<>();
    Row last = null;
    List<Row> sorted = new ArrayList<>(populations);
    sorted.sort(
        Comparator.<Row, String>comparing(row -> row.getAs("network"))
            .thenComparing(row -> row.<String>getAs("measure"))
            .thenComparingLong(row -> row.<Long>getAs("reference_version"))
            .thenComparingLong(row -> row.<Long>getAs("step")));
    for (Row row : sorted) {
      if (last != null && !isSame(last, row, "network", "measure", "reference_version")) {
        if (!isSame(last, row, "network", "measure")) {
          rows.addAll(scale(steps, night));
        }
        steps.clear();
      }
      steps.add(row);
      last = row;
    }
    if (last != null) {
      rows.addAll(scale(steps, night));
    }
    return rows;
  }

  private static boolean isSame(Row one, Row other, String... columns) {
    return Arrays.stream(columns).allMatch(c -> one.getAs(c).equals(other.getAs(c)));
  }

  private static List<Row> scale(List<Row> steps, LocalDate night) {
    long[] numbers = steps.stream().mapToLong(row -> row.<Long>getAs("step")).toArray();
    long[] counts = steps.stream().mapToLong(row -> row.<Long>getAs("step_count")).toArray();
    RarityScale scale = new RarityScale(numbers, counts);
    double population = Arrays.stream(counts).sum();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      Row row = steps.get(i);
      long atLeast = row.<Long>getAs("at_least_count");
      boolean isLast = i + 1 == numbers.length;
      rows.add(
          RowFactory.create(
              row.getAs("network"),
              row.getAs("measure"),
              row.getAs("reference_version"),
              numbers[i],
              RarityScale.start(numbers[i]),
              atLeast / population,
              isLast ? null : RarityScale.start(numbers[i + 1]),
              isLast ? null : steps.get(i + 1).<Long>getAs("at_least_count") / population,
              atLeast == scale.tailCount(),
              scale.tailExponent(),
              scale.tailDistance(),
              scale.tailCount(),
              java.sql.Date.valueOf(night)));
    }
    return rows;
  }

  /**
   * Who attention comes from.
   *
   * @param sources tonight's rows of {@code top_sources}
   * @param ranks rows of {@code influence_ranks}
   * @param accounts rows of {@code accounts}
   * @return rows of {@code mart_top_sources}, influence_share at most 1; as many as sources
   */
  static Dataset<Row> topSources(Dataset<Row> sources, Dataset<Row> ranks, Dataset<Row> accounts) {
    return sources
        .join(ranks.select("account_key", "rank_share"), "account_key")
        .join(
            accounts.select(col("account_key").as("source_key"), col("handle").as("source_handle")),
            "source_key")
        // The ranking ends within an absolute tolerance. That is much next to the rank of an
        // account
        // of little credibility, so a source's part may come out greater than the whole.
        .withColumn("influence_share", Shares.within(col("rank_part"), col("rank_share")))
        .select(MartTopSources.TABLE.cols());
  }

  /**
   * What was new on a night.
   *
   * @param interactions the night's rows of {@code interactions}
   * @param posts the night's rows of {@code posts}
   * @param deletions the night's rows of {@code deletions}
   * @param accounts rows of {@code accounts} first seen that night
   * @param files the night's rows of {@code loaded_files}
   * @param ignored the night's rows of {@code ignored_kinds}
   * @return rows of {@code mart_network_activity}
   */
  static Dataset<Row> activity(
      Dataset<Row> interactions,
      Dataset<Row> posts,
      Dataset<Row> deletions,
      Dataset<Row> accounts,
      Dataset<Row> files,
      Dataset<Row> ignored,
      Column night) {
    Column verb =
        when(Interactions.CHANGE.col().equalTo(1), col("verb"))
            .otherwise(concat(lit("undone "), col("verb")));
    Column measures =
        map(
            lit("file"), lit(1L),
            lit("line"), col("line_count"),
            lit("accepted line"), col("accepted_count"),
            lit("ignored line"), col("ignored_count"),
            lit("rejected line"), col("rejected_count"));
    Column duplicates =
        map(
            lit("duplicate line"), col("statement_count"),
            lit("accepted line"), col("statement_count").multiply(lit(-1L)));
    Dataset<Row> counted =
        interactions
            .select(col("network"), verb.as("measure"), lit(1L).as("value"))
            .unionByName(ones(posts, "post"))
            .unionByName(ones(deletions, "deletion"))
            .unionByName(ones(accounts, "account"))
            .unionByName(
                files.select(
                    col("network"), explode(measures).as(new String[] {"measure", "value"})))
            .unionByName(
                ignored
                    .where(IgnoredKinds.RULE.col().equalTo(IgnoredKinds.DUPLICATE_LINE))
                    .select(
                        col("network"), explode(duplicates).as(new String[] {"measure", "value"})))
            .unionByName(
                ignored
                    .where(IgnoredKinds.RULE.col().equalTo(IgnoredKinds.UNREADABLE_FILE))
                    .select(
                        col("network"),
                        col("rule").as("measure"),
                        col("statement_count").as("value")));
    return counted
        .groupBy("network", "measure")
        .agg(sum("value").as("measure_count"))
        .withColumn("night", night)
        .select(MartNetworkActivity.TABLE.cols());
  }

  private static Dataset<Row> ones(Dataset<Row> rows, String measure) {
    return rows.select(col("network"), lit(measure).as("measure"), lit(1L).as("value"));
  }

  /**
   * The networks.
   *
   * @param activity rows of {@code mart_network_activity} up to tonight
   * @param scores tonight's rows of {@code account_scores}
   * @return rows of {@code mart_networks}: of networks of which a file was ever loaded
   */
  static Dataset<Row> networks(Dataset<Row> activity, Dataset<Row> scores, Column night) {
    Column isFile = col("measure").equalTo("file");
    Dataset<Row> counted =
        scores
            .groupBy("network")
            .agg(count(lit(1)).as("account_count"), count("score").as("scored_count"));
    return activity
        .groupBy("network")
        .agg(
            min(when(isFile, col("night"))).as("first_night"),
            max(when(isFile, col("night"))).as("last_night"),
            count(when(isFile, lit(1))).as("night_count"),
            measured("line").as("line_count"),
            measured("rejected line").as("rejected_count"),
            measured("post").as("post_count"),
            measured(ACTS).as("act_count"),
            measured("follow").gt(0).as("has_follows"),
            measured("like").gt(0).as("has_likes"))
        .where(col("last_night").isNotNull())
        .join(counted, new String[] {"network"}, "left")
        .withColumn("account_count", coalesce(col("account_count"), lit(0L)))
        .withColumn("scored_count", coalesce(col("scored_count"), lit(0L)))
        .withColumn("night", night)
        .select(MartNetworks.TABLE.cols());
  }

  private static Column measured(Object... measures) {
    return sum(when(col("measure").isin(measures), col("measure_count")).otherwise(lit(0L)));
  }

  /**
   * The calendar.
   *
   * @param from a day of the first year
   * @param to a day of the last
   * @return rows of {@code mart_dates}: all days of the years from one to the other
   */
  static ColumnRows dates(LocalDate from, LocalDate to) {
    ColumnRows rows = new ColumnRows(MartDates.TABLE);
    LocalDate end = LocalDate.of(to.getYear() + 1, 1, 1);
    for (LocalDate day = from.withDayOfYear(1); day.isBefore(end); day = day.plusDays(1)) {
      rows.longs(MartDates.CALENDAR_DATE).add(day.toEpochDay());
      rows.longs(MartDates.YEAR).add(day.getYear());
      rows.longs(MartDates.QUARTER).add(day.get(IsoFields.QUARTER_OF_YEAR));
      rows.longs(MartDates.MONTH).add(day.getMonthValue());
      rows.longs(MartDates.MONTH_START_DATE).add(day.withDayOfMonth(1).toEpochDay());
      rows.longs(MartDates.DAY_OF_MONTH).add(day.getDayOfMonth());
      rows.longs(MartDates.ISO_YEAR).add(day.get(IsoFields.WEEK_BASED_YEAR));
      rows.longs(MartDates.ISO_WEEK).add(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      rows.longs(MartDates.WEEK_START_DATE).add(day.with(DayOfWeek.MONDAY).toEpochDay());
      rows.longs(MartDates.DAY_OF_WEEK).add(day.getDayOfWeek().getValue());
      rows.longs(MartDates.IS_WEEKEND).add(day.getDayOfWeek().getValue() >= 6);
    }
    return rows;
  }

  /**
   * What the stages of a run cost, a row for each.
   *
   * @param stageRuns rows of {@code stage_runs}
   * @return rows of {@code mart_run_health} in the order of the journal
   */
  static List<Row> runHealth(List<Row> stageRuns, String runId) {
    return stageRuns.stream()
        .filter(row -> row.getAs("run_id").equals(runId))
        .map(
            row ->
                RowFactory.create(
                    Arrays.stream(MartRunHealth.TABLE.names()).map(row::getAs).toArray()))
        .distinct()
        .toList();
  }
}
