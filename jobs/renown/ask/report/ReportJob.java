package renown.ask.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.PublishedMarts;
import renown.lake.Locations;
import renown.lake.PublishedNights.Publication;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.TableSchema;

/** Writes the page of a published night. */
@Command(
    name = "report",
    description = {
      "Writes one self-contained HTML page of a published night: scores, what moved and why, who is",
      "known for which topic, posts that broke out, who carried them, campaigns, score cards,",
      "validation, the run. Opens in any browser, offline.",
      "Without --night it is the last published one."
    })
public final class ReportJob implements Job {
  @Option(
      names = "--night",
      paramLabel = "YYYY-MM-DD",
      description = "The published night; the same as --date. Default: the last one.")
  private LocalDate night;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where the page goes: a path of this machine, or one such as s3a://bucket/page.html."
              + " Default: renown-<night>.html in the working directory.")
  private String output;

  @Option(
      names = "--leaders",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Leaders of each topic, network, kind and language, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int leaders;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "Most accounts among them, 1 to 20000; each has a score card of about 2 kB. Default:"
              + " ${DEFAULT-VALUE}.")
  private int accounts;

  @Option(
      names = "--history-days",
      paramLabel = "N",
      defaultValue = "60",
      description = "Days of history on a score card, 1 to 400. Default: ${DEFAULT-VALUE}.")
  private int historyDays;

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
    checkRange("--leaders", leaders, 100);
    checkRange("--accounts", accounts, 20_000);
    checkRange("--history-days", historyDays, 400);
    Publication publication =
        PublishedMarts.open(context, Optional.ofNullable(night).or(context::date)).publication();
    String file = output == null ? "renown-" + publication.date() + ".html" : output;
    Map.Entry<FileSystem, Path> target = target(file, context);
    Map<String, String> sections =
        ReportQueries.sections(
            context.spark(),
            publication.date(),
            new ReportQueries.Size(leaders, accounts, historyDays));
    String html = ReportPage.html(publication.date().toString(), json(publication, sections));
    try (OutputStream out = target.getKey().create(target.getValue(), true)) {
      out.write(html.getBytes(StandardCharsets.UTF_8));
    }
    context
        .progress()
        .say(
            "The page of night %s is %s (%,d kB).", publication.date(), file, html.length() / 1000);
  }

  private static void checkRange(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw RenownException.configuration("%s %d: it must be 1 to %d.", option, value, most);
    }
  }

  /** Night and run are ours: plain letters, digits, dots and dashes. */
  static String json(Publication publication, Map<String, String> sections) {
    StringBuilder json = new StringBuilder();
    json.append("{\"night\":\"").append(publication.date());
    json.append("\",\"runId\":\"").append(publication.runId()).append('"');
    // A mart that there was not yet is not the same as one without rows.
    json.append(",\"absent\":")
        .append(
            PublishedMarts.marts().stream()
                .filter(mart -> !publication.versions().containsKey(mart.path()))
                .map(mart -> '"' + mart.name() + '"')
                .collect(Collectors.joining(",", "[", "]")));
    sections.forEach(
        (name, value) -> json.append(",\n\"").append(name).append("\":").append(value));
    return json.append('}').toString();
  }

  /** A file system and a path that may be written; nothing is computed for one that may not. */
  private static Map.Entry<FileSystem, Path> target(String file, RunContext context) {
    try {
      Path path = new Path(file);
      if (path.toUri().getScheme() == null) {
        path = new Path(java.nio.file.Path.of(file).toAbsolutePath().toUri());
      }
      FileSystem files = path.getFileSystem(context.spark().sessionState().newHadoopConf());
      if (files instanceof LocalFileSystem local) {
        // No checksum file beside it.
        files = local.getRawFileSystem();
      }
      if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
        throw RenownException.configuration("--output %s: it is a folder; give a file.", file);
      }
      return Map.entry(files, path);
    } catch (IOException | IllegalArgumentException e) {
      throw RenownException.configuration(
          e, "--output " + file + ": it cannot be written (" + e.getMessage() + ").");
    }
  }
}
