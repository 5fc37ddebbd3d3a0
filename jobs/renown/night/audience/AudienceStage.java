package renown.night.audience;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.engine.shortlist.Campaign;
import renown.engine.taxonomy.TaxonomyFiles;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Topic;
import renown.lake.Lake;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.AccountScores;
import renown.tables.Accounts;
import renown.tables.AudienceHours;
import renown.tables.Communities;
import renown.tables.Credibilities;
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

  private static final int REMADE_DAYS = 32;

  @Override
  public String name() {
    return "audience";
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
        Credibilities.TABLE,
        AccountScores.TABLE,
        AccountResponseRates.TABLE,
        Accounts.TABLE,
        AccountKinds.TABLE,
        AccountLanguages.TABLE,
        MartTopicScores.TABLE,
        MartTopicLeaders.TABLE,
        CredibleAccounts.TABLE,
        AudienceHours.TABLE,
        NetworkHours.TABLE,
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
    Lake lake = night.lake();
    Column date = night.literal();
    Dataset<Row> edges = lake.read(EdgeIncrements.TABLE);
    Dataset<Row> before = lake.read(CredibleAccounts.TABLE);
    Dataset<Row> topics = lake.read(TopicIncrements.TABLE);
    Dataset<Row> accounts = night.core().accounts();
    Dataset<Row> leaders = lake.read(MartTopicLeaders.TABLE);
    Dataset<Row> credible =
        night.kept(
            Audiences.credible(
                lake.read(Credibilities.TABLE), before, night.value(LEAST_CREDIBILITY), date));
    Dataset<Row> worthy =
        night.kept(
            Audiences.worthy(lake.read(AccountScores.TABLE), lake.read(MartTopicScores.TABLE)));
    Dataset<Row> interactions = night.kept(night.tonight().interactions());
    Dataset<Row> known =
        night.kept(
            Audiences.known(
                isRemade(night)
                    ? lake.read(MartAudienceSketches.TABLE).limit(0)
                    : lake.read(MartAudienceSketches.TABLE),
                interactions,
                edges,
                before,
                credible));
    Dataset<Row> sketches =
        night.kept(Audiences.sketches(worthy, known, edges, topics, before, credible, date));
    double halfLife = night.value(HOURS_HALF_LIFE_DAYS);
    Dataset<Row> acts =
        night.kept(Hours.acts(interactions, lake.read(PostTopics.TABLE), credible, halfLife, date));
    Dataset<Row> hours =
        night.kept(
            Hours.ofAccounts(
                lake.read(AudienceHours.TABLE),
                acts,
                lake.read(Credibilities.TABLE),
                halfLife,
                date));
    Dataset<Row> networks =
        night.kept(
            Hours.ofNetworks(lake.read(NetworkHours.TABLE), acts, halfLife, date).coalesce(1));
    Together.run(
        () -> lake.overwrite(CredibleAccounts.TABLE, credible),
        () -> {
          lake.overwrite(
              MartAudienceSketches.TABLE,
              Audiences.mart(
                  sketches,
                  accounts,
                  lake.read(AccountKinds.TABLE),
                  lake.read(AccountLanguages.TABLE),
                  leaders,
                  date));
          shortlist(night, edges, topics, credible);
        },
        () ->
            lake.overwrite(
                MartAudienceOverlaps.TABLE,
                Audiences.overlaps(sketches, leaders, night.value(OVERLAP_LEADERS), date)
                    .coalesce(1)),
        () -> lake.overwrite(AudienceHours.TABLE, hours),
        () -> {
          lake.overwrite(NetworkHours.TABLE, networks);
          lake.overwrite(
              MartPostingHours.TABLE,
              Hours.mart(
                  hours,
                  worthy,
                  Hours.models(networks.collectAsList()),
                  night.value(HOURS_LEAST_REACTIONS),
                  date));
        });
  }

  /** Whether to rebuild all sketches: an erasure leaves no trace of what it removed. */
  private static boolean isRemade(Night night) {
    return Math.floorMod(night.date().toEpochDay(), REMADE_DAYS) == 0;
  }

  /** Computes the shortlists of configured campaigns; most lakes have none. */
  private static void shortlist(
      Night night, Dataset<Row> edges, Dataset<Row> topics, Dataset<Row> credible) {
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
                  edges,
                  topics,
                  credible,
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
