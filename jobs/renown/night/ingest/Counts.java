package renown.night.ingest;

import java.io.Serializable;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** How often something was left out, by network and rule. */
final class Counts implements Serializable {
  private static final long serialVersionUID = 1;

  private final TreeMap<String, TreeMap<String, Long>> byNetwork = new TreeMap<>();

  /** What takes counts. */
  interface Reader {
    void read(String network, String rule, long count);
  }

  void add(String network, String rule, long count) {
    if (count > 0) {
      byNetwork.computeIfAbsent(network, any -> new TreeMap<>()).merge(rule, count, Long::sum);
    }
  }

  void addAll(Counts other) {
    other.each(this::add);
  }

  void each(Reader reader) {
    byNetwork.forEach(
        (network, rules) -> {
          BiConsumer<String, Long> one = (rule, count) -> reader.read(network, rule, count);
          rules.forEach(one);
        });
  }

  long of(String network, String rule) {
    return byNetwork.getOrDefault(network, new TreeMap<>()).getOrDefault(rule, 0L);
  }
}
