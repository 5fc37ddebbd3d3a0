package renown.night.ingest;

import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import renown.dumps.ParsedRecord;

/**
 * Statements of some lines as bytes. In place of account ids they hold codes that count in this
 * block alone, so that each id is there once and is later replaced by a key at the price of a look
 * into an array.
 */
final class ParsedBlock implements Serializable {
  private static final long serialVersionUID = 1;

  /** A block is handed on when it has so many bytes. */
  private static final int BLOCK_BYTES = 8 << 20;

  /** Or so many ids. */
  private static final int MOST_IDS = 200_000;

  /** Names of a block that are told, to divide all of them evenly. */
  private static final int SAMPLE = 64;

  final int partition;
  final int number;
  final byte[] statements;

  /** Codes of each network's accounts, and their ids. */
  final List<KeyBucket.Asked> accounts;

  final int accountCount;
  final Told told;

  private ParsedBlock(
      int partition,
      int number,
      byte[] statements,
      List<KeyBucket.Asked> accounts,
      int accountCount,
      Told told) {
    this.partition = partition;
    this.number = number;
    this.statements = statements;
    this.accounts = accounts;
    this.accountCount = accountCount;
    this.told = told;
  }

  private String[] ids() {
    String[] ids = new String[accountCount];
    for (KeyBucket.Asked asked : accounts) {
      String[] its = asked.ids();
      for (int i = 0; i < its.length; i++) {
        ids[asked.codes()[i]] = its[i];
      }
    }
    return ids;
  }

  private static boolean isNamed(String id) {
    return id != null && id.startsWith(HandleHistory.NAMED);
  }

  /** Handles that stand in the place of ids, as {@link KeyBucket#name}. */
  List<String> named(Set<String> networks) {
    List<String> named = new ArrayList<>();
    for (KeyBucket.Asked asked : accounts) {
      for (String id : networks.contains(asked.network()) ? asked.ids() : new String[0]) {
        if (isNamed(id)) {
          named.add(handle(asked.network(), id));
        }
      }
    }
    return named;
  }

  private static String handle(String network, String id) {
    return KeyBucket.name(network, id.substring(HandleHistory.NAMED.length()));
  }

  /** The accounts that lines show together with a handle, by {@link KeyBucket#name} of it. */
  Map<String, List<Holders.Holder>> holders(Set<String> networks) {
    Map<String, Map<String, Holders.Holder>> seen = new HashMap<>();
    String[] ids = ids();
    Statements.heads(
        statements,
        (head, in) -> {
          if (head.sort != Statement.Sort.ACCOUNT
              || !networks.contains(head.network)
              || isNamed(ids[(int) head.account])) {
            return;
          }
          Statement said = Statement.read(head, in);
          if (said.handle != null) {
            String id = ids[(int) head.account];
            seen.computeIfAbsent(
                    KeyBucket.name(head.network, said.handle.toLowerCase(Locale.ROOT)),
                    any -> new TreeMap<>())
                .merge(
                    id,
                    new Holders.Holder(id, said.witnessed, said.witnessed),
                    Holders.Holder::and);
          }
        });
    Map<String, List<Holders.Holder>> holders = new HashMap<>();
    seen.forEach((name, byId) -> holders.put(name, List.copyOf(byId.values())));
    return holders;
  }

  /**
   * The same with accounts in the place of handles.
   *
   * @param holders who had them, by {@link KeyBucket#name}
   */
  ParsedBlock resolved(Map<String, Holders> holders) {
    String[] ids = ids();
    Writer writer = new Writer(partition, any -> {});
    Output out = new Output(statements.length + 1024, -1);
    Output buffer = new Output(4096, -1);
    Statement.Head written = new Statement.Head();
    Statements.heads(
        statements,
        (head, in) -> {
          Statement said = Statement.read(head, in);
          long at = said.happened == Statement.NONE ? said.witnessed : said.happened;
          said.account = writer.code(head.network, resolved(head.account, head, ids, at, holders));
          said.target = writer.code(head.network, resolved(head.target, head, ids, at, holders));
          said.write(out, written, buffer);
        });
    Told after = told;
    after.bytes = out.position();
    return new ParsedBlock(
        partition, number, out.toBytes(), writer.accounts(number), writer.accountCount, after);
  }

  private static String resolved(
      long code, Statement.Head head, String[] ids, long at, Map<String, Holders> holders) {
    String id = code == Statement.NONE ? null : ids[(int) code];
    Holders known = isNamed(id) ? holders.get(handle(head.network, id)) : null;
    return known == null ? id : known.at(at);
  }

  /** Makes blocks of what a task reads. */
  static final class Writer {
    private final int partition;
    private final Consumer<ParsedBlock> blocks;
    private final Statement.Head head = new Statement.Head();
    private final Output buffer = new Output(4096, -1);
    private final Output out = new Output(1 << 16, -1);
    private final Map<String, Map<String, Integer>> codes = new TreeMap<>();
    private int number;
    private int accountCount;
    private Told told = new Told();

    /**
     * @param partition of the task
     * @param blocks takes them, in order
     */
    Writer(int partition, Consumer<ParsedBlock> blocks) {
      this.partition = partition;
      this.blocks = blocks;
    }

    /** What is told with the block that is being made. */
    Told told() {
      return told;
    }

    /**
     * Takes what a line says.
     *
     * @param otherwise witness time where the line tells none
     * @param isOwn whether it is what the line is about
     */
    void accept(String network, ParsedRecord record, long otherwise, boolean isOwn) {
      Statement said = Statement.of(network, record, otherwise, isOwn);
      said.account = code(network, record.accountId);
      said.target = code(network, record.targetAccountId);
      told.add(said);
      said.write(out, head, buffer);
      if (out.position() >= BLOCK_BYTES || accountCount >= MOST_IDS) {
        handOn();
      }
    }

    private long code(String network, String id) {
      if (id == null) {
        return Statement.NONE;
      }
      Map<String, Integer> ofNetwork = codes.computeIfAbsent(network, any -> new HashMap<>());
      Integer known = ofNetwork.putIfAbsent(id, accountCount);
      return known == null ? accountCount++ : known;
    }

    /** Hands on the last block. */
    void close() {
      handOn();
    }

    private List<KeyBucket.Asked> accounts(int block) {
      List<KeyBucket.Asked> accounts = new ArrayList<>();
      codes.forEach(
          (network, ofNetwork) -> {
            String[] ids = ofNetwork.keySet().toArray(String[]::new);
            Arrays.sort(ids, Statements::compare);
            int[] numbers = Arrays.stream(ids).mapToInt(ofNetwork::get).toArray();
            accounts.add(KeyBucket.Asked.of(partition, block, network, numbers, ids));
          });
      return accounts;
    }

    private void handOn() {
      List<KeyBucket.Asked> accounts = accounts(number);
      for (KeyBucket.Asked asked : accounts) {
        String[] ids = asked.ids();
        int step = Math.max(1, ids.length / SAMPLE);
        for (int i = 0; i < ids.length; i += step) {
          told.sample.add(KeyBucket.name(asked.network(), ids[i]));
        }
      }
      told.bytes = out.position();
      blocks.accept(
          new ParsedBlock(partition, number++, out.toBytes(), accounts, accountCount, told));
      out.setPosition(0);
      codes.clear();
      accountCount = 0;
      told = new Told();
    }
  }
}
