package renown.lab.benchmark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import renown.run.Config;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;

/**
 * Loads one day of tweets that is larger than the heap, with lines of many megabytes in between,
 * and tells what was in use of the heap while it did. Whoever does not account for every line fails
 * the run; a heap that is too small does so by itself.
 */
final class MemorySuite {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 5);
  private static final int FILES = 8;
  private static final int ACCOUNTS = 100_000;
  private static final int LONG_LINES = 20;
  private static final int PARTS = 10;

  /** Milliseconds from 1970 to the first of X's snowflakes, and the bits below the time in one. */
  private static final long SNOWFLAKE_EPOCH = 1_288_834_974_657L;

  private static final int SNOWFLAKE_BITS = 22;

  private static final DateTimeFormatter CREATED =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss '+0000' yyyy", Locale.ROOT);

  /** What was in use after a collection; garbage that only a full one finds included. */
  private record Collection(long nanos, long usedBytes) {}

  private final RunContext context;
  private final Job ingest;
  private final int megabytes;
  private final int lineMegabytes;

  /**
   * @param ingest a night of the ingest stage alone
   * @param megabytes of the day, without the long lines
   * @param lineMegabytes of each of the {@value #LONG_LINES} long lines
   */
  MemorySuite(RunContext context, Job ingest, int megabytes, int lineMegabytes) {
    this.context = context;
    this.ingest = ingest;
    this.megabytes = megabytes;
    this.lineMegabytes = lineMegabytes;
  }

  /** Measures; the table is printed, the numbers are given back. */
  Map<String, Object> run() throws Exception {
    Path folder = Files.createTempDirectory("renown-benchmark");
    try {
      Path day = Files.createDirectories(folder.resolve("raw/x/dt=" + DAY));
      long lines = write(day);
      long bytes = 0;
      for (int i = 0; i < FILES; i++) {
        bytes += Files.size(file(day, i));
      }
      ConcurrentLinkedQueue<Collection> collections = new ConcurrentLinkedQueue<>();
      List<AutoCloseable> listeners = listen(collections);
      long start = System.nanoTime();
      try {
        ingest(folder);
      } finally {
        for (AutoCloseable listener : listeners) {
          listener.close();
        }
      }
      long took = System.nanoTime() - start;
      Row counts =
          context
              .spark()
              .read()
              .format("delta")
              .load(folder.resolve("lake/core/loaded_files").toString())
              .selectExpr("sum(accepted_count)", "sum(line_count)")
              .head();
      if (counts.getLong(0) != lines || counts.getLong(1) != lines) {
        throw RenownException.data(
            "%d lines were written, %d read and %d accepted.",
            lines, counts.getLong(1), counts.getLong(0));
      }
      return tell(bytes, lines, start, took, List.copyOf(collections));
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private Map<String, Object> tell(
      long bytes, long lines, long start, long took, List<Collection> collections) {
    long[] most = new long[PARTS];
    for (Collection one : collections) {
      int part = (int) Math.min(PARTS - 1L, Math.max(0, (one.nanos - start) * PARTS / took));
      most[part] = Math.max(most[part], one.usedBytes);
    }
    long heap = Runtime.getRuntime().maxMemory();
    Progress progress = context.progress();
    progress.say(
        "%.1f MB, %s lines, %s of them of %s MB; heap of %.0f MB; %.1f s, %.0f MB/s",
        bytes / 1e6,
        lines,
        LONG_LINES,
        lineMegabytes,
        heap / 1e6,
        took / 1e9,
        bytes / 1e3 / (took / 1e6));
    progress.say("most in use after a collection of garbage, MB, in each tenth of the time:");
    StringBuilder row = new StringBuilder(" ");
    for (long used : most) {
      row.append(String.format(Locale.ROOT, " %6.0f", used / 1e6));
    }
    progress.say(row.toString());
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("suite", "memory");
    measured.put("bytes", bytes);
    measured.put("lines", lines);
    measured.put("long_lines", LONG_LINES);
    measured.put("long_line_megabytes", lineMegabytes);
    measured.put("heap_bytes", heap);
    measured.put("seconds", took / 1e9);
    measured.put("collections", collections.size());
    measured.put("in_use_bytes", Arrays.stream(most).boxed().toList());
    return measured;
  }

  private void ingest(Path folder) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("raw.root", folder.resolve("raw").toUri().toString());
    settings.put("lake.root", folder.resolve("lake").toUri().toString());
    settings.put("ingest.formats", "x=x-v1-stream");
    settings.put("ingest.line-bytes-max", Integer.toString((lineMegabytes + 1) << 20));
    Config config = Config.load(ingest.keys(), ingest.keys(), Optional.empty(), settings);
    Progress quiet =
        new Progress(new PrintStream(OutputStream.nullOutputStream()), context.clock());
    ingest.run(new RunContext(config, Optional.of(DAY), context.clock(), quiet, context::spark));
  }

  // ---- The heap

  private static List<AutoCloseable> listen(ConcurrentLinkedQueue<Collection> collections) {
    List<AutoCloseable> listeners = new ArrayList<>();
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      NotificationEmitter emitter = (NotificationEmitter) bean;
      NotificationListener listener =
          (notification, any) -> {
            if (notification.getUserData() instanceof CompositeData data
                && data.get("gcInfo") instanceof CompositeData info) {
              collections.add(new Collection(System.nanoTime(), usedAfter(info)));
            }
          };
      emitter.addNotificationListener(listener, null, null);
      listeners.add(() -> remove(emitter, listener));
    }
    return listeners;
  }

  private static void remove(NotificationEmitter emitter, NotificationListener listener)
      throws ListenerNotFoundException {
    emitter.removeNotificationListener(listener);
  }

  private static long usedAfter(CompositeData info) {
    long used = 0;
    javax.management.openmbean.TabularData pools =
        (javax.management.openmbean.TabularData) info.get("memoryUsageAfterGc");
    for (Object value : pools.values()) {
      CompositeData pool = (CompositeData) value;
      String name = (String) pool.get("key");
      if (name.contains("Eden") || name.contains("Survivor") || name.contains("Old")) {
        used += (Long) ((CompositeData) pool.get("value")).get("used");
      }
    }
    return used;
  }

  // ---- The day

  private static Path file(Path day, int number) {
    return day.resolve("part-" + number + ".jsonl");
  }

  /** Tweets, one in four of them with another inside; gives back how many lines there are. */
  private long write(Path day) throws IOException {
    long bytes = (long) megabytes << 20;
    long number = 0;
    for (int i = 0; i < FILES; i++) {
      long ofFile = 0;
      int longLines = 0;
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(file(day, i)), 1 << 20)) {
        while (ofFile < bytes / FILES) {
          byte[] line = (tweet(number, "") + "\n").getBytes(StandardCharsets.UTF_8);
          out.write(line);
          ofFile += line.length;
          number++;
          // The long ones lie apart from each other, in all files.
          int due = LONG_LINES * (i + 1) / FILES - LONG_LINES * i / FILES;
          if (longLines < due && ofFile * (due + 1) > bytes / FILES * (longLines + 1)) {
            out.write(longTweet(number, longLines % 2 == 0));
            longLines++;
            number++;
          }
        }
      }
    }
    return number;
  }

  private byte[] longTweet(long number, boolean isText) {
    StringBuilder filling = new StringBuilder(lineMegabytes << 20);
    while (filling.length() < (lineMegabytes << 20) - 4096) {
      filling.append("long and longer ");
    }
    String line =
        isText
            ? tweet(number, filling.toString())
            : tweet(number, "").replaceFirst("\\{", "{\"unwanted\":\"" + filling + "\",");
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String tweet(long number, String text) {
    boolean isRepost = number % 4 == 3;
    long account = mixed(number) % ACCOUNTS;
    String own = one(number, account, text);
    if (!isRepost) {
      return own;
    }
    // Of a tweet of the last thousand, so that many come often.
    long original = number - 1 - mixed(number + 7) % Math.min(1_000, number);
    original -= original % 4 == 3 ? 1 : 0;
    return own.substring(0, own.length() - 1)
        + ",\"retweeted_status\":"
        + one(original, mixed(original) % ACCOUNTS, "")
        + "}";
  }

  private static long mixed(long number) {
    long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
    return (mixed ^ mixed >>> 29) >>> 1;
  }

  private static String one(long number, long account, String text) {
    long millis =
        DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + number % 80_000_000L;
    String id = Long.toString((millis - SNOWFLAKE_EPOCH << SNOWFLAKE_BITS) + number / 80_000_000L);
    String created = CREATED.format(LocalDateTime.ofEpochSecond(millis / 1000, 0, ZoneOffset.UTC));
    return "{\"created_at\":\""
        + created
        + "\",\"id\":"
        + id
        + ",\"id_str\":\""
        + id
        + "\",\"text\":\"Tweet "
        + number
        + " of nobody about nothing #tag"
        + number % 1_000
        + " "
        + text
        + "\",\"source\":\"<a href=\\\"https://example.org\\\" rel=\\\"nofollow\\\">x</a>\""
        + ",\"truncated\":false,\"in_reply_to_user_id_str\":null,\"user\":{\"id\":"
        + account
        + ",\"id_str\":\""
        + account
        + "\",\"name\":\"Account "
        + account
        + "\",\"screen_name\":\"account"
        + account
        + "\",\"location\":\"Nowhere\",\"url\":null,\"description\":\"Number "
        + account
        + "\",\"protected\":false,\"verified\":false,\"followers_count\":"
        + account % 977
        + ",\"friends_count\":"
        + account % 389
        + ",\"listed_count\":0,\"statuses_count\":"
        + number % 10_007
        + ",\"created_at\":\"Thu Apr 11 06:55:01 +0000 2013\",\"profile_image_url\":"
        + "\"https://example.org/images/normal.png\",\"profile_banner_url\":"
        + "\"https://example.org/images/banner.png\",\"default_profile\":true},\"geo\":null,"
        + "\"coordinates\":null,\"place\":null,\"contributors\":null,\"quote_count\":0,"
        + "\"reply_count\":0,\"retweet_count\":0,\"favorite_count\":0,\"entities\":{\"hashtags\":"
        + "[{\"text\":\"tag"
        + number % 1_000
        + "\",\"indices\":[1,2]}],\"urls\":[],\"user_mentions\":[{\"screen_name\":\"account"
        + (account + 1)
        + "\",\"id\":"
        + (account + 1)
        + ",\"id_str\":\""
        + (account + 1)
        + "\",\"indices\":[3,4]}],\"symbols\":[]},\"favorited\":false,\"retweeted\":false,"
        + "\"filter_level\":\"low\",\"lang\":\"en\",\"timestamp_ms\":\""
        + millis
        + "\"}";
  }
}
