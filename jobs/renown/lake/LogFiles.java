package renown.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Kernel's way to files, but for commits on S3: they go through the log store that Spark was told
 * of. Kernel would look for its class beside its own, where a job's jar is not to be seen.
 */
final class LogFiles extends HadoopFileIO {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /**
   * What a commit says of itself; an empty object where it says nothing.
   *
   * @param log a table's {@code _delta_log}
   */
  static JsonNode commitInfo(Path log, long version, Configuration hadoop) throws IOException {
    Path commit = new Path(log, String.format("%020d.json", version));
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                commit.getFileSystem(hadoop).open(commit), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("{\"commitInfo\"")) {
          return JSON.readTree(line).path("commitInfo");
        }
      }
    }
    return MissingNode.getInstance();
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
