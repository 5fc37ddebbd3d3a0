package renown.night.score.accounts;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import renown.dumps.formats.NetworkFormats;
import renown.engine.decay.ForwardDecay;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.lake.ColumnRows;
import renown.lake.DataFile;
import renown.lake.Lake;
import renown.lake.NamedAccounts;
import renown.lake.TableFiles;
import renown.lake.TableReader;
import renown.night.Night;
import renown.night.Stage;
import renown.night.TaskMemory;
import renown.night.score.model.CredibilityModel;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.night.score.model.Term;
import renown.night.score.points.CandidateScores;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.RenownException;
import renown.run.Together;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.DeletedPosts;
import renown.tables.EdgeIncrements;
import renown.tables.Exclusions;
import renown.tables.Interactions;
import renown.tables.Landmarks;
import renown.tables.LoadedFiles;
import renown.tables.MartCandidateScores;
import renown.tables.PostReactions;
import renown.tables.PostReactors;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.RankRuns;
import renown.tables.RecentEdges;
import renown.tables.ReferencePopulations;
import renown.tables.ScoreModels;
import renown.tables.TableColumn;
import renown.tables.TableSchema;
import renown.tables.TopSources;

/**
 * From the night's acts to the score of every account, in one walk over the edges by source and one
 * by destination; no query.
 */
public final class ScoreStage implements Stage {
  static final ConfigKey<Long> EDGE_HALF_LIFE_DAYS =
      ConfigKey.integer(
          "graph.half-life-days",
          90,
          1,
          3650,
          "Half-life in days of an interaction's weight. Fixed once a lake holds edges.");

  static final ConfigKey<Double> AGE_DAYS =
      ConfigKey.number(
          "credibility.age-days",
          90,
          1,
          3650,
          "Account age at which it speaks for credibility a quarter as much as old age; at a"
              + " tenth of that, a ten-thousandth.");

  static final ConfigKey<String> VOUCHING =
      ConfigKey.text(
          "credibility.vouching-networks",
          "",
          "names of networks, separated by commas, or empty",
          "Networks, separated by commas, on which the attention of an account counts little that"
              + " those who are attended to do not attend to: farms gain far less there. Intervals"
              + " take it as known and are too narrow by some 6 points of coverage.");

  static final ConfigKey<String> CLAIMED_AGES =
      ConfigKey.text(
          "credibility.claimed-ages",
          "bluesky,mastodon,activitypub,nostr,farcaster",
          "names of networks, separated by commas, or empty",
          "Networks on which an account can claim any age in its profile; there it counts as far"
              + " as the account may have been there before the lake began.");

  static final ConfigKey<String> RISING_IDS =
      ConfigKey.text(
          "credibility.rising-ids-networks",
          "x,github",
          "names of networks, separated by commas, or empty",
          "Networks that number accounts as they come: an account there is as old as any with a"
              + " higher number, though it was first seen later.");

  /** The names in a key's value. */
  static Set<String> names(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  static final ConfigKey<Double> ACTIVITY_HALF_LIFE_DAYS =
      ConfigKey.number(
          "credibility.half-life-days",
          90,
          1,
          3650,
          "Half-life in days of an account's output and of its active weeks.");

  static final ConfigKey<String> TRUSTED =
      ConfigKey.text(
          "credibility.trusted",
          "",
          "a Hadoop path, or empty",
          "File of trusted accounts, whose credibility is 1, one per line: network, tab,"
              + " account id.");

  static final ConfigKey<Double> DAMPING_FACTOR =
      ConfigKey.number(
          "influence.damping-factor",
          0.85,
          0.01,
          0.99,
          "Share of rank that follows edges; the rest goes to the preference vector.");

  static final ConfigKey<Double> TOLERANCE =
      ConfigKey.number(
          "influence.tolerance",
          1e-6,
          StoppingRule.Tolerance.LEAST,
          0.1,
          "The ranking stops when the L1 distance of two iterations is at most this.");

  static final ConfigKey<Long> MAX_ITERATIONS =
      ConfigKey.integer(
          "influence.iterations-max",
          200,
          1,
          10_000,
          "A ranking that needs more iterations has not converged and fails the night.");

  static final ConfigKey<SortedMap<String, Double>> VERB_WEIGHTS =
      ConfigKey.weights(
          "influence.verb-weights",
          "repost=3,quote=3,reply=2,mention=1,like=1,follow=1",
          "verb",
          Acts.VERBS.stream().filter(verb -> !verb.equals("block")).toList(),
          1000,
          "Weight of attention by verb; verbs not listed count nothing.");

  static final ConfigKey<Long> TOP_SOURCES =
      ConfigKey.integer(
          "influence.top-sources", 10, 1, 1000, "Sources of influence published per account.");

  static final ConfigKey<Double> REACTION_HALF_LIFE_DAYS =
      ConfigKey.number(
          "score.half-life-days",
          90,
          1,
          3650,
          "Half-life in days of reactions to posts in the score (the slow clock).");

  public static final ConfigKey<Long> LEAST_ACTORS =
      ConfigKey.integer(
          "score.actors-min",
          3,
          1,
          1_000_000,
          "Minimum distinct accounts that attend to an account; below it the evidence is"
              + " insufficient: no score.");

  public static final ConfigKey<Double> LEAST_CREDIBLE =
      ConfigKey.number(
          "score.credible-actors-min",
          0.5,
          0,
          1_000_000,
          "Minimum total credibility of the accounts that attend to an account; below it the"
              + " evidence is insufficient: no score.");

  static final ConfigKey<Long> LEAST_REFERENCE =
      ConfigKey.integer(
          "score.reference-accounts-min",
          1000,
          10,
          1_000_000_000,
          "A network's reference population is fixed when this many accounts have sufficient"
              + " evidence and the network is old enough (score.reference-days-min). Until then"
              + " it is provisional and renewed each night.");

  static final ConfigKey<Long> LEAST_REFERENCE_DAYS =
      ConfigKey.integer(
          "score.reference-days-min",
          270,
          0,
          36_500,
          "Days that a network has to be in the lake before its reference population is fixed:"
              + " after three half-lives of 90 days all but an eighth of the attention to come is"
              + " there.");

  static final ConfigKey<SortedMap<String, Double>> SAMPLE_SHARES =
      ConfigKey.pairs(
          "score.sample-shares",
          "",
          "NETWORK=SHARE pairs, separated by commas, or empty; shares above 0, at most 1",
          "Networks whose dumps are a sample, and what share of all that happens it is, as 0.01 of"
              + " X's sample stream. So that scores mean what they would mean on the whole, it is"
              + " estimated how many accounts the sample has not shown, and in how many weeks the"
              + " others were active.",
          network -> !network.isBlank(),
          ScoreStage::sampleShare);

  private static double sampleShare(String text) {
    double share = Double.parseDouble(text);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(text);
    }
    return share;
  }

  static final ConfigKey<Optional<Config>> CANDIDATE_MODEL =
      ConfigKey.parsed(
          "score.candidate-model",
          "",
          "a path on the driver's machine, or empty",
          "A model file from calibrate, whose scores are published next to the current ones,"
              + " in mart_candidate_scores. For past nights use the job rescore.",
          file -> file.isEmpty() ? Optional.empty() : Optional.of(ModelKeys.read(Path.of(file))));

  static final ConfigKey<Long> SHARD_ROWS =
      ConfigKey.integer(
          "score.shard-rows-max",
          1_000_000,
          1,
          100_000_000,
          "Rows of edges that one task takes. A lake with no more is walked in the driver without"
              + " a task; of a larger one each task takes a range of accounts. It changes no bit of"
              + " a score.");

  @Override
  public String name() {
    return "score";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(ModelKeys.ALL);
    keys.addAll(
        List.of(
            NetworkFormats.FORMATS,
            EDGE_HALF_LIFE_DAYS,
            AGE_DAYS,
            CLAIMED_AGES,
            RISING_IDS,
            VOUCHING,
            ACTIVITY_HALF_LIFE_DAYS,
            TRUSTED,
            DAMPING_FACTOR,
            TOLERANCE,
            MAX_ITERATIONS,
            VERB_WEIGHTS,
            TOP_SOURCES,
            SHARD_ROWS,
            REACTION_HALF_LIFE_DAYS,
            LEAST_ACTORS,
            LEAST_CREDIBLE,
            LEAST_REFERENCE,
            LEAST_REFERENCE_DAYS,
            SAMPLE_SHARES,
            CANDIDATE_MODEL));
    return keys;
  }

  @Override
  public List<TableSchema> inputs() {
    return List.of(
        LoadedFiles.TABLE,
        Accounts.TABLE,
        Exclusions.TABLE,
        Posts.TABLE,
        PostTexts.TABLE,
        DeletedPosts.TABLE,
        Interactions.TABLE);
  }

  @Override
  public List<TableSchema> outputs() {
    return List.of(
        Landmarks.TABLE,
        EdgeIncrements.TABLE,
        AccountState.TABLE,
        RankRuns.TABLE,
        TopSources.TABLE,
        RecentEdges.TABLE,
        PostReactors.TABLE,
        PostReactions.TABLE,
        ScoreModels.TABLE,
        ReferencePopulations.TABLE,
        MartCandidateScores.TABLE);
  }

  @Override
  public void run(Night night) throws Exception {
    new Run(night).run();
    writeCandidates(night);
  }

  private static void writeCandidates(Night night) {
    Optional<Config> candidate = night.value(CANDIDATE_MODEL);
    if (candidate.isEmpty()) {
      return;
    }
    Dataset<Row> earned = night.kept(night.lake().read(AccountState.TABLE));
    Config model = candidate.get();
    if (CandidateScores.isOf(earned, model.value(ModelKeys.MODEL_VERSION))) {
      throw RenownException.configuration(
          "The file of %s has model version %d, the same as the current scores: give it"
              + " another %s.",
          CANDIDATE_MODEL.name(),
          model.value(ModelKeys.MODEL_VERSION),
          ModelKeys.MODEL_VERSION.name());
    }
    CandidateScores.replace(
        night.lake(),
        night.kept(CandidateScores.underModel(earned, model)),
        night.value(LEAST_ACTORS),
        night.value(LEAST_CREDIBLE),
        night.date());
  }

  private static final TableColumn[] DELETED = {
    DeletedPosts.NETWORK,
    DeletedPosts.POST_ID,
    DeletedPosts.AUTHOR_KEY,
    DeletedPosts.HAPPENED_AT,
    DeletedPosts.LOADED_NIGHT
  };

  /** One night's pass. */
  private static final class Run {
    private final Night night;
    private final Lake lake;
    private final long day;

    /** Null once all that they tell has been taken. */
    private Profiles profiles;

    /** The first night of each network's accounts. */
    private final long[] begun;

    private final ColumnRows posts;
    private final ColumnRows texts;
    private final ColumnRows deleted;

    /** Null once all that it tells has been taken. */
    private ColumnRows stateBefore;

    private final AccountNumbers accounts;
    private final Acts acts;
    private final boolean[] excluded;

    /** What is to be written when all is computed. */
    private final List<Together.Step> writes = new ArrayList<>();

    Run(Night night) {
      this.night = night;
      this.lake = night.lake();
      this.day = night.date().toEpochDay();
      ScoreMemory.check(
          TaskMemory.ofDriver(),
          lake.files(EdgeIncrements.TABLE).rowCount(),
          lake.files(Accounts.TABLE).rowCount());
      this.profiles = profiles();
      ColumnRows interactions =
          ofNight(
              Interactions.TABLE,
              Interactions.NIGHT,
              Interactions.NETWORK,
              Interactions.VERB,
              Interactions.ACTOR_KEY,
              Interactions.TARGET_KEY,
              Interactions.OBJECT_ID,
              Interactions.HAPPENED_AT,
              Interactions.CHANGE);
      this.posts =
          ofNight(
              Posts.TABLE,
              Posts.NIGHT,
              Posts.NETWORK,
              Posts.POST_ID,
              Posts.AUTHOR_KEY,
              Posts.HAPPENED_AT,
              Posts.LINKS);
      this.texts =
          ofNight(
              PostTexts.TABLE,
              PostTexts.NIGHT,
              PostTexts.NETWORK,
              PostTexts.POST_ID,
              PostTexts.TEXT);
      this.deleted = ofNight(DeletedPosts.TABLE, DeletedPosts.NIGHT, DELETED);
      this.stateBefore =
          lake.files(AccountState.TABLE)
              .read(
                  Stream.of(AccountState.RANKS, AccountState.ACTIVITY, AccountState.REACTIONS)
                      .flatMap(List::stream)
                      .distinct()
                      .toList());
      this.accounts =
          AccountNumbers.of(
              profiles.rows().longs(Accounts.ACCOUNT_KEY).toArray(),
              profiles.rows().texts(Accounts.NETWORK).toArray(),
              new AccountNumbers.Met(
                  interactions.texts(Interactions.NETWORK),
                  interactions.longs(Interactions.ACTOR_KEY),
                  interactions.longs(Interactions.TARGET_KEY)),
              new AccountNumbers.Met(posts.texts(Posts.NETWORK), posts.longs(Posts.AUTHOR_KEY)));
      this.begun = begun();
      this.acts = Acts.of(interactions, accounts);
      this.excluded = new boolean[accounts.accounts()];
      for (long key :
          lake.files(Exclusions.TABLE)
              .read(Exclusions.ACCOUNT_KEY)
              .longs(Exclusions.ACCOUNT_KEY)
              .toArray()) {
        int account = accounts.of(key);
        if (account >= 0) {
          excluded[account] = true;
        }
      }
    }

    private Profiles profiles() {
      Profiles all = new Profiles(trusted(), names(night.value(RISING_IDS)));
      for (TableFiles file : lake.files(Accounts.TABLE).each()) {
        all.add(file.read(Profiles.COLUMNS));
      }
      return all;
    }

    private long[] begun() {
      long[] first = new long[accounts.networks()];
      Arrays.fill(first, day);
      ColumnRows rows = profiles.rows();
      for (int row = 0; row < rows.size(); row++) {
        int network = accounts.network(rows.texts(Accounts.NETWORK).get(row));
        first[network] = Math.min(first[network], rows.longs(Accounts.FIRST_NIGHT).get(row));
      }
      return first;
    }

    private ColumnRows all(TableSchema table) {
      return lake.files(table).read(table.columns());
    }

    /** The rows of this night. */
    private ColumnRows ofNight(TableSchema table, TableColumn nightColumn, TableColumn... columns) {
      List<TableColumn> wanted = new ArrayList<>(List.of(columns));
      wanted.add(nightColumn);
      return ofNight(lake.files(table), nightColumn, day, wanted);
    }

    /** The rows of a night. */
    private static ColumnRows ofNight(
        TableFiles files, TableColumn nightColumn, long night, List<TableColumn> wanted) {
      ColumnRows found = files.holding(nightColumn, night).read(wanted);
      ColumnRows kept = new ColumnRows(wanted);
      for (int row = 0; row < found.size(); row++) {
        if (found.longs(nightColumn).get(row) == night) {
          kept.addRow(found, row);
        }
      }
      return kept;
    }

    void run() throws Exception {
      int[] weights = new int[accounts.accounts()];
      double[] before = new double[weights.length];
      readRanks(before, weights);
      int[] bounds = EdgeShards.ranges(weights, shards());
      JavaSparkContext context =
          bounds.length == 1 ? null : new JavaSparkContext(lake.spark().sparkContext());
      Carried<AccountNumbers> carried = Carried.of(accounts, context);
      try (EdgeShards shards = addEdges(bounds, carried, context)) {
        run(shards, carried, before);
      }
    }

    /** How many shards the edges are walked in. */
    private int shards() {
      long rows = lake.files(EdgeIncrements.TABLE).rowCount() + acts.count();
      return (int) Math.max(1, -Math.floorDiv(-rows, rowsPerShard()));
    }

    private long rowsPerShard() {
      return Math.min(
          night.value(SHARD_ROWS),
          TaskMemory.of(night).rowsPerTask(ScoreMemory.BYTES_PER_SHARD_ROW));
    }

    private void run(EdgeShards shards, Carried<AccountNumbers> carried, double[] ranksBefore)
        throws Exception {
      Set<String> vouching = names(night.value(VOUCHING));
      boolean wantsPairs = !vouching.isEmpty();
      List<EdgeShard.Attention> attention = shards.each(shard -> shard.attention(wantsPairs));
      writeRecent(shards, carried, attention);
      boolean[] tells = tells(attention);
      EdgeShard.AllAttention allAttention = new EdgeShard.AllAttention(attention);
      Activity activity =
          new Activity(
              accounts,
              stateBefore,
              posts,
              texts,
              deleted,
              acts,
              night.value(ACTIVITY_HALF_LIFE_DAYS),
              day);
      CredibilityFactors credible =
          new CredibilityFactors(
              accounts,
              profiles,
              excluded,
              activity,
              allAttention,
              CredibilityModel.standard()
                  .with(CredibilityModel.Constant.AGE_DAYS, night.value(AGE_DAYS)),
              names(night.value(CLAIMED_AGES)),
              vouching,
              night.value(SAMPLE_SHARES),
              night.value(ACTIVITY_HALF_LIFE_DAYS),
              day);
      Reactions reactions = reactions(credible.credibility);
      // What only went into these is not held while networks are ranked.
      stateBefore = null;
      profiles = null;
      double[] passedOn = credible.passedOn();
      SortedMap<String, Double> verbWeights = new TreeMap<>(night.value(VERB_WEIGHTS));
      int[] actors = new int[accounts.accounts()];
      double[] given = new double[actors.length];
      double[] ranks =
          rank(
              outgoing(shards, verbWeights, credible.tradingShare, passedOn),
              credible.credibility,
              ranksBefore,
              actors,
              given);
      EdgeShard.Rules rules =
          new EdgeShard.Rules(
              verbWeights,
              night.value(DAMPING_FACTOR),
              night.value(EDGE_HALF_LIFE_DAYS),
              new EarnedAttentionModel(Measure.SCORE, night.value(ModelKeys.WEIGHTS)),
              new EarnedAttentionModel(Measure.MOMENTUM, night.value(ModelKeys.MOMENTUM_WEIGHTS)),
              night.value(TOP_SOURCES).intValue());
      Carried<EdgeShard.Ranked> ranked =
          shards.carried(
              new EdgeShard.Ranked(
                  credible.credibility,
                  credible.tradingShare,
                  credible.openShare,
                  passedOn,
                  given,
                  ranks,
                  tells,
                  credibilitySums(ranks, credible.credibility)));
      PostRecord record = reactions.record();
      List<OfRange> ofRanges = new ArrayList<>();
      for (int shard = 0; shard < shards.count(); shard++) {
        int from = shards.from(shard);
        int to = shards.to(shard);
        ofRanges.add(
            new OfRange(
                record.of(from, to), Arrays.copyOfRange(credible.regularityShare, from, to)));
      }
      try (EdgeShards.Walked<EdgeShard.Result> earned =
          shards.each(
              ofRanges,
              (shard, of) ->
                  shard.earned(carried.get(), ranked.get(), of.posts(), of.regularity(), rules))) {
        write(earned, activity, reactions, credible, ranks, actors, allAttention.degrees.edges);
      }
    }

    /** What the third walk goes by of a range of accounts. */
    private record OfRange(PostRecord posts, double[] regularity) implements Serializable {}

    /** In a method of its own, so that what a task is sent does not hold the stage. */
    private static List<EdgeShard.Outgoing> outgoing(
        EdgeShards shards,
        SortedMap<String, Double> verbWeights,
        double[] tradingShare,
        double[] passedOn)
        throws Exception {
      Carried<double[][]> carried = shards.carried(new double[][] {tradingShare, passedOn});
      List<EdgeShard.Outgoing> found =
          shards.each(shard -> shard.outgoing(verbWeights, carried.get()[0], carried.get()[1]));
      carried.letGo();
      return found;
    }

    /** What the third walk tells of all accounts before any can be written. */
    private record Totals(double[] attention, double[] momentum, double[] credibleActors)
        implements Serializable {
      /** Not a number of those that are not ranked. */
      static Totals of(Earned earned) {
        int[] range = IntStream.range(earned.from(), earned.to()).toArray();
        return new Totals(
            Arrays.stream(range)
                .mapToDouble(a -> earned.isRanked(a) ? earned.attention(a) : Double.NaN)
                .toArray(),
            Arrays.stream(range)
                .mapToDouble(a -> earned.isRanked(a) ? earned.momentumAttention(a) : Double.NaN)
                .toArray(),
            Arrays.stream(range).mapToDouble(earned::credibleActors).toArray());
      }

      static Totals together(List<Totals> ranges) {
        return ranges.size() == 1
            ? ranges.get(0)
            : new Totals(
                joined(ranges, Totals::attention),
                joined(ranges, Totals::momentum),
                joined(ranges, Totals::credibleActors));
      }

      private static double[] joined(List<Totals> ranges, Function<Totals, double[]> column) {
        return ranges.stream().map(column).flatMapToDouble(Arrays::stream).toArray();
      }
    }

    /** Writes what is found of accounts, range by range, to be committed with all the rest. */
    private void write(
        EdgeShards.Walked<EdgeShard.Result> walked,
        Activity activity,
        Reactions reactions,
        CredibilityFactors credible,
        double[] ranks,
        int[] actors,
        int[] met)
        throws Exception {
      long modelVersion = night.value(ModelKeys.MODEL_VERSION);
      writeModels();
      Totals totals = Totals.together(walked.each(result -> Totals.of(result.earned())));
      Points.Evidence evidence =
          new Points.Evidence(night.value(LEAST_ACTORS), night.value(LEAST_CREDIBLE));
      References references = references(totals, actors, met, evidence, modelVersion);
      if (references.isChanged()) {
        overwrite(ReferencePopulations.TABLE, references.rows());
      }
      List<DataFile> states = new ArrayList<>();
      List<DataFile> sources = new ArrayList<>();
      Iterator<EdgeShard.Result> results = walked.iterator();
      while (results.hasNext()) {
        EdgeShard.Result result = results.next();
        Earned earned = result.earned();
        int from = earned.from();
        int to = earned.to();
        sources.addAll(lake.writer(TopSources.TABLE).write(sourceRows(result.sources())));
        states.addAll(
            lake.writer(AccountState.TABLE)
                .write(
                    AccountRows.of(
                        List.of(
                            activity.rows(from, to, day),
                            reactions.accountRows(from, to),
                            credible.rows(from, to, day),
                            rankRows(from, to, ranks, actors),
                            earned.rows(accounts, actors, modelVersion, day),
                            Points.rows(
                                accounts,
                                earned,
                                actors,
                                totals.credibleActors(),
                                references,
                                evidence,
                                modelVersion,
                                day)))));
      }
      writes.add(() -> lake.overwrite(AccountState.TABLE, states));
      replaceOlder(
          TopSources.TABLE,
          TopSources.NIGHT,
          night.previous().map(LocalDate::toEpochDay).orElse(day),
          () -> sources);
      Together.run(writes);
    }

    private void overwrite(TableSchema table, ColumnRows rows) {
      writes.add(() -> lake.overwrite(table, rows));
    }

    /** What writes files, to be committed. */
    private interface Written {
      List<DataFile> files() throws IOException;
    }

    /** Adds files, and drops those whose rows are all of nights before one. */
    private void replaceOlder(
        TableSchema table, TableColumn nightColumn, long firstKept, Written written) {
      writes.add(
          () -> {
            TableFiles files = lake.files(table);
            TableFiles dropped =
                files.without(files.within(nightColumn, firstKept, Integer.MAX_VALUE));
            List<DataFile> added = written.files();
            if (dropped.count() > 0 || !added.isEmpty()) {
              lake.replace(table, dropped, added);
            }
          });
    }

    private void writeRecent(
        EdgeShards shards, Carried<AccountNumbers> carried, List<EdgeShard.Attention> attention)
        throws Exception {
      FastEdges.Turnover turnover =
          attention.stream()
              .map(EdgeShard.Attention::turnover)
              .reduce(FastEdges.Turnover::plus)
              .orElseThrow();
      if (turnover.isCompactionDue(lake.files(RecentEdges.TABLE).count())) {
        List<DataFile> files = shards.recent(lake.writer(RecentEdges.TABLE), carried, day);
        writes.add(() -> lake.overwrite(RecentEdges.TABLE, files));
      } else {
        append(
            RecentEdges.TABLE,
            FastEdges.Written.rows(
                attention.stream().map(EdgeShard.Attention::added).toList(), accounts, day));
      }
    }

    /** The networks whose dumps tell of reactions, and not of follows alone. */
    private static boolean[] tells(List<EdgeShard.Attention> attention) {
      boolean[] tells = new boolean[attention.get(0).tellsReactions().length];
      for (EdgeShard.Attention range : attention) {
        for (int network = 0; network < tells.length; network++) {
          tells[network] |= range.tellsReactions()[network];
        }
      }
      return tells;
    }

    private Reactions reactions(double[] credibility) {
      Reactions.Parts parts =
          new Reactions.Parts() {
            @Override
            public List<TableReader> reactors() {
              return lake.files(PostReactors.TABLE).each().stream().map(TableReader::of).toList();
            }

            @Override
            public List<TableReader> posts() {
              return lake.files(PostReactions.TABLE).each().stream().map(TableReader::of).toList();
            }

            @Override
            public long[] postCounts() {
              return lake.files(PostReactions.TABLE).each().stream()
                  .mapToLong(TableFiles::rowCount)
                  .toArray();
            }
          };
      Reactions reactions =
          new Reactions(
              accounts,
              stateBefore,
              parts,
              posts,
              deleted,
              acts,
              credibility,
              night.value(REACTION_HALF_LIFE_DAYS),
              day);
      if (reactions.isCompactionDue()) {
        overwrite(PostReactions.TABLE, reactions.allPostRows());
      } else {
        append(PostReactions.TABLE, reactions.newPostRows());
      }
      replaceOlder(
          PostReactors.TABLE,
          PostReactors.NIGHT,
          reactions.firstNightOfReactors(),
          () -> lake.writer(PostReactors.TABLE).write(reactions.reactorRows()));
      return reactions;
    }

    /** Reads a table file by file. */
    private void read(TableSchema table, List<TableColumn> columns, Consumer<ColumnRows> reader) {
      lake.files(table).each().forEach(file -> reader.accept(file.read(columns)));
    }

    private void append(TableSchema table, ColumnRows rows) {
      if (rows.size() > 0) {
        writes.add(() -> lake.append(table, rows));
      }
    }

    /**
     * Adds the night's acts to the edges, and compacts them where that is due.
     *
     * @param bounds the first account of each shard
     * @return all edges as seen from the end of the night
     */
    private EdgeShards addEdges(
        int[] bounds, Carried<AccountNumbers> carried, JavaSparkContext context)
        throws IOException {
      long halfLife = night.value(EDGE_HALF_LIFE_DAYS);
      ColumnRows known = all(Landmarks.TABLE);
      long[] landmarks = new long[accounts.networks()];
      Arrays.fill(landmarks, Long.MIN_VALUE);
      for (int row = 0; row < known.size(); row++) {
        long its = known.longs(Landmarks.HALF_LIFE_DAYS).get(row);
        if (its != halfLife) {
          throw RenownException.configuration(
              "%s = %d, but the edges of this lake were summed with %d: restore it, or build a"
                  + " new lake with the new value.",
              EDGE_HALF_LIFE_DAYS.name(), halfLife, its);
        }
        int network = accounts.network(known.texts(Landmarks.NETWORK).get(row));
        if (network >= 0) {
          landmarks[network] = known.longs(Landmarks.LANDMARK_DATE).get(row);
        }
      }
      boolean[] acted = new boolean[landmarks.length];
      for (int source : acts.sources()) {
        acted[accounts.networkOf(source)] = true;
      }
      ColumnRows added = new ColumnRows(Landmarks.TABLE);
      for (int network = 0; network < landmarks.length; network++) {
        if (acted[network] && landmarks[network] == Long.MIN_VALUE) {
          landmarks[network] = day;
          addLandmark(added, network, day, halfLife);
        }
      }
      ColumnRows tonight = Increments.ofNight(acts, accounts, landmarks, halfLife, day);
      long[] moves = new long[landmarks.length];
      boolean isDue = false;
      for (int network = 0; network < landmarks.length; network++) {
        if (landmarks[network] != Long.MIN_VALUE) {
          isDue |= Increments.isDue(day - landmarks[network]);
          moves[network] = Increments.move(day - landmarks[network], halfLife);
        }
      }
      EdgeShards shards =
          new EdgeShards(
              sources(bounds, carried, context, tonight, decay(landmarks, halfLife)), context);
      if (!isDue) {
        append(Landmarks.TABLE, added);
        append(EdgeIncrements.TABLE, tonight);
        return shards;
      }
      List<DataFile> compacted = shards.compacted(lake.writer(EdgeIncrements.TABLE), moves);
      writes.add(() -> lake.overwrite(EdgeIncrements.TABLE, compacted));
      ColumnRows moved = new ColumnRows(Landmarks.TABLE);
      for (int network = 0; network < landmarks.length; network++) {
        if (landmarks[network] != Long.MIN_VALUE) {
          addLandmark(moved, network, landmarks[network] + moves[network] * halfLife, halfLife);
        }
      }
      overwrite(Landmarks.TABLE, moved);
      return shards;
    }

    private List<EdgeShards.Source> sources(
        int[] bounds,
        Carried<AccountNumbers> carried,
        JavaSparkContext context,
        ColumnRows tonight,
        double[] decay) {
      Carried<boolean[]> leftOut = Carried.of(excluded, context);
      TableFiles increments = lake.files(EdgeIncrements.TABLE);
      TableFiles recent = lake.files(RecentEdges.TABLE);
      List<EdgeShards.Source> sources = new ArrayList<>();
      for (int shard = 0; shard < bounds.length; shard++) {
        int from = bounds[shard];
        int to = shard + 1 < bounds.length ? bounds[shard + 1] : accounts.accounts();
        EdgeRows rows = new EdgeRows(from, to);
        rows.add(tonight, accounts, null);
        sources.add(
            new EdgeShards.Source(
                from,
                to,
                bounds.length == 1
                    ? increments
                    : touching(
                        increments, EdgeIncrements.SRC_KEY, EdgeIncrements.DST_KEY, from, to),
                bounds.length == 1
                    ? recent
                    : touching(recent, RecentEdges.SRC_KEY, RecentEdges.DST_KEY, from, to),
                rows,
                bounds.length == 1 ? acts : acts.reactionsOf(from, to),
                carried,
                leftOut,
                decay,
                day));
      }
      return sources;
    }

    /** The files that may hold rows from or to accounts of a range. */
    private TableFiles touching(
        TableFiles files, TableColumn source, TableColumn destination, int from, int to) {
      long least = accounts.key(from);
      long most = accounts.key(to - 1);
      return TableFiles.together(
          List.of(files.within(source, least, most), files.within(destination, least, most)));
    }

    private void addLandmark(ColumnRows rows, int network, long date, long halfLife) {
      rows.texts(Landmarks.NETWORK).add(accounts.networkName(network));
      rows.longs(Landmarks.LANDMARK_DATE).add(date);
      rows.longs(Landmarks.HALF_LIFE_DAYS).add(halfLife);
    }

    private double[] decay(long[] landmarks, long halfLife) {
      double[] decay = new double[landmarks.length];
      for (int network = 0; network < decay.length; network++) {
        if (landmarks[network] != Long.MIN_VALUE) {
          decay[network] = ForwardDecay.actsPerUnit(day, landmarks[network], halfLife);
        }
      }
      return decay;
    }

    /** Trusted accounts as network, tab, account id. */
    private Set<String> trusted() {
      Set<String> ids = new HashSet<>();
      if (!night.value(TRUSTED).isEmpty()) {
        NamedAccounts trusted =
            NamedAccounts.read(TRUSTED, night.config(), night.spark())
                .withIds(NetworkFormats.of(night.config())::accountId);
        trusted.tellUnknownNetworks(() -> lake.read(LoadedFiles.TABLE), night.progress());
        trusted.tellUnknownAccounts(() -> lake.read(Accounts.TABLE), night.progress());
        trusted
            .rows()
            .collectAsList()
            .forEach(row -> ids.add(row.getString(0) + "\t" + row.getString(1)));
      }
      return ids;
    }

    /**
     * @param before filled: ranks of the night before
     * @param weights filled: how many attended to each account
     */
    private void readRanks(double[] before, int[] weights) {
      ColumnRows.Doubles ranks = stateBefore.doubles(AccountState.RANK_SHARE);
      for (int row = 0; row < ranks.size(); row++) {
        int account = accounts.of(stateBefore.longs(AccountState.ACCOUNT_KEY).get(row));
        if (account >= 0 && !ranks.isNull(row)) {
          before[account] = ranks.get(row);
          weights[account] = (int) stateBefore.longs(AccountState.ACTOR_COUNT).get(row);
        }
      }
    }

    /**
     * The ranks of all networks; not a number for accounts without an edge.
     *
     * @param actors filled: how many attend to each account
     * @param given filled: all that each account gives
     */
    private double[] rank(
        List<EdgeShard.Outgoing> attention,
        double[] credibility,
        double[] before,
        int[] actors,
        double[] given) {
      int at = 0;
      for (EdgeShard.Outgoing range : attention) {
        System.arraycopy(range.actors(), 0, actors, at, range.actors().length);
        System.arraycopy(range.given(), 0, given, at, range.given().length);
        at += range.given().length;
      }
      RankOptions options =
          RankOptions.standard()
              .withDampingFactor(night.value(DAMPING_FACTOR))
              .withStoppingRule(new StoppingRule.Tolerance(night.value(TOLERANCE)))
              .withMaxIterations(night.value(MAX_ITERATIONS).intValue());
      double[] ranks = new double[accounts.accounts()];
      Arrays.fill(ranks, Double.NaN);
      ColumnRows runs = new ColumnRows(RankRuns.TABLE);
      for (int network = 0; network < accounts.networks(); network++) {
        String name = accounts.networkName(network);
        Optional<Ranking> ranking =
            Ranking.of(
                accounts,
                network,
                attention,
                credibility,
                before,
                options,
                Runtime.getRuntime().availableProcessors(),
                ranks);
        if (ranking.isPresent()) {
          add(runs, name, ranking.get());
        }
      }
      append(RankRuns.TABLE, runs);
      return ranks;
    }

    private void add(ColumnRows runs, String network, Ranking ranking) {
      if (!ranking.outcome.converged()) {
        throw RenownException.audit(
            "Night %s: the ranking of %s did not converge: residual %s after %d iterations, %s"
                + " = %s. Raise %s or the tolerance.",
            night.date(),
            network,
            ranking.outcome.residual(),
            ranking.outcome.iterations(),
            TOLERANCE.name(),
            night.value(TOLERANCE),
            MAX_ITERATIONS.name());
      }
      runs.texts(RankRuns.NETWORK).add(network);
      runs.longs(RankRuns.NIGHT).add(day);
      runs.longs(RankRuns.VERTEX_COUNT).add(ranking.vertices);
      runs.longs(RankRuns.EDGE_COUNT).add(ranking.edges);
      runs.longs(RankRuns.ITERATION_COUNT).add(ranking.outcome.iterations());
      runs.doubles(RankRuns.RESIDUAL).add(ranking.outcome.residual());
      runs.doubles(RankRuns.DAMPING_FACTOR).add(night.value(DAMPING_FACTOR));
      runs.doubles(RankRuns.TOLERANCE).add(night.value(TOLERANCE));
    }

    private ColumnRows rankRows(int from, int to, double[] ranks, int[] actors) {
      ColumnRows rows = new ColumnRows(AccountState.RANKS);
      for (int account = from; account < to; account++) {
        if (!Double.isNaN(ranks[account])) {
          rows.texts(AccountState.NETWORK).add(accounts.networkNameOf(account));
          rows.longs(AccountState.ACCOUNT_KEY).add(accounts.key(account));
          rows.doubles(AccountState.RANK_SHARE).add(ranks[account]);
          rows.longs(AccountState.ACTOR_COUNT).add(actors[account]);
          rows.longs(AccountState.NIGHT).add(day);
        }
      }
      return rows;
    }

    /** In whole units. Accounts of no credit do not dilute the others' rank. */
    private double[] credibilitySums(double[] ranks, double[] credibility) {
      long[] units = new long[accounts.networks()];
      for (int account = 0; account < ranks.length; account++) {
        if (!Double.isNaN(ranks[account])) {
          units[accounts.networkOf(account)] += (long) Math.rint(credibility[account] * Decay.UNIT);
        }
      }
      return Arrays.stream(units).mapToDouble(sum -> sum / Decay.UNIT).toArray();
    }

    private ColumnRows sourceRows(EdgeShard.Sources sources) {
      ColumnRows rows = new ColumnRows(TopSources.TABLE);
      long place = 0;
      for (int i = 0; i < sources.accounts().length; i++) {
        int account = sources.accounts()[i];
        place = i > 0 && sources.accounts()[i - 1] == account ? place + 1 : 1;
        double part = sources.parts()[i];
        rows.texts(TopSources.NETWORK).add(accounts.networkNameOf(account));
        rows.longs(TopSources.ACCOUNT_KEY).add(accounts.key(account));
        rows.longs(TopSources.SOURCE_KEY).add(accounts.key(sources.sources()[i]));
        rows.longs(TopSources.PLACE).add(place);
        rows.doubles(TopSources.RANK_PART).add(part);
        rows.doubles(TopSources.AUTHORITY_PART).add(part * sources.authorityPerRank()[i]);
        rows.longs(TopSources.NIGHT).add(day);
      }
      return rows;
    }

    private References references(
        Totals totals, int[] actors, int[] met, Points.Evidence evidence, long modelVersion) {
      References references = new References(all(ReferencePopulations.TABLE));
      References.Rule rule =
          new References.Rule(night.value(LEAST_REFERENCE), night.value(LEAST_REFERENCE_DAYS));
      SortedMap<String, Double> sampleShares = night.value(SAMPLE_SHARES);
      for (int network = 0; network < begun.length; network++) {
        int its = network;
        int[] ranked =
            IntStream.range(0, accounts.accounts())
                .filter(
                    account ->
                        accounts.networkOf(account) == its
                            && !Double.isNaN(totals.attention()[account]))
                .toArray();
        if (ranked.length > 0) {
          references.decide(
              new References.Network(
                  accounts.networkName(network),
                  Arrays.stream(ranked)
                      .filter(
                          account ->
                              evidence.isSufficient(
                                  actors[account], totals.credibleActors()[account]))
                      .count(),
                  day - begun[network] + 1,
                  Arrays.stream(ranked)
                      .mapToDouble(account -> totals.attention()[account])
                      .toArray(),
                  Arrays.stream(ranked)
                      .mapToDouble(account -> totals.momentum()[account])
                      .toArray(),
                  sampleShares.getOrDefault(accounts.networkName(network), 1.0) < 1
                      ? References.unseen(met, ranked)
                      : 0),
              rule,
              modelVersion,
              day);
        }
      }
      return references;
    }

    /** Only where another model is in force than the night before. */
    private void writeModels() {
      ColumnRows models = models();
      List<TableColumn> told =
          ScoreModels.TABLE.columns().stream().filter(c -> !c.equals(ScoreModels.NIGHT)).toList();
      if (!models.hasSame(all(ScoreModels.TABLE), told)) {
        overwrite(ScoreModels.TABLE, models);
      }
    }

    private ColumnRows models() {
      ColumnRows rows = new ColumnRows(ScoreModels.TABLE);
      for (Measure measure : Measure.values()) {
        Map<String, Double> weights = night.value(ModelKeys.weights(measure));
        EarnedAttentionModel model = new EarnedAttentionModel(measure, weights);
        for (Term term : Term.values()) {
          if (!term.isOf(measure)) {
            continue;
          }
          rows.texts(ScoreModels.MEASURE).add(measure.word());
          rows.texts(ScoreModels.TERM).add(term.word());
          rows.longs(ScoreModels.PLACE).add(term.ordinal() + 1L);
          rows.doubles(ScoreModels.WEIGHT).add(model.weight(term));
          rows.doubles(ScoreModels.SCALE).add(model.scale(term));
          rows.texts(ScoreModels.MEANING).add(term.meaning(measure));
          rows.longs(ScoreModels.MODEL_VERSION).add(night.value(ModelKeys.MODEL_VERSION));
          rows.longs(ScoreModels.NIGHT).add(day);
        }
      }
      return rows;
    }
  }
}
