package renown.lake;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Kernel's way to files, but for commits on S3: they go through the log store that Spark was told
 * of. Kernel would look for its class beside its own, where a job's jar is not to be seen.
 */
final class LogFiles extends HadoopFileIO {
  private final Configuration hadoop;
  private final LogStore store;

  /**
   * @param storeName class of the log store for {@code s3a}
   */
  LogFiles(Configuration hadoop, String storeName) {
    super(hadoop);
    this.hadoop = hadoop;
    try {
      this.store =
          (LogStore)
              Class.forName(storeName, true, Thread.currentThread().getContextClassLoader())
                  .getConstructor(Configuration.class)
                  .newInstance(hadoop);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("spark.delta.logStore.s3a.impl: " + storeName, e);
    }
  }

  @Override
  public OutputFile newOutputFile(String name) {
    OutputFile file = super.newOutputFile(name);
    Path path = new Path(name);
    return !"s3a".equals(path.toUri().getScheme())
        ? file
        : new OutputFile() {
          @Override
          public String path() {
            return file.path();
          }

          @Override
          public PositionOutputStream create(boolean putIfAbsent) throws IOException {
            return file.create(putIfAbsent);
          }

          @Override
          public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
              throws IOException {
            store.write(path, lines, overwrite, hadoop);
          }
        };
  }
}
