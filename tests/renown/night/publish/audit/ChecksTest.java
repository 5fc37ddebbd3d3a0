package renown.night.publish.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.SparkTest;

class ChecksTest extends SparkTest {
  private static final TableColumn NAME = TableColumn.text("name", "Name.");
  private static final TableColumn PLACE = TableColumn.whole("place", "Place.");
  private static final TableSchema PROBES =
      TableSchema.of("core", "probes")
          .key(NAME, PLACE)
          .columns(NAME, PLACE, TableColumn.number("share", "Share."));
  private static final String DDL = "name string, place bigint, share double";

  @Test
  void keysThatOccurOnceAreRight() {
    assertThat(Checks.keyIsUnique(PROBES, rows(DDL))).isEmpty();
    assertThat(
            Checks.keyIsUnique(
                PROBES, rows(DDL, row("a", 1L, 0.5), row("a", 2L, 0.5), row("b", 1L, 0.5))))
        .isEmpty();
  }

  @Test
  void keysThatOccurMoreThanOnceAreCountedAndShown() {
    assertThat(
            Checks.keyIsUnique(
                PROBES,
                rows(
                    DDL,
                    row("a", 11L, 0.5),
                    row("a", 11L, 0.25),
                    row("a", 11L, 0.5),
                    row("b", 1L, 0.5))))
        .hasValue("probes: keys that occur more than once: 1, such as a 11");
  }

  @Test
  void whatShouldNotBeIsCountedWithASampleOfThree() {
    assertThat(Checks.none("stray keys", List.of())).isEmpty();
    assertThat(Checks.none("stray keys", List.of(7L, 8L, 9L, 10L)))
        .hasValue("stray keys: 4, such as 7; 8; 9");
  }
}
