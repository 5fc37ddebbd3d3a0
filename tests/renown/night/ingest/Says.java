package renown.night.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import renown.dumps.Verb;
import renown.night.ingest.Statement.Sort;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

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
    said.id = id;
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
    held.id = (String) act[1];
    held.day = (Integer) act[2];
    held.verb = Verb.valueOf(((String) act[3]).toUpperCase(java.util.Locale.ROOT));
    held.account = (Long) act[4];
    held.target = (Long) act[5];
    held.objectId = (String) act[6];
    held.viaId = (String) act[7];
    held.happened = (Long) act[8];
    held.change = Math.toIntExact((Long) act[9]);
    held.witnessed = act[12] == null ? Statement.NONE : (Long) act[12];
    return held;
  }

  /** A row of {@code waiting_interactions} with a target as a later night finds it. */
  static Statement toldAgain(Object[] act) {
    Statement again = new Statement(Sort.TOLD_AGAIN, (String) act[0]);
    again.id = (String) act[1];
    again.day = (Integer) act[2];
    again.verb = Verb.valueOf(((String) act[3]).toUpperCase(java.util.Locale.ROOT));
    again.account = (Long) act[4];
    again.objectId = ((String) act[5]).isEmpty() ? null : (String) act[5];
    again.target = (Long) act[7];
    again.viaId = (String) act[8];
    again.happened = (Long) act[9];
    again.night = (Integer) act[10];
    again.witnessed = act[12] == null ? Statement.NONE : (Long) act[12];
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

  /** Rows as some of their values, times in seconds; sorted. */
  static List<String> rows(TableRows rows, TableSchema table, TableColumn... columns) {
    return rows.of(table).stream()
        .map(
            row ->
                Arrays.stream(columns)
                    .map(
                        column -> {
                          Object value = row[table.columns().indexOf(column)];
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
