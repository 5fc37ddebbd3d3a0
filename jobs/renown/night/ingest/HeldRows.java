package renown.night.ingest;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import renown.dumps.ParsedRecord;
import renown.dumps.Verb;
import renown.kernels.keys.RecordPrint;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.night.ingest.Statement.Sort;
import renown.tables.AccountLists;
import renown.tables.Deletions;
import renown.tables.Interactions;
import renown.tables.Posts;
import renown.tables.TableColumn;
import renown.tables.WaitingInteractions;

/** What core tables hold, as statements, read in the task that asks. */
final class HeldRows {
  private static final List<TableColumn> POST =
      List.of(
          Posts.NETWORK,
          Posts.POST_ID,
          Posts.RECORD_DATE,
          Posts.AUTHOR_KEY,
          Posts.HAPPENED_AT,
          Posts.REPLY_TO_ID,
          Posts.NIGHT,
          Posts.EDITED_AT,
          Posts.TEXT_LENGTH);

  private HeldRows() {}

  /**
   * Reads rows.
   *
   * @param table its path
   * @param isAsked whether anybody wants to know of a record, by network and print
   */
  static void each(
      String table,
      TableFiles files,
      BiPredicate<String, RecordPrint> isAsked,
      Consumer<Statement> consumer) {
    for (TableFiles file : files.each()) {
      if (table.equals(Interactions.TABLE.path())) {
        acts(file.read(Interactions.TABLE.columns()), isAsked, consumer);
      } else if (table.equals(Posts.TABLE.path())) {
        posts(file.read(POST), isAsked, consumer);
      } else if (table.equals(Deletions.TABLE.path())) {
        deletions(file.read(Deletions.TABLE.columns()), isAsked, consumer);
      } else if (table.equals(AccountLists.TABLE.path())) {
        lists(file.read(AccountLists.TABLE.columns()), consumer);
      } else if (table.equals(WaitingInteractions.TABLE.path())) {
        waiting(file.read(WaitingInteractions.TABLE.columns()), consumer);
      } else {
        throw new IllegalArgumentException(table + " is not read as statements");
      }
    }
  }

  private static Verb verb(String word) {
    return Verb.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static long number(ColumnRows.Longs numbers, int row) {
    return numbers.isNull(row) ? Statement.NONE : numbers.get(row);
  }

  private static RecordPrint print(ColumnRows.Longs high, ColumnRows.Longs low, int row) {
    return high.isNull(row) ? null : new RecordPrint(high.get(row), low.get(row));
  }

  private static void acts(
      ColumnRows rows, BiPredicate<String, RecordPrint> isAsked, Consumer<Statement> consumer) {
    ColumnRows.Texts network = rows.texts(Interactions.NETWORK);
    ColumnRows.Longs high = rows.longs(Interactions.RECORD_PRINT_HIGH);
    ColumnRows.Longs low = rows.longs(Interactions.RECORD_PRINT_LOW);
    for (int i = 0; i < rows.size(); i++) {
      RecordPrint record = new RecordPrint(high.get(i), low.get(i));
      if (isAsked.test(network.get(i), record)) {
        Statement act = new Statement(Sort.HELD_ACT, network.get(i));
        act.print(record);
        act.day = (int) rows.longs(Interactions.RECORD_DATE).get(i);
        act.verb = verb(rows.texts(Interactions.VERB).get(i));
        act.account = rows.longs(Interactions.ACTOR_KEY).get(i);
        act.target = rows.longs(Interactions.TARGET_KEY).get(i);
        act.objectId = rows.texts(Interactions.OBJECT_ID).get(i);
        act.via =
            print(
                rows.longs(Interactions.VIA_PRINT_HIGH), rows.longs(Interactions.VIA_PRINT_LOW), i);
        act.happened = rows.longs(Interactions.HAPPENED_AT).get(i);
        act.change = (int) rows.longs(Interactions.CHANGE).get(i);
        act.amount = number(rows.longs(Interactions.AMOUNT), i);
        act.witnessed = number(rows.longs(Interactions.SHOWN_AT), i);
        consumer.accept(act);
      }
    }
  }

  private static void posts(
      ColumnRows rows, BiPredicate<String, RecordPrint> isAsked, Consumer<Statement> consumer) {
    ColumnRows.Texts network = rows.texts(Posts.NETWORK);
    ColumnRows.Texts id = rows.texts(Posts.POST_ID);
    for (int i = 0; i < rows.size(); i++) {
      RecordPrint record = RecordPrint.of(id.get(i));
      if (isAsked.test(network.get(i), record)) {
        Statement post = new Statement(Sort.HELD_POST, network.get(i));
        post.id = id.get(i);
        post.print(record);
        post.day = (int) rows.longs(Posts.RECORD_DATE).get(i);
        post.account = rows.longs(Posts.AUTHOR_KEY).get(i);
        post.happened = rows.longs(Posts.HAPPENED_AT).get(i);
        post.replyToId = rows.texts(Posts.REPLY_TO_ID).get(i);
        post.night = (int) rows.longs(Posts.NIGHT).get(i);
        post.edited = number(rows.longs(Posts.EDITED_AT), i);
        post.textLength = number(rows.longs(Posts.TEXT_LENGTH), i);
        consumer.accept(post);
      }
    }
  }

  private static void deletions(
      ColumnRows rows, BiPredicate<String, RecordPrint> isAsked, Consumer<Statement> consumer) {
    ColumnRows.Texts network = rows.texts(Deletions.NETWORK);
    ColumnRows.Texts id = rows.texts(Deletions.RECORD_ID);
    ColumnRows.Longs day = rows.longs(Deletions.RECORD_DATE);
    for (int i = 0; i < rows.size(); i++) {
      RecordPrint record = RecordPrint.of(id.get(i));
      if (isAsked.test(network.get(i), record)) {
        Statement deletion = new Statement(Sort.HELD_DELETION, network.get(i));
        deletion.id = id.get(i);
        deletion.print(record);
        deletion.day = day.isNull(i) ? ParsedRecord.NO_DAY : (int) day.get(i);
        deletion.account = rows.longs(Deletions.DELETER_KEY).get(i);
        deletion.witnessed = rows.longs(Deletions.WITNESSED_AT).get(i);
        consumer.accept(deletion);
      }
    }
  }

  private static void lists(ColumnRows rows, Consumer<Statement> consumer) {
    for (int i = 0; i < rows.size(); i++) {
      Statement list = new Statement(Sort.HELD_LIST, rows.texts(AccountLists.NETWORK).get(i));
      list.id = rows.texts(AccountLists.LIST_ID).get(i);
      list.day = (int) rows.longs(AccountLists.RECORD_DATE).get(i);
      list.account = rows.longs(AccountLists.OWNER_KEY).get(i);
      list.displayName = rows.texts(AccountLists.LIST_NAME).get(i);
      list.description = rows.texts(AccountLists.DESCRIPTION).get(i);
      list.purpose = rows.texts(AccountLists.PURPOSE).get(i);
      list.witnessed = rows.longs(AccountLists.WITNESSED_AT).get(i);
      list.night = (int) rows.longs(AccountLists.NIGHT).get(i);
      consumer.accept(list);
    }
  }

  private static void waiting(ColumnRows rows, Consumer<Statement> consumer) {
    for (int i = 0; i < rows.size(); i++) {
      long target = rows.longs(WaitingInteractions.TARGET_KEY).get(i);
      boolean isAgain = target != WaitingInteractions.NOT_KNOWN;
      Statement act =
          new Statement(
              isAgain ? Sort.TOLD_AGAIN : Sort.WAITING,
              rows.texts(WaitingInteractions.NETWORK).get(i));
      if (isAgain) {
        act.target = target;
      }
      act.print(
          new RecordPrint(
              rows.longs(WaitingInteractions.RECORD_PRINT_HIGH).get(i),
              rows.longs(WaitingInteractions.RECORD_PRINT_LOW).get(i)));
      act.day = (int) rows.longs(WaitingInteractions.RECORD_DATE).get(i);
      act.verb = verb(rows.texts(WaitingInteractions.VERB).get(i));
      act.account = rows.longs(WaitingInteractions.ACTOR_KEY).get(i);
      String object = rows.texts(WaitingInteractions.OBJECT_ID).get(i);
      act.objectId = object.isEmpty() ? null : object;
      String name = rows.texts(WaitingInteractions.TARGET_HANDLE).get(i);
      act.handle = name.isEmpty() ? null : name;
      act.via =
          print(
              rows.longs(WaitingInteractions.VIA_PRINT_HIGH),
              rows.longs(WaitingInteractions.VIA_PRINT_LOW),
              i);
      act.happened = rows.longs(WaitingInteractions.HAPPENED_AT).get(i);
      act.night = (int) rows.longs(WaitingInteractions.NIGHT).get(i);
      act.amount = number(rows.longs(WaitingInteractions.AMOUNT), i);
      act.witnessed = number(rows.longs(WaitingInteractions.SHOWN_AT), i);
      consumer.accept(act);
    }
  }
}
