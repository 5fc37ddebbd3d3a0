package renown.night.ingest;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives keys to the accounts of a bucket: those whose network and id lie between two bounds. Keys
 * are dense, stable and given once: network number * 2^40 + index. Within a network, indexes have
 * no gaps and follow the night on which accounts were first seen, then their ids, so keys depend
 * neither on the order of files nor on the number of buckets. A night that runs again gives those
 * that were published, whatever has come since: accounts of files that came late get later ones.
 */
final class KeyBucket {
  /** Bits of a key for the index within the network. */
  static final int INDEX_BITS = 40;

  /**
   * Ids of one network that a block of statements names, by their code in the block.
   *
   * @param packed the ids, sorted, as bytes: blocks are read several times, and their ids once
   */
  record Asked(int partition, int block, String network, int[] codes, byte[] packed)
      implements Serializable {
    /** Of ids that are sorted. */
    static Asked of(int partition, int block, String network, int[] codes, String[] ids) {
      Output out = new Output(40 * ids.length + 16, -1);
      for (String id : ids) {
        out.writeString(id);
      }
      return new Asked(partition, block, network, codes, out.toBytes());
    }

    /** The ids, made anew with each call. */
    String[] ids() {
      Input in = new Input(packed);
      String[] ids = new String[codes.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = in.readString();
      }
      return ids;
    }

    /**
     * The same by bucket.
     *
     * @param bounds from {@link KeyBucket#bounds}
     */
    Map<Integer, Asked> divided(String[] bounds) {
      Map<Integer, Asked> parts = new TreeMap<>();
      if (bounds.length == 0) {
        parts.put(0, this);
        return parts;
      }
      String[] ids = ids();
      for (int from = 0, to = 0; from < ids.length; from = to) {
        int bucket = bucket(name(network, ids[from]), bounds);
        // The ids are sorted, so those of a bucket stand together.
        while (to < ids.length && bucket(name(network, ids[to]), bounds) == bucket) {
          to++;
        }
        parts.put(
            bucket,
            of(
                partition,
                block,
                network,
                Arrays.copyOfRange(codes, from, to),
                Arrays.copyOfRange(ids, from, to)));
      }
      return parts;
    }
  }

  /**
   * What a bucket knows of the ids that a block names.
   *
   * @param keys the key; of an account that has none yet, minus its place among the new ones of the
   *     network in this bucket minus 1
   * @param files the number of the file of {@code accounts} that holds it; -1 for new accounts
   */
  record Answer(
      int partition, int block, String network, int bucket, int[] codes, long[] keys, int[] files)
      implements Serializable {
    /** The same with the keys of new accounts filled in. */
    Answer with(Map<String, long[]> firstKeys) {
      long[] given = keys.clone();
      for (int i = 0; i < given.length; i++) {
        if (given[i] < 0) {
          given[i] = firstKeys.get(network)[bucket] - given[i] - 1;
        }
      }
      return new Answer(partition, block, network, bucket, codes, given, files);
    }
  }

  /**
   * What a bucket finds.
   *
   * @param fresh the ids without a key, by network and sorted
   * @param again by network, the keys of accounts that a night now run again had given
   * @param next for each network that has accounts in the bucket, the key after the last
   */
  record Result(
      int bucket,
      TreeMap<String, String[]> fresh,
      TreeMap<String, TreeMap<String, Long>> again,
      TreeMap<String, Long> next,
      List<Answer> answers)
      implements Serializable {}

  private static final class Entry {
    long key = Statement.NONE;
    int file = -1;
  }

  private final Map<String, Map<String, Entry>> keys = new HashMap<>();
  private final TreeMap<String, Long> next = new TreeMap<>();
  private final List<Asked> asked = new ArrayList<>();

  /** Of each of those, the entries of its ids. */
  private final List<Entry[]> entries = new ArrayList<>();

  void add(Asked some) {
    Map<String, Entry> ofNetwork = keys.computeIfAbsent(some.network, any -> new HashMap<>());
    String[] ids = some.ids();
    Entry[] its = new Entry[ids.length];
    for (int i = 0; i < ids.length; i++) {
      its[i] = ofNetwork.computeIfAbsent(ids[i], any -> new Entry());
    }
    asked.add(some);
    entries.add(its);
  }

  /**
   * Takes a key that was given before; after all that is asked for.
   *
   * @param file the number of the file that holds it; -1 if a night that is run again had given it
   */
  void known(String network, String id, long key, int file) {
    next.merge(network, key + 1, Math::max);
    Entry entry = keys.getOrDefault(network, Map.of()).get(id);
    if (entry != null) {
      entry.key = key;
      entry.file = Math.max(entry.file, file);
    }
  }

  /** Answers all. */
  Result answer(int bucket) {
    TreeMap<String, String[]> fresh = new TreeMap<>();
    TreeMap<String, TreeMap<String, Long>> again = new TreeMap<>();
    keys.forEach(
        (network, ids) -> {
          String[] unknown =
              ids.entrySet().stream()
                  .filter(entry -> entry.getValue().key == Statement.NONE)
                  .map(Map.Entry::getKey)
                  .sorted(Statements::compare)
                  .toArray(String[]::new);
          ids.forEach(
              (id, entry) -> {
                if (entry.key != Statement.NONE && entry.file < 0) {
                  again.computeIfAbsent(network, any -> new TreeMap<>()).put(id, entry.key);
                }
              });
          for (int i = 0; i < unknown.length; i++) {
            ids.get(unknown[i]).key = -1L - i;
          }
          if (unknown.length > 0) {
            fresh.put(network, unknown);
          }
        });
    List<Answer> answers = new ArrayList<>();
    for (int number = 0; number < asked.size(); number++) {
      Asked one = asked.get(number);
      Entry[] its = entries.get(number);
      long[] found = new long[its.length];
      int[] files = new int[its.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = its[i].key;
        files[i] = its[i].file;
      }
      answers.add(
          new Answer(one.partition, one.block, one.network, bucket, one.codes, found, files));
    }
    return new Result(bucket, fresh, again, next, answers);
  }

  /**
   * The first key of the new accounts of each bucket.
   *
   * @param fresh for each bucket, in order, the number of new accounts by network
   * @param next for each network that has accounts, the next free key
   */
  static TreeMap<String, long[]> firstKeys(
      List<Map<String, Integer>> fresh, Map<String, Long> next) {
    long numbers =
        next.values().stream().mapToLong(key -> (key - 1) >> INDEX_BITS).max().orElse(-1);
    TreeMap<String, long[]> first = new TreeMap<>();
    fresh.forEach(
        counts -> counts.keySet().forEach(network -> first.put(network, new long[fresh.size()])));
    for (Map.Entry<String, long[]> entry : first.entrySet()) {
      String network = entry.getKey();
      long key = next.containsKey(network) ? next.get(network) : ++numbers << INDEX_BITS;
      for (int bucket = 0; bucket < fresh.size(); bucket++) {
        entry.getValue()[bucket] = key;
        key += fresh.get(bucket).getOrDefault(network, 0);
      }
    }
    return first;
  }

  /** The bounds between buckets, from a sample of names: each is the least of its bucket. */
  static String[] bounds(List<String> sample, int buckets) {
    List<String> sorted = sample.stream().distinct().sorted(Statements::compare).toList();
    List<String> bounds = new ArrayList<>();
    for (int i = 1; i < buckets && !sorted.isEmpty(); i++) {
      String bound = sorted.get((int) ((long) sorted.size() * i / buckets));
      if (bounds.isEmpty() || !bounds.get(bounds.size() - 1).equals(bound)) {
        bounds.add(bound);
      }
    }
    return bounds.toArray(String[]::new);
  }

  /** By what accounts are sorted into buckets: networks keep together, then ids. */
  static String name(String network, String id) {
    return network + '\n' + id;
  }

  /** The bucket of an account. */
  static int bucket(String name, String[] bounds) {
    int found = Arrays.binarySearch(bounds, name, Statements::compare);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
