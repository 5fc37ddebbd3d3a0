package renown.kernels.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairNumbersTest {
  /** Against a map, over keys as accounts have them: dense from multiples of 2^40, and 0. */
  @Test
  void pairsAreNumberedInTheOrderInWhichTheyFirstCome() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      PairNumbers numbers = new PairNumbers();
      Map<List<Long>, Integer> expected = new HashMap<>();
      for (int i = 0; i < 5000; i++) {
        long a = ((long) random.nextInt(3) << 40) + random.nextInt(60);
        long b = ((long) random.nextInt(3) << 40) + random.nextInt(60);
        assertThat(numbers.of(a, b)).isEqualTo(expected.getOrDefault(List.of(a, b), -1));
        Integer known = expected.putIfAbsent(List.of(a, b), expected.size());
        int number = numbers.add(a, b);
        assertThat(number).isEqualTo(known == null ? expected.size() - 1 : known);
        assertThat(numbers.first(number)).isEqualTo(a);
        assertThat(numbers.second(number)).isEqualTo(b);
      }
      assertThat(numbers.size()).isEqualTo(expected.size());
    }
  }
}
