package renown.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private static final ConfigKey<Long> COUNT =
      ConfigKey.integer("probe.count", 5, 1, 1000, "How many.");
  private static final ConfigKey<Double> SHARE =
      ConfigKey.number("probe.share", 0.25, 0, 1, "Which part.");
  private static final ConfigKey<Boolean> FLAG = ConfigKey.flag("probe.loud", false, "Whether.");
  private static final ConfigKey<String> CHOICE =
      ConfigKey.choice("probe.colour", "red", List.of("red", "green"), "Which.");
  private static final ConfigKey<String> ROOT =
      ConfigKey.requiredText("probe.root", "a Hadoop path", "Where it lies.");
  private static final ConfigKey<SortedMap<String, Double>> WEIGHTS =
      ConfigKey.weights("probe.weights", "a=1", "letter", List.of("a", "b", "c"), 10, "How much.");
  private static final ConfigKey<SortedMap<String, Long>> PAIRS =
      ConfigKey.pairs(
          "probe.pairs",
          "one=1",
          "WORD=NUMBER pairs",
          "Which is which.",
          word -> !word.isEmpty(),
          Long::valueOf);
  private static final List<ConfigKey<?>> WITHOUT_ROOT =
      List.of(COUNT, SHARE, FLAG, CHOICE, WEIGHTS, PAIRS);
  private static final List<ConfigKey<?>> ALL =
      List.of(COUNT, SHARE, FLAG, CHOICE, WEIGHTS, PAIRS, ROOT);

  @TempDir Path folder;

  private static Config load(Map<String, String> settings) {
    return Config.load(ALL, WITHOUT_ROOT, Optional.empty(), settings);
  }

  private static void refused(Map<String, String> settings, String... parts) {
    assertThatThrownBy(() -> load(settings))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContainingAll(parts);
  }

  @Test
  void defaultsHoldWhereNothingIsSaid() {
    Config config = load(Map.of());
    assertThat(config.value(COUNT)).isEqualTo(5);
    assertThat(config.value(SHARE)).isEqualTo(0.25);
    assertThat(config.value(FLAG)).isFalse();
    assertThat(config.value(CHOICE)).isEqualTo("red");
    assertThat(config.texts())
        .isEqualTo(
            Map.of(
                "probe.count", "5",
                "probe.share", "0.25",
                "probe.loud", "false",
                "probe.colour", "red",
                "probe.weights", "a=1",
                "probe.pairs", "one=1"));
  }

  @Test
  void anUnknownKeyNamesTheNearestAndNotItsValue() {
    refused(Map.of("probe.cuont", "7"), "probe.cuont (by --set)", "the nearest is probe.count.");
    assertThatThrownBy(() -> load(Map.of("fs.s3a.secret.key", "hush")))
        .message()
        .contains("fs.s3a.secret.key")
        .doesNotContain("hush");
  }

  @Test
  void aKeyWithoutDefaultHasToBeGivenOnlyWhereTheJobNeedsIt() {
    assertThat(load(Map.of()).texts()).doesNotContainKey("probe.root");
    assertThatThrownBy(() -> Config.load(ALL, ALL, Optional.empty(), Map.of()))
        .isInstanceOf(RenownException.class)
        .hasMessageContainingAll(
            "probe.root is not set", "--set probe.root=VALUE", "a Hadoop path", "Where it lies.");
    Config config = Config.load(ALL, ALL, Optional.empty(), Map.of("probe.root", " file:/x "));
    assertThat(config.value(ROOT)).isEqualTo("file:/x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "probe.count|0|whole number, 1 to 1000",
        "probe.count|1001|whole number, 1 to 1000",
        "probe.count|2.5|whole number, 1 to 1000",
        "probe.count|many|whole number, 1 to 1000",
        "probe.count|99999999999999999999|whole number, 1 to 1000",
        "probe.share|-0.001|number, 0 to 1",
        "probe.share|1.001|number, 0 to 1",
        "probe.share|NaN|number, 0 to 1",
        "probe.share|Infinity|number, 0 to 1",
        "probe.loud|yes|true or false",
        "probe.colour|blue|one of red, green",
        "probe.root|''|a Hadoop path",
        "probe.weights|d=1|LETTER=WEIGHT pairs, separated by commas; weights 0 to 10, one of them"
            + " above 0; letters a, b, c",
        "probe.weights|A=1|LETTER=WEIGHT pairs, separated by commas; weights 0 to 10, one of them"
            + " above 0; letters a, b, c",
        "probe.weights|a=10.5|LETTER=WEIGHT pairs, separated by commas; weights 0 to 10, one of them"
            + " above 0; letters a, b, c",
        "probe.weights|a=0,b=0|LETTER=WEIGHT pairs, separated by commas; weights 0 to 10, one of"
            + " them above 0; letters a, b, c",
        "probe.pairs|''|WORD=NUMBER pairs",
        "probe.pairs|one|WORD=NUMBER pairs",
        "probe.pairs|one=1=1|WORD=NUMBER pairs",
        "probe.pairs|=1|WORD=NUMBER pairs",
        "probe.pairs|one=|WORD=NUMBER pairs",
        "probe.pairs|one=1,one=1|WORD=NUMBER pairs",
        "probe.pairs|one=1,,two=2|WORD=NUMBER pairs"
      })
  void aValueOutOfRangeIsToldWithKeyValueAndRange(String key, String value, String range) {
    refused(
        Map.of(key, value),
        key + " = \"" + value + "\" (by --set) is not allowed; allowed: " + range + ".");
  }

  @Test
  void theEndsOfARangeBelongToIt() {
    Config most = load(Map.of("probe.count", "1_000", "probe.share", "1", "probe.loud", "TRUE"));
    assertThat(most.value(COUNT)).isEqualTo(1000);
    assertThat(most.value(SHARE)).isEqualTo(1);
    assertThat(most.value(FLAG)).isTrue();
    Config least = load(Map.of("probe.count", "1", "probe.share", "0"));
    assertThat(least.value(COUNT)).isEqualTo(1);
    assertThat(least.value(SHARE)).isEqualTo(0);
  }

  @Test
  void pairsAreReadAndWhatIsNotNamedIsNotThere() {
    Config config = load(Map.of("probe.weights", "c=0, b=2.5", "probe.pairs", "two=2,one=-1"));
    assertThat(config.value(WEIGHTS)).containsExactly(entry("b", 2.5), entry("c", 0.0));
    assertThat(config.value(PAIRS)).containsExactly(entry("one", -1L), entry("two", 2L));
    assertThat(WEIGHTS.defaultValue()).contains(new TreeMap<>(Map.of("a", 1.0)));
    assertThat(ROOT.defaultValue()).isEmpty();
  }

  @Test
  void theCommandLineWinsOverTheFileAndTheFileOverDefaults() throws Exception {
    Path file = folder.resolve("probe.properties");
    Files.writeString(file, "probe.count = 7 \nprobe.share=0.5\nprobe.colour=green\n");
    Config config = Config.load(ALL, WITHOUT_ROOT, Optional.of(file), Map.of("probe.count", "9"));
    assertThat(config.value(COUNT)).isEqualTo(9);
    assertThat(config.value(SHARE)).isEqualTo(0.5);
    assertThat(config.value(CHOICE)).isEqualTo("green");
    assertThat(config.value(FLAG)).isFalse();
    assertThat(config.given())
        .isEqualTo(Map.of("probe.count", "9", "probe.share", "0.5", "probe.colour", "green"));
  }

  @Test
  void whatIsWrongInAFileIsToldWithTheFile() throws Exception {
    Path file = folder.resolve("probe.properties");
    Files.writeString(file, "probe.count=0\n");
    assertThatThrownBy(() -> Config.load(ALL, WITHOUT_ROOT, Optional.of(file), Map.of()))
        .hasMessageContaining("probe.count = \"0\" (in " + file + ")");
    Files.writeString(file, "probe.kount=0\n");
    assertThatThrownBy(() -> Config.load(ALL, WITHOUT_ROOT, Optional.of(file), Map.of()))
        .hasMessageContaining("probe.kount (in " + file + ")");
    Files.writeString(file, "probe.count=\\u00zz\n");
    assertThatThrownBy(() -> Config.load(ALL, WITHOUT_ROOT, Optional.of(file), Map.of()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("not a properties file");
    Files.write(file, "probe.root=é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Config.load(ALL, WITHOUT_ROOT, Optional.of(file), Map.of()))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void sparksOwnKeysPassUncheckedAndTheCommandLineWins() throws Exception {
    Path file = folder.resolve("probe.properties");
    Files.writeString(file, "spark.executor.cores=2\nspark.unheard.of=a\n");
    Config config =
        Config.load(ALL, WITHOUT_ROOT, Optional.of(file), Map.of("spark.executor.cores", " 4 "));
    assertThat(config.sparkSettings())
        .isEqualTo(Map.of("spark.executor.cores", "4", "spark.unheard.of", "a"));
    assertThat(config.sparkOverrides()).isEqualTo(Map.of("spark.executor.cores", "4"));
    assertThat(config.texts()).doesNotContainKey("spark.executor.cores");
  }

  @Test
  void whatDeltaAndDeterminismNeedCannotBeSetOtherwise() {
    Config config =
        load(Map.of("spark.sql.session.timeZone", "Asia/Tokyo", "spark.master", "local[1]"));
    assertThat(Sessions.conf(config).get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(Sessions.conf(config).get("spark.master")).isEqualTo("local[1]");
  }

  @Test
  void aKeyThatTheJobDidNotDeclareIsABug() {
    Config config = Config.load(List.of(COUNT), List.of(COUNT), Optional.empty(), Map.of());
    assertThatThrownBy(() -> config.value(SHARE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("probe.share");
  }

  @Test
  void whatIsHandedOnIsWhatWasGivenAndSomebodyReads() {
    Job counts = job(COUNT);
    Job roots = job(ROOT);
    Map<String, Job> jobs = new TreeMap<>(Map.of("counts", counts, "roots", roots));
    Config config =
        load(Map.of("probe.count", "7", "probe.root", "file:/a", "spark.unheard.of", "a"));
    assertThat(config.handedOn("all", jobs, Map.of()))
        .containsExactly(entry("probe.count", "7"), entry("probe.root", "file:/a"));
    assertThatThrownBy(() -> config.handedOn("all", jobs, Map.of("probe.root", " (--folder)")))
        .isInstanceOf(RenownException.class)
        .hasMessage("probe.root: all sets this key itself; leave it out (--folder).");
    assertThatThrownBy(() -> config.handedOn("all", Map.of("counts", counts), Map.of()))
        .isInstanceOf(RenownException.class)
        .hasMessage("probe.root: all runs counts, which have no such key; leave it out.");
    assertThatThrownBy(() -> config.handedOn("all", Map.of(), Map.of()))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("probe.count: all accepts Spark's keys only; leave it out.");
    assertThat(load(Map.of()).handedOn("all", Map.of(), Map.of())).isEmpty();
  }

  private static Job job(ConfigKey<?> key) {
    return new Job() {
      @Override
      public List<ConfigKey<?>> keys() {
        return List.of(key);
      }

      @Override
      public void run(RunContext context) {
        throw new AssertionError("it was run");
      }
    };
  }
}
