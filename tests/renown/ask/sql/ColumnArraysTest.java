package renown.ask.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import renown.testing.SparkTest;

class ColumnArraysTest extends SparkTest {
  private static ColumnArrays ask(String query) {
    return ColumnArrays.of(spark().sql(query));
  }

  @Test
  void everyTypeBecomesAnArrayOfItsKind() {
    ColumnArrays answer =
        ask(
            """
            SELECT 7Y AS tiny, 1099511627776L AS large, 0.5F AS half, 1e300D AS huge, true AS flag,
                   DATE'1969-12-31' AS day, TIMESTAMP'2026-01-05 10:00:00.000001 Europe/Madrid' AS at,
                   TIMESTAMP_NTZ'1970-01-01 00:00:01' AS local_at, 'año' AS word,
                   12.50BD AS price, array('a', 'b') AS list, named_struct('x', 1) AS pair,
                   map('k', 2) AS entries, X'00FF' AS bytes
            """);
    assertThat(answer.rowCount()).isEqualTo(1);
    assertThat(IntStream.range(0, answer.columnCount()).mapToObj(answer::name))
        .containsExactly(
            "tiny",
            "large",
            "half",
            "huge",
            "flag",
            "day",
            "at",
            "local_at",
            "word",
            "price",
            "list",
            "pair",
            "entries",
            "bytes");
    assertThat(IntStream.range(0, answer.columnCount()).mapToObj(answer::kind))
        .containsExactly(
            "WHOLE", "WHOLE", "NUMBER", "NUMBER", "FLAG", "DATE", "INSTANT", "INSTANT", "TEXT",
            "DECIMAL", "JSON", "JSON", "JSON", "BYTES");
    assertThat(answer.values(0)).isEqualTo(new long[] {7});
    assertThat(answer.values(1)).isEqualTo(new long[] {1L << 40});
    assertThat(answer.values(2)).isEqualTo(new double[] {0.5});
    assertThat(answer.values(3)).isEqualTo(new double[] {1e300});
    assertThat(answer.values(4)).isEqualTo(new boolean[] {true});
    assertThat(answer.values(5)).isEqualTo(new long[] {-1});
    // 2026-01-05 is 20,458 days after 1970-01-01, and Madrid an hour before UTC in winter.
    assertThat(answer.values(6)).isEqualTo(new long[] {(20_458 * 24 + 9) * 3_600_000_000L + 1});
    assertThat(answer.values(7)).isEqualTo(new long[] {1_000_000});
    assertThat(texts(answer, 8)).containsExactly("año");
    assertThat(texts(answer, 9)).containsExactly("12.50");
    assertThat(texts(answer, 10)).containsExactly("[\"a\",\"b\"]");
    assertThat(texts(answer, 11)).containsExactly("{\"x\":1}");
    assertThat(texts(answer, 12)).containsExactly("{\"k\":2}");
    assertThat(answer.values(13)).isEqualTo(new byte[] {0, -1});
    assertThat(answer.ends(13)).containsExactly(2);
  }

  @Test
  void nullIsToldApartFromWhatStandsInItsPlace() {
    ColumnArrays answer =
        ask(
            """
            SELECT * FROM VALUES
              (0L, 0.0D, false, DATE'1970-01-01', '', X'', array('x')),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL),
              (5L, double('NaN'), true, DATE'1970-01-03', 'b', X'01', array())
            """);
    for (int column = 0; column < answer.columnCount(); column++) {
      assertThat(answer.nulls(column)).as(answer.name(column)).containsExactly(false, true, false);
    }
    assertThat(answer.values(0)).isEqualTo(new long[] {0, 0, 5});
    assertThat(answer.values(1)).isEqualTo(new double[] {0, Double.NaN, Double.NaN});
    assertThat(answer.values(2)).isEqualTo(new boolean[] {false, false, true});
    assertThat(answer.values(3)).isEqualTo(new long[] {0, 0, 2});
    assertThat(texts(answer, 4)).containsExactly("", null, "b");
    assertThat(answer.ends(5)).containsExactly(0, 0, 1);
    assertThat(texts(answer, 6)).containsExactly("[\"x\"]", null, "[]");
  }

  @Test
  void columnsOfOneNameStayApart() {
    ColumnArrays answer = ask("SELECT 1 AS n, 'x' AS n, NULL AS n");
    assertThat(answer.columnCount()).isEqualTo(3);
    assertThat(answer.name(0)).isEqualTo(answer.name(1)).isEqualTo("n");
    assertThat(answer.values(0)).isEqualTo(new long[] {1});
    assertThat(texts(answer, 1)).containsExactly("x");
    assertThat(answer.nulls(2)).containsExactly(true);
  }

  @Test
  void anAnswerWithoutRowsHasItsColumns() {
    ColumnArrays answer = ask("SELECT id, string(id) AS text FROM range(0)");
    assertThat(answer.rowCount()).isZero();
    assertThat(answer.values(0)).isEqualTo(new long[0]);
    assertThat(answer.ends(1)).isEmpty();
  }

  @Test
  void rowsKeepTheirOrder() {
    ColumnArrays answer =
        ask("SELECT id, repeat('z', int(id % 7)) AS text FROM range(1000) ORDER BY id DESC");
    assertThat(answer.rowCount()).isEqualTo(1000);
    assertThat((long[]) answer.values(0))
        .containsExactly(IntStream.range(0, 1000).mapToLong(i -> 999 - i).toArray());
    assertThat(texts(answer, 1))
        .containsExactlyElementsOf(
            IntStream.range(0, 1000).mapToObj(i -> "z".repeat((999 - i) % 7)).toList());
  }

  /** The texts as a reader of the arrays takes them apart. */
  private static List<String> texts(ColumnArrays answer, int column) {
    byte[] bytes = (byte[]) answer.values(column);
    List<String> texts = new ArrayList<>();
    int start = 0;
    for (int row = 0; row < answer.rowCount(); row++) {
      int end = answer.ends(column)[row];
      String text = new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.UTF_8);
      texts.add(answer.nulls(column)[row] ? null : text);
      start = end;
    }
    assertThat(bytes).hasSize(start);
    return texts;
  }
}
