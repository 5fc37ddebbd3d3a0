package renown.operate.erase;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import renown.lake.NamesInText;
import renown.tables.AudienceHours;
import renown.tables.MartScoreChanges;
import renown.tables.PersonalData;
import renown.tables.PersonalDataPage;
import renown.tables.Posts;
import renown.tables.StageRuns;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.Tables;

/**
 * Erases accounts from a row of a table. What a column holds, and of whom, is told by the table's
 * class ({@link PersonalData}); a column that no class describes is text.
 *
 * <ul>
 *   <li>A row with an erased account's key, or one of its posts in a non-nullable column, is
 *       deleted. In a nullable column that is not part of the row's key, the value is set to null;
 *       in an array, the element is removed.
 *   <li>In {@code mart_score_changes} the account becomes {@link MartScoreChanges#OF_ERASED},
 *       because the rows of the account whose score changed have to add up.
 *   <li>In text, the name is replaced by {@link NamesInText#ERASED}.
 *   <li>In the journal, files that wait lose the least and largest values that tell a key.
 * </ul>
 */
final class RowErasure {
  /** Words of which an account's name may happen to be one. */
  private static final Set<String> NEVER_OF_AN_ACCOUNT =
      Set.of(Posts.NETWORK.name(), AudienceHours.TOPIC_ID.name(), StageRuns.RUN_ID.name());

  private final TableSchema table;
  private final Erased erased;
  private final Map<String, TableColumn> columns = new HashMap<>();
  private final Set<String> keyColumns = new HashSet<>();

  RowErasure(TableSchema table, Erased erased) {
    this.table = table;
    this.erased = erased;
    table.columns().forEach(column -> columns.put(column.name(), column));
    table.key().forEach(column -> keyColumns.add(column.name()));
  }

  /**
   * A row without the erased accounts.
   *
   * @return null if it has to go, the same object where nothing has
   */
  Group of(Group row) {
    String network = text(row, "network");
    GroupType type = row.getType();
    Map<Integer, Object> changes = new HashMap<>();
    for (int field = 0; field < type.getFieldCount(); field++) {
      if (row.getFieldRepetitionCount(field) == 0) {
        continue;
      }
      Type member = type.getType(field);
      Object before;
      Object after;
      if (isList(member)) {
        before = row.getGroup(field, 0);
        after =
            isOfFiles(member.getName())
                ? files(row.getGroup(field, 0), text(row, StageRuns.TABLE_PATH.name()))
                : list(member.getName(), row.getGroup(field, 0), network);
      } else if (member.isPrimitive()) {
        before = value(row, field);
        after = value(member.getName(), before, network);
      } else {
        continue;
      }
      if (before != after) {
        if (after == null && !mayBeNull(member)) {
          return null;
        }
        changes.put(field, after == null ? Gone.GONE : after);
      }
    }
    return changes.isEmpty() ? row : changed(row, changes);
  }

  /**
   * What the rows of erased sources have in common, if they are to be one row.
   *
   * @return null for all other rows
   */
  List<Object> fold(Group row) {
    if (table != MartScoreChanges.TABLE
        || row.getLong(MartScoreChanges.SOURCE_KEY.name(), 0) != MartScoreChanges.OF_ERASED) {
      return null;
    }
    return List.of(
        row.getLong(MartScoreChanges.ACCOUNT_KEY.name(), 0),
        row.getInteger(MartScoreChanges.NIGHT.name(), 0),
        row.getString(MartScoreChanges.TERM.name(), 0));
  }

  /** Merges two rows that {@link #fold} considers one. */
  static Group folded(Group one, Group other) {
    String points = MartScoreChanges.POINTS.name();
    return changed(
        one,
        Map.of(
            one.getType().getFieldIndex(points),
            one.getDouble(points, 0) + other.getDouble(points, 0)));
  }

  private enum Gone {
    GONE
  }

  private boolean mayBeNull(Type member) {
    TableColumn column = columns.get(member.getName());
    return !member.isRepetition(Type.Repetition.REQUIRED)
        && column != null
        && column.nullable()
        && !keyColumns.contains(member.getName());
  }

  /** The value that takes the place of another: itself, or null if none can. */
  private Object value(String name, Object value, String network) {
    PersonalData sort = sort(name);
    if (isLeft(name)) {
      return value;
    }
    if (value instanceof Long key) {
      if (sort != PersonalData.KEY || !erased.isKey(key)) {
        return value;
      }
      return isSourceOfChange(name) ? (Object) MartScoreChanges.OF_ERASED : null;
    }
    if (!(value instanceof String text)) {
      return value;
    }
    if (isId(sort)) {
      return isTheirs(sort, text, network) ? null : value;
    }
    if (NEVER_OF_AN_ACCOUNT.contains(name)) {
      return value;
    }
    if (sort == PersonalData.NAME) {
      return isHandle(text, network) ? null : value;
    }
    String kept = NamesInText.without(text, erased.names(network));
    // Two keys that are the same except for a name would be one.
    return kept.equals(text) ? value : keyColumns.contains(name) ? null : kept;
  }

  private PersonalData sort(String name) {
    TableColumn column = columns.get(name);
    return column == null ? PersonalData.WORDS : column.personal();
  }

  private static boolean isId(PersonalData sort) {
    return sort == PersonalData.ACCOUNT_ID || sort == PersonalData.RECORD_ID;
  }

  /** Whether the column stays as long as the row does, whosever it is. */
  private boolean isLeft(String name) {
    TableColumn column = columns.get(name);
    if (column == null || column.personal() == PersonalData.NONE) {
      return false;
    }
    PersonalDataPage.Fate fate = PersonalDataPage.fate(table, column);
    return fate == PersonalDataPage.Fate.WITH_ROW || fate == PersonalDataPage.Fate.STAYS;
  }

  private boolean isSourceOfChange(String name) {
    return table == MartScoreChanges.TABLE && name.equals(MartScoreChanges.SOURCE_KEY.name());
  }

  private boolean isTheirs(PersonalData sort, String id, String network) {
    boolean isKnown =
        sort == PersonalData.ACCOUNT_ID ? erased.isId(network, id) : erased.isPost(network, id);
    return isKnown || isTelling(id, network);
  }

  private boolean isTelling(String id, String network) {
    return NamesInText.isTelling(id) && NamesInText.inId(id, erased.names(network));
  }

  private boolean isHandle(String handle, String network) {
    return erased.isHandle(network, handle)
        || NamesInText.isTelling(handle) && erased.names(network).isHandle(handle);
  }

  /** The list without their elements; the same object if there are none. */
  private Group list(String name, Group list, String network) {
    Group kept = new SimpleGroup(list.getType());
    boolean changed = false;
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      Group element = list.getGroup(0, i);
      if (element.getType().getFieldCount() == 1
          && element.getFieldRepetitionCount(0) == 1
          && element.getType().getType(0).isPrimitive()
          && isElementOfTheirs(name, value(element, 0), network)) {
        changed = true;
      } else {
        kept.add(0, element);
      }
    }
    return changed ? kept : list;
  }

  private boolean isOfFiles(String name) {
    return table == StageRuns.TABLE && name.equals(StageRuns.WAITING_FILES.name());
  }

  /**
   * The files that wait, all of them: a run that goes on has to see that one is gone which held an
   * erased account. Whose bounds tell a key of theirs loses its bounds; the same object if none do.
   */
  private Group files(Group list, String path) {
    Map<String, TableColumn> ofTable =
        Tables.ALL.stream()
            .filter(one -> one.path().equals(path))
            .flatMap(one -> one.columns().stream())
            .collect(Collectors.toMap(TableColumn::name, column -> column));
    Group kept = new SimpleGroup(list.getType());
    boolean changed = false;
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      Group element = list.getGroup(0, i);
      String before = element.getString(0, 0);
      String after = FileStatistics.withoutKeys(before, name -> isKey(ofTable, name), erased);
      if (after == before) {
        kept.add(0, element);
      } else {
        kept.addGroup(0).add(0, after);
        changed = true;
      }
    }
    return changed ? kept : list;
  }

  private static boolean isKey(Map<String, TableColumn> columns, String name) {
    TableColumn column = columns.get(name);
    return column == null ? name.endsWith("_key") : column.personal() == PersonalData.KEY;
  }

  private boolean isElementOfTheirs(String name, Object element, String network) {
    PersonalData sort = sort(name);
    if (element instanceof Long key) {
      return sort == PersonalData.KEY && erased.isKey(key);
    }
    if (!(element instanceof String text)) {
      return false;
    }
    return isId(sort) && isTheirs(sort, text, network)
        || sort == PersonalData.NAME && isHandle(text, network)
        || NamesInText.in(text, erased.names(network));
  }

  private static Group changed(Group row, Map<Integer, Object> changes) {
    GroupType type = row.getType();
    Group copy = new SimpleGroup(type);
    for (int field = 0; field < type.getFieldCount(); field++) {
      Object change = changes.get(field);
      if (change == Gone.GONE) {
        continue;
      }
      if (change instanceof Group group) {
        copy.add(field, group);
      } else if (change instanceof String text) {
        copy.add(field, text);
      } else if (change instanceof Long number) {
        copy.add(field, number);
      } else if (change instanceof Double number) {
        copy.add(field, number);
      } else {
        copy(row, copy, field);
      }
    }
    return copy;
  }

  static void copy(Group from, Group to, int field) {
    Type member = from.getType().getType(field);
    for (int i = 0; i < from.getFieldRepetitionCount(field); i++) {
      if (!member.isPrimitive()) {
        to.add(field, from.getGroup(field, i));
        continue;
      }
      switch (member.asPrimitiveType().getPrimitiveTypeName()) {
        case BOOLEAN -> to.add(field, from.getBoolean(field, i));
        case INT32 -> to.add(field, from.getInteger(field, i));
        case INT64 -> to.add(field, from.getLong(field, i));
        case FLOAT -> to.add(field, from.getFloat(field, i));
        case DOUBLE -> to.add(field, from.getDouble(field, i));
        case INT96 -> to.add(field, from.getInt96(field, i));
        default -> to.add(field, from.getBinary(field, i));
      }
    }
  }

  private static boolean isList(Type member) {
    return !member.isPrimitive()
        && member.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        && member.asGroupType().getFieldCount() == 1
        && !member.asGroupType().getType(0).isPrimitive();
  }

  /** An integer or a string; other types name nobody and are returned as null. */
  private static Object value(Group row, int field) {
    Type member = row.getType().getType(field);
    PrimitiveTypeName stored = member.asPrimitiveType().getPrimitiveTypeName();
    if (stored == PrimitiveTypeName.INT64 && isWhole(member)) {
      return row.getLong(field, 0);
    }
    return isText(member) ? row.getString(field, 0) : null;
  }

  static boolean isWhole(Type member) {
    LogicalTypeAnnotation meaning = member.getLogicalTypeAnnotation();
    return member.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64
        && (meaning == null || meaning instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation);
  }

  static boolean isText(Type member) {
    return member.isPrimitive()
        && member.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        && member.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
  }

  static String text(Group row, String name) {
    GroupType type = row.getType();
    if (!type.containsField(name) || row.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    return isText(type.getType(name)) ? row.getString(name, 0) : null;
  }
}
