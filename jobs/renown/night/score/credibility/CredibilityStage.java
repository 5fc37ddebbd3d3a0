package renown.night.score.credibility;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.dumps.formats.NetworkFormats;
import renown.lake.Lake;
import renown.lake.NamedAccounts;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.tables.AccountActivities;
import renown.tables.Accounts;
import renown.tables.Credibilities;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.LoadedFiles;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableSchema;

/** Computes every account's credibility. */
public final class CredibilityStage implements Stage {
  static final ConfigKey<Double> AGE_DAYS =
      ConfigKey.number(
          "credibility.age-days",
          90,
          1,
          3650,
          "Account age at which the age factor is half; at a tenth of that it is 1 %.");

  static final ConfigKey<Double> HALF_LIFE_DAYS =
      ConfigKey.number(
          "credibility.half-life-days",
          90,
          1,
          3650,
          "Half-life in days of an account's output and of its active weeks.");

  static final ConfigKey<String> TRUSTED =
      ConfigKey.text(
          "credibility.trusted",
          "",
          "a Hadoop path, or empty",
          "File of trusted accounts, whose credibility is 1, one per line: network, tab,"
              + " account id.");

  static final ConfigKey<Long> MUTUAL_PAIRS_MAX =
      ConfigKey.integer(
          "credibility.mutual-pairs-max",
          20_000_000,
          0,
          1_000_000_000,
          "With more mutual pairs than this, triangles are not counted, and closed circles"
              + " are detected by concentration alone.");

  @Override
  public String name() {
    return "credibility";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(NetworkFormats.FORMATS, AGE_DAYS, HALF_LIFE_DAYS, TRUSTED, MUTUAL_PAIRS_MAX);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        LoadedFiles.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        Posts.TABLE,
        PostTexts.TABLE,
        Interactions.TABLE,
        EdgeIncrements.TABLE,
        Landmarks.TABLE,
        AccountActivities.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(AccountActivities.TABLE, Credibilities.TABLE);
  }

  @Override
  public void run(Night night) {
    Lake lake = night.lake();
    NamedAccounts trusted =
        NamedAccounts.read(TRUSTED, night.config(), night.spark())
            .withIds(NetworkFormats.of(night.config())::accountId);
    trusted.tellUnknownNetworks(() -> lake.read(LoadedFiles.TABLE), night.progress());
    trusted.tellUnknownAccounts(() -> night.core().accounts(), night.progress());
    Dataset<Row> exclusions = night.core().exclusions();
    lake.overwrite(
        AccountActivities.TABLE,
        Activities.activities(
            lake.read(AccountActivities.TABLE),
            night.tonight().posts(),
            night.tonight().texts(),
            night.tonight().interactions(),
            night.value(HALF_LIFE_DAYS),
            night.literal()));
    Dataset<Row> pairs = night.kept(Attention.pairs(night.edges(), exclusions));
    Dataset<Row> mutual = night.kept(Attention.mutual(pairs));
    Dataset<Row> degrees = night.kept(Attention.degrees(pairs));
    Dataset<Row> unblocked =
        night.kept(
            Credibility.unblocked(
                night.core().accounts(),
                exclusions,
                lake.read(AccountActivities.TABLE),
                degrees,
                Attention.trading(
                    mutual, degrees, Closedness.triangles(mutual, night.value(MUTUAL_PAIRS_MAX))),
                trusted.rows(),
                night.value(AGE_DAYS),
                night.value(HALF_LIFE_DAYS),
                night.literal()));
    lake.overwrite(
        Credibilities.TABLE,
        Credibility.credibilities(unblocked, Attention.blocks(pairs, unblocked)));
  }
}
