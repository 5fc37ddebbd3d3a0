package renown.lab.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import renown.lake.Lake;
import renown.night.score.model.Term;
import renown.tables.AccountState;

/**
 * Do score intervals have the right coverage? A data set is split by actor: the acts of half of the
 * accounts form one network, those of the other half another. Posts and profiles are in both. An
 * account's earned attention from the two samples should then differ by no more than its two
 * intervals allow.
 */
final class IntervalSuite implements Suite {
  private static final String SOCIETY = "society";
  private static final List<String> HALVES = List.of("a", "b");
  private static final double LEAST_COVERED = 0.85;

  /** Prefix of the ids that accounts of the other half act on. */
  static final String NOBODY = "nobody-";

  /**
   * With this many accounts the measured share is within 0.05 of the true one, nineteen times in
   * twenty.
   */
  private static final int ENOUGH_ACCOUNTS = 150;

  /** Intervals that always cover are too wide. */
  private static final double LEAST_NOT_COVERED = 0.01;

  /** By how many acted on them, as many in each. */
  private static final List<String> THIRDS = List.of("fewest", "middle", "most");

  private final int accounts;
  private final int days;

  /** Accounts per network and days of the society. */
  IntervalSuite(int accounts, int days) {
    this.accounts = accounts;
    this.days = days;
  }

  @Override
  public String name() {
    return "intervals";
  }

  @Override
  public String description() {
    return "Share of accounts whose earned attention from two halves of the actors agrees"
        + " within the two 90 % intervals.";
  }

  @Override
  public boolean takesData() {
    return true;
  }

  /**
   * What an account earns in a half.
   *
   * @param actors that acted on it
   * @param reactors the distinct credible accounts that reacted, decayed
   * @param low lower end of the interval of earned; all three above 0
   */
  record Earned(long actors, double reactors, double low, double earned, double high) {}

  @Override
  public List<Measurement> measure(Laboratory laboratory) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    if (!laboratory.isDataAlone()) {
      measurements.addAll(society(laboratory));
    }
    for (Map.Entry<String, Path> one : laboratory.data().entrySet()) {
      for (RealEvents.Split split :
          RealEvents.write(
              one.getKey(), one.getValue(), network -> laboratory.folder(network).resolve("raw"))) {
        Map<String, String> format = Map.of("ingest.formats", split.name() + "=" + split.format());
        measurements.addAll(
            measure(laboratory, split.name(), format, List.of(split.name()), split.night()));
      }
    }
    return measurements;
  }

  private List<Measurement> society(Laboratory laboratory) throws Exception {
    laboratory.generate(
        SOCIETY,
        Map.of(
            "generate.accounts", Integer.toString(accounts),
            "generate.days", Integer.toString(days)));
    LocalDate last = Laboratory.FIRST_DATE.plusDays(days - 1L);
    return measure(laboratory, SOCIETY, Map.of(), List.of("bluesky", "x"), last);
  }

  private static List<Measurement> measure(
      Laboratory laboratory,
      String name,
      Map<String, String> settings,
      List<String> networks,
      LocalDate night)
      throws Exception {
    Lake whole = laboratory.scoredNights(name, settings, night);
    String halves = name + "-halves";
    List<String> formats = new ArrayList<>();
    for (String network : networks) {
      for (String half : HALVES) {
        Path dump =
            laboratory
                .folder(halves)
                .resolve("raw")
                .resolve(network + "-" + half)
                .resolve("dt=" + night);
        write(whole, network, half, dump);
        formats.add(network + "-" + half + "=neutral");
      }
    }
    Lake lake =
        laboratory.scoredNights(halves, Map.of("ingest.formats", String.join(",", formats)), night);
    List<Measurement> measurements = new ArrayList<>();
    for (String network : networks) {
      measurements.addAll(
          compare(network, earned(lake, network + "-a"), earned(lake, network + "-b")));
    }
    return measurements;
  }

  /** Writes half of a network in the neutral format: everybody and all posts, half of the acts. */
  private static void write(Lake lake, String network, String half, Path folder) {
    Dataset<Row> accounts =
        Laboratory.core(lake)
            .accounts()
            .where(col("network").equalTo(network))
            .join(
                Laboratory.core(lake).exclusions().select("account_key"),
                new String[] {"account_key"},
                "left_anti");
    Dataset<Row> ids = accounts.select("account_key", "account_id");
    Dataset<Row> profiles =
        accounts
            .where(col("profile_at").isNotNull())
            .select(
                lit("account").as("type"),
                col("account_id"),
                time("profile_at").as("witnessed_at"),
                col("handle"),
                col("display_name"),
                col("description"),
                time("created_at").as("created_at"),
                col("follower_count"),
                col("following_count"),
                col("post_count"),
                col("listed_count"),
                col("is_automated"),
                col("is_verified"));
    Dataset<Row> posts =
        Laboratory.core(lake)
            .posts()
            .where(col("network").equalTo(network))
            .join(ids.withColumnRenamed("account_key", "author_key"), "author_key")
            .select(
                lit("post").as("type"),
                col("account_id"),
                col("post_id").as("record_id"),
                time("happened_at").as("at"),
                col("language"),
                col("reply_to_id"),
                col("thread_id"),
                col("quoted_id"),
                col("hashtags"),
                col("links"));
    Dataset<Row> acts =
        acts(
            Laboratory.core(lake).interactions().where(col("network").equalTo(network)), ids, half);
    for (Dataset<Row> lines : List.of(profiles, posts, acts)) {
      lines.write().mode(SaveMode.Append).parquet(folder.toUri().toString());
    }
  }

  /**
   * What half of the accounts did to others. Each account is of one half, for all it does. In the
   * other half it does the same, at the same times, to accounts and posts that nobody has: so it is
   * as active there, and as credible, and nobody earns anything by it.
   *
   * @param interactions rows of {@code interactions}
   * @param ids account_key, account_id of those who may act and be acted on
   * @param half one of the halves
   * @return lines of type interaction in the neutral format; what was undone is in neither half
   */
  static Dataset<Row> acts(Dataset<Row> interactions, Dataset<Row> ids, String half) {
    Column isOfHalf =
        pmod(xxhash64(col("network"), col("account_id")), lit(HALVES.size()))
            .equalTo(HALVES.indexOf(half));
    return interactions
        .withColumn(
            "record_id",
            format_string("%016x%016x", col("record_print_high"), col("record_print_low")))
        .groupBy("network", "record_id", "verb", "actor_key", "target_key", "object_id")
        .agg(sum("change").as("standing"), min("happened_at").as("happened_at"))
        .where(col("standing").gt(0))
        .join(ids.withColumnRenamed("account_key", "actor_key"), "actor_key")
        .join(ids.toDF("target_key", "target_account_id"), "target_key")
        .select(
            lit("interaction").as("type"),
            col("account_id"),
            col("record_id"),
            time("happened_at").as("at"),
            col("verb"),
            ofHalf(isOfHalf, "target_account_id"),
            ofHalf(isOfHalf, "object_id"));
  }

  private static Column ofHalf(Column isOfHalf, String id) {
    return when(isOfHalf, col(id)).otherwise(concat(lit(NOBODY), col(id))).as(id);
  }

  private static Column time(String instant) {
    return date_format(col(instant), "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
  }

  /** By account id, those with a score. */
  private static Map<String, Earned> earned(Lake lake, String network) {
    Map<String, Earned> earned = new TreeMap<>();
    Laboratory.published(lake, AccountState.TABLE)
        .where(col("network").equalTo(network).and(col("score").isNotNull()))
        .join(Laboratory.core(lake).accounts().select("account_key", "account_id"), "account_key")
        .select(
            col("account_id"),
            col("actor_count"),
            col("term_values").getItem(Term.REACTORS.ordinal()),
            col("earned_attention_low"),
            col("earned_attention"),
            col("earned_attention_high"))
        .collectAsList()
        .forEach(
            row ->
                earned.put(
                    row.getString(0),
                    new Earned(
                        row.getLong(1),
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5))));
    return earned;
  }

  /**
   * How many of the accounts that have both are covered, in all and by how many acted on them.
   * Those to whom nobody reacted in either half are left out: they earn what is usual on the
   * network.
   *
   * @param subject what the measurements are of
   * @param first what accounts earn in one half, by account id
   * @param second the same of the other half
   * @return the shares have a gate if there are enough accounts to tell
   */
  static List<Measurement> compare(
      String subject, Map<String, Earned> first, Map<String, Earned> second) {
    List<String> both =
        first.keySet().stream()
            .filter(second::containsKey)
            .filter(id -> first.get(id).reactors() > 0 || second.get(id).reactors() > 0)
            .sorted(
                Comparator.comparingLong(
                        (String id) -> first.get(id).actors() + second.get(id).actors())
                    .thenComparing(id -> id))
            .toList();
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(subject, "accounts with a score and reactions", both.size()));
    double share = covered(both, first, second);
    Measurement covered = Measurement.of(subject, "share covered", share);
    Measurement others = Measurement.of(subject, "share not covered", 1 - share);
    boolean isGated = both.size() >= ENOUGH_ACCOUNTS;
    measurements.add(isGated ? covered.atLeast(LEAST_COVERED) : covered);
    measurements.add(isGated ? others.atLeast(LEAST_NOT_COVERED) : others);
    for (int third = 0; third < THIRDS.size(); third++) {
      List<String> its =
          both.subList(
              third * both.size() / THIRDS.size(), (third + 1) * both.size() / THIRDS.size());
      measurements.add(
          Measurement.of(
              subject,
              "share covered, the third with the " + THIRDS.get(third) + " actors",
              covered(its, first, second)));
    }
    double[] widths =
        both.stream()
            .map(first::get)
            .mapToDouble(one -> StrictMath.log(one.high() / one.low()))
            .sorted()
            .toArray();
    double[] differences =
        both.stream()
            .mapToDouble(
                id -> Math.abs(StrictMath.log(first.get(id).earned() / second.get(id).earned())))
            .sorted()
            .toArray();
    measurements.add(
        Measurement.of(subject, "median width of an interval, as ln of a factor", median(widths)));
    measurements.add(
        Measurement.of(
            subject, "median difference of the halves, as ln of a factor", median(differences)));
    return measurements;
  }

  private static double median(double[] sorted) {
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(Double.NaN);
  }

  private static double covered(
      List<String> accounts, Map<String, Earned> first, Map<String, Earned> second) {
    return accounts.stream()
        .mapToDouble(id -> isCovered(first.get(id), second.get(id)) ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Whether two independent estimates differ by no more than both intervals allow: their difference
   * has the sum of their variances. Of each interval the side counts that faces the other estimate.
   */
  static boolean isCovered(Earned one, Earned other) {
    Earned less = one.earned() <= other.earned() ? one : other;
    Earned more = less == one ? other : one;
    double difference = StrictMath.log(more.earned() / less.earned());
    return difference
        <= Math.hypot(
            StrictMath.log(less.high() / less.earned()),
            StrictMath.log(more.earned() / more.low()));
  }
}
