package renown.night.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Who had a handle when, as far as lines show an account and its handle together. Between two who
 * had it after each other, the one counts that was seen with it less long before or after.
 */
final class Holders implements Serializable {
  private static final long serialVersionUID = 1;

  /** What is known so well is not told again, microseconds: a week. */
  private static final long NO_NEWS = 7 * 86_400_000_000L;

  /**
   * An account that was seen with the handle.
   *
   * @param id as in {@code accounts}
   * @param first microseconds
   * @param last microseconds
   */
  record Holder(String id, long first, long last) implements Serializable {
    Holder and(Holder other) {
      return new Holder(id, Math.min(first, other.first), Math.max(last, other.last));
    }

    private long distance(long at) {
      return Math.max(0, Math.max(first - at, at - last));
    }
  }

  private static final Comparator<Holder> LATEST_FIRST =
      Comparator.comparingLong((Holder one) -> -one.first).thenComparing(Holder::id);

  /** A list that Kryo can fill. */
  private final ArrayList<Holder> all;

  private Holders(Collection<Holder> all) {
    this.all = new ArrayList<>(all);
  }

  /** All that were seen, in any order and any number of times each. */
  static Holders of(Iterable<Holder> seen) {
    TreeMap<String, Holder> byId = new TreeMap<>();
    seen.forEach(one -> byId.merge(one.id, one, Holder::and));
    return new Holders(byId.values());
  }

  /** Whether nobody was ever seen with it. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The id of who had it at a time; there has to be somebody. */
  String at(long time) {
    return all.stream()
        .min(
            Comparator.comparingLong((Holder one) -> one.distance(time))
                .thenComparing(LATEST_FIRST))
        .orElseThrow()
        .id;
  }

  /**
   * What a night tells of a handle that is not known: everything where several had it, else what
   * goes beyond what is known by a week.
   */
  List<Holder> news(Holders known) {
    boolean isShared = of(joined(known)).all.size() > 1;
    return all.stream()
        .filter(
            one ->
                known.all.stream()
                    .filter(other -> other.id.equals(one.id))
                    .noneMatch(other -> isCovered(one, other, isShared ? 0 : NO_NEWS)))
        .toList();
  }

  private static boolean isCovered(Holder one, Holder known, long slack) {
    return one.first >= known.first - slack && one.last <= known.last + slack;
  }

  /** These and others. */
  List<Holder> joined(Holders others) {
    return java.util.stream.Stream.concat(all.stream(), others.all.stream()).toList();
  }
}
