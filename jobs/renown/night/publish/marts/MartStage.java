package renown.night.publish.marts;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountScores;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.EarnedAttentions;
import renown.tables.IgnoredKinds;
import renown.tables.InfluenceRanks;
import renown.tables.Interactions;
import renown.tables.LoadedFiles;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartDates;
import renown.tables.MartNetworkActivity;
import renown.tables.MartNetworks;
import renown.tables.MartReferencePopulations;
import renown.tables.MartRunHealth;
import renown.tables.MartScoreChanges;
import renown.tables.MartScoreTerms;
import renown.tables.MartTopSources;
import renown.tables.Posts;
import renown.tables.ReferencePopulations;
import renown.tables.ScoreModels;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.tables.TopSources;

/** Writes the marts. */
public final class MartStage implements Stage {
  @Override
  public String name() {
    return "marts";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        AccountScores.TABLE,
        Accounts.TABLE,
        Deletions.TABLE,
        InfluenceRanks.TABLE,
        Interactions.TABLE,
        LoadedFiles.TABLE,
        EarnedAttentions.TABLE,
        ScoreModels.TABLE,
        ReferencePopulations.TABLE,
        IgnoredKinds.TABLE,
        MartAccountScores.TABLE,
        MartScoreTerms.TABLE,
        Posts.TABLE,
        AccountResponseRates.TABLE,
        AccountKinds.TABLE,
        AccountLanguages.TABLE,
        MartNetworkActivity.TABLE,
        MartDates.TABLE,
        StageRuns.TABLE,
        TopSources.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        MartAccountScores.TABLE,
        MartAccountScoresLatest.TABLE,
        MartScoreTerms.TABLE,
        MartReferencePopulations.TABLE,
        MartScoreChanges.TABLE,
        MartTopSources.TABLE,
        MartNetworkActivity.TABLE,
        MartNetworks.TABLE,
        MartDates.TABLE,
        MartRunHealth.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    Dataset<Row> scores = night.kept(lake.read(AccountScores.TABLE));
    Dataset<Row> accounts = night.core().accounts();
    Dataset<Row> termsBefore = lake.read(MartScoreTerms.TABLE);
    Dataset<Row> terms =
        night.kept(
            Marts.terms(scores, lake.read(EarnedAttentions.TABLE), lake.read(ScoreModels.TABLE)));
    Together.run(
        () -> {
          // Read the previous night before tonight is added to the same table.
          night
              .previous()
              .ifPresent(previous -> writeChanges(night, scores, terms, termsBefore, previous));
          lake.append(MartAccountScores.TABLE, Marts.accountScores(scores));
        },
        () ->
            lake.overwrite(
                MartAccountScoresLatest.TABLE,
                Marts.latest(
                    scores,
                    accounts,
                    terms,
                    lake.read(AccountResponseRates.TABLE),
                    lake.read(AccountKinds.TABLE),
                    lake.read(AccountLanguages.TABLE))),
        () -> lake.overwrite(MartScoreTerms.TABLE, terms),
        () ->
            lake.overwrite(
                MartReferencePopulations.TABLE,
                rows(
                    night,
                    MartReferencePopulations.TABLE,
                    Marts.references(lake.rows(ReferencePopulations.TABLE), night.date()))),
        () ->
            lake.overwrite(
                MartTopSources.TABLE,
                Marts.topSources(
                    night.rows(TopSources.TABLE), lake.read(InfluenceRanks.TABLE), accounts)),
        () -> {
          writeActivity(night, accounts);
          lake.overwrite(
              MartNetworks.TABLE,
              Marts.networks(lake.read(MartNetworkActivity.TABLE), scores, night.literal())
                  .coalesce(1));
        },
        () -> writeDates(night),
        () ->
            lake.append(
                MartRunHealth.TABLE,
                rows(
                    night,
                    MartRunHealth.TABLE,
                    Marts.runHealth(lake.rows(StageRuns.TABLE), night.runId()))));
  }

  private static Dataset<Row> rows(Night night, TableSchema table, List<Row> rows) {
    return night.spark().createDataFrame(rows, table.structType());
  }

  private static void writeActivity(Night night, Dataset<Row> accounts) {
    Lake lake = night.lake();
    lake.append(
        MartNetworkActivity.TABLE,
        Marts.activity(
                night.tonight().interactions(),
                night.tonight().posts(),
                night.tonight().deletions(),
                accounts.where(Accounts.FIRST_NIGHT.col().equalTo(night.literal())),
                night.rows(LoadedFiles.TABLE),
                night.rows(IgnoredKinds.TABLE),
                night.literal())
            .coalesce(1));
  }

  /** Once a year, and when a night earlier than all others is added. */
  private static void writeDates(Night night) throws IOException {
    Lake lake = night.lake();
    ColumnRows known = lake.files(MartDates.TABLE).read(MartDates.CALENDAR_DATE);
    long[] days = known.longs(MartDates.CALENDAR_DATE).toArray();
    long tonight = night.date().toEpochDay();
    if (Arrays.stream(days).noneMatch(day -> day == tonight)) {
      // No account is older than the first night.
      LocalDate first =
          PublishedNights.of(lake).first().map(Publication::date).orElse(night.date());
      lake.overwrite(
          MartDates.TABLE,
          Marts.dates(first.isBefore(night.date()) ? first : night.date(), night.date()));
    }
  }

  private static void writeChanges(
      Night night,
      Dataset<Row> scores,
      Dataset<Row> terms,
      Dataset<Row> termsBefore,
      LocalDate previous) {
    Lake lake = night.lake();
    Column previousNight = lit(java.sql.Date.valueOf(previous));
    lake.append(
        MartScoreChanges.TABLE,
        Marts.changes(
            scores,
            lake.read(MartAccountScores.TABLE).where(col("night").equalTo(previousNight)),
            terms,
            termsBefore,
            lake.read(TopSources.TABLE),
            previousNight));
  }
}
