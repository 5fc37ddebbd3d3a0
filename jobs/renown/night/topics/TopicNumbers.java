package renown.night.topics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics by number, in the order in which they are met. */
final class TopicNumbers {
  /** In place of a topic: any or none. */
  static final String EVERYTHING = "*";

  static final int OF_EVERYTHING = 0;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> ids = new ArrayList<>();

  TopicNumbers() {
    number(EVERYTHING);
  }

  int number(String id) {
    Integer known = numbers.putIfAbsent(id, ids.size());
    if (known == null) {
      ids.add(id);
      return ids.size() - 1;
    }
    return known;
  }

  String id(int number) {
    return ids.get(number);
  }

  /** All ids, by number. */
  List<String> ids() {
    return ids;
  }
}
