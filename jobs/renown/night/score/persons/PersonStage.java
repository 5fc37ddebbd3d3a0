package renown.night.score.persons;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.night.Night;
import renown.night.Stage;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.Exclusions;
import renown.tables.MartPersons;
import renown.tables.RefusedPersons;
import renown.tables.TableSchema;

/** Links accounts that belong to one person. */
public final class PersonStage implements Stage {
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
    return List.of(Accounts.TABLE, Exclusions.TABLE, AccountState.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(MartPersons.TABLE, RefusedPersons.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    Lake lake = night.lake();
    Persons persons =
        new Persons(accounts(lake), new ProfileAddresses(night.value(SITES)), identities(night));
    Persons.Limits limits =
        new Persons.Limits(night.value(ACCOUNTS_MAX), night.value(NETWORK_ACCOUNTS_MAX));
    long day = night.date().toEpochDay();
    lake.overwrite(MartPersons.TABLE, persons.rows(limits, scores(lake, persons), day));
    lake.overwrite(RefusedPersons.TABLE, persons.refusedRows(limits, day));
    long refused = persons.refused(limits);
    if (refused > 0) {
      night
          .progress()
          .say(
              "  %d chains of linked accounts are too long for one person, see"
                  + " scores/refused_persons",
              refused);
    }
  }

  /** All that are not excluded. */
  private static ColumnRows accounts(Lake lake) {
    Set<Long> excluded = new HashSet<>();
    for (long key :
        lake.files(Exclusions.TABLE)
            .read(Exclusions.ACCOUNT_KEY)
            .longs(Exclusions.ACCOUNT_KEY)
            .toArray()) {
      excluded.add(key);
    }
    ColumnRows all = lake.files(Accounts.TABLE).read(Persons.COLUMNS);
    if (excluded.isEmpty()) {
      return all;
    }
    ColumnRows kept = new ColumnRows(Persons.COLUMNS);
    for (int row = 0; row < all.size(); row++) {
      if (!excluded.contains(all.longs(Accounts.ACCOUNT_KEY).get(row))) {
        kept.addRow(all, row);
      }
    }
    return kept;
  }

  /** Of members of persons, where they have one. */
  private static Map<Long, Double> scores(Lake lake, Persons persons) {
    Set<Long> members = persons.linked();
    if (members.isEmpty()) {
      return Map.of();
    }
    ColumnRows rows =
        lake.files(AccountState.TABLE).read(AccountState.ACCOUNT_KEY, AccountState.SCORE);
    Map<Long, Double> scores = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      long key = rows.longs(AccountState.ACCOUNT_KEY).get(row);
      if (members.contains(key) && !rows.doubles(AccountState.SCORE).isNull(row)) {
        scores.put(key, rows.doubles(AccountState.SCORE).get(row));
      }
    }
    return scores;
  }

  /**
   * The pairs of the file.
   *
   * @throws RenownException if it cannot be read or a line is not understood
   */
  private static List<Persons.Identity> identities(Night night) throws IOException {
    if (night.value(IDENTITIES_FILE).isEmpty()) {
      return List.of();
    }
    Path path = Locations.readableFile(IDENTITIES_FILE, night.config());
    Configuration hadoop = night.spark().sessionState().newHadoopConf();
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (InputStream file = path.getFileSystem(hadoop).open(path);
        InputStream plain = codec == null ? file : codec.createInputStream(file)) {
      List<Persons.Identity> identities = new ArrayList<>();
      for (String line :
          new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          identities.add(
              Persons.Identity.of(line)
                  .orElseThrow(
                      () ->
                          RenownException.configuration(
                              "%s = \"%s\": a line is not"
                                  + " NETWORK<tab>ID<tab>NETWORK<tab>ID: \"%s\".",
                              IDENTITIES_FILE.name(), night.value(IDENTITIES_FILE), line)));
        }
      }
      return identities;
    }
  }
}
