package renown.lab.evaluate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.lake.Lake;
import renown.run.RenownException;
import renown.tables.AuthorRecords;
import renown.tables.CascadeActs;
import renown.tables.MartBreakouts;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartPostSpread;

/**
 * Compares the lake's cascades of two nights of real dumps with {@link ReactionCount}, and
 * describes them where the truth is unknown.
 */
final class RealSpread {
  private static final List<String> VERBS = List.of("repost", "quote", "reply", "like");
  private static final Set<String> FORMATS = Set.of(RealEvents.X_STREAM, RealEvents.JETSTREAM);

  private static final String[] ACT = {"network", "post_id", "record_hash", "happened_at"};

  /** Parts of a post in an author's record. */
  private static final double UNIT = 1L << 20;

  private RealSpread() {}

  /**
   * @throws RenownException if the path holds neither minutes of X nor lines of Jetstream
   */
  static List<Measurement> measure(Laboratory laboratory, String name, Path source)
      throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    for (RealEvents.Split split :
        RealEvents.write(name, source, network -> laboratory.folder(network).resolve("raw"))) {
      if (!FORMATS.contains(split.format())) {
        throw RenownException.configuration(
            "--data %s=%s: suite spread reads folders with graph.txt, train.txt and test.txt,"
                + " folders with minutes of X, and files of Jetstream.",
            name, source);
      }
      measurements.addAll(measure(laboratory, split));
    }
    return measurements;
  }

  private static List<Measurement> measure(Laboratory laboratory, RealEvents.Split split)
      throws Exception {
    Map<String, String> settings =
        Map.of(
            "ingest.formats",
            split.name() + "=" + split.format(),
            "spread.path-networks",
            split.format().equals(RealEvents.JETSTREAM) ? split.name() : "");
    laboratory.nights(split.name(), settings, split.night());
    Lake lake = laboratory.nights(split.name(), settings, split.night().plusDays(1));
    List<Measurement> measurements = new ArrayList<>();
    measurements.addAll(
        counts(
            split.name(),
            lake,
            ReactionCount.of(split.format(), dumps(laboratory.folder(split.name())))));
    measurements.addAll(shapes(split.name(), lake));
    return measurements;
  }

  private static List<Path> dumps(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("raw"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  // ---- Against the count

  /** The lake's acts on posts, and the counted ones. */
  static List<Measurement> counts(String name, Lake lake, ReactionCount truth) {
    Map<ReactionCount.Reaction, Long> counted = truth.reactions();
    Map<ReactionCount.Reaction, Long> remembered = remembered(lake);
    remembered.keySet().removeIf(truth::isLeftOut);
    Map<String, ReactionCount.Post> countedPosts = truth.posts();
    Map<String, ReactionCount.Post> toldPosts = told(lake);
    toldPosts.keySet().removeAll(truth.notCompared());
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(Measurement.of(name, "minutes of real time", truth.minutes()));
    for (String verb : VERBS) {
      measurements.add(
          Measurement.of(
              name,
              verb + ": acts, counted by line",
              counted.entrySet().stream()
                  .filter(one -> one.getKey().verb().equals(verb))
                  .mapToLong(Map.Entry::getValue)
                  .sum()));
    }
    measurements.add(
        Measurement.of(name, "acts by actor, verb and post: agreement", equal(counted, remembered))
            .atLeast(1));
    measurements.add(
        Measurement.of(name, "posts others reacted to, counted by line", countedPosts.size()));
    measurements.add(
        Measurement.of(
                name,
                "author, acts by verb and accounts of each post: agreement",
                equal(countedPosts, toldPosts))
            .atLeast(1));
    measurements.add(Measurement.of(name, "posts not compared", truth.notCompared().size()));
    measurements.add(
        Measurement.of(
            name,
            "posts with 4 accounts or more",
            countedPosts.values().stream().filter(post -> post.actors() >= 4).count()));
    return measurements;
  }

  /** Of the keys that either has, the share with equal values; NaN if there are none. */
  static <K, V> double equal(Map<K, V> one, Map<K, V> other) {
    Set<K> keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    long equal = keys.stream().filter(key -> Objects.equals(one.get(key), other.get(key))).count();
    return (double) equal / keys.size();
  }

  /** Rows of {@code cascade_acts} that no later row undoes. */
  private static Dataset<Row> standing(Lake lake) {
    Dataset<Row> acts = Laboratory.published(lake, CascadeActs.TABLE);
    return acts.where(col("change").equalTo(1))
        .join(acts.where(col("change").equalTo(-1)).selectExpr(ACT), ACT, "left_anti");
  }

  private static Map<ReactionCount.Reaction, Long> remembered(Lake lake) {
    Dataset<Row> accounts = accounts(lake);
    Map<ReactionCount.Reaction, Long> counts = new HashMap<>();
    standing(lake)
        .join(accounts.toDF("author_key", "author_id"), "author_key")
        .join(accounts.toDF("actor_key", "actor_id"), "actor_key")
        .select("post_id", "author_id", "actor_id", "verb")
        .collectAsList()
        .forEach(
            row ->
                counts.merge(
                    new ReactionCount.Reaction(
                        row.getString(0), row.getString(1), row.getString(2), row.getString(3)),
                    1L,
                    Long::sum));
    return counts;
  }

  private static Dataset<Row> accounts(Lake lake) {
    return Laboratory.core(lake).accounts().select("account_key", "account_id");
  }

  /** The mart's row of each post on its last night. */
  private static Map<String, ReactionCount.Post> told(Lake lake) {
    Map<String, ReactionCount.Post> posts = new TreeMap<>();
    latest(lake)
        .join(accounts(lake).toDF("author_key", "author_id"), "author_key")
        .select(
            "post_id",
            "author_id",
            "actor_count",
            "repost_count",
            "quote_count",
            "reply_count",
            "like_count")
        .collectAsList()
        .forEach(
            row -> {
              Map<String, Long> counts = new TreeMap<>();
              for (int i = 0; i < VERBS.size(); i++) {
                if (row.getLong(3 + i) > 0) {
                  counts.put(VERBS.get(i), row.getLong(3 + i));
                }
              }
              posts.put(
                  row.getString(0),
                  new ReactionCount.Post(row.getString(1), counts, row.getLong(2)));
            });
    return posts;
  }

  private static Dataset<Row> latest(Lake lake) {
    Dataset<Row> rows = Laboratory.published(lake, MartPostSpread.TABLE);
    return rows.join(
        rows.groupBy("post_id").agg(max("night").as("night")), new String[] {"post_id", "night"});
  }

  // ---- What they are like

  private static List<Measurement> shapes(String name, Lake lake) {
    Column recorded = col("is_recorded");
    Column fromAuthor = not(recorded).and(col("parent_key").equalTo(col("author_key")));
    Column fromAnother = not(recorded).and(col("parent_key").notEqual(col("author_key")));
    Row acts =
        standing(lake)
            .where(col("actor_key").notEqual(col("author_key")))
            .agg(
                count(lit(1)),
                count(when(recorded, 1)),
                count(when(fromAuthor, 1)),
                count(when(fromAnother, 1)),
                avg(when(not(recorded), col("confidence_share"))))
            .first();
    double all = acts.getLong(0);
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(
        Measurement.of(name, "acts by others: parent recorded, share", acts.getLong(1) / all));
    measurements.add(
        Measurement.of(
            name, "acts by others: parent inferred, the author, share", acts.getLong(2) / all));
    measurements.add(
        Measurement.of(
            name, "acts by others: parent inferred, somebody else, share", acts.getLong(3) / all));
    measurements.add(
        Measurement.of(
            name,
            "mean confidence of inferred parents",
            acts.isNullAt(4) ? Double.NaN : acts.getDouble(4)));
    Row largest =
        latest(lake)
            .agg(
                max("actor_count").cast("double"),
                max("exposure_low"),
                max("exposure_high"),
                max("depth").cast("double"),
                max("breadth").cast("double"),
                max("structural_virality"))
            .first();
    List<String> most =
        List.of(
            "accounts that reacted",
            "exposure_low",
            "exposure_high",
            "depth",
            "breadth",
            "structural_virality");
    for (int i = 0; i < most.size(); i++) {
      measurements.add(
          Measurement.of(
              name,
              "largest of a post: " + most.get(i),
              largest.isNullAt(i) ? Double.NaN : largest.getDouble(i)));
    }
    Row judged =
        Laboratory.published(lake, AuthorRecords.TABLE)
            .groupBy("network", "kind", "author_key")
            .agg(max_by(col("post_units"), col("night")).as("post_units"))
            // A record fades by less than half a post overnight.
            .agg(coalesce(sum(rint(col("post_units").divide(lit(UNIT)))), lit(0.0)))
            .first();
    measurements.add(Measurement.of(name, "posts judged for a breakout", judged.getDouble(0)));
    measurements.add(
        Measurement.of(
            name, "breakouts found", Laboratory.published(lake, MartBreakouts.TABLE).count()));
    measurements.add(
        Measurement.of(
            name, "early warnings", Laboratory.published(lake, MartEarlyWarnings.TABLE).count()));
    return measurements;
  }
}
