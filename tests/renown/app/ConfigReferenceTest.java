package renown.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.testing.GeneratedFile;

/** What is said of configuration is what the code reads: each key, default and range is shown. */
class ConfigReferenceTest {
  private static final String INTRODUCTION =
      """
      # Configuration

      Generated from the keys in the code by `ConfigReferenceTest`.

      Precedence, lowest first: the defaults below, the file given by `--conf` (default
      `conf/local.properties`, for the demo `conf/demo.properties`), `--set KEY=VALUE`. An unknown key, a
      value out of range or a missing required key stops the run before Spark starts (exit code 2); the
      message names the nearest key or the range.

      Keys that begin with `spark.` are Spark's and may be in the same file; spark-submit options after
      `--` override them. Never put credentials in a file: S3A uses the default AWS credentials chain
      (environment, `~/.aws`, container, instance).

      | key | default | range | meaning | read by |
      |---|---|---|---|---|
      """;

  private static List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>();
    Jobs.all().forEach(job -> keys.addAll(job.keys()));
    return keys;
  }

  @Test
  void theReferenceIsCurrent() throws Exception {
    GeneratedFile.assertCurrent(
        Path.of("conf/REFERENCE.md"), markdown(Jobs.all()), ConfigReferenceTest.class);
  }

  /** Two keys of one name could have two defaults. */
  @Test
  void aNameBelongsToOneKey() {
    Map<String, ConfigKey<?>> byName = new TreeMap<>();
    for (ConfigKey<?> key : keys()) {
      assertThat(byName.merge(key.name(), key, (known, again) -> known)).isSameAs(key);
      assertThat(key.name()).matches("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)+");
      assertThat(key.help()).as(key.name()).endsWith(".");
    }
  }

  @Test
  void everyDefaultIsAllowed() {
    Config config = Config.load(keys(), List.of(), Optional.empty(), Map.of());
    for (ConfigKey<?> key : keys()) {
      key.defaultText().ifPresent(text -> assertThat((Object) config.value(key)).isNotNull());
    }
  }

  @Test
  void everyKeyInAProfileIsKnown() throws Exception {
    List<Path> profiles = profiles();
    assertThat(profiles).hasSizeGreaterThanOrEqualTo(4);
    for (Path profile : profiles) {
      Config.load(keys(), List.of(), Optional.of(profile), Map.of());
    }
  }

  /** Keys that a profile shows as a comment are there to be filled in: a wrong one misleads. */
  @Test
  void everyKeyShownInAProfileIsKnown() throws Exception {
    List<String> names = keys().stream().map(ConfigKey::name).toList();
    Pattern shown = Pattern.compile("(?m)^#([a-z][a-z.-]*) *=");
    int count = 0;
    for (Path profile : profiles()) {
      Matcher matcher = shown.matcher(Files.readString(profile));
      while (matcher.find()) {
        count++;
        if (!matcher.group(1).startsWith("spark.")) {
          assertThat(names).as("%s", profile).contains(matcher.group(1));
        }
      }
    }
    assertThat(count).isPositive();
  }

  @Test
  void anUnknownKeyInAProfileWouldBeFound() throws Exception {
    Path profile = Files.createTempFile("profile", ".properties");
    try {
      Files.writeString(profile, "influence.damping-facto = 0.85\n");
      assertThatThrownBy(() -> Config.load(keys(), List.of(), Optional.of(profile), Map.of()))
          .isInstanceOf(RenownException.class)
          .hasMessageContaining("unknown key; the nearest is influence.damping-factor");
    } finally {
      Files.delete(profile);
    }
  }

  private static List<Path> profiles() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("conf"))) {
      return files
          .filter(file -> file.toString().endsWith(".properties"))
          .filter(file -> !file.endsWith("log4j2.properties"))
          .sorted()
          .toList();
    }
  }

  /** One row per key, by name. */
  private static String markdown(List<Job> jobs) {
    Map<String, ConfigKey<?>> byName = new TreeMap<>();
    Map<String, List<String>> readers = new TreeMap<>();
    for (Job job : jobs) {
      for (ConfigKey<?> key : job.keys()) {
        byName.put(key.name(), key);
        readers
            .computeIfAbsent(key.name(), name -> new ArrayList<>())
            .add(job.getClass().getAnnotation(Command.class).name());
      }
    }
    StringBuilder page = new StringBuilder(INTRODUCTION);
    byName.forEach(
        (name, key) ->
            page.append("| `")
                .append(name)
                .append("` | ")
                .append(key.defaultText().map(ConfigReferenceTest::shown).orElse("must be given"))
                .append(" | ")
                .append(text(key.range()))
                .append(" | ")
                .append(text(key.help()))
                .append(" | ")
                .append(String.join(", ", readers.get(name)))
                .append(" |\n"));
    return page.toString();
  }

  private static String shown(String value) {
    return value.isEmpty() ? "empty" : "`" + value + "`";
  }

  private static String text(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
