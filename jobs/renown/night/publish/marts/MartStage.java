package renown.night.publish.marts;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.lake.TableFileWriter;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.Deletions;
import renown.tables.IgnoredKinds;
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
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.TopSources;

/** Writes the marts that tell of scores, networks and the night itself; no query. */
public final class MartStage implements Stage {
  /** Of accounts with a score some thirty rows each are written together. */
  private static final int ACCOUNTS_PER_FILE = 1 << 16;

  @Override
  public String name() {
    return "marts";
  }

  @Override
  public String phase() {
    return "publish";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Accounts.TABLE,
        Deletions.TABLE,
        Interactions.TABLE,
        LoadedFiles.TABLE,
        AccountState.TABLE,
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
    new Work(night).run();
  }

  /** The work of a night: tables that several marts need are read once. */
  private static final class Work {
    private final Night night;
    private final Lake lake;
    private final long day;
    private final ColumnRows scores;
    private final ColumnRows accounts;
    private final ColumnRows sources;
    private final ScoreTerms terms;

    Work(Night night) {
      this.night = night;
      this.lake = night.lake();
      this.day = night.date().toEpochDay();
      this.scores =
          lake.files(AccountState.TABLE)
              .read(MartAccountScores.TABLE.columns())
              .having(AccountState.EVIDENCE);
      this.accounts =
          lake.files(Accounts.TABLE)
              .read(
                  Accounts.NETWORK,
                  Accounts.ACCOUNT_KEY,
                  Accounts.ACCOUNT_ID,
                  Accounts.HANDLE,
                  Accounts.DISPLAY_NAME,
                  Accounts.FIRST_NIGHT);
      this.sources =
          lake.files(TopSources.TABLE)
              .read(
                  TopSources.NETWORK,
                  TopSources.ACCOUNT_KEY,
                  TopSources.SOURCE_KEY,
                  TopSources.PLACE,
                  TopSources.RANK_PART,
                  TopSources.AUTHORITY_PART,
                  TopSources.NIGHT);
      this.terms =
          new ScoreTerms(
              scores,
              lake.files(AccountState.TABLE)
                  .read(
                      AccountState.ACCOUNT_KEY,
                      AccountState.TERM_VALUES,
                      AccountState.TERM_PARTS,
                      AccountState.MOMENTUM_VALUES,
                      AccountState.MOMENTUM_PARTS)
                  .having(AccountState.TERM_VALUES),
              all(ScoreModels.TABLE));
    }

    private ColumnRows all(TableSchema table) {
      return lake.files(table).read(table.columns());
    }

    /** The rows of a night. */
    private ColumnRows ofNight(
        TableSchema table, TableColumn nightColumn, long wanted, TableColumn... columns) {
      List<TableColumn> read = new ArrayList<>(List.of(columns));
      read.add(nightColumn);
      ColumnRows found = lake.files(table).holding(nightColumn, wanted).read(read);
      ColumnRows.Longs nights = found.longs(nightColumn);
      ColumnRows kept = new ColumnRows(read);
      for (int row = 0; row < found.size(); row++) {
        if (nights.get(row) == wanted) {
          kept.addRow(found, row);
        }
      }
      return kept;
    }

    void run() throws Exception {
      Together.run(
          () -> {
            // What the night before told is read before tonight's takes its place.
            writeChanges();
            lake.overwrite(MartScoreTerms.TABLE, files(MartScoreTerms.TABLE, terms::rows));
          },
          () -> {
            lake.append(MartAccountScores.TABLE, scores);
            writeLatest();
          },
          () -> {
            lake.overwrite(
                MartTopSources.TABLE,
                Marts.topSources(
                    sources,
                    lake.files(AccountState.TABLE)
                        .read(AccountState.ACCOUNT_KEY, AccountState.RANK_SHARE)
                        .having(AccountState.RANK_SHARE),
                    accounts,
                    day));
            lake.overwrite(
                MartReferencePopulations.TABLE,
                Marts.references(all(ReferencePopulations.TABLE), day));
          },
          () -> {
            writeNetworks();
            writeDates();
            lake.append(
                MartRunHealth.TABLE,
                Marts.runHealth(
                    ofNight(
                        StageRuns.TABLE,
                        StageRuns.NIGHT,
                        day,
                        MartRunHealth.TABLE.columns().stream()
                            .filter(column -> !column.equals(StageRuns.NIGHT))
                            .toArray(TableColumn[]::new)),
                    night.runId()));
          });
    }

    private interface Slice {
      ColumnRows rows(int from, int to);
    }

    /** Writes the rows of all accounts, so many accounts at a time. */
    private List<DataFile> files(TableSchema table, Slice slice) throws IOException {
      TableFileWriter writer = lake.writer(table);
      List<DataFile> files = new ArrayList<>();
      for (int from = 0; from < scores.size(); from += ACCOUNTS_PER_FILE) {
        files.addAll(
            writer.write(slice.rows(from, Math.min(scores.size(), from + ACCOUNTS_PER_FILE))));
      }
      return files;
    }

    private void writeChanges() throws IOException {
      Optional<LocalDate> previous = night.previous();
      if (previous.isEmpty()) {
        return;
      }
      long before = previous.get().toEpochDay();
      ScoreChanges changes =
          new ScoreChanges(
              scores,
              ofNight(
                  MartAccountScores.TABLE,
                  MartAccountScores.NIGHT,
                  before,
                  MartAccountScores.ACCOUNT_KEY,
                  MartAccountScores.SCORE,
                  MartAccountScores.ACTOR_COUNT,
                  MartAccountScores.REFERENCE_VERSION,
                  MartAccountScores.MODEL_VERSION),
              terms,
              lake.files(MartScoreTerms.TABLE)
                  .read(
                      MartScoreTerms.ACCOUNT_KEY,
                      MartScoreTerms.MEASURE,
                      MartScoreTerms.TERM,
                      MartScoreTerms.VALUE,
                      MartScoreTerms.PART),
              sources,
              before);
      lake.append(MartScoreChanges.TABLE, files(MartScoreChanges.TABLE, changes::rows));
    }

    private void writeLatest() throws IOException {
      LatestScores latest =
          new LatestScores(
              scores,
              accounts,
              terms,
              lake.files(AccountResponseRates.TABLE)
                  .read(
                      AccountResponseRates.ACCOUNT_KEY,
                      AccountResponseRates.RESPONSE_RATE,
                      AccountResponseRates.RESPONSE_RATE_LOW,
                      AccountResponseRates.RESPONSE_RATE_HIGH),
              lake.files(AccountKinds.TABLE).read(AccountKinds.ACCOUNT_KEY, AccountKinds.KIND),
              lake.files(AccountLanguages.TABLE)
                  .read(
                      AccountLanguages.ACCOUNT_KEY,
                      AccountLanguages.LANGUAGE,
                      AccountLanguages.POST_COUNT));
      lake.overwrite(
          MartAccountScoresLatest.TABLE, files(MartAccountScoresLatest.TABLE, latest::rows));
    }

    private void writeNetworks() throws IOException {
      NetworkMarts marts = new NetworkMarts();
      marts.addInteractions(
          ofNight(
              Interactions.TABLE,
              Interactions.NIGHT,
              day,
              Interactions.NETWORK,
              Interactions.VERB,
              Interactions.CHANGE));
      marts.addRows("post", ofNight(Posts.TABLE, Posts.NIGHT, day, Posts.NETWORK), Posts.NETWORK);
      marts.addRows(
          "deletion",
          ofNight(Deletions.TABLE, Deletions.NIGHT, day, Deletions.NETWORK),
          Deletions.NETWORK);
      marts.addAccounts(accounts, day);
      marts.addFiles(
          ofNight(
              LoadedFiles.TABLE,
              LoadedFiles.NIGHT,
              day,
              LoadedFiles.NETWORK,
              LoadedFiles.LINE_COUNT,
              LoadedFiles.ACCEPTED_COUNT,
              LoadedFiles.IGNORED_COUNT,
              LoadedFiles.REJECTED_COUNT));
      marts.addIgnored(
          ofNight(
              IgnoredKinds.TABLE,
              IgnoredKinds.NIGHT,
              day,
              IgnoredKinds.NETWORK,
              IgnoredKinds.RULE,
              IgnoredKinds.STATEMENT_COUNT));
      ColumnRows before = all(MartNetworkActivity.TABLE);
      ColumnRows tonight = marts.activity(day);
      lake.append(MartNetworkActivity.TABLE, tonight);
      lake.overwrite(
          MartNetworks.TABLE, NetworkMarts.networks(List.of(before, tonight), scores, day));
    }

    /** Once a year, and when a night earlier than all others is added. */
    private void writeDates() throws IOException {
      ColumnRows known = lake.files(MartDates.TABLE).read(MartDates.CALENDAR_DATE);
      if (Arrays.stream(known.longs(MartDates.CALENDAR_DATE).toArray()).noneMatch(d -> d == day)) {
        // No account is older than the first night.
        LocalDate first =
            PublishedNights.of(lake).first().map(Publication::date).orElse(night.date());
        lake.overwrite(
            MartDates.TABLE,
            Marts.dates(first.isBefore(night.date()) ? first : night.date(), night.date()));
      }
    }
  }
}
