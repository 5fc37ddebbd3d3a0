package renown.kernels.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HubsTest {
  /** Whatever came in between, and however the keys were shared out before. */
  @Test
  void noKeyThatComesOftenIsMissed() {
    Random random = new Random(5);
    Hubs.Frequent[] parts = new Hubs.Frequent[3];
    Arrays.setAll(parts, i -> new Hubs.Frequent());
    Map<Long, Integer> counts = new TreeMap<>();
    int added = 400_000;
    for (int i = 0; i < added; i++) {
      // A few keys often, some at about the bound, the rest once.
      long key =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(5);
            case 1 -> 100 + random.nextInt(240);
            default -> random.nextLong();
          };
      counts.merge(key, 1, Integer::sum);
      parts[(int) Math.sqrt(random.nextInt(9))].add(key);
    }
    Hubs.Frequent all = parts[0].plus(parts[1]).plus(parts[2]);
    assertThat(all.added()).isEqualTo(added);
    long[] often =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > added / Hubs.PART_OF_EDGES)
            .mapToLong(Map.Entry::getKey)
            .toArray();
    assertThat(often).hasSizeBetween(100, 245);
    assertThat(all.candidates()).contains(often).isSorted().hasSizeLessThan(5000);
  }

  @Test
  void aHubHasMoreThanAMillionEdgesAndMoreThanAThousandthOfAll() {
    assertThat(Hubs.bound(5_000_000, Hubs.FEWEST_EDGES)).isEqualTo(1 << 20);
    assertThat(Hubs.bound(50L << 30, Hubs.FEWEST_EDGES)).isEqualTo(50L << 20);
  }
}
