package renown.night.topics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/**
 * What was read of the dumps, for the tasks that look at it: each reads the rows itself, by column,
 * when it asks for them, without a query and without a shuffle.
 */
final class CoreColumns {
  /**
   * Where rows lie.
   *
   * @param night the column that tells a row's night; null where all rows are wanted
   * @param day the night whose rows are wanted, days since 1970
   */
  private record Input(
      TableFiles files, TableColumn night, long day, ArrayList<TableColumn> columns)
      implements Serializable {
    List<ColumnRows> read() {
      List<ColumnRows> parts = new ArrayList<>();
      for (TableFiles file : files.each()) {
        if (night == null) {
          parts.add(file.read(columns));
          continue;
        }
        LinkedHashSet<TableColumn> withNight = new LinkedHashSet<>(columns);
        withNight.add(night);
        ColumnRows rows = file.read(List.copyOf(withNight));
        ColumnRows wanted = new ColumnRows(columns);
        ColumnRows.Longs nights = rows.longs(night);
        for (int row = 0; row < nights.size(); row++) {
          if (nights.get(row) == day) {
            wanted.addRow(rows, row);
          }
        }
        parts.add(wanted);
      }
      return parts;
    }
  }

  /** The rows that a task sees; of all networks. */
  static final class Seen {
    private final Map<String, Input> inputs;
    private final Map<String, List<ColumnRows>> rows = new HashMap<>();

    private Seen(Map<String, Input> inputs) {
      this.inputs = inputs;
    }

    /** No rows yet. */
    Seen() {
      this(Map.of());
    }

    void add(TableSchema table, ColumnRows part) {
      rows.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(part);
    }

    /** The rows of a table, part by part. */
    List<ColumnRows> of(TableSchema table) {
      return rows.computeIfAbsent(
          table.name(), name -> inputs.containsKey(name) ? inputs.get(name).read() : List.of());
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

  private final Night night;
  private final HashMap<String, Input> inputs = new HashMap<>();

  CoreColumns(Night night) {
    this.night = night;
  }

  /** Adds all rows of a table. */
  CoreColumns with(TableSchema table, TableColumn... columns) {
    inputs.put(table.name(), new Input(night.lake().files(table), null, 0, wanted(columns)));
    return this;
  }

  /** Adds the rows that tonight brought. */
  CoreColumns withTonight(TableSchema table, TableColumn nightColumn, TableColumn... columns) {
    long day = night.date().toEpochDay();
    inputs.put(
        table.name(),
        new Input(
            night.lake().files(table).within(nightColumn, day, day),
            nightColumn,
            day,
            wanted(columns)));
    return this;
  }

  private static ArrayList<TableColumn> wanted(TableColumn... columns) {
    return new ArrayList<>(Arrays.asList(columns));
  }

  /** Runs a task for each shard, in one job, and gives back what they tell, in their order. */
  <S, R> List<R> inTasks(List<S> shards, Task<S, R> task) {
    if (shards.isEmpty()) {
      return List.of();
    }
    HashMap<String, Input> read = inputs;
    return JavaSparkContext.fromSparkContext(night.spark().sparkContext())
        .parallelize(shards, shards.size())
        .map(shard -> task.run(shard, new Seen(read)))
        .collect();
  }
}
