package renown.operate.erase;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;

/**
 * What becomes of a file in the log of its table.
 *
 * @param table path of the table under the lake's root
 * @param path the file, as the log names it
 * @param deletionVector which of its rows did not count; empty if all did
 * @param newPath the file that takes its place, with the rows that counted; the same where the file
 *     is gone long since and only its statistics change
 * @param size bytes of the new file; negative if the path stays
 * @param statistics in the log from now on
 */
record Replacement(
    String table, String path, String deletionVector, String newPath, long size, String statistics)
    implements Serializable {

  /** Identifies it among those of its table. */
  String identity() {
    return identity(path, deletionVector);
  }

  static String identity(String path, String deletionVector) {
    return path + "\n" + deletionVector;
  }

  @JsonIgnore
  boolean isMoved() {
    return size >= 0;
  }
}
