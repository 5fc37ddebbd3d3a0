package renown.night.topics;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.kernels.rank.KeyIndex;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.AccountKinds;
import renown.tables.AccountLanguages;
import renown.tables.AccountResponseRates;
import renown.tables.Accounts;

/** What the topic marts tell of a network's accounts besides their topics, by their number. */
final class Profiles {
  private final String[] kindNames;
  private final String[] languageNames;
  private final String[] handles;
  private final int[] kinds;
  private final int[] languages;
  private final double[][] responseRates;
  private final KeyIndex keys;

  Profiles(
      String network,
      KeyIndex keys,
      CoreColumns.Seen core,
      ColumnRows judgedKinds,
      TableFiles accountLanguages) {
    this.keys = keys;
    handles = new String[keys.size()];
    for (ColumnRows accounts : core.of(Accounts.TABLE)) {
      for (int row = 0; row < accounts.size(); row++) {
        int account = keys.find(accounts.longs(Accounts.ACCOUNT_KEY).get(row));
        if (account >= 0) {
          handles[account] = accounts.texts(Accounts.HANDLE).get(row);
        }
      }
    }
    kindNames =
        new String[] {
          AccountKind.UNKNOWN, AccountKind.PERSON, AccountKind.ORGANISATION, AccountKind.AUTOMATED
        };
    kinds = new int[keys.size()];
    for (int row = 0; row < judgedKinds.size(); row++) {
      int account = keys.find(judgedKinds.longs(AccountKinds.ACCOUNT_KEY).get(row));
      if (account >= 0) {
        kinds[account] =
            Arrays.asList(kindNames).indexOf(judgedKinds.texts(AccountKinds.KIND).get(row));
      }
    }
    ColumnRows written =
        accountLanguages.read(
            AccountLanguages.NETWORK,
            AccountLanguages.ACCOUNT_KEY,
            AccountLanguages.LANGUAGE,
            AccountLanguages.POST_COUNT);
    ColumnRows.Texts codes = written.texts(AccountLanguages.LANGUAGE);
    languageNames = new TreeSet<>(Arrays.asList(codes.toArray())).toArray(String[]::new);
    TreeMap<String, Integer> numbers = new TreeMap<>();
    for (String language : languageNames) {
      numbers.put(language, numbers.size());
    }
    languages = new int[keys.size()];
    Arrays.fill(languages, -1);
    long[] most = new long[keys.size()];
    for (int row = 0; row < written.size(); row++) {
      int account = keys.find(written.longs(AccountLanguages.ACCOUNT_KEY).get(row));
      if (account < 0 || !network.equals(written.texts(AccountLanguages.NETWORK).get(row))) {
        continue;
      }
      int language = numbers.get(codes.get(row));
      long posts = written.longs(AccountLanguages.POST_COUNT).get(row);
      // Of two that are equal, the first by its code.
      if (posts > most[account] || posts == most[account] && language < languages[account]) {
        most[account] = posts;
        languages[account] = language;
      }
    }
    responseRates = new double[3][keys.size()];
    for (double[] rates : responseRates) {
      Arrays.fill(rates, Double.NaN);
    }
  }

  void readResponseRates(TableFiles files) {
    ColumnRows rows =
        files.read(
            AccountResponseRates.ACCOUNT_KEY,
            AccountResponseRates.RESPONSE_RATE,
            AccountResponseRates.RESPONSE_RATE_LOW,
            AccountResponseRates.RESPONSE_RATE_HIGH);
    for (int row = 0; row < rows.size(); row++) {
      int account = keys.find(rows.longs(AccountResponseRates.ACCOUNT_KEY).get(row));
      if (account >= 0 && !rows.doubles(AccountResponseRates.RESPONSE_RATE).isNull(row)) {
        responseRates[0][account] = rows.doubles(AccountResponseRates.RESPONSE_RATE).get(row);
        responseRates[1][account] = rows.doubles(AccountResponseRates.RESPONSE_RATE_LOW).get(row);
        responseRates[2][account] = rows.doubles(AccountResponseRates.RESPONSE_RATE_HIGH).get(row);
      }
    }
  }

  /** Number of an account. */
  int number(long key) {
    return keys.find(key);
  }

  /** Null if unknown. */
  String handle(int account) {
    return handles[account];
  }

  /** By account. */
  int[] kinds() {
    return kinds;
  }

  String kind(int account) {
    return kindNames[kinds[account]];
  }

  int kindCount() {
    return kindNames.length;
  }

  /** The language that each account writes in most, -1 if it does not write. */
  int[] languages() {
    return languages;
  }

  int languageCount() {
    return languageNames.length;
  }

  /** Null for -1. */
  String language(int language) {
    return language < 0 ? null : languageNames[language];
  }

  /** NaN if there is none. */
  double responseRate(int account) {
    return responseRates[0][account];
  }

  double responseRateLow(int account) {
    return responseRates[1][account];
  }

  double responseRateHigh(int account) {
    return responseRates[2][account];
  }
}
