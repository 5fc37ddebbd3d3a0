package renown.ask.export;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import renown.ask.sql.OutputPath;
import renown.ask.sql.PublishedMarts;
import renown.engine.decay.ForwardDecay;
import renown.lake.Locations;
import renown.run.ConfigKey;
import renown.run.Job;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.tables.EdgeIncrements;
import renown.tables.Landmarks;
import renown.tables.MartAccountScoresLatest;
import renown.tables.MartCommunityMembers;
import renown.tables.MartNetworks;
import renown.tables.TableSchema;

/** Writes the graph and the scores of a published night for other tools. */
@Command(
    name = "export",
    description = {
      "Writes the accounts of a published night with their scores, and who attends to whom among",
      "them, for Gephi (gexf), networkx and igraph (graphml), R and spreadsheets (csv) or anything",
      "that reads Parquet. Bounded by --accounts, it is a graph of the highest scores."
    })
public final class ExportJob implements Job {
  /** What can be written. */
  enum Format {
    GEXF,
    GRAPHML,
    CSV,
    PARQUET;

    boolean isOneFile() {
      return this == GEXF || this == GRAPHML;
    }

    GraphWriter writer(GraphWriter.Target target) throws IOException {
      return switch (this) {
        case GEXF -> new XmlGraph(true, target);
        case GRAPHML -> new XmlGraph(false, target);
        case CSV -> new CsvGraph(target);
        case PARQUET -> new ParquetGraph(target);
      };
    }
  }

  static final List<Field> ACCOUNTS =
      List.of(
          new Field("network", Field.Kind.TEXT),
          new Field("account_id", Field.Kind.TEXT),
          new Field("handle", Field.Kind.TEXT),
          new Field("kind", Field.Kind.TEXT),
          new Field("language", Field.Kind.TEXT),
          new Field("score", Field.Kind.NUMBER),
          new Field("score_low", Field.Kind.NUMBER),
          new Field("score_high", Field.Kind.NUMBER),
          new Field("momentum", Field.Kind.NUMBER),
          new Field("place", Field.Kind.WHOLE),
          new Field("actor_count", Field.Kind.WHOLE),
          new Field("community_key", Field.Kind.WHOLE));

  static final List<Field> EDGES =
      List.of(new Field("weight", Field.Kind.NUMBER), new Field("act_count", Field.Kind.WHOLE));

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "gexf, graphml, csv or parquet.")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = {
        "A file for gexf and graphml, a folder for csv and parquet (accounts and edges in it);"
            + " local, or such as s3a://bucket/graph.gexf.",
        "Default: renown-<night>.<format>, or the folder renown-<night>."
      })
  private String output;

  @Option(names = "--network", paramLabel = "NAME", description = "Default: all.")
  private String network;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      description =
          "Only the N highest scores of each network, and edges among them. Default: all.")
  private Long accounts;

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(Locations.LAKE_ROOT);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        MartNetworks.TABLE,
        MartAccountScoresLatest.TABLE,
        MartCommunityMembers.TABLE,
        EdgeIncrements.TABLE,
        Landmarks.TABLE);
  }

  @Override
  public void run(RunContext context) throws Exception {
    if (accounts != null && accounts < 1) {
      throw RenownException.configuration("--accounts %d: it must be 1 or more.", accounts);
    }
    PublishedMarts.Opened opened = PublishedMarts.published(context, context.date());
    LocalDate date = opened.publication().date();
    if (network != null) {
      PublishedMarts.checkNetwork(
          network,
          table(opened, MartNetworks.TABLE).select("network").collectAsList().stream()
              .map(row -> row.getString(0))
              .toList());
    }
    Configuration hadoop = context.spark().sessionState().newHadoopConf();
    String name =
        output != null
            ? output
            : "renown-"
                + date
                + (format.isOneFile() ? "." + format.name().toLowerCase(Locale.ROOT) : "");
    OutputPath path =
        format.isOneFile()
            ? OutputPath.ofFile("--output", name, hadoop)
            : OutputPath.of("--output", name, hadoop);
    Dataset<Row> chosen = accounts(opened);
    long accountCount = 0;
    long edgeCount = 0;
    try (GraphWriter writer =
        format.writer(new GraphWriter.Target(path, date.toString(), ACCOUNTS, EDGES, hadoop))) {
      for (Iterator<Row> rows = chosen.sort("account_key").toLocalIterator(); rows.hasNext(); ) {
        writer.account(rows.next());
        accountCount++;
      }
      Dataset<Row> edges = edges(opened, chosen.select("account_key"), date);
      for (Iterator<Row> rows = edges.toLocalIterator(); rows.hasNext(); ) {
        writer.edge(rows.next());
        edgeCount++;
      }
    }
    context
        .progress()
        .say(
            "The graph of night %s is %s: %,d accounts, %,d edges.",
            date, name, accountCount, edgeCount);
  }

  private static Dataset<Row> table(PublishedMarts.Opened opened, TableSchema table) {
    return opened.lake().readOf(opened.publication(), table);
  }

  /** account_key and the fields of accounts. */
  private Dataset<Row> accounts(PublishedMarts.Opened opened) {
    Dataset<Row> members =
        table(opened, MartCommunityMembers.TABLE)
            .select(col("account_key").as("member_key"), col("community_key"));
    Dataset<Row> scored = table(opened, MartAccountScoresLatest.TABLE);
    if (network != null) {
      scored = scored.where(col("network").equalTo(lit(network)));
    }
    if (accounts != null) {
      scored = scored.where(col("place").leq(lit(accounts)));
    }
    return scored
        .join(members, col("account_key").equalTo(col("member_key")), "left")
        .select(columns("account_key", ACCOUNTS));
  }

  private static Column[] columns(String key, List<Field> fields) {
    return Stream.concat(Stream.of(key), fields.stream().map(Field::name))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  /**
   * Edges among some accounts, in order: how many acts they are, and what these are worth after the
   * decay at the end of the night.
   */
  private static Dataset<Row> edges(
      PublishedMarts.Opened opened, Dataset<Row> chosen, LocalDate date) {
    Dataset<Row> worth =
        ForwardDecay.atEndOf(lit(java.sql.Date.valueOf(date)), table(opened, Landmarks.TABLE));
    Dataset<Row> all = table(opened, EdgeIncrements.TABLE);
    Dataset<Row> sources = chosen.withColumnRenamed("account_key", "src_key");
    Dataset<Row> targets = chosen.withColumnRenamed("account_key", "dst_key");
    return all.join(sources, all.col("src_key").equalTo(sources.col("src_key")), "left_semi")
        .join(targets, all.col("dst_key").equalTo(targets.col("dst_key")), "left_semi")
        .groupBy("network", "src_key", "dst_key")
        .agg(sum("decayed_units").as("units"), sum("act_count").as("act_count"))
        .where(col("act_count").gt(0))
        .join(broadcast(worth), "network")
        .select(
            col("src_key"),
            col("dst_key"),
            col("units").multiply(col("decay")).as("weight"),
            col("act_count"))
        .sort("src_key", "dst_key");
  }
}
