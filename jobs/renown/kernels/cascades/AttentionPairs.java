package renown.kernels.cascades;

import java.util.Arrays;

/** Who attends to whom, and by how many acts: pairs in compressed sparse rows. */
public final class AttentionPairs {
  /** Nobody attends to anybody. */
  public static final AttentionPairs NOBODY = of(new long[0], new long[0], new long[0]);

  private final KeyNumbers sources;
  private final int[] offsets;
  private final long[] targets;
  private final long[] acts;

  private AttentionPairs(KeyNumbers sources, int[] offsets, long[] targets, long[] acts) {
    this.sources = sources;
    this.offsets = offsets;
    this.targets = targets;
    this.acts = acts;
  }

  /**
   * @param src who attends
   * @param dst to whom; a pair may stand there twice, its acts are added up
   * @param acts by how many acts, in {@link Cascade#ACT}
   */
  public static AttentionPairs of(long[] src, long[] dst, long[] acts) {
    KeyNumbers sources = new KeyNumbers(16);
    int[] rows = new int[src.length];
    for (int i = 0; i < src.length; i++) {
      rows[i] = sources.add(src[i]);
    }
    int[] offsets = new int[sources.size() + 1];
    for (int row : rows) {
      offsets[row + 1]++;
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    int[] next = offsets.clone();
    int[] order = new int[src.length];
    for (int i = 0; i < src.length; i++) {
      order[next[rows[i]]++] = i;
    }
    for (int row = 0; row < sources.size(); row++) {
      Order.sort(order, offsets[row], offsets[row + 1], (a, b) -> Long.compare(dst[a], dst[b]));
    }
    long[] targets = new long[src.length];
    long[] sums = new long[src.length];
    int size = 0;
    for (int row = 0; row < sources.size(); row++) {
      int from = size;
      for (int i = offsets[row]; i < offsets[row + 1]; i++) {
        int pair = order[i];
        if (size > from && targets[size - 1] == dst[pair]) {
          sums[size - 1] += acts[pair];
        } else {
          targets[size] = dst[pair];
          sums[size++] = acts[pair];
        }
      }
      offsets[row] = from;
    }
    offsets[sources.size()] = size;
    return new AttentionPairs(
        sources, offsets, Arrays.copyOf(targets, size), Arrays.copyOf(sums, size));
  }

  /** By how many acts one attends to another; 0 if it does not. */
  long acts(long src, long dst) {
    int row = sources.of(src);
    if (row < 0) {
      return 0;
    }
    int place = Arrays.binarySearch(targets, offsets[row], offsets[row + 1], dst);
    return place < 0 ? 0 : acts[place];
  }

  /** The row of an account, or -1 if it attends to nobody. */
  int row(long src) {
    return sources.of(src);
  }

  int from(int row) {
    return offsets[row];
  }

  int to(int row) {
    return offsets[row + 1];
  }

  long target(int place) {
    return targets[place];
  }
}
