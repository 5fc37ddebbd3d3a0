package renown.ask.sql;

import static org.apache.spark.sql.functions.col;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import renown.run.Progress;

/** How a query's result is written. */
public enum ResultFormat {
  /** Aligned columns, for eyes; numbers to the right, control characters made visible. */
  TABLE {
    @Override
    public void write(Dataset<Row> result, PrintStream out) {
      StructField[] fields = result.schema().fields();
      List<String[]> rows = texts(result);
      int[] widths = Arrays.stream(fields).mapToInt(field -> field.name().length()).toArray();
      rows.forEach(
          row -> {
            for (int i = 0; i < widths.length; i++) {
              row[i] = row[i] == null ? "" : Progress.visible(row[i]);
              widths[i] = Math.max(widths[i], row[i].length());
            }
          });
      out.println(
          line(
              Arrays.stream(fields).map(StructField::name).toArray(String[]::new), widths, fields));
      out.println(Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining("  ")));
      rows.forEach(row -> out.println(line(row, widths, fields)));
    }
  },
  /**
   * Comma-separated with a header line (RFC 4180); null is empty. A text that a spreadsheet would
   * take for a formula stands behind an apostrophe, whoever wrote it.
   */
  CSV {
    @Override
    public void write(Dataset<Row> result, PrintStream out) {
      CsvWriterSettings settings = new CsvWriterSettings();
      settings.getFormat().setLineSeparator("\n");
      settings.getFormat().setQuoteEscape('"');
      settings.setQuotationTriggers('"', '\r');
      settings.setIgnoreLeadingWhitespaces(false);
      settings.setIgnoreTrailingWhitespaces(false);
      CsvWriter writer =
          new CsvWriter(new PrintWriter(out, false, StandardCharsets.UTF_8), settings);
      writer.writeHeaders(result.columns());
      StructField[] fields = result.schema().fields();
      texts(result)
          .forEach(
              row -> {
                for (int i = 0; i < row.length; i++) {
                  boolean isText = fields[i].dataType() instanceof StringType;
                  row[i] = isText && isFormula(row[i]) ? "'" + row[i] : row[i];
                }
                writer.writeRow(row);
              });
      writer.flush();
    }
  },
  /** One JSON object per line; null is left out. */
  JSON {
    @Override
    public void write(Dataset<Row> result, PrintStream out) {
      result.toJSON().collectAsList().forEach(out::println);
    }
  };

  private static boolean isFormula(String text) {
    return text != null && !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0;
  }

  /** Writes all rows. */
  public abstract void write(Dataset<Row> result, PrintStream out);

  private static List<String[]> texts(Dataset<Row> result) {
    // Two columns of a query may have one name.
    String[] places =
        IntStream.range(0, result.columns().length).mapToObj(i -> "_" + i).toArray(String[]::new);
    Column[] texts =
        Arrays.stream(places).map(place -> col(place).cast("string")).toArray(Column[]::new);
    return result.toDF(places).select(texts).collectAsList().stream()
        .map(
            row -> {
              String[] values = new String[row.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = row.getString(i);
              }
              return values;
            })
        .toList();
  }

  private static String line(String[] values, int[] widths, StructField[] fields) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      String padding = " ".repeat(widths[i] - values[i].length());
      boolean right = fields[i].dataType() instanceof NumericType;
      line.append(i == 0 ? "" : "  ");
      line.append(right ? padding + values[i] : values[i] + padding);
    }
    return line.toString().stripTrailing();
  }
}
