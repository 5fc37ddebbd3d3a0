package renown.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;

/** A Trino that {@code scripts/trino.sh} started, beside any that the developer runs. */
public final class TrinoServer implements AutoCloseable {
  private final Path folder;
  private final String url;

  private TrinoServer(Path folder, String url) {
    this.folder = folder;
    this.url = url;
  }

  /**
   * Starts one. Where there is no JDK that it runs on, the test is skipped.
   *
   * @param command as the README has it; the port is chosen, and {@code folder} keeps the state
   */
  public static TrinoServer start(String command, Path folder, Map<String, String> environment)
      throws Exception {
    Outcome outcome = run(command + " --port 0 --folder '" + folder + "'", environment);
    Assumptions.assumeFalse(
        outcome.code() == 1 && outcome.said().contains("no JDK 24 or later was found"),
        "Trino needs a JDK 24 or later, and there is none on this machine");
    Matcher address =
        Pattern.compile("jdbc:trino://127\\.0\\.0\\.1:\\d+/renown/marts").matcher(outcome.said());
    if (outcome.code() != 0 || !address.find()) {
      run("scripts/trino.sh stop --folder '" + folder + "'", Map.of());
      throw new IllegalStateException(outcome.said());
    }
    return new TrinoServer(folder, address.group());
  }

  /** How a command ended, and all that it said. */
  public record Outcome(int code, String said) {}

  /** Runs a command of the shell in the project's root. */
  public static Outcome run(String command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_DRIVER_MEMORY", "1g");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Outcome(process.waitFor(), said);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The schema of the published marts. */
  public String url() {
    return url;
  }

  /** The catalog, as {@code trino-views} is told of it. */
  public String catalogUrl() {
    return url.replace("/marts", "");
  }

  public Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(url, user, null);
  }

  /** All rows of an answer. */
  public static List<List<Object>> query(Connection connection, String sql) throws SQLException {
    List<List<Object>> answer = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery(sql);
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(rows.getObject(i));
        }
        answer.add(row);
      }
    }
    return answer;
  }

  /**
   * Asks Trino and Spark the questions, where the marts are temporary views of the session.
   *
   * @param renamed what stands in the questions, and what is asked instead
   * @return the questions that the two answer differently, with how; and how many rows each of the
   *     others has, as {@code rows}
   */
  public Comparison compare(Map<String, String> renamed) throws Exception {
    Map<String, String> wrong = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    try (Connection connection = connect("anybody")) {
      for (Map.Entry<String, String> question : Questions.ofAnyEngine().entrySet()) {
        String sql = question.getValue();
        for (Map.Entry<String, String> name : renamed.entrySet()) {
          sql = sql.replace("'" + name.getKey() + "'", "'" + name.getValue() + "'");
        }
        List<List<Object>> expected = new ArrayList<>();
        for (Row row : SparkTest.spark().sql(sql).collectAsList()) {
          List<Object> values = new ArrayList<>();
          for (int i = 0; i < row.size(); i++) {
            values.add(row.get(i));
          }
          expected.add(values);
        }
        List<List<Object>> found;
        try {
          found = query(connection, sql);
        } catch (SQLException e) {
          wrong.put(question.getKey(), e.getMessage());
          continue;
        }
        String difference = difference(expected, found);
        if (difference != null) {
          wrong.put(question.getKey(), difference);
        }
        counts.put(question.getKey(), found.size());
      }
    }
    return new Comparison(wrong, counts);
  }

  /** What {@link #compare} found. */
  public record Comparison(Map<String, String> wrong, Map<String, Integer> rowCounts) {}

  /** What the first difference between two answers is; null where they are the same. */
  static String difference(List<List<Object>> expected, List<List<Object>> found) {
    if (expected.size() != found.size()) {
      return expected.size() + " rows of Spark, " + found.size() + " of Trino";
    }
    for (int i = 0; i < expected.size(); i++) {
      List<Object> one = expected.get(i);
      List<Object> other = found.get(i);
      boolean same = one.size() == other.size();
      for (int k = 0; same && k < one.size(); k++) {
        same = isSame(one.get(k), other.get(k));
      }
      if (!same) {
        return "row " + i + ": " + one + " of Spark, " + other + " of Trino";
      }
    }
    return null;
  }

  private static boolean isSame(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      double most = Math.max(Math.abs(a.doubleValue()), Math.abs(b.doubleValue()));
      return Math.abs(a.doubleValue() - b.doubleValue()) <= 1e-9 * most;
    }
    return one == null || other == null
        ? one == other
        : one.getClass() == other.getClass() && one.equals(other);
  }

  @Override
  public void close() throws IOException {
    Outcome outcome = run("scripts/trino.sh stop --folder '" + folder + "'", Map.of());
    if (outcome.code() != 0 || Files.exists(folder.resolve("pid"))) {
      throw new IllegalStateException("Trino was not stopped: " + outcome.said());
    }
  }
}
