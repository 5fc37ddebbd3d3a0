package renown.night.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountScores;
import renown.tables.Accounts;
import renown.tables.AuthorRecords;
import renown.tables.CascadeActs;
import renown.tables.Communities;
import renown.tables.Credibilities;
import renown.tables.Deletions;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.MartBreakouts;
import renown.tables.MartBridges;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartPostSpread;
import renown.tables.MartWarningOutcomes;
import renown.tables.PostReactions;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.TableSchema;

/** Computes how posts spread, through whom, and which went far beyond chance. */
public final class SpreadStage implements Stage {
  static final ConfigKey<List<String>> PATH_NETWORKS =
      ConfigKey.parsed(
          "spread.path-networks",
          "bluesky",
          "names of networks, separated by commas; may be empty",
          "Networks whose reposts and likes name the repost they came through; without one"
              + " they came from the author. For other networks the path is inferred.",
          text -> Arrays.stream(text.split(",")).map(String::strip).toList());

  static final ConfigKey<Double> FALSE_SHARE =
      ConfigKey.number(
          "spread.false-breakout-share",
          0.01,
          1e-6,
          0.5,
          "Maximum expected share of false positives among breakouts and among early"
              + " warnings.");

  static final ConfigKey<Long> LEAST_REACTORS =
      ConfigKey.integer(
          "spread.breakout-reactors-min",
          5,
          1,
          1_000_000,
          "Minimum credible reactors of a breakout.");

  /**
   * Accounts of a network whose reach is counted; beyond that it is estimated from a sample of this
   * size.
   */
  private static final long REACH_SAMPLE = 100_000;

  /** Posts without activity for this many nights are dropped. */
  private static final int QUIET_NIGHTS = 30;

  /** Nights between two searches for those. */
  private static final int PURGE_NIGHTS = 16;

  /** Nights of posts and topics to read. */
  private static final int RECENT_NIGHTS = 3;

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(PATH_NETWORKS, FALSE_SHARE, LEAST_REACTORS);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Interactions.TABLE,
        Posts.TABLE,
        Deletions.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        EdgeIncrements.TABLE,
        Landmarks.TABLE,
        Credibilities.TABLE,
        PostReactions.TABLE,
        AccountScores.TABLE,
        PostTopics.TABLE,
        Communities.TABLE,
        CascadeActs.TABLE,
        AuthorRecords.TABLE,
        MartEarlyWarnings.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        Communities.TABLE,
        CascadeActs.TABLE,
        AuthorRecords.TABLE,
        MartPostSpread.TABLE,
        MartBreakouts.TABLE,
        MartEarlyWarnings.TABLE,
        MartWarningOutcomes.TABLE,
        MartBridges.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    Column literal = night.literal();
    lake.overwrite(
        Communities.TABLE,
        CommunityDetection.communities(
            CommunityDetection.ties(night.edges(), night.core().exclusions()),
            lake.read(Communities.TABLE),
            literal));
    Dataset<Row> state = lake.read(CascadeActs.TABLE);
    Dataset<Row> acts =
        night.kept(
            Cascades.acts(
                night.tonight().interactions(),
                night.tonight().posts(),
                night.value(PATH_NETWORKS).toArray()));
    Dataset<Row> decided = Cascades.decided(state);
    Dataset<Row> undone = night.kept(Cascades.undone(acts, decided));
    Dataset<Row> cascades = night.kept(cascades(night, acts, undone, decided));
    Dataset<Row> recentTopics = recent(night, night.lake().read(PostTopics.TABLE));
    Together.run(
        () -> judge(night, cascades),
        () ->
            lake.append(
                MartPostSpread.TABLE,
                PostSpread.spread(
                    cascades,
                    Reach.reach(
                        cascades,
                        night.edges(),
                        night.core().accounts(),
                        lake.read(Credibilities.TABLE),
                        REACH_SAMPLE),
                    lake.read(AccountScores.TABLE),
                    literal)),
        () ->
            lake.append(
                MartBridges.TABLE, PostSpread.bridges(cascades, recentTopics, literal).coalesce(1)),
        () -> remember(night, state, Cascades.remembered(cascades, undone, literal)));
  }

  private static Dataset<Row> cascades(
      Night night, Dataset<Row> acts, Dataset<Row> undone, Dataset<Row> decided) {
    Lake lake = night.lake();
    Dataset<Row> posts =
        night.kept(
            Cascades.posts(
                acts,
                undone,
                decided,
                lake.read(PostReactions.TABLE),
                Cascades.starts(acts, lake.read(Landmarks.TABLE), night.literal()),
                Cascades.window(
                    end(night.date()),
                    night.previous().map(SpreadStage::end).orElse(Long.MIN_VALUE))));
    return Cascades.cascades(
        acts,
        undone,
        decided,
        Cascades.attends(acts, decided, posts, Cascades.attention(night.edges(), acts)),
        posts,
        Cascades.people(lake.read(Credibilities.TABLE), lake.read(Communities.TABLE)));
  }

  private static void judge(Night night, Dataset<Row> cascades) throws Exception {
    Lake lake = night.lake();
    Column literal = night.literal();
    double level = night.value(FALSE_SHARE);
    long least = night.value(LEAST_REACTORS);
    Dataset<Row> scores = lake.read(AccountScores.TABLE);
    Dataset<Row> authors = Breakouts.authors(scores, night.core().accounts());
    Dataset<Row> posts = Breakouts.kinds(recent(night, night.core().posts()));
    Dataset<Row> present = present(night, cascades);
    Dataset<Row> counted =
        night.kept(
            Breakouts.counted(
                Breakouts.judged(
                    present.where(col("window").equalTo(Cascades.JUDGED)),
                    authors,
                    posts,
                    end(night.date()))));
    Dataset<Row> watched =
        Breakouts.judged(
            present.where(col("window").equalTo(Cascades.WATCHED)),
            authors,
            posts,
            end(night.date()));
    Dataset<Row> records =
        night.kept(Breakouts.records(lake.read(AuthorRecords.TABLE), counted, literal));
    Dataset<Row> priors =
        Breakouts.priors(
            night.spark(), Breakouts.totals(records, counted, authors).collectAsList());
    Dataset<Row> warnedBefore =
        lake.read(MartEarlyWarnings.TABLE)
            .where(
                col("night")
                    .equalTo(lit(java.sql.Date.valueOf(night.previous().orElse(LocalDate.EPOCH)))));
    Dataset<Row> breakouts =
        night.kept(
            Breakouts.breakouts(
                    Breakouts.surprising(counted, true, records, priors, level, least),
                    scores,
                    night.core().accounts(),
                    recent(night, night.lake().read(PostTopics.TABLE)),
                    posts,
                    warnedBefore,
                    literal)
                .coalesce(1));
    Together.run(
        () -> lake.overwrite(AuthorRecords.TABLE, records),
        () -> lake.append(MartBreakouts.TABLE, breakouts),
        () ->
            lake.append(
                MartEarlyWarnings.TABLE,
                Breakouts.warnings(
                        Breakouts.surprising(watched, false, records, priors, level, least),
                        literal)
                    .coalesce(1)),
        () ->
            lake.append(
                MartWarningOutcomes.TABLE,
                Breakouts.outcomes(
                        warnedBefore,
                        breakouts.where(
                            night.previous().map(SpreadStage::watchable).orElse(lit(false))),
                        literal)
                    .coalesce(1)));
  }

  /** Whether a post was eligible for an early warning on a night: 1 to 24 hours old at its end. */
  private static Column watchable(LocalDate night) {
    Column posted = org.apache.spark.sql.functions.unix_micros(col("posted_at"));
    long end = end(night);
    return posted
        .gt(lit(end - Breakouts.WINDOW_MICROS))
        .and(posted.leq(lit(end - Breakouts.MICROS_PER_HOUR)));
  }

  /** Without posts deleted since. */
  private static Dataset<Row> present(Night night, Dataset<Row> cascades) {
    Dataset<Row> deleted =
        recent(night, night.core().deletions())
            .select(col("network"), col("record_id").as("post_id"), col("deleter_key"));
    return cascades.join(
        deleted,
        cascades
            .col("network")
            .equalTo(deleted.col("network"))
            .and(cascades.col("post_id").equalTo(deleted.col("post_id")))
            .and(
                col("deleter_key")
                    .equalTo(col("author_key"))
                    .or(col("deleter_key").equalTo(Deletions.BY_THE_NETWORK))),
        "left_anti");
  }

  private static void remember(Night night, Dataset<Row> state, Dataset<Row> added) {
    Lake lake = night.lake();
    if (Math.floorMod(night.date().toEpochDay(), PURGE_NIGHTS) != 0) {
      lake.append(CascadeActs.TABLE, added);
      return;
    }
    lake.overwrite(
        CascadeActs.TABLE,
        Cascades.alive(state.unionByName(added), date_sub(night.literal(), QUIET_NIGHTS)));
  }

  private static Dataset<Row> recent(Night night, Dataset<Row> rows) {
    return rows.where(col("night").geq(date_sub(night.literal(), RECENT_NIGHTS)));
  }

  /** The end of a night, microseconds since 1970. */
  private static long end(LocalDate night) {
    return night.plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
  }
}
