package renown.ask.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import renown.tables.TableSchema;

/** Where a lake lies, as Hadoop and as others write it. */
final class LakeAddress {
  private static final String S3A = "spark.hadoop.fs.s3a.";
  private static final String ENDPOINT = S3A + "endpoint";
  private static final String REGION = S3A + "endpoint.region";
  private static final String PATH_STYLE = S3A + "path.style.access";

  /** Settings that say where a store is; never those that say who one is. */
  private static final List<String> PASSED_ON = List.of(ENDPOINT, REGION, PATH_STYLE);

  private final Path root;
  private final Map<String, String> settings;

  /**
   * @param root qualified
   * @param settings Spark's, of the profile and {@code --set}
   */
  LakeAddress(Path root, Map<String, String> settings) {
    this.root = root;
    this.settings = settings;
  }

  private String scheme() {
    return root.toUri().getScheme();
  }

  boolean isLocal() {
    return scheme().equals("file");
  }

  boolean isOnS3() {
    return scheme().startsWith("s3");
  }

  /** The root as this project's own commands take it. */
  String root() {
    return isLocal() ? root.toUri().getPath() : root.toString();
  }

  /** A table as Spark and Hadoop name it. */
  String ofHadoop(TableSchema table) {
    return new Path(root, table.path()).toString();
  }

  /** A table as everybody else names it: {@code s3://}, and local files without a scheme. */
  String elsewhere(TableSchema table) {
    Path path = new Path(root, table.path());
    return isLocal() ? path.toUri().getPath() : path.toString().replaceFirst("^s3[an]:", "s3:");
  }

  /** With its scheme; empty for Amazon's own. */
  Optional<String> endpoint() {
    return setting(ENDPOINT)
        .map(endpoint -> endpoint.contains("://") ? endpoint : "https://" + endpoint);
  }

  Optional<String> region() {
    return setting(REGION);
  }

  boolean isPathStyle() {
    return setting(PATH_STYLE).filter("true"::equals).isPresent();
  }

  /** What PySpark has to be told of the store. */
  Map<String, String> sparkSettings() {
    Map<String, String> told = new LinkedHashMap<>();
    PASSED_ON.forEach(name -> setting(name).ifPresent(value -> told.put(name, value)));
    return told;
  }

  private Optional<String> setting(String name) {
    return isOnS3()
        ? Optional.ofNullable(settings.get(name)).filter(value -> !value.isBlank())
        : Optional.empty();
  }
}
