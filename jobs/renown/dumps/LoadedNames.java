package renown.dumps;

import java.util.HashSet;
import java.util.Set;
import renown.lake.ColumnRows;
import renown.lake.TableFiles;
import renown.tables.LoadedFiles;

/** The raw files that a lake has loaded, as far as name, size and time tell. */
public final class LoadedNames {
  private final Set<String> names = new HashSet<>();

  private LoadedNames() {}

  /** None, as of a lake before its first night. */
  public static LoadedNames none() {
    return new LoadedNames();
  }

  /**
   * Those of a lake.
   *
   * @param files of {@link LoadedFiles}, at any version
   */
  public static LoadedNames of(TableFiles files) {
    LoadedNames loaded = new LoadedNames();
    ColumnRows held = files.read(LoadedFiles.PATH, LoadedFiles.SIZE, LoadedFiles.MODIFIED_AT);
    for (int i = 0; i < held.size(); i++) {
      loaded.names.add(
          identity(
              held.texts(LoadedFiles.PATH).get(i),
              held.longs(LoadedFiles.SIZE).get(i),
              Math.floorDiv(held.longs(LoadedFiles.MODIFIED_AT).get(i), 1000)));
    }
    return loaded;
  }

  /** Whether a file is among them, unchanged. */
  public boolean has(RawFile file) {
    return names.contains(identity(file.path(), file.size(), file.modifiedAt().toEpochMilli()));
  }

  private static String identity(String path, long size, long modifiedMillis) {
    return path + '\n' + size + '\n' + modifiedMillis;
  }
}
