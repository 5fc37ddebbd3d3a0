package renown.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.delta.storage.LogStore;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.spark.internal.config.ConfigEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import renown.lake.Locations;

/** The files in {@code conf/}: a key that nobody reads would do nothing, and say nothing. */
class ProfilesTest {
  private static final Path FOLDER = Path.of("conf");
  private static final String HADOOP = "spark.hadoop.";
  private static final String LOG_STORE = "spark.delta.logStore.s3a.impl";

  /** Read by name where Spark starts, not registered. */
  private static final Set<String> SPARK_BY_NAME = Set.of("spark.master");

  /** Keys are registered when the objects that hold them are initialised. */
  @BeforeAll
  static void registerKeys() throws ClassNotFoundException {
    for (String holder :
        List.of(
            "org.apache.spark.internal.config.package$",
            "org.apache.spark.internal.config.UI$",
            "org.apache.spark.internal.config.Kryo$",
            "org.apache.spark.internal.config.Network$",
            "org.apache.spark.sql.internal.SQLConf$",
            "org.apache.spark.sql.internal.StaticSQLConf$",
            "org.apache.spark.sql.delta.sources.DeltaSQLConf$")) {
      Class.forName(holder);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.properties", "s3.properties", "cluster.properties"})
  void everyKeyIsReadBySomebody(String file) throws Exception {
    Properties properties = properties(file);
    assertThat(properties).isNotEmpty();
    Set<String> hadoop = hadoopKeys();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (key.startsWith(HADOOP)) {
        assertThat(hadoop).as("keys of S3A").contains(key.substring(HADOOP.length()));
      } else if (key.equals(LOG_STORE)) {
        assertThat(Class.forName(properties.getProperty(key))).isAssignableTo(LogStore.class);
      } else if (key.startsWith("spark.")) {
        check(key, properties.getProperty(key));
      } else {
        fail("%s: a profile sets only what is Spark's: roots are the user's", key);
      }
    }
  }

  /** The roots stand in the profiles as comments; with them filled in, the file is accepted. */
  @ParameterizedTest
  @ValueSource(strings = {"local.properties", "s3.properties", "cluster.properties"})
  void theRootsShownAreTheKeys(String file) throws Exception {
    Path filled = Files.createTempFile("profile", ".properties");
    try {
      String text = Files.readString(FOLDER.resolve(file));
      Files.writeString(
          filled, text.replace("#raw.root", "raw.root").replace("#lake.root", "lake.root"));
      List<ConfigKey<?>> keys = List.of(Locations.RAW_ROOT, Locations.LAKE_ROOT);
      Config config = Config.load(keys, keys, Optional.of(filled), Map.of());
      assertThat(config.value(Locations.RAW_ROOT)).contains("raw");
      assertThat(config.value(Locations.LAKE_ROOT)).contains("lake");
    } finally {
      Files.delete(filled);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.properties", "s3.properties", "cluster.properties"})
  void noSecretIsInAFile(String file) throws Exception {
    String text = Files.readString(FOLDER.resolve(file));
    assertThat(text)
        .doesNotContainPattern(Pattern.compile("(secret|access|session)\\.(key|token)"));
    assertThat(text).doesNotContainPattern("AKIA|ASIA");
  }

  @Test
  void theStoreForCommitsIsOurs() {
    Config config = Config.load(List.of(), List.of(), Optional.empty(), Map.of());
    assertThat(Sessions.conf(config).get(LOG_STORE))
        .isEqualTo(renown.lake.s3.ConditionalPutLogStore.class.getName());
  }

  @Test
  void whatIsNeededCannotBeUnset() {
    Config config =
        Config.load(
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of("spark.sql.session.timeZone", "Europe/Berlin", LOG_STORE, "my.Store"));
    assertThat(Sessions.conf(config).get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(Sessions.conf(config).get(LOG_STORE)).isEqualTo("my.Store");
  }

  /** A typing error must not pass the check above. */
  @Test
  void theCheckKnowsNoInventedKey() throws Exception {
    assertThat(isKnown("spark.executor.memroy")).isFalse();
    assertThat(isKnown("spark.databricks.delta.snapshotPartition")).isFalse();
    assertThat(hadoopKeys()).doesNotContain("fs.s3a.connection.maximun").hasSizeGreaterThan(100);
  }

  private static void check(String key, String value) {
    assertThat(isKnown(key)).as("%s is a key of Spark or Delta", key).isTrue();
    ConfigEntry<?> entry = ConfigEntry.findEntry(key);
    if (entry != null) {
      // Throws where the value is not of the key's type.
      assertThat(entry.valueConverter().apply(value)).as(key).isNotNull();
    }
  }

  private static boolean isKnown(String key) {
    return SPARK_BY_NAME.contains(key) || ConfigEntry.findEntry(key) != null;
  }

  private static Set<String> hadoopKeys() throws IllegalAccessException {
    Set<String> keys = new TreeSet<>();
    new Configuration().forEach(entry -> keys.add(entry.getKey()));
    for (Field field : Constants.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        keys.add((String) field.get(null));
      }
    }
    return keys;
  }

  private static Properties properties(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve(file))) {
      properties.load(reader);
    }
    return properties;
  }
}
