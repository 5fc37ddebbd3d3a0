package renown.night.topics;

import java.util.SortedSet;
import java.util.TreeSet;
import renown.kernels.topics.HashtagTopics;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.tables.HashtagIncrements;
import renown.tables.Landmarks;
import renown.tables.LoadedFiles;

/** Which networks a night knows of, and files that both halves of the stage read. */
final class NetworkFiles {
  private NetworkFiles() {}

  /** Those of hashtags that count on a night. */
  static TableFiles hashtags(Lake lake, long nightDay) {
    return lake.files(HashtagIncrements.TABLE)
        .within(HashtagIncrements.NIGHT, HashtagTopics.firstDay(nightDay), nightDay);
  }

  /** Networks of which something was loaded tonight, or acts on any night. */
  static SortedSet<String> loaded(Lake lake, long nightDay) {
    SortedSet<String> names =
        new TreeSet<>(
            lake.files(LoadedFiles.TABLE)
                .within(LoadedFiles.NIGHT, nightDay, nightDay)
                .distinct(LoadedFiles.NETWORK));
    names.addAll(lake.files(Landmarks.TABLE).distinct(Landmarks.NETWORK));
    return names;
  }
}
