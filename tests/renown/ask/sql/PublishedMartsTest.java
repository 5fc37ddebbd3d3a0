package renown.ask.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import renown.lake.Lake;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.Publications;
import renown.testing.SparkTest;

class PublishedMartsTest extends SparkTest {
  @Test
  void aLakeWhoseFirstNightIsNotPublishedSaysSo() throws Exception {
    Lake lake = lake();
    lake.create(List.of(Publications.TABLE));
    assertThatThrownBy(() -> PublishedMarts.register(lake))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "The lake at %s holds no published night yet: run scripts/submit.sh nightly first, or"
                + " set lake.root to another lake.",
            lake.root());
  }
}
