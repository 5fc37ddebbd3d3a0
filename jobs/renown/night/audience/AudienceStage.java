package renown.night.audience;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.shortlist.Campaign;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.night.TaskMemory;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.AudienceHours;
import renown.tables.Communities;
import renown.tables.CredibleAccounts;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;
import renown.tables.MartCampaignShortlists;
import renown.tables.MartPostingHours;
import renown.tables.MartTopicLeaders;
import renown.tables.MartTopicScores;
import renown.tables.NetworkHours;
import renown.tables.PostTopics;
import renown.tables.TableSchema;
import renown.tables.TopicIncrements;

/** Computes whom accounts reach, and when. */
public final class AudienceStage implements Stage {
  static final ConfigKey<Double> LEAST_CREDIBILITY =
      ConfigKey.number(
          "audience.credibility-min",
          0.01,
          0,
          1,
          "Accounts with at least this credibility count as reached, until theirs falls below"
              + " half of it.");

  static final ConfigKey<Long> OVERLAP_LEADERS =
      ConfigKey.integer(
          "audience.overlap-leaders",
          10,
          2,
          1000,
          "Leaders per topic and network whose audiences are compared pairwise.");

  static final ConfigKey<Long> HOURS_HALF_LIFE_DAYS =
      ConfigKey.integer(
          "audience.hours-half-life-days",
          30,
          1,
          3650,
          "Half-life in days of posts and reactions in the posting-hours statistics.");

  static final ConfigKey<Double> HOURS_LEAST_REACTIONS =
      ConfigKey.number(
          "audience.hours-reactions-min",
          20,
          1,
          1e9,
          "Minimum decayed reactions for a recommendation of posting hours.");

  static final ConfigKey<List<Campaign>> CAMPAIGNS =
      ConfigKey.parsed(
          "campaign.nightly",
          "",
          Campaign.FORM,
          "Campaigns for which every night writes a shortlist; give the topic by id or any of"
              + " its names.",
          Campaign::parse);

  /** What a row of edges takes in memory, as a member of an audience. */
  private static final long BYTES_PER_EDGE = 150;

  @Override
  public String name() {
    return "audience";
  }

  @Override
  public String phase() {
    return "spread";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        LEAST_CREDIBILITY,
        OVERLAP_LEADERS,
        HOURS_HALF_LIFE_DAYS,
        HOURS_LEAST_REACTIONS,
        CAMPAIGNS,
        TaxonomyFiles.TAXONOMY);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Interactions.TABLE,
        EdgeIncrements.TABLE,
        TopicIncrements.TABLE,
        PostTopics.TABLE,
        Communities.TABLE,
        AccountState.TABLE,
        AccountResponseRates.TABLE,
        Accounts.TABLE,
        AccountKinds.TABLE,
        AccountLanguages.TABLE,
        MartTopicScores.TABLE,
        MartTopicLeaders.TABLE,
        CredibleAccounts.TABLE,
        AudienceHours.TABLE,
        NetworkHours.TABLE,
        MartPostingHours.TABLE,
        MartAudienceSketches.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        CredibleAccounts.TABLE,
        AudienceHours.TABLE,
        NetworkHours.TABLE,
        MartAudienceSketches.TABLE,
        MartAudienceOverlaps.TABLE,
        MartPostingHours.TABLE,
        MartCampaignShortlists.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    TaskMemory.of(night)
        .hold(
            "Audiences of all networks",
            night.lake().files(EdgeIncrements.TABLE).rowCount()
                + night.lake().files(TopicIncrements.TABLE).rowCount(),
            BYTES_PER_EDGE,
            "keep networks in lakes of their own");
    AudienceWork work = new AudienceWork(night, inputs(), written());
    AudienceWork.Written written =
        new JavaSparkContext(night.spark().sparkContext())
            .parallelize(List.of(0), 1)
            .map(task -> work.run())
            .collect()
            .get(0);
    Lake lake = night.lake();
    List<Together.Step> commits = new ArrayList<>();
    for (TableSchema table : written()) {
      List<DataFile> files = written.files().get(table.path());
      boolean isAdded = table == AudienceHours.TABLE && !written.areHoursWhole();
      commits.add(() -> commit(lake, table, files, isAdded));
    }
    commits.add(
        () ->
            lake.replace(
                MartAudienceSketches.TABLE,
                lake.files(MartAudienceSketches.TABLE).at(written.replacedSketches()),
                written.files().get(MartAudienceSketches.TABLE.path())));
    commits.add(
        () ->
            lake.replace(
                MartPostingHours.TABLE,
                lake.files(MartPostingHours.TABLE).at(written.replacedHours()),
                written.files().get(MartPostingHours.TABLE.path())));
    Together.run(commits);
    shortlist(night);
  }

  private static void commit(Lake lake, TableSchema table, List<DataFile> files, boolean isAdded) {
    if (isAdded) {
      lake.append(table, files);
    } else {
      lake.overwrite(table, files);
    }
  }

  /**
   * The tables that the task writes; each whole, but for {@code audience_hours} on most nights.
   * Beside them it writes parts of {@code mart_audience_sketches} and {@code mart_posting_hours}.
   */
  private static List<TableSchema> written() {
    return List.of(
        CredibleAccounts.TABLE,
        AudienceHours.TABLE,
        NetworkHours.TABLE,
        MartAudienceOverlaps.TABLE);
  }

  /**
   * What a night makes.
   *
   * @param rows of each table
   * @param areHoursWhole whether those of {@code audience_hours} are all that there are; else those
   *     that the night changes
   * @param sketches rows of {@code mart_audience_sketches}
   * @param postingHours parts of {@code mart_posting_hours}
   */
  record Made(
      Map<TableSchema, ColumnRows> rows,
      boolean areHoursWhole,
      AudienceMarts sketches,
      PostingHours.Written postingHours) {}

  /** What a night makes. */
  static Made rows(AudienceInput input) {
    CredibleSet credible = new CredibleSet(input);
    Audiences audiences = new Audiences(input, credible);
    AudienceMarts marts = new AudienceMarts(input, audiences);
    HourSums hours = new HourSums(input, credible);
    Map<TableSchema, ColumnRows> rows = new LinkedHashMap<>();
    rows.put(CredibleAccounts.TABLE, credible.rows());
    rows.put(MartAudienceOverlaps.TABLE, marts.overlaps());
    rows.put(AudienceHours.TABLE, hours.rows());
    rows.put(NetworkHours.TABLE, hours.ofNetworks().rows());
    return new Made(
        rows, hours.isWhole(), marts, PostingHours.rows(input, hours, audiences, credible));
  }

  /** Computes the shortlists of configured campaigns; most lakes have none. */
  private static void shortlist(Night night) {
    List<Campaign> campaigns = night.value(CAMPAIGNS);
    if (campaigns.isEmpty()) {
      return;
    }
    Lake lake = night.lake();
    Taxonomy taxonomy =
        TaxonomyFiles.read(
            night.value(TaxonomyFiles.TAXONOMY), night.spark().sessionState().newHadoopConf());
    Dataset<Row> sketches = lake.read(MartAudienceSketches.TABLE);
    Dataset<Row> responseRates = lake.read(AccountResponseRates.TABLE);
    List<Row> seats = new ArrayList<>();
    for (Campaign campaign : campaigns) {
      Optional<Topic> topic = taxonomy.find(campaign.topic());
      List<Row> chosen =
          topic.isEmpty()
              ? List.of()
              : Campaigns.seats(
                  campaign.onTopic(topic.get().id()),
                  sketches,
                  lake.read(EdgeIncrements.TABLE),
                  lake.read(TopicIncrements.TABLE),
                  lake.read(CredibleAccounts.TABLE),
                  lake.read(Communities.TABLE),
                  responseRates);
      if (chosen.isEmpty()) {
        night
            .progress()
            .say(
                "  Warning: %s: campaign %s has no shortlist tonight: %s.",
                CAMPAIGNS.name(),
                campaign.name(),
                topic.isEmpty()
                    ? "there is no topic \"" + campaign.topic() + "\""
                    : "no account with evidence on its topic passes its filters");
      }
      seats.addAll(chosen);
    }
    lake.append(
        MartCampaignShortlists.TABLE,
        Campaigns.mart(seats, sketches, night.core().accounts(), responseRates, night.literal())
            .coalesce(1));
  }
}
