package renown.night.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.night.ingest.Holders.Holder;
import renown.night.ingest.Statement.Sort;
import renown.tables.AccountHandles;
import renown.tables.Accounts;
import renown.tables.Interactions;
import scala.Tuple2;

/**
 * Puts accounts in the place of handles by which lines name them: those that had the handle at the
 * time, by all lines of the night and of earlier ones that show an account and its handle together.
 *
 * <p>A handle with which nobody was seen yet stands for an account of its own, whose id is
 * {@code @} and the handle. What others do to it goes to the right account once that is seen, if
 * that is within {@code ingest.waiting-days} nights.
 */
final class HandleHistory {
  /** What the id of an account begins with that is known by its handle alone. */
  static final String NAMED = "@";

  private final Lake lake;
  private final JavaSparkContext context;
  private final int today;
  private final Set<String> networks;
  private JavaRDD<Group> groups;

  /**
   * @param networks whose dumps name accounts
   */
  HandleHistory(Night night, Set<String> networks) {
    this.lake = night.lake();
    this.context = new JavaSparkContext(night.spark().sparkContext());
    this.today = Math.toIntExact(night.date().toEpochDay());
    this.networks = new HashSet<>(networks);
  }

  /** A block that names an account. */
  private record Asking(int partition, int block) implements Serializable {}

  /** What is known of one handle of a network, before the night and with it. */
  private record Group(String name, Holders known, Holders tonight, List<Asking> asking)
      implements Serializable {
    Holders all() {
      return Holders.of(known.joined(tonight));
    }
  }

  private record Answer(int block, String name, Holders holders) implements Serializable {}

  /** An account that was known by its handle alone, and who turned out to have had that. */
  record Late(long key, Holders holders) implements Serializable {}

  /** Whether no network of the night names accounts. */
  boolean isEmpty() {
    return networks.isEmpty();
  }

  /** The blocks with accounts in place of handles; to be persisted by the caller. */
  JavaRDD<ParsedBlock> resolved(JavaRDD<ParsedBlock> parsed) {
    Set<String> wanted = networks;
    int partitions = Math.max(1, parsed.getNumPartitions());
    JavaPairRDD<String, Holder> tonight =
        parsed.flatMapToPair(block -> pairs(block.holders(wanted)));
    JavaPairRDD<String, Asking> asking =
        parsed.flatMapToPair(
            block ->
                block.named(wanted).stream()
                    .map(name -> new Tuple2<>(name, new Asking(block.partition, block.number)))
                    .iterator());
    groups =
        known()
            .cogroup(tonight, asking, new HashPartitioner(partitions))
            .map(
                one ->
                    new Group(
                        one._1(),
                        Holders.of(one._2()._1()),
                        Holders.of(one._2()._2()),
                        list(one._2()._3())))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    JavaRDD<Answer> answers =
        groups
            .flatMapToPair(
                group -> {
                  List<Tuple2<Integer, Answer>> sent = new ArrayList<>();
                  Holders all = group.all();
                  for (Asking one : all.isEmpty() ? List.<Asking>of() : group.asking) {
                    sent.add(new Tuple2<>(one.partition, new Answer(one.block, group.name, all)));
                  }
                  return sent.iterator();
                })
            .partitionBy(new HashPartitioner(partitions))
            .values();
    return parsed.zipPartitions(
        answers,
        (blocks, all) -> {
          Map<Integer, Map<String, Holders>> byBlock = new HashMap<>();
          all.forEachRemaining(
              one ->
                  byBlock
                      .computeIfAbsent(one.block, any -> new HashMap<>())
                      .put(one.name, one.holders));
          List<ParsedBlock> resolved = new ArrayList<>();
          blocks.forEachRemaining(
              block -> {
                Map<String, Holders> holders = byBlock.get(block.number);
                resolved.add(holders == null ? block : block.resolved(holders));
              });
          return resolved.iterator();
        });
  }

  private static Iterator<Tuple2<String, Holder>> pairs(Map<String, List<Holder>> holders) {
    List<Tuple2<String, Holder>> pairs = new ArrayList<>();
    holders.forEach((name, all) -> all.forEach(one -> pairs.add(new Tuple2<>(name, one))));
    return pairs.iterator();
  }

  private static <T> List<T> list(Iterable<T> each) {
    List<T> list = new ArrayList<>();
    each.forEach(list::add);
    return list;
  }

  /** What earlier nights told, by network and handle. */
  private JavaPairRDD<String, Holder> known() {
    List<TableFiles> files = lake.files(AccountHandles.TABLE).each();
    return context
        .parallelize(files, Math.max(1, files.size()))
        .flatMapToPair(
            file -> {
              List<Tuple2<String, Holder>> known = new ArrayList<>();
              ColumnRows rows = file.read(AccountHandles.TABLE.columns());
              for (int i = 0; i < rows.size(); i++) {
                known.add(
                    new Tuple2<>(
                        KeyBucket.name(
                            rows.texts(AccountHandles.NETWORK).get(i),
                            rows.texts(AccountHandles.HANDLE).get(i)),
                        new Holder(
                            rows.texts(AccountHandles.ACCOUNT_ID).get(i),
                            rows.longs(AccountHandles.FIRST_SEEN_AT).get(i),
                            rows.longs(AccountHandles.LAST_SEEN_AT).get(i))));
              }
              return known.iterator();
            });
  }

  /** Stores what the night tells; after {@link #resolved}. */
  void write() {
    TableFileWriter writer = lake.writer(AccountHandles.TABLE);
    int night = today;
    List<DataFile> files =
        groups
            .mapPartitions(
                each -> {
                  TreeMap<String, List<Holder>> news = new TreeMap<>(Statements::compare);
                  each.forEachRemaining(
                      group -> news.put(group.name, group.tonight.news(group.known)));
                  TableRows rows = new TableRows();
                  news.forEach(
                      (name, holders) -> {
                        int end = name.indexOf('\n');
                        for (Holder one : holders) {
                          rows.add(
                              AccountHandles.TABLE,
                              name.substring(0, end),
                              name.substring(end + 1),
                              one.id(),
                              one.first(),
                              one.last(),
                              night);
                        }
                      });
                  return rows.of(AccountHandles.TABLE).isEmpty()
                      ? List.<DataFile>of().iterator()
                      : writer.write(rows.columns(AccountHandles.TABLE)).iterator();
                })
            .collect();
    lake.append(AccountHandles.TABLE, files);
  }

  /**
   * The accounts known by their handle alone that tonight are found to be others. Before the
   * night's accounts are written.
   */
  List<Late> late() {
    List<TableFiles> files = lake.files(Accounts.TABLE).each();
    if (files.isEmpty()) {
      return List.of();
    }
    Set<String> wanted = networks;
    JavaPairRDD<String, Long> named =
        context
            .parallelize(files, files.size())
            .flatMapToPair(
                file -> {
                  List<Tuple2<String, Long>> found = new ArrayList<>();
                  ColumnRows rows =
                      file.read(Accounts.NETWORK, Accounts.ACCOUNT_ID, Accounts.ACCOUNT_KEY);
                  for (int i = 0; i < rows.size(); i++) {
                    String network = rows.texts(Accounts.NETWORK).get(i);
                    String id = rows.texts(Accounts.ACCOUNT_ID).get(i);
                    if (id.startsWith(NAMED) && wanted.contains(network)) {
                      found.add(
                          new Tuple2<>(
                              KeyBucket.name(network, id.substring(NAMED.length())),
                              rows.longs(Accounts.ACCOUNT_KEY).get(i)));
                    }
                  }
                  return found.iterator();
                });
    return groups
        .filter(group -> group.known.isEmpty() && !group.tonight.isEmpty())
        .mapToPair(group -> new Tuple2<>(group.name, group.tonight))
        .join(named)
        .values()
        .map(pair -> new Late(pair._2(), pair._1()))
        .collect();
  }

  void unpersist() {
    if (groups != null) {
      groups.unpersist(false);
    }
  }

  /**
   * Acts of earlier nights towards accounts that were known by their handle alone.
   *
   * @param late who they are; not empty
   * @param nights how many nights to look back
   * @return those that stand, as statements with the key of the account they were held to be for
   */
  List<Statement> acts(List<Late> late, long nights) {
    Set<Long> keys = new HashSet<>();
    late.forEach(one -> keys.add(one.key));
    List<TableFiles> files =
        lake.files(Interactions.TABLE)
            .within(Interactions.NIGHT, Math.max(Integer.MIN_VALUE, today - nights), today)
            .each();
    List<byte[]> found =
        files.isEmpty()
            ? List.of()
            : context
                .parallelize(files, files.size())
                .map(
                    file -> {
                      List<Statement> some = new ArrayList<>();
                      HeldRows.each(
                          Interactions.TABLE.path(),
                          file,
                          (network, record) -> true,
                          one -> {
                            if (keys.contains(one.target)) {
                              one.sort = Sort.ACT;
                              some.add(one);
                            }
                          });
                      return Statements.block(some);
                    })
                .collect();
    Map<List<Object>, Statement> standing = new HashMap<>();
    for (byte[] block : found) {
      Statements.each(
          block,
          one ->
              standing.merge(
                  List.of(one.network, one.print(), one.verb, one.target, one.happened),
                  one,
                  (a, b) -> {
                    a.change += b.change;
                    return a;
                  }));
    }
    return standing.values().stream().filter(one -> one.change > 0).toList();
  }

  /** The keys of some accounts, by network and id; after the night's accounts are written. */
  static Map<String, Long> keys(Lake lake, JavaSparkContext context, Set<String> names) {
    Map<String, Long> keys = new HashMap<>();
    List<TableFiles> files = lake.files(Accounts.TABLE).each();
    context
        .parallelize(files, Math.max(1, files.size()))
        .flatMap(
            file -> {
              List<Tuple2<String, Long>> found = new ArrayList<>();
              ColumnRows rows =
                  file.read(Accounts.NETWORK, Accounts.ACCOUNT_ID, Accounts.ACCOUNT_KEY);
              for (int i = 0; i < rows.size(); i++) {
                String name =
                    KeyBucket.name(
                        rows.texts(Accounts.NETWORK).get(i),
                        rows.texts(Accounts.ACCOUNT_ID).get(i));
                if (names.contains(name)) {
                  found.add(new Tuple2<>(name, rows.longs(Accounts.ACCOUNT_KEY).get(i)));
                }
              }
              return found.iterator();
            })
        .collect()
        .forEach(pair -> keys.put(pair._1(), pair._2()));
    return keys;
  }
}
