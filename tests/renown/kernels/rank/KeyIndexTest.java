package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Keys are numbered as they rise, wherever they lie. */
class KeyIndexTest {
  @Test
  void numbersKeysAsTheyRise() {
    Random random = new Random(1);
    long[] closeTogether = random.longs(5000, 3L << 40, (3L << 40) + 9000).toArray();
    long[] negative = random.longs(5000, -4000, 4000).toArray();
    long[] scattered = random.longs(5000).toArray();
    long[] farthest = {Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, 1, Long.MAX_VALUE};
    for (long[] keys : List.of(closeTogether, negative, scattered, farthest, new long[] {7})) {
      long[] head = java.util.Arrays.copyOf(keys, keys.length / 2);
      long[] tail = java.util.Arrays.copyOfRange(keys, keys.length / 3, keys.length);
      KeyIndex index = KeyIndex.of(List.of(head, new long[0], tail));
      TreeSet<Long> expected = new TreeSet<>();
      for (long key : keys) {
        expected.add(key);
      }
      assertThat(index.keys()).isEqualTo(expected.stream().mapToLong(k -> k).toArray());
      for (int number = 0; number < index.size(); number++) {
        assertThat(index.find(index.key(number))).isEqualTo(number);
      }
      for (long other : new long[] {2, 123_456_789, Long.MAX_VALUE - 1, (3L << 40) + 20_000}) {
        if (!expected.contains(other)) {
          assertThat(index.find(other)).isEqualTo(-1);
        }
      }
      assertThat(index.find(expected.first() - 1) >= 0)
          .isEqualTo(expected.contains(expected.first() - 1));
    }
  }

  @Test
  void withoutKeysNothingIsFound() {
    KeyIndex index = KeyIndex.of(List.of());
    assertThat(index.size()).isZero();
    assertThat(index.find(0)).isEqualTo(-1);
  }
}
