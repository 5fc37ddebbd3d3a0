package renown.night.score.accounts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import renown.engine.decay.ForwardDecay;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.lake.ColumnRows;
import renown.lake.TableReader;
import renown.night.score.model.CredibilityModel;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.DeletedPosts;
import renown.tables.EdgeIncrements;
import renown.tables.Interactions;
import renown.tables.PostReactions;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.RecentEdges;
import renown.tables.ReferencePopulations;
import renown.tables.TableColumn;

/**
 * Scores of a network that fits into memory, night after night, by the same arithmetic as the stage
 * but without a lake: for experiments that need hundreds of nights. Only the ranks are started anew
 * each night.
 */
public final class NightsInMemory {
  /** What is read of an account. */
  public static final List<TableColumn> PROFILES =
      List.of(
          Accounts.NETWORK,
          Accounts.ACCOUNT_KEY,
          Accounts.ACCOUNT_ID,
          Accounts.DISPLAY_NAME,
          Accounts.DESCRIPTION,
          Accounts.CREATED_AT,
          Accounts.FOLLOWER_COUNT,
          Accounts.FOLLOWING_COUNT,
          Accounts.IS_AUTOMATED,
          Accounts.IS_VERIFIED,
          Accounts.PROFILE_AT,
          Accounts.FIRST_NIGHT);

  /** What is read of a post. */
  public static final List<TableColumn> POSTS =
      List.of(Posts.NETWORK, Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT, Posts.LINKS);

  /** What is read of a post's text. */
  public static final List<TableColumn> TEXTS =
      List.of(PostTexts.NETWORK, PostTexts.POST_ID, PostTexts.TEXT);

  /** What is read of an act. */
  public static final List<TableColumn> INTERACTIONS =
      List.of(
          Interactions.NETWORK,
          Interactions.VERB,
          Interactions.ACTOR_KEY,
          Interactions.TARGET_KEY,
          Interactions.OBJECT_ID,
          Interactions.HAPPENED_AT,
          Interactions.CHANGE);

  private static final long HALF_LIFE_DAYS = 90;
  private static final double DAMPING_FACTOR = 0.85;

  /**
   * What a night goes by.
   *
   * @param claimedAges networks on which an account can claim any age
   * @param vouching as {@code credibility.vouching-networks}
   * @param leastReferenceDays as {@code score.reference-days-min}
   * @param sampleShare as {@code score.sample-shares}; 1 of the whole
   * @param leastReferenceAccounts as {@code score.reference-accounts-min}
   */
  public record Settings(
      CredibilityModel credibility,
      EarnedAttentionModel score,
      EarnedAttentionModel momentum,
      Set<String> claimedAges,
      Set<String> vouching,
      SortedMap<String, Double> verbWeights,
      long leastReferenceAccounts,
      long leastReferenceDays,
      double sampleShare) {
    /** Those of a night with default keys. */
    public static Settings standard() {
      return new Settings(
          CredibilityModel.standard(),
          new EarnedAttentionModel(Measure.SCORE, ModelKeys.WEIGHTS.defaultValue().orElseThrow()),
          new EarnedAttentionModel(
              Measure.MOMENTUM, ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow()),
          ScoreStage.names(ScoreStage.CLAIMED_AGES.defaultValue().orElseThrow()),
          Set.of(),
          ScoreStage.VERB_WEIGHTS.defaultValue().orElseThrow(),
          ScoreStage.LEAST_REFERENCE.defaultValue().orElseThrow(),
          ScoreStage.LEAST_REFERENCE_DAYS.defaultValue().orElseThrow(),
          1);
    }

    /** The same where a reference population is fixed with so many accounts, on such a day. */
    public Settings withReference(long accounts, long days) {
      return new Settings(
          credibility,
          score,
          momentum,
          claimedAges,
          vouching,
          verbWeights,
          accounts,
          days,
          sampleShare);
    }

    /** The same where the acts are a sample of such a share. */
    public Settings ofSample(double share) {
      return new Settings(
          credibility,
          score,
          momentum,
          claimedAges,
          vouching,
          verbWeights,
          leastReferenceAccounts,
          leastReferenceDays,
          share);
    }

    /** The same where it counts on some networks whether anybody vouches for an account. */
    public Settings withVouching(Set<String> networks) {
      return new Settings(
          credibility,
          score,
          momentum,
          claimedAges,
          networks,
          verbWeights,
          leastReferenceAccounts,
          leastReferenceDays,
          sampleShare);
    }

    public Settings with(CredibilityModel other) {
      return new Settings(
          other,
          score,
          momentum,
          claimedAges,
          vouching,
          verbWeights,
          leastReferenceAccounts,
          leastReferenceDays,
          sampleShare);
    }

    /** The same with other weights. */
    public Settings with(EarnedAttentionModel otherScore, EarnedAttentionModel otherMomentum) {
      return new Settings(
          credibility,
          otherScore,
          otherMomentum,
          claimedAges,
          vouching,
          verbWeights,
          leastReferenceAccounts,
          leastReferenceDays,
          sampleShare);
    }
  }

  /**
   * What a night found, by the number of an account: its place among all keys.
   *
   * @param keys of the accounts, rising
   * @param actorCount accounts that attend to each
   * @param values of the score's terms; null of accounts without an edge
   * @param attention logarithm of earned attention; 0 without an edge
   * @param attentionVariance of its logarithm if other people had acted
   * @param attentionFreedom degrees of freedom of that; infinite where there is no variance
   * @param attentionHigh the upper end of the 90 % interval of the logarithm
   * @param points the score; not a number where the evidence is insufficient
   * @param halfWidth of the score's interval, on its wider side
   * @param referenceVersion 0 while the reference population is provisional
   */
  public record Found(
      long[] keys,
      double[] credibility,
      int[] actorCount,
      double[][] values,
      double[][] momentumValues,
      double[] attention,
      double[] momentumAttention,
      double[] attentionVariance,
      double[] attentionFreedom,
      double[] attentionHigh,
      double[] points,
      double[] momentumPoints,
      double[] halfWidth,
      long referenceVersion) {
    /** The number of a key, or less than 0. */
    public int of(long key) {
      return Arrays.binarySearch(keys, key);
    }
  }

  private final Settings settings;
  private ColumnRows edges = new ColumnRows(EdgeIncrements.TABLE);
  private ColumnRows activities = new ColumnRows(AccountState.ACTIVITY);
  private ColumnRows recentEdges = new ColumnRows(RecentEdges.TABLE);
  private ColumnRows accountReactions = new ColumnRows(AccountState.REACTIONS);
  private ColumnRows postReactions = new ColumnRows(PostReactions.TABLE);
  private final List<ColumnRows> postReactors = new ArrayList<>();
  private ColumnRows populations = new ColumnRows(ReferencePopulations.TABLE);
  private long landmark = Long.MIN_VALUE;

  public NightsInMemory(Settings settings) {
    this.settings = settings;
  }

  /**
   * The next night of a single network.
   *
   * @param profiles {@link #PROFILES} of all accounts that were ever seen
   * @param posts {@link #POSTS} of the night
   * @param texts {@link #TEXTS} of the night
   * @param interactions {@link #INTERACTIONS} of the night
   */
  public Found night(
      ColumnRows profiles, ColumnRows posts, ColumnRows texts, ColumnRows interactions, long day) {
    ColumnRows deleted = new ColumnRows(DeletedPosts.TABLE);
    return night(profiles, posts, texts, deleted, interactions, Set.of(), day);
  }

  /**
   * The same where accounts are not to be scored.
   *
   * @param deleted of the night: columns of {@code deleted_posts}
   * @param excludedKeys of accounts that are not to be scored
   */
  Found night(
      ColumnRows profiles,
      ColumnRows posts,
      ColumnRows texts,
      ColumnRows deleted,
      ColumnRows interactions,
      Set<Long> excludedKeys,
      long day) {
    AccountNumbers accounts =
        AccountNumbers.of(
            profiles.longs(Accounts.ACCOUNT_KEY).toArray(),
            profiles.texts(Accounts.NETWORK).toArray());
    Acts acts = Acts.of(interactions, accounts);
    landmark = landmark == Long.MIN_VALUE ? day : landmark;
    edges.addAll(Increments.ofNight(acts, accounts, new long[] {landmark}, HALF_LIFE_DAYS, day));
    if (Increments.isDue(day - landmark)) {
      long moves = Increments.move(day - landmark, HALF_LIFE_DAYS);
      edges = Increments.compacted(EdgeRows.of(edges, accounts), accounts, new long[] {moves}, day);
      landmark += moves * HALF_LIFE_DAYS;
    }
    double[] decay = {ForwardDecay.actsPerUnit(day, landmark, HALF_LIFE_DAYS)};
    boolean[] excluded = new boolean[accounts.accounts()];
    excludedKeys.forEach(key -> excluded[accounts.of(key)] = true);
    FastEdges fast = new FastEdges(accounts, recentEdges, acts, day);
    recentEdges = FastEdges.Written.rows(List.of(fast.all()), accounts, day);
    EdgeShard shard =
        new EdgeShard(
            new StandingEdges(EdgeRows.of(edges, accounts), accounts, excluded, decay), fast);
    EdgeShard.Attention attention = shard.attention(!settings.vouching().isEmpty());
    EdgeShard.AllAttention all = new EdgeShard.AllAttention(List.of(attention));
    Activity activity =
        new Activity(accounts, activities, posts, texts, deleted, acts, HALF_LIFE_DAYS, day);
    activities = activity.rows(day);
    CredibilityFactors credible =
        new CredibilityFactors(
            accounts,
            new Profiles(
                    Set.of(), ScoreStage.names(ScoreStage.RISING_IDS.defaultValue().orElseThrow()))
                .add(profiles),
            excluded,
            activity,
            all,
            settings.credibility(),
            settings.claimedAges(),
            settings.vouching(),
            accounts.networks() == 0
                ? Map.of()
                : Map.of(accounts.networkName(0), settings.sampleShare()),
            HALF_LIFE_DAYS,
            day);
    double[] credibility = credible.credibility;
    double[] passedOn = credible.passedOn();
    EdgeShard.Outgoing outgoing =
        shard.outgoing(settings.verbWeights(), credible.tradingShare, passedOn);
    double[] ranks = new double[accounts.accounts()];
    Arrays.fill(ranks, Double.NaN);
    Ranking.of(
        accounts,
        0,
        List.of(outgoing),
        credibility,
        new double[accounts.accounts()],
        RankOptions.standard()
            .withDampingFactor(DAMPING_FACTOR)
            .withStoppingRule(new StoppingRule.Tolerance(1e-6)),
        1,
        ranks);
    Reactions.Parts parts =
        new Reactions.Parts() {
          private final ColumnRows posts = postReactions;

          @Override
          public List<TableReader> reactors() {
            return postReactors.stream().<TableReader>map(rows -> columns -> rows).toList();
          }

          @Override
          public List<TableReader> posts() {
            return List.of(columns -> posts);
          }

          @Override
          public long[] postCounts() {
            return new long[] {posts.size()};
          }
        };
    Reactions reactions =
        new Reactions(
            accounts,
            accountReactions,
            parts,
            posts,
            deleted,
            acts,
            credibility,
            HALF_LIFE_DAYS,
            day);
    accountReactions = reactions.accountRows();
    postReactions = reactions.allPostRows();
    postReactors.add(reactions.reactorRows());
    if (postReactors.size() > Reactions.YOUNG_DAYS) {
      postReactors.remove(0);
    }
    Earned earned =
        shard
            .earned(
                accounts,
                new EdgeShard.Ranked(
                    credibility,
                    credible.tradingShare,
                    credible.openShare,
                    passedOn,
                    outgoing.given(),
                    ranks,
                    attention.tellsReactions(),
                    new double[] {sum(ranks, credibility)}),
                reactions.record(),
                credible.regularityShare,
                new EdgeShard.Rules(
                    settings.verbWeights(),
                    DAMPING_FACTOR,
                    HALF_LIFE_DAYS,
                    settings.score(),
                    settings.momentum(),
                    0))
            .earned();
    return found(
        accounts, earned, outgoing.actors(), all.degrees.edges, credibility, profiles, day);
  }

  private static double sum(double[] ranks, double[] credibility) {
    double sum = 0;
    for (int account = 0; account < ranks.length; account++) {
      sum += Double.isNaN(ranks[account]) ? 0 : credibility[account];
    }
    return sum;
  }

  private Found found(
      AccountNumbers accounts,
      Earned earned,
      int[] actors,
      int[] met,
      double[] credibility,
      ColumnRows profiles,
      long day) {
    int count = accounts.accounts();
    double[] credibleActors =
        IntStream.range(0, count).mapToDouble(earned::credibleActors).toArray();
    int[] ranked = IntStream.range(0, count).filter(earned::isRanked).toArray();
    Points.Evidence evidence =
        new Points.Evidence(
            ScoreStage.LEAST_ACTORS.defaultValue().orElseThrow(),
            ScoreStage.LEAST_CREDIBLE.defaultValue().orElseThrow());
    double[] points = new double[count];
    double[] momentumPoints = new double[count];
    double[] halfWidth = new double[count];
    double[] attentionVariance = new double[count];
    double[] attentionFreedom = new double[count];
    Arrays.fill(points, Double.NaN);
    Arrays.fill(momentumPoints, Double.NaN);
    long version = 0;
    if (ranked.length > 0) {
      References references = new References(populations);
      String network = accounts.networkName(0);
      references.decide(
          new References.Network(
              network,
              Arrays.stream(ranked)
                  .filter(
                      account -> evidence.isSufficient(actors[account], credibleActors[account]))
                  .count(),
              day
                  - Arrays.stream(profiles.longs(Accounts.FIRST_NIGHT).toArray()).min().orElse(day)
                  + 1,
              Arrays.stream(ranked).mapToDouble(earned::attention).toArray(),
              Arrays.stream(ranked).mapToDouble(earned::momentumAttention).toArray(),
              settings.sampleShare() < 1 ? References.unseen(met, ranked) : 0),
          new References.Rule(settings.leastReferenceAccounts(), settings.leastReferenceDays()),
          1,
          day);
      populations = references.rows();
      version = references.version(network);
      ColumnRows rows =
          Points.rows(accounts, earned, actors, credibleActors, references, evidence, 1, day);
      for (int row = 0; row < rows.size(); row++) {
        int account = accounts.of(rows.longs(AccountState.ACCOUNT_KEY).get(row));
        attentionVariance[account] = earned.variance(account);
        attentionFreedom[account] = earned.freedom(account);
        if (!rows.doubles(AccountState.SCORE).isNull(row)) {
          points[account] = rows.doubles(AccountState.SCORE).get(row);
          momentumPoints[account] = rows.doubles(AccountState.MOMENTUM).get(row);
          halfWidth[account] =
              Math.max(
                  points[account] - rows.doubles(AccountState.SCORE_LOW).get(row),
                  rows.doubles(AccountState.SCORE_HIGH).get(row) - points[account]);
        }
      }
    }
    long[] keys = new long[count];
    Arrays.setAll(keys, accounts::key);
    return new Found(
        keys,
        credibility,
        actors,
        IntStream.range(0, count).mapToObj(earned::termValues).toArray(double[][]::new),
        IntStream.range(0, count).mapToObj(earned::momentumTermValues).toArray(double[][]::new),
        IntStream.range(0, count).mapToDouble(earned::logarithm).toArray(),
        IntStream.range(0, count).mapToDouble(earned::momentumLogarithm).toArray(),
        attentionVariance,
        attentionFreedom,
        IntStream.range(0, count).mapToDouble(earned::highLogarithm).toArray(),
        points,
        momentumPoints,
        halfWidth,
        version);
  }
}
