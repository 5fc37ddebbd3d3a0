package renown.app;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import renown.ask.sql.PublishedMarts;
import renown.lake.Locations;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.Sessions;

/**
 * API for programs other than jobs, such as notebooks: opens a Spark session with the published
 * marts as temporary views. With a session of your own you only need {@link
 * PublishedMarts#register(SparkSession, String, String)}.
 */
public final class PublishedLake {
  private PublishedLake() {}

  /**
   * Opens the lake that {@code lake.root} names. The first call in a JVM starts Spark; those after
   * it get a session of their own on the same Spark, so that two lakes or nights do not mix.
   *
   * @param conf a profile such as {@code conf/s3.properties}; none if it is empty
   * @param settings keys as {@code --set} gives them, which win over the profile
   * @param night such as 2026-01-31; the last published one if it is empty
   * @throws RenownException for a wrong key, or if there is no such lake or night
   */
  public static SparkSession open(String conf, Map<String, String> settings, String night) {
    Config config = config(conf, settings);
    String root = Locations.readable(Locations.LAKE_ROOT, config).toString();
    SparkSession spark =
        org.apache.spark.sql.classic.SparkSession.builder()
            .config(sparkConf(config))
            .getOrCreate()
            .newSession();
    PublishedMarts.register(spark, root, night);
    return spark;
  }

  /**
   * What Spark has to be told where somebody else starts it.
   *
   * @param conf as in {@link #open}
   * @param settings as in {@link #open}
   */
  public static SparkConf sparkConf(String conf, Map<String, String> settings) {
    return sparkConf(config(conf, settings));
  }

  private static SparkConf sparkConf(Config config) {
    return Sessions.conf(config).setAppName("renown notebook");
  }

  private static Config config(String conf, Map<String, String> settings) {
    Set<ConfigKey<?>> known = new LinkedHashSet<>();
    Jobs.all().forEach(job -> known.addAll(job.keys()));
    return Config.load(
        known,
        List.of(Locations.LAKE_ROOT),
        conf.isEmpty() ? Optional.empty() : Optional.of(Path.of(conf)),
        settings);
  }
}
