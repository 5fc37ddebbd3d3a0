package renown.kernels.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintNumbersTest {
  /** Against a map of pairs, with fingerprints that share a half. */
  @Test
  void numbersAreGivenInTheOrderOfMeeting() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Map<List<Long>, Integer> expected = new HashMap<>();
      PrintNumbers numbers = new PrintNumbers();
      int different = 1 + random.nextInt(3000);
      for (int i = 0; i < 5000; i++) {
        long high = seed % 2 == 0 ? random.nextInt(different) : mixed(random.nextInt(different));
        long low = seed % 3 == 0 ? 0 : random.nextInt(3);
        List<Long> print = List.of(high, low);
        assertThat(numbers.find(high, low)).isEqualTo(expected.getOrDefault(print, -1));
        int number = expected.computeIfAbsent(print, any -> expected.size());
        assertThat(numbers.add(high, low)).isEqualTo(number);
      }
      assertThat(numbers.size()).isEqualTo(expected.size());
      expected.forEach(
          (print, number) -> {
            assertThat(numbers.high(number)).isEqualTo(print.get(0));
            assertThat(numbers.low(number)).isEqualTo(print.get(1));
          });
    }
  }

  private static long mixed(long value) {
    return value * 0x9E3779B97F4A7C15L ^ value >>> 7;
  }
}
