package renown.operate.erase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.GroupType;

/**
 * Reads and edits the log of a Delta table, commits and checkpoints, as Delta's protocol describes
 * it. Delta never changes what was committed. An erasure has to: the log holds minimum and maximum
 * values of rows, and a version only stays readable if its entries reference existing files.
 */
final class TableLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ACTIONS = List.of("add", "remove");
  private static final String PARAMETERS = "operationParameters";

  /** File systems on which a file becomes visible only when it is closed. */
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "s3", "gs", "abfs", "abfss");

  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem files;

  /**
   * A file as the log names it.
   *
   * @param path relative to the table
   * @param deletionVector the entry's description of rows that do not count, as JSON; empty where
   *     all do
   * @param statistics as the log has them; null if it has none
   */
  record Entry(String path, String deletionVector, String statistics) implements Serializable {}

  TableLog(Path table, Configuration hadoop) throws IOException {
    this.folder = new Path(table, "_delta_log");
    this.hadoop = hadoop;
    this.files = folder.getFileSystem(hadoop);
  }

  /**
   * The commits that say whom somebody looked for, in the note of what they did: a condition on
   * which rows were deleted, say.
   *
   * @param erased whom
   */
  List<String> commitsThatName(Erased erased) throws IOException {
    List<String> commits = new ArrayList<>();
    for (Path file : all()) {
      if (isJson(file)) {
        for (String line : lines(file)) {
          JsonNode parameters = JSON.readTree(line).path("commitInfo").path(PARAMETERS);
          // In the raw text, JSON and SQL punctuation is adjacent to the names.
          if (erased.isNamedIn(parameters.toString().replaceAll("[\\\\\"'`()]", " "))) {
            commits.add(file.getName());
          }
        }
      }
    }
    return commits;
  }

  /** The files that any version names, by {@link Replacement#identity}. */
  Map<String, Entry> entries() throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Path file : all()) {
      if (isJson(file)) {
        for (String line : lines(file)) {
          JsonNode action = JSON.readTree(line);
          ACTIONS.stream()
              .filter(action::has)
              .map(action::get)
              .forEach(
                  one ->
                      put(
                          entries,
                          new Entry(
                              one.get("path").asText(),
                              one.hasNonNull("deletionVector")
                                  ? one.get("deletionVector").toString()
                                  : "",
                              one.hasNonNull("stats") ? one.get("stats").asText() : null)));
        }
      } else if (isCheckpoint(file)) {
        try (ParquetRows rows = ParquetRows.open(file, Set.copyOf(ACTIONS), hadoop)) {
          for (Group row = rows.next(); row != null; row = rows.next()) {
            for (String kind : ACTIONS) {
              Group one = group(row, kind);
              if (one != null) {
                put(
                    entries,
                    new Entry(
                        one.getString("path", 0),
                        deletionVector(group(one, "deletionVector")),
                        RowErasure.text(one, "stats")));
              }
            }
          }
        }
      }
    }
    return entries;
  }

  private static void put(Map<String, Entry> entries, Entry entry) {
    entries.merge(
        Replacement.identity(entry.path, identity(entry.deletionVector)),
        entry,
        // A remove entry may have no statistics.
        (known, other) -> known.statistics == null ? other : known);
  }

  /** The identity of a deletion vector, as Delta defines it. */
  static String identity(String deletionVector) {
    if (deletionVector.isEmpty()) {
      return "";
    }
    try {
      return identity(JSON.readTree(deletionVector));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String identity(JsonNode vector) {
    String offset = vector.hasNonNull("offset") ? "@" + vector.get("offset").asInt() : "";
    return vector.get("storageType").asText() + vector.get("pathOrInlineDv").asText() + offset;
  }

  private static String deletionVector(Group vector) {
    if (vector == null) {
      return "";
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("storageType", vector.getString("storageType", 0));
    json.put("pathOrInlineDv", vector.getString("pathOrInlineDv", 0));
    if (vector.getFieldRepetitionCount("offset") > 0) {
      json.put("offset", vector.getInteger("offset", 0));
    }
    json.put("sizeInBytes", vector.getInteger("sizeInBytes", 0));
    json.put("cardinality", vector.getLong("cardinality", 0));
    return json.toString();
  }

  /**
   * Has all entries name the new files; entries that do already stay as they are. What Delta
   * derives from the log and finds again without it (checksums of versions, which list files, and
   * the note of the last checkpoint) is deleted.
   *
   * @param replacements of this table, by {@link Replacement#identity}
   * @param commits those whose note of what they did loses its parameters
   */
  void replace(Map<String, Replacement> replacements, Set<String> commits) throws IOException {
    for (Path file : all()) {
      if (isJson(file)) {
        replaceInCommit(file, replacements, commits.contains(file.getName()));
      } else if (isCheckpoint(file)) {
        replaceInCheckpoint(file, replacements);
      } else if (file.getName().endsWith(".crc") || file.getName().equals("_last_checkpoint")) {
        files.delete(file, false);
      }
    }
  }

  private void replaceInCommit(
      Path file, Map<String, Replacement> replacements, boolean withoutParameters)
      throws IOException {
    boolean changed = false;
    List<String> kept = new ArrayList<>();
    for (String line : lines(file)) {
      JsonNode action = JSON.readTree(line);
      boolean lineChanged =
          withoutParameters
              && action.get("commitInfo") instanceof ObjectNode note
              && note.remove(PARAMETERS) != null;
      for (String kind : ACTIONS) {
        if (action.has(kind)) {
          lineChanged |= replace((ObjectNode) action.get(kind), replacements);
        }
      }
      kept.add(lineChanged ? JSON.writeValueAsString(action) : line);
      changed |= lineChanged;
    }
    if (changed) {
      byte[] content = (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
      overwrite(
          file,
          target -> {
            try (OutputStream out = files.create(target, true)) {
              out.write(content);
            }
          });
    }
  }

  private static boolean replace(ObjectNode entry, Map<String, Replacement> replacements) {
    JsonNode vector = entry.get("deletionVector");
    boolean hasVector = vector != null && !vector.isNull();
    Replacement replacement =
        replacements.get(
            Replacement.identity(entry.get("path").asText(), hasVector ? identity(vector) : ""));
    if (replacement == null) {
      return false;
    }
    ObjectNode before = entry.deepCopy();
    entry.put("path", replacement.newPath());
    if (entry.hasNonNull("stats")) {
      entry.put("stats", replacement.statistics());
    }
    if (replacement.isMoved()) {
      entry.remove("deletionVector");
      if (entry.has("size")) {
        entry.put("size", replacement.size());
      }
    }
    return !entry.equals(before);
  }

  private void replaceInCheckpoint(Path file, Map<String, Replacement> replacements)
      throws IOException {
    boolean changed = false;
    try (ParquetRows rows = ParquetRows.open(file, hadoop)) {
      for (Group row = rows.next(); row != null && !changed; row = rows.next()) {
        changed = replaced(row, replacements) != row;
      }
    }
    if (changed) {
      overwrite(
          file,
          target -> {
            try (ParquetRows rows = ParquetRows.open(file, hadoop);
                ParquetWriter<Group> out = rows.likewise(target, hadoop)) {
              for (Group row = rows.next(); row != null; row = rows.next()) {
                out.write(replaced(row, replacements));
              }
            }
          });
    }
  }

  private static Group replaced(Group row, Map<String, Replacement> replacements) {
    for (String kind : ACTIONS) {
      Group entry = group(row, kind);
      if (entry == null) {
        continue;
      }
      Replacement replacement =
          replacements.get(
              Replacement.identity(
                  entry.getString("path", 0),
                  identity(deletionVector(group(entry, "deletionVector")))));
      if (replacement != null) {
        Map<String, Object> changes = new HashMap<>();
        changes.put("path", replacement.newPath());
        changes.put("stats", replacement.statistics());
        changes.put("stats_parsed", null);
        if (replacement.isMoved()) {
          changes.put("size", replacement.size());
          changes.put("deletionVector", null);
        }
        return with(row, Map.of(kind, with(entry, changes)));
      }
    }
    return row;
  }

  /** A copy with other values of some of those fields that it has; null takes one away. */
  private static Group with(Group group, Map<String, ?> values) {
    GroupType type = group.getType();
    Group copy = new SimpleGroup(type);
    for (int field = 0; field < type.getFieldCount(); field++) {
      String name = type.getFieldName(field);
      if (!values.containsKey(name) || group.getFieldRepetitionCount(field) == 0) {
        RowErasure.copy(group, copy, field);
      } else if (values.get(name) instanceof Group value) {
        copy.add(field, value);
      } else if (values.get(name) instanceof String value) {
        copy.add(field, value);
      } else if (values.get(name) instanceof Long value) {
        copy.add(field, value);
      }
    }
    return copy;
  }

  private static Group group(Group row, String name) {
    return row.getType().containsField(name) && row.getFieldRepetitionCount(name) > 0
        ? row.getGroup(name, 0)
        : null;
  }

  private List<Path> all() throws IOException {
    List<Path> all = new ArrayList<>();
    if (files.exists(folder)) {
      for (RemoteIterator<LocatedFileStatus> each = files.listFiles(folder, true);
          each.hasNext(); ) {
        all.add(each.next().getPath());
      }
    }
    all.sort(null);
    return all;
  }

  private static boolean isJson(Path file) {
    return file.getName().endsWith(".json");
  }

  private static boolean isCheckpoint(Path file) {
    return file.getName().endsWith(".parquet");
  }

  private List<String> lines(Path file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  private interface Writing {
    void to(Path target) throws IOException;
  }

  /** Atomic. The file keeps its modification time, which Delta uses as the commit's timestamp. */
  private void overwrite(Path file, Writing writing) throws IOException {
    FileStatus before = files.getFileStatus(file);
    if (OBJECT_STORES.contains(files.getUri().getScheme())) {
      writing.to(file);
      return;
    }
    Path beside = new Path(file.getParent(), "." + file.getName() + ".erase");
    writing.to(beside);
    FileContext.getFileContext(files.getUri(), hadoop)
        .rename(beside, file, Options.Rename.OVERWRITE);
    files.setTimes(file, before.getModificationTime(), -1);
  }
}
