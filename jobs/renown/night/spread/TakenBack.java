package renown.night.spread;

import java.util.Arrays;

/** Acts that were taken back, as they are remembered. */
final class TakenBack {
  private long[] values = new long[80];
  private int size;

  void add(int post, long actor, int verb, long at, long record) {
    if (5 * size == values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    int from = 5 * size++;
    values[from] = post;
    values[from + 1] = actor;
    values[from + 2] = verb;
    values[from + 3] = at;
    values[from + 4] = record;
  }

  int size() {
    return size;
  }

  int post(int i) {
    return (int) values[5 * i];
  }

  long actor(int i) {
    return values[5 * i + 1];
  }

  int verb(int i) {
    return (int) values[5 * i + 2];
  }

  long at(int i) {
    return values[5 * i + 3];
  }

  long record(int i) {
    return values[5 * i + 4];
  }
}
