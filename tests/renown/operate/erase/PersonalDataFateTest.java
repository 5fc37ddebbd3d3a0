package renown.operate.erase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.SparkToParquetSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import renown.tables.Communities;
import renown.tables.MartBridges;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.MartPersons;
import renown.tables.MartScoreChanges;
import renown.tables.PersonalData;
import renown.tables.PersonalDataPage;
import renown.tables.PersonalDataPage.Fate;
import renown.tables.RefusedPersons;
import renown.tables.StageRuns;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.Tables;

/** What the page on personal data says of erasing is what erasing does, column by column. */
class PersonalDataFateTest {
  private static final String NETWORK = "bluesky";
  private static final String ID = "did:plc:themthemthemthem";
  private static final String HANDLE = "them.example";
  private static final long KEY = 7;

  @Test
  void everyMarkedColumnFaresAsThePageSays() {
    Erased erased = new Erased();
    erased.addId(NETWORK, ID);
    erased.addKey(NETWORK, ID, KEY);
    erased.addHandle(NETWORK, HANDLE);
    erased.addDisplayName(NETWORK, "Them Themselves");
    Map<String, Fate> expected = new TreeMap<>();
    Map<String, Fate> found = new TreeMap<>();
    for (TableSchema table : Tables.ALL) {
      MessageType schema =
          new SparkToParquetSchemaConverter(new SQLConf()).convert(table.structType());
      for (TableColumn column : PersonalDataPage.marked(table)) {
        String name = table.name() + "." + column.name();
        Fate fate = PersonalDataPage.fate(table, column);
        // In a row of its own account; the row goes by the account's key, or by the id of the post
        // of which the column is a part of the fingerprint.
        expected.put(name, fate == Fate.WITH_ROW ? Fate.STAYS : fate);
        Group row = new SimpleGroup(schema);
        for (TableColumn other : table.columns()) {
          fill(row, other, other.equals(column));
        }
        found.put(name, fate(table, column, row, new RowErasure(table, erased).of(row)));
        if (fate == Fate.WITH_ROW) {
          assertThat(PersonalDataPage.marked(table))
              .anyMatch(
                  key ->
                      (key.personal() == PersonalData.KEY || isPrintOf(column, key))
                          && PersonalDataPage.fate(table, key) == Fate.ROW);
        }
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(found.values())
        .contains(Fate.ROW, Fate.NULL, Fate.ELEMENT, Fate.TAKEN_OUT, Fate.ANONYMOUS, Fate.STAYS);
  }

  /** As {@code post_print_low} is of {@code post_id}. */
  private static boolean isPrintOf(TableColumn print, TableColumn id) {
    return print.personal() == PersonalData.HASH
        && id.personal() == PersonalData.RECORD_ID
        && print.name().matches(id.name().replaceFirst("_id$", "_print_(high|low)"));
  }

  /** A community may be called by a number that was the key of somebody who is erased. */
  @Test
  void aGroupOutlivesTheAccountItWasOnceNumberedAfter() {
    Erased erased = new Erased();
    erased.addId(NETWORK, ID);
    erased.addKey(NETWORK, ID, KEY);
    for (TableSchema table :
        List.of(
            Communities.TABLE,
            MartCommunities.TABLE,
            MartCommunityMembers.TABLE,
            MartBridges.TABLE,
            MartPersons.TABLE,
            RefusedPersons.TABLE)) {
      Group row =
          new SimpleGroup(
              new SparkToParquetSchemaConverter(new SQLConf()).convert(table.structType()));
      table.columns().forEach(column -> fill(row, column, column.personal() == PersonalData.GROUP));
      assertThat(new RowErasure(table, erased).of(row)).as(table.name()).isSameAs(row);
    }
  }

  /**
   * A file that waits is looked for by the run that goes on, so none may leave the journal unseen;
   * bounds that are a key of theirs do.
   */
  @Test
  void theJournalKeepsFilesThatWaitWithoutTheirKeys() {
    Erased erased = new Erased();
    erased.addId(NETWORK, ID);
    erased.addKey(NETWORK, ID, KEY);
    erased.addHandle(NETWORK, HANDLE);
    String theirs = waiting("\"account_key\":7", "\"account_key\":9");
    String others = waiting("\"account_key\":6", "\"account_key\":77,\"night\":7");
    String named = waiting("\"account_key\":6,\"kind\":\"@" + HANDLE + "\"", "\"account_key\":8");
    String gone = "{\"gone\":\"part-0.parquet\"}";
    String group = waiting("\"community_key\":7", "\"community_key\":9");
    assertThat(files(MartPersons.TABLE, erased, gone, others, theirs, named))
        .containsExactly(
            gone,
            others,
            "{\"path\":\"part-1.parquet\",\"size\":5,\"statistics\":\"{\\\"numRecords\\\":3}\"}",
            named);
    // The largest may be theirs as well; the number of a group is nobody's.
    assertThat(
            files(
                MartCommunityMembers.TABLE,
                erased,
                waiting("\"account_key\":3", "\"account_key\":7"),
                group))
        .last()
        .isEqualTo(group);
    assertThat(
            files(
                MartCommunityMembers.TABLE,
                erased,
                waiting("\"account_key\":3", "\"account_key\":7")))
        .noneMatch(file -> file.contains("account_key"));
  }

  private static String waiting(String least, String most) {
    String statistics =
        "{\"numRecords\":3,\"minValues\":{" + least + "},\"maxValues\":{" + most + "}}";
    return "{\"path\":\"part-1.parquet\",\"size\":5,\"statistics\":\""
        + statistics.replace("\"", "\\\"")
        + "\"}";
  }

  /** The files that the journal has for a mart after the erasure. */
  private static List<String> files(TableSchema mart, Erased erased, String... before) {
    Group row =
        new SimpleGroup(
            new SparkToParquetSchemaConverter(new SQLConf()).convert(StageRuns.TABLE.structType()));
    row.add(StageRuns.TABLE_PATH.name(), mart.path());
    Group list = row.addGroup(StageRuns.WAITING_FILES.name());
    for (String file : before) {
      list.addGroup(0).add(0, file);
    }
    Group after = new RowErasure(StageRuns.TABLE, erased).of(row);
    Group left = after.getGroup(StageRuns.WAITING_FILES.name(), 0);
    return IntStream.range(0, left.getFieldRepetitionCount(0))
        .mapToObj(place -> left.getGroup(0, place).getString(0, 0))
        .toList();
  }

  private static Fate fate(TableSchema table, TableColumn column, Group before, Group after) {
    String name = column.name();
    if (after == null) {
      return Fate.ROW;
    }
    if (after == before) {
      return Fate.STAYS;
    }
    if (after.getFieldRepetitionCount(name) == 0) {
      return Fate.NULL;
    }
    if (!after.getType().getType(name).isPrimitive()) {
      assertThat(after.getGroup(name, 0).getFieldRepetitionCount(0)).isZero();
      return Fate.ELEMENT;
    }
    if (column.personal() == PersonalData.KEY) {
      assertThat(after.getLong(name, 0)).isEqualTo(MartScoreChanges.OF_ERASED);
      return Fate.ANONYMOUS;
    }
    assertThat(after.getString(name, 0)).doesNotContain(HANDLE).startsWith("by ");
    return Fate.TAKEN_OUT;
  }

  /** Their value in the column that is looked at, anybody's or nothing in the others. */
  private static void fill(Group row, TableColumn column, boolean theirs) {
    String name = column.name();
    Type type = row.getType().getType(name);
    if (!type.isPrimitive()) {
      Group list = row.addGroup(name);
      if (theirs) {
        Group element = list.addGroup(0);
        if (RowErasure.isWhole(element.getType().getType(0))) {
          element.add(0, KEY);
        } else {
          element.add(0, text(column));
        }
      }
      return;
    }
    switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> row.add(name, theirs ? KEY : 1L);
      case INT32 -> row.add(name, 1);
      case DOUBLE -> row.add(name, 1.0);
      case BOOLEAN -> row.add(name, true);
      case INT96 ->
          row.add(name, new org.apache.parquet.example.data.simple.NanoTime(1, 1).toBinary());
      default -> row.add(name, name.equals("network") ? NETWORK : theirs ? text(column) : "x");
    }
  }

  private static String text(TableColumn column) {
    return switch (column.personal()) {
      case ACCOUNT_ID -> ID;
      case RECORD_ID -> "at://" + ID + "/app.bsky.feed.post/1";
      case NAME -> column.name().equals("display_name") ? "Them Themselves" : HANDLE;
      case WORDS -> "by @" + HANDLE;
      default -> "x";
    };
  }
}
