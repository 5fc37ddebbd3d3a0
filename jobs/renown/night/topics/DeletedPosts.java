package renown.night.topics;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
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

  private boolean contains(ColumnRows rows, int row) {
    return contains(
        rows.texts(PostTopics.NETWORK).get(row),
        rows.texts(PostTopics.POST_ID).get(row),
        rows.longs(PostTopics.AUTHOR_KEY).get(row));
  }

  /**
   * A file of post topics that holds deleted posts.
   *
   * @param isRewritten whether what is left is written again, so that rows which were deleted so
   *     far are gone for good; else the log tells which count no more
   */
  record Holding(TableFiles file, boolean isRewritten) implements Serializable {}

  /** Takes deleted posts out of a file. */
  static CoreColumns.Task<Holding, List<DataFile>> removal(Lake lake) {
    TableFileWriter writer = lake.writer(PostTopics.TABLE);
    return (holding, core) -> without(holding, new DeletedPosts(core), writer);
  }

  private static List<DataFile> without(
      Holding holding, DeletedPosts deleted, TableFileWriter writer) throws IOException {
    if (!holding.isRewritten) {
      List<DataFile> left = new ArrayList<>();
      left.add(
          holding
              .file
              .without(
                  deleted::contains,
                  List.of(PostTopics.NETWORK, PostTopics.POST_ID, PostTopics.AUTHOR_KEY))
              .orElseThrow());
      return left;
    }
    ColumnRows rows = holding.file.read(PostTopics.TABLE.columns());
    ColumnRows kept = new ColumnRows(PostTopics.TABLE);
    for (int row = 0; row < rows.size(); row++) {
      if (!deleted.contains(rows, row)) {
        kept.addRow(rows, row);
      }
    }
    return PostTopicRows.write(kept, writer);
  }
}
