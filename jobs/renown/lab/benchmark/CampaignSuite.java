package renown.lab.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.theta_sketch_agg;
import static org.apache.spark.sql.functions.theta_sketch_estimate;
import static org.apache.spark.sql.functions.udf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import renown.engine.shortlist.Campaign;
import renown.engine.shortlist.Choices;
import renown.engine.shortlist.Shortlist;
import renown.kernels.sketches.AudienceSketch;
import renown.run.Progress;
import renown.run.RunContext;

/**
 * How long a campaign takes over more and more candidates: choosing on sketches that lie in files,
 * counting exactly what was chosen, and, on as many candidates as it can bear, greedy choice
 * without sketches and without laziness.
 *
 * <p>Audiences have a power-law tail (Pareto, exponent 1.2, from 5 accounts on, at most 100,000, 26
 * on average), seven of ten members come from the candidate's community of 1,000 candidates, the
 * others from anywhere; there are ten accounts per candidate.
 */
final class CampaignSuite {
  private static final int SEATS = 20;
  private static final double EXPONENT = 1.2;
  private static final int LEAST_AUDIENCE = 5;
  private static final int LARGEST_AUDIENCE = 100_000;
  private static final int ACCOUNTS_PER_CANDIDATE = 10;
  private static final int COMMUNITY = 1000;

  /** Plain greedy counts every set for every seat. */
  private static final int MOST_FOR_PLAIN = 100_000;

  private static final Campaign CAMPAIGN =
      new Campaign("benchmark", "t", false, null, null, null, 0, SEATS, 0);

  private final SparkSession spark;
  private final Progress progress;
  private final List<Integer> sizes;
  private final int rounds;

  CampaignSuite(RunContext context, List<Integer> sizes, int rounds) {
    this.spark = context.spark();
    this.progress = context.progress();
    this.sizes = sizes;
    this.rounds = rounds;
  }

  Map<String, Object> run() throws Exception {
    Path folder = Files.createTempDirectory("renown-benchmark");
    List<Map<String, Object>> results = new ArrayList<>();
    try {
      progress.say(
          "%12s %14s %14s %14s %10s %10s %12s %14s",
          "candidates", "choose s", "count s", "plain s", "loaded", "sampled", "reach", "of plain");
      for (int size : sizes) {
        results.add(measure(size, folder.resolve(Integer.toString(size))));
      }
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("suite", "campaign");
    measured.put("seats", SEATS);
    measured.put("rounds", rounds);
    measured.put("results", results);
    return measured;
  }

  private Map<String, Object> measure(int size, Path folder) throws Exception {
    String acts = folder.resolve("acts").toUri().toString();
    String sketches = folder.resolve("sketches").toUri().toString();
    write(size, acts, sketches);
    Dataset<Row> candidates = spark.read().parquet(sketches);
    Dataset<Row> topics = spark.read().parquet(acts);
    Dataset<Row> credible =
        spark
            .range((long) size * ACCOUNTS_PER_CANDIDATE)
            .select(col("id").plus(lit((long) size)).as("account_key"));
    List<Choices> choices = new ArrayList<>();
    List<Shortlist> shortlists = new ArrayList<>();
    double[] choosing = new double[rounds];
    double[] counting = new double[rounds];
    // The first round warms up.
    for (int round = 0; round <= rounds; round++) {
      double chosen = seconds(() -> choices.add(Choices.of(candidates, null, SEATS, 0)));
      Choices last = choices.get(round);
      double counted =
          seconds(
              () ->
                  shortlists.add(
                      Shortlist.counted(last, CAMPAIGN, topics.limit(0), topics, credible)));
      if (round > 0) {
        choosing[round - 1] = chosen;
        counting[round - 1] = counted;
      }
    }
    Choices choice = choices.get(rounds);
    long reach = shortlists.get(rounds).reach();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("candidates", size);
    result.put("choose_seconds", Measurements.median(choosing));
    result.put("count_seconds", Measurements.median(counting));
    result.put("loaded", choice.loaded());
    result.put("sampled_share", choice.sampledShare());
    result.put("reach", reach);
    if (size <= MOST_FOR_PLAIN) {
      List<Integer> plainReach = new ArrayList<>();
      result.put("plain_seconds", seconds(() -> plainReach.add(plainGreedy(size))));
      result.put("share_of_plain_reach", reach / (double) plainReach.get(0));
    }
    progress.say(
        "%,12d %14.2f %14.2f %14s %,10d %10.4f %,12d %14s",
        size,
        Measurements.median(choosing),
        Measurements.median(counting),
        text("%.2f", result.get("plain_seconds")),
        choice.loaded(),
        choice.sampledShare(),
        reach,
        text("%.4f", result.get("share_of_plain_reach")));
    return result;
  }

  private static String text(String format, Object number) {
    return number == null ? "-" : String.format(Locale.ROOT, format, number);
  }

  private static double seconds(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e9;
  }

  private void write(int size, String acts, String sketches) {
    UDF1<Long, long[]> audience = candidate -> audience(candidate, size);
    Dataset<Row> reached =
        spark
            .range(size)
            .select(
                col("id").as("dst_key"),
                explode(
                        udf(audience, DataTypes.createArrayType(DataTypes.LongType, false))
                            .apply(col("id")))
                    .as("src_key"));
    reached
        .select(
            lit("n").as("network"),
            lit(CAMPAIGN.topic()).as("topic_id"),
            col("src_key"),
            col("dst_key"),
            lit("like").as("verb"),
            lit(1L).as("act_count"),
            lit(java.sql.Date.valueOf("2026-01-05")).as("night"))
        .write()
        .parquet(acts);
    UDF1<byte[], Double> error = AudienceSketch::relativeError;
    reached
        .groupBy(col("dst_key").as("account_key"))
        .agg(theta_sketch_agg(col("src_key"), AudienceSketch.LOG2_ENTRIES).as("sketch"))
        .select(
            col("account_key"),
            theta_sketch_estimate(col("sketch")).as("reached_count"),
            udf(error, DataTypes.DoubleType).apply(col("sketch")).as("relative_error"),
            col("account_key").mod(lit(997)).divide(lit(10.0)).as("score"),
            theta_sketch_estimate(col("sketch")).as("followed_count"),
            lit(1L).as("cost"),
            lit(null).cast("long").as("community_key"),
            col("sketch"))
        .write()
        .parquet(sketches);
  }

  /** Whom a candidate reaches; accounts are numbered after the candidates. */
  static long[] audience(long candidate, int size) {
    SplittableRandom random = new SplittableRandom(candidate);
    long universe = (long) size * ACCOUNTS_PER_CANDIDATE;
    double tail = LEAST_AUDIENCE * Math.pow(1 - random.nextDouble(), -1 / EXPONENT);
    int draws = (int) Math.min(tail, Math.min(LARGEST_AUDIENCE, universe / 10));
    long home = Math.min((long) COMMUNITY * ACCOUNTS_PER_CANDIDATE, universe);
    long first = candidate / COMMUNITY * home % (universe - home + 1);
    Set<Long> members = new HashSet<>();
    for (int i = 0; i < draws; i++) {
      members.add(
          size
              + (random.nextInt(10) < 7
                  ? first + random.nextLong(home)
                  : random.nextLong(universe)));
    }
    return members.stream().mapToLong(member -> member).sorted().toArray();
  }

  /** Greedy choice on the sets themselves: who adds most, counted for all in every step. */
  private static int plainGreedy(int size) {
    long[][] sets = new long[size][];
    for (int i = 0; i < size; i++) {
      sets[i] = audience(i, size);
    }
    BitSet covered = new BitSet();
    for (int seat = 0; seat < SEATS; seat++) {
      int best = -1;
      int most = 0;
      for (int i = 0; i < size; i++) {
        int gain = 0;
        for (long member : sets[i]) {
          if (!covered.get((int) member)) {
            gain++;
          }
        }
        if (gain > most) {
          most = gain;
          best = i;
        }
      }
      if (best < 0) {
        break;
      }
      for (long member : sets[best]) {
        covered.set((int) member);
      }
    }
    return covered.cardinality();
  }
}
