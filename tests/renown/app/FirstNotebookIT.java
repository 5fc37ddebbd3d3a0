package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import renown.app.NotebooksIT.Outcome;
import renown.ask.sql.PublishedMarts;
import renown.testing.SharedLake;
import renown.testing.SparkTest;

/** One notebook, executed as the README does all six, which {@link NotebooksIT} has a look at. */
class FirstNotebookIT extends SparkTest {
  private static final String FOLDER = "target/notebooks/first";

  @Test
  void theTourCountsEveryRowAndDraws() throws Exception {
    NotebooksIT.assumeThatPackagesAreThere();
    Outcome outcome =
        NotebooksIT.run(
            "RENOWN_LAKE="
                + SharedLake.lake()
                + " "
                + NotebooksIT.COMMAND
                    .replace("target/notebooks", FOLDER)
                    .replace("*.ipynb", "1-tour.ipynb"));
    assertThat(outcome.code()).as(outcome.said()).isZero();
    Document page = Jsoup.parse(Path.of(FOLDER, "1-tour.html"));
    PublishedMarts.register(SharedLake.undisturbed().lake());
    long rows =
        PublishedMarts.marts().stream().mapToLong(mart -> spark().table(mart.name()).count()).sum();
    String said = page.select(".jp-OutputArea-output").text();
    Matcher counted = Pattern.compile("(\\d+) tables, ([\\d,]+) rows").matcher(said);
    assertThat(counted.find()).as(said).isTrue();
    assertThat(counted.group(1)).isEqualTo(Integer.toString(PublishedMarts.marts().size()));
    assertThat(counted.group(2).replace(",", "")).isEqualTo(Long.toString(rows));
    assertThat(page.select(".jp-OutputArea img[src^=data:image/png]")).isNotEmpty();
    assertThat(page.select("[data-mime-type=application/vnd.jupyter.stderr]").text()).isEmpty();
  }

  /**
   * What a notebook showed is of the lake of whoever ran it, and none of the project's business.
   */
  @Test
  void whatIsCommittedHoldsNoOutputs() throws Exception {
    for (Path notebook : NotebooksIT.notebooks()) {
      JsonNode parsed = new ObjectMapper().readTree(notebook.toFile());
      List<JsonNode> code = new ArrayList<>();
      parsed.get("cells").forEach(cell -> code.add(cell));
      code.removeIf(cell -> !cell.get("cell_type").asText().equals("code"));
      assertThat(code).as(notebook + "").hasSizeGreaterThan(3);
      assertThat(code)
          .as("outputs of %s: clear them before committing", notebook)
          .allSatisfy(
              cell -> {
                assertThat(cell.get("outputs")).isEmpty();
                assertThat(cell.get("execution_count").isNull()).isTrue();
              });
      assertThat(parsed.get("metadata").get("kernelspec").get("name").asText())
          .isEqualTo("python3");
    }
  }
}
