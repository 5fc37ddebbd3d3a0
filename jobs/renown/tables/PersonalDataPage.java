package renown.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Documents the personal data in all tables: its type, retention, and the effect of an erasure. */
public final class PersonalDataPage {
  /** What an erasure does to a column in a row that names the erased account. */
  public enum Fate {
    ROW("row deleted"),
    WITH_ROW("deleted with the row"),
    NULL("set to null"),
    ELEMENT("element removed"),
    TAKEN_OUT("name removed from the text"),
    ANONYMOUS("set to " + MartScoreChanges.OF_ERASED + ", which stands for any erased account"),
    STAYS("kept");

    private final String meaning;

    Fate(String meaning) {
      this.meaning = meaning;
    }
  }

  private static final String INTRODUCTION =
      """
      # Personal data

      Generated from the table classes in this folder by `PersonalDataTest`, which fails if a column looks personal
      and is not marked as such.

      Except for aggregates over many accounts, all data in a lake is about people, most of whom do not know of it.
      The tables below list the columns that identify somebody or hold somebody's words:

      """;

  private static final String RULES =
      """

      In a table with such a column, the other columns are about that account or post and so are personal data too:
      scores, places, counts and times describe somebody as long as the row has the key.

      * Accounts that opted out, are protected, deleted or suspended are in `core/exclusions` and in no score.
      * The column "kept" is the retention of rows. `scripts/submit.sh erase` removes an account earlier; its effect
        on each column is listed below and tested. Earlier versions of a table can be read for
        `maintain.keep-nights` nights; `erase` rewrites them too, and `maintain` deletes them.
      * What remains after an erasure: `runs/erased_accounts`, so that the account does not come back, and the hash of
        its key in other accounts' audience sketches, until the next night rebuilds these.
      * Only the marts are meant for users; [the policies](../../../conf/s3-policies/README.md) restrict them to these.
      * Outside of the lake: raw dumps hold all of it, and the operator has to delete them. Reports made by
        `scripts/submit.sh report` and files written from queries hold names and are not erased. Logs name networks,
        files and counts, never an account, except for `erase`, whose arguments the caller gives.
      """;

  private PersonalDataPage() {}

  /**
   * Describes tables, floor by floor, in Markdown.
   *
   * @param tables in the order in which they stand on their floor
   * @return the whole page; it ends in a line break
   */
  public static String markdown(List<TableSchema> tables) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("| type | meaning |\n|---|---|\n");
    Arrays.stream(PersonalData.values())
        .filter(sort -> sort != PersonalData.NONE)
        .forEach(
            sort ->
                page.append("| ").append(name(sort)).append(" | ").append(sort.meaning() + " |\n"));
    page.append(RULES);
    List<String> without = new ArrayList<>();
    Dictionary.byFloor(tables)
        .forEach(
            (floor, ofFloor) -> {
              page.append("\n## ").append(floor).append(": ").append(Dictionary.meaning(floor));
              page.append(
                  "\n\n| table | kept | columns, and the effect of an erasure |\n|---|---|---|\n");
              for (TableSchema table : ofFloor) {
                if (marked(table).isEmpty()) {
                  without.add("`" + table.name() + "`");
                } else {
                  page.append("| [").append(table.name()).append("](DICTIONARY.md#");
                  page.append(table.name()).append(") | ").append(table.retention());
                  page.append(" | ").append(fates(table)).append(" |\n");
                }
              }
            });
    page.append("\n## Without personal data\n\n").append(String.join(", ", without)).append(".\n");
    return page.toString();
  }

  /** The columns that hold personal data, in their order. */
  public static List<TableColumn> marked(TableSchema table) {
    return table.columns().stream()
        .filter(column -> column.personal() != PersonalData.NONE)
        .toList();
  }

  /** The effect of an erasure on a column that holds the account. */
  public static Fate fate(TableSchema table, TableColumn column) {
    if (table == ErasedAccounts.TABLE
        || column.personal() == PersonalData.GROUP
        || column.equals(MartAudienceSketches.SKETCH)) {
      return Fate.STAYS;
    }
    if (table == MartScoreChanges.TABLE && column.equals(MartScoreChanges.SOURCE_KEY)) {
      return Fate.ANONYMOUS;
    }
    if (column.personal() == PersonalData.HASH
        || column.equals(Accounts.DISPLAY_NAME)
        || column.equals(MartAccountScoresLatest.DISPLAY_NAME)) {
      return Fate.WITH_ROW;
    }
    if (column.type() instanceof org.apache.spark.sql.types.ArrayType) {
      return Fate.ELEMENT;
    }
    boolean isOfKey = table.key().contains(column);
    if (column.personal() == PersonalData.WORDS && !isOfKey) {
      return Fate.TAKEN_OUT;
    }
    return column.nullable() && !isOfKey ? Fate.NULL : Fate.ROW;
  }

  /** Such as "row deleted: `a` (key), `b` (id); set to null: `c` (name)". */
  private static String fates(TableSchema table) {
    Map<Fate, List<String>> byFate = new LinkedHashMap<>();
    for (TableColumn column : marked(table)) {
      byFate
          .computeIfAbsent(fate(table, column), any -> new ArrayList<>())
          .add("`" + column.name() + "` (" + name(column.personal()) + ")");
    }
    return byFate.entrySet().stream()
        .map(fate -> fate.getKey().meaning + ": " + String.join(", ", fate.getValue()))
        .collect(Collectors.joining("<br>"));
  }

  private static String name(PersonalData sort) {
    return sort.name().toLowerCase(java.util.Locale.ROOT);
  }
}
