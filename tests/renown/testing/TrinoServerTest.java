package renown.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison of answers finds what differs, and only that. */
class TrinoServerTest {
  private static List<List<Object>> rows(Object... values) {
    return List.of(Arrays.asList(values));
  }

  @Test
  void whatDiffersIsFound() {
    Date day = Date.valueOf("2026-01-05");
    assertThat(TrinoServer.difference(rows("a", 1L, null, day), rows("a", 1, null, day))).isNull();
    assertThat(TrinoServer.difference(rows(0.1 + 0.2), rows(0.3))).isNull();
    assertThat(TrinoServer.difference(rows(0.0), rows(-0.0))).isNull();
    assertThat(TrinoServer.difference(rows(0.3), rows(0.300001)))
        .isEqualTo("row 0: [0.3] of Spark, [0.300001] of Trino");
    assertThat(TrinoServer.difference(rows((Object) null), rows(0.0))).isNotNull();
    assertThat(TrinoServer.difference(rows("1"), rows(1L))).isNotNull();
    assertThat(TrinoServer.difference(rows(1L, 2L), rows(1L))).isNotNull();
    assertThat(TrinoServer.difference(rows(1L), List.of()))
        .isEqualTo("1 rows of Spark, 0 of Trino");
    List<List<Object>> inOrder = List.of(List.of(1L), List.of(2L));
    assertThat(TrinoServer.difference(inOrder, List.of(List.of(2L), List.of(1L)))).isNotNull();
  }
}
