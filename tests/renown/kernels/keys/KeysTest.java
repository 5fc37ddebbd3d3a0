package renown.kernels.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against lists and sets of Java. */
class KeysTest {
  private static KeyPrints prints(List<List<Object>> keys) {
    KeyPrints prints = new KeyPrints(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      for (Object part : keys.get(i)) {
        if (part instanceof Long number) {
          prints.add(i, number);
        } else {
          prints.add(i, (String) part);
        }
      }
    }
    return prints;
  }

  private static long repeated(List<List<Object>> keys) {
    KeyPrints prints = prints(keys);
    return KeyPrints.repeated(prints.high(), prints.low());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 10, 50, 300, 1000})
  void repeatedKeysAreCounted(int size) {
    SplittableRandom random = new SplittableRandom(size);
    int values = 1 + random.nextInt(20);
    List<List<Object>> keys = new ArrayList<>();
    Map<List<Object>, Integer> counts = new HashMap<>();
    for (int i = 0; i < size; i++) {
      String text = random.nextInt(10) == 0 ? null : "t" + random.nextInt(values);
      List<Object> key = Arrays.asList(text, (long) random.nextInt(values), (long) -i % 3);
      keys.add(key);
      counts.merge(key, 1, Integer::sum);
    }
    assertThat(repeated(keys)).isEqualTo(counts.values().stream().filter(n -> n > 1).count());
  }

  /** What is easily confused is told apart: order, place, neighbours, null. */
  @Test
  void keysThatDifferHaveDifferentFingerprints() {
    List<List<Object>> keys = new ArrayList<>();
    for (long i = -300; i < 300; i++) {
      for (long j = 0; j < 40; j++) {
        keys.add(List.of(i, j));
      }
      keys.add(List.of("a" + i, ""));
      keys.add(List.of("a", Long.toString(i)));
      keys.add(List.of(Long.toString(i), "a"));
    }
    keys.add(Arrays.asList(null, "a"));
    keys.add(Arrays.asList("a", null));
    keys.add(List.of("", "a"));
    keys.add(List.of("\0", "a"));
    keys.add(List.of("a", ""));
    KeyPrints prints = prints(keys);
    assertThat(KeyPrints.repeated(prints.high(), prints.low())).isZero();
    assertThat(LongStream.of(prints.high()).distinct().count()).isEqualTo(keys.size());
    assertThat(LongStream.of(prints.low()).distinct().count()).isEqualTo(keys.size());
  }

  /** Where upper halves are equal by chance, the lower ones decide. */
  @Test
  void halvesAloneDoNotMakeKeysEqual() {
    assertThat(KeyPrints.repeated(new long[] {5, 5, 5, 7}, new long[] {1, 2, 3, 1})).isZero();
    assertThat(KeyPrints.repeated(new long[] {5, 5, 5, 7, 7}, new long[] {1, 2, 1, 4, 4}))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 10, 20, 40, 100})
  void setsAreComparedAsJavaComparesThem(int size) {
    SplittableRandom random = new SplittableRandom(size);
    long[] one = random.longs(size, -20, 20).toArray();
    long[] other = random.longs(random.nextInt(50), -20, 20).toArray();
    TreeSet<Long> first = new TreeSet<>(LongStream.of(one).boxed().toList());
    TreeSet<Long> second = new TreeSet<>(LongStream.of(other).boxed().toList());
    TreeSet<Long> both = new TreeSet<>(first);
    both.retainAll(second);
    TreeSet<Long> only = new TreeSet<>(first);
    only.removeAll(second);
    long[] a = KeySets.of(one);
    long[] b = KeySets.of(other);
    assertThat(LongStream.of(a).boxed()).containsExactlyElementsOf(first);
    assertThat(LongStream.of(KeySets.inBoth(a, b)).boxed()).containsExactlyElementsOf(both);
    assertThat(LongStream.of(KeySets.onlyIn(a, b)).boxed()).containsExactlyElementsOf(only);
  }
}
