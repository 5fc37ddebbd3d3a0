package renown.ask.sql;

import java.io.PrintStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Option;

/** How the job that has it writes its result: a mixin. */
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv or json (one object per line). Default: table.")
  private ResultFormat format;

  /** Whether people are to read it: then there may be words around it. */
  public boolean isForEyes() {
    return format == ResultFormat.TABLE;
  }

  /** Writes all rows. */
  public void write(Dataset<Row> result, PrintStream out) {
    format.write(result, out);
  }
}
