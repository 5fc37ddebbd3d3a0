package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import renown.dumps.DumpFormat;
import renown.dumps.formats.Formats;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.Job;
import renown.tables.TableSchema;
import renown.tables.Tables;
import renown.testing.Readme;

/**
 * The README says what is so. Its commands are taken apart here as the product takes them; {@link
 * ReadmeIT} runs them.
 */
class ReadmeTest {
  private static final String SCRIPT = "scripts/submit.sh";
  private static final String TRINO_SCRIPT = "scripts/trino.sh";
  private static final String TEST_COMMAND = "mvn -B verify";
  private static final String LONG_TEST_COMMAND = "mvn -B verify -Plong";
  private static final String SPARK_HOME = "export SPARK_HOME=/opt/spark";
  private static final String OWN_PROFILE = "/etc/renown/nightly.properties";

  @TempDir private static Path scratch;

  @Test
  void everyCommandIsRunByATest() throws Exception {
    Set<String> expected = new HashSet<>(ReadmeIT.COMMANDS);
    expected.add(TEST_COMMAND);
    expected.add(LONG_TEST_COMMAND);
    expected.add(SPARK_HOME);
    expected.add(NotebooksIT.COMMAND);
    assertThat(new HashSet<>(Readme.commands()))
        .as("commands of the pages that ReadmeIT or NotebooksIT has to run")
        .isEqualTo(expected);
    assertThat(Files.readString(Path.of(".ci/run")).lines()).contains(TEST_COMMAND);
  }

  @Test
  void everyBlockIsOfAKindThatATestLooksAt() throws Exception {
    assertThat(Readme.blocks())
        .extracting(Readme.Block::language)
        .containsOnly("sh", "cron", "python", "text", "");
    assertThat(Readme.blocks()).filteredOn(b -> b.language().isEmpty()).hasSize(1);
  }

  /** The first page is read by people who have five minutes. */
  @Test
  void theFirstPageIsShort() throws Exception {
    assertThat(Files.readAllLines(Readme.FIRST)).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void everyCommandIsUnderstood() throws Exception {
    List<String> commands = new ArrayList<>(Readme.commands());
    commands.removeAll(List.of(TEST_COMMAND, LONG_TEST_COMMAND, SPARK_HOME, NotebooksIT.COMMAND));
    // Of its own arguments, which ReadmeIT gives it.
    commands.removeIf(command -> command.startsWith(TRINO_SCRIPT));
    commands.add(Readme.cron().get(5).replaceFirst(" >>.*", ""));
    commands.add(Readme.dagCommand());
    assertThat(commands).hasSizeGreaterThan(8);
    for (String command : commands) {
      understand(command);
    }
  }

  /** Takes a command apart as {@code Main} does, up to where the job would start. */
  private static void understand(String command) throws Exception {
    List<String> words = Readme.words(command);
    assertThat(words.get(0)).endsWith(SCRIPT);
    List<String> arguments = words.subList(1, words.size());
    if (arguments.contains("--")) {
      arguments = arguments.subList(0, arguments.indexOf("--"));
    }
    if (arguments.equals(List.of("--help"))) {
      return;
    }
    String name = arguments.get(0);
    Job job =
        Jobs.all().stream()
            .filter(j -> j.getClass().getAnnotation(Command.class).name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no job " + name));
    CommandLine line = new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true);
    line.addMixin("common", new Main.CommonOptions());
    CommandLine.ParseResult parsed =
        line.parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
    if (parsed.isUsageHelpRequested()) {
      return;
    }
    List<ConfigKey<?>> known = new ArrayList<>();
    Jobs.all().forEach(j -> known.addAll(j.keys()));
    Map<String, String> settings = new TreeMap<>();
    if (parsed.hasMatchedOption("--set")) {
      settings.putAll(parsed.matchedOption("--set").<Map<String, String>>getValue());
    }
    Optional<Path> profile =
        Optional.ofNullable(parsed.matchedOption("--conf"))
            .map(option -> option.<Path>getValue())
            .map(ReadmeTest::profile);
    Config.load(known, job.keys(), profile, settings);
  }

  /** A user's own file is a profile with the roots filled in. */
  private static Path profile(Path named) {
    if (!named.equals(Path.of(OWN_PROFILE))) {
      return named;
    }
    try {
      return Files.writeString(
          scratch.resolve("nightly.properties"),
          Files.readString(Path.of("conf/s3.properties"))
              .replace("#raw.root", "raw.root")
              .replace("#lake.root", "lake.root"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theRunbooksCommandsAreUnderstoodAndItsMessagesAreOurs() throws Exception {
    Path runbook = Path.of("jobs/renown/operate/RUNBOOK.md");
    List<String> commands =
        Files.readAllLines(runbook).stream()
            .filter(line -> line.startsWith("    "))
            .map(String::strip)
            .toList();
    assertThat(commands).hasSizeGreaterThan(3);
    for (String command : commands) {
      understand(command);
    }
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("jobs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        // Messages are written in several parts.
        sources.append(Files.readString(file).replaceAll("\"\\s*\\+ \"", ""));
      }
    }
    List<String> messages = new ArrayList<>();
    for (String line : Files.readAllLines(runbook)) {
      String[] cells = line.split("\\|");
      if (cells.length > 4 && cells[2].strip().matches("[2-5]")) {
        Matcher quoted = Pattern.compile("`([^`]+)`").matcher(cells[3]);
        while (quoted.find()) {
          messages.add(quoted.group(1));
        }
      }
    }
    assertThat(messages)
        .hasSizeGreaterThan(8)
        .allSatisfy(message -> assertThat(sources).contains(message));
  }

  @Test
  void theCronLineIsOne() throws Exception {
    List<String> fields = Readme.cron();
    int[][] ranges = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 7}};
    assertThat(fields).hasSize(6);
    for (int i = 0; i < ranges.length; i++) {
      if (!fields.get(i).equals("*")) {
        assertThat(Integer.parseInt(fields.get(i))).isBetween(ranges[i][0], ranges[i][1]);
      }
    }
    // To cron it is the end of the line.
    assertThat(fields.get(5)).startsWith("/").doesNotContain("%");
  }

  @Test
  void theDagIsPython() throws Exception {
    Path file = Files.writeString(scratch.resolve("dag.py"), Readme.dag());
    assertThat(compile(file)).as("python3 takes the DAG").isEmpty();
    assertThat(Readme.dagCommand().strip())
        .isEqualTo(Readme.cron().get(5).replaceFirst(" >>.*", ""));
  }

  private static String compile(Path file) throws Exception {
    Process python =
        new ProcessBuilder("python3", "-m", "py_compile", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor() == 0).as(said).isEqualTo(said.isEmpty());
    return said;
  }

  // ---- What is listed

  @Test
  void thePictureShowsEveryTable() throws Exception {
    String picture =
        Readme.blocks().stream()
            .filter(block -> block.language().isEmpty())
            .findFirst()
            .orElseThrow()
            .text();
    for (TableSchema table : Tables.ALL) {
      String shown = table.isPublished() ? "mart_*" : table.name();
      assertThat(picture)
          .contains(table.floor() + "/")
          .containsPattern("\\s\\(?" + Pattern.quote(shown) + "\\b?");
    }
    Set<String> named = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\b[a-z]+(_[a-z]+)+\\b").matcher(picture);
    while (matcher.find()) {
      named.add(matcher.group());
    }
    assertThat(Tables.ALL.stream().map(TableSchema::name).toList()).containsAll(named);
  }

  @Test
  void thePublishedTablesAreListed() throws Exception {
    assertThat(firstCells(Readme.TABLES, "mart_\\w+"))
        .containsExactlyElementsOf(
            Tables.ALL.stream().filter(TableSchema::isPublished).map(TableSchema::name).toList());
  }

  @Test
  void theFormatsAreListed() throws Exception {
    List<String> formats = Formats.all().stream().map(DumpFormat::name).toList();
    assertThat(firstCells(Readme.FIRST, "[a-z0-9]+(?:-[a-z0-9]+)*"))
        .containsExactlyInAnyOrderElementsOf(formats);
  }

  @Test
  void theExitCodesAreListed() throws Exception {
    List<String> codes = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("(?m)^\\| (\\d+) \\|").matcher(Files.readString(Readme.OPERATIONS));
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    assertThat(codes)
        .containsExactlyElementsOf(
            java.util.Arrays.stream(ExitCode.values())
                .map(code -> Integer.toString(code.code()))
                .toList());
  }

  @Test
  void everyKeyThatIsNamedIsOne() throws Exception {
    List<String> known = new ArrayList<>();
    Jobs.all().forEach(job -> job.keys().forEach(key -> known.add(key.name())));
    Matcher matcher =
        Pattern.compile(
                "`((?:raw|lake|consent|ingest|retention|score|generate|maintain)\\.[a-z.-]+)`")
            .matcher(Readme.text());
    int count = 0;
    while (matcher.find()) {
      count++;
      assertThat(known).contains(matcher.group(1));
    }
    assertThat(count).isGreaterThan(3);
  }

  @Test
  void everyLinkLeadsSomewhere() throws Exception {
    int count = 0;
    for (Path page : Readme.PAGES) {
      Matcher matcher = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)").matcher(Files.readString(page));
      while (matcher.find()) {
        if (!matcher.group(1).startsWith("https://")) {
          count++;
          assertThat(page.resolveSibling(matcher.group(1))).as(page.toString()).exists();
        }
      }
    }
    assertThat(count).isGreaterThan(8);
  }

  /** What the first cells of tables hold in code font, where it is of the pattern. */
  private static List<String> firstCells(Path page, String pattern) throws Exception {
    List<String> cells = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("(?m)^\\| `(" + pattern + ")` \\|").matcher(Files.readString(page));
    while (matcher.find()) {
      cells.add(matcher.group(1));
    }
    return cells;
  }
}
