package renown.night.topics;

import java.util.List;
import java.util.TreeMap;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.AccountLanguages;

/** In which languages the accounts of a network have written. */
final class Languages {
  private final String network;
  private final long nightDay;
  private final ColumnRows rows = new ColumnRows(AccountLanguages.TABLE);

  private Languages(String network, long nightDay) {
    this.network = network;
    this.nightDay = nightDay;
  }

  /** Rows of {@code account_languages}: those of accounts that wrote nothing tonight stay. */
  static ColumnRows counted(
      String network, long nightDay, TableFiles known, List<NightPost> posts) {
    TreeMap<Long, TreeMap<String, Long>> tonight = new TreeMap<>();
    for (NightPost post : posts) {
      if (post.language() != null) {
        tonight
            .computeIfAbsent(post.author(), author -> new TreeMap<>())
            .merge(post.language(), 1L, Long::sum);
      }
    }
    Languages languages = new Languages(network, nightDay);
    languages.keep(known.read(AccountLanguages.TABLE.columns()), tonight);
    tonight.forEach(
        (account, more) ->
            more.forEach((language, count) -> languages.add(account, language, count)));
    return languages.rows;
  }

  /** Takes what is added to a row from what tonight brought. */
  private void keep(ColumnRows before, TreeMap<Long, TreeMap<String, Long>> tonight) {
    for (int row = 0; row < before.size(); row++) {
      if (!network.equals(before.texts(AccountLanguages.NETWORK).get(row))) {
        continue;
      }
      long account = before.longs(AccountLanguages.ACCOUNT_KEY).get(row);
      String language = before.texts(AccountLanguages.LANGUAGE).get(row);
      TreeMap<String, Long> more = tonight.get(account);
      Long added = more == null ? null : more.remove(language);
      if (added == null) {
        rows.addRow(before, row);
      } else {
        add(account, language, before.longs(AccountLanguages.POST_COUNT).get(row) + added);
      }
    }
  }

  private void add(long account, String language, long count) {
    rows.texts(AccountLanguages.NETWORK).add(network);
    rows.longs(AccountLanguages.ACCOUNT_KEY).add(account);
    rows.texts(AccountLanguages.LANGUAGE).add(language);
    rows.longs(AccountLanguages.POST_COUNT).add(count);
    rows.longs(AccountLanguages.NIGHT).add(nightDay);
  }
}
