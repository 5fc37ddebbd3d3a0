package renown.kernels.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import renown.kernels.keys.RowOrder;

/** Sums by key, against a map; what time makes of them, against the definition. */
class TopicSumsTest {
  @Test
  void sumsAreThoseOfAMap() {
    Random random = new Random(3);
    TopicVerb[] verbs = TopicVerb.values();
    for (int rows : new int[] {0, 1, 300, 18_000}) {
      TopicSums sums = new TopicSums();
      Map<String, long[]> expected = new TreeMap<>();
      Map<String, String> latest = new TreeMap<>();
      for (int row = 0; row < rows; row++) {
        int topic = random.nextInt(5);
        long source = random.nextInt(50) * 1_000_000_007L;
        long destination = random.nextInt(50) * 1_000_000_007L;
        TopicVerb verb = verbs[random.nextInt(verbs.length)];
        long acts = random.nextInt(3) - 1;
        long units = acts * random.nextInt(1 << 30);
        long at = random.nextInt(100);
        String post = random.nextInt(5) == 0 ? null : "p" + random.nextInt(100);
        sums.add(topic, source, destination, verb, acts, units, at, post);
        String key =
            String.format("%d %020d %020d %02d", topic, source, destination, verb.ordinal());
        long[] sum = expected.computeIfAbsent(key, k -> new long[2]);
        sum[0] += acts;
        sum[1] += units;
        latest.merge(key, String.format("%03d", at) + post(post), TopicSumsTest::larger);
      }
      for (boolean keepsUnits : new boolean[] {true, false}) {
        TopicSums merged = sums.merged(keepsUnits);
        int found = 0;
        for (Map.Entry<String, long[]> one : expected.entrySet()) {
          long[] sum = one.getValue();
          if (sum[0] == 0 && (sum[1] == 0 || !keepsUnits)) {
            continue;
          }
          int row = found++;
          assertThat(
                  String.format(
                      "%d %020d %020d %02d",
                      merged.topic(row),
                      merged.source(row),
                      merged.destination(row),
                      merged.verb(row).ordinal()))
              .isEqualTo(one.getKey());
          assertThat(merged.actCount(row)).isEqualTo(sum[0]);
          assertThat(merged.units(row)).isEqualTo(sum[1]);
          assertThat(String.format("%03d", merged.latestAt(row)) + post(merged.latestPost(row)))
              .isEqualTo(latest.get(one.getKey()));
        }
        assertThat(merged.size()).isEqualTo(found);
      }
    }
  }

  private static String post(String post) {
    return post == null ? "" : post;
  }

  private static String larger(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Test
  void rowsAreSortedByTheLastColumnFirst() {
    Random random = new Random(11);
    for (int size : new int[] {0, 1, 5000, 20_000}) {
      long[] wide = random.longs(size, 0, 1L << 50).map(v -> v & ~0xFFFF00L).toArray();
      int[] narrow = random.ints(size, 0, 7).toArray();
      double[] falling = random.doubles(size).map(v -> Math.floor(20 * v) / 4).toArray();
      Integer[] expected = IntStream.range(0, size).boxed().toArray(Integer[]::new);
      Arrays.sort(
          expected,
          Comparator.comparingInt((Integer row) -> narrow[row])
              .thenComparing(row -> -falling[row])
              .thenComparingLong(row -> wide[row])
              .thenComparingInt(row -> row));
      assertThat(new RowOrder(size).by(wide).byFalling(falling).by(narrow).rows())
          .isEqualTo(Arrays.stream(expected).mapToInt(row -> row).toArray());
    }
  }

  @Test
  void unitsHalveWithEachHalfLife() {
    long night = LocalDate.of(2026, 1, 14).toEpochDay();
    TopicClock clock = new TopicClock(night, 90);
    long end = Instant.parse("2026-01-15T00:00:00Z").toEpochMilli() * 1000;
    long day = 86_400_000_000L;
    assertThat(clock.units(end) * clock.actsPerUnit()).isCloseTo(1, within(1e-9));
    assertThat(clock.units(end - 90 * day) * clock.actsPerUnit()).isCloseTo(0.5, within(1e-9));
    assertThat(clock.units(end - 270 * day) * clock.actsPerUnit()).isCloseTo(0.125, within(1e-9));
  }

  /** A sum that is carried over a landmark is worth what its acts are worth. */
  @Test
  void unitsKeepTheirWorthWhenTheLandmarkMoves() {
    long period = 4 * 90;
    long before = (LocalDate.of(2026, 1, 14).toEpochDay() / period + 1) * period - 1;
    long after = before + 200;
    long at = before * 86_400_000_000L + 43_200_000_000L;
    long then = new TopicClock(before, 90).units(at);
    long seen = new TopicClock(after, 90).seen(then, before);
    assertThat((double) seen).isCloseTo(new TopicClock(after, 90).units(at), within(1.0));
    assertThat(then).isGreaterThan(seen * 15);
    // So long ago that nothing is left.
    assertThat(new TopicClock(before + 100 * period, 90).seen(then, before)).isZero();
    assertThat(new TopicClock(before, 90).seen(then, before)).isEqualTo(then);
  }
}
