package renown.night.audience;

import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.lake.TableReader;
import renown.night.Night;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.AudienceHours;
import renown.tables.CredibleAccounts;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.MartAudienceSketches;
import renown.tables.MartPostingHours;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.NetworkHours;
import renown.tables.PostTopics;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.TopicIncrements;

/** What the task does: it reads, computes, and writes files that the driver then commits. */
final class AudienceWork implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int REMADE_DAYS = 32;

  /** Nights whose sketches lie apart. */
  private static final int MOST_SKETCH_FILES = 16;

  /**
   * What the task tells.
   *
   * @param files of each table, by its path
   * @param areHoursWhole whether those of {@code audience_hours} are all that there are
   * @param replacedSketches numbers of the files of {@code mart_audience_sketches} that count no
   *     more, or not as they are
   * @param replacedHours numbers of the files of {@code mart_posting_hours} that count no more
   */
  record Written(
      HashMap<String, List<DataFile>> files,
      boolean areHoursWhole,
      ArrayList<Integer> replacedSketches,
      ArrayList<Integer> replacedHours)
      implements Serializable {}

  private final LocalDate night;
  private final double leastCredibility;
  private final long overlapLeaders;
  private final double hoursHalfLifeDays;
  private final double leastReactions;
  private final boolean isRemade;
  private final Map<String, TableFiles> files = new HashMap<>();
  private final Map<String, TableFileWriter> writers = new HashMap<>();
  private final boolean areSketchesWhole;
  private final ArrayList<TableFiles> sketches;
  private final TableFileWriter sketchWriter;
  private final ArrayList<TableFiles> postingHours;
  private final TableFileWriter postingWriter;

  AudienceWork(Night night, List<TableSchema> read, List<TableSchema> written) {
    this.night = night.date();
    this.leastCredibility = night.value(AudienceStage.LEAST_CREDIBILITY);
    this.overlapLeaders = night.value(AudienceStage.OVERLAP_LEADERS);
    this.hoursHalfLifeDays = night.value(AudienceStage.HOURS_HALF_LIFE_DAYS);
    this.leastReactions = night.value(AudienceStage.HOURS_LEAST_REACTIONS);
    this.isRemade = isRemade(night);
    Lake lake = night.lake();
    for (TableSchema table : read) {
      files.put(table.path(), lake.files(table));
    }
    long tonight = this.night.toEpochDay();
    narrow(Interactions.TABLE, Interactions.NIGHT, tonight);
    narrow(PostTopics.TABLE, PostTopics.NIGHT, tonight - HourSums.POST_NIGHTS);
    for (TableSchema table : written) {
      writers.put(table.path(), lake.writer(table));
    }
    TableFiles known = lake.files(MartAudienceSketches.TABLE);
    areSketchesWhole =
        isRemade
            || !lake.mayDeleteRows(MartAudienceSketches.TABLE)
            || known.count() >= MOST_SKETCH_FILES
            || 2 * known.deletedRowCount() >= known.rowCount();
    sketches = new ArrayList<>(known.each());
    sketchWriter = lake.writer(MartAudienceSketches.TABLE);
    postingHours = new ArrayList<>(lake.files(MartPostingHours.TABLE).each());
    postingWriter = lake.writer(MartPostingHours.TABLE);
  }

  /** Leaves out files in which all rows are of earlier nights. */
  private void narrow(TableSchema table, TableColumn column, long from) {
    files.computeIfPresent(
        table.path(), (path, all) -> all.within(column, from, night.toEpochDay()));
  }

  private TableReader reader(TableSchema table) {
    return TableReader.of(files.get(table.path()));
  }

  Written run() throws IOException {
    AudienceInput input =
        new AudienceInput(
            night,
            leastCredibility,
            overlapLeaders,
            hoursHalfLifeDays,
            leastReactions,
            reader(Interactions.TABLE).once(HourSums.ACT_COLUMNS),
            reader(EdgeIncrements.TABLE),
            reader(TopicIncrements.TABLE),
            reader(PostTopics.TABLE)
                .where(
                    group ->
                        group.most(PostTopics.NIGHT) >= night.toEpochDay()
                            || group.most(PostTopics.HAPPENED_AT) >= HourSums.firstPosted(night),
                    (rows, row) ->
                        rows.longs(PostTopics.NIGHT).get(row) == night.toEpochDay()
                            || rows.longs(PostTopics.HAPPENED_AT).get(row)
                                >= HourSums.firstPosted(night),
                    PostTopics.NIGHT,
                    PostTopics.HAPPENED_AT),
            reader(AccountState.TABLE)
                .once(
                    AccountState.NETWORK,
                    AccountState.ACCOUNT_KEY,
                    AccountState.CREDIBILITY,
                    AccountState.EVIDENCE,
                    AccountState.SCORE),
            reader(MartTopicScores.TABLE),
            reader(MartTopicLeaders.TABLE)
                .once(
                    MartTopicLeaders.ACCOUNT_KEY,
                    MartTopicLeaders.TOPIC_ID,
                    MartTopicLeaders.LANGUAGE,
                    MartTopicLeaders.PLACE),
            reader(Accounts.TABLE),
            reader(AccountKinds.TABLE),
            reader(AccountLanguages.TABLE),
            reader(CredibleAccounts.TABLE),
            isRemade
                ? columns -> new ColumnRows(List.of(columns))
                : reader(MartAudienceSketches.TABLE),
            areSketchesWhole,
            reader(AudienceHours.TABLE),
            reader(NetworkHours.TABLE),
            postingHours.stream().map(TableReader::of).toList());
    HashMap<String, List<DataFile>> written = new HashMap<>();
    AudienceStage.Made made = AudienceStage.rows(input);
    for (Map.Entry<TableSchema, ColumnRows> table : made.rows().entrySet()) {
      String path = table.getKey().path();
      written.put(path, new ArrayList<>(writers.get(path).write(table.getValue())));
    }
    ArrayList<Integer> replacedSketches = new ArrayList<>();
    written.put(MartAudienceSketches.TABLE.path(), sketchFiles(made.sketches(), replacedSketches));
    List<DataFile> posting = new ArrayList<>();
    for (ColumnRows part : made.postingHours().parts()) {
      if (part != null) {
        posting.addAll(postingWriter.write(part));
      }
    }
    written.put(MartPostingHours.TABLE.path(), posting);
    return new Written(
        written,
        made.areHoursWhole(),
        replacedSketches,
        new ArrayList<>(made.postingHours().replaced()));
  }

  /**
   * Files with the rows that have changed, and those that were there without what these replace.
   *
   * @param replaced gets the numbers of those that count no more as they were
   */
  private List<DataFile> sketchFiles(AudienceMarts made, List<Integer> replaced)
      throws IOException {
    List<DataFile> files = new ArrayList<>(sketchWriter.write(made.sketches()));
    for (int file = 0; file < sketches.size(); file++) {
      if (made.isWhole()) {
        replaced.add(file);
        continue;
      }
      Optional<DataFile> less =
          sketches
              .get(file)
              .without(
                  (rows, row) ->
                      !made.isKept(
                          rows.longs(MartAudienceSketches.ACCOUNT_KEY).get(row),
                          rows.texts(MartAudienceSketches.TOPIC_ID).get(row)),
                  List.of(MartAudienceSketches.ACCOUNT_KEY, MartAudienceSketches.TOPIC_ID));
      if (less.isPresent()) {
        replaced.add(file);
        files.add(less.get());
      }
    }
    return files;
  }

  /** Whether to rebuild all sketches: an erasure leaves no trace of what it removed. */
  private static boolean isRemade(Night night) {
    return Math.floorMod(night.date().toEpochDay(), REMADE_DAYS) == 0;
  }
}
