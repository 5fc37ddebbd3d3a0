package renown.night.score.persons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import renown.kernels.accounts.Components;
import renown.lake.ColumnRows;
import renown.tables.Accounts;
import renown.tables.MartPersons;
import renown.tables.RefusedPersons;
import renown.tables.TableColumn;

/** Links accounts to persons by what their profiles declare. */
final class Persons {
  static final String CROSS_LINKED = "cross-linked";
  static final String IDENTITY_FILE = "identity file";

  /** What is asked of each account. */
  static final List<TableColumn> COLUMNS =
      List.of(
          Accounts.ACCOUNT_KEY,
          Accounts.NETWORK,
          Accounts.ACCOUNT_ID,
          Accounts.HANDLE,
          Accounts.DESCRIPTION);

  /** Several accounts have the name. */
  private static final int AMBIGUOUS = -2;

  private static final int UNKNOWN = -1;

  private final ColumnRows accounts;

  /** By each two accounts that are linked, why. */
  private final Map<Pair, Set<String>> links = new HashMap<>();

  private final List<Person> persons = new ArrayList<>();

  /** Two rows of accounts, the one with the smaller key first. */
  private record Pair(int one, int other) {}

  /**
   * A person, or a chain of links that is too long for one: rows of accounts as their keys rise.
   */
  private record Person(int[] members, long mostOfNetwork) {
    boolean isOne(Limits limits) {
      return members.length <= limits.accounts() && mostOfNetwork <= limits.accountsOfNetwork();
    }
  }

  /** The most accounts that one person has, in all and on one network. */
  record Limits(long accounts, long accountsOfNetwork) {}

  /** An account by the id of its network. */
  record NamedAccount(String network, String id) {}

  /** That a file of the user says that two accounts are one person's. */
  record Identity(NamedAccount one, NamedAccount other) {
    /** Network, tab, id, tab, other network, tab, other id; empty where a line is anything else. */
    static Optional<Identity> of(String line) {
      String[] parts = line.split("\t", -1);
      return parts.length == 4 && Arrays.stream(parts).noneMatch(String::isEmpty)
          ? Optional.of(
              new Identity(
                  new NamedAccount(parts[0], parts[1]), new NamedAccount(parts[2], parts[3])))
          : Optional.empty();
    }
  }

  /**
   * @param accounts columns {@link #COLUMNS} of {@code accounts} without those excluded
   * @param identities pairs that are linked whatever their profiles say; only accounts that are
   *     known
   */
  Persons(ColumnRows accounts, ProfileAddresses addresses, List<Identity> identities) {
    this.accounts = accounts;
    linkMutual(addresses);
    linkNamed(identities);
    findPersons();
  }

  private long key(int row) {
    return accounts.longs(Accounts.ACCOUNT_KEY).get(row);
  }

  private void link(int one, int other, String basis) {
    if (one != other) {
      Pair pair = key(one) < key(other) ? new Pair(one, other) : new Pair(other, one);
      links.computeIfAbsent(pair, any -> new TreeSet<>()).add(basis);
    }
  }

  /**
   * Links accounts that name one another. A handle that two accounts of a network have had names
   * neither.
   */
  private void linkMutual(ProfileAddresses addresses) {
    ColumnRows.Texts descriptions = accounts.texts(Accounts.DESCRIPTION);
    Map<Integer, Set<String>> claims = new LinkedHashMap<>();
    Map<String, Integer> owners = new HashMap<>();
    for (int row = 0; row < accounts.size(); row++) {
      String description = descriptions.get(row);
      Set<String> named = description == null ? Set.of() : addresses.in(description);
      if (!named.isEmpty()) {
        claims.put(row, named);
        named.forEach(name -> owners.put(name, UNKNOWN));
      }
    }
    if (owners.isEmpty()) {
      return;
    }
    for (int row = 0; row < accounts.size(); row++) {
      String network = accounts.texts(Accounts.NETWORK).get(row);
      own(owners, network, accounts.texts(Accounts.HANDLE).get(row), row);
      own(owners, network, accounts.texts(Accounts.ACCOUNT_ID).get(row), row);
    }
    Set<Pair> claimed = new HashSet<>();
    claims.forEach(
        (from, named) -> {
          for (String name : named) {
            claimed.add(new Pair(from, owners.get(name)));
          }
        });
    for (Pair claim : claimed) {
      if (claim.other() >= 0 && claimed.contains(new Pair(claim.other(), claim.one()))) {
        link(claim.one(), claim.other(), CROSS_LINKED);
      }
    }
  }

  private static void own(Map<String, Integer> owners, String network, String name, int row) {
    if (name != null) {
      owners.computeIfPresent(
          network + "\t" + name.toLowerCase(Locale.ROOT),
          (any, owner) -> owner == UNKNOWN || owner == row ? row : AMBIGUOUS);
    }
  }

  private void linkNamed(List<Identity> identities) {
    Map<NamedAccount, Integer> rows = new HashMap<>();
    for (Identity identity : identities) {
      rows.put(identity.one(), UNKNOWN);
      rows.put(identity.other(), UNKNOWN);
    }
    for (int row = 0; row < accounts.size() && !rows.isEmpty(); row++) {
      rows.replace(
          new NamedAccount(
              accounts.texts(Accounts.NETWORK).get(row),
              accounts.texts(Accounts.ACCOUNT_ID).get(row)),
          row);
    }
    for (Identity identity : identities) {
      int one = rows.get(identity.one());
      int other = rows.get(identity.other());
      if (one >= 0 && other >= 0) {
        link(one, other, IDENTITY_FILE);
      }
    }
  }

  private void findPersons() {
    int[] linked =
        links.keySet().stream()
            .flatMap(pair -> List.of(pair.one(), pair.other()).stream())
            .distinct()
            .sorted((one, other) -> Long.compare(key(one), key(other)))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Integer, Integer> places = new HashMap<>();
    for (int place = 0; place < linked.length; place++) {
      places.put(linked[place], place);
    }
    List<Pair> pairs = List.copyOf(links.keySet());
    int[] least =
        Components.least(
            linked.length,
            pairs.stream().mapToInt(pair -> places.get(pair.one())).toArray(),
            pairs.stream().mapToInt(pair -> places.get(pair.other())).toArray());
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int place = 0; place < linked.length; place++) {
      members.computeIfAbsent(least[place], any -> new ArrayList<>()).add(linked[place]);
    }
    for (List<Integer> rows : members.values()) {
      Map<String, Long> onNetwork = new HashMap<>();
      rows.forEach(
          row -> onNetwork.merge(accounts.texts(Accounts.NETWORK).get(row), 1L, Long::sum));
      persons.add(
          new Person(
              rows.stream().mapToInt(Integer::intValue).toArray(),
              onNetwork.values().stream().max(Long::compare).orElse(0L)));
    }
  }

  /** Keys of all accounts that are linked to another. */
  Set<Long> linked() {
    Set<Long> keys = new HashSet<>();
    persons.forEach(person -> Arrays.stream(person.members()).forEach(row -> keys.add(key(row))));
    return keys;
  }

  /** How many chains of links are too long for one person. */
  long refused(Limits limits) {
    return persons.stream().filter(person -> !person.isOne(limits)).count();
  }

  /**
   * @param scores by account key; none of accounts that have no score
   * @return rows of {@code mart_persons}
   */
  ColumnRows rows(Limits limits, Map<Long, Double> scores, long night) {
    Map<Integer, Set<String>> basis = new HashMap<>();
    links.forEach(
        (pair, why) -> {
          basis.computeIfAbsent(pair.one(), any -> new TreeSet<>()).addAll(why);
          basis.computeIfAbsent(pair.other(), any -> new TreeSet<>()).addAll(why);
        });
    ColumnRows rows = new ColumnRows(MartPersons.TABLE);
    for (Person person : persons) {
      if (!person.isOne(limits)) {
        continue;
      }
      double highest =
          Arrays.stream(person.members())
              .mapToDouble(row -> scores.getOrDefault(key(row), Double.NEGATIVE_INFINITY))
              .max()
              .orElseThrow();
      for (int row : person.members()) {
        rows.longs(MartPersons.PERSON_KEY).add(key(person.members()[0]));
        rows.texts(MartPersons.NETWORK).add(accounts.texts(Accounts.NETWORK).get(row));
        rows.longs(MartPersons.ACCOUNT_KEY).add(key(row));
        rows.texts(MartPersons.ACCOUNT_ID).add(accounts.texts(Accounts.ACCOUNT_ID).get(row));
        rows.texts(MartPersons.HANDLE).add(accounts.texts(Accounts.HANDLE).get(row));
        rows.texts(MartPersons.BASIS).add(String.join(", ", basis.get(row)));
        rows.longs(MartPersons.ACCOUNT_COUNT).add(person.members().length);
        add(rows.doubles(MartPersons.SCORE), scores.get(key(row)));
        add(
            rows.doubles(MartPersons.PERSON_SCORE),
            highest == Double.NEGATIVE_INFINITY ? null : (Double) highest);
        rows.longs(MartPersons.NIGHT).add(night);
      }
    }
    return rows;
  }

  private static void add(ColumnRows.Doubles column, Double value) {
    if (value == null) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  /** Rows of {@code refused_persons}. */
  ColumnRows refusedRows(Limits limits, long night) {
    ColumnRows rows = new ColumnRows(RefusedPersons.TABLE);
    for (Person chain : persons) {
      if (chain.isOne(limits)) {
        continue;
      }
      for (int row : chain.members()) {
        rows.longs(RefusedPersons.CHAIN_KEY).add(key(chain.members()[0]));
        rows.texts(RefusedPersons.NETWORK).add(accounts.texts(Accounts.NETWORK).get(row));
        rows.longs(RefusedPersons.ACCOUNT_KEY).add(key(row));
        rows.longs(RefusedPersons.ACCOUNT_COUNT).add(chain.members().length);
        rows.longs(RefusedPersons.NETWORK_ACCOUNT_COUNT).add(chain.mostOfNetwork());
        rows.longs(RefusedPersons.NIGHT).add(night);
      }
    }
    return rows;
  }
}
