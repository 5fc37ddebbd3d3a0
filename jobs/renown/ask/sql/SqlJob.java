package renown.ask.sql;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.TableSchema;

/** Answers a query over the published marts. */
@Command(
    name = "sql",
    description = "Runs a query over the marts of the last published night, by their plain names.")
public final class SqlJob implements Job {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "QUERY",
      description = "Such as \"SELECT * FROM mart_account_scores_latest LIMIT 10\".")
  private String query;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file that holds the query, such as one of jobs/renown/ask/sql/questions.")
  private Path file;

  @Mixin private FormatOption format;

  private final PrintStream out;

  /**
   * @param out where results go
   */
  public SqlJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return PublishedMarts.marts();
  }

  @Override
  public void run(RunContext context) throws Exception {
    String question = question();
    try {
      PureQuery.check(context.spark(), question);
      PublishedMarts.openNamed(context, question);
      format.write(PureQuery.rows(context.spark(), question), out);
    } catch (Exception e) {
      // Spark throws its checked exceptions unannounced.
      if (e instanceof ParseException) {
        throw RenownException.configuration("The query is no SQL: %s", firstLine(e));
      }
      if (e instanceof AnalysisException) {
        throw RenownException.configuration(
            "The query does not fit the tables: %s There are %s.",
            firstLine(e),
            PublishedMarts.marts().stream()
                .map(TableSchema::name)
                .collect(Collectors.joining(", ")));
      }
      throw e;
    }
  }

  private String question() {
    if ((query == null) == (file == null)) {
      throw RenownException.configuration("Give either a query or --file.");
    }
    try {
      return query == null ? Files.readString(file) : query;
    } catch (IOException e) {
      throw RenownException.configuration(
          e, "--file " + file + ": it cannot be read (" + e.getMessage() + ").");
    }
  }

  private static String firstLine(Exception e) {
    return e.getMessage().lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }
}
