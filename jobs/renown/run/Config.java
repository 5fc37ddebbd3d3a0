package renown.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The validated configuration of a run. Precedence, lowest first: defaults, file, {@code --set}.
 * Keys that begin with {@code spark.} belong to Spark and are passed through unchecked.
 */
public final class Config {
  private static final String SPARK_PREFIX = "spark.";

  private final Map<String, Object> values;
  private final SortedMap<String, String> texts;
  private final SortedMap<String, String> given;
  private final SortedMap<String, String> sparkSettings;
  private final SortedMap<String, String> sparkOverrides;

  private Config(
      Map<String, Object> values,
      SortedMap<String, String> texts,
      SortedMap<String, String> given,
      SortedMap<String, String> sparkSettings,
      SortedMap<String, String> sparkOverrides) {
    this.values = values;
    this.texts = texts;
    this.given = given;
    this.sparkSettings = sparkSettings;
    this.sparkOverrides = sparkOverrides;
  }

  /**
   * Reads and checks a configuration.
   *
   * @param known every key that any job knows: others are refused
   * @param needed the keys of the job to run: those without default must be given
   * @param file a properties file, if there is one
   * @param settings {@code --set} pairs, which win over the file
   * @throws RenownException for an unknown, missing or out-of-range key
   */
  public static Config load(
      Collection<ConfigKey<?>> known,
      Collection<ConfigKey<?>> needed,
      Optional<Path> file,
      Map<String, String> settings) {
    Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
    known.forEach(key -> keys.put(key.name(), key));
    needed.forEach(key -> keys.put(key.name(), key));

    Map<String, String> given = new LinkedHashMap<>();
    Map<String, String> origins = new LinkedHashMap<>();
    file.ifPresent(
        path ->
            readProperties(path)
                .forEach(
                    (name, value) -> {
                      given.put(name, value);
                      origins.put(name, "in " + path);
                    }));
    settings.forEach(
        (name, value) -> {
          given.put(name, value);
          origins.put(name, "by --set");
        });

    Map<String, Object> values = new LinkedHashMap<>();
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, String> sparkSettings = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          if (name.startsWith(SPARK_PREFIX)) {
            sparkSettings.put(name, value.strip());
          } else if (!keys.containsKey(name)) {
            throw RenownException.configuration(
                // Without its value: under an unknown name it may be a secret.
                "%s (%s): unknown key; the nearest is %s.",
                name, origins.get(name), nearest(name, keys.keySet()));
          }
        });
    for (ConfigKey<?> key : keys.values()) {
      String text = given.getOrDefault(key.name(), key.defaultText().orElse(null));
      if (text != null) {
        values.put(key.name(), key.parse(text, origins.getOrDefault(key.name(), "by default")));
        texts.put(key.name(), text.strip());
      } else if (needed.contains(key)) {
        throw RenownException.configuration(
            "%s is not set and has no default: set it with --set %s=VALUE or in the file"
                + " given by --conf; it must be %s (%s).",
            key.name(), key.name(), key.range(), key.help());
      }
    }
    SortedMap<String, String> sparkOverrides = new TreeMap<>(sparkSettings);
    sparkOverrides.keySet().retainAll(settings.keySet());
    SortedMap<String, String> givenTexts = new TreeMap<>(texts);
    givenTexts.keySet().retainAll(given.keySet());
    return new Config(values, texts, givenTexts, sparkSettings, sparkOverrides);
  }

  /** The value of a key that the job declared. */
  @SuppressWarnings("unchecked") // the key's parser returned this type
  public <T> T value(ConfigKey<T> key) {
    Object value = values.get(key.name());
    if (value == null) {
      throw new IllegalStateException(key.name() + " is read by a job that does not declare it");
    }
    return (T) value;
  }

  /** The effective values of all known keys as text, by name; for the log and the run record. */
  public SortedMap<String, String> texts() {
    return texts;
  }

  /** Those of {@link #texts} set by the file or {@code --set} rather than by default. */
  public SortedMap<String, String> given() {
    return given;
  }

  /**
   * What a job that runs other jobs hands on to them: the keys that were given.
   *
   * @param who the job, as messages call it
   * @param jobs those that it runs, by what messages call them
   * @param itsOwn keys that it sets itself, each with what the user can do instead
   * @throws RenownException for a key that it sets itself or that none of them has
   */
  public SortedMap<String, String> handedOn(
      String who, Map<String, Job> jobs, Map<String, String> itsOwn) {
    for (String name : given.keySet()) {
      if (itsOwn.containsKey(name)) {
        throw RenownException.configuration(
            "%s: %s sets this key itself; leave it out%s.", name, who, itsOwn.get(name));
      }
      if (jobs.values().stream()
          .flatMap(job -> job.keys().stream())
          .noneMatch(key -> key.name().equals(name))) {
        throw RenownException.configuration(
            jobs.isEmpty()
                ? "%s: %s accepts Spark's keys only; leave it out."
                : "%s: %s runs %s, which have no such key; leave it out.",
            name,
            who,
            String.join(" and ", jobs.keySet()));
      }
    }
    return given;
  }

  /** Spark's own settings from the file and {@code --set}, by name. */
  public SortedMap<String, String> sparkSettings() {
    return sparkSettings;
  }

  /** Those of {@link #sparkSettings} that {@code --set} gave. */
  SortedMap<String, String> sparkOverrides() {
    return sparkOverrides;
  }

  private static Map<String, String> readProperties(Path path) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException e) {
      throw RenownException.configuration(
          "--conf %s: the file cannot be read; give the path of a properties file.", path);
    } catch (IllegalArgumentException e) {
      throw RenownException.configuration(
          "--conf %s: not a properties file (%s).", path, e.getMessage());
    }
    Map<String, String> sorted = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> sorted.put(n, properties.getProperty(n)));
    return sorted;
  }

  /** The name with the smallest edit distance; ties go to the first in alphabetical order. */
  public static String nearest(String name, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.comparingInt(
                    (String n) -> LevenshteinDistance.getDefaultInstance().apply(name, n))
                .thenComparing(n -> n))
        .orElse("none");
  }
}
