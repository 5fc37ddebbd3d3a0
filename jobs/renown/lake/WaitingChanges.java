package renown.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import renown.tables.TableSchema;

/**
 * Tables as they will be once their changes are committed. The files are written and nobody refers
 * to them; as texts the changes can be kept until somebody does.
 */
final class WaitingChanges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<TableSchema, TableSnapshot> wanted = new ConcurrentHashMap<>();
  private final Set<TableSchema> own;

  /** Where the changes of other tables wait; null if they do not. */
  private final WaitingChanges others;

  /**
   * @param own tables whose changes wait here
   * @param others where those of others wait; null if they do not
   */
  WaitingChanges(Collection<TableSchema> own, WaitingChanges others) {
    this.own = Set.copyOf(own);
    this.others = others;
  }

  /** Whether changes of a table wait, here or elsewhere. */
  boolean takes(TableSchema table) {
    return own.contains(table) || others != null && others.takes(table);
  }

  /** The tables for which changes wait here. */
  List<TableSchema> tables() {
    return List.copyOf(wanted.keySet());
  }

  /** A table as it will be; empty where no changes wait. */
  Optional<TableSnapshot> of(TableSchema table) {
    return own.contains(table) || others == null
        ? Optional.ofNullable(wanted.get(table))
        : others.of(table);
  }

  void put(TableSchema table, TableSnapshot snapshot) {
    if (own.contains(table) || others == null) {
      wanted.put(table, snapshot);
    } else {
      others.put(table, snapshot);
    }
  }

  /** Changes that wait here no longer. */
  TableSnapshot end(TableSchema table) {
    return wanted.remove(table);
  }

  /**
   * What makes the wanted table of the present one, a text for each file that comes or goes.
   *
   * @param now empty where there is no table
   */
  static List<String> texts(TableSnapshot wanted, Optional<TableSnapshot> now) {
    List<String> texts = new ArrayList<>();
    for (DataFile gone : now.map(table -> table.lackingIn(wanted)).orElse(List.of())) {
      texts.add(JSON.createObjectNode().put("gone", gone.id()).toString());
    }
    for (DataFile file : now.map(wanted::lackingIn).orElseGet(() -> List.copyOf(wanted.files()))) {
      ObjectNode text = JSON.createObjectNode();
      text.put("path", file.path());
      text.put("size", file.size());
      text.put("modified_at", file.modifiedAt());
      text.put("statistics", file.statistics());
      if (file.deletionVector() != null) {
        text.put("vector_type", file.deletionVector().getStorageType());
        text.put("vector", file.deletionVector().getPathOrInlineDv());
        text.put("vector_bytes", file.deletionVector().getSizeInBytes());
        text.put("vector_rows", file.deletionVector().getCardinality());
      }
      text.put("repeated_key_count", file.repeatedKeyCount());
      texts.add(text.toString());
    }
    return texts;
  }

  /**
   * The wanted table.
   *
   * @param now the table that {@link #texts} were made for, at the same rows
   */
  static TableSnapshot of(List<String> texts, Optional<TableSnapshot> now) {
    Set<String> gone = new HashSet<>();
    List<DataFile> added = new ArrayList<>();
    for (String text : texts) {
      try {
        JsonNode file = JSON.readTree(text);
        if (file.has("gone")) {
          gone.add(file.get("gone").textValue());
        } else {
          added.add(
              DataFile.of(
                      file.get("path").textValue(),
                      file.get("size").longValue(),
                      file.get("modified_at").longValue(),
                      file.get("statistics").textValue(),
                      file.path("vector_type").textValue(),
                      file.path("vector").textValue(),
                      file.path("vector_bytes").intValue(),
                      file.path("vector_rows").longValue())
                  .withRepeatedKeys(
                      file.path("repeated_key_count").isNumber()
                          ? file.get("repeated_key_count").longValue()
                          : null));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("not the text of a file: " + text, e);
      }
    }
    return now.map(
            table ->
                table.with(
                    added,
                    table.files().stream().filter(file -> gone.contains(file.id())).toList()))
        .orElseGet(() -> TableSnapshot.uncommitted(added));
  }
}
