package renown.operate.erase;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import renown.lake.NamesInText;

/** Everything that identifies the accounts to erase: ids, names, keys, posts. */
final class Erased implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The accounts of a network. */
  private static final class Known implements NamesInText.Names, Serializable {
    private static final long serialVersionUID = 1L;

    private final HashSet<String> ids = new HashSet<>();
    private final HashSet<String> handles = new HashSet<>();
    private final HashSet<String> displayNames = new HashSet<>();
    private final HashSet<String> postIds = new HashSet<>();
    private final HashMap<String, Long> keysById = new HashMap<>();

    @Override
    public boolean isId(String name) {
      return ids.contains(name);
    }

    @Override
    public boolean isHandle(String name) {
      return handles.contains(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Names that identify an account even in a row of another network: names that nothing else has.
   */
  private final class Everywhere implements NamesInText.Names, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isId(String name) {
      return NamesInText.isTelling(name)
          && byNetwork.values().stream().anyMatch(known -> known.isId(name));
    }

    @Override
    public boolean isHandle(String name) {
      return NamesInText.isTelling(name)
          && byNetwork.values().stream().anyMatch(known -> known.isHandle(name));
    }
  }

  /**
   * The names that a row of a network may hold: those of the network, and the globally unique ones.
   */
  private final class Either implements NamesInText.Names, Serializable {
    private static final long serialVersionUID = 1L;
    private final Known own;

    Either(Known own) {
      this.own = own;
    }

    @Override
    public boolean isId(String name) {
      return own.isId(name) || everywhere.isId(name);
    }

    @Override
    public boolean isHandle(String name) {
      return own.isHandle(name) || everywhere.isHandle(name);
    }
  }

  private final HashMap<String, Known> byNetwork = new HashMap<>();
  private final HashMap<String, NamesInText.Names> names = new HashMap<>();
  private final Everywhere everywhere = new Everywhere();
  private final HashSet<Long> keys = new HashSet<>();

  private Known known(String network) {
    return byNetwork.computeIfAbsent(
        network,
        any -> {
          Known known = new Known();
          names.put(network, new Either(known));
          return known;
        });
  }

  void addId(String network, String id) {
    known(network).ids.add(id);
  }

  void addHandle(String network, String handle) {
    known(network).handles.add(handle.toLowerCase(Locale.ROOT));
  }

  void addDisplayName(String network, String name) {
    known(network).displayNames.add(name);
  }

  /**
   * @param id whose key it is
   */
  void addKey(String network, String id, long key) {
    keys.add(key);
    known(network).keysById.put(id, key);
  }

  /** The known keys, by id. */
  Map<String, Long> keysById(String network) {
    return byNetwork.containsKey(network) ? byNetwork.get(network).keysById : Map.of();
  }

  void addPost(String network, String id) {
    known(network).postIds.add(id);
  }

  /** Handles and display names that other accounts share are ambiguous and ignored. */
  void removeShared(String network, Collection<String> handles, Collection<String> displayNames) {
    handles.forEach(handle -> known(network).handles.remove(handle.toLowerCase(Locale.ROOT)));
    known(network).displayNames.removeAll(displayNames);
  }

  Set<String> networks() {
    return byNetwork.keySet();
  }

  Set<String> ids(String network) {
    return byNetwork.containsKey(network) ? byNetwork.get(network).ids : Set.of();
  }

  Set<String> handles(String network) {
    return byNetwork.containsKey(network) ? byNetwork.get(network).handles : Set.of();
  }

  Set<String> displayNames(String network) {
    return byNetwork.containsKey(network) ? byNetwork.get(network).displayNames : Set.of();
  }

  Set<Long> keys() {
    return keys;
  }

  /** The same for the same accounts. */
  String fingerprint() {
    return new TreeMap<>(byNetwork)
        .entrySet().stream()
            .map(one -> one.getKey() + " " + new TreeSet<>(one.getValue().ids))
            .collect(Collectors.joining(" "));
  }

  boolean isKey(long key) {
    return keys.contains(key);
  }

  boolean isId(String network, String id) {
    return ids(network).contains(id);
  }

  boolean isHandle(String network, String handle) {
    return handles(network).contains(handle.toLowerCase(Locale.ROOT));
  }

  boolean isPost(String network, String id) {
    return byNetwork.containsKey(network) && byNetwork.get(network).postIds.contains(id);
  }

  /** Whether a text, of any network, names one of them. */
  boolean isNamedIn(String text) {
    return byNetwork.keySet().stream().anyMatch(network -> NamesInText.in(text, names(network)));
  }

  /**
   * The names to look for in a row.
   *
   * @param network of the row; null if it is of none
   */
  NamesInText.Names names(String network) {
    return names.getOrDefault(network == null ? "" : network, everywhere);
  }
}
