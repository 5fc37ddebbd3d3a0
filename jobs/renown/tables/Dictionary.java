package renown.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The data dictionary: what the table classes say, as a page to read. */
public final class Dictionary {
  /** The package of each writer, below {@code jobs/renown}. */
  private static final Map<String, String> ROOMS =
      Map.ofEntries(
          Map.entry("ingest", "night/ingest"),
          Map.entry("score", "night/score/accounts"),
          Map.entry("response", "night/score/response"),
          Map.entry("persons", "night/score/persons"),
          Map.entry("topics", "night/topics"),
          Map.entry("spread", "night/spread"),
          Map.entry("audience", "night/audience"),
          Map.entry("marts", "night/publish/marts"),
          Map.entry("validation", "night/publish/validation"),
          Map.entry("night", "night"),
          Map.entry("erase", "operate/erase"));

  private static final String INTRODUCTION =
      """
      # Data dictionary

      Generated from the table classes in this folder by `DictionaryTest`. Every table is a Delta table at
      `<lake.root>/<floor>/<name>`. Only the schema of the `marts` is stable; other tables may change with any
      version.

      `runs/publications` lists the table versions of each published night, and `scripts/submit.sh sql` reads
      those; the latest version of a table may belong to an unpublished night. Dates and timestamps are UTC.
      "null" tells whether a column is nullable; its meaning says what null stands for. A rule holds for every
      row in which the column is not null. Counts are integers, shares are between 0 and 1, and account keys are
      network number * 2^40 + index. Examples come from a generated society and may be truncated. "Written by"
      links to how the values are computed.
      """;

  /** In the order of the page: tables for users come first. */
  private static final Map<String, String> FLOORS = new LinkedHashMap<>();

  static {
    FLOORS.put("marts", "tables for users");
    FLOORS.put("core", "data loaded from the dumps");
    FLOORS.put("graph", "the attention graph and its ranking");
    FLOORS.put("scores", "scores and their inputs");
    FLOORS.put("topics", "topics of posts, and the attention paid on them");
    FLOORS.put("runs", "run journal and publications");
  }

  private Dictionary() {}

  /**
   * Describes tables, floor by floor, in Markdown.
   *
   * @param tables in the order in which they stand on their floor
   * @param examples a value of each column, by {@link #place}
   * @return the whole page; it ends in a line break
   * @throws IllegalArgumentException if a table lies on a floor that has no heading here
   */
  public static String markdown(List<TableSchema> tables, Map<String, String> examples) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    byFloor(tables)
        .forEach(
            (floor, ofFloor) -> {
              page.append("\n## ").append(floor).append(": ").append(meaning(floor)).append("\n\n");
              page.append("| table | one row per |\n|---|---|\n");
              ofFloor.forEach(table -> row(page, link(table), text(grain(table))));
              ofFloor.forEach(table -> describe(page, table, examples));
            });
    return page.toString();
  }

  /** The floors that have tables, in the order of the page, each with its own. */
  static Map<String, List<TableSchema>> byFloor(List<TableSchema> tables) {
    Map<String, List<TableSchema>> byFloor = new LinkedHashMap<>();
    FLOORS.keySet().forEach(floor -> byFloor.put(floor, new ArrayList<>()));
    for (TableSchema table : tables) {
      if (!FLOORS.containsKey(table.floor())) {
        throw new IllegalArgumentException("No heading for the floor " + table.floor() + ".");
      }
      byFloor.get(table.floor()).add(table);
    }
    byFloor.values().removeIf(List::isEmpty);
    return byFloor;
  }

  /** Unique name of a column: floor, table and column. */
  public static String place(TableSchema table, TableColumn column) {
    return table.path() + "." + column.name();
  }

  /** Path, relative to the dictionary, of the documentation of the package that writes a table. */
  static String source(TableSchema table) {
    return "../" + ROOMS.get(table.writer()) + "/package-info.java";
  }

  /** What a floor contains. */
  static String meaning(String floor) {
    return FLOORS.get(floor);
  }

  private static void describe(
      StringBuilder page, TableSchema table, Map<String, String> examples) {
    page.append("\n### ").append(table.name()).append("\n\n");
    page.append(text(table.purpose())).append("\n\n");
    page.append("* Grain: ").append(text(table.grain())).append("\n");
    page.append("* Key: ").append(names(table.key())).append("\n");
    page.append("* Written by: [").append(text(table.writer())).append("](");
    page.append(source(table)).append(")\n");
    page.append("* Retention: ").append(text(table.retention())).append("\n");
    if (!table.clusteredBy().isEmpty()) {
      page.append("* Clustered by: ").append(names(table.clusteredBy())).append("\n");
    }
    for (String rule : table.rules()) {
      page.append("* Rule: ").append(code(rule)).append("\n");
    }
    page.append("\n| column | type | null | rule | meaning | example |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (TableColumn column : table.columns()) {
      row(
          page,
          code(column.name()),
          code(column.type().sql()),
          column.nullable() ? "yes" : "no",
          column.rule() == null ? "" : code(column.rule()),
          text(column.comment()),
          example(examples.get(place(table, column))));
    }
  }

  private static String example(String value) {
    return value == null || value.isEmpty() ? "" : code(value.replace('`', '\''));
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String link(TableSchema table) {
    return "[" + table.name() + "](#" + table.name() + ")";
  }

  private static String grain(TableSchema table) {
    return table.grain().replaceFirst("^one row per ", "");
  }

  private static String names(List<TableColumn> columns) {
    return columns.stream().map(column -> code(column.name())).collect(Collectors.joining(", "));
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static String text(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
