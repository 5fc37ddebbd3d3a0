package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyBucketTest {
  private static final long NETWORK = 1L << KeyBucket.INDEX_BITS;

  private record Account(String network, String id) {}

  private static Account a(String network, String id) {
    return new Account(network, id);
  }

  /** Keys of some accounts, told by several blocks in any order, by so many buckets at most. */
  private static Map<Account, Long> keys(
      List<Account> named, Map<Account, Long> held, Map<String, Long> erased, int buckets) {
    List<String> names = named.stream().map(one -> KeyBucket.name(one.network, one.id)).toList();
    String[] bounds = KeyBucket.bounds(names, buckets);
    List<KeyBucket> all = new ArrayList<>();
    for (int i = 0; i <= bounds.length; i++) {
      all.add(new KeyBucket());
    }
    List<List<Account>> blocks = new ArrayList<>();
    for (int from = 0; from < named.size(); from += 100) {
      blocks.add(named.subList(from, Math.min(named.size(), from + 100)));
    }
    Map<Integer, List<Account>> byCode = new HashMap<>();
    for (int block = 0; block < blocks.size(); block++) {
      List<Account> codes = blocks.get(block);
      byCode.put(block, codes);
      TreeMap<String, TreeMap<String, Integer>> byNetwork = new TreeMap<>();
      for (int code = 0; code < codes.size(); code++) {
        byNetwork
            .computeIfAbsent(codes.get(code).network, any -> new TreeMap<>(Statements::compare))
            .put(codes.get(code).id, code);
      }
      int number = block;
      byNetwork.forEach(
          (network, ids) ->
              KeyBucket.Asked.of(
                      0,
                      number,
                      network,
                      ids.values().stream().mapToInt(code -> code).toArray(),
                      ids.keySet().toArray(String[]::new))
                  .divided(bounds)
                  .forEach((bucket, part) -> all.get(bucket).add(part)));
    }
    held.forEach(
        (one, key) ->
            all.get(KeyBucket.bucket(KeyBucket.name(one.network, one.id), bounds))
                .known(one.network, one.id, key, 3));
    List<KeyBucket.Result> results = new ArrayList<>();
    List<Map<String, Integer>> fresh = new ArrayList<>();
    Map<String, Long> next = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      KeyBucket.Result result = all.get(i).answer(i);
      results.add(result);
      Map<String, Integer> counts = new TreeMap<>();
      result.fresh().forEach((network, ids) -> counts.put(network, ids.length));
      fresh.add(counts);
      result.next().forEach((network, key) -> next.merge(network, key, Math::max));
    }
    erased.forEach((network, key) -> next.merge(network, key + 1, Math::max));
    Map<String, long[]> first = KeyBucket.firstKeys(fresh, next);
    Map<Account, Long> keys = new HashMap<>();
    for (KeyBucket.Result result : results) {
      for (KeyBucket.Answer answer : result.answers()) {
        KeyBucket.Answer given = answer.with(first);
        for (int i = 0; i < given.codes().length; i++) {
          Account one = byCode.get(given.block()).get(given.codes()[i]);
          assertThat(one.network).isEqualTo(given.network());
          assertThat(given.files()[i]).isEqualTo(held.containsKey(one) ? 3 : -1);
          Long other = keys.put(one, given.keys()[i]);
          assertThat(other).isIn(null, given.keys()[i]);
        }
      }
    }
    return keys;
  }

  @Test
  void keysAreDenseByNetworkInTheOrderOfTheIds() {
    assertThat(
            keys(
                List.of(a("x", "9"), a("bluesky", "b"), a("x", "10"), a("bluesky", "a")),
                Map.of(),
                Map.of(),
                1))
        .isEqualTo(
            Map.of(
                a("bluesky", "a"),
                0L,
                a("bluesky", "b"),
                1L,
                a("x", "10"),
                NETWORK,
                a("x", "9"),
                NETWORK + 1));
  }

  @Test
  void aSecondNightGoesOnWhereTheFirstEnded() {
    Map<Account, Long> held =
        Map.of(a("bluesky", "a"), 0L, a("bluesky", "b"), 1L, a("x", "z"), NETWORK);
    // A network that comes later has the next number, whatever its name.
    assertThat(
            keys(
                List.of(
                    a("x", "1"),
                    a("x", "z"),
                    a("another", "b"),
                    a("another", "a"),
                    a("bluesky", "0"),
                    a("zebra", "z")),
                held,
                Map.of(),
                3))
        .isEqualTo(
            Map.of(
                a("bluesky", "0"),
                2L,
                a("x", "1"),
                NETWORK + 1,
                a("x", "z"),
                NETWORK,
                a("another", "a"),
                2 * NETWORK,
                a("another", "b"),
                2 * NETWORK + 1,
                a("zebra", "z"),
                3 * NETWORK));
    // A key that an erased account had is nobody's.
    assertThat(
            keys(
                List.of(a("bluesky", "0"), a("x", "1")),
                held,
                Map.of("bluesky", 4L, "x", NETWORK - 1),
                1))
        .isEqualTo(Map.of(a("bluesky", "0"), 5L, a("x", "1"), NETWORK + 1));
  }

  @Test
  void neitherOrderNorBucketsMatter() {
    Random random = new Random(1);
    List<Account> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      // Some ids lie beyond the basic plane, where UTF-16 and UTF-8 differ in order.
      String begin = i % 7 == 0 ? "\ud83d\ude00" : i % 5 == 0 ? "\uffee" : "\u00e9";
      all.add(a(i % 3 == 0 ? "x" : "bluesky", begin + Long.toString(random.nextLong(), 36)));
    }
    Map<Account, Long> held = Map.of(a("x", "a"), 16L, all.get(7), 1L);
    // By a sorted set, one by one.
    Map<Account, Long> expected = new HashMap<>(held);
    expected.remove(a("x", "a"));
    String network = all.get(7).network();
    Map<String, Long> next = new HashMap<>(Map.of("x", 17L));
    next.merge(network, 2L, Math::max);
    next.putIfAbsent("bluesky", NETWORK);
    TreeSet<Account> sorted =
        new TreeSet<>(
            (one, other) ->
                one.network.equals(other.network)
                    ? java.util.Arrays.compareUnsigned(
                        one.id.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        other.id.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    : one.network.compareTo(other.network));
    sorted.addAll(all);
    sorted.removeAll(held.keySet());
    for (Account one : sorted) {
      expected.put(one, next.merge(one.network, 1L, Long::sum) - 1);
    }
    for (int buckets : new int[] {1, 2, 3, 17}) {
      Collections.shuffle(all, random);
      assertThat(keys(all, held, Map.of(), buckets)).isEqualTo(expected);
    }
  }
}
