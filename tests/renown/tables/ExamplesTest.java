package renown.tables;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import renown.lake.Lake;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

/**
 * The data dictionary's examples: one for each column, of its type and within its rule. Missing
 * ones are taken from lakes of generated societies: {@code mvn -B test
 * -Dtest=ExamplesTest,DictionaryTest -Drenown.regenerate=true -Drenown.lakes=ROOT[,ROOT]...}, where
 * a ROOT of {@code small} is the lake of {@link SmallLake}. Examples that stand are kept; delete
 * their lines to have them anew.
 */
class ExamplesTest extends SparkTest {
  private static final Path FILE = Path.of("jobs/renown/tables/examples.tsv");
  private static final int LONGEST = 80;
  private static final String CUT = "…";

  /** By {@link Dictionary#place}. */
  static Map<String, String> examples() throws Exception {
    Map<String, String> examples = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      String[] parts = line.split("\t", 2);
      examples.put(parts[0], parts[1]);
    }
    return examples;
  }

  @Test
  void everyColumnHasAnExampleAndNothingElseHas() throws Exception {
    if (Boolean.getBoolean("renown.regenerate") && System.getProperty("renown.lakes") != null) {
      complete(System.getProperty("renown.lakes").split(","));
    }
    List<String> places = new ArrayList<>();
    for (TableSchema table : Tables.ALL) {
      table.columns().forEach(column -> places.add(Dictionary.place(table, column)));
    }
    assertThat(examples().keySet())
        .as("Lines of %s; this class says how to complete them", FILE)
        .containsExactlyElementsOf(places);
  }

  @Test
  void examplesAreOfTheirTypeAndWithinTheirRule() throws Exception {
    Map<String, String> examples = examples();
    List<String> wrong = new ArrayList<>();
    for (TableSchema table : Tables.ALL) {
      StructType texts = new StructType();
      List<Object> values = new ArrayList<>();
      List<String> checks = new ArrayList<>();
      for (renown.tables.TableColumn column : table.columns()) {
        texts = texts.add(column.name(), DataTypes.StringType);
        values.add(examples.get(Dictionary.place(table, column)));
      }
      Dataset<Row> said =
          spark().createDataFrame(List.of(RowFactory.create(values.toArray())), texts);
      Dataset<Row> typed =
          said.select(
              table.columns().stream()
                  .map(column -> typed(column).as(column.name()))
                  .toArray(Column[]::new));
      for (renown.tables.TableColumn column : table.columns()) {
        String rule = column.rule() == null ? "true" : column.rule();
        checks.add(
            "coalesce(%s IS NOT NULL AND (%s), false) AS %s"
                .formatted(column.name(), rule, column.name()));
      }
      Row fine = typed.selectExpr(checks.toArray(new String[0])).head();
      for (renown.tables.TableColumn column : table.columns()) {
        if (!fine.<Boolean>getAs(column.name())) {
          wrong.add(Dictionary.place(table, column));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** An example as a value of its column; null where it is none. */
  private static Column typed(renown.tables.TableColumn column) {
    DataType type = column.type();
    if (type instanceof BinaryType) {
      return expr("try_to_binary(rtrim('" + CUT + "', " + column.name() + "), 'hex')");
    }
    if (type instanceof StringType) {
      return col(column.name());
    }
    if (type instanceof ArrayType || type instanceof StructType) {
      return expr("from_json(%s, '%s')".formatted(column.name(), type.sql()));
    }
    return expr("try_cast(%s AS %s)".formatted(column.name(), type.sql()));
  }

  // ---- Completing them

  private static void complete(String... roots) throws Exception {
    Map<String, String> held = Files.exists(FILE) ? examples() : Map.of();
    StringBuilder lines = new StringBuilder();
    for (TableSchema table : Tables.ALL) {
      Map<String, String> found = new LinkedHashMap<>();
      for (String root : roots) {
        Lake lake = root.equals("small") ? SmallLake.lake() : new Lake(spark(), root);
        List<renown.tables.TableColumn> missing =
            table.columns().stream()
                .filter(column -> !held.containsKey(Dictionary.place(table, column)))
                .filter(column -> !found.containsKey(column.name()))
                .toList();
        if (!missing.isEmpty() && lake.has(table)) {
          find(lake.read(table), table, missing, found);
        }
      }
      for (renown.tables.TableColumn column : table.columns()) {
        String place = Dictionary.place(table, column);
        String example = held.getOrDefault(place, found.get(column.name()));
        if (example != null) {
          lines.append(place).append('\t').append(example).append('\n');
        }
      }
    }
    Files.writeString(FILE, lines.toString());
  }

  /** Of the row that says most, the first by key; what it leaves out, of any row. */
  private static void find(
      Dataset<Row> rows,
      TableSchema table,
      List<renown.tables.TableColumn> missing,
      Map<String, String> found) {
    String said =
        table.columns().stream()
            .map(column -> "int(" + column.name() + " IS NOT NULL)")
            .collect(joining(" + "));
    Column[] keys = table.key().stream().map(renown.tables.TableColumn::col).toArray(Column[]::new);
    Dataset<Row> byFulness =
        rows.withColumn("said_count", expr(said))
            .orderBy(
                Stream.concat(Stream.of(col("said_count").desc()), Arrays.stream(keys))
                    .toArray(Column[]::new));
    take(byFulness, missing, found);
    for (renown.tables.TableColumn column : missing) {
      if (!found.containsKey(column.name())) {
        take(rows.where(column.col().isNotNull()).orderBy(keys), List.of(column), found);
      }
    }
  }

  private static void take(
      Dataset<Row> ordered, List<renown.tables.TableColumn> wanted, Map<String, String> found) {
    List<Row> first =
        ordered
            .select(
                wanted.stream()
                    .map(column -> shown(column).as(column.name()))
                    .toArray(Column[]::new))
            .takeAsList(1);
    for (renown.tables.TableColumn column : wanted) {
      String value = first.isEmpty() ? null : first.get(0).getAs(column.name());
      if (value != null && !value.isEmpty() && !value.equals("[]")) {
        found.putIfAbsent(column.name(), shortened(column, value));
      }
    }
  }

  private static Column shown(renown.tables.TableColumn column) {
    DataType type = column.type();
    if (type instanceof BinaryType) {
      return hex(substring(column.col(), 1, 8));
    }
    if (type instanceof ArrayType) {
      return to_json(slice(column.col(), 1, 2));
    }
    return type instanceof StructType ? to_json(column.col()) : column.col().cast("string");
  }

  private static String shortened(renown.tables.TableColumn column, String value) {
    if (column.type().equals(DataTypes.DoubleType)) {
      return new BigDecimal(value).round(new MathContext(4)).toString();
    }
    if (column.type() instanceof BinaryType) {
      return value + CUT;
    }
    boolean isLong = column.type() instanceof StringType && value.length() > LONGEST;
    String shown = isLong ? value.substring(0, LONGEST) + CUT : value;
    return shown.replace('\t', ' ').replace('\n', ' ');
  }
}
