package renown.lab.generate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The society's vocabulary: topics, hashtags, sentences and names, read from a resource. */
final class Vocabulary {
  /** The languages of the society, as BCP 47 tags. */
  enum Language {
    EN,
    ES,
    FR;

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The purpose of a sentence. */
  enum Purpose {
    POST,
    CHAT,
    REPLY,
    QUOTE,
    NEWS,
    CITATION,
    LIST
  }

  /** A sentence cut at its slots: text, slot letter, text ... with 0 if no slot follows. */
  record Template(List<byte[]> texts, char[] slots) {}

  /** A topic: its stable name, the host its links go to, and its words by language. */
  static final class Topic {
    final String slug;
    final byte[] site;
    final Map<Language, String> names = new EnumMap<>(Language.class);
    final Map<Language, List<byte[]>> tags = new EnumMap<>(Language.class);
    final Map<Language, List<byte[]>> words = new EnumMap<>(Language.class);

    Topic(String slug, byte[] site) {
      this.slug = slug;
      this.site = site;
    }
  }

  static final Vocabulary STANDARD = read("vocabulary.txt");

  /** The same topics, sites and hashtags as people speak of them; see {@link Speech#PEOPLE}. */
  private static final Vocabulary PEOPLE = read("speech.txt");

  final List<Topic> topics = new ArrayList<>();
  final Map<Language, List<byte[]>> chat = new EnumMap<>(Language.class);
  final Map<Language, Map<Purpose, List<Template>>> templates = new EnumMap<>(Language.class);
  final List<String> givenNames = new ArrayList<>();
  final List<String> familyNames = new ArrayList<>();

  private Vocabulary() {}

  /** What posts of a society draw their words from. */
  static Vocabulary of(Speech speech) {
    return speech == Speech.PEOPLE ? PEOPLE : STANDARD;
  }

  private static Vocabulary read(String resource) {
    Vocabulary vocabulary = new Vocabulary();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Vocabulary.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(line -> vocabulary.add(line.split("\\|", -1), line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return vocabulary;
  }

  private void add(String[] fields, String line) {
    Topic topic = topics.isEmpty() ? null : topics.get(topics.size() - 1);
    switch (fields[0]) {
      case "topic" -> topics.add(new Topic(fields[1], utf8(fields[2])));
      case "name" -> topic.names.put(language(fields[1]), fields[2]);
      case "tags" -> topic.tags.put(language(fields[1]), utf8s(fields[2].split(" ")));
      case "words" -> {
        if (fields.length == 4) {
          chat.put(language(fields[1]), utf8s(fields[3].split(",")));
        } else {
          topic.words.put(language(fields[1]), utf8s(fields[2].split(",")));
        }
      }
      case "template" -> {
        // Only the first three bars separate: a sentence may hold one.
        String text = line.split("\\|", 4)[3].replace("\\n", "\n");
        templates
            .computeIfAbsent(language(fields[1]), l -> new EnumMap<>(Purpose.class))
            .computeIfAbsent(
                Purpose.valueOf(fields[2].toUpperCase(Locale.ROOT)), p -> new ArrayList<>())
            .add(template(text));
      }
      case "given" -> addNames(fields, givenNames);
      case "family" -> addNames(fields, familyNames);
      default -> throw new IllegalStateException("vocabulary: " + fields[0]);
    }
  }

  /** The name of a list about a topic. */
  String listName(int topic, Language language, long key) {
    List<Template> names = templates.get(language).get(Purpose.LIST);
    Template name = names.get(CounterRandom.below(key, 40, names.size()));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.texts().size(); i++) {
      text.append(new String(name.texts().get(i), StandardCharsets.UTF_8));
      if (name.slots()[i] != 0) {
        text.append(topics.get(topic).names.get(language));
      }
    }
    return text.toString();
  }

  private static void addNames(String[] fields, List<String> names) {
    for (int i = 1; i < fields.length; i++) {
      names.add(fields[i]);
    }
  }

  private static Template template(String text) {
    List<byte[]> texts = new ArrayList<>();
    StringBuilder slots = new StringBuilder();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      texts.add(utf8(text.substring(from, open)));
      slots.append(text.charAt(open + 1));
      from = text.indexOf('}', open) + 1;
    }
    texts.add(utf8(text.substring(from)));
    slots.append('\0');
    return new Template(texts, slots.toString().toCharArray());
  }

  private static Language language(String tag) {
    return Language.valueOf(tag.toUpperCase(Locale.ROOT));
  }

  private static List<byte[]> utf8s(String[] texts) {
    List<byte[]> all = new ArrayList<>();
    for (String text : texts) {
      all.add(utf8(text));
    }
    return all;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
