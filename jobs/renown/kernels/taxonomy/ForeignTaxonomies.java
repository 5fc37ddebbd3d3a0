package renown.kernels.taxonomy;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.tsv.TsvParser;
import com.univocity.parsers.tsv.TsvParserSettings;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.kernels.taxonomy.Topic.Sign;
import renown.kernels.taxonomy.Topic.Term;
import renown.run.RenownException;

/**
 * External taxonomies. They name topics without terms to match, so their names are the terms: names
 * of several words as they are, single words as ambiguous ones, since "Apple" and "Time" are topics
 * there.
 */
public final class ForeignTaxonomies {
  private static final String KLOUT_ROOT = "_ROOT_";

  private ForeignTaxonomies() {}

  /**
   * Klout's open ontology of 2018 (github.com/klout/opendata, CC BY 3.0).
   *
   * @param topics klout_topic_ontology: topicId, topicSlug, topicDisplayName, wikiItemId, ...
   * @param edges klout_topic_edge: parentTopicId, its slug, childTopicId, its slug; the root stands
   *     there as its own parent, and parents that are no topics are passed over
   * @param names klout_topic_display: topicId, language, name; null for English names alone
   */
  public static Taxonomy klout(String name, Reader topics, Reader edges, Reader names) {
    Map<String, List<String>> parents = new TreeMap<>();
    for (String[] row : rows(edges)) {
      expect(name, row, 4, "topic edges");
      if (!KLOUT_ROOT.equals(row[1])) {
        parents.computeIfAbsent(row[2], child -> new ArrayList<>()).add(row[0]);
      }
    }
    Map<String, Map<String, String>> labels = new TreeMap<>();
    if (names != null) {
      for (String[] row : rows(names)) {
        expect(name, row, 3, "topic names");
        if (row[2] != null) {
          labels.computeIfAbsent(row[0], id -> new LinkedHashMap<>()).put(row[1], row[2]);
        }
      }
    }
    List<String[]> topicRows = rows(topics);
    Set<String> ids = new HashSet<>();
    topicRows.forEach(row -> ids.add(row[0]));
    List<Topic> all = new ArrayList<>();
    for (String[] row : topicRows) {
      expect(name, row, 4, "topics");
      if (KLOUT_ROOT.equals(row[1])) {
        continue;
      }
      Map<String, String> its = labels.computeIfAbsent(row[0], id -> new LinkedHashMap<>());
      if (row[2] != null) {
        its.putIfAbsent("en", row[2]);
      }
      List<Sign> hashtags =
          row[1] == null
              ? List.of()
              : List.of(new Sign(row[1].replaceFirst("-super$", "").replace("-", ""), false));
      all.add(
          new Topic(
              row[0],
              parents.getOrDefault(row[0], List.of()).stream().filter(ids::contains).toList(),
              Map.copyOf(its),
              terms(its),
              hashtags,
              List.of(),
              row[3]));
    }
    return new Taxonomy(name, all);
  }

  /**
   * IAB's content taxonomy (2.x and 3.x, CC BY 3.0): lines of unique id, parent, name and tiers,
   * parted by tabs, below headings.
   */
  public static Taxonomy iab(String name, Reader lines) {
    TsvParserSettings settings = new TsvParserSettings();
    settings.setMaxCharsPerColumn(100_000);
    List<Topic> all = new ArrayList<>();
    boolean begun = false;
    for (String[] row : new TsvParser(settings).parseAll(lines)) {
      if (!begun) {
        begun = row.length > 2 && "Unique ID".equals(row[0]);
      } else if (row.length > 2 && row[0] != null && row[2] != null) {
        Map<String, String> label = Map.of("en", row[2].strip());
        all.add(
            new Topic(
                row[0].strip(),
                row[1] == null ? List.of() : List.of(row[1].strip()),
                label,
                terms(label),
                List.of(),
                List.of(),
                null));
      }
    }
    if (all.isEmpty()) {
      throw RenownException.configuration(
          "Taxonomy %s: no line \"Unique ID<tab>Parent<tab>Name\" with topics below it; give"
              + " a file of IAB's content taxonomy.",
          name);
    }
    return new Taxonomy(name, all);
  }

  private static List<Term> terms(Map<String, String> labels) {
    List<Term> terms = new ArrayList<>();
    for (String language : new TreeSet<>(labels.keySet())) {
      String label = labels.get(language);
      String words = Words.of(label).strip();
      if (!words.isEmpty()) {
        terms.add(new Term(label, language, false, !words.contains(" "), List.of()));
      }
    }
    return List.copyOf(terms);
  }

  private static List<String[]> rows(Reader csv) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.setMaxCharsPerColumn(100_000);
    return new CsvParser(settings).parseAll(csv);
  }

  private static void expect(String name, String[] row, int columns, String what) {
    if (row.length < columns) {
      throw RenownException.configuration(
          "Taxonomy %s: a line of its %s has %d columns, not %d: it begins with \"%s\".",
          name, what, row.length, columns, row[0]);
    }
  }
}
