package renown.night.spread;

import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import renown.kernels.cascades.KeyNumbers;
import renown.kernels.keys.RowOrder;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.TableFileWriter;
import renown.lake.TableFiles;
import renown.lake.TableReader;
import renown.night.Night;
import renown.night.Stage;
import renown.night.TaskMemory;
import renown.run.ConfigKey;
import renown.run.Together;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.AuthorRecords;
import renown.tables.CascadeActs;
import renown.tables.Communities;
import renown.tables.Deletions;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.MartBreakouts;
import renown.tables.MartBridges;
import renown.tables.MartCommunities;
import renown.tables.MartCommunityMembers;
import renown.tables.MartEarlyWarnings;
import renown.tables.MartPostSpread;
import renown.tables.MartWarningOutcomes;
import renown.tables.PostReactions;
import renown.tables.PostTopics;
import renown.tables.Posts;
import renown.tables.RankRuns;
import renown.tables.TableColumn;
import renown.tables.TableSchema;

/** Computes how posts spread, through whom, and which went far beyond chance. */
public final class SpreadStage implements Stage {
  static final ConfigKey<List<String>> PATH_NETWORKS =
      ConfigKey.parsed(
          "spread.path-networks",
          "bluesky",
          "names of networks, separated by commas; may be empty",
          "Networks whose reposts and likes name the repost they came through; without one"
              + " they came from the author. For other networks the path is inferred.",
          text -> Arrays.stream(text.split(",")).map(String::strip).toList());

  static final ConfigKey<Double> FALSE_SHARE =
      ConfigKey.number(
          "spread.false-breakout-share",
          0.01,
          1e-6,
          0.5,
          "Maximum expected share of false positives among breakouts and among early"
              + " warnings.");

  static final ConfigKey<Long> LEAST_REACTORS =
      ConfigKey.integer(
          "spread.breakout-reactors-min",
          5,
          1,
          1_000_000,
          "Minimum credible reactors of a breakout.");

  /**
   * Accounts of a network whose reach is counted; beyond that it is estimated from a sample of this
   * size.
   */
  private static final long EXPOSURE_SAMPLE = 100_000;

  /** What a row of edges takes in memory, as a tie of communities or of an audience. */
  private static final long BYTES_PER_EDGE = 150;

  /** Acts that lie together. */
  private static final int ACTS_PER_GROUP = 10_000;

  /** Posts without activity for this many nights are dropped. */
  private static final int QUIET_NIGHTS = 30;

  /** Nights between two searches for those. */
  private static final int PURGE_NIGHTS = 16;

  /** Tables of which a night leaves nothing as it was. */
  private static final Set<TableSchema> REWRITTEN =
      Set.of(MartCommunities.TABLE, MartCommunityMembers.TABLE);

  @Override
  public String name() {
    return "spread";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(PATH_NETWORKS, FALSE_SHARE, LEAST_REACTORS);
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        Interactions.TABLE,
        Posts.TABLE,
        Deletions.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        EdgeIncrements.TABLE,
        Landmarks.TABLE,
        AccountState.TABLE,
        PostReactions.TABLE,
        PostTopics.TABLE,
        RankRuns.TABLE,
        Communities.TABLE,
        CascadeActs.TABLE,
        AuthorRecords.TABLE,
        MartEarlyWarnings.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        Communities.TABLE,
        CascadeActs.TABLE,
        AuthorRecords.TABLE,
        MartPostSpread.TABLE,
        MartBreakouts.TABLE,
        MartEarlyWarnings.TABLE,
        MartWarningOutcomes.TABLE,
        MartBridges.TABLE,
        MartCommunities.TABLE,
        MartCommunityMembers.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    boolean isPurge = Math.floorMod(night.date().toEpochDay(), PURGE_NIGHTS) == 0;
    TaskMemory.of(night)
        .hold(
            "Communities and audiences of all networks",
            night.lake().files(EdgeIncrements.TABLE).rowCount(),
            BYTES_PER_EDGE,
            "keep networks in lakes of their own");
    Work work = new Work(night, isPurge);
    Written written =
        new JavaSparkContext(night.spark().sparkContext())
            .parallelize(List.of(0), 1)
            .map(task -> work.run())
            .collect()
            .get(0);
    Lake lake = night.lake();
    List<Together.Step> commits = new ArrayList<>();
    for (TableSchema table : outputs()) {
      boolean isWhole = written.whole.contains(table.path());
      List<DataFile> files = written.files.getOrDefault(table.path(), List.of());
      commits.add(isWhole ? () -> lake.overwrite(table, files) : () -> lake.append(table, files));
    }
    Together.run(commits);
  }

  /**
   * What the task tells.
   *
   * @param files of each table, by its path
   * @param whole paths of the tables of which these are all that there are; others gain them
   */
  private record Written(HashMap<String, List<DataFile>> files, HashSet<String> whole)
      implements Serializable {}

  /** What the task does: it reads, computes, and writes files that the driver then commits. */
  private static final class Work implements Serializable {
    private static final long serialVersionUID = 1;

    private final LocalDate night;
    private final LocalDate previous;
    private final List<String> pathNetworks;
    private final double falseShare;
    private final long leastReactors;
    private final boolean isPurge;
    private final long recentFrom;
    private final Map<String, TableFiles> files = new HashMap<>();
    private final Map<String, TableFileWriter> writers = new HashMap<>();

    Work(Night night, boolean isPurge) {
      this.night = night.date();
      this.previous = night.previous().orElse(null);
      this.pathNetworks = new ArrayList<>(night.value(PATH_NETWORKS));
      this.falseShare = night.value(FALSE_SHARE);
      this.leastReactors = night.value(LEAST_REACTORS);
      this.isPurge = isPurge;
      Lake lake = night.lake();
      for (TableSchema table : new SpreadStage().inputs()) {
        files.put(table.path(), lake.files(table));
      }
      recentFrom =
          SpreadInput.recentFrom(
              SpreadInput.end(this.night),
              night.previous().map(SpreadInput::end).orElse(Long.MIN_VALUE));
      long tonight = this.night.toEpochDay();
      long recent = tonight - SpreadInput.RECENT_NIGHTS;
      narrow(Interactions.TABLE, Interactions.NIGHT, tonight);
      narrow(Posts.TABLE, Posts.NIGHT, recent);
      narrow(Deletions.TABLE, Deletions.NIGHT, recent);
      narrow(PostTopics.TABLE, PostTopics.NIGHT, recent);
      narrow(
          MartEarlyWarnings.TABLE,
          MartEarlyWarnings.NIGHT,
          night.previous().map(LocalDate::toEpochDay).orElse(tonight));
      for (TableSchema table : new SpreadStage().outputs()) {
        writers.put(table.path(), lake.writer(table));
      }
    }

    /** Leaves out files in which all rows are of earlier nights. */
    private void narrow(TableSchema table, TableColumn column, long from) {
      files.computeIfPresent(
          table.path(), (path, all) -> all.within(column, from, night.toEpochDay()));
    }

    private TableReader reader(TableSchema table) {
      return TableReader.of(files.get(table.path()));
    }

    /** Rows of tonight, and of posts that were written in the last days. */
    private TableReader recent(TableSchema table, TableColumn nights, TableColumn times) {
      return reader(table)
          .where(
              group -> group.most(nights) >= night.toEpochDay() || group.most(times) > recentFrom,
              (rows, row) ->
                  rows.longs(nights).get(row) == night.toEpochDay()
                      || rows.longs(times).get(row) > recentFrom,
              nights,
              times);
    }

    Written run() throws IOException {
      KnownEdges edges = new KnownEdges(reader(EdgeIncrements.TABLE));
      CommunityDetection.Found communities =
          CommunityDetection.communities(
              night,
              edges::all,
              TableReader.of(
                  files
                      .get(EdgeIncrements.TABLE.path())
                      .holding(EdgeIncrements.NIGHT, night.toEpochDay())),
              reader(Landmarks.TABLE),
              reader(Exclusions.TABLE),
              reader(Communities.TABLE),
              reader(RankRuns.TABLE));
      NightSpread.Made made =
          NightSpread.of(
              new SpreadInput(
                  night,
                  Optional.ofNullable(previous),
                  pathNetworks,
                  falseShare,
                  leastReactors,
                  EXPOSURE_SAMPLE,
                  reader(Interactions.TABLE),
                  recent(Posts.TABLE, Posts.NIGHT, Posts.HAPPENED_AT).once(NightActs.POST_COLUMNS),
                  reader(Deletions.TABLE),
                  reader(Accounts.TABLE)
                      .once(Accounts.ACCOUNT_KEY, Accounts.HANDLE, Accounts.FOLLOWER_COUNT),
                  edges,
                  reader(Landmarks.TABLE),
                  reader(AccountState.TABLE),
                  columns -> communities.rows(),
                  reader(PostReactions.TABLE),
                  recent(PostTopics.TABLE, PostTopics.NIGHT, PostTopics.HAPPENED_AT)
                      .where(BreakoutMarts::isOfTopic, PostTopics.TOPIC_ID)
                      .once(BreakoutMarts.TOPIC_COLUMNS),
                  reader(CascadeActs.TABLE),
                  reader(AuthorRecords.TABLE),
                  reader(MartEarlyWarnings.TABLE)));
      Map<TableSchema, ColumnRows> rows = made.rows();
      Set<TableSchema> whole = new HashSet<>(REWRITTEN);
      if (communities.added() == null) {
        whole.add(Communities.TABLE);
      }
      rows.put(
          Communities.TABLE,
          communities.added() == null ? communities.rows() : communities.added());
      if (made.areRecordsWhole()) {
        whole.add(AuthorRecords.TABLE);
      }
      if (isPurge) {
        ColumnRows before = files.get(CascadeActs.TABLE.path()).read(CascadeActs.TABLE.columns());
        rows.computeIfPresent(
            CascadeActs.TABLE,
            (table, added) -> NightSpread.alive(before, added, night.toEpochDay() - QUIET_NIGHTS));
        whole.add(CascadeActs.TABLE);
      }
      Written written = new Written(new HashMap<>(), new HashSet<>());
      whole.forEach(table -> written.whole.add(table.path()));
      for (Map.Entry<TableSchema, ColumnRows> table : rows.entrySet()) {
        String path = table.getKey().path();
        written.files.put(path, new ArrayList<>(write(table.getKey(), table.getValue())));
      }
      return written;
    }

    /** Acts lie by their posts, so that those of a few posts lie in a few groups of rows. */
    private List<DataFile> write(TableSchema table, ColumnRows rows) throws IOException {
      TableFileWriter writer = writers.get(table.path());
      if (table != CascadeActs.TABLE) {
        return writer.write(rows);
      }
      int[] order =
          new RowOrder(rows.size()).by(rows.longs(CascadeActs.POST_PRINT_LOW).toArray()).rows();
      for (int from = 0; from < order.length; from += ACTS_PER_GROUP) {
        // What lies beside its like takes less room.
        Arrays.sort(order, from, Math.min(from + ACTS_PER_GROUP, order.length));
      }
      return writer.writeGroups(rows, order, ACTS_PER_GROUP);
    }
  }

  /** Edges of the attention graph: read whole where that is asked for, and then never again. */
  private static final class KnownEdges implements SpreadInput.AttentionEdges {
    private final TableReader increments;
    private Edges all;

    KnownEdges(TableReader increments) {
      this.increments = increments;
    }

    Edges all() {
      all = all == null ? Edges.read(increments) : all;
      return all;
    }

    @Override
    public Edges of(KeyNumbers actors, KeyNumbers showers) {
      return all == null ? Edges.read(increments, actors, showers) : all;
    }
  }
}
