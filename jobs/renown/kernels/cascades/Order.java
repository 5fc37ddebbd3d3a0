package renown.kernels.cascades;

/** Sorts numbers by what they stand for, without boxing them; equal ones keep their order. */
final class Order {
  private static final int SHORT = 12;

  /** Compares what two numbers stand for. */
  interface Comparison {
    int compare(int a, int b);
  }

  private Order() {}

  static void sort(int[] numbers, int from, int to, Comparison by) {
    if (to - from > 1) {
      sort(numbers, from, to, by, to - from > SHORT ? new int[to - from] : null);
    }
  }

  private static void sort(int[] numbers, int from, int to, Comparison by, int[] spare) {
    if (to - from <= SHORT) {
      insert(numbers, from, to, by);
      return;
    }
    int middle = (from + to) >>> 1;
    sort(numbers, from, middle, by, spare);
    sort(numbers, middle, to, by, spare);
    if (by.compare(numbers[middle - 1], numbers[middle]) <= 0) {
      return;
    }
    int left = middle - from;
    System.arraycopy(numbers, from, spare, 0, left);
    int a = 0;
    int b = middle;
    int at = from;
    while (a < left) {
      numbers[at++] = b < to && by.compare(numbers[b], spare[a]) < 0 ? numbers[b++] : spare[a++];
    }
  }

  private static void insert(int[] numbers, int from, int to, Comparison by) {
    for (int i = from + 1; i < to; i++) {
      int moved = numbers[i];
      int at = i;
      while (at > from && by.compare(numbers[at - 1], moved) > 0) {
        numbers[at] = numbers[at - 1];
        at--;
      }
      numbers[at] = moved;
    }
  }
}
