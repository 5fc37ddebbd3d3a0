package renown.night.score.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.kernels.accounts.DistinctActors;
import renown.kernels.accounts.EdgeGraph;
import renown.kernels.accounts.RankSources;
import renown.kernels.accounts.TradedWeights;
import renown.kernels.rank.RankOptions;
import renown.kernels.rank.StoppingRule;
import renown.lake.ColumnRows;
import renown.night.score.model.EarnedAttentionModel;
import renown.night.score.model.Measure;
import renown.night.score.model.ModelKeys;
import renown.tables.AccountActivities;
import renown.tables.AccountReactions;
import renown.tables.Accounts;
import renown.tables.PostReactions;
import renown.tables.PostReactors;
import renown.tables.PostTexts;
import renown.tables.Posts;
import renown.tables.RecentEdges;
import renown.testing.Graphs;

/**
 * Whether intervals have the right coverage on real events, by the kernels alone. The acts of half
 * of the accounts are one sample, those of the others another; in the sample that is not theirs
 * they do the same to accounts that nobody has. What an account earns in the two should differ by
 * no more than its two intervals allow, for nine accounts in ten.
 */
class IntervalCoverageTest {
  private static final int LEAST_ACTORS = 3;
  private static final double LEAST_CREDIBLE = 0.5;

  private record Event(String source, String target, long seconds, String verb) {}

  private record Estimate(int actors, double low, double logarithm, double high, double reactors) {}

  private static List<Event> messages() throws IOException {
    List<Event> events = new ArrayList<>();
    Path file = Graphs.realData("interactions/CollegeMsg.txt");
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split(" ");
      if (Character.isDigit(line.charAt(0))) {
        events.add(new Event(fields[0], fields[1], Long.parseLong(fields[2]), "mention"));
      }
    }
    return events;
  }

  private static List<Event> ratings() throws IOException {
    List<Event> events = new ArrayList<>();
    Path file = Graphs.realData("interactions/bitcoin-otc.csv");
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split(",");
      String verb = Integer.parseInt(fields[2]) > 0 ? "like" : "block";
      events.add(new Event(fields[0], fields[1], (long) Double.parseDouble(fields[3]), verb));
    }
    return events;
  }

  /** What each account earns by the acts of half of the others; those with a score. */
  private static Map<String, Estimate> estimates(List<Event> events, int half) {
    Map<String, Integer> numbers = new HashMap<>();
    List<Object[]> rows = new ArrayList<>();
    long last = events.stream().mapToLong(Event::seconds).max().orElseThrow();
    LocalDate night = Instant.ofEpochSecond(last).atZone(ZoneOffset.UTC).toLocalDate();
    for (Event event : events) {
      // Any even split that does not follow the order of the ids.
      boolean isOfHalf = (event.source().hashCode() * 0x9E3779B1 >>> 31) == half;
      String target = isOfHalf ? event.target() : "nobody-" + event.target();
      rows.add(
          new Object[] {
            event.verb(),
            numbers.computeIfAbsent(event.source(), id -> numbers.size()),
            numbers.computeIfAbsent(target, id -> numbers.size()),
            null,
            Instant.ofEpochSecond(event.seconds()),
            1
          });
    }
    int count = numbers.size();
    long day = night.toEpochDay();
    AccountNumbers accounts = Given.accounts(count);
    Acts acts = Given.acts(accounts, rows.toArray(new Object[0][]));
    ColumnRows increments = Increments.ofNight(acts, accounts, new long[] {day}, 90, day);
    boolean[] excluded = new boolean[count];
    double[] decay = {renown.engine.decay.ForwardDecay.actsPerUnit(day, day, 90)};
    StandingEdges edges = new StandingEdges(increments, accounts, excluded, decay);
    ColumnRows posts =
        Given.rows(
            List.of(
                Posts.NETWORK, Posts.POST_ID, Posts.AUTHOR_KEY, Posts.HAPPENED_AT, Posts.LINKS));
    Activity activity =
        new Activity(
            accounts,
            Given.rows(AccountActivities.TABLE),
            posts,
            Given.rows(List.of(PostTexts.NETWORK, PostTexts.POST_ID, PostTexts.TEXT)),
            acts,
            90,
            day);
    Object[][] profiles = new Object[count][];
    Arrays.setAll(
        profiles,
        i ->
            new Object[] {"x", i, "id" + i, null, null, null, null, null, null, null, null, night});
    CredibilityFactors credible =
        new CredibilityFactors(
            accounts,
            Given.rows(
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
                    Accounts.FIRST_NIGHT),
                profiles),
            excluded,
            Set.of(),
            activity,
            edges,
            90,
            90,
            day);
    EdgeGraph graph = edges.graph();
    double[] weights =
        edges.rankWeights(
            new TreeMap<>(
                Map.of(
                    "repost", 3.0, "quote", 3.0, "reply", 2.0, "mention", 1.0, "like", 1.0,
                    "follow", 1.0)));
    TradedWeights traded = new TradedWeights(graph, weights, credible.tradingShare);
    double[] ranks = new double[count];
    Arrays.fill(ranks, Double.NaN);
    Ranking.of(
        accounts,
        0,
        graph,
        traded,
        credible.credibility,
        new double[count],
        RankOptions.standard().withStoppingRule(new StoppingRule.Tolerance(1e-6)),
        1,
        ranks);
    FastEdges fast = new FastEdges(accounts, Given.rows(RecentEdges.TABLE), acts, day);
    Reactions reactions =
        new Reactions(
            accounts,
            new Reactions.Before(
                Given.rows(AccountReactions.TABLE),
                Given.rows(PostReactions.TABLE),
                Given.rows(PostReactors.TABLE)),
            posts,
            acts,
            credible.credibility,
            90,
            day);
    DistinctActors standing = new DistinctActors(graph, edges.acts(), credible.credibility);
    double sum = 0;
    for (int account = 0; account < count; account++) {
      sum += Double.isNaN(ranks[account]) ? 0 : credible.credibility[account];
    }
    RankSources sources = new RankSources(graph, traded.left, traded.given, ranks, 0.85);
    Earned earned =
        new Earned(
            new Earned.Known(
                accounts,
                ranks,
                sources.parts(),
                standing,
                new DistinctActors(
                    fast.graph(),
                    fast.acts(ModelKeys.MOMENTUM_SHARES.defaultValue().orElseThrow()),
                    credible.credibility),
                reactions,
                reactions.hIndexes(),
                credible.regularityShare,
                new boolean[] {true},
                new double[] {sum},
                0.1),
            new EarnedAttentionModel(Measure.SCORE, ModelKeys.WEIGHTS.defaultValue().orElseThrow()),
            new EarnedAttentionModel(
                Measure.MOMENTUM, ModelKeys.MOMENTUM_WEIGHTS.defaultValue().orElseThrow()));
    Map<String, Estimate> estimates = new TreeMap<>();
    numbers.forEach(
        (id, account) -> {
          int actors = 0;
          for (int place = graph.firstIn(account); place < graph.endIn(account); place++) {
            actors += weights[graph.in(place)] > 0 ? 1 : 0;
          }
          if (!id.startsWith("nobody-")
              && actors >= LEAST_ACTORS
              && standing.credibleActors(account) >= LEAST_CREDIBLE) {
            estimates.put(
                id,
                new Estimate(
                    actors,
                    Math.log(earned.low(account)),
                    earned.logarithms[account],
                    Math.log(earned.high(account)),
                    standing.reactors(account)));
          }
        });
    return estimates;
  }

  private static double covered(
      List<String> ids, Map<String, Estimate> one, Map<String, Estimate> other) {
    int covered = 0;
    for (String id : ids) {
      Estimate a = one.get(id);
      Estimate b = other.get(id);
      Estimate less = a.logarithm() < b.logarithm() ? a : b;
      Estimate more = less == a ? b : a;
      covered +=
          more.logarithm() - less.logarithm()
                  <= Math.hypot(less.high() - less.logarithm(), more.logarithm() - more.low())
              ? 1
              : 0;
    }
    return covered / (double) ids.size();
  }

  private static double[] coverage(List<Event> events) {
    Map<String, Estimate> one = estimates(events, 0);
    Map<String, Estimate> other = estimates(events, 1);
    List<String> both =
        one.keySet().stream()
            .filter(other::containsKey)
            .filter(id -> one.get(id).reactors() > 0 || other.get(id).reactors() > 0)
            .sorted(
                Comparator.comparingInt(
                        (String id) -> one.get(id).actors() + other.get(id).actors())
                    .thenComparing(id -> id))
            .toList();
    double[] shares = new double[5];
    shares[0] = both.size();
    shares[1] = covered(both, one, other);
    for (int third = 0; third < 3; third++) {
      shares[2 + third] =
          covered(both.subList(third * both.size() / 3, (third + 1) * both.size() / 3), one, other);
    }
    return shares;
  }

  @Test
  void nineInTenAreCoveredInEachThirdByNumberOfActors() throws Exception {
    for (List<Event> all : List.of(messages(), ratings())) {
      // Up to where there is still much to see; later the networks fade.
      List<Event> events = new ArrayList<>(all);
      events.sort(Comparator.comparingLong(Event::seconds));
      double[] shares = coverage(events.subList(0, events.size() * 7 / 10));
      assertThat(shares[0]).isGreaterThan(150);
      assertThat(shares[1]).isBetween(0.85, 0.99);
      // Of a third of some 180 the measured share is within 0.05 of the true one. What an account
      // returns lies in one sample alone, so among the most active the two differ by more than
      // chance.
      for (int third = 0; third < 3; third++) {
        assertThat(shares[2 + third]).isGreaterThan(0.8);
      }
    }
  }
}
