package renown.lab.generate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine.Command;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;

/**
 * Writes raw dumps of a synthetic society to {@code <raw.root>/<network>/dt=YYYY-MM-DD/} and the
 * planted truth to {@code truth.root}. One task per file (up to 10,000); see {@link DumpGenerator}.
 */
@Command(
    name = "generate",
    description = "Generates a synthetic society: writes its raw dumps and the planted truth.")
public final class GenerateJob implements Job {
  static final ConfigKey<Long> ACCOUNTS =
      ConfigKey.integer(
          "generate.accounts",
          2_000,
          10,
          SocietySettings.MOST_ACCOUNTS,
          "Accounts of the society, per network.");

  static final ConfigKey<Long> DAYS =
      ConfigKey.integer("generate.days", 4, 1, 3650, "Days of dumps to generate.");

  /** X ids have 19 digits from 2018 until far beyond 2039. */
  static final ConfigKey<LocalDate> FIRST_DATE =
      ConfigKey.parsed(
          "generate.first-date",
          "2026-01-05",
          "a date, 2019-01-01 to 2039-12-31",
          "First generated day, UTC.",
          text -> {
            try {
              LocalDate date = LocalDate.parse(text);
              if (date.getYear() < 2019 || date.getYear() > 2039) {
                throw new IllegalArgumentException(text);
              }
              return date;
            } catch (DateTimeException e) {
              throw new IllegalArgumentException(e);
            }
          });

  static final ConfigKey<Long> SEED =
      ConfigKey.integer(
          "generate.seed",
          1,
          0,
          Long.MAX_VALUE,
          "Random seed. The same seed, accounts, first date and rates give the same dumps,"
              + " bit for bit.");

  static final ConfigKey<Set<Network>> NETWORKS =
      ConfigKey.parsed(
          "generate.networks",
          "bluesky,x",
          "bluesky, x or both, separated by a comma",
          "Networks to generate dumps for.",
          GenerateJob::networks);

  static final ConfigKey<Double> EVENTS_PER_ACCOUNT_DAY =
      ConfigKey.number(
          "generate.events-per-account-day",
          8,
          0.1,
          100,
          "Mean number of posts and reactions of an ordinary account per day.");

  static final ConfigKey<Double> DIRTY_SHARE =
      ConfigKey.number(
          "generate.dirty-share",
          0.002,
          0,
          0.5,
          "Dirty lines per clean line, and share of account days delivered a day late.");

  static final ConfigKey<Speech> SPEECH =
      ConfigKey.parsed(
          "generate.speech",
          "sentences",
          "sentences or people",
          "How posts are worded. sentences: about phrases that the built-in taxonomy mostly knows,"
              + " usually with a hashtag. people: in words of their own, slang and names, seldom"
              + " with a hashtag, which tests how topics are found.",
          text -> {
            for (Speech speech : Speech.values()) {
              if (speech.word().equals(text)) {
                return speech;
              }
            }
            throw new IllegalArgumentException(text);
          });

  static final ConfigKey<String> COMPRESSION =
      ConfigKey.choice(
          "generate.compression", "gz", List.of("gz", "none"), "Compression of the dumps.");

  static final ConfigKey<String> TRUTH_ROOT =
      ConfigKey.requiredText(
          "truth.root",
          "a Hadoop path, such as s3a://bucket/folder or file:/folder",
          "Folder for the planted truth of a generated society; must not be inside a"
              + " network's folder under raw.root.");

  /** More tasks than this burden the driver more than they improve balance. */
  private static final int MOST_TASKS = 10_000;

  private static final String PARAMETERS = "parameters.properties";

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(
        Locations.RAW_ROOT,
        TRUTH_ROOT,
        ACCOUNTS,
        DAYS,
        FIRST_DATE,
        SEED,
        NETWORKS,
        EVENTS_PER_ACCOUNT_DAY,
        DIRTY_SHARE,
        SPEECH,
        COMPRESSION);
  }

  /** A file to write. */
  private record Unit(Network network, int day, int shard) implements Serializable {}

  @Override
  public void run(RunContext context) throws Exception {
    SocietySettings settings =
        new SocietySettings(
            Math.toIntExact(context.value(ACCOUNTS)),
            context.value(FIRST_DATE),
            context.value(SEED),
            context.value(EVENTS_PER_ACCOUNT_DAY),
            context.value(DIRTY_SHARE),
            context.value(SPEECH));
    Set<Network> networks = context.value(NETWORKS);
    int days = Math.toIntExact(context.value(DAYS));
    boolean compressed = context.value(COMPRESSION).equals("gz");
    Path raw = Locations.writable(Locations.RAW_ROOT, context.config());
    Path truth = Locations.writable(TRUTH_ROOT, context.config());
    for (Network network : networks) {
      Path folder = new Path(raw, network.word());
      if (isWithin(truth, folder)) {
        throw RenownException.configuration(
            "truth.root = \"%s\" is inside %s and would be read as dumps: give another"
                + " folder.",
            truth, folder);
      }
    }

    SparkSession spark = context.spark();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    claim(settings, compressed, networks, raw, truth, hadoop);
    Map<Network, long[][]> counts = new TreeMap<>();
    for (Network network : networks) {
      context
          .progress()
          .step(
              "generate " + network.word(),
              () -> {
                long[][] ofDays = dumps(spark, settings, network, days, compressed, raw, truth);
                counts.put(network, ofDays);
                return Arrays.stream(ofDays).mapToLong(day -> day[Count.LINES.ordinal()]).sum();
              });
    }
    context
        .progress()
        .step(
            "write the truth",
            () -> {
              truth(settings, networks, days, counts, truth, hadoop);
              return (long) settings.accounts() * networks.size();
            });
  }

  private static boolean isWithin(Path inner, Path outer) {
    for (Path path = inner; path != null; path = path.getParent()) {
      if (path.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Dumps of two societies in one folder would be read as one. So the parameters are written first,
   * and a folder with another society's dumps is refused. More days of the same society may be
   * added; existing ones come out the same.
   */
  private static void claim(
      SocietySettings settings,
      boolean compressed,
      Set<Network> networks,
      Path raw,
      Path truth,
      Configuration hadoop)
      throws IOException {
    String parameters =
        String.format(
            Locale.ROOT,
            "accounts=%d%nfirst-date=%s%nseed=%d%nevents-per-account-day=%s%ndirty-share=%s%n"
                + "%scompression=%s%n",
            settings.accounts(),
            settings.firstDate(),
            settings.seed(),
            settings.eventsPerAccountDay(),
            settings.dirtyShare(),
            // As before there was a choice, so that more days can be added to older dumps.
            settings.speech() == Speech.SENTENCES
                ? ""
                : String.format("speech=%s%n", settings.speech().word()),
            compressed ? "gz" : "none");
    Path file = new Path(truth, PARAMETERS);
    FileSystem truthFiles = file.getFileSystem(hadoop);
    String before = "";
    if (truthFiles.exists(file)) {
      try (InputStream in = truthFiles.open(file)) {
        before = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    if (before.equals(parameters)) {
      return;
    }
    for (Network network : networks) {
      Path folder = new Path(raw, network.word());
      FileSystem files = folder.getFileSystem(hadoop);
      FileStatus[] there = files.exists(folder) ? files.listStatus(folder) : new FileStatus[0];
      if (there.length > 0) {
        throw RenownException.configuration(
            "raw.root: %s already holds other dumps (%s): give another raw.root, or delete"
                + " them.",
            folder, there[0].getPath().getName());
      }
    }
    try (OutputStream out = truthFiles.create(file, true)) {
      out.write(parameters.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes all files of a network; returns the counts of each day. */
  private static long[][] dumps(
      SparkSession spark,
      SocietySettings settings,
      Network network,
      int days,
      boolean compressed,
      Path raw,
      Path truth) {
    JavaSparkContext sparkContext = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Unit> units = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      for (int shard = 0; shard < settings.shards(); shard++) {
        units.add(new Unit(network, day, shard));
      }
    }
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    String root = raw.toString();
    String paths = new Path(truth, "paths").toString();
    sparkContext.setJobDescription("generate " + network.word());
    List<long[]> written =
        sparkContext
            .parallelize(units, Math.min(units.size(), MOST_TASKS))
            .map(unit -> write(settings, unit, compressed, root, paths, hadoop.value()))
            .collect();
    long[][] counts = new long[days][Count.values().length];
    for (int i = 0; i < units.size(); i++) {
      for (int c = 0; c < Count.values().length; c++) {
        counts[units.get(i).day()][c] += written.get(i)[c];
      }
    }
    return counts;
  }

  private static long[] write(
      SocietySettings settings,
      Unit unit,
      boolean compressed,
      String raw,
      String paths,
      Configuration hadoop)
      throws IOException {
    String file = file(settings, unit, compressed);
    DumpGenerator generator = new DumpGenerator(settings, unit.network());
    if (settings.speech() == Speech.PEOPLE) {
      Path topics = new Path(new Path(paths).getParent(), "topics/" + file);
      try (OutputStream out = open(topics, compressed, hadoop)) {
        generator.topics(unit.day(), unit.shard(), out);
      }
    }
    try (OutputStream out = open(new Path(raw, file), compressed, hadoop);
        OutputStream through = open(new Path(paths, file), compressed, hadoop)) {
      return generator.write(unit.day(), unit.shard(), out, through);
    }
  }

  private static String file(SocietySettings settings, Unit unit, boolean compressed) {
    return String.format(
        Locale.ROOT,
        "%s/dt=%s/part-%05d.jsonl%s",
        unit.network().word(),
        settings.firstDate().plusDays(unit.day()),
        unit.shard(),
        compressed ? ".gz" : "");
  }

  private static OutputStream open(Path path, boolean compressed, Configuration hadoop)
      throws IOException {
    OutputStream file = path.getFileSystem(hadoop).create(path, true);
    return compressed ? new FastGzip(file) : new BufferedOutputStream(file);
  }

  /** Gzip at its fastest level: the generator is faster than any level compresses. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(1);
    }
  }

  private static void truth(
      SocietySettings settings,
      Set<Network> networks,
      int days,
      Map<Network, long[][]> counts,
      Path truth,
      Configuration hadoop)
      throws IOException {
    FileSystem files = truth.getFileSystem(hadoop);
    try (OutputStream accounts = create(files, truth, "accounts.jsonl");
        OutputStream optOuts = create(files, truth, "opt-outs.tsv");
        OutputStream breakouts = create(files, truth, "breakouts.jsonl");
        OutputStream events = create(files, truth, "events.jsonl")) {
      for (Network network : networks) {
        DumpGenerator generator = new DumpGenerator(settings, network);
        Truth.accounts(generator.society(), accounts);
        Truth.optOuts(generator.society(), optOuts);
        Truth.breakouts(generator, days, breakouts);
        for (int day = 0; day < days; day++) {
          Truth.events(
              network, settings.firstDate().plusDays(day), counts.get(network)[day], events);
        }
      }
    }
  }

  private static OutputStream create(FileSystem files, Path folder, String name)
      throws IOException {
    return new BufferedOutputStream(files.create(new Path(folder, name), true), 1 << 16);
  }

  private static Set<Network> networks(String text) {
    Set<Network> networks = new LinkedHashSet<>();
    for (String word : text.split(",")) {
      networks.add(Network.valueOf(word.strip().toUpperCase(Locale.ROOT)));
    }
    return networks;
  }
}
