package renown.ask.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import picocli.CommandLine;
import renown.run.Config;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class ExportJobTest extends SparkTest {
  private static final int EDGES = 2 * (SmallLake.ACCOUNTS - 1);

  private String export(SparkSession spark, String... options) throws Exception {
    return export(spark, Optional.empty(), options);
  }

  private String export(SparkSession spark, Optional<LocalDate> night, String... options)
      throws Exception {
    ExportJob job = new ExportJob();
    new CommandLine(job).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", SmallLake.root().toUri().toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    job.run(
        new RunContext(
            config,
            night,
            Clock.systemUTC(),
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC()),
            () -> spark));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String[]> csv(Path file) throws Exception {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    return new CsvParser(settings).parseAll(Files.newBufferedReader(file));
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Document xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  @Test
  void theRowsAreThoseOfTheNight() throws Exception {
    assertThat(export(spark(), "--format", "csv", "--output", folder.resolve("csv").toString()))
        .contains(SmallLake.LAST.toString(), "60 accounts, 58 edges");
    List<String[]> accounts = csv(folder.resolve("csv/accounts.csv"));
    assertThat(String.join(",", accounts.get(0)))
        .isEqualTo(
            "account_key,network,account_id,handle,kind,language,score,score_low,score_high,"
                + "momentum,place,actor_count,community_key");
    assertThat(accounts).hasSize(1 + 2 * SmallLake.ACCOUNTS);
    String[] alice = accounts.get(1 + 3);
    assertThat(alice[3]).isEqualTo("alice.example");
    assertThat(Double.parseDouble(alice[6])).isEqualTo(SmallLake.score(0, 3, SmallLake.NIGHTS - 1));
    assertThat(alice[10]).isEqualTo("4");
    // Who has too little evidence has no score, and no place.
    assertThat(accounts.get(SmallLake.ACCOUNTS)).contains((String) null);

    List<String[]> edges = csv(folder.resolve("csv/edges.csv"));
    assertThat(String.join(",", edges.get(0))).isEqualTo("source_key,target_key,weight,act_count");
    // What was taken back is no edge, nor is the attention of somebody who is not published.
    assertThat(edges).hasSize(1 + EDGES);
    String[] first = edges.get(1);
    assertThat(first[0]).isEqualTo("1");
    assertThat(first[1]).isEqualTo("0");
    // Two acts of ten days ago and one of eight, with a half-life of eight days.
    assertThat(Double.parseDouble(first[2]))
        .isCloseTo(2 * Math.pow(2, -10 / 8.0) + Math.pow(2, -1), within(1e-8));
    assertThat(first[3]).isEqualTo("3");
  }

  @Test
  void eachFormatHoldsTheSame() throws Exception {
    Path gexf = folder.resolve("graph.gexf");
    Path graphml = folder.resolve("graph.graphml");
    export(spark(), "--format", "gexf", "--output", gexf.toString());
    export(spark(), "--format", "graphml", "--output", graphml.toString());
    export(spark(), "--format", "parquet", "--output", folder.resolve("parquet").toString());
    for (Path file : List.of(gexf, graphml)) {
      Document document = xml(file);
      assertThat(elements(document, "node")).hasSize(2 * SmallLake.ACCOUNTS);
      assertThat(elements(document, "edge")).hasSize(EDGES);
    }
    assertThat(elements(xml(gexf), "edge").get(0).getAttribute("weight")).startsWith("1.34");
    assertThat(elements(xml(gexf), "node").get(3).getAttribute("label")).isEqualTo("alice.example");
    Element edge = elements(xml(graphml), "edge").get(0);
    assertThat(edge.getAttribute("source")).isEqualTo("1");
    assertThat(edge.getTextContent()).startsWith("1.34").endsWith("3");
    String parquet = folder.resolve("parquet").toUri().toString();
    assertThat(
            spark()
                .read()
                .parquet(parquet + "/accounts.parquet")
                .where("place = 1 AND score > 60 AND community_key IS NOT NULL")
                .count())
        .isPositive();
    assertThat(spark().read().parquet(parquet + "/edges.parquet").where("weight > 0").count())
        .isEqualTo(EDGES);
    try (var files = Files.walk(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".crc"));
    }
  }

  @Test
  void strangersNamesAreData() throws Exception {
    Path gexf = folder.resolve("graph.gexf");
    export(spark(), "--format", "gexf", "--network", "x", "--output", gexf.toString());
    List<Element> nodes = elements(xml(gexf), "node");
    assertThat(nodes).hasSize(SmallLake.ACCOUNTS);
    assertThat(nodes.get(0).getAttribute("label")).isEqualTo(SmallLake.HOSTILE.get(0));
    assertThat(Files.readString(gexf)).doesNotContain("<script", "<img", "\u202e", "\u2028");
  }

  @Test
  void theHighestScoresAloneAndTheEdgesAmongThem() throws Exception {
    Path csv = folder.resolve("csv");
    assertThat(
            export(
                spark(),
                "--format",
                "csv",
                "--network",
                "bluesky",
                "--accounts",
                "4",
                "--output",
                csv.toString()))
        .contains("4 accounts, 3 edges");
  }

  /** However many partitions there are. */
  @Test
  void theSameNightGivesTheSameBytes() throws Exception {
    SparkSession other = spark().newSession();
    other.conf().set("spark.sql.shuffle.partitions", "7");
    for (String format : List.of("graphml", "parquet")) {
      Path one = folder.resolve("one-" + format);
      Path again = folder.resolve("again-" + format);
      export(spark(), "--format", format, "--output", one.toString());
      export(other, "--format", format, "--output", again.toString());
      if (format.equals("parquet")) {
        assertThat(again.resolve("edges.parquet"))
            .hasSameBinaryContentAs(one.resolve("edges.parquet"));
        assertThat(again.resolve("accounts.parquet"))
            .hasSameBinaryContentAs(one.resolve("accounts.parquet"));
      } else {
        assertThat(again).hasSameBinaryContentAs(one);
      }
    }
  }

  @Test
  void mistakesAreToldInOneLine() {
    assertThatThrownBy(() -> export(spark(), "--format", "csv", "--accounts", "0"))
        .isInstanceOf(RenownException.class)
        .hasMessage("--accounts 0: it must be 1 or more.");
    assertThatThrownBy(() -> export(spark(), "--format", "csv", "--network", "nosuch"))
        .hasMessageContaining("there are bluesky, x");
    assertThatThrownBy(() -> export(spark(), "--format", "gexf", "--output", folder.toString()))
        .isInstanceOf(RenownException.class)
        .hasMessage("--output " + folder + " is a folder: give a file.");
    assertThatThrownBy(() -> export(spark(), Optional.of(LocalDate.EPOCH), "--format", "csv"))
        .hasMessageContaining("is not published");
  }
}
