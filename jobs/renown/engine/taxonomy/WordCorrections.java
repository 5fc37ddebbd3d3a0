package renown.engine.taxonomy;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import renown.kernels.taxonomy.LanguageCodes;
import renown.kernels.taxonomy.Taxonomy;
import renown.kernels.taxonomy.Words;
import renown.run.ConfigKey;
import renown.run.RenownException;

/**
 * What a person says of learned words, in place of what was counted.
 *
 * @param word as {@link Words} writes it
 * @param weight log odds; 0 where the word tells nothing of the topic
 */
public record WordCorrections(String language, String word, String topicId, double weight)
    implements Serializable {
  /** The file. */
  public static final ConfigKey<String> WORDS =
      ConfigKey.text(
          "topics.words",
          "",
          "empty, or a path",
          "A file of corrections to learned words (topics/topic_words), one a line: language, word,"
              + " topic id and weight, separated by tabs, as `topics words` prints them. Weight 0:"
              + " the word tells nothing of the topic.");

  /** Heavier words would decide alone. */
  private static final double HEAVIEST = 20;

  /**
   * Reads what {@link #WORDS} names.
   *
   * @param setting empty for none
   * @throws RenownException if it cannot be read, or a line is no correction
   */
  public static List<WordCorrections> read(
      String setting, Taxonomy taxonomy, Configuration hadoop) {
    if (setting.isEmpty()) {
      return List.of();
    }
    try {
      Path path = new Path(setting);
      FileSystem files = path.getFileSystem(hadoop);
      try (InputStream in = files.open(path)) {
        return parse(setting, new String(in.readAllBytes(), StandardCharsets.UTF_8), taxonomy);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw RenownException.configuration(
          e,
          String.format(
              "%s = \"%s\": it cannot be read (%s).", WORDS.name(), setting, e.getMessage()));
    }
  }

  static List<WordCorrections> parse(String name, String text, Taxonomy taxonomy) {
    List<WordCorrections> corrections = new ArrayList<>();
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank() && !lines[i].startsWith("#")) {
        corrections.add(parse(name, i + 1, lines[i], taxonomy));
      }
    }
    return List.copyOf(corrections);
  }

  private static WordCorrections parse(String name, int line, String text, Taxonomy taxonomy) {
    // What `topics words` adds after the weight is for the reader.
    String[] fields = text.split("\t", -1);
    String language = LanguageCodes.of(fields[0].strip());
    if (fields.length < 4 || language == null) {
      throw wrong(name, line, "it must be language, word, topic and weight, separated by tabs");
    }
    String word = Words.of(fields[1]).strip();
    if (word.isEmpty() || word.indexOf(' ') >= 0) {
      throw wrong(name, line, "\"" + fields[1] + "\" is not one word; phrases go to the taxonomy");
    }
    String topic = fields[2].strip();
    if (taxonomy.topics().stream().noneMatch(one -> one.id().equals(topic))) {
      throw wrong(name, line, "there is no topic \"" + topic + "\"; see mart_topics");
    }
    double weight = Double.NaN;
    try {
      weight = Double.parseDouble(fields[3].strip());
    } catch (NumberFormatException e) {
      // Told below, like numbers out of range.
    }
    if (!(weight >= 0 && weight <= HEAVIEST)) {
      throw wrong(name, line, "the weight \"" + fields[3] + "\" must be a number from 0 to 20");
    }
    return new WordCorrections(language, word, topic, weight);
  }

  private static RenownException wrong(String name, int line, String what) {
    return RenownException.configuration(
        "%s = \"%s\", line %d: %s.", WORDS.name(), name, line, what);
  }
}
