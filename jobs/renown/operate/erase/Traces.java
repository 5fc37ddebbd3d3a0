package renown.operate.erase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import renown.lake.Lake;
import renown.lake.NamesInText;
import renown.tables.PersonalData;
import renown.tables.Tables;

/**
 * Scans every file under the lake's root for accounts, whatever wrote it: all rows of all Parquet
 * files, whether a table version references them or not, and all lines of all others. Whatever the
 * tables' classes say, it looks for keys in integer columns whose name ends in {@code _key} or
 * {@code _keys}, those of {@link PersonalData#GROUP} apart, and for names in all text.
 */
final class Traces {
  /**
   * What was found in a file.
   *
   * @param path relative to the lake's root
   * @param place the column, or "text" in a file that has none
   * @param count values, or lines
   */
  record Trace(String path, String place, long count) implements Serializable {
    /** The folder that the file belongs to, as the tables are called. */
    String owner() {
      String[] parts = path.split("/");
      return parts.length > 2 ? parts[0] + "/" + parts[1] : path;
    }

    boolean isLog() {
      return path.contains("_delta_log/");
    }
  }

  /** Names of columns, without {@code _key}, that hold the number of a group. */
  private static final Set<String> OF_GROUPS =
      Tables.ALL.stream()
          .flatMap(table -> table.columns().stream())
          .filter(column -> column.personal() == PersonalData.GROUP)
          .map(column -> column.name().replaceFirst("_key$", ""))
          .collect(Collectors.toCollection(TreeSet::new));

  private static final Pattern NULL_COUNTS = Pattern.compile("nullCount\\\\*\":\\{[^{}]*\\}");

  private final Erased erased;
  private final List<String> telling = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final Pattern inJson;

  private Traces(Erased erased) {
    this.erased = erased;
    List<String> quoted = new ArrayList<>();
    for (String network : erased.networks()) {
      erased.ids(network).forEach(id -> sort(id, quoted));
      erased.handles(network).forEach(handle -> sort(handle, quoted));
    }
    String keys = erased.keys().stream().map(String::valueOf).collect(Collectors.joining("|"));
    List<String> patterns = new ArrayList<>();
    if (!keys.isEmpty()) {
      patterns.add(
          "(?<!\"(" + String.join("|", OF_GROUPS) + "))_keys?\\\\*\":\\[?(" + keys + ")[^0-9]");
    }
    if (!quoted.isEmpty()) {
      patterns.add("(account_id|handle)\\\\*\":\\\\*\"(" + String.join("|", quoted) + ")\\\\*\"");
    }
    List<String> displayNames =
        erased.networks().stream()
            .flatMap(network -> erased.displayNames(network).stream())
            .map(Pattern::quote)
            .toList();
    if (!displayNames.isEmpty()) {
      patterns.add("display_name\\\\*\":\\\\*\"(" + String.join("|", displayNames) + ")\\\\*\"");
    }
    inJson =
        patterns.isEmpty()
            ? null
            : Pattern.compile(
                String.join("|", patterns), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private void sort(String name, List<String> quoted) {
    if (NamesInText.isTelling(name)) {
      telling.add(name);
    } else {
      quoted.add(Pattern.quote(name));
      if (!name.chars().allMatch(Character::isDigit)) {
        words.add("@" + name);
      }
    }
  }

  /** All remaining traces of the accounts in the lake. */
  static List<Trace> in(Lake lake, Erased erased) throws IOException {
    Configuration hadoop = lake.spark().sessionState().newHadoopConf();
    String root = lake.root().toString();
    Broadcast<Erased> who = new JavaSparkContext(lake.spark().sparkContext()).broadcast(erased);
    List<Trace> traces = new ArrayList<>();
    LakeFiles.each(
            lake.spark(),
            LakeFiles.under(lake.root(), hadoop),
            (path, conf) -> new ArrayList<>(new Traces(who.value()).of(root, path, conf)))
        .forEach(traces::addAll);
    return traces;
  }

  private List<Trace> of(String root, String path, Configuration hadoop) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    Path file = new Path(root, path);
    if (path.endsWith(".parquet")) {
      try (ParquetRows rows = ParquetRows.open(file, hadoop)) {
        for (Group row = rows.next(); row != null; row = rows.next()) {
          String network = RowErasure.text(row, "network");
          look(row, "", network, counts);
        }
      }
    } else {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  file.getFileSystem(hadoop).open(file), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (isNamed(line)) {
            counts.merge("text", 1L, Long::sum);
          }
        }
      }
    }
    return counts.entrySet().stream()
        .map(count -> new Trace(path, count.getKey(), count.getValue()))
        .toList();
  }

  private void look(Group group, String name, String network, Map<String, Long> counts) {
    GroupType type = group.getType();
    for (int field = 0; field < type.getFieldCount(); field++) {
      Type member = type.getType(field);
      // Elements of an array are two levels deeper, under generic names.
      String column = name.isEmpty() ? member.getName() : name;
      for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
        boolean found;
        if (!member.isPrimitive()) {
          look(group.getGroup(field, i), deeper(name, member), network, counts);
          continue;
        }
        PrimitiveTypeName stored = member.asPrimitiveType().getPrimitiveTypeName();
        if (stored == PrimitiveTypeName.INT64) {
          found =
              (column.endsWith("_key") || column.endsWith("_keys"))
                  && !OF_GROUPS.contains(column.replaceFirst("_key$", ""))
                  && erased.isKey(group.getLong(field, i));
        } else if (RowErasure.isText(member)) {
          found = isLeft(column, group.getString(field, i), network);
        } else {
          continue;
        }
        if (found) {
          counts.merge(column, 1L, Long::sum);
        }
      }
    }
  }

  private static String deeper(String name, Type member) {
    boolean isArray =
        member.getLogicalTypeAnnotation()
            instanceof org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
    return name.isEmpty() && isArray ? member.getName() : name;
  }

  private boolean isLeft(String column, String text, String network) {
    boolean whole =
        switch (column) {
          case "account_id" ->
              network == null
                  ? erased.networks().stream().anyMatch(one -> erased.isId(one, text))
                  : erased.isId(network, text);
          case "display_name" -> network != null && erased.displayNames(network).contains(text);
          default -> column.endsWith("handle") && erased.isHandle(network, text);
        };
    return whole
        || column.endsWith("_id") && network != null && erased.isPost(network, text)
        || isNamed(text);
  }

  /** Whether a text of any kind, such as a line of JSON, holds one of the names or keys. */
  private boolean isNamed(String text) {
    return telling.stream().anyMatch(name -> holds(text, name))
        || words.stream().anyMatch(name -> holds(text, name))
        || inJson != null && inJson.matcher(withoutNullCounts(text)).find();
  }

  /** A log's number of nulls of a column stands like a value of it: 0 is no key. */
  private static String withoutNullCounts(String text) {
    return text.contains("nullCount") ? NULL_COUNTS.matcher(text).replaceAll("") : text;
  }

  /** Whether a text contains a name, ignoring case, and not as part of a longer one. */
  static boolean holds(String text, String name) {
    int last = text.length() - name.length();
    for (int start = 0; start <= last; start++) {
      if (text.regionMatches(true, start, name, 0, name.length())
          && !isJoined(text, start - 1, -1)
          && !isJoined(text, start + name.length(), 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the following characters continue the name: a letter, or a mark and a letter. */
  private static boolean isJoined(String text, int place, int direction) {
    if (place < 0 || place >= text.length()) {
      return false;
    }
    if (isPlain(text.charAt(place))) {
      return true;
    }
    int next = place + direction;
    return ".-".indexOf(text.charAt(place)) >= 0
        && next >= 0
        && next < text.length()
        && isPlain(text.charAt(next));
  }

  private static boolean isPlain(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_');
  }
}
