package renown.night.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import renown.dumps.Verb;
import renown.kernels.keys.RecordPrint;
import renown.night.ingest.Statement.Sort;
import renown.tables.Interactions;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.testing.PrintedIds;

/** Statements for tests of shards, and rows as short texts. */
final class Says {
  static final int NIGHT = 20_458;

  private Says() {}

  static long at(long second) {
    return second * 1_000_000;
  }

  static Statement of(Sort sort, long account, String id, long second) {
    Statement said = new Statement(sort, "x");
    said.account = account;
    if (sort == Sort.ACT) {
      said.print(PrintedIds.of(id));
    } else {
      said.id = id;
    }
    said.day = 0;
    said.happened = at(second);
    said.witnessed = at(second);
    said.own = 1;
    return said;
  }

  static Statement act(long actor, Verb verb, long target, String id, long second) {
    Statement act = of(Sort.ACT, actor, id, second);
    act.verb = verb;
    act.target = target;
    act.witnessed = Statement.NONE;
    return act;
  }

  static Statement open(long actor, Verb verb, String objectId, String id, long second) {
    Statement act = act(actor, verb, Statement.NONE, id, second);
    act.objectId = objectId;
    return act;
  }

  /** An act that a line still shows at a later second. */
  static Statement shown(Statement act, long second) {
    act.witnessed = at(second);
    return act;
  }

  static Statement deletion(long deleter, String id, long second) {
    return of(Sort.DELETION, deleter, id, second);
  }

  static Statement post(long author, String id, long second, String text) {
    Statement post = of(Sort.POST, author, id, second);
    post.text = text;
    return post;
  }

  static Statement list(long owner, String id, long second, String name) {
    Statement list = of(Sort.LIST, owner, id, second);
    list.displayName = name;
    list.purpose = "curation";
    return list;
  }

  /** A row of {@code interactions} as a later night finds it. */
  static Statement held(Object[] act) {
    Statement held = new Statement(Sort.HELD_ACT, (String) act[0]);
    held.print(new RecordPrint((Long) act[1], (Long) act[2]));
    held.day = (Integer) act[3];
    held.verb = Verb.valueOf(((String) act[4]).toUpperCase(java.util.Locale.ROOT));
    held.account = (Long) act[5];
    held.target = (Long) act[6];
    held.objectId = (String) act[7];
    held.via = act[8] == null ? null : new RecordPrint((Long) act[8], (Long) act[9]);
    held.happened = (Long) act[10];
    held.change = Math.toIntExact((Long) act[11]);
    held.witnessed = act[14] == null ? Statement.NONE : (Long) act[14];
    return held;
  }

  /** A row of {@code waiting_interactions} with a target as a later night finds it. */
  static Statement toldAgain(Object[] act) {
    Statement again = new Statement(Sort.TOLD_AGAIN, (String) act[0]);
    again.print(new RecordPrint((Long) act[1], (Long) act[2]));
    again.day = (Integer) act[3];
    again.verb = Verb.valueOf(((String) act[4]).toUpperCase(java.util.Locale.ROOT));
    again.account = (Long) act[5];
    again.objectId = ((String) act[6]).isEmpty() ? null : (String) act[6];
    again.target = (Long) act[8];
    again.via = act[9] == null ? null : new RecordPrint((Long) act[9], (Long) act[10]);
    again.happened = (Long) act[11];
    again.night = (Integer) act[12];
    again.witnessed = act[14] == null ? Statement.NONE : (Long) act[14];
    return again;
  }

  /** A row of {@code deletions} as a later night finds it. */
  static Statement heldDeletion(Object[] deletion) {
    Statement held = new Statement(Sort.HELD_DELETION, (String) deletion[0]);
    held.id = (String) deletion[1];
    held.day = deletion[2] == null ? Integer.MIN_VALUE : (Integer) deletion[2];
    held.account = (Long) deletion[3];
    held.witnessed = (Long) deletion[4];
    return held;
  }

  /** The id of the record that an act is. */
  static String id(Statement act) {
    return PrintedIds.id(act.print());
  }

  /**
   * Rows as some of their values, times in seconds and the upper half of a record's fingerprint as
   * its id; sorted.
   */
  static List<String> rows(TableRows rows, TableSchema table, TableColumn... columns) {
    return rows.of(table).stream()
        .map(
            row ->
                Arrays.stream(columns)
                    .map(
                        column -> {
                          Object value = row[table.columns().indexOf(column)];
                          if (column.equals(Interactions.RECORD_PRINT_HIGH)) {
                            return PrintedIds.id(
                                value, row[table.columns().indexOf(Interactions.RECORD_PRINT_LOW)]);
                          }
                          if (column.type().sql().equals("TIMESTAMP") && value != null) {
                            return String.valueOf((Long) value / 1_000_000);
                          }
                          return value instanceof String[] list
                              ? Arrays.toString(list)
                              : String.valueOf(value);
                        })
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }

  /** Rows of all columns, sorted. */
  static List<String> rows(TableRows rows, TableSchema table) {
    return rows.of(table).stream().map(Arrays::deepToString).sorted().toList();
  }

  /** A few orders of the same. */
  static List<List<Statement>> orders(Statement... all) {
    return IntStream.range(0, 4)
        .mapToObj(
            seed -> {
              List<Statement> shuffled = new ArrayList<>(Arrays.asList(all));
              java.util.Collections.shuffle(shuffled, new java.util.Random(seed));
              return shuffled;
            })
        .toList();
  }

  /** The same statement, as if it were read again. */
  static Statement copy(Statement said) {
    Statement[] copy = new Statement[1];
    Statements.each(Statements.block(List.of(said)), one -> copy[0] = one);
    return copy[0];
  }
}
