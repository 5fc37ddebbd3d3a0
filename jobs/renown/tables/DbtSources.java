package renown.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The published tables as sources of dbt, with descriptions, types and tests. */
public final class DbtSources {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String HEAD =
      """
      # The published tables as dbt sources, generated from the table classes by DbtSourcesTest. Copy it into
      # models/ of a dbt project. Database and schema are those in which the marts stand, such as Trino's catalog
      # renown and schema marts; keys of several columns are tested with the package dbt_utils.
      version: 2

      sources:
        - name: renown
          database: "{{ var('renown_database', target.database) }}"
          schema: "{{ var('renown_schema', 'marts') }}"
          tables:
      """;

  /** As {@link TableColumn#oneOf} writes it. */
  private static final Pattern WORDS = Pattern.compile("\\w+ IN \\((.*)\\)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'");

  private DbtSources() {}

  /**
   * Describes tables in dbt's YAML.
   *
   * @param tables those on the floor {@code marts} are told, in their order
   * @return the whole file; it ends in a line break
   */
  public static String yaml(List<TableSchema> tables) {
    StringBuilder file = new StringBuilder(HEAD);
    tables.stream().filter(TableSchema::isPublished).forEach(table -> describe(file, table));
    return file.toString();
  }

  private static void describe(StringBuilder file, TableSchema table) {
    file.append("      - name: ").append(table.name()).append('\n');
    file.append("        description: ")
        .append(quoted(table.purpose() + " Grain: " + table.grain() + "."))
        .append('\n');
    if (table.key().size() > 1) {
      file.append("        data_tests:\n");
      file.append("          - dbt_utils.unique_combination_of_columns:\n");
      file.append("              combination_of_columns: [")
          .append(table.key().stream().map(TableColumn::name).collect(Collectors.joining(", ")))
          .append("]\n");
    }
    file.append("        columns:\n");
    for (TableColumn column : table.columns()) {
      file.append("          - name: ").append(column.name()).append('\n');
      file.append("            description: ").append(quoted(column.comment())).append('\n');
      file.append("            data_type: ").append(column.type().simpleString()).append('\n');
      List<String> tests = tests(table, column);
      if (!tests.isEmpty()) {
        file.append("            data_tests:\n");
        tests.forEach(test -> file.append("              - ").append(test).append('\n'));
      }
    }
  }

  private static List<String> tests(TableSchema table, TableColumn column) {
    List<String> tests = new ArrayList<>();
    if (!column.nullable()) {
      tests.add("not_null");
    }
    if (table.key().equals(List.of(column))) {
      tests.add("unique");
    }
    Matcher words = WORDS.matcher(column.rule() == null ? "" : column.rule());
    if (words.matches() && words.group(1).contains("'")) {
      tests.add(
          "accepted_values: {values: ["
              + WORD.matcher(words.group(1))
                  .results()
                  .map(word -> quoted(word.group(1)))
                  .collect(Collectors.joining(", "))
              + "]}");
    }
    return tests;
  }

  /** A text of JSON is one of YAML too. */
  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
