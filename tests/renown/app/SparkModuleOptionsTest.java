package renown.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** A JVM that Maven starts has the options of one that Spark's launcher starts. */
class SparkModuleOptionsTest {
  @Test
  void theBuildGivesWhatSparkAsksFor() {
    assertThat(System.getProperty("renown.spark-module-options"))
        .as("spark.module.options in pom.xml, which has to follow the version of Spark")
        .isEqualTo(JavaModuleOptions.defaultModuleOptions().strip());
  }
}
