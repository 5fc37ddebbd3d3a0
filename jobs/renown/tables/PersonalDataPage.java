package renown.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which tables hold personal data, of which sort, for how long, and what erasing does to it. */
public final class PersonalDataPage {
  /** What becomes of a column of a row that has an account in it that is erased. */
  public enum Fate {
    ROW("the row goes"),
    WITH_ROW("goes with the row"),
    NULL("becomes null"),
    ELEMENT("the element goes"),
    TAKEN_OUT("the name is taken out of the text"),
    ANONYMOUS("becomes " + MartScoreChanges.OF_ERASED + ", which stands for anybody erased"),
    STAYS("stays");

    private final String meaning;

    Fate(String meaning) {
      this.meaning = meaning;
    }
  }

  private static final String INTRODUCTION =
      """
      # Personal data

      Generated from the table classes beside this file; `PersonalDataTest` says how, and fails where a column
      looks personal and is not marked as such.

      All of a lake but sums over many accounts is about people, most of whom do not know of it. The tables below
      name the columns by which somebody can be known, or which hold somebody's words:

      """;

  private static final String RULES =
      """

      In a table with such a column the other columns are about that account or post, and so are personal data too:
      scores, places, counts and times say something of somebody as long as the key beside them does.

      * Accounts that opted out, are protected, deleted or suspended are in `core/exclusions` and in no score.
      * Rows stay as long as "kept" says. Before that they go by `scripts/submit.sh erase`, whose effect on each
        column is told below; tests hold each of these to what is done. Earlier versions of a table can be read
        for `maintain.keep-nights` nights; `erase` changes them as well, `maintain` deletes them.
      * What stays: `runs/erased_accounts`, so that nobody comes back, and the hash of a key within the sketches of whom
        others reach, until the next night makes these anew.
      * Only `marts` is meant for readers: [the policies](../../../conf/s3-policies/README.md) keep them to it.
      * Outside of the lake: raw dumps hold all of it and are the operator's to delete; a page made by
        `scripts/submit.sh report` and whatever a query wrote to a file hold names and are not erased by us. Logs
        name networks, files and counts, never an account, but for `erase`, whose arguments the caller gives.
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
    page.append("| sort | what it is |\n|---|---|\n");
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
                  "\n\n| table | kept | columns, and what erasing does to them |\n|---|---|---|\n");
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

  /** What erasing an account does to a column that holds it. */
  public static Fate fate(TableSchema table, TableColumn column) {
    if (table == ErasedAccounts.TABLE || column.equals(MartAudienceSketches.SKETCH)) {
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

  /** Such as "the row goes: `a` (key), `b` (id); becomes null: `c` (name)". */
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
