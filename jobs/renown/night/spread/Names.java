package renown.night.spread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small numbers in place of names that come up over and over, such as those of networks. */
final class Names {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private String last;
  private int lastNumber;

  /** The number of a name; one that has none gets the next. */
  int of(String name) {
    if (!name.equals(last)) {
      last = name;
      lastNumber = numbers.computeIfAbsent(name, unknown -> names.size());
      if (lastNumber == names.size()) {
        names.add(name);
      }
    }
    return lastNumber;
  }

  String name(int number) {
    return names.get(number);
  }

  int size() {
    return names.size();
  }
}
