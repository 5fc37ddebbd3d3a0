package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import renown.ask.sql.PublishedMarts;
import renown.lake.s3.EmbeddedS3;
import renown.tables.TableSchema;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

/**
 * Executes the notebooks as the README does, on the lake that its demo leaves, and holds what they
 * say against the tables.
 */
@Tag("long")
class NotebooksIT extends SparkTest {
  /** As it stands in the README. */
  static final String COMMAND =
      "/usr/bin/python3 -m nbconvert --execute --to html --output-dir target/notebooks"
          + " notebooks/*.ipynb";

  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path LAKE = ROOT.resolve("target/demo/s3/lake");

  private static Map<String, Document> pages;
  private static Document ofAnOldLake;
  private static SparkSession session;

  record Outcome(int code, String said) {}

  @BeforeAll
  static void execute() throws Exception {
    assumeThatPackagesAreThere();
    if (!Files.isDirectory(LAKE)) {
      Outcome demo = run("scripts/submit.sh demo");
      assertThat(demo.code()).as(demo.said()).isZero();
    }
    // One by one, since nbconvert would take them one after the other; each is one thread mostly.
    ExecutorService two = Executors.newFixedThreadPool(2);
    Map<String, Future<Outcome>> outcomes = new TreeMap<>();
    for (Path notebook : notebooks()) {
      Callable<Outcome> execution =
          () -> run(COMMAND.replace("notebooks/*.ipynb", "notebooks/" + notebook.getFileName()));
      outcomes.put(name(notebook), two.submit(execution));
    }
    Path old = SmallLake.root();
    Future<Outcome> validation =
        two.submit(
            () ->
                run(
                    "RENOWN_LAKE="
                        + old
                        + " "
                        + COMMAND
                            .replace("target/notebooks", "target/notebooks/old")
                            .replace("*.ipynb", "6-validation.ipynb")));
    two.shutdown();
    pages = new TreeMap<>();
    for (var entry : outcomes.entrySet()) {
      Outcome outcome = entry.getValue().get();
      assertThat(outcome.code()).as(entry.getKey() + ": " + outcome.said()).isZero();
      Path page = ROOT.resolve("target/notebooks/" + entry.getKey() + ".html");
      pages.put(entry.getKey(), Jsoup.parse(page));
    }
    assertThat(validation.get().code()).as(validation.get().said()).isZero();
    ofAnOldLake = Jsoup.parse(ROOT.resolve("target/notebooks/old/6-validation.html"));
    session = spark().newSession();
    PublishedMarts.register(session, LAKE.toUri().toString(), "");
  }

  static void assumeThatPackagesAreThere() throws Exception {
    Outcome packages =
        run(
            "/usr/bin/python3 -c 'import ipykernel, jpype, matplotlib, nbclient, nbconvert, pandas'"
                + " || exit 3");
    Assumptions.assumeTrue(
        packages.code() == 0,
        "The notebooks want Debian's packages that notebooks/README.md names; not all are here: "
            + packages.said());
  }

  static List<Path> notebooks() throws Exception {
    try (Stream<Path> files = Files.list(ROOT.resolve("notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  private static String name(Path notebook) {
    return notebook.getFileName().toString().replace(".ipynb", "");
  }

  /** What the cells of a notebook printed and showed, as one line. */
  private static String said(String notebook) {
    return said(pages.get(notebook));
  }

  private static String said(Document page) {
    return page.select(".jp-OutputArea-output").text();
  }

  /** The numbers that stand in a notebook's output where the groups of a pattern do. */
  private static double[] numbers(String notebook, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(said(notebook));
    assertThat(matcher.find()).as(pattern + " in: " + said(notebook)).isTrue();
    double[] numbers = new double[matcher.groupCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(matcher.group(i + 1).replace(",", ""));
    }
    return numbers;
  }

  /** The whole numbers of a query's first row. */
  private static double[] asked(String query) {
    Row row = session.sql(query).head();
    double[] numbers = new double[row.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row.getLong(i);
    }
    return numbers;
  }

  @Test
  void sixNotebooksRan() {
    assertThat(pages.keySet())
        .containsExactly(
            "1-tour",
            "2-how-a-score-comes-about",
            "3-experts-and-talkers",
            "4-rings-and-farms",
            "5-audiences-and-campaigns",
            "6-validation");
  }

  @Test
  void everyNotebookDrawsAndComplainsOfNothing() throws Exception {
    Map<String, Document> all = new TreeMap<>(pages);
    all.put("6-validation of an old lake", ofAnOldLake);
    for (var page : all.entrySet()) {
      List<Element> images = page.getValue().select(".jp-OutputArea img[src^=data:image/png]");
      assertThat(images).as(page.getKey()).isNotEmpty();
      for (Element image : images) {
        byte[] png = Base64.getMimeDecoder().decode(image.attr("src").replaceFirst(".*,", ""));
        BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(png));
        long colours =
            Stream.iterate(0, x -> x < drawn.getWidth(), x -> x + 1)
                .flatMap(
                    x ->
                        Stream.iterate(0, y -> y < drawn.getHeight(), y -> y + 1)
                            .map(y -> drawn.getRGB(x, y)))
                .distinct()
                .count();
        assertThat(drawn.getWidth()).isGreaterThan(400);
        assertThat(colours).as(page.getKey()).isGreaterThan(20);
      }
      assertThat(page.getValue().select("[data-mime-type=application/vnd.jupyter.stderr]").text())
          .as(page.getKey())
          .isEmpty();
    }
  }

  @Test
  void theTourCountsEveryRow() {
    long rows =
        PublishedMarts.marts().stream()
            .map(TableSchema::name)
            .mapToLong(mart -> session.table(mart).count())
            .sum();
    assertThat(numbers("1-tour", "(\\d+) tables, ([\\d,]+) rows"))
        .containsExactly(PublishedMarts.marts().size(), rows);
  }

  @Test
  void scoresAreComputedAgain() {
    String notebook = "2-how-a-score-comes-about";
    double[] counted = asked("SELECT count(score) FROM mart_account_scores_latest");
    assertThat(numbers(notebook, "([\\d,]+) accounts have a score")).containsExactly(counted);
    double[] again =
        numbers(
            notebook,
            "difference between ([\\d,]+) published scores and those computed here: (\\S+) points;"
                + " by the query: (\\S+) points");
    assertThat(again[0]).isEqualTo(counted[0]);
    assertThat(again[1]).isLessThan(1e-9);
    assertThat(again[2]).isLessThan(1e-9);
    assertThat(numbers(notebook, "add up to the change within (\\S+) points")[0]).isLessThan(1e-9);
  }

  @Test
  void expertsAreFoundAndTalkersAreNot() {
    String notebook = "3-experts-and-talkers";
    assertThat(numbers(notebook, "([\\d,]+) of ([\\d,]+) pairs of account and topic have"))
        .containsExactly(
            asked(
                """
                SELECT count(s.expertise), count(*) FROM mart_topic_scores s
                JOIN mart_account_scores_latest l ON l.account_key = s.account_key
                """));
    double[] found =
        numbers(
            notebook,
            "Expertise finds (\\d+) of (\\d+) planted experts, the number of posts (\\d+); talkers"
                + " take (\\d+) and (\\d+) places");
    assertThat(found[0]).isGreaterThan(found[1] / 2).isGreaterThan(found[2]);
    assertThat(found[3]).isLessThan(found[4]);
  }

  @Test
  void cheatsAreUnmasked() {
    String notebook = "4-rings-and-farms";
    assertThat(numbers(notebook, "([\\d,]+) accounts, ([\\d,]+) of them without enough evidence"))
        .containsExactly(
            asked(
                """
                SELECT count(*), count_if(evidence = 'insufficient') FROM mart_account_scores_latest
                """));
    double[] suspects =
        numbers(
            notebook,
            "Of the (\\d+) accounts with .*? least credible, (\\d+) were planted as cheats; they"
                + " are (\\d+) % of all");
    assertThat(suspects[1] / suspects[0]).isGreaterThan(0.5).isGreaterThan(5 * suspects[2] / 100);
    double[] ring = numbers(notebook, "(\\d+) of its (\\d+) members were planted as cheats");
    assertThat(ring[0]).isGreaterThan(ring[1] / 2);
  }

  @Test
  void aCampaignIsToldAsItStands() {
    String notebook = "5-audiences-and-campaigns";
    assertThat(
            numbers(
                notebook,
                "(\\d+) accounts of the shortlist reach ([\\d,]+) distinct accounts, as many of the"
                    + " highest scores ([\\d,]+)"))
        .containsExactly(
            asked(
                """
                SELECT max(place), max(together_count), max(top_scores_count)
                FROM mart_campaign_shortlists
                WHERE night = (SELECT max(night) FROM mart_campaign_shortlists)
                """));
    double[] overlaps = numbers(notebook, "(\\d+) of these overlaps .*?; (\\d+) of them differ");
    assertThat(overlaps[0]).isPositive();
    assertThat(overlaps[1]).isZero();
    assertThat(numbers(notebook, "(\\d+) posts were judged to have broken out"))
        .containsExactly(asked("SELECT count(*) FROM mart_breakouts"));
  }

  @Test
  void aYoungLakeHasNoValidationAndSaysSo() {
    assertThat(asked("SELECT count(*) FROM mart_validation")).containsExactly(0);
    assertThat(said("6-validation"))
        .contains("2 nights are published", "there is no validation yet");
    double[] within = numbers("6-validation", "(\\S+) % of ([\\d,]+) scores lie within");
    assertThat(within[0]).isBetween(50.0, 100.0);
    assertThat(within[1])
        .isEqualTo(
            asked(
                """
                SELECT count(*) FROM mart_account_scores a JOIN mart_account_scores b
                  ON b.account_key = a.account_key AND b.night < a.night
                WHERE a.score IS NOT NULL AND b.score IS NOT NULL
                """)[
                0]);
  }

  /**
   * Ten nights, three of them 7 after another; what they say is made up, how it is drawn is not.
   */
  @Test
  void anOldLakeShowsHowItsForecastsFared() {
    assertThat(said(ofAnOldLake))
        .contains(
            SmallLake.NIGHTS + " nights are published",
            "6 judgements, the last of 14 January.",
            "bluesky, momentum: clearly better than 3 of 4 simpler predictors, clearly worse than"
                + " 0.",
            "x, momentum: clearly better than 3 of 4");
    // A plot for each network, one over the nights, one of changes, one of the stages' seconds.
    assertThat(ofAnOldLake.select(".jp-OutputArea img[src^=data:image/png]")).hasSize(5);
  }

  /**
   * The helper alone: both ways to Spark, S3 and files, what a query may hold, what may be wrong.
   */
  @Test
  void theHelperKeepsItsPromises() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.inFolder(LAKE.getParent())) {
      String settings = new ObjectMapper().writeValueAsString(s3.sparkSettings());
      Outcome outcome =
          run("/usr/bin/python3 tests/fixtures/notebooks/check_helper.py '" + settings + "'");
      assertThat(outcome.code()).as(outcome.said()).isZero();
      assertThat(outcome.said()).contains("all is as promised");
    }
  }

  static Outcome run(String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_DRIVER_MEMORY", "1g");
    // Small data is read with small settings.
    builder.environment().put("RENOWN_CONF", "conf/demo.properties");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), said);
  }
}
