package renown.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import renown.testing.GeneratedFile;

class PersonalDataTest {
  /** Names of columns that hold somebody, or what somebody said. */
  private static final Pattern LOOKS_PERSONAL =
      Pattern.compile(
          "(.*_)?(keys?|ids?|handles?|names?|description|bio|about|texts?|words?|urls?|links?|hashtags?"
              + "|email|phone|avatar|location|address|birth_date|hash|hashes|print_(high|low)|sketch"
              + "|key_given)");

  /** Ids of topics, runs and nothing else; the name of a network is nobody's. */
  private static final Set<String> OF_NOBODY =
      Set.of(
          "topic_id",
          "topic_ids",
          "ancestor_id",
          "ancestor_ids",
          "parent_ids",
          "wikidata_id",
          "run_id");

  @Test
  void thePageIsCurrent() throws Exception {
    GeneratedFile.assertCurrent(
        Path.of("jobs/renown/tables/PERSONAL_DATA.md"),
        PersonalDataPage.markdown(Tables.ALL),
        PersonalDataTest.class);
  }

  @Test
  void aColumnThatLooksPersonalIsMarkedAndNoOtherIs() {
    Set<String> wrong = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (TableSchema table : Tables.ALL) {
      for (TableColumn column : table.columns()) {
        boolean looks =
            LOOKS_PERSONAL.matcher(column.name()).matches() && !OF_NOBODY.contains(column.name());
        if (looks != (column.personal() != PersonalData.NONE)) {
          wrong.add(table.name() + "." + column.name());
        }
        if (looks) {
          marked.add(column.name());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(marked)
        .contains("account_key", "post_id", "handle", "display_name", "description", "text");
  }

  /** A column that is derived from another by orNull, notNegative or a rule keeps its mark. */
  @Test
  void aNameMeansTheSameInEveryTable() {
    Map<String, PersonalData> sorts = new HashMap<>();
    for (TableSchema table : Tables.ALL) {
      for (TableColumn column : table.columns()) {
        assertThat(sorts.merge(column.name(), column.personal(), (one, other) -> one))
            .as("%s.%s", table.name(), column.name())
            .isEqualTo(column.personal());
      }
    }
    TableColumn key = TableColumn.whole("account_key", "Whose.").holding(PersonalData.KEY);
    assertThat(key.orNull().notNegative().between(0, 1).withRule("1 = 1").personal())
        .isEqualTo(PersonalData.KEY);
  }
}
