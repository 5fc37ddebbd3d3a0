package renown.lab.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.JsonFile;
import renown.run.RenownException;
import renown.run.RunContext;

/** Measures one part of the product against others that do the same. */
@Command(
    name = "benchmark",
    description =
        "Measures the product side by side with others; see jobs/renown/lab/benchmark/README.md.")
public final class BenchmarkJob implements Job {
  @Option(
      names = "--suite",
      required = true,
      paramLabel = "NAME",
      description =
          "What to measure: night, ingest, rank, memory or campaign; session only starts Spark.")
  private String suite;

  @Option(
      names = "--scale",
      defaultValue = "18",
      description = "R-MAT graph of up to 2^scale vertices, 4 to 28. Default: ${DEFAULT-VALUE}.")
  private int scale;

  @Option(
      names = "--edge-factor",
      defaultValue = "16",
      description = "Edges drawn per vertex, 1 to 1024. Default: ${DEFAULT-VALUE}.")
  private int edgeFactor;

  @Option(
      names = "--ids",
      defaultValue = "dense",
      description =
          "Ids of the generated graph: dense, as the account dictionary gives them, or scattered"
              + " over 64 bits. Default: ${DEFAULT-VALUE}.")
  private String ids;

  @Option(
      names = "--edges",
      paramLabel = "FILE",
      description =
          "An edge list instead of a generated graph: two whole numbers per line, parted by blanks,"
              + " tabs or a comma; lines from # or %% on are comments (SNAP, Graphalytics); may be"
              + " gzipped.")
  private String edges;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Measured rounds, after one to warm up; 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--iterations",
      defaultValue = "20",
      description = "Iterations per round, 1 to 200. Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--competitors",
      split = ",",
      defaultValue = "ours,ours-weighted,kernel,kernel-weighted,serial,law,graphx,dataset",
      description = "Who takes part. Default: ${DEFAULT-VALUE}.")
  private List<String> competitors;

  @Option(
      names = "--reference-seconds",
      paramLabel = "NAME=S",
      description =
          "Seconds per iteration that another program took on the same graph, to stand in the"
              + " table. May be repeated.")
  private Map<String, Double> referenceSeconds = new TreeMap<>();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the measurements there.")
  private Path json;

  @Option(
      names = "--accounts",
      split = ",",
      description = {
        "Accounts of the generated society on a network, 10 to 1000000; for night one or more.",
        "Default: 20000; night: 400,20000."
      })
  private List<Integer> accounts;

  @Option(
      names = "--days",
      defaultValue = "3",
      description =
          "Days of dumps for night, 2 to 1000: the first night loads all but the last, the second"
              + " that. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--history",
      defaultValue = "0",
      description =
          "For night: also measures a night of one day more on so many days, 0 to 1000. Default:"
              + " ${DEFAULT-VALUE}.")
  private int history;

  @Option(
      names = "--megabytes",
      defaultValue = "10240",
      description = "Size of the day that is loaded, 1 to 1000000. Default: ${DEFAULT-VALUE}.")
  private int megabytes;

  @Option(
      names = "--line-megabytes",
      defaultValue = "50",
      description = "Size of the long lines in it, 1 to 500. Default: ${DEFAULT-VALUE}.")
  private int lineMegabytes;

  @Option(
      names = "--formats",
      split = ",",
      defaultValue = "bluesky-jetstream,x-v1-stream",
      description = "Formats whose dumps are read. Default: ${DEFAULT-VALUE}.")
  private List<String> formats;

  @Option(
      names = "--candidates",
      split = ",",
      defaultValue = "10000,100000,1000000",
      description =
          "Numbers of accounts among which a campaign chooses, 10 to 2000000. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<Integer> candidates;

  private final Job generate;
  private final Job ingest;

  /**
   * @param generate writes dumps
   * @param ingest a night of the ingest stage alone
   */
  public BenchmarkJob(Job generate, Job ingest) {
    this.generate = generate;
    this.ingest = ingest;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public void run(RunContext context) throws Exception {
    context.config().handedOn("benchmark", Map.of(), Map.of());
    inRange("--rounds", rounds, 1, 100);
    Map<String, Object> measured =
        switch (suite) {
          case "night" -> {
            inRange("--days", days, 2, 1_000);
            inRange("--history", history, 0, 1_000);
            yield new NightSuite(context, accounts(List.of(400, 20_000)), days, history, rounds)
                .run();
          }
          case "session" -> {
            context.spark();
            yield Map.of("suite", suite);
          }
          case "rank" -> rank(context);
          case "ingest" -> {
            List<Integer> one = accounts(List.of(20_000));
            if (one.size() > 1) {
              throw RenownException.configuration(
                  "--accounts %s: --suite ingest takes one number.", accounts);
            }
            oneOf("--formats", formats, IngestSuite.FORMATS);
            yield new IngestSuite(context, generate, ingest, formats, one.get(0), rounds).run();
          }
          case "memory" -> {
            inRange("--megabytes", megabytes, 1, 1_000_000);
            inRange("--line-megabytes", lineMegabytes, 1, 500);
            yield new MemorySuite(context, ingest, megabytes, lineMegabytes).run();
          }
          case "campaign" -> {
            for (int count : candidates) {
              inRange("--candidates", count, 10, 2_000_000);
            }
            yield new CampaignSuite(context, candidates, rounds).run();
          }
          default ->
              throw RenownException.configuration(
                  "--suite %s: there are only night, ingest, rank, memory, campaign and session.",
                  suite);
        };
    if (json != null) {
      JsonFile.write(measured, json, "--json");
      context.progress().say(String.format(Locale.ROOT, "Written: %s", json));
    }
  }

  private List<Integer> accounts(List<Integer> otherwise) {
    List<Integer> chosen = accounts == null ? otherwise : accounts;
    chosen.forEach(count -> inRange("--accounts", count, 10, 1_000_000));
    return chosen;
  }

  private Map<String, Object> rank(RunContext context) throws Exception {
    if (!List.of("dense", "scattered").contains(ids)) {
      throw RenownException.configuration("--ids %s: it must be dense or scattered.", ids);
    }
    inRange("--scale", scale, 4, 28);
    inRange("--edge-factor", edgeFactor, 1, 1024);
    inRange("--iterations", iterations, 1, 200);
    oneOf("--competitors", competitors, RankSuite.COMPETITORS);
    RankSuite.Settings settings =
        new RankSuite.Settings(
            edges,
            scale,
            edgeFactor,
            ids.equals("dense"),
            rounds,
            iterations,
            competitors,
            referenceSeconds);
    return new RankSuite(context.spark(), context.progress(), settings).run();
  }

  private static void oneOf(String option, List<String> names, List<String> known) {
    for (String name : new TreeSet<>(names)) {
      if (!known.contains(name)) {
        throw RenownException.configuration(
            "%s %s: it must be one of %s.", option, name, String.join(", ", known));
      }
    }
  }

  private static void inRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw RenownException.configuration(
          "%s %s: it must be %s to %s.", option, value, least, most);
    }
  }
}
