package renown.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import renown.testing.GeneratedFile;

class DbtSourcesTest {
  @Test
  void theFileIsCurrent() throws Exception {
    GeneratedFile.assertCurrent(
        Path.of("conf/dbt/sources.yml"), DbtSources.yaml(Tables.ALL), DbtSourcesTest.class);
  }

  /** Read back by a parser of YAML: every published column, its type and what must hold of it. */
  @Test
  @SuppressWarnings("unchecked") // as dbt's files are built
  void aParserFindsWhatTheTableClassesSay() {
    Map<String, Object> file = new Yaml().load(DbtSources.yaml(Tables.ALL));
    var source = ((List<Map<String, Object>>) file.get("sources")).get(0);
    var tables = (List<Map<String, Object>>) source.get("tables");
    assertThat(tables.stream().map(table -> table.get("name")))
        .containsExactlyElementsOf(
            Tables.ALL.stream().filter(TableSchema::isPublished).map(TableSchema::name).toList());
    for (Map<String, Object> table : tables) {
      TableSchema schema =
          Tables.ALL.stream()
              .filter(one -> one.name().equals(table.get("name")))
              .findFirst()
              .orElseThrow();
      var columns = (List<Map<String, Object>>) table.get("columns");
      assertThat(columns).hasSize(schema.columns().size());
      List<String> neverNull = new ArrayList<>();
      for (Map<String, Object> column : columns) {
        if (((List<Object>) column.getOrDefault("data_tests", List.of())).contains("not_null")) {
          neverNull.add((String) column.get("name"));
        }
      }
      assertThat(neverNull)
          .as(schema.name())
          .containsExactlyElementsOf(
              schema.columns().stream()
                  .filter(column -> !column.nullable())
                  .map(TableColumn::name)
                  .toList());
      for (int i = 0; i < columns.size(); i++) {
        TableColumn column = schema.columns().get(i);
        assertThat(columns.get(i))
            .containsEntry("name", column.name())
            .containsEntry("description", column.comment())
            .containsEntry("data_type", column.type().simpleString());
      }
    }
  }

  @Test
  void wordsAreListedAndKeysAreUnique() {
    TableColumn key = TableColumn.whole("place_key", "Place.");
    TableColumn kind = TableColumn.text("kind", "Its \"kind\": one.").oneOf("town", "river");
    TableColumn night = TableColumn.date("night", "Night.");
    TableSchema one =
        TableSchema.of("marts", "mart_places")
            .purpose("Places.")
            .grain("one row per place")
            .writer("marts")
            .key(key)
            .columns(key, kind);
    TableSchema two =
        TableSchema.of("marts", "mart_visits")
            .purpose("Visits.")
            .grain("one row per place and night")
            .writer("marts")
            .key(key, night)
            .columns(key, night);
    assertThat(DbtSources.yaml(List.of(one, two)))
        .contains(
            "- unique\n",
            "- accepted_values: {values: [\"town\", \"river\"]}",
            "description: \"Its \\\"kind\\\": one.\"",
            "combination_of_columns: [place_key, night]");
  }
}
