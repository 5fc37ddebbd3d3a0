package renown.kernels.taxonomy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renown.kernels.taxonomy.Topic.Sign;
import renown.kernels.taxonomy.Topic.Term;
import renown.run.RenownException;

/** The built-in taxonomy's plain-text format; see conf/taxonomy/README.md. */
public final class TaxonomyText {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
  private static final Pattern TERM = Pattern.compile("([^?(]+?)(\\?)?(?:\\s*\\(([^)]*)\\))?");

  private final String name;
  private final List<Topic> topics = new ArrayList<>();
  private int line;
  private String id;
  private List<String> parents;
  private Map<String, String> labels;
  private List<Term> terms;
  private List<Sign> hashtags;
  private List<String> sites;
  private List<String> accounts;
  private List<String> misleading;
  private String wikidataId;

  private TaxonomyText(String name) {
    this.name = name;
  }

  /**
   * @throws RenownException with file, line and cure if a line cannot be read, an id stands twice,
   *     a parent is unknown, topics lie above themselves, or two topics claim one term
   */
  public static Taxonomy parse(String name, String text) {
    TaxonomyText parser = new TaxonomyText(name);
    for (String line : text.split("\\R", -1)) {
      parser.line++;
      if (!line.isBlank() && !line.startsWith("#")) {
        parser.read(line);
      }
    }
    parser.end();
    Taxonomy taxonomy = new Taxonomy(name, parser.topics);
    refuseSharedSigns(taxonomy);
    return taxonomy;
  }

  private RenownException wrong(String what, String cure) {
    return RenownException.configuration("Taxonomy %s, line %d: %s; %s.", name, line, what, cure);
  }

  private void read(String text) {
    String[] parts = text.strip().split("\\s+", 2);
    String rest = parts.length == 2 ? parts[1].strip() : "";
    if (parts[0].equals("topic")) {
      end();
      begin(rest);
      return;
    }
    if (id == null) {
      throw wrong("\"" + parts[0] + "\" before the first topic", "begin with \"topic ID\"");
    }
    if (rest.isEmpty()) {
      throw wrong("no value after \"" + parts[0] + "\"", "add it or remove the line");
    }
    switch (parts[0]) {
      case "tags" ->
          Arrays.stream(rest.split("\\s+"))
              .map(tag -> new Sign(tag.replaceFirst("\\?$", ""), tag.endsWith("?")))
              .forEach(hashtags::add);
      case Topic.EVERY_LANGUAGE -> terms(Topic.EVERY_LANGUAGE, rest);
      case "not" -> misleading.addAll(Arrays.stream(rest.split(",")).map(String::strip).toList());
      case "accounts" ->
          Arrays.stream(rest.split("\\s+"))
              .map(account -> account.startsWith("@") ? account.substring(1) : account)
              .forEach(accounts::add);
      case "sites" -> sites.addAll(List.of(rest.split("\\s+")));
      case "wikidata" -> {
        if (!rest.matches("Q[1-9][0-9]*")) {
          throw wrong("wikidata \"" + rest + "\"", "write it as Q42");
        }
        wikidataId = rest;
      }
      default -> {
        if (!LANGUAGE.matcher(parts[0]).matches()) {
          throw wrong(
              "a line begins with \"" + parts[0] + "\"",
              "it must be topic, tags, sites, accounts, not, wikidata, * or a language such as en");
        }
        language(parts[0], rest);
      }
    }
  }

  private void begin(String rest) {
    String[] sides = rest.split("<", -1);
    String topic = sides[0].strip();
    if (!ID.matcher(topic).matches() || sides.length > 2) {
      throw wrong("topic \"" + rest + "\"", "write it as: topic lower-case-id < parent parent");
    }
    id = topic;
    parents =
        sides.length == 1 || sides[1].isBlank()
            ? List.of()
            : List.of(sides[1].strip().split("\\s+"));
    labels = new LinkedHashMap<>();
    terms = new ArrayList<>();
    hashtags = new ArrayList<>();
    sites = new ArrayList<>();
    accounts = new ArrayList<>();
    misleading = new ArrayList<>();
    wikidataId = null;
  }

  private void language(String language, String rest) {
    String[] sides = rest.split(";", 2);
    if (!sides[0].isBlank()) {
      Term label = term(language, sides[0].strip());
      if (labels.put(language, label.text()) != null) {
        throw wrong("a second label in \"" + language + "\"", "merge both lines");
      }
      terms.add(label);
    }
    if (sides.length == 2) {
      terms(language, sides[1]);
    }
  }

  private void terms(String language, String list) {
    // Commas in brackets part context words, others terms.
    for (String term : list.split(",(?![^(]*\\))")) {
      if (!term.isBlank()) {
        terms.add(term(language, term.strip()));
      }
    }
  }

  private Term term(String language, String text) {
    Matcher matcher = TERM.matcher(text);
    if (!matcher.matches() || Words.joined(matcher.group(1)).isEmpty()) {
      throw wrong("term \"" + text + "\"", "write it as: words, or words? (context, context)");
    }
    boolean ambiguous = matcher.group(2) != null;
    if (matcher.group(3) != null && !ambiguous) {
      throw wrong("term \"" + text + "\" has context words", "put a ? before the bracket");
    }
    List<String> context =
        matcher.group(3) == null
            ? List.of()
            : Arrays.stream(matcher.group(3).split(",")).map(String::strip).toList();
    String written = matcher.group(1).strip();
    boolean isPrefix = written.endsWith("*");
    return new Term(
        isPrefix ? written.substring(0, written.length() - 1) : written,
        language,
        isPrefix,
        ambiguous,
        context);
  }

  private void end() {
    if (id == null) {
      return;
    }
    if (labels.isEmpty()) {
      throw wrong("topic \"" + id + "\" has no label", "add a line such as: en Its name");
    }
    topics.add(
        new Topic(
            id,
            parents,
            Map.copyOf(labels),
            List.copyOf(terms),
            List.copyOf(hashtags),
            List.copyOf(sites),
            List.copyOf(accounts),
            List.copyOf(misleading),
            wikidataId));
  }

  /** A term, hashtag or site of several topics is an error unless each marks it as ambiguous. */
  private static void refuseSharedSigns(Taxonomy taxonomy) {
    Map<String, Topic> claims = new HashMap<>();
    for (Topic topic : taxonomy.topics()) {
      for (Term term : topic.terms()) {
        if (!term.ambiguous()) {
          claim(taxonomy, claims, topic, "term", Words.of(term.text()).strip());
        }
      }
      for (Sign tag : topic.hashtags()) {
        if (!tag.ambiguous()) {
          claim(taxonomy, claims, topic, "hashtag", Words.joined(tag.text()));
        }
      }
      for (String site : topic.sites()) {
        claim(taxonomy, claims, topic, "site", site);
      }
      for (String account : topic.accounts()) {
        claim(taxonomy, claims, topic, "account", account.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static void claim(
      Taxonomy taxonomy, Map<String, Topic> claims, Topic topic, String kind, String sign) {
    Topic other = claims.putIfAbsent(kind + " " + sign, topic);
    if (other != null && other != topic) {
      throw RenownException.configuration(
          "Taxonomy %s: the %s \"%s\" is claimed by \"%s\" and by \"%s\"; keep it in one, or"
              + " mark it with a ? in both.",
          taxonomy.name(), kind, sign, other.id(), topic.id());
    }
  }
}
