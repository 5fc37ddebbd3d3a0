package renown.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import renown.testing.GeneratedFile;

class DictionaryTest {
  private static final TableColumn KEY =
      TableColumn.whole("place_key", "Place | of <network>.").notNegative();
  private static final TableColumn NAME =
      TableColumn.text("name", "Its name; null if none.").orNull();

  @Test
  void theDictionaryIsCurrent() throws Exception {
    GeneratedFile.assertCurrent(
        Path.of("jobs/renown/tables/DICTIONARY.md"),
        Dictionary.markdown(Tables.ALL, ExamplesTest.examples()),
        DictionaryTest.class);
  }

  @Test
  void thePageForTheBrowserIsCurrent() throws Exception {
    GeneratedFile.assertCurrent(
        Path.of("jobs/renown/tables/dictionary.html"),
        DictionaryPage.html(Tables.ALL, ExamplesTest.examples()),
        DictionaryTest.class);
  }

  @Test
  void thePageForTheBrowserTellsTheSameAndTakesNoTextForMarkup() throws Exception {
    String page = DictionaryPage.html(Tables.ALL, ExamplesTest.examples());
    for (TableSchema table : Tables.ALL) {
      assertThat(page).contains("<h3 id=\"" + table.name() + "\">");
      for (TableColumn column : table.columns()) {
        assertThat(page).contains("<code>" + column.name() + "</code>");
      }
    }
    TableSchema table =
        TableSchema.of("core", "places")
            .purpose("Places & more.")
            .grain("one row per place")
            .writer("ingest")
            .key(KEY)
            .retention("two nights")
            .columns(KEY, NAME);
    assertThat(DictionaryPage.html(List.of(table), Map.of("core/places.name", "a<b")))
        .contains(
            "<p>Places &amp; more.</p>",
            "<td><code>place_key &gt;= 0</code></td><td>Place | of &lt;network&gt;.</td>",
            "<td><code>a&lt;b</code></td>")
        .doesNotContain("<network>");
  }

  @Test
  void everythingThatATableSaysIsTold() {
    TableSchema table =
        TableSchema.of("core", "places")
            .purpose("Places that were named.")
            .grain("one row per place")
            .writer("ingest")
            .key(KEY)
            .clusteredBy(NAME)
            .rules("name <> 'x' || 'y'")
            .retention("two nights")
            .columns(KEY, NAME);
    assertThat(Dictionary.markdown(List.of(table), Map.of("core/places.name", "a|b")))
        .endsWith(
            """

            ## core: data loaded from the dumps

            | table | one row per |
            |---|---|
            | [places](#places) | place |

            ### places

            Places that were named.

            * Grain: one row per place
            * Key: `place_key`
            * Written by: [ingest](../night/ingest/package-info.java)
            * Retention: two nights
            * Clustered by: `name`
            * Rule: `name <> 'x' \\|\\| 'y'`

            | column | type | null | rule | meaning | example |
            |---|---|---|---|---|---|
            | `place_key` | `BIGINT` | no | `place_key >= 0` | Place \\| of &lt;network>. |  |
            | `name` | `STRING` | yes |  | Its name; null if none. | `a\\|b` |
            """);
  }

  @Test
  void aFloorThatNobodyDescribedIsRefused() {
    TableSchema table = TableSchema.of("attic", "boxes").grain("one row per box").columns(KEY);
    assertThatThrownBy(() -> Dictionary.markdown(List.of(table), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No heading for the floor attic.");
  }

  /** A comment on a column that may be null has to say what null means. */
  @Test
  void everyNullIsExplained() {
    for (TableSchema table : Tables.ALL) {
      for (TableColumn column : table.columns()) {
        if (column.nullable()) {
          assertThat(column.comment()).as("%s.%s", table.name(), column.name()).contains("null");
        }
      }
    }
  }

  /** BI tools read no lists: what these hold stands in mart_topic_ancestors and label_*, too. */
  @Test
  void martsAreFlat() {
    List<String> nested =
        Tables.ALL.stream()
            .filter(TableSchema::isPublished)
            .flatMap(
                table ->
                    table.columns().stream()
                        .filter(
                            column ->
                                column.type() instanceof ArrayType
                                    || column.type() instanceof StructType
                                    || column.type() instanceof MapType)
                        .map(column -> table.name() + "." + column.name()))
            .toList();
    assertThat(nested)
        .containsExactly(
            "mart_topics.labels", "mart_topics.parent_ids", "mart_topics.ancestor_ids");
  }

  @Test
  void everyTableIsDescribedAndHasAKeyOfItsOwnColumns() {
    assertThat(Tables.ALL).extracting(TableSchema::path).doesNotHaveDuplicates();
    for (TableSchema table : Tables.ALL) {
      assertThat(table.purpose()).as(table.name()).isNotBlank();
      assertThat(table.grain()).as(table.name()).startsWith("one row per ");
      assertThat(Path.of("jobs/renown/tables").resolve(Dictionary.source(table)).normalize())
          .as("%s is written by %s", table.name(), table.writer())
          .exists();
      assertThat(table.retention()).as(table.name()).isNotBlank();
      assertThat(table.columns()).as(table.name()).doesNotHaveDuplicates();
      assertThat(table.key()).as(table.name()).isNotEmpty();
      assertThat(table.columns()).as(table.name()).containsAll(table.key());
      assertThat(table.columns()).as(table.name()).containsAll(table.clusteredBy());
      assertThat(table.key()).as(table.name()).noneMatch(TableColumn::nullable);
      assertThat(table.clusteredBy()).as(table.name()).hasSizeLessThanOrEqualTo(4);
      assertThat(table.name().startsWith("mart_")).as(table.name()).isEqualTo(table.isPublished());
    }
  }
}
