package renown.night.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.storage.StorageLevel;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.PublishedNights;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.night.Night;
import renown.night.ingest.Statement.Sort;
import renown.run.Together;
import renown.tables.AccountLists;
import renown.tables.AccountMoves;
import renown.tables.Accounts;
import renown.tables.DeletedPosts;
import renown.tables.Deletions;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.WaitingInteractions;
import scala.Tuple2;

/**
 * Merges a night's statements into the core tables, without a query: blocks of statements go to the
 * shards of their records, which write Parquet files, and one commit per table names them. Of the
 * history only the days of the night's records are read.
 *
 * <p>Shards only divide the work: the rows are the same for any number of them.
 */
final class CoreTables {
  /** With less it is not worth to divide them. */
  private static final long LEAST_SHARD_BYTES = 4L << 20;

  /** Names of what is computed, for Spark's page and for who measures. */
  private static final String KEYS = "keys";

  private static final String ROUTE = "route";
  private static final String WRITE = "write";

  private final Lake lake;
  private final Night night;
  private final JavaSparkContext context;
  private final JavaRDD<ParsedBlock> parsed;
  private final HandleHistory handles;
  private final Told told;
  private final int today;
  private final int shards;
  private final long textDays;
  private final long waitingDays;
  private final Counts ignored = new Counts();
  private final List<JavaRDD<?>> persisted = new ArrayList<>();
  private final Map<TableSchema, List<DataFile>> added = new ConcurrentHashMap<>();

  private JavaRDD<KeyBucket.Result> keys;
  private TreeMap<String, long[]> firstKeys;
  private JavaRDD<KeyBucket.Answer> answers;

  /** Accounts that were known by their handle alone until now. */
  private List<HandleHistory.Late> late = List.of();

  /** Files that take back what was done to those. */
  private final List<Written> takenBack = new ArrayList<>();

  /**
   * @param parsed persisted
   * @param handles by which accounts were put in their place
   * @param told of all blocks together
   * @param shardBytes bytes of statements that a shard is to have at most
   * @param textDays nights for which texts are kept
   * @param waitingDays nights for which acts wait for the post that they name
   */
  CoreTables(
      Night night,
      JavaRDD<ParsedBlock> parsed,
      HandleHistory handles,
      Told told,
      long shardBytes,
      long textDays,
      long waitingDays) {
    this.lake = night.lake();
    this.night = night;
    this.context = new JavaSparkContext(night.spark().sparkContext());
    this.parsed = parsed;
    this.handles = handles;
    this.told = told;
    this.today = Math.toIntExact(night.date().toEpochDay());
    this.shards = shards(told.bytes, shardBytes, context.defaultParallelism());
    this.textDays = textDays;
    this.waitingDays = waitingDays;
  }

  /** One for a small night, else one for each core at least. */
  private static int shards(long bytes, long shardBytes, int parallelism) {
    long forCores = Math.min(parallelism, bytes / Math.min(LEAST_SHARD_BYTES, shardBytes));
    return Math.toIntExact(Math.max(1, Math.max(forCores, (bytes - 1) / shardBytes + 1)));
  }

  /**
   * Writes all of them.
   *
   * @param erasedKeys for each network, the highest key that an erased account had: it is never
   *     given again
   * @param optOuts accounts that asked not to be scored, as in {@link Consent#exclusions}
   * @param tags by which profiles ask for the same
   * @return what was left out by rule, duplicates included
   */
  Counts write(Map<String, Long> erasedKeys, Set<String> optOuts, Consent.Tags tags)
      throws Exception {
    try {
      assignKeys(erasedKeys);
      Waiting waiting = waiting();
      if (!handles.isEmpty()) {
        late = handles.late();
        handles.write();
      }
      if (late.isEmpty() && told.addressed.isEmpty() && waiting.addressed.isEmpty()) {
        Together.run(this::writeAccounts, () -> writeRecords(waiting));
      } else {
        // Who is meant is told by the names and keys of this night.
        writeAccounts();
        writeRecords(waiting);
      }
      writeExclusions(optOuts, tags);
      return ignored;
    } finally {
      persisted.forEach(rdd -> rdd.unpersist(false));
    }
  }

  private <T> JavaRDD<T> kept(JavaRDD<T> rdd) {
    JavaRDD<T> held = rdd.persist(StorageLevel.MEMORY_AND_DISK_SER());
    synchronized (persisted) {
      persisted.add(held);
    }
    return held;
  }

  /** Blocks by shard; where one holds all, nothing is shuffled. */
  private static JavaRDD<byte[]> byShard(JavaPairRDD<Integer, byte[]> sent, int shards) {
    return shards == 1
        ? sent.values().coalesce(1)
        : sent.partitionBy(new HashPartitioner(shards)).values();
  }

  // ---- Keys

  private void assignKeys(Map<String, Long> erasedKeys) {
    String[] bounds = KeyBucket.bounds(told.sample, shards);
    int buckets = bounds.length + 1;
    List<Tuple2<Integer, TableFiles>> files = accountFiles();
    JavaPairRDD<Integer, KeyBucket.Asked> asked =
        parsed.flatMapToPair(
            block ->
                block.accounts.stream()
                    .flatMap(all -> all.divided(bounds).entrySet().stream())
                    .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                    .iterator());
    asked.setName(KEYS);
    if (buckets == 1) {
      keys =
          kept(
              asked
                  .values()
                  .coalesce(1)
                  .mapPartitions(
                      ids -> {
                        KeyBucket bucket = new KeyBucket();
                        ids.forEachRemaining(bucket::add);
                        for (Tuple2<Integer, TableFiles> file : files) {
                          names(
                              file._2(),
                              (network, id, key) -> bucket.known(network, id, key, file._1()));
                        }
                        return List.of(bucket.answer(0)).iterator();
                      }));
    } else {
      HashPartitioner byBucket = new HashPartitioner(buckets);
      JavaPairRDD<Integer, Names> known =
          context
              .parallelize(files, Math.max(1, files.size()))
              .flatMapToPair(file -> Names.of(file._2(), file._1(), bounds).iterator());
      known.setName(KEYS);
      keys =
          kept(
              asked
                  .partitionBy(byBucket)
                  .zipPartitions(
                      known.partitionBy(byBucket),
                      (ids, names) -> {
                        KeyBucket bucket = new KeyBucket();
                        int[] number = {0};
                        ids.forEachRemaining(
                            one -> {
                              number[0] = one._1();
                              bucket.add(one._2());
                            });
                        names.forEachRemaining(
                            one -> {
                              number[0] = one._1();
                              one._2().each(bucket);
                            });
                        return List.of(bucket.answer(number[0])).iterator();
                      }));
    }
    keys.setName(KEYS);
    List<KeyFacts> facts =
        keys.map(
                result -> {
                  TreeMap<String, Integer> fresh = new TreeMap<>();
                  result.fresh().forEach((network, ids) -> fresh.put(network, ids.length));
                  return new KeyFacts(result.bucket(), fresh, result.next());
                })
            .collect();
    List<Map<String, Integer>> fresh = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      fresh.add(Map.of());
    }
    Map<String, Long> next = new HashMap<>();
    for (KeyFacts one : facts) {
      // A bucket to which nothing came tells number 0 and brings nothing.
      if (!one.fresh.isEmpty()) {
        fresh.set(one.bucket, one.fresh);
      }
      one.next.forEach((network, key) -> next.merge(network, key, Math::max));
    }
    erasedKeys.forEach((network, key) -> next.merge(network, key + 1, Math::max));
    firstKeys = KeyBucket.firstKeys(fresh, next);
    answers = answersByTask();
  }

  /**
   * The files that hold keys, numbered; those under -1 are of the nights that are being run again.
   */
  private List<Tuple2<Integer, TableFiles>> accountFiles() {
    TableFiles accounts = lake.files(Accounts.TABLE);
    List<Tuple2<Integer, TableFiles>> files = new ArrayList<>();
    for (TableFiles file : accounts.each()) {
      files.add(new Tuple2<>(files.size(), file));
    }
    PublishedNights.of(lake)
        .latest()
        .filter(last -> !last.date().isBefore(night.date()))
        .map(last -> last.versions().get(Accounts.TABLE.path()))
        .ifPresent(
            version ->
                lake.filesAt(Accounts.TABLE, version)
                    .without(accounts)
                    .each()
                    .forEach(file -> files.add(new Tuple2<>(-1, file))));
    return files;
  }

  /** What each task that parsed is told; sent once, and read by all who need keys. */
  private JavaRDD<KeyBucket.Answer> answersByTask() {
    TreeMap<String, long[]> first = firstKeys;
    JavaPairRDD<Integer, KeyBucket.Answer> sent =
        keys.flatMapToPair(
            result ->
                result.answers().stream()
                    .map(answer -> new Tuple2<>(answer.partition(), answer.with(first)))
                    .iterator());
    int partitions = parsed.getNumPartitions();
    return partitions == 1
        ? sent.values().coalesce(1)
        : sent.partitionBy(new HashPartitioner(partitions)).values();
  }

  private record KeyFacts(int bucket, TreeMap<String, Integer> fresh, TreeMap<String, Long> next)
      implements Serializable {}

  private interface NameReader {
    void read(String network, String id, long key);
  }

  private static void names(TableFiles file, NameReader reader) {
    ColumnRows rows = file.read(Accounts.NETWORK, Accounts.ACCOUNT_ID, Accounts.ACCOUNT_KEY);
    ColumnRows.Texts network = rows.texts(Accounts.NETWORK);
    ColumnRows.Texts id = rows.texts(Accounts.ACCOUNT_ID);
    ColumnRows.Longs key = rows.longs(Accounts.ACCOUNT_KEY);
    for (int i = 0; i < rows.size(); i++) {
      reader.read(network.get(i), id.get(i), key.get(i));
    }
  }

  /** Accounts of one file that belong to a bucket. */
  private record Names(int file, String[] networks, String[] ids, long[] keys)
      implements Serializable {
    static List<Tuple2<Integer, Names>> of(TableFiles file, int number, String[] bounds) {
      List<List<String>> networks = new ArrayList<>();
      List<List<String>> ids = new ArrayList<>();
      List<List<Long>> keys = new ArrayList<>();
      for (int bucket = 0; bucket <= bounds.length; bucket++) {
        networks.add(new ArrayList<>());
        ids.add(new ArrayList<>());
        keys.add(new ArrayList<>());
      }
      names(
          file,
          (network, id, key) -> {
            int bucket = KeyBucket.bucket(KeyBucket.name(network, id), bounds);
            networks.get(bucket).add(network);
            ids.get(bucket).add(id);
            keys.get(bucket).add(key);
          });
      List<Tuple2<Integer, Names>> names = new ArrayList<>();
      for (int bucket = 0; bucket <= bounds.length; bucket++) {
        names.add(
            new Tuple2<>(
                bucket,
                new Names(
                    number,
                    networks.get(bucket).toArray(String[]::new),
                    ids.get(bucket).toArray(String[]::new),
                    keys.get(bucket).stream().mapToLong(key -> key).toArray())));
      }
      return names;
    }

    void each(KeyBucket bucket) {
      for (int i = 0; i < ids.length; i++) {
        bucket.known(networks[i], ids[i], keys[i], file);
      }
    }
  }

  /** A block whose codes stand for keys. */
  private record Keyed(ParsedBlock block, long[] keys, int[] files) {
    long key(long code) {
      return code == Statement.NONE ? Statement.NONE : keys[(int) code];
    }
  }

  /** The blocks with the keys of their codes. */
  private JavaRDD<Keyed> keyed() {
    return parsed.zipPartitions(
        answers,
        (blocks, all) -> {
          Map<Integer, List<KeyBucket.Answer>> byBlock = new HashMap<>();
          all.forEachRemaining(
              answer ->
                  byBlock.computeIfAbsent(answer.block(), any -> new ArrayList<>()).add(answer));
          return mapped(
              blocks,
              block -> {
                long[] keys = new long[block.accountCount];
                int[] files = new int[block.accountCount];
                for (KeyBucket.Answer answer : byBlock.getOrDefault(block.number, List.of())) {
                  for (int i = 0; i < answer.codes().length; i++) {
                    keys[answer.codes()[i]] = answer.keys()[i];
                    files[answer.codes()[i]] = answer.files()[i];
                  }
                }
                return new Keyed(block, keys, files);
              });
        });
  }

  private static <A, B> Iterator<B> mapped(
      Iterator<A> each, java.util.function.Function<A, B> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public B next() {
        return function.apply(each.next());
      }
    };
  }

  /** Where a statement goes. */
  private interface Route extends Serializable {
    /**
     * The number of the shard; -1 if it is not wanted.
     *
     * @param head with codes
     * @param key of the account that says it
     * @param file the number of the file that holds the account; -1 if it is new
     */
    int shard(Statement.Head head, long key, int file);
  }

  /** Sends statements to shards, with keys in place of codes. */
  private JavaPairRDD<Integer, byte[]> routed(int targets, Route route) {
    FlatMapFunction<Iterator<Keyed>, Tuple2<Integer, byte[]>> send =
        blocks -> {
          Statements.Outbox outbox = new Statements.Outbox(targets);
          return flattened(
              blocks,
              keyed ->
                  Statements.heads(
                      keyed.block.statements,
                      (head, in) -> {
                        int file =
                            head.account == Statement.NONE ? -1 : keyed.files[(int) head.account];
                        long key = keyed.key(head.account);
                        int shard = route.shard(head, key, file);
                        if (shard >= 0) {
                          head.account = key;
                          head.target = keyed.key(head.target);
                          outbox.send(shard, head, in);
                        }
                      }),
              outbox);
        };
    return keyed().mapPartitions(send).mapToPair(pair -> pair).setName(ROUTE);
  }

  /** What an outbox holds while, and after, it is being filled. */
  private static <A> Iterator<Tuple2<Integer, byte[]>> flattened(
      Iterator<A> each, java.util.function.Consumer<A> send, Statements.Outbox outbox) {
    return new Iterator<>() {
      private Iterator<Tuple2<Integer, byte[]>> ready =
          List.<Tuple2<Integer, byte[]>>of().iterator();
      private boolean isDone;

      @Override
      public boolean hasNext() {
        while (!ready.hasNext() && !isDone) {
          if (each.hasNext()) {
            send.accept(each.next());
            ready = outbox.ready().iterator();
          } else {
            isDone = true;
            ready = outbox.all().iterator();
          }
        }
        return ready.hasNext();
      }

      @Override
      public Tuple2<Integer, byte[]> next() {
        return ready.next();
      }
    };
  }

  // ---- Accounts

  /**
   * Files that a task wrote.
   *
   * @param replaced the number of the file that they stand for; -1 for none
   */
  private record Written(String table, int replaced, List<DataFile> files)
      implements Serializable {}

  /** Writes new accounts, and the files of those of which something newer is said. */
  private void writeAccounts() {
    TableFiles held = lake.files(Accounts.TABLE);
    List<TableFiles> files = held.each();
    TableFileWriter writer = lake.writer(Accounts.TABLE);
    int fileCount = files.size();
    int newShards = shards;
    int day = today;
    TreeMap<String, long[]> first = firstKeys;
    JavaPairRDD<Integer, byte[]> said =
        routed(
            fileCount + newShards,
            (head, key, file) -> {
              if (head.sort != Sort.ACCOUNT) {
                return -1;
              }
              return file >= 0 ? file : fileCount + ofAccount(key, newShards);
            });
    JavaPairRDD<Integer, byte[]> fresh =
        keys.flatMapToPair(
            result -> {
              Statements.Outbox outbox = new Statements.Outbox(fileCount + newShards);
              result
                  .fresh()
                  .forEach(
                      (network, ids) -> {
                        long key = first.get(network)[result.bucket()];
                        for (String id : ids) {
                          send(outbox, fileCount, newShards, network, id, key++);
                        }
                      });
              result
                  .again()
                  .forEach(
                      (network, ids) ->
                          ids.forEach(
                              (id, key) -> send(outbox, fileCount, newShards, network, id, key)));
              return outbox.all().iterator();
            });
    List<Written> written =
        said.union(fresh)
            .partitionBy(new HashPartitioner(fileCount + newShards))
            .mapPartitionsWithIndex(
                (number, blocks) -> {
                  Map<Long, Profiles> profiles = new HashMap<>();
                  List<Statement> unseen = new ArrayList<>();
                  blocks.forEachRemaining(
                      block ->
                          Statements.each(
                              block._2(),
                              one -> {
                                if (one.sort == Sort.NEW_ACCOUNT) {
                                  unseen.add(one);
                                } else {
                                  profiles
                                      .computeIfAbsent(one.account, any -> new Profiles())
                                      .add(one);
                                }
                              }));
                  return accounts(
                          number < fileCount ? files.get(number) : null,
                          number,
                          profiles,
                          unseen,
                          writer,
                          day)
                      .iterator();
                },
                false)
            .collect();
    commit(Accounts.TABLE, held, written);
  }

  /** Sends a new account to where it is written. */
  private static void send(
      Statements.Outbox outbox, int files, int shards, String network, String id, long key) {
    Statement account = new Statement(Sort.NEW_ACCOUNT, network);
    account.id = id;
    account.account = key;
    outbox.send(files + ofAccount(key, shards), account);
  }

  private static int ofAccount(long key, int shards) {
    return Statement.shard(Statement.mixed(key), shards);
  }

  private static List<Written> accounts(
      TableFiles file,
      int number,
      Map<Long, Profiles> profiles,
      List<Statement> unseen,
      TableFileWriter writer,
      int day)
      throws IOException {
    List<Object[]> rows = new ArrayList<>();
    if (file == null) {
      unseen.sort((one, other) -> Long.compare(one.account, other.account));
      for (Statement one : unseen) {
        rows.add(Profiles.first(one.account, one.network, one.id, profiles.get(one.account), day));
      }
      return rows.isEmpty()
          ? List.of()
          : List.of(
              new Written(
                  Accounts.TABLE.path(),
                  -1,
                  writer.write(TableRows.columns(Accounts.TABLE, rows))));
    }
    if (profiles.isEmpty()) {
      return List.of();
    }
    boolean isChanged = false;
    for (Object[] row : TableRows.rows(Accounts.TABLE, file.read(Accounts.TABLE.columns()))) {
      Profiles said = profiles.get((Long) row[0]);
      Object[] changed = said == null ? row : said.changed(row);
      isChanged |= said != null && !Arrays.deepEquals(row, changed);
      rows.add(changed);
    }
    return isChanged
        ? List.of(
            new Written(
                Accounts.TABLE.path(),
                number,
                writer.write(TableRows.columns(Accounts.TABLE, rows))))
        : List.of();
  }

  /** One commit: what was written, and without the files that it stands for. */
  private void commit(TableSchema table, TableFiles held, Collection<Written> written) {
    List<Integer> replaced = new ArrayList<>();
    List<DataFile> files = new ArrayList<>();
    for (Written one : written) {
      if (one.replaced >= 0) {
        replaced.add(one.replaced);
      }
      files.addAll(one.files);
    }
    lake.replace(table, held.at(replaced), files);
  }

  // ---- Records

  /** What a shard of posts brings. */
  private static final class PostResult implements Serializable {
    private static final long serialVersionUID = 1;

    final List<Written> written = new ArrayList<>();
    final Counts ignored = new Counts();
    final List<PostShard.Gone> gone = new ArrayList<>();
    final TreeSet<Integer> foundDays = new TreeSet<>();

    /** Whether lists are new, changed or gone; then all rows of them. */
    boolean changesLists;

    final List<Object[]> lists = new ArrayList<>();

    /** Acts whose target is known now, by shard of their records. */
    final List<Tuple2<Integer, byte[]>> found = new ArrayList<>();

    /** Mentions by name and who took part, by shard of the post that the conversation is about. */
    final List<Tuple2<Integer, byte[]>> conversations = new ArrayList<>();

    /** The same, for the driver. */
    PostResult withoutStatements() {
      PostResult rest = new PostResult();
      rest.written.addAll(written);
      rest.ignored.addAll(ignored);
      rest.gone.addAll(gone);
      rest.foundDays.addAll(foundDays);
      rest.changesLists = changesLists;
      return rest;
    }
  }

  /** What an earlier night left waiting. */
  private record Waiting(TableFiles files, TreeSet<String> addressed, boolean hasToldAgain) {}

  private void writeRecords(Waiting waiting) throws Exception {
    TreeSet<String> addressed = new TreeSet<>(told.addressed);
    addressed.addAll(waiting.addressed);
    JavaRDD<PostResult> posts = kept(posts(waiting, addressed).setName(WRITE));
    List<PostResult> results = posts.map(PostResult::withoutStatements).collect();
    TreeSet<Integer> foundDays = new TreeSet<>();
    List<Written> written = new ArrayList<>();
    List<PostShard.Gone> gone = new ArrayList<>();
    for (PostResult one : results) {
      written.addAll(one.written);
      ignored.addAll(one.ignored);
      gone.addAll(one.gone);
      foundDays.addAll(one.foundDays);
    }
    JavaPairRDD<Integer, byte[]> found = posts.flatMapToPair(one -> one.found.iterator());
    if (!addressed.isEmpty()) {
      JavaRDD<PostResult> conversations = kept(conversations(posts).setName(WRITE));
      for (PostResult one : conversations.map(PostResult::withoutStatements).collect()) {
        written.addAll(one.written);
        ignored.addAll(one.ignored);
        foundDays.addAll(one.foundDays);
      }
      found = found.union(conversations.flatMapToPair(one -> one.found.iterator()));
    }
    Statements.Outbox moved = lateActs(foundDays);
    JavaPairRDD<Integer, byte[]> targets =
        takenBack.isEmpty() ? found : found.union(context.parallelizePairs(moved.all()));
    Together.run(
        () -> writePosts(written, gone),
        () -> {
          List<Written> again = writeActs(targets, foundDays, moves(), waiting);
          again.addAll(written);
          writeWaiting(waiting, again);
        },
        () -> writeLists(posts, results));
  }

  /**
   * Takes back what earlier nights held to be for accounts that were known by their handle alone,
   * and gives the same acts for those who had the handle then.
   *
   * @param days takes the days of their records
   */
  private Statements.Outbox lateActs(TreeSet<Integer> days) throws IOException {
    Statements.Outbox moved = new Statements.Outbox(shards);
    List<Statement> acts = late.isEmpty() ? List.of() : handles.acts(late, waitingDays);
    if (acts.isEmpty()) {
      return moved;
    }
    Map<Long, Holders> holders = new HashMap<>();
    late.forEach(one -> holders.put(one.key(), one.holders()));
    Map<Statement, String> names = new HashMap<>();
    for (Statement act : acts) {
      names.put(act, KeyBucket.name(act.network, holders.get(act.target).at(act.happened)));
    }
    Map<String, Long> found = HandleHistory.keys(lake, context, new HashSet<>(names.values()));
    TableRows rows = new TableRows();
    for (Statement act : acts) {
      rows.add(Interactions.TABLE, ActShard.row(act, act.target, -1, today));
      days.add(act.day);
      act.target = found.get(names.get(act));
      moved.send(Statement.shard(act.hash(), shards), act);
    }
    new Writers(lake, Interactions.TABLE)
        .write(
            rows,
            Interactions.TABLE,
            Integer.MAX_VALUE,
            takenBack,
            Interactions.RECORD_DATE,
            Interactions.ACTOR_KEY,
            Interactions.HAPPENED_AT);
    return moved;
  }

  private Waiting waiting() {
    TableFiles files = lake.files(WaitingInteractions.TABLE);
    TreeSet<String> addressed = new TreeSet<>();
    boolean hasToldAgain =
        files.within(WaitingInteractions.TARGET_KEY, 0, WaitingInteractions.NOT_KNOWN - 1).count()
            > 0;
    if (files.count() > 0) {
      context
          .parallelize(files.each(), files.count())
          .map(
              file -> {
                TreeSet<String> networks = new TreeSet<>();
                ColumnRows rows =
                    file.read(WaitingInteractions.NETWORK, WaitingInteractions.TARGET_HANDLE);
                for (int i = 0; i < rows.size(); i++) {
                  if (!rows.texts(WaitingInteractions.TARGET_HANDLE).get(i).isEmpty()) {
                    networks.add(rows.texts(WaitingInteractions.NETWORK).get(i));
                  }
                }
                return networks;
              })
          .collect()
          .forEach(addressed::addAll);
    }
    return new Waiting(files, addressed, hasToldAgain);
  }

  /** Files of a table, to be read by the shards that need them. */
  private record Held(String table, TableFiles files) implements Serializable {}

  /**
   * The files with the days of some sorts of statements; all where one of them tells no day.
   *
   * @param more days besides
   */
  private Held held(TableSchema table, TableColumn day, TreeSet<Integer> more, Sort... sorts) {
    TableFiles files = lake.files(table);
    return new Held(
        table.path(),
        told.days(sorts)
            .map(
                days -> {
                  days.addAll(more);
                  return files.holdingAny(day, days);
                })
            .orElse(files));
  }

  /** What tables hold, on the way to its shards; where one shard holds all it reads by itself. */
  private JavaPairRDD<Integer, byte[]> sent(List<Held> held, JavaPairRDD<Integer, byte[]> others) {
    if (shards == 1) {
      return others;
    }
    List<Held> each = new ArrayList<>();
    for (Held one : held) {
      one.files.each().forEach(file -> each.add(new Held(one.table, file)));
    }
    if (each.isEmpty()) {
      return others;
    }
    int targets = shards;
    FlatMapFunction<Iterator<Held>, Tuple2<Integer, byte[]>> send =
        files -> {
          Statements.Outbox outbox = new Statements.Outbox(targets);
          return flattened(
              files,
              file ->
                  HeldRows.each(
                      file.table,
                      file.files,
                      (network, record) -> true,
                      one -> outbox.send(Statement.shard(one.hash(), targets), one)),
              outbox);
        };
    return others.union(
        context.parallelize(each, each.size()).mapPartitions(send).mapToPair(pair -> pair));
  }

  private interface ShardReader {
    void read(Statement said);
  }

  /** Gives a shard what lines say first, and then what tables hold. */
  private static void read(
      Iterator<byte[]> blocks,
      List<Held> local,
      BiPredicate<String, RecordPrint> isAsked,
      ShardReader shard) {
    List<byte[]> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    for (boolean isHeld : new boolean[] {false, true}) {
      for (byte[] block : all) {
        Statements.heads(
            block,
            (head, in) -> {
              if (isHeld(head.sort) == isHeld) {
                shard.read(Statement.read(head, in));
              }
            });
      }
    }
    for (Held one : local) {
      HeldRows.each(one.table, one.files, isAsked, shard::read);
    }
  }

  private static boolean isHeld(Sort sort) {
    return switch (sort) {
      case HELD_POST, HELD_ACT, HELD_DELETION, HELD_LIST, TOOK_PART, TOLD_AGAIN -> true;
      default -> false;
    };
  }

  private JavaRDD<PostResult> posts(Waiting waiting, TreeSet<String> addressed) {
    List<Held> held = new ArrayList<>();
    if (!told.open.isEmpty() || !addressed.isEmpty()) {
      held.add(new Held(Posts.TABLE.path(), lake.files(Posts.TABLE)));
    } else if (told.has(Sort.POST) || told.has(Sort.DELETION)) {
      held.add(held(Posts.TABLE, Posts.RECORD_DATE, new TreeSet<>(), Sort.POST, Sort.DELETION));
    }
    if (told.has(Sort.POST) || told.has(Sort.LIST)) {
      held.add(held(Deletions.TABLE, Deletions.RECORD_DATE, new TreeSet<>(), Sort.POST, Sort.LIST));
    }
    if (told.has(Sort.LIST) || told.has(Sort.DELETION)) {
      held.add(new Held(AccountLists.TABLE.path(), lake.files(AccountLists.TABLE)));
    }
    List<Held> local = shards == 1 ? held : List.of();
    int targets = shards;
    int day = today;
    boolean keepsTexts = textDays > 0;
    long days = waitingDays;
    int rowsPerFile = told.rowsPerFile(Sort.POST);
    Writers writers =
        new Writers(
            lake, Posts.TABLE, PostTexts.TABLE, DeletedPosts.TABLE, WaitingInteractions.TABLE);
    JavaPairRDD<Integer, byte[]> said =
        routed(
            targets,
            (head, key, file) ->
                switch (head.sort) {
                  case POST, LIST, DELETION -> Statement.shard(head.hash, targets);
                  case ACT ->
                      head.target == Statement.NONE ? Statement.shard(head.hash, targets) : -1;
                  default -> -1;
                });
    return byShard(sent(held, withWaiting(said, waiting, Sort.WAITING)), targets)
        .mapPartitions(
            blocks -> {
              PostShard shard = new PostShard(day, days, keepsTexts);
              TableRows rows = new TableRows();
              PostResult result = new PostResult();
              Statements.Outbox found = new Statements.Outbox(targets);
              Statements.Outbox parts = new Statements.Outbox(targets);
              read(
                  blocks,
                  local,
                  (network, record) ->
                      shard.asksFor(network, record) || addressed.contains(network),
                  one -> {
                    if (one.sort == Sort.WAITING && one.isAddressed()) {
                      parts.send(Statement.shard(one.hash(), targets), one);
                      return;
                    }
                    if (one.sort == Sort.HELD_POST && addressed.contains(one.network)) {
                      tookPart(one, Conversations.WROTE_BEFORE, parts, targets);
                    }
                    shard.add(one);
                  });
              shard.end(
                  rows,
                  result.ignored,
                  one -> {
                    result.foundDays.add(one.day);
                    found.send(Statement.shard(one.hash(), targets), one);
                  },
                  result.gone::add,
                  one -> {
                    if (addressed.contains(one.network)) {
                      tookPart(one, Conversations.WROTE_TONIGHT, parts, targets);
                    }
                  },
                  one ->
                      parts.send(
                          Statement.shard(
                              Statement.hash(one.network, RecordPrint.of(one.objectId)), targets),
                          one));
              result.found.addAll(found.all());
              result.conversations.addAll(parts.all());
              writers.write(
                  rows,
                  Posts.TABLE,
                  rowsPerFile,
                  result.written,
                  Posts.RECORD_DATE,
                  Posts.AUTHOR_KEY,
                  Posts.HAPPENED_AT);
              writers.write(
                  rows, PostTexts.TABLE, rowsPerFile, result.written, PostTexts.RECORD_DATE);
              writers.write(
                  rows,
                  DeletedPosts.TABLE,
                  Integer.MAX_VALUE,
                  result.written,
                  DeletedPosts.AUTHOR_KEY,
                  DeletedPosts.HAPPENED_AT);
              result.changesLists = shard.changesLists();
              result.lists.addAll(rows.of(AccountLists.TABLE));
              writers.write(
                  rows,
                  WaitingInteractions.TABLE,
                  Integer.MAX_VALUE,
                  result.written,
                  WaitingInteractions.RECORD_DATE);
              return List.of(result).iterator();
            });
  }

  private static void tookPart(Statement post, int how, Statements.Outbox parts, int shards) {
    Statement wrote = Conversations.tookPart(post, post.id, how);
    parts.send(Statement.shard(wrote.hash(), shards), wrote);
    if (post.replyToId != null) {
      Statement answered = Conversations.tookPart(post, post.replyToId, Conversations.ANSWERED);
      parts.send(Statement.shard(answered.hash(), shards), answered);
    }
  }

  /** Acts that wait are few beside a night's, and always sent. */
  private JavaPairRDD<Integer, byte[]> withWaiting(
      JavaPairRDD<Integer, byte[]> said, Waiting waiting, Sort sort) {
    List<TableFiles> files = waiting.files.each();
    if (files.isEmpty() || sort == Sort.TOLD_AGAIN && !waiting.hasToldAgain) {
      return said;
    }
    int targets = shards;
    FlatMapFunction<Iterator<TableFiles>, Tuple2<Integer, byte[]>> send =
        each -> {
          Statements.Outbox outbox = new Statements.Outbox(targets);
          return flattened(
              each,
              file ->
                  HeldRows.each(
                      WaitingInteractions.TABLE.path(),
                      file,
                      (network, record) -> true,
                      one -> {
                        if (one.sort == sort) {
                          outbox.send(Statement.shard(one.hash(), targets), one);
                        }
                      }),
              outbox);
        };
    return said.union(
        context.parallelize(files, files.size()).mapPartitions(send).mapToPair(pair -> pair));
  }

  /** Writers of some tables, for tasks. */
  private static final class Writers implements Serializable {
    private static final long serialVersionUID = 1;
    private final Map<String, TableFileWriter> byTable = new LinkedHashMap<>();

    Writers(Lake lake, TableSchema... tables) {
      for (TableSchema table : tables) {
        byTable.put(table.path(), lake.writer(table));
      }
    }

    void write(
        TableRows rows,
        TableSchema table,
        int rowsPerFile,
        List<Written> written,
        TableColumn... sortedBy)
        throws IOException {
      if (rows.size(table) > 0) {
        written.add(
            new Written(
                table.path(),
                -1,
                rows.write(table, byTable.get(table.path()), rowsPerFile, sortedBy)));
      }
    }
  }

  // ---- Conversations

  private JavaRDD<PostResult> conversations(JavaRDD<PostResult> posts) {
    int targets = shards;
    int day = today;
    long days = waitingDays;
    JavaRDD<byte[]> blocks =
        kept(byShard(posts.flatMapToPair(one -> one.conversations.iterator()), targets));
    Set<Long> participants = new HashSet<>();
    blocks
        .mapPartitions(
            each -> {
              Conversations shard = new Conversations(day, days);
              read(each, List.of(), (network, record) -> true, shard::add);
              return List.of(shard.participants()).iterator();
            })
        .collect()
        .forEach(some -> Arrays.stream(some).forEach(participants::add));
    Map<Long, String> handles = handles(participants);
    Writers writers = new Writers(lake, WaitingInteractions.TABLE);
    return blocks.mapPartitions(
        each -> {
          Conversations shard = new Conversations(day, days);
          read(each, List.of(), (network, record) -> true, shard::add);
          PostResult result = new PostResult();
          TableRows rows = new TableRows();
          Statements.Outbox found = new Statements.Outbox(targets);
          shard.end(
              handles::get,
              rows,
              result.ignored,
              one -> {
                result.foundDays.add(one.day);
                found.send(Statement.shard(one.hash(), targets), one);
              });
          result.found.addAll(found.all());
          writers.write(
              rows,
              WaitingInteractions.TABLE,
              Integer.MAX_VALUE,
              result.written,
              WaitingInteractions.RECORD_DATE);
          return List.of(result).iterator();
        });
  }

  /** The handles of some accounts, as this night left them. */
  private Map<Long, String> handles(Set<Long> accounts) {
    Map<Long, String> handles = new HashMap<>();
    List<TableFiles> files = lake.files(Accounts.TABLE).each();
    if (!accounts.isEmpty() && !files.isEmpty()) {
      context
          .parallelize(files, files.size())
          .flatMap(
              file -> {
                List<Tuple2<Long, String>> found = new ArrayList<>();
                ColumnRows rows = file.read(Accounts.ACCOUNT_KEY, Accounts.HANDLE);
                for (int i = 0; i < rows.size(); i++) {
                  long key = rows.longs(Accounts.ACCOUNT_KEY).get(i);
                  String handle = rows.texts(Accounts.HANDLE).get(i);
                  if (handle != null && accounts.contains(key)) {
                    found.add(new Tuple2<>(key, handle));
                  }
                }
                return found.iterator();
              })
          .collect()
          .forEach(pair -> handles.put(pair._1(), pair._2()));
    }
    return handles;
  }

  // ---- Acts

  /** Stores what is known of moves after this night. */
  private Moves.Confirmed moves() throws IOException {
    ColumnRows rows = lake.files(AccountMoves.TABLE).read(AccountMoves.TABLE.columns());
    List<Moves.Move> known = new ArrayList<>();
    for (Object[] row : TableRows.rows(AccountMoves.TABLE, rows)) {
      known.add(Moves.Move.of(row));
    }
    // Not having moved is only news after a move.
    if (told.hasMoves || told.has(Sort.MOVE) && !known.isEmpty()) {
      List<Statement> said = new ArrayList<>();
      routed(1, (head, key, file) -> head.sort == Sort.MOVE || head.sort == Sort.ALIAS ? 0 : -1)
          .values()
          .collect()
          .forEach(block -> Statements.each(block, said::add));
      known = Moves.known(said, known, today);
      List<Object[]> after = known.stream().map(Moves.Move::row).toList();
      lake.overwrite(AccountMoves.TABLE, TableRows.columns(AccountMoves.TABLE, after));
    }
    return new Moves.Confirmed(known);
  }

  /** What a shard of acts brings. */
  private record ActResult(List<Written> written, Counts ignored) implements Serializable {}

  /** Also gives the files of acts that wait because they were told again. */
  private List<Written> writeActs(
      JavaPairRDD<Integer, byte[]> found,
      TreeSet<Integer> foundDays,
      Moves.Confirmed moves,
      Waiting waiting)
      throws IOException {
    boolean isAny = !foundDays.isEmpty() || told.has(Sort.ACT) || told.has(Sort.DELETION);
    if (!isAny && !waiting.hasToldAgain) {
      return new ArrayList<>();
    }
    List<Held> held =
        List.of(
            held(Interactions.TABLE, Interactions.RECORD_DATE, foundDays, Sort.ACT, Sort.DELETION),
            held(Deletions.TABLE, Deletions.RECORD_DATE, foundDays, Sort.ACT, Sort.DELETION));
    List<Held> local = shards == 1 ? held : List.of();
    int targets = shards;
    int day = today;
    int rowsPerFile = told.rowsPerFile(Sort.ACT);
    long days = waitingDays;
    Writers writers =
        new Writers(lake, Interactions.TABLE, Deletions.TABLE, WaitingInteractions.TABLE);
    JavaPairRDD<Integer, byte[]> said =
        routed(
            targets,
            (head, key, file) -> {
              boolean isWanted =
                  head.sort == Sort.DELETION
                      || head.sort == Sort.ACT && head.target != Statement.NONE;
              return isWanted ? Statement.shard(head.hash, targets) : -1;
            });
    List<Written> written = new ArrayList<>(takenBack);
    JavaPairRDD<Integer, byte[]> again = withWaiting(said.union(found), waiting, Sort.TOLD_AGAIN);
    byShard(sent(held, again), targets)
        .mapPartitions(
            blocks -> {
              List<byte[]> all = new ArrayList<>();
              blocks.forEachRemaining(all::add);
              ActBlocks acts = new ActBlocks(all);
              for (Held one : local) {
                HeldRows.each(one.table, one.files, acts::asksFor, acts::addHeld);
              }
              TableRows rows = new TableRows();
              ActResult result = new ActResult(new ArrayList<>(), new Counts());
              acts.end(new ActShard(day, days, moves), moves, day, rows, result.ignored);
              writers.write(
                  rows,
                  Interactions.TABLE,
                  rowsPerFile,
                  result.written,
                  Interactions.RECORD_DATE,
                  Interactions.ACTOR_KEY,
                  Interactions.HAPPENED_AT);
              writers.write(
                  rows,
                  Deletions.TABLE,
                  Integer.MAX_VALUE,
                  result.written,
                  Deletions.RECORD_DATE,
                  Deletions.DELETER_KEY,
                  Deletions.WITNESSED_AT);
              writers.write(
                  rows,
                  WaitingInteractions.TABLE,
                  Integer.MAX_VALUE,
                  result.written,
                  WaitingInteractions.RECORD_DATE);
              return List.of(result).iterator();
            })
        .collect()
        .forEach(
            one -> {
              written.addAll(one.written);
              ignored.addAll(one.ignored);
            });
    lake.append(Interactions.TABLE, files(Interactions.TABLE, written));
    lake.append(Deletions.TABLE, files(Deletions.TABLE, written));
    return written;
  }

  private static List<DataFile> files(TableSchema table, List<Written> written) {
    return written.stream()
        .filter(one -> one.table.equals(table.path()))
        .flatMap(one -> one.files.stream())
        .toList();
  }

  // ---- Posts, texts, lists and what waits

  private void writePosts(List<Written> written, List<PostShard.Gone> gone) {
    commit(
        Posts.TABLE,
        lake.files(Posts.TABLE),
        with(
            files(Posts.TABLE, written),
            without(Posts.TABLE, Posts.NETWORK, Posts.POST_ID, Posts.RECORD_DATE, gone)));
    List<DataFile> deleted = files(DeletedPosts.TABLE, written);
    if (!deleted.isEmpty() || lake.files(DeletedPosts.TABLE).count() > 0) {
      lake.overwrite(DeletedPosts.TABLE, deleted);
    }
    TableFiles texts = lake.files(PostTexts.TABLE);
    List<Written> kept = new ArrayList<>();
    Set<Integer> forgotten = new HashSet<>();
    int last = (int) Math.max(Integer.MIN_VALUE, today - textDays);
    List<TableFiles> each = texts.each();
    for (int i = 0; i < each.size(); i++) {
      if (each.get(i).within(PostTexts.NIGHT, Integer.MIN_VALUE, last).count() > 0) {
        forgotten.add(i);
      }
    }
    kept.addAll(
        without(
            PostTexts.TABLE, PostTexts.NETWORK, PostTexts.POST_ID, PostTexts.RECORD_DATE, gone));
    kept.removeIf(one -> forgotten.contains(one.replaced));
    kept.addAll(forgetTexts(each, forgotten, last, gone));
    commit(PostTexts.TABLE, texts, with(files(PostTexts.TABLE, written), kept));
  }

  private static List<Written> with(List<DataFile> added, List<Written> changed) {
    List<Written> all = new ArrayList<>(changed);
    all.add(new Written("", -1, added));
    return all;
  }

  private static Set<String> names(List<PostShard.Gone> gone) {
    Set<String> names = new HashSet<>();
    gone.forEach(one -> names.add(KeyBucket.name(one.network(), one.id())));
    return names;
  }

  /** Writes the files of a table again that hold deleted posts, without them. */
  private List<Written> without(
      TableSchema table,
      TableColumn network,
      TableColumn id,
      TableColumn day,
      List<PostShard.Gone> gone) {
    if (gone.isEmpty()) {
      return List.of();
    }
    TreeSet<Integer> days = new TreeSet<>();
    gone.forEach(one -> days.add(one.day()));
    List<Tuple2<Integer, TableFiles>> affected = new ArrayList<>();
    List<TableFiles> each = lake.files(table).each();
    for (int i = 0; i < each.size(); i++) {
      if (each.get(i).holdingAny(day, days).count() > 0) {
        affected.add(new Tuple2<>(i, each.get(i)));
      }
    }
    Set<String> names = names(gone);
    return rewritten(
        table, affected, row -> names.contains(KeyBucket.name((String) row[0], (String) row[1])));
  }

  /** The files whose texts are kept long enough, without those; of mixed files the rest is kept. */
  private List<Written> forgetTexts(
      List<TableFiles> each, Set<Integer> files, int last, List<PostShard.Gone> gone) {
    List<Tuple2<Integer, TableFiles>> affected = new ArrayList<>();
    files.forEach(i -> affected.add(new Tuple2<>(i, each.get(i))));
    int night = PostTexts.TABLE.columns().indexOf(PostTexts.NIGHT);
    Set<String> names = names(gone);
    return rewritten(
        PostTexts.TABLE,
        affected,
        row ->
            (Long) row[night] <= last
                || names.contains(KeyBucket.name((String) row[0], (String) row[1])));
  }

  private interface RowTest extends Serializable {
    boolean test(Object[] row);
  }

  private List<Written> rewritten(
      TableSchema table, List<Tuple2<Integer, TableFiles>> files, RowTest isGone) {
    if (files.isEmpty()) {
      return List.of();
    }
    TableFileWriter writer = lake.writer(table);
    String path = table.path();
    List<TableColumn> columns = new ArrayList<>(table.columns());
    return context
        .parallelize(files, files.size())
        .flatMap(
            file -> {
              TableSchema schema = path.equals(Posts.TABLE.path()) ? Posts.TABLE : PostTexts.TABLE;
              List<Object[]> rows = TableRows.rows(schema, file._2().read(columns));
              int before = rows.size();
              rows.removeIf(isGone::test);
              return rows.size() == before
                  ? List.<Written>of().iterator()
                  : List.of(
                          new Written(
                              path, file._1(), writer.write(TableRows.columns(schema, rows))))
                      .iterator();
            })
        .collect();
  }

  private void writeWaiting(Waiting before, List<Written> written) {
    List<DataFile> files = files(WaitingInteractions.TABLE, written);
    if (before.files.count() > 0 || !files.isEmpty()) {
      lake.overwrite(WaitingInteractions.TABLE, files);
    }
  }

  private void writeLists(JavaRDD<PostResult> posts, List<PostResult> results) {
    if (results.stream().noneMatch(one -> one.changesLists)) {
      return;
    }
    Writers writers = new Writers(lake, AccountLists.TABLE);
    List<DataFile> files =
        posts
            .flatMap(
                one -> {
                  TableRows rows = new TableRows();
                  one.lists.forEach(row -> rows.add(AccountLists.TABLE, row));
                  List<Written> written = new ArrayList<>();
                  writers.write(
                      rows,
                      AccountLists.TABLE,
                      Integer.MAX_VALUE,
                      written,
                      AccountLists.RECORD_DATE);
                  return files(AccountLists.TABLE, written).iterator();
                })
            .collect();
    lake.overwrite(AccountLists.TABLE, files);
  }

  // ---- Consent

  private record Excluded(List<DataFile> files, Consent.Asked asked) implements Serializable {}

  private void writeExclusions(Set<String> optOuts, Consent.Tags tags) {
    List<TableFiles> files = lake.files(Accounts.TABLE).each();
    TableFileWriter writer = lake.writer(Exclusions.TABLE);
    int day = today;
    List<Excluded> written =
        files.isEmpty()
            ? List.of()
            : context
                .parallelize(files, Math.min(files.size(), 4 * context.defaultParallelism()))
                .mapPartitions(
                    each -> {
                      TableRows rows = new TableRows();
                      Consent.Asked asked = new Consent.Asked(0, 0);
                      while (each.hasNext()) {
                        asked =
                            asked.and(Consent.exclusions(each.next(), optOuts, tags, day, rows));
                      }
                      List<DataFile> parts = writer.write(rows.columns(Exclusions.TABLE));
                      return List.of(new Excluded(new ArrayList<>(parts), asked)).iterator();
                    })
                .collect();
    lake.overwrite(
        Exclusions.TABLE, written.stream().flatMap(part -> part.files.stream()).toList());
    Consent.Asked asked =
        written.stream().map(Excluded::asked).reduce(new Consent.Asked(0, 0), Consent.Asked::and);
    if (asked.byList() + asked.byTag() > 0) {
      night
          .progress()
          .say(
              "  Accounts that asked not to be scored: %d by consent.opt-outs, %d by a tag in their"
                  + " profile (consent.opt-out-tags).",
              asked.byList(), asked.byTag());
    }
  }
}
