package renown.ask.trino;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class TrinoViewsTest {
  private static String location(String root) {
    return TrinoViews.location(new Path(root));
  }

  @Test
  void aRootIsNamedAsTrinoNamesIt() {
    assertThat(location("s3a://bucket/lake/")).isEqualTo("s3a://bucket/lake");
    assertThat(location("file:/data/lake")).isEqualTo("local:///data/lake");
    assertThat(location("file:///data/my lake/")).isEqualTo("local:///data/my lake");
    assertThat(location("/data/lake")).isEqualTo("local:///data/lake");
    assertThat(location("target/lake"))
        .isEqualTo("local://" + java.nio.file.Path.of("target/lake").toAbsolutePath());
  }
}
