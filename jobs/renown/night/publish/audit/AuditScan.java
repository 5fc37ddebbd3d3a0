package renown.night.publish.audit;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.types.StringType;
import renown.kernels.keys.KeyPrints;
import renown.kernels.keys.KeySets;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.tables.AccountState;
import renown.tables.Exclusions;
import renown.tables.MartAccountScores;
import renown.tables.MartAccountScoresLatest;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import scala.Tuple2;

/**
 * Whether keys are unique is told by those who wrote the files of a table: each has counted, in
 * what it had in its hands, how many rows repeat a key. Only where it was not told, where a file
 * repeats one, or where two may hold the same, keys are read, beside those that the audit compares
 * between tables, as an eye of its own on what is about to be published: all in one Spark job, a
 * task per file turns keys into fingerprints, dealt out by their hash; whoever gets a share of a
 * table compares them.
 */
final class AuditScan {
  /** Keys of a table that one task compares. */
  private static final long KEYS_PER_SHARE = 4_000_000;

  /** Rows that are worth a task of their own. */
  private static final long ROWS_PER_TASK = 100_000;

  /** Shares of one table have numbers below this. */
  private static final int MOST_SHARES = 1 << 20;

  /** Where a night is not asked for. */
  private static final long ANY_NIGHT = Long.MIN_VALUE;

  private enum Use {
    UNIQUE_KEY,
    SCORED,
    LATEST,
    EXCLUDED,
    RANK
  }

  /** One file, for one use. */
  private record Part(
      Use use, int group, int shares, TableFiles file, List<TableColumn> columns, long night)
      implements Serializable {}

  /** What a file has for a share: keys or their fingerprints, or sums by network. */
  private static final class Found implements Serializable {
    private static final long serialVersionUID = 1;

    private final Use use;
    private final long[] high;
    private final long[] low;
    private final HashMap<String, Double> sums;

    Found(Use use, long[] high, long[] low, HashMap<String, Double> sums) {
      this.use = use;
      this.high = high;
      this.low = low;
      this.sums = sums;
    }
  }

  /** What is wrong in a share, or sums by network. */
  private static final class Judged implements Serializable {
    private static final long serialVersionUID = 1;

    private int repeatedIn = -1;
    private long[] excluded = {};
    private long[] lacking = {};
    private HashMap<String, Double> sums = new HashMap<>();
  }

  private final TreeSet<Integer> repeatedIn = new TreeSet<>();
  private final List<Long> excluded = new ArrayList<>();
  private final List<Long> lacking = new ArrayList<>();
  private final TreeMap<String, Double> rankSums = new TreeMap<>();

  private AuditScan() {}

  /**
   * Scans what a night is about to publish.
   *
   * @param published tables whose keys are to be unique: of those with nights tonight's rows
   */
  static AuditScan of(Lake lake, LocalDate night, List<TableSchema> published) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < published.size(); i++) {
      TableSchema table = published.get(i);
      add(parts, Use.UNIQUE_KEY, i, lake, table, table.key(), night);
    }
    int accounts = published.size();
    List<TableColumn> key = List.of(MartAccountScores.ACCOUNT_KEY);
    add(parts, Use.SCORED, accounts, lake, MartAccountScores.TABLE, key, night);
    key = List.of(MartAccountScoresLatest.ACCOUNT_KEY);
    add(parts, Use.LATEST, accounts, lake, MartAccountScoresLatest.TABLE, key, null);
    key = List.of(Exclusions.ACCOUNT_KEY);
    add(parts, Use.EXCLUDED, accounts, lake, Exclusions.TABLE, key, null);
    List<TableColumn> rank = List.of(AccountState.NETWORK, AccountState.RANK_SHARE);
    add(parts, Use.RANK, accounts + 1, lake, AccountState.TABLE, rank, null);
    AuditScan scan = new AuditScan();
    if (!parts.isEmpty()) {
      JavaSparkContext spark = new JavaSparkContext(lake.spark().sparkContext());
      long rows = parts.stream().mapToLong(part -> part.file.rowCount()).sum();
      int tasks =
          (int) Math.min(parts.size(), Math.max(spark.defaultParallelism(), rows / ROWS_PER_TASK));
      int shares = parts.stream().mapToInt(Part::shares).max().orElseThrow();
      spark
          .parallelize(parts, tasks)
          .flatMapToPair(part -> read(part).iterator())
          .groupByKey(Math.max(spark.defaultParallelism(), shares))
          .map(share -> judged(share._1, share._2))
          .collect()
          .forEach(scan::take);
    }
    return scan;
  }

  /**
   * @param night whose rows count, in a table that has nights; null for all rows
   */
  private static void add(
      List<Part> parts,
      Use use,
      int group,
      Lake lake,
      TableSchema table,
      List<TableColumn> columns,
      LocalDate night) {
    TableFiles files = lake.files(table);
    long wanted = ANY_NIGHT;
    for (TableColumn column : table.columns()) {
      if (night != null && column.name().equals("night")) {
        wanted = night.toEpochDay();
        files = files.holding(column, wanted);
      }
    }
    if (use == Use.UNIQUE_KEY && files.areKeysUnique(columns)) {
      return;
    }
    int shares = (int) Math.min(MOST_SHARES, 1 + files.rowCount() / KEYS_PER_SHARE);
    for (TableFiles file : files.each()) {
      parts.add(new Part(use, group, shares, file, new ArrayList<>(columns), wanted));
    }
  }

  private static List<Tuple2<Long, Found>> read(Part part) {
    List<TableColumn> columns = new ArrayList<>(part.columns);
    TableColumn night = TableColumn.date("night", "");
    if (part.night != ANY_NIGHT && columns.stream().noneMatch(c -> c.name().equals("night"))) {
      columns.add(night);
    }
    ColumnRows all = part.file.read(columns);
    ColumnRows rows = part.use == Use.RANK ? all.having(AccountState.RANK_SHARE) : all;
    int[] kept =
        IntStream.range(0, rows.size())
            .filter(i -> part.night == ANY_NIGHT || rows.longs(night).get(i) == part.night)
            .toArray();
    if (part.use == Use.RANK) {
      HashMap<String, Double> sums = new HashMap<>();
      for (int row : kept) {
        sums.merge(
            rows.texts(AccountState.NETWORK).get(row),
            rows.doubles(AccountState.RANK_SHARE).get(row),
            Double::sum);
      }
      return List.of(share(part, 0, new Found(part.use, null, null, sums)));
    }
    KeyPrints prints = prints(part, rows, kept);
    long[] keys = part.use == Use.UNIQUE_KEY ? prints.high() : keys(part, rows, kept);
    List<Tuple2<Long, Found>> found = new ArrayList<>();
    for (int share = 0; share < part.shares; share++) {
      int ours = share;
      int[] places =
          IntStream.range(0, kept.length)
              .filter(i -> Math.floorMod(prints.high()[i], part.shares) == ours)
              .toArray();
      if (places.length > 0) {
        found.add(
            share(
                part,
                share,
                new Found(part.use, at(keys, places), at(prints.low(), places), null)));
      }
    }
    return found;
  }

  private static Tuple2<Long, Found> share(Part part, int share, Found found) {
    return new Tuple2<>((long) part.group * MOST_SHARES + share, found);
  }

  private static KeyPrints prints(Part part, ColumnRows rows, int[] kept) {
    KeyPrints prints = new KeyPrints(kept.length);
    for (TableColumn column : part.columns) {
      for (int i = 0; i < kept.length; i++) {
        if (column.type() instanceof StringType) {
          prints.add(i, rows.texts(column).get(kept[i]));
        } else if (rows.longs(column).isNull(kept[i])) {
          prints.addNull(i);
        } else {
          prints.add(i, rows.longs(column).get(kept[i]));
        }
      }
    }
    return prints;
  }

  private static long[] keys(Part part, ColumnRows rows, int[] kept) {
    return at(rows.longs(part.columns.get(0)).toArray(), kept);
  }

  private static long[] at(long[] values, int[] places) {
    return Arrays.stream(places).mapToLong(place -> values[place]).toArray();
  }

  private static Judged judged(long share, Iterable<Found> all) {
    Judged judged = new Judged();
    Map<Use, List<Found>> byUse = new HashMap<>();
    all.forEach(one -> byUse.computeIfAbsent(one.use, use -> new ArrayList<>()).add(one));
    for (Found one : byUse.getOrDefault(Use.RANK, List.of())) {
      one.sums.forEach((network, sum) -> judged.sums.merge(network, sum, Double::sum));
    }
    List<Found> keys = byUse.getOrDefault(Use.UNIQUE_KEY, List.of());
    if (KeyPrints.repeated(joined(keys, true), joined(keys, false)) > 0) {
      judged.repeatedIn = (int) (share / MOST_SHARES);
    }
    long[] scored = accounts(byUse, Use.SCORED);
    judged.excluded = KeySets.inBoth(scored, accounts(byUse, Use.EXCLUDED));
    judged.lacking = KeySets.onlyIn(scored, accounts(byUse, Use.LATEST));
    return judged;
  }

  private static long[] accounts(Map<Use, List<Found>> byUse, Use use) {
    return KeySets.of(joined(byUse.getOrDefault(use, List.of()), true));
  }

  private static long[] joined(List<Found> all, boolean isHigh) {
    return all.stream().flatMapToLong(one -> Arrays.stream(isHigh ? one.high : one.low)).toArray();
  }

  private void take(Judged judged) {
    if (judged.repeatedIn >= 0) {
      repeatedIn.add(judged.repeatedIn);
    }
    Arrays.stream(judged.excluded).forEach(excluded::add);
    Arrays.stream(judged.lacking).forEach(lacking::add);
    judged.sums.forEach((network, sum) -> rankSums.merge(network, sum, Double::sum));
  }

  /** Which of the tables, by place, have a key more than once. */
  TreeSet<Integer> repeatedIn() {
    return repeatedIn;
  }

  /** Keys of excluded accounts with a score. */
  List<Long> excluded() {
    return excluded.stream().sorted().toList();
  }

  /** Keys of accounts with a score that the latest scores lack. */
  List<Long> lacking() {
    return lacking.stream().sorted().toList();
  }

  /** The sum of ranks by network. */
  Map<String, Double> rankSums() {
    return rankSums;
  }
}
