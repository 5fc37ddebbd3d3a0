package renown.lake;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import renown.run.RenownException;

/** The marker of an erasure in progress, while table logs may name old and new files. */
public final class UnfinishedErasure {
  private static final String NOTE = "_renown/erasure.json";

  private UnfinishedErasure() {}

  /** Location of the marker. */
  public static Path note(Path root) {
    return new Path(root, NOTE);
  }

  /**
   * Called before a run changes the lake.
   *
   * @throws RenownException (exit code 5) if an erasure was interrupted
   */
  public static void refuse(Path root, Configuration hadoop) throws IOException {
    if (root.getFileSystem(hadoop).exists(note(root))) {
      throw RenownException.busy(
          "An erasure of the lake at %s was interrupted and must be completed first: run the"
              + " same scripts/submit.sh erase again.",
          root);
    }
  }
}
