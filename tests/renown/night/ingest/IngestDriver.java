package renown.night.ingest;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import renown.lake.Lake;
import renown.lake.TableFiles;
import renown.night.NightlyJob;
import renown.run.Config;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RunContext;
import renown.run.Sessions;
import renown.tables.TableSchema;

/**
 * A driver of its own for {@link IngestBoundsTest}: a night of the ingest stage on whatever master
 * the system properties name. Prints how many rows each table has, and a checksum of all of them
 * where they are few.
 */
public final class IngestDriver {
  static final String TABLE = "Table ";
  private static final long FEW = 200_000;

  private IngestDriver() {}

  /** Arguments: the night, then settings as name=value. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    for (String setting : Arrays.asList(arguments).subList(1, arguments.length)) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    Job night = new NightlyJob(List.of(new IngestStage()));
    Config config = Config.load(night.keys(), night.keys(), Optional.empty(), settings);
    SparkConf conf = Sessions.conf(config).setAppName("ingest");
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      Clock clock = Clock.systemUTC();
      Progress quiet = new Progress(new PrintStream(OutputStream.nullOutputStream()), clock);
      night.run(
          new RunContext(
              config, Optional.of(LocalDate.parse(arguments[0])), clock, quiet, () -> spark));
      Lake lake = new Lake(spark, settings.get("lake.root"));
      for (TableSchema table : new IngestStage().outputs()) {
        TableFiles files = lake.files(table);
        System.out.println(
            TABLE
                + table.name()
                + " "
                + files.rowCount()
                + " "
                + (files.rowCount() > FEW ? "" : checksum(table, files)));
      }
    }
  }

  private static long checksum(TableSchema table, TableFiles files) {
    CRC32 sum = new CRC32();
    TableRows.rows(table, files.read(table.columns())).stream()
        .map(Arrays::deepToString)
        .sorted()
        .forEach(row -> sum.update(row.getBytes(StandardCharsets.UTF_8)));
    return sum.getValue();
  }
}
