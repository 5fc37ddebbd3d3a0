package renown.kernels.cascades;

/** Acts that were taken back: a network's records, each as it was done at a time. */
public final class Undone {
  private final KeyNumbers marks = new KeyNumbers(16);

  /**
   * @param network its number
   * @param record hash of the act's id
   * @param at time of the act, microseconds
   */
  public void add(int network, long record, long at) {
    marks.add(mark(network, record, at));
  }

  public boolean has(int network, long record, long at) {
    return marks.size() > 0 && marks.of(mark(network, record, at)) >= 0;
  }

  /** Odd factors keep different records of one time apart, and different times of one record. */
  private static long mark(int network, long record, long at) {
    long mark = (record ^ (network + 1) * 0xC4CEB9FE1A85EC53L) + at * 0x9E3779B97F4A7C15L;
    mark = (mark ^ mark >>> 33) * 0xFF51AFD7ED558CCDL;
    return mark ^ mark >>> 33;
  }
}
