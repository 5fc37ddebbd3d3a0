package renown.lab.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import renown.dumps.Compression;
import renown.dumps.DumpFormat;
import renown.dumps.LineSink;
import renown.dumps.ParsedRecord;
import renown.dumps.RawFile;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.dumps.RejectedLineException;
import renown.dumps.formats.Formats;
import renown.lake.ColumnRows;
import renown.lake.Lake;
import renown.run.Config;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.LoadedFiles;

/**
 * Reading native dumps: by our parser alone, by the whole ingest stage, by DuckDB and by Spark's
 * own JSON reader, in turns, so that what else the machine does hits all alike. A first round warms
 * up; of the others the median counts. Whoever does not find every line fails the run.
 */
final class IngestSuite {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final int FILES = 4;

  /** What the lines of a network are, and which of their values an engine with a schema reads. */
  private record Dump(String network, String format, Map<String, String> columns) {}

  private static final String TEXT = "VARCHAR";
  private static final String WHOLE = "BIGINT";
  private static final String FLAG = "BOOLEAN";

  private static final List<Dump> DUMPS =
      List.of(
          new Dump("bluesky", "bluesky-jetstream", jetstream()),
          new Dump("x", "x-v1-stream", tweets()));

  /** The formats of which there are generated dumps. */
  static final List<String> FORMATS = DUMPS.stream().map(Dump::format).toList();

  private static String struct(String... namesAndTypes) {
    StringBuilder type = new StringBuilder("STRUCT(");
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      type.append(i == 0 ? "" : ", ")
          .append('"')
          .append(namesAndTypes[i])
          .append("\" ")
          .append(namesAndTypes[i + 1]);
    }
    return type.append(")").toString();
  }

  private static Map<String, String> jetstream() {
    String address = struct("uri", TEXT);
    String feature = struct("$type", TEXT, "did", TEXT, "uri", TEXT, "tag", TEXT);
    String record =
        struct(
            "text", TEXT,
            "createdAt", TEXT,
            "langs", TEXT + "[]",
            "subject", "JSON",
            "via", address,
            "reply", struct("root", address, "parent", address),
            "embed", struct("$type", TEXT, "record", struct("uri", TEXT, "record", address)),
            "facets", struct("features", feature + "[]") + "[]",
            "list", TEXT,
            "purpose", TEXT,
            "name", TEXT,
            "displayName", TEXT,
            "description", TEXT);
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("did", TEXT);
    columns.put("time_us", WHOLE);
    columns.put("kind", TEXT);
    columns.put(
        "commit", struct("operation", TEXT, "collection", TEXT, "rkey", TEXT, "record", record));
    columns.put("account", struct("active", FLAG, "status", TEXT));
    columns.put("identity", struct("handle", TEXT));
    return columns;
  }

  private static Map<String, String> tweets() {
    String user =
        struct(
            "id_str", TEXT,
            "screen_name", TEXT,
            "name", TEXT,
            "description", TEXT,
            "created_at", TEXT,
            "followers_count", WHOLE,
            "friends_count", WHOLE,
            "statuses_count", WHOLE,
            "listed_count", WHOLE,
            "protected", FLAG,
            "verified", FLAG);
    String entities =
        struct(
            "user_mentions", struct("id_str", TEXT) + "[]",
            "hashtags", struct("text", TEXT) + "[]",
            "urls", struct("expanded_url", TEXT) + "[]");
    Map<String, String> tweet = new LinkedHashMap<>();
    for (String text :
        List.of(
            "id_str",
            "created_at",
            "text",
            "lang",
            "in_reply_to_status_id_str",
            "in_reply_to_user_id_str",
            "quoted_status_id_str")) {
      tweet.put(text, TEXT);
    }
    tweet.put("user", user);
    tweet.put("entities", entities);
    tweet.put("extended_tweet", struct("full_text", TEXT, "entities", entities));
    String embedded =
        struct(
            tweet.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new));
    Map<String, String> columns = new LinkedHashMap<>(tweet);
    columns.put("timestamp_ms", TEXT);
    columns.put("retweeted_status", embedded);
    columns.put("quoted_status", embedded);
    columns.put(
        "delete",
        struct("status", struct("id_str", TEXT, "user_id_str", TEXT), "timestamp_ms", TEXT));
    return columns;
  }

  private final RunContext context;
  private final Job generate;
  private final Job ingest;
  private final List<String> formats;
  private final int accounts;
  private final int rounds;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /** Of the last ingest, as {@link IngestPhases#end} tells. */
  private double[] lastPhases;

  /**
   * @param generate writes the dumps
   * @param ingest a night of the ingest stage alone
   * @param formats some of {@link #FORMATS}
   * @param accounts of the generated society; the size of the dumps follows
   */
  IngestSuite(
      RunContext context,
      Job generate,
      Job ingest,
      List<String> formats,
      int accounts,
      int rounds) {
    this.context = context;
    this.generate = generate;
    this.ingest = ingest;
    this.formats = formats;
    this.accounts = accounts;
    this.rounds = rounds;
  }

  /** One who reads all files of a dump and tells how many lines there were. */
  private interface Reader {
    long read() throws Exception;
  }

  /** Measures; the table is printed, the numbers are given back. */
  Map<String, Object> run() throws Exception {
    Path folder = Files.createTempDirectory("renown-benchmark");
    try {
      List<Map<String, Object>> results = new ArrayList<>();
      for (Dump dump : DUMPS.stream().filter(d -> formats.contains(d.format())).toList()) {
        List<Path> plain = dumps(dump, folder);
        measure(dump, plain, false, folder, results);
        measure(dump, packed(plain), true, folder, results);
      }
      Map<String, Object> measured = new LinkedHashMap<>();
      measured.put("suite", "ingest");
      measured.put("accounts", accounts);
      measured.put("rounds", rounds);
      measured.put("threads", threads);
      measured.put("results", results);
      return measured;
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private void measure(
      Dump dump, List<Path> files, boolean gz, Path folder, List<Map<String, Object>> results)
      throws Exception {
    long bytes = 0;
    for (Path file : files) {
      bytes += gz ? Files.size(plain(file)) : Files.size(file);
    }
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put("ours-parse", () -> parse(dump, files, gz));
    readers.put("ours-ingest", () -> ingest(dump, files, folder));
    readers.put("duckdb", () -> duckdb(dump.columns(), files, folder));
    readers.put("spark-json", () -> sparkJson(dump, files, folder));
    if (gz) {
      readers.put("zcat", () -> zcat(files));
    }
    Map<String, double[]> seconds = new LinkedHashMap<>();
    Map<String, double[]> cpu = new LinkedHashMap<>();
    readers
        .keySet()
        .forEach(
            name -> {
              seconds.put(name, new double[rounds]);
              cpu.put(name, new double[rounds]);
            });
    List<double[]> phases = new ArrayList<>();
    long lines = -1;
    // One round alone is a trial, not a measurement: nothing is warmed up for it.
    for (int round = rounds == 1 ? 0 : -1; round < rounds; round++) {
      for (Map.Entry<String, Reader> reader : readers.entrySet()) {
        boolean isIngest = reader.getKey().equals("ours-ingest");
        double cpuStart = IngestPhases.processSeconds();
        long start = System.nanoTime();
        long found = reader.getValue().read();
        double took = (System.nanoTime() - start) / 1e9;
        double computed = IngestPhases.processSeconds() - cpuStart;
        lines = lines < 0 ? found : lines;
        if (found >= 0 && found != lines) {
          throw RenownException.data(
              "%s found %s lines of %s, the others %s.",
              reader.getKey(), found, dump.network(), lines);
        }
        if (round >= 0) {
          seconds.get(reader.getKey())[round] = took;
          cpu.get(reader.getKey())[round] = computed;
          if (isIngest) {
            phases.add(lastPhases);
          }
        }
      }
    }
    double duckdb = Measurements.median(seconds.get("duckdb"));
    Progress progress = context.progress();
    progress.say(
        "%s, %s: %.1f MB of lines, %s lines, %s files",
        dump.format(), gz ? "gz" : "plain", bytes / 1e6, lines, files.size());
    progress.say(
        "  %-12s %9s %12s %12s %9s %9s %9s",
        "reader", "seconds", "MB/s", "lines/s/core", "/ duckdb", "CPU s", "/ duckdb");
    double duckdbCpu = Measurements.median(cpu.get("duckdb"));
    for (Map.Entry<String, double[]> reader : seconds.entrySet()) {
      double median = Measurements.median(reader.getValue());
      double computed = Measurements.median(cpu.get(reader.getKey()));
      progress.say(
          "  %-12s %9.3f %12.0f %12.0f %9.2f %9.3f %9.2f",
          reader.getKey(),
          median,
          bytes / 1e6 / median,
          lines / median / threads,
          median / duckdb,
          computed,
          computed / duckdbCpu);
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("format", dump.format());
      result.put("packed", gz ? "gz" : "none");
      result.put("reader", reader.getKey());
      result.put("bytes", bytes);
      result.put("lines", lines);
      result.put("seconds", reader.getValue());
      result.put("median_seconds", median);
      result.put("megabytes_per_second", bytes / 1e6 / median);
      result.put("lines_per_second_per_core", lines / median / threads);
      result.put("ratio_to_duckdb", median / duckdb);
      result.put("median_cpu_seconds", computed);
      result.put("cpu_ratio_to_duckdb", computed / duckdbCpu);
      if (reader.getKey().equals("ours-ingest")) {
        Map<String, Double> medians = IngestPhases.medians(phases);
        result.put("phase_cpu_seconds", medians);
        progress.say(
            "  %-12s %s",
            "",
            medians.entrySet().stream()
                .map(one -> String.format(Locale.ROOT, "%s %.2f", one.getKey(), one.getValue()))
                .collect(Collectors.joining(", ")));
      }
      results.add(result);
    }
  }

  // ---- Files

  /** A day of the network in a few plain files of about the same size. */
  private List<Path> dumps(Dump dump, Path folder) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("raw.root", folder.resolve("generated").toUri().toString());
    settings.put("truth.root", folder.resolve("truth-" + dump.network()).toUri().toString());
    settings.put("generate.accounts", Integer.toString(accounts));
    settings.put("generate.days", "1");
    settings.put("generate.first-date", DAY.toString());
    settings.put("generate.networks", dump.network());
    settings.put("generate.dirty-share", "0");
    settings.put("generate.compression", "none");
    run(generate, settings, Optional.empty());
    Path target = Files.createDirectories(folder.resolve(dump.network()));
    List<OutputStream> outs = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    try {
      for (int i = 0; i < FILES; i++) {
        Path file = target.resolve("part-" + i + ".jsonl");
        files.add(file);
        outs.add(new java.io.BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
      }
      long[] line = new long[1];
      try (Stream<Path> generated =
          Files.walk(folder.resolve("generated").resolve(dump.network()))) {
        for (Path file :
            generated
                .filter(
                    path -> path.toString().endsWith(".jsonl") || path.toString().endsWith(".json"))
                .sorted()
                .toList()) {
          try (Stream<String> lines = Files.lines(file)) {
            // Keep-alives are no lines to most engines.
            for (String text : (Iterable<String>) lines.filter(l -> !l.isBlank())::iterator) {
              OutputStream out = outs.get((int) (line[0]++ % FILES));
              out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
              out.write('\n');
            }
          }
        }
      }
      if (line[0] < FILES) {
        throw RenownException.data(
            "%s accounts make %s lines of %s: take more accounts.",
            accounts, line[0], dump.network());
      }
    } finally {
      for (OutputStream out : outs) {
        out.close();
      }
    }
    return files;
  }

  private static List<Path> packed(List<Path> plain) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path file : plain) {
      Path gz = file.resolveSibling(file.getFileName() + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz), 1 << 16)) {
        Files.copy(file, out);
      }
      files.add(gz);
    }
    return files;
  }

  private static Path plain(Path gz) {
    String name = gz.getFileName().toString();
    return gz.resolveSibling(name.substring(0, name.length() - 3));
  }

  // ---- Readers

  /** Lines to statements, by as many threads as there are cores; nothing is kept. */
  private long parse(Dump dump, List<Path> files, boolean gz) throws Exception {
    DumpFormat format = Formats.byName(dump.format());
    record Piece(RawFile file, RawLines.Slice slice, Path root) {}
    ConcurrentLinkedQueue<Piece> pieces = new ConcurrentLinkedQueue<>();
    for (Path path : files) {
      RawFile file =
          new RawFile(
              dump.network(),
              DAY,
              path.getFileName().toString(),
              Files.size(path),
              Instant.EPOCH,
              gz ? Compression.GZIP : Compression.NONE);
      for (RawLines.Slice slice : RawLines.slices(file, RawLines.SLICE_SIZE)) {
        pieces.add(new Piece(file, slice, path.getParent()));
      }
    }
    return together(
        () -> {
          long lines = 0;
          Counting counting = new Counting(format);
          for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            RawLines.Result result =
                RawLines.read(
                    new org.apache.hadoop.fs.Path(piece.root().toUri()),
                    piece.file(),
                    piece.slice(),
                    ReadLimits.ofLines(RawLines.LONGEST_LINE),
                    new Configuration(),
                    counting);
            lines += result.lineCount();
          }
          if (counting.rejected > 0 || counting.statements == 0) {
            throw RenownException.data(
                "%s lines of %s were rejected, %s statements made.",
                counting.rejected, dump.network(), counting.statements);
          }
          return lines;
        });
  }

  /** Looks at what lines say, so that no value goes unread. */
  private static final class Counting implements RawLines.Handler, LineSink {
    private final DumpFormat format;
    private long statements;
    private long rejected;

    Counting(DumpFormat format) {
      this.format = format;
    }

    @Override
    public void line(byte[] buffer, int offset, int length, long number, long byteOffset) {
      try {
        format.parse(buffer, offset, length, this);
      } catch (RejectedLineException e) {
        rejected++;
      }
    }

    @Override
    public void tooLong(long number, long byteOffset, long length) {
      rejected++;
    }

    @Override
    public void accept(ParsedRecord record) {
      statements += record.accountId.isEmpty() ? 0 : 1;
    }

    @Override
    public void ignored(String rule) {
      statements++;
    }
  }

  /** The whole ingest stage into an empty lake. */
  private long ingest(Dump dump, List<Path> files, Path folder) throws Exception {
    Path root = folder.resolve("night");
    FileUtils.deleteDirectory(root.toFile());
    Path day = Files.createDirectories(root.resolve("raw/" + dump.network() + "/dt=" + DAY));
    for (Path file : files) {
      Files.createLink(day.resolve(file.getFileName()), file);
    }
    Map<String, String> settings = new TreeMap<>();
    settings.put("raw.root", root.resolve("raw").toUri().toString());
    settings.put("lake.root", root.resolve("lake").toUri().toString());
    settings.put("ingest.formats", dump.network() + "=" + dump.format());
    IngestPhases phases = IngestPhases.of(context.spark().sparkContext());
    run(ingest, settings, Optional.of(DAY));
    lastPhases = phases.end();
    ColumnRows.Longs lines =
        new Lake(context.spark(), root.resolve("lake").toUri().toString())
            .files(LoadedFiles.TABLE)
            .read(LoadedFiles.LINE_COUNT)
            .longs(LoadedFiles.LINE_COUNT);
    return Arrays.stream(lines.toArray()).sum();
  }

  /** The values that an engine with a schema reads, by network: names and types for DuckDB. */
  static Map<String, Map<String, String>> columns() {
    return DUMPS.stream().collect(Collectors.toMap(Dump::network, Dump::columns));
  }

  /**
   * Turns lines of JSON into Parquet by DuckDB.
   *
   * @param schema names and types of the values that are read
   * @return how many lines there were
   */
  static long duckdb(Map<String, String> schema, List<Path> files, Path folder)
      throws SQLException {
    StringBuilder columns = new StringBuilder();
    schema.forEach(
        (name, type) ->
            columns
                .append(columns.isEmpty() ? "" : ", ")
                .append(name)
                .append(": '")
                .append(type)
                .append('\''));
    StringBuilder paths = new StringBuilder();
    files.forEach(
        file -> paths.append(paths.isEmpty() ? "" : ", ").append('\'').append(file).append('\''));
    Path target = folder.resolve("duckdb.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("SET preserve_insertion_order = false");
      statement.execute(
          String.format(
              Locale.ROOT,
              "COPY (SELECT * FROM read_json([%s], format = 'newline_delimited',"
                  + " columns = {%s}, maximum_object_size = %d))"
                  + " TO '%s' (FORMAT parquet)",
              paths,
              columns,
              RawLines.LONGEST_LINE,
              target));
      try (ResultSet rows =
          statement.executeQuery("SELECT count(*) FROM read_parquet('" + target + "')")) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private long sparkJson(Dump dump, List<Path> files, Path folder) {
    StringBuilder schema = new StringBuilder();
    dump.columns()
        .forEach(
            (name, type) ->
                schema
                    .append(schema.isEmpty() ? "`" : ", `")
                    .append(name)
                    .append("` ")
                    .append(sparkType(type)));
    String target = folder.resolve("spark.parquet").toUri().toString();
    context
        .spark()
        .read()
        .schema(schema.toString())
        .json(files.stream().map(file -> file.toUri().toString()).toArray(String[]::new))
        .write()
        .mode("overwrite")
        .parquet(target);
    return context.spark().read().parquet(target).count();
  }

  /** DuckDB's type in Spark's words; JSON is kept as text. */
  private static String sparkType(String type) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    if (type.endsWith("[]")) {
      return "ARRAY<" + sparkType(type.substring(0, type.length() - 2)) + ">";
    }
    if (!type.startsWith("STRUCT(")) {
      return switch (type) {
        case "VARCHAR", "JSON" -> "STRING";
        default -> type;
      };
    }
    String members = type.substring("STRUCT(".length(), type.length() - 1);
    while (at < members.length()) {
      int nameEnd = members.indexOf('"', at + 1);
      int end = nameEnd + 2;
      for (int depth = 0;
          end < members.length() && (depth > 0 || members.charAt(end) != ',');
          end++) {
        char c = members.charAt(end);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
      out.append(out.isEmpty() ? "STRUCT<`" : ", `")
          .append(members, at + 1, nameEnd)
          .append("`: ")
          .append(sparkType(members.substring(nameEnd + 2, end)));
      at = end + 2;
    }
    return out.append('>').toString();
  }

  /** Unpacking alone, a process per core: what reading gz cannot pass. */
  private long zcat(List<Path> files) throws Exception {
    ConcurrentLinkedQueue<Path> left = new ConcurrentLinkedQueue<>(files);
    together(
        () -> {
          for (Path file = left.poll(); file != null; file = left.poll()) {
            Process process =
                new ProcessBuilder("zcat", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(false)
                    .start();
            try (InputStream errors = process.getErrorStream()) {
              errors.readAllBytes();
            }
            if (process.waitFor() != 0) {
              throw new IOException("zcat failed on " + file);
            }
          }
          return 0;
        });
    return -1;
  }

  private long together(Callable<? extends Number> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<? extends Number>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(work));
      }
      long sum = 0;
      for (Future<? extends Number> one : all) {
        sum += one.get().longValue();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }

  private void run(Job job, Map<String, String> settings, Optional<LocalDate> date)
      throws Exception {
    Config config = Config.load(job.keys(), job.keys(), Optional.empty(), settings);
    Progress quiet =
        new Progress(new java.io.PrintStream(OutputStream.nullOutputStream()), context.clock());
    job.run(new RunContext(config, date, context.clock(), quiet, context::spark));
  }
}
