package renown.lake;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import renown.tables.ErasedAccounts;

/**
 * The erased accounts, known only by hashes of their names: one can test whether a name is one of
 * theirs, and nothing else.
 */
public final class ErasedNames implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ID = "id";
  private static final String HANDLE = "handle";

  private final String salt;
  private final HashMap<String, HashSet<String>> hashesByNetwork = new HashMap<>();
  private final HashMap<String, Long> lastKeys = new HashMap<>();

  private ErasedNames(String salt) {
    this.salt = salt;
  }

  /** The erased names of a lake; empty if there are none. */
  public static ErasedNames of(Lake lake) {
    return of(lake.rows(ErasedAccounts.TABLE));
  }

  /** From rows of {@code erased_accounts}. */
  public static ErasedNames of(List<Row> rows) {
    ErasedNames names = new ErasedNames(rows.isEmpty() ? "" : rows.get(0).getAs("salt"));
    for (Row row : rows) {
      String network = row.getAs("network");
      names
          .hashesByNetwork
          .computeIfAbsent(network, any -> new HashSet<>())
          .add(row.getAs("name_hash"));
      Long key = row.getAs("key_given");
      if (key != null) {
        names.lastKeys.merge(network, key, Math::max);
      }
    }
    return names;
  }

  /** The salt of the hashes; empty if no account was erased. */
  public String salt() {
    return salt;
  }

  /** For each network, the highest key of an erased account. */
  public Map<String, Long> lastKeys() {
    return Map.copyOf(lastKeys);
  }

  /** Whether no account of a network was erased. */
  public boolean isEmpty(String network) {
    return !hashesByNetwork.containsKey(network);
  }

  /** Whether it is the id of an erased account, or one of an erased host. */
  public boolean isId(String network, String id) {
    return isOwnId(network, id) || isOfErasedHost(network, id);
  }

  /** Whether an account of just this id was erased. */
  public boolean isOwnId(String network, String id) {
    return contains(network, idHash(salt, network, id));
  }

  /** Whether it is a handle of an erased account or host, ignoring case. */
  public boolean isHandle(String network, String handle) {
    return contains(network, handleHash(salt, network, handle)) || isOfErasedHost(network, handle);
  }

  private boolean isOfErasedHost(String network, String name) {
    String host = AccountSpelling.host(name);
    return host != null && isOwnId(network, AccountSpelling.ALL_OF + host);
  }

  private boolean contains(String network, String hash) {
    Set<String> hashes = hashesByNetwork.get(network);
    return hashes != null && hashes.contains(hash);
  }

  /** The stored hash of an id. */
  public static String idHash(String salt, String network, String id) {
    return hash(salt, network, ID, id);
  }

  /** The stored hash of a handle. */
  public static String handleHash(String salt, String network, String handle) {
    return hash(salt, network, HANDLE, handle.toLowerCase(Locale.ROOT));
  }

  private static String hash(String... parts) {
    try {
      byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
