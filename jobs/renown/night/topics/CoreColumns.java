package renown.night.topics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import renown.lake.ColumnRows;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * What was read of the dumps, brought by column to the tasks that look at it: the rows are read
 * where they are needed, without a query and without a shuffle. Each task sees all rows, and takes
 * those of its network.
 */
final class CoreColumns {
  /** Rows of one table, as one task read them. */
  private record Part(String table, ColumnRows rows) {}

  /** The rows that a task sees. */
  static final class Seen {
    private final Map<String, List<ColumnRows>> rows = new HashMap<>();

    void add(TableSchema table, ColumnRows part) {
      add(table.name(), part);
    }

    private void add(String table, ColumnRows part) {
      rows.computeIfAbsent(table, name -> new ArrayList<>()).add(part);
    }

    /** The rows of a table, part by part. */
    List<ColumnRows> of(TableSchema table) {
      return rows.getOrDefault(table.name(), List.of());
    }
  }

  /**
   * What a task does.
   *
   * @param <S> what it is sent
   * @param <R> what it tells the driver
   */
  interface Task<S, R> extends Serializable {
    R run(S shard, Seen rows) throws Exception;
  }

  private final JavaSparkContext context;
  private JavaRDD<Part> parts;

  CoreColumns(SparkSession spark) {
    context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    // So that there is a task where no table has rows.
    parts = context.parallelize(List.of(0), 1).map(none -> new Part("", new ColumnRows(List.of())));
  }

  /**
   * Adds rows.
   *
   * @param rows of the table, those that are wanted
   * @param columns that are wanted
   */
  CoreColumns with(TableSchema table, Dataset<Row> rows, TableColumn... columns) {
    String name = table.name();
    ArrayList<TableColumn> wanted = new ArrayList<>(Arrays.asList(columns));
    Dataset<Row> selected =
        rows.select(wanted.stream().map(TableColumn::col).toArray(Column[]::new));
    parts =
        parts.union(
            ((org.apache.spark.sql.classic.Dataset<Row>) selected)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(read -> List.of(new Part(name, byColumn(read, wanted))).iterator()));
    return this;
  }

  /** Runs a task for each shard, in one job, and gives back what they tell, in their order. */
  <S, R> List<R> inTasks(List<S> shards, Task<S, R> task) {
    if (shards.isEmpty()) {
      return List.of();
    }
    return context
        .parallelize(shards, shards.size())
        .cartesian(parts.coalesce(1))
        .mapPartitions(
            pairs -> {
              S shard = null;
              Seen seen = new Seen();
              while (pairs.hasNext()) {
                var pair = pairs.next();
                shard = pair._1();
                seen.add(pair._2().table, pair._2().rows);
              }
              return List.of(task.run(shard, seen)).iterator();
            })
        .collect();
  }

  private static ColumnRows byColumn(Iterator<InternalRow> read, List<TableColumn> columns) {
    ColumnRows rows = new ColumnRows(columns);
    while (read.hasNext()) {
      InternalRow row = read.next();
      for (int i = 0; i < columns.size(); i++) {
        add(row, i, columns.get(i), rows);
      }
    }
    return rows;
  }

  private static void add(InternalRow row, int place, TableColumn column, ColumnRows rows) {
    DataType type = column.type();
    boolean isNull = row.isNullAt(place);
    if (type instanceof StringType) {
      rows.texts(column).add(isNull ? null : row.getUTF8String(place).toString());
    } else if (type instanceof ArrayType) {
      rows.lists(column).add(isNull ? null : texts(row.getArray(place)));
    } else if (isNull) {
      rows.longs(column).addNull();
    } else if (type instanceof BooleanType) {
      rows.longs(column).add(row.getBoolean(place));
    } else if (type instanceof DateType) {
      rows.longs(column).add(row.getInt(place));
    } else {
      rows.longs(column).add(row.getLong(place));
    }
  }

  private static String[] texts(ArrayData values) {
    String[] texts = new String[values.numElements()];
    for (int i = 0; i < texts.length; i++) {
      UTF8String text = values.getUTF8String(i);
      texts[i] = text.toString();
    }
    return texts;
  }
}
