package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import renown.night.Stage;
import renown.tables.TableSchema;
import renown.testing.GeneratedFile;

/** The README's picture of a night, drawn from the stages that there are. */
class NightPictureTest {
  private static final int WIDTH = 900;
  private static final int ROW = 46;
  private static final int BOX = 150;
  private static final int LEFT = 20;

  /** As many letters of a list of tables as fit in a row. */
  private static final int FITTING = 100;

  private static String picture(List<Stage> stages) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {"raw dumps", "S3 or any Hadoop file system, one folder per network and day"});
    for (Stage stage : stages) {
      rows.add(new String[] {stage.name(), written(stage)});
    }
    rows.add(
        new String[] {
          "publish", "one commit names the version of every table: readers see it all or nothing"
        });
    int height = rows.size() * ROW + 20;
    StringBuilder picture = new StringBuilder();
    picture.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
        font-family="system-ui, sans-serif" font-size="13">
        <title>What a night does, stage by stage, and which tables each writes</title>
        <rect width="%d" height="%d" fill="#ffffff"/>
        """
            .formatted(WIDTH, height, WIDTH, height, WIDTH, height));
    for (int i = 0; i < rows.size(); i++) {
      int top = 10 + i * ROW;
      boolean isEnd = i == 0 || i == rows.size() - 1;
      if (i > 0) {
        picture.append(
            "<path d=\"M%d %dv%d\" stroke=\"#57606a\" stroke-width=\"2\"/>\n"
                .formatted(LEFT + BOX / 2, top - 12, 12));
      }
      picture.append(
          ("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"34\" rx=\"6\" fill=\"%s\"/>\n"
                  + "<text x=\"%d\" y=\"%d\" fill=\"#ffffff\" text-anchor=\"middle\""
                  + " font-weight=\"600\">%s</text>\n"
                  + "<text x=\"%d\" y=\"%d\" fill=\"#24292f\">%s</text>\n")
              .formatted(
                  LEFT,
                  top,
                  BOX,
                  isEnd ? "#57606a" : "#0b5cad",
                  LEFT + BOX / 2,
                  top + 22,
                  rows.get(i)[0],
                  LEFT + BOX + 20,
                  top + 22,
                  rows.get(i)[1]));
    }
    return picture.append("</svg>\n").toString();
  }

  /** What a stage writes, in one line: its own tables by name, published ones by number. */
  private static String written(Stage stage) {
    List<String> own =
        stage.outputs().stream()
            .filter(table -> !table.isPublished())
            .map(TableSchema::name)
            .toList();
    long marts = stage.outputs().stream().filter(TableSchema::isPublished).count();
    String names = own.stream().collect(Collectors.joining(", "));
    if (names.length() > FITTING) {
      int fitting = 0;
      int length = 0;
      while (length + own.get(fitting).length() + 2 < FITTING - 15) {
        length += own.get(fitting++).length() + 2;
      }
      names =
          String.join(", ", own.subList(0, fitting)) + " and " + (own.size() - fitting) + " more";
    }
    String published = marts == 0 ? "" : marts == 1 ? "1 mart" : marts + " marts";
    return names.isEmpty()
        ? published.isEmpty() ? "writes nothing: it refuses what is not right" : published
        : names + (published.isEmpty() ? "" : ", " + published);
  }

  @Test
  void thePictureIsCurrent() throws Exception {
    GeneratedFile.assertCurrent(
        Path.of("jobs/renown/night/night.svg"), picture(Jobs.stages()), NightPictureTest.class);
  }

  @Test
  void everyStageIsDrawnOnceAndTheFileIsXml() throws Exception {
    String picture = picture(Jobs.stages());
    for (Stage stage : Jobs.stages()) {
      assertThat(picture.split(">" + stage.name() + "</text>", -1)).hasSize(2);
    }
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    assertThat(
            builder
                .parse(new java.io.ByteArrayInputStream(picture.getBytes("UTF-8")))
                .getElementsByTagName("rect")
                .getLength())
        .isEqualTo(Jobs.stages().size() + 3);
  }
}
