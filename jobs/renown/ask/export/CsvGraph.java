package renown.ask.export;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import renown.run.Progress;

/** Two files with a header line each (RFC 4180); null is empty. */
final class CsvGraph implements GraphWriter {
  private final CsvWriter accounts;
  private final CsvWriter edges;

  CsvGraph(Target target) throws IOException {
    accounts = open(target, GraphWriter.accountsFile("csv"));
    edges = open(target, GraphWriter.edgesFile("csv"));
    accounts.writeHeaders(header(List.of("account_key"), target.accounts()));
    edges.writeHeaders(header(List.of("source_key", "target_key"), target.edges()));
  }

  private static List<String> header(List<String> keys, List<Field> fields) {
    return Stream.concat(keys.stream(), fields.stream().map(Field::name)).toList();
  }

  private static CsvWriter open(Target target, String name) throws IOException {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setQuoteEscape('"');
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    return new CsvWriter(
        new OutputStreamWriter(
            target.output().files().create(new Path(target.output().path(), name), true),
            StandardCharsets.UTF_8),
        settings);
  }

  @Override
  public void account(Row account) {
    accounts.writeRow(texts(account));
  }

  @Override
  public void edge(Row edge) {
    edges.writeRow(texts(edge));
  }

  private static String[] texts(Row row) {
    String[] texts = new String[row.size()];
    for (int i = 0; i < texts.length; i++) {
      Object value = row.get(i);
      texts[i] =
          value == null ? null : value instanceof String text ? inert(text) : value.toString();
    }
    return texts;
  }

  /** What a spreadsheet would take for a formula stands behind an apostrophe. */
  private static String inert(String text) {
    String visible = Progress.visible(text);
    return visible.matches("(?s)[=+\\-@\\uFFFD].*") ? "'" + visible : visible;
  }

  @Override
  public void close() {
    accounts.close();
    edges.close();
  }
}
