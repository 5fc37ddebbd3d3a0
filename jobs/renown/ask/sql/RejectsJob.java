package renown.ask.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.io.PrintStream;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import renown.lake.Lake;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.LoadedFiles;
import renown.tables.Rejects;
import renown.tables.TableSchema;

/**
 * Shows which lines were rejected and why: where they stand, never what they hold. It reads the
 * newest state, published or not, for it is a night that failed of rejects that sends people here.
 */
@Command(
    name = "rejects",
    description = {
      "Shows why lines were rejected, by reason and file, the most frequent first, with the"
          + " number of the first such line in the file (0: the file as a whole).",
      "With --date those of that night alone."
    })
public final class RejectsJob implements Job {
  @Option(names = "--network", paramLabel = "NETWORK", description = "Only those of this network.")
  private String network;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "20",
      description = "How many rows are shown, from 1. Default: 20.")
  private int limit;

  @Mixin private FormatOption format;

  private final PrintStream out;

  /**
   * @param out where results go
   */
  public RejectsJob(PrintStream out) {
    this.out = out;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(Rejects.TABLE, LoadedFiles.TABLE);
  }

  @Override
  public void run(RunContext context) {
    if (limit < 1) {
      throw RenownException.configuration("--limit %d: give a number of rows from 1.", limit);
    }
    Lake lake = Lake.open(context, LoadedFiles.TABLE, Rejects.TABLE);
    if (network != null) {
      PublishedMarts.checkNetwork(
          network,
          lake.read(Rejects.TABLE)
              .select("network")
              .unionByName(lake.read(LoadedFiles.TABLE).select("network")));
    }
    Dataset<Row> worst =
        worst(lake.read(Rejects.TABLE), Optional.ofNullable(network), context.date());
    format.write(worst.limit(limit), out);
  }

  /**
   * Rejects by reason and file.
   *
   * @param rejects rows of {@code rejects}
   * @param network only this one, where given
   * @param night only that of this night, where given
   * @return reject_count, network, reason, path, first_line_number, last_night; the most frequent
   *     first
   */
  static Dataset<Row> worst(
      Dataset<Row> rejects, Optional<String> network, Optional<LocalDate> night) {
    Dataset<Row> asked = rejects;
    if (network.isPresent()) {
      asked = asked.where(Rejects.NETWORK.col().equalTo(network.get()));
    }
    if (night.isPresent()) {
      asked = asked.where(Rejects.NIGHT.col().equalTo(lit(Date.valueOf(night.get()))));
    }
    return asked
        .groupBy(Rejects.NETWORK.col(), Rejects.REASON.col(), Rejects.PATH.col())
        .agg(
            count(lit(1)).as("reject_count"),
            min(Rejects.LINE_NUMBER.col()).as("first_line_number"),
            max(Rejects.NIGHT.col()).as("last_night"))
        .select("reject_count", "network", "reason", "path", "first_line_number", "last_night")
        .sort(col("reject_count").desc(), col("network"), col("path"), col("reason"));
  }
}
