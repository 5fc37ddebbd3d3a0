package renown.night.topics;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.tables.Deletions;
import renown.tables.PostTopics;
import renown.tables.TableColumn;

/** Which posts were deleted tonight: by their authors, or by the network, whoever wrote them. */
final class DeletedPosts {
  static final TableColumn[] COLUMNS = {
    Deletions.NETWORK, Deletions.RECORD_ID, Deletions.DELETER_KEY
  };

  private final Map<String, Map<String, Set<Long>>> deleters = new HashMap<>();

  /** Those that are told of; of all networks. */
  DeletedPosts(CoreColumns.Seen core) {
    for (ColumnRows rows : core.of(Deletions.TABLE)) {
      for (int row = 0; row < rows.size(); row++) {
        deleters
            .computeIfAbsent(rows.texts(Deletions.NETWORK).get(row), network -> new HashMap<>())
            .computeIfAbsent(rows.texts(Deletions.RECORD_ID).get(row), id -> new HashSet<>())
            .add(rows.longs(Deletions.DELETER_KEY).get(row));
      }
    }
  }

  boolean contains(String network, String postId, long author) {
    Set<Long> its = deleters.getOrDefault(network, Map.of()).get(postId);
    return its != null && (its.contains(author) || its.contains(Deletions.BY_THE_NETWORK));
  }

  /** Ids of records of a network that somebody has deleted. */
  Set<String> records(String network) {
    return deleters.getOrDefault(network, Map.of()).keySet();
  }

  /** A file of post topics. */
  record Holding(TableFiles file) implements Serializable {}

  /** Writes a file again without the posts that were deleted. */
  static CoreColumns.Task<Holding, List<DataFile>> removal(Lake lake) {
    TableFileWriter writer = lake.writer(PostTopics.TABLE);
    return (holding, core) -> without(holding.file, new DeletedPosts(core), writer);
  }

  private static List<DataFile> without(
      TableFiles file, DeletedPosts deleted, TableFileWriter writer) throws IOException {
    ColumnRows rows = file.read(PostTopics.TABLE.columns());
    ColumnRows kept = new ColumnRows(PostTopics.TABLE);
    for (int row = 0; row < rows.size(); row++) {
      if (!deleted.contains(
          rows.texts(PostTopics.NETWORK).get(row),
          rows.texts(PostTopics.POST_ID).get(row),
          rows.longs(PostTopics.AUTHOR_KEY).get(row))) {
        kept.addRow(rows, row);
      }
    }
    return writer.write(kept);
  }
}
