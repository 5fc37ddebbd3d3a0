package renown.night.score.persons;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.split_part;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.Together;
import renown.tables.AccountScores;
import renown.tables.Accounts;
import renown.tables.Exclusions;
import renown.tables.MartPersons;
import renown.tables.RefusedPersons;
import renown.tables.TableSchema;

/** Links accounts that belong to one person. */
public final class PersonStage implements Stage {
  private static final StructType IDENTITIES =
      new StructType()
          .add("network", DataTypes.StringType)
          .add("account_id", DataTypes.StringType)
          .add("other_network", DataTypes.StringType)
          .add("other_id", DataTypes.StringType);

  static final ConfigKey<SortedMap<String, String>> SITES =
      ConfigKey.pairs(
          "persons.sites",
          "bsky.app=bluesky,x.com=x,twitter.com=x,github.com=github,reddit.com=reddit,"
              + "youtube.com=youtube,@=mastodon,*=bluesky",
          "HOST=NETWORK pairs, separated by commas; @ stands for fediverse hosts, * for any"
              + " other domain, which may be a handle",
          "Maps addresses in profiles to networks.",
          host -> !host.isBlank(),
          network -> network);

  static final ConfigKey<String> IDENTITIES_FILE =
      ConfigKey.text(
          "persons.identities",
          "",
          "a Hadoop path, or empty",
          "File of linked accounts, one pair per line: network, tab, account id, tab, other"
              + " network, tab, other id.");

  static final ConfigKey<Long> ACCOUNTS_MAX =
      ConfigKey.integer(
          "persons.accounts-max",
          8,
          2,
          1000,
          "Maximum accounts of a person; a longer chain of links is refused.");

  static final ConfigKey<Long> NETWORK_ACCOUNTS_MAX =
      ConfigKey.integer(
          "persons.network-accounts-max",
          2,
          1,
          1000,
          "Maximum accounts of a person on one network; a chain with more is refused.");

  @Override
  public String name() {
    return "persons";
  }

  @Override
  public String phase() {
    return "score";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(SITES, IDENTITIES_FILE, ACCOUNTS_MAX, NETWORK_ACCOUNTS_MAX);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(Accounts.TABLE, Exclusions.TABLE, AccountScores.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(MartPersons.TABLE, RefusedPersons.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    Column literal = night.literal();
    Dataset<Row> accounts =
        night
            .core()
            .accounts()
            .join(
                night.core().exclusions().select("account_key"),
                new String[] {"account_key"},
                "left_anti");
    Dataset<Row> crossLinks =
        Persons.crossLinks(accounts, new ProfileAddresses(night.value(SITES)));
    Dataset<Row> links =
        night.kept(
            night.value(IDENTITIES_FILE).isEmpty()
                ? crossLinks
                : crossLinks.union(Persons.identities(accounts, identities(night))));
    Dataset<Row> members = night.kept(Persons.counted(Persons.components(links), accounts));
    Column isPerson =
        Persons.isPerson(night.value(ACCOUNTS_MAX), night.value(NETWORK_ACCOUNTS_MAX));
    Together.run(
        () ->
            lake.overwrite(
                MartPersons.TABLE,
                Persons.persons(
                        members.where(isPerson), links, lake.read(AccountScores.TABLE), literal)
                    .coalesce(1)),
        () ->
            lake.overwrite(
                RefusedPersons.TABLE,
                Persons.refused(members.where(not(isPerson)), literal).coalesce(1)));
    long refused = members.where(not(isPerson)).select("component_key").distinct().count();
    if (refused > 0) {
      night
          .progress()
          .say(
              "  %d chains of linked accounts are too long for one person, see"
                  + " scores/refused_persons",
              refused);
    }
  }

  /**
   * The pairs of the file.
   *
   * @throws RenownException if it cannot be read or a line is not understood
   */
  private static Dataset<Row> identities(Night night) {
    String path = Locations.readableFile(IDENTITIES_FILE, night.config()).toString();
    Dataset<Row> lines =
        night
            .spark()
            .read()
            .text(path)
            .where(col("value").notEqual("").and(not(col("value").startsWith("#"))));
    Column tab = lit("\t");
    List<Row> bad = lines.where(not(col("value").rlike("^([^\\t]+\\t){3}[^\\t]+$"))).takeAsList(1);
    if (!bad.isEmpty()) {
      throw RenownException.configuration(
          "%s = \"%s\": a line is not NETWORK<tab>ID<tab>NETWORK<tab>ID: \"%s\".",
          IDENTITIES_FILE.name(), night.value(IDENTITIES_FILE), bad.get(0).getString(0));
    }
    return lines.select(
        split_part(col("value"), tab, lit(1)).as(IDENTITIES.fieldNames()[0]),
        split_part(col("value"), tab, lit(2)).as(IDENTITIES.fieldNames()[1]),
        split_part(col("value"), tab, lit(3)).as(IDENTITIES.fieldNames()[2]),
        split_part(col("value"), tab, lit(4)).as(IDENTITIES.fieldNames()[3]));
  }
}
