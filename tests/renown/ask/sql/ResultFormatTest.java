package renown.ask.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;

class ResultFormatTest extends SparkTest {
  private static String written(ResultFormat format, Dataset<Row> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(rows, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Dataset<Row> names(String... names) {
    Object[][] rows = new Object[names.length][];
    for (int i = 0; i < names.length; i++) {
      rows[i] = row(names[i], (long) i);
    }
    return rows("name string, number bigint", rows);
  }

  @Test
  void csvQuotesWhatWouldBreakALineOrAField() {
    assertThat(written(ResultFormat.CSV, names("plain", "a,b", "say \"x\"", "two\nlines", null)))
        .isEqualTo("name,number\nplain,0\n\"a,b\",1\n\"say \"\"x\"\"\",2\n\"two\nlines\",3\n,4\n");
  }

  /** A display name is anybody's to choose; numbers stay what they are. */
  @Test
  void csvHoldsNoFormulas() {
    assertThat(
            written(ResultFormat.CSV, names("=1+1", "+1", "-1", "@SUM(A1)", "a=1"))
                .replace("\"", "")
                .lines())
        .containsExactly("name,number", "'=1+1,0", "'+1,1", "'-1,2", "'@SUM(A1),3", "a=1,4");
    assertThat(written(ResultFormat.CSV, rows("number bigint", row(-1L))))
        .isEqualTo("number\n-1\n");
  }

  @Test
  void csvKeepsEveryCharacter() {
    String[] names = {" led", "trailed ", "\ttabbed\t", "#hash", "cr\rhere", "crlf\r\nhere", "é😀"};
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.getFormat().setComment('\0');
    List<String[]> read =
        new CsvParser(settings).parseAll(new StringReader(written(ResultFormat.CSV, names(names))));
    assertThat(read).hasSize(names.length + 1);
    for (int i = 0; i < names.length; i++) {
      assertThat(read.get(i + 1)).containsExactly(names[i], Integer.toString(i));
    }
  }

  @Test
  void csvAndTablesKnowResultsWithoutRowsAndColumnsWithDots() {
    Dataset<Row> none = names().withColumnRenamed("number", "a.number");
    assertThat(written(ResultFormat.CSV, none)).isEqualTo("name,a.number\n");
    assertThat(written(ResultFormat.TABLE, none)).isEqualTo("name  a.number\n----  --------\n");
    assertThat(written(ResultFormat.JSON, none)).isEmpty();
  }

  @Test
  void jsonIsAnObjectPerLineWithoutNulls() {
    assertThat(
            written(
                ResultFormat.JSON,
                rows(
                    "name string, share double, night date, tags array<string>",
                    row(
                        "a \"b\"\n\u001b[31m",
                        0.1,
                        java.sql.Date.valueOf("2026-01-05"),
                        new String[] {"x"}),
                    row(null, null, null, null))))
        .isEqualTo(
            "{\"name\":\"a \\\"b\\\"\\n\\u001B[31m\",\"share\":0.1,"
                + "\"night\":\"2026-01-05\",\"tags\":[\"x\"]}\n{}\n");
  }

  @Test
  void aTableAlignsNumbersToTheRight() {
    assertThat(
            written(
                ResultFormat.TABLE,
                rows(
                    "name string, score double, night date",
                    row("ann", 7.5, java.sql.Date.valueOf("2026-01-05")),
                    row(null, 12.25, java.sql.Date.valueOf("2026-01-06")))))
        .isEqualTo(
            """
            name  score  night
            ----  -----  ----------
            ann     7.5  2026-01-05
                  12.25  2026-01-06
            """);
  }

  @Test
  void aTableShowsControlCharactersAndDoesNotObeyThem() {
    String written =
        written(
            ResultFormat.TABLE, names("a\u001b[2Jb", "c\rd", "e\nf", "g\u202eh", "i\u0007j\u0000"));
    assertThat(written)
        .contains("a\uFFFD[2Jb", "c\uFFFDd", "e\uFFFDf", "g\uFFFDh", "i\uFFFDj\uFFFD");
    assertThat(written.lines()).hasSize(7);
    assertThat(written).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
  }
}
