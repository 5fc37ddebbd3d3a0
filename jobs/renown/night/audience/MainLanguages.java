package renown.night.audience;

import org.apache.spark.unsafe.types.UTF8String;
import renown.kernels.cascades.KeyNumbers;
import renown.lake.ColumnRows;
import renown.tables.AccountLanguages;

/** The language that an account writes most. */
final class MainLanguages {
  private MainLanguages() {}

  /**
   * That of each account, by number: of equal ones the first; null where it is not known.
   *
   * @param accounts numbered from 0
   */
  static String[] of(AudienceInput input, KeyNumbers accounts) {
    String[] languages = new String[accounts.size()];
    long[] posts = new long[accounts.size()];
    ColumnRows rows =
        input
            .languages()
            .read(
                AccountLanguages.ACCOUNT_KEY,
                AccountLanguages.LANGUAGE,
                AccountLanguages.POST_COUNT);
    for (int i = 0; i < rows.size(); i++) {
      int account = accounts.of(rows.longs(AccountLanguages.ACCOUNT_KEY).get(i));
      String language = rows.texts(AccountLanguages.LANGUAGE).get(i);
      long count = rows.longs(AccountLanguages.POST_COUNT).get(i);
      if (account >= 0
          && (languages[account] == null
              || count > posts[account]
              || count == posts[account] && isBefore(language, languages[account]))) {
        languages[account] = language;
        posts[account] = count;
      }
    }
    return languages;
  }

  private static boolean isBefore(String one, String other) {
    return UTF8String.fromString(one).compareTo(UTF8String.fromString(other)) < 0;
  }
}
