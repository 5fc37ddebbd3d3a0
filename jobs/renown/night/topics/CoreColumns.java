package renown.night.topics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import renown.kernels.topics.PairWeights;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.lake.TableReader;
import renown.night.Night;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import scala.Tuple2;

/**
 * What was read of the dumps, for the tasks that look at it: each reads the rows itself, by column,
 * when it asks for them, without a query and without a shuffle.
 */
final class CoreColumns {
  /**
   * Where rows lie.
   *
   * @param network the column that tells a row's network
   * @param night the column that tells a row's night; null where those of all nights are wanted
   * @param day the night whose rows are wanted, days since 1970
   */
  private record Input(
      TableFiles files,
      TableColumn network,
      TableColumn night,
      long day,
      ArrayList<TableColumn> columns)
      implements Serializable {
    /**
     * @param wanted the network whose rows are wanted; null for all
     */
    List<ColumnRows> read(String wanted) {
      List<TableColumn> keys = new ArrayList<>();
      if (wanted != null && network != null) {
        keys.add(network);
      }
      if (night != null) {
        keys.add(night);
      }
      TableFiles held = keys.contains(network) ? files.holding(network, wanted) : files;
      TableReader.Wanted isWanted =
          (rows, row) ->
              (!keys.contains(network) || wanted.equals(rows.texts(network).get(row)))
                  && (night == null || rows.longs(night).get(row) == day);
      return held.each().stream()
          .map(
              file ->
                  keys.isEmpty()
                      ? file.read(columns)
                      : file.readWhere(isWanted, keys, columns.toArray(TableColumn[]::new)))
          .toList();
    }
  }

  /** The rows that a task sees: of its network, or of all. */
  static final class Seen {
    private final Map<String, Input> inputs;
    private final String network;
    private final Map<String, List<ColumnRows>> rows = new HashMap<>();

    private Seen(Map<String, Input> inputs, String network) {
      this.inputs = inputs;
      this.network = network;
    }

    /** No rows yet. */
    Seen() {
      this(Map.of(), null);
    }

    void add(TableSchema table, ColumnRows part) {
      rows.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(part);
    }

    /** The rows of a table, part by part. */
    List<ColumnRows> of(TableSchema table) {
      return rows.computeIfAbsent(
          table.name(),
          name -> inputs.containsKey(name) ? inputs.get(name).read(network) : List.of());
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

    /** The network whose rows a task needs; null where it needs those of all. */
    default String network(S shard) {
      return null;
    }
  }

  /**
   * What several tasks do that each see a part of what the accounts of a network give one another.
   * They tell their parts first, and get back what all of them tell of their pairs.
   */
  interface PairTask<S, R> extends Task<S, R> {
    /** Of a shard among those of its network, which lie side by side: from 0. */
    int number(S shard);

    /** Shards of its network. */
    int count(S shard);

    /** What a shard sees itself. */
    PairWeights given(S shard, Seen rows) throws Exception;

    /**
     * @param given by the pairs that the shard told of, as all shards of the network see it
     */
    R run(S shard, Seen rows, PairWeights given) throws Exception;
  }

  /**
   * Some of the pairs that a shard sees, on their way to where they are summed up.
   *
   * @param shard number among all
   */
  private record Part(int shard, PairWeights pairs) implements Serializable {}

  private final Night night;
  private final HashMap<String, Input> inputs = new HashMap<>();

  CoreColumns(Night night) {
    this.night = night;
  }

  /** Adds all rows of a table. */
  CoreColumns with(TableSchema table, TableColumn... columns) {
    inputs.put(
        table.name(),
        new Input(night.lake().files(table), network(table), null, 0, wanted(columns)));
    return this;
  }

  /** Adds the rows that tonight brought. */
  CoreColumns withTonight(TableSchema table, TableColumn nightColumn, TableColumn... columns) {
    long day = night.date().toEpochDay();
    inputs.put(
        table.name(),
        new Input(
            night.lake().files(table).within(nightColumn, day, day),
            network(table),
            nightColumn,
            day,
            wanted(columns)));
    return this;
  }

  /** Null where a table has no networks. */
  private static TableColumn network(TableSchema table) {
    return table.columns().stream()
        .filter(column -> column.name().equals("network"))
        .findFirst()
        .orElse(null);
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
        .map(shard -> task.run(shard, new Seen(read, task.network(shard))))
        .collect();
  }

  /**
   * Runs a task for each shard, once they have told one another of pairs: two shuffles of what was
   * given by pairs, summed up by hash of the pair. Each shard's rows are read twice, before and
   * after, since keeping them would take the memory that shards are there to save.
   */
  <S, R> List<R> inTasksByPairs(List<S> shards, PairTask<S, R> task) {
    HashMap<String, Input> read = inputs;
    List<Tuple2<Integer, S>> numbered = new ArrayList<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      numbered.add(new Tuple2<>(shard, shards.get(shard)));
    }
    HashPartitioner byNumber = new HashPartitioner(shards.size());
    JavaPairRDD<Integer, S> sent =
        JavaSparkContext.fromSparkContext(night.spark().sparkContext())
            .parallelizePairs(numbered, shards.size());
    JavaPairRDD<Integer, PairWeights> mutual =
        sent.flatMapToPair(
                shard -> {
                  S its = shard._2;
                  int first = shard._1 - task.number(its);
                  PairWeights[] parts =
                      task.given(its, new Seen(read, task.network(its))).parts(task.count(its));
                  List<Tuple2<Integer, Part>> told = new ArrayList<>();
                  for (int part = 0; part < parts.length; part++) {
                    told.add(new Tuple2<>(first + part, new Part(shard._1, parts[part])));
                  }
                  return told.iterator();
                })
            .groupByKey(byNumber)
            .flatMapToPair(
                told -> {
                  List<PairWeights> parts = new ArrayList<>();
                  told._2.forEach(part -> parts.add(part.pairs));
                  PairWeights all = PairWeights.together(parts);
                  List<Tuple2<Integer, PairWeights>> answers = new ArrayList<>();
                  told._2.forEach(
                      part -> answers.add(new Tuple2<>(part.shard, all.mutualOf(part.pairs))));
                  return answers.iterator();
                });
    return sent
        .cogroup(mutual, byNumber)
        .map(
            shard -> {
              S its = shard._2._1.iterator().next();
              List<PairWeights> parts = new ArrayList<>();
              shard._2._2.forEach(parts::add);
              return new Tuple2<>(
                  shard._1,
                  task.run(its, new Seen(read, task.network(its)), PairWeights.together(parts)));
            })
        .collect()
        .stream()
        .sorted(Comparator.comparing(told -> told._1))
        .map(told -> told._2)
        .toList();
  }
}
