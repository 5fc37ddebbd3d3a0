package renown.operate.erase;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Lists the lake's files and distributes work on them over executors. */
final class LakeFiles {
  private LakeFiles() {}

  /** All files under a folder, by their path relative to it; none if it does not exist. */
  static List<String> under(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    List<String> paths = new ArrayList<>();
    if (files.exists(folder)) {
      String prefix = files.makeQualified(folder).toUri().getPath();
      prefix = prefix.endsWith("/") ? prefix : prefix + "/";
      for (RemoteIterator<LocatedFileStatus> each = files.listFiles(folder, true);
          each.hasNext(); ) {
        String path = each.next().getPath().toUri().getPath();
        if (!path.startsWith(prefix)) {
          throw new IOException("listed " + path + ", which is not under " + prefix);
        }
        paths.add(path.substring(prefix.length()));
      }
    }
    Collections.sort(paths);
    return paths;
  }

  /** The data files of a table, relative to it, whether any version references them or not. */
  static List<String> dataOf(Path table, Configuration hadoop) throws IOException {
    return under(table, hadoop).stream()
        .filter(path -> !path.startsWith("_") && path.endsWith(".parquet"))
        .toList();
  }

  /** Work on one item. */
  interface Work<T, R> extends java.io.Serializable {
    R on(T thing, Configuration hadoop) throws Exception;
  }

  /** The results of the work on each item, in order. */
  static <T, R> List<R> each(SparkSession spark, List<T> things, Work<T, R> work) {
    if (things.isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    // Files differ in size: many small tasks keep all executors busy to the end.
    int tasks = Math.min(things.size(), 16 * context.defaultParallelism());
    JavaRDD<R> results =
        context
            .parallelize(new ArrayList<>(things), tasks)
            .map((Function<T, R>) thing -> work.on(thing, hadoop.value().value()));
    return results.collect();
  }
}
