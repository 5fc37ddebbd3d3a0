package renown.night.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import renown.lake.AccountSpelling;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.Accounts;
import renown.tables.Exclusions;
import renown.tables.TableColumn;

/**
 * Determines which accounts must not be scored: those that opted out, in the operator's list or by
 * a tag in their profile, and those removed by the network.
 */
final class Consent {
  private Consent() {}

  /** How many accounts are left out because they asked for it. */
  record Asked(long byList, long byTag) implements Serializable {
    Asked and(Asked other) {
      return new Asked(byList + other.byList, byTag + other.byTag);
    }
  }

  /** Tags by which a profile asks to be left alone, and where they are looked for. */
  static final class Tags implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Pattern pattern;
    private final List<String> fields;

    /**
     * @param tags such as {@code #nobot}; none for no tags
     * @param fields some of {@link #FIELDS}
     */
    Tags(List<String> tags, List<String> fields) {
      this.fields = List.copyOf(fields);
      this.pattern =
          tags.isEmpty()
              ? null
              : Pattern.compile(
                  "(?<!&)[#\uFF03](?:"
                      + tags.stream()
                          .map(tag -> Pattern.quote(tag.substring(1)))
                          .collect(Collectors.joining("|"))
                      + ")(?![\\p{L}\\p{N}_])",
                  Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private boolean isAsked() {
      return pattern != null && !fields.isEmpty();
    }

    boolean areIn(String text) {
      return text != null && pattern != null && pattern.matcher(text).find();
    }
  }

  /** Columns of {@code accounts} that hold what a profile says. */
  static final List<TableColumn> FIELDS =
      List.of(Accounts.DISPLAY_NAME, Accounts.DESCRIPTION, Accounts.HANDLE);

  /**
   * Adds the accounts of some files to leave out.
   *
   * @param optOuts those who asked not to be scored, as {@link KeyBucket#name} of what {@link
   *     AccountSpelling} calls them
   * @param night day since 1970
   * @return how many asked
   */
  static Asked exclusions(
      TableFiles files, Set<String> optOuts, Tags tags, int night, ShardRows rows) {
    List<TableColumn> columns =
        new ArrayList<>(
            List.of(
                Accounts.ACCOUNT_KEY,
                Accounts.NETWORK,
                Accounts.ACCOUNT_ID,
                Accounts.STATUS,
                Accounts.IS_PROTECTED,
                Accounts.IS_DISCOVERABLE));
    List<TableColumn> said = new ArrayList<>();
    for (TableColumn field : FIELDS) {
      boolean isSearched = tags.isAsked() && tags.fields.contains(field.name());
      if (isSearched) {
        said.add(field);
      }
      if (isSearched || field.equals(Accounts.HANDLE) && !optOuts.isEmpty()) {
        columns.add(field);
      }
    }
    ColumnRows accounts = files.read(columns);
    ColumnRows.Longs isProtected = accounts.longs(Accounts.IS_PROTECTED);
    ColumnRows.Longs isDiscoverable = accounts.longs(Accounts.IS_DISCOVERABLE);
    long byList = 0;
    long byTag = 0;
    for (int i = 0; i < accounts.size(); i++) {
      int row = i;
      boolean isListed =
          !optOuts.isEmpty()
              && isListed(
                  optOuts,
                  accounts.texts(Accounts.NETWORK).get(i),
                  accounts.texts(Accounts.ACCOUNT_ID).get(i),
                  accounts.texts(Accounts.HANDLE).get(i));
      boolean isTagged =
          said.stream().anyMatch(field -> tags.areIn(accounts.texts(field).get(row)));
      byList += isListed ? 1 : 0;
      byTag += isTagged && !isListed ? 1 : 0;
      String reason =
          reason(
              isListed || isTagged,
              accounts.texts(Accounts.STATUS).get(i),
              !isProtected.isNull(i) && isProtected.get(i) != 0,
              isDiscoverable.isNull(i) || isDiscoverable.get(i) != 0);
      if (reason != null) {
        rows.add(Exclusions.TABLE, accounts.longs(Accounts.ACCOUNT_KEY).get(i), reason, night);
      }
    }
    return new Asked(byList, byTag);
  }

  static boolean isListed(Set<String> optOuts, String network, String id, String handle) {
    return AccountSpelling.of(id, handle).stream()
        .anyMatch(name -> optOuts.contains(KeyBucket.name(network, name)));
  }

  /**
   * Why an account is left out: the first of opted out, the status, protected, not discoverable.
   *
   * @return null where nothing speaks against it
   */
  static String reason(
      boolean hasAsked, String status, boolean isProtected, boolean isDiscoverable) {
    if (hasAsked) {
      return "opted out";
    }
    if (!status.equals("active")) {
      return status;
    }
    if (isProtected) {
      return "protected";
    }
    return isDiscoverable ? null : "not discoverable";
  }
}
