package renown.night.score.accounts;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.StorageLevel;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.tables.EdgeIncrements;
import renown.tables.RecentEdges;
import renown.tables.TableColumn;

/**
 * The edges of all accounts, by ranges of accounts. A single range is walked where it is; of
 * several each is a task's, which reads the files that may hold its edges, merges the night's acts
 * with them and keeps what it made on its disk for the next walk. What an account gets from a walk
 * does not depend on how many ranges there are.
 */
final class EdgeShards implements AutoCloseable {
  private static final List<TableColumn> INCREMENTS =
      List.of(
          EdgeIncrements.SRC_KEY,
          EdgeIncrements.DST_KEY,
          EdgeIncrements.VERB,
          EdgeIncrements.ACT_COUNT,
          EdgeIncrements.DECAYED_UNITS);

  /** So many rows are read at once. */
  static final int ROWS_PER_FILE = 1 << 20;

  /** Files of fewer rows are not worth opening. */
  private static final int LEAST_ROWS_PER_FILE = 1 << 16;

  /**
   * Where the edges of a range lie.
   *
   * @param from the first account
   * @param to one after the last
   * @param increments files that may hold rows of them
   * @param recent files that may hold rows of them
   * @param tonight what the night adds to the edges of the range
   * @param acts the night's reactions of or to accounts of the range
   * @param excluded accounts whose edges do not count
   * @param decay acts per unit at the end of the night, by network
   */
  record Source(
      int from,
      int to,
      TableFiles increments,
      TableFiles recent,
      EdgeRows tonight,
      Acts acts,
      Carried<AccountNumbers> accounts,
      Carried<boolean[]> excluded,
      double[] decay,
      long night)
      implements Serializable {
    EdgeShard load() {
      StandingEdges standing =
          new StandingEdges(rows(excluded.get()), accounts.get(), excluded.get(), decay);
      RecentRows before = new RecentRows(from, to);
      for (TableFiles file : recent.each()) {
        before.add(file.read(RecentEdges.TABLE.columns()), accounts.get());
      }
      return new EdgeShard(standing, new FastEdges(accounts.get(), before, acts, night));
    }

    /** What the edges hold, tonight's included. */
    private EdgeRows rows(boolean[] leftOut) {
      EdgeRows rows = new EdgeRows(from, to);
      rows.addAll(tonight);
      for (TableFiles file : increments.each()) {
        rows.add(file.read(INCREMENTS), accounts.get(), leftOut);
      }
      return rows;
    }

    /**
     * Writes the edges that arrive at accounts of the range anew, those of excluded accounts too.
     *
     * @param moves half-lives by which each network's landmark moves on
     * @param bounds the first account of each range, by which sources are parted as well
     */
    List<DataFile> compacted(TableFileWriter writer, long[] moves, int[] bounds)
        throws IOException {
      EdgeRows rows = rows(null);
      rows.onlyArriving();
      List<DataFile> files = new ArrayList<>();
      int first = 0;
      int parts = Math.min(bounds.length, 1 + rows.size() / LEAST_ROWS_PER_FILE);
      EdgeRows.Sums sums = rows.sums(accounts.get().accounts());
      for (int part = 1; part <= parts; part++) {
        int end =
            part == parts
                ? accounts.get().accounts()
                : bounds[(int) ((long) bounds.length * part / parts)];
        ColumnRows written = Increments.compacted(sums, first, end, accounts.get(), moves, night);
        files.addAll(writer.write(written, ROWS_PER_FILE));
        first = end;
      }
      return files;
    }
  }

  /** The first account of each range. */
  private final int[] bounds;

  private final List<Source> sources;
  private final JavaSparkContext context;

  /** The only one; null where there are several. */
  private EdgeShard only;

  private final JavaRDD<EdgeShard> several;

  /**
   * @param sources of ranges that follow one another, at least one
   * @param context of the tasks; null where there is but one
   */
  EdgeShards(List<Source> sources, JavaSparkContext context) {
    this.bounds = sources.stream().mapToInt(Source::from).toArray();
    this.sources = sources;
    this.context = context;
    this.several =
        context == null
            ? null
            : context
                .parallelize(sources, sources.size())
                .map(Source::load)
                .persist(StorageLevel.DISK_ONLY());
  }

  int count() {
    return bounds.length;
  }

  int from(int shard) {
    return bounds[shard];
  }

  /** One after the last account of a shard. */
  int to(int shard) {
    return sources.get(shard).to();
  }

  /** Something that the walks read, a broadcast where there are tasks. */
  <T> Carried<T> carried(T value) {
    return Carried.of(value, context);
  }

  /** What a walk finds of each range, in their order. */
  <R> List<R> each(Function<EdgeShard, R> walk) throws Exception {
    return context == null ? List.of(walk.call(only())) : several.map(walk).collect();
  }

  /**
   * The same of walks that go by something of the range.
   *
   * @param given for each range
   * @return to be gone through one by one, and closed: not all ranges are held at once
   */
  <G, R> Walked<R> each(List<G> given, Function2<EdgeShard, G, R> walk) throws Exception {
    if (context == null) {
      return new Walked<>(List.of(walk.call(only(), given.get(0))), null);
    }
    JavaRDD<R> walked =
        several
            .zipPartitions(
                context.parallelize(given, given.size()),
                (shards, itsGiven) -> List.of(walk.call(shards.next(), itsGiven.next())).iterator())
            .persist(StorageLevel.DISK_ONLY());
    return new Walked<>(null, walked);
  }

  /** What walks found, range by range. */
  record Walked<R>(List<R> only, JavaRDD<R> several) implements AutoCloseable {
    /** Something of each, in their order. */
    <S> List<S> each(Function<R, S> part) throws Exception {
      return several == null ? List.of(part.call(only.get(0))) : several.map(part).collect();
    }

    Iterator<R> iterator() {
      return several == null ? only.iterator() : several.toLocalIterator();
    }

    @Override
    public void close() {
      if (several != null) {
        several.unpersist(false);
      }
    }
  }

  private EdgeShard only() {
    if (only == null) {
      only = sources.get(0).load();
    }
    return only;
  }

  /** Writes the increments of all edges anew. */
  List<DataFile> compacted(TableFileWriter writer, long[] moves) throws IOException {
    if (context == null) {
      return sources.get(0).compacted(writer, moves, bounds);
    }
    int[] first = bounds;
    return context
        .parallelize(sources, sources.size())
        .flatMap(source -> source.compacted(writer, moves, first).iterator())
        .collect();
  }

  /** Writes the recent sums of all edges anew. */
  List<DataFile> recent(TableFileWriter writer, Carried<AccountNumbers> accounts, long night)
      throws Exception {
    List<DataFile> files = new ArrayList<>();
    each(shard ->
            new ArrayList<>(
                writer.write(
                    FastEdges.Written.rows(List.of(shard.fast().all()), accounts.get(), night),
                    ROWS_PER_FILE)))
        .forEach(files::addAll);
    return files;
  }

  @Override
  public void close() {
    if (several != null) {
      several.unpersist(false);
    }
  }

  /**
   * Ranges of accounts of about the same weight.
   *
   * @param weights of the accounts, 0 or more
   * @return the first account of each, rising from 0; at most as many as wanted
   */
  static int[] ranges(int[] weights, int wanted) {
    long all = 0;
    for (int weight : weights) {
      all += weight + 1L;
    }
    List<Integer> bounds = new ArrayList<>(List.of(0));
    long before = 0;
    for (int account = 0; account < weights.length; account++) {
      if (before * wanted >= all * bounds.size()) {
        bounds.add(account);
      }
      before += weights[account] + 1L;
    }
    return bounds.stream().mapToInt(bound -> bound).toArray();
  }
}
