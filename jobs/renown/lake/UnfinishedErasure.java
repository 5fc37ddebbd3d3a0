package renown.lake;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import renown.run.RenownException;

/**
 * The note that an erasure leaves in the lake while the logs of tables name files of before and
 * after.
 */
public final class UnfinishedErasure {
  private static final String NOTE = "_renown/erasure.json";

  private UnfinishedErasure() {}

  /** Where the note lies. */
  public static Path note(Path root) {
    return new Path(root, NOTE);
  }

  /**
   * For whoever is about to change the lake.
   *
   * @throws RenownException (exit code 5) where an erasure was cut off
   */
  public static void refuse(Path root, Configuration hadoop) throws IOException {
    if (root.getFileSystem(hadoop).exists(note(root))) {
      throw RenownException.busy(
          "An erasure of the lake at %s was cut off and has to be ended first: run the same"
              + " scripts/submit.sh erase again.",
          root);
    }
  }
}
