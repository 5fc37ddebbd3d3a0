package renown.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import renown.ask.sql.PublishedMarts;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.TableSchema;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class PublishedLakeTest extends SparkTest {
  private static SparkSession open(String night) throws Exception {
    // Whoever asks for a session gets the one that runs.
    spark();
    return PublishedLake.open("", Map.of("lake.root", SmallLake.root().toUri().toString()), night);
  }

  private static Row first(SparkSession session, String query) {
    return session.sql(query).head();
  }

  @Test
  void everyMartStandsUnderItsName() throws Exception {
    SparkSession session = open("");
    assertThat(
            session.sql("SHOW VIEWS").collectAsList().stream()
                .map(view -> view.<String>getAs("viewName")))
        .containsExactlyInAnyOrderElementsOf(
            PublishedMarts.marts().stream().map(TableSchema::name).toList());
    assertThat(first(session, "SELECT max(night) FROM mart_account_scores").getDate(0))
        .hasToString(SmallLake.LAST.toString());
  }

  @Test
  void whatIsOpenedTwiceIsApart() throws Exception {
    // Other tests of this JVM may have left views in the session that all share.
    spark().catalog().dropTempView("mart_topics");
    SparkSession one = open("");
    SparkSession other = open(SmallLake.LAST.toString());
    assertThat(other.catalog().dropTempView("mart_topics")).isTrue();
    assertThat(one.catalog().tableExists("mart_topics")).isTrue();
    assertThat(spark().catalog().tableExists("mart_topics")).isFalse();
  }

  @Test
  void aSessionThatIsThereIsUsed() throws Exception {
    SparkSession own = spark().newSession();
    String root = SmallLake.root().toUri().toString();
    assertThat(PublishedMarts.register(own, root, "").date()).isEqualTo(SmallLake.LAST);
    assertThat(first(own, "SELECT count(*) FROM mart_topics").getLong(0)).isPositive();
  }

  @Test
  void whatIsWrongIsToldInALine() throws Exception {
    String none = folder.toUri().toString();
    assertThatThrownBy(() -> PublishedLake.open("", Map.of("lake.root", none), ""))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("holds no night yet");
    assertThatThrownBy(() -> PublishedLake.open("", Map.of("lake.rot", none), ""))
        .hasMessageContaining("the nearest is lake.root");
    assertThatThrownBy(() -> open("yesterday"))
        .hasMessage("Night \"yesterday\" is not a day; write it as 2026-01-31.");
    assertThatThrownBy(() -> open("2020-01-01"))
        .hasMessageContaining("Night 2020-01-01 is not published; the last one that is, is");
  }

  /** Whoever has keys of the nightly job in his profile may open the lake by it. */
  @Test
  void aProfileOfTheNightlyJobWillDo() throws Exception {
    assertThat(PublishedLake.sparkConf("conf/s3.properties", Map.of("lake.root", "s3a://a/b")))
        .satisfies(
            conf -> {
              assertThat(conf.get("spark.sql.extensions")).startsWith("io.delta.sql.");
              assertThat(conf.get("spark.sql.shuffle.partitions")).isEqualTo("8");
              assertThat(conf.get("spark.app.name")).isEqualTo("renown notebook");
            });
    PublishedLake.sparkConf("", Map.of("lake.root", "/tmp", "raw.root", "/tmp"));
  }

  @Test
  void theMartsSayWhatTheyAre() {
    long columns = PublishedMarts.marts().stream().mapToLong(mart -> mart.columns().size()).sum();
    var descriptions = PublishedMarts.descriptions(spark());
    assertThat(descriptions.count()).isEqualTo(columns);
    Row score =
        descriptions.where("table_name = 'mart_account_scores' AND column_name = 'score'").head();
    assertThat(score.<String>getAs("purpose")).isEqualTo("Scores over time.");
    assertThat(score.<String>getAs("grain")).isEqualTo("one row per account and night");
    assertThat(score.<String>getAs("type")).isEqualTo("double");
    assertThat(score.<Boolean>getAs("nullable")).isTrue();
    assertThat(score.<String>getAs("meaning")).startsWith("12.5 * log10(");
  }
}
