package renown.night.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import renown.dumps.RawFile;
import renown.night.ingest.Statement.Sort;

/** What parsing makes of files, task by task and without Spark. */
final class ReadLines {
  final Told told = new Told();
  final List<Statement> statements = new ArrayList<>();
  int blockCount;
  private final Map<Statement, String[]> ids = new java.util.IdentityHashMap<>();

  /** Reads files as two cores would. */
  ReadLines(Parsing parsing, List<RawFile> files) throws Exception {
    List<ArrayList<Parsing.Piece>> tasks = parsing.balanced(files, 2);
    for (int task = 0; task < tasks.size(); task++) {
      parsing.read(task, tasks.get(task), new Configuration(false), this::add);
    }
  }

  private void add(ParsedBlock block) {
    blockCount++;
    told.addAll(block.told);
    String[] accounts = new String[block.accountCount];
    for (KeyBucket.Asked some : block.accounts) {
      String[] its = some.ids();
      for (int i = 0; i < its.length; i++) {
        accounts[some.codes()[i]] = its[i];
      }
    }
    Statements.each(
        block.statements,
        said -> {
          statements.add(said);
          ids.put(said, new String[] {id(accounts, said.account), id(accounts, said.target)});
        });
  }

  private static String id(String[] accounts, long code) {
    return code == Statement.NONE ? null : accounts[(int) code];
  }

  /** The id of the account that says it. */
  String account(Statement said) {
    return ids.get(said)[0];
  }

  /** The id of the account that it is about; null for none. */
  String target(Statement said) {
    return ids.get(said)[1];
  }

  List<Statement> of(Sort sort) {
    return statements.stream().filter(one -> one.sort == sort).toList();
  }

  /** Rejected lines: path, line within the slice, reason; sorted. */
  List<String> rejects() {
    return told.rejects.stream()
        .map(one -> one.path() + " " + one.lineNumber() + " " + one.reason())
        .sorted()
        .toList();
  }

  /** What was ignored: rule and count; sorted by rule. */
  List<String> ignored() {
    List<String> all = new ArrayList<>();
    told.ignored.each((network, rule, count) -> all.add(rule + " " + count));
    return all;
  }

  /** By file: lines, blank, accepted, ignored, rejected. */
  TreeMap<String, List<Long>> counts() {
    TreeMap<String, long[]> sums = new TreeMap<>();
    for (Told.Slice slice : told.slices) {
      long[] sum = sums.computeIfAbsent(slice.path(), any -> new long[5]);
      sum[0] += slice.lines();
      sum[1] += slice.blank();
      sum[2] += slice.accepted();
      sum[3] += slice.ignored();
      sum[4] += slice.rejected();
    }
    TreeMap<String, List<Long>> counts = new TreeMap<>();
    sums.forEach((path, sum) -> counts.put(path, Arrays.stream(sum).boxed().toList()));
    return counts;
  }
}
