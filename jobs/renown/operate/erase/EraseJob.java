package renown.operate.erase;

import java.security.SecureRandom;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.dumps.RawLines;
import renown.dumps.ReadLimits;
import renown.dumps.formats.NetworkFormats;
import renown.lake.AccountSpelling;
import renown.lake.ColumnRows;
import renown.lake.ErasedNames;
import renown.lake.Lake;
import renown.lake.LakeLock;
import renown.lake.Locations;
import renown.lake.NamedAccounts;
import renown.operate.erase.RawTraces.RawTrace;
import renown.operate.erase.Traces.Trace;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.Accounts;
import renown.tables.ErasedAccounts;
import renown.tables.Publications;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** Erases accounts from the lake, history included, and verifies it. */
@Command(
    name = "erase",
    description = {
      "Erases an account, or all accounts of a list, from every table, including the history"
          + " that can",
      "still be read. Then scans all files for what is left and lists the raw files that name"
          + " the",
      "account. Later dumps do not bring it back. Exits with code 4 if anything is left."
          + " --verify only",
      "scans. If a run died, repeat the same command. Cannot run during a night: whichever"
          + " starts second",
      "stops with exit code 5."
    })
public final class EraseJob implements Job {
  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description = "The network's folder name under raw.root.")
  private String network;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = {
        "The account's id on the network, its handle or the address of its profile, in any case;"
            + " or",
        "*@host for all accounts of a host of the fediverse, those to come included."
      })
  private String account;

  @Option(
      names = "--file",
      paramLabel = "LIST",
      description =
          "Hadoop path of a file with one line per account: network, tab, account as above.")
  private String list;

  @Option(
      names = "--verify",
      description = "Changes nothing; reports what the lake holds about the account.")
  private boolean verify;

  @Option(
      names = "--handle",
      paramLabel = "NAME",
      description =
          "A former handle to scan for as well. Only needed after the erasure; before, the"
              + " lake knows it. May be repeated.")
  private List<String> handles = new ArrayList<>();

  @Option(
      names = "--skip-raw",
      description = "Skips the raw files; raw.root need not be readable then.")
  private boolean skipRaw;

  @Override
  public List<ConfigKey<?>> keys() {
    return Stream.concat(
            Stream.of(
                Locations.LAKE_ROOT,
                Locations.RAW_ROOT,
                LakeLock.LEASE_SECONDS,
                NetworkFormats.FORMATS),
            ReadLimits.KEYS.stream())
        .toList();
  }

  @Override
  public List<TableSchema> inputs() {
    return Tables.ALL;
  }

  @Override
  public List<TableSchema> outputs() {
    return Tables.ALL;
  }

  @Override
  public void run(RunContext context) throws Exception {
    checkArguments();
    Lake lake = Lake.open(context, Publications.TABLE);
    Erased erased = named(lake, context);
    if (verify) {
      knownKeys(lake, erased);
      new Search(lake).complete(erased);
      tellUnknown(lake, erased, context);
    } else {
      erase(lake, erased, context);
    }
    List<Trace> traces = Traces.in(lake, erased);
    tell(traces, context);
    if (!skipRaw) {
      tellRaw(erased, context);
    }
    if (!traces.isEmpty()) {
      throw RenownException.audit(
          "The lake at %s holds the account in %d places (above)%s.",
          lake.root(),
          traces.size(),
          verify ? ": run scripts/submit.sh erase without --verify to erase it" : "");
    }
  }

  private void checkArguments() {
    boolean one = network != null && account != null;
    boolean none = network == null && account == null;
    if (list == null ? !one : !none) {
      throw RenownException.configuration(
          "Give the accounts to erase: --network NETWORK --account ID, or --file LIST.");
    }
  }

  private Erased named(Lake lake, RunContext context) {
    Erased erased = new Erased();
    NetworkFormats formats = NetworkFormats.of(context.config());
    if (list == null) {
      add(erased, formats, lake, network, List.of(account), context);
      handles.forEach(handle -> erased.addHandle(network, handle));
      return erased;
    }
    if (!handles.isEmpty()) {
      throw RenownException.configuration(
          "--handle requires --account and cannot be used with --file.");
    }
    Map<String, List<String>> typed = new TreeMap<>();
    for (Row row :
        NamedAccounts.read("--file", list, context.config(), context.spark())
            .rows()
            .collectAsList()) {
      typed
          .computeIfAbsent(row.getAs("network"), any -> new ArrayList<>())
          .add(row.getAs("account_id"));
    }
    if (typed.isEmpty()) {
      throw RenownException.configuration("--file %s lists no accounts.", list);
    }
    typed.forEach((of, names) -> add(erased, formats, lake, of, names, context));
    return erased;
  }

  /** By the ids that the lake has, however they were typed. */
  private static void add(
      Erased erased,
      NetworkFormats formats,
      Lake lake,
      String of,
      List<String> names,
      RunContext context) {
    Map<String, Set<String>> called = called(lake, of);
    Set<String> ids = called.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    for (String typed : names) {
      String id = formats.accountId(of, typed);
      String name = AccountSpelling.typed(id);
      if (AccountSpelling.isHost(name)) {
        Set<String> found = called.getOrDefault(name, Set.of());
        context.progress().say("%s of %s: %d accounts in the lake.", name, of, found.size());
        found.forEach(one -> erased.addId(of, one));
        erased.addId(of, name);
        continue;
      }
      Set<String> meant = ids.contains(id) ? Set.of(id) : called.getOrDefault(name, Set.of(id));
      if (meant.size() > 1) {
        throw RenownException.configuration(
            "%s of %s may be any of %s: give the id.", typed, of, String.join(", ", meant));
      }
      meant.forEach(one -> erased.addId(of, one));
      if (!meant.contains(typed)) {
        // Raw files may have it as it was typed; names are looked for in any case.
        erased.addHandle(of, name);
      }
    }
  }

  /** The ids of a network's accounts, by all that they may be called. */
  private static Map<String, Set<String>> called(Lake lake, String of) {
    Map<String, Set<String>> called = new HashMap<>();
    ColumnRows rows =
        lake.files(Accounts.TABLE).read(Accounts.NETWORK, Accounts.ACCOUNT_ID, Accounts.HANDLE);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.texts(Accounts.NETWORK).get(i).equals(of)) {
        String id = rows.texts(Accounts.ACCOUNT_ID).get(i);
        for (String name : AccountSpelling.of(id, rows.texts(Accounts.HANDLE).get(i))) {
          called.computeIfAbsent(name, any -> new TreeSet<>()).add(id);
        }
      }
    }
    return called;
  }

  /** An account that the lake never had may be another one, mistyped. */
  private static void tellUnknown(Lake lake, Erased erased, RunContext context) {
    for (String of : erased.networks()) {
      for (String id : erased.ids(of)) {
        if (!AccountSpelling.isHost(id) && !erased.keysById(of).containsKey(id)) {
          context
              .progress()
              .say(
                  "Warning: the lake knows no account %s of %s%s.",
                  id,
                  of,
                  NamedAccounts.nearest(lake.core().accounts(), of, id)
                      .map(near -> "; the nearest that it knows is " + near)
                      .orElse(""));
        }
      }
    }
  }

  /** An account that was erased is known by its hash, and its key is kept with that. */
  private static void knownKeys(Lake lake, Erased erased) {
    for (Row row : lake.rows(ErasedAccounts.TABLE)) {
      Long key = row.getAs("key_given");
      String of = row.getAs("network");
      for (String id : erased.ids(of)) {
        if (key != null
            && row.getAs("name_hash").equals(ErasedNames.idHash(row.getAs("salt"), of, id))) {
          erased.addKey(of, id, key);
        }
      }
    }
  }

  private void erase(Lake opened, Erased erased, RunContext context) throws Exception {
    Lake lake = opened.held();
    Configuration hadoop = context.spark().sessionState().newHadoopConf();
    try (LakeLock lock =
        LakeLock.take(lake.root(), hadoop, context.value(LakeLock.LEASE_SECONDS))) {
      Erasure erasure = new Erasure(lake);
      if (erasure.endUnfinished()) {
        context.progress().say("Completing an interrupted erasure.");
      }
      knownKeys(lake, erased);
      new Search(lake).complete(erased);
      tellUnknown(lake, erased, context);
      remember(lake, erased, LocalDate.now(context.clock()));
      Map<String, Long> files = erasure.run(erased, lock).filesByTable();
      if (files.isEmpty()) {
        context.progress().say("The lake did not hold the account; later dumps cannot add it.");
      }
      files.forEach(
          (table, count) -> context.progress().say("%-36s %6d files without it", table, count));
    }
  }

  /** Comes first, so that no dump brings the account back however this run ends. */
  private static void remember(Lake lake, Erased erased, LocalDate today) {
    ErasedNames known = ErasedNames.of(lake);
    String salt = known.salt();
    if (salt.isEmpty()) {
      byte[] drawn = new byte[16];
      new SecureRandom().nextBytes(drawn);
      salt = HexFormat.of().formatHex(drawn);
    }
    List<Row> rows = new ArrayList<>();
    for (String of : erased.networks()) {
      Map<String, Long> keys = erased.keysById(of);
      for (String id : erased.ids(of)) {
        if (!known.isOwnId(of, id)) {
          rows.add(
              RowFactory.create(
                  of,
                  "id",
                  ErasedNames.idHash(salt, of, id),
                  salt,
                  keys.get(id),
                  Date.valueOf(today)));
        }
      }
      for (String handle : erased.handles(of)) {
        if (!known.isHandle(of, handle)) {
          rows.add(
              RowFactory.create(
                  of,
                  "handle",
                  ErasedNames.handleHash(salt, of, handle),
                  salt,
                  null,
                  Date.valueOf(today)));
        }
      }
    }
    if (!rows.isEmpty()) {
      lake.append(
          ErasedAccounts.TABLE,
          lake.spark().createDataFrame(rows, ErasedAccounts.TABLE.structType()));
    }
  }

  private static void tell(List<Trace> traces, RunContext context) {
    if (traces.isEmpty()) {
      context
          .progress()
          .say(
              "Scanned all data and log files of the lake: none names the account. Aggregates"
                  + " that it contributed to, such as other accounts' scores and sketches, are"
                  + " unchanged.");
      return;
    }
    Map<String, Long> values = new TreeMap<>();
    Map<String, List<String>> files = new TreeMap<>();
    for (Trace trace : traces) {
      String what = trace.owner() + (trace.isLog() ? " (log)" : "") + ": " + trace.place();
      values.merge(what, trace.count(), Long::sum);
      files.computeIfAbsent(what, any -> new ArrayList<>()).add(trace.path());
    }
    values.forEach(
        (what, count) ->
            context
                .progress()
                .say(
                    "%s: %d in %d files, for example %s",
                    what, count, files.get(what).size(), files.get(what).get(0)));
  }

  private static void tellRaw(Erased erased, RunContext context) {
    Path raw = Locations.readable(Locations.RAW_ROOT, context.config());
    List<RawTrace> traces =
        RawTraces.in(
            raw, erased, ReadLimits.of(context.config(), RawLines.LONGEST_LINE), context.spark());
    if (traces.isEmpty()) {
      context.progress().say("No raw file of the network under %s names the account.", raw);
      return;
    }
    context
        .progress()
        .say(
            "%d raw files under %s name the account. They are not part of the lake: delete"
                + " the files or the account's lines in them.",
            traces.size(), raw);
    for (RawTrace trace : traces) {
      context
          .progress()
          .say(
              trace.lineCount() == 0 ? "  %s could not be read to its end" : "  %s: %d lines",
              trace.path(),
              trace.lineCount());
    }
  }
}
