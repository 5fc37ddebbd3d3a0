package renown.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The questions of {@code jobs/renown/ask/sql/questions}: their SQL by name. */
public final class Questions {
  private static final Path FOLDER = Path.of("jobs/renown/ask/sql/questions");

  private Questions() {}

  /** All of them; the names of those for Spark alone begin with {@code spark/}. */
  public static SortedMap<String, String> all() throws IOException {
    SortedMap<String, String> questions = new TreeMap<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).toList()) {
        questions.put(
            FOLDER.relativize(file).toString().replace(".sql", ""), Files.readString(file));
      }
    }
    return questions;
  }

  /** Those that run unchanged in Spark and in Trino. */
  public static Map<String, String> ofAnyEngine() throws IOException {
    SortedMap<String, String> questions = all();
    questions.keySet().removeIf(name -> name.contains("/"));
    return questions;
  }
}
