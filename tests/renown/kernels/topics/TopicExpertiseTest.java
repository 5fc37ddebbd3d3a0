package renown.kernels.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import renown.kernels.rarity.RarityScale;

/** Against the equations of the package page, done plainly, topic by topic and pair by pair. */
class TopicExpertiseTest {
  private static final int EVERYTHING = 0;
  private static final int CHESS = 1;
  private static final int MUSIC = 2;
  private static final int TOPICS = 3;
  private static final TopicClock CLOCK = new TopicClock(20_467, 90);
  private static final double[] WEIGHTS = {1, 3, 1.5, 1.5, 0.7, 2};
  private static final double DAMPING = 0.7;
  private static final double LEAST_CREDIBILITY = 0.2;
  private static final double VOTE_WEIGHT = 0.5;
  private static final double VOTE_PRIOR = 4;
  private static final TopicExpertise.Options OPTIONS =
      new TopicExpertise.Options(
          WEIGHTS, CLOCK, DAMPING, 1e-12, 1000, LEAST_CREDIBILITY, VOTE_WEIGHT, VOTE_PRIOR, 3);

  /** A row of sums. */
  private record Act(
      int topic, long source, long destination, TopicVerb verb, long count, double acts, long at) {
    long units() {
      return (long) (acts / CLOCK.actsPerUnit());
    }
  }

  private static Act act(int topic, long source, long destination, TopicVerb verb, double acts) {
    return new Act(topic, source, destination, verb, Math.round(acts), acts, 0);
  }

  private static TopicSums sums(List<Act> acts) {
    TopicSums sums = new TopicSums();
    for (Act act : acts) {
      sums.add(
          act.topic,
          act.source,
          act.destination,
          act.verb,
          act.count,
          act.units(),
          act.at,
          "p" + act.at);
    }
    return sums;
  }

  private static TopicExpertise expertise(
      List<Act> acts, Map<Long, double[]> credibilities, Set<Long> excluded) {
    TopicSums sums = sums(acts);
    TopicAccounts accounts = new TopicAccounts(sums.accounts());
    credibilities.forEach((key, values) -> accounts.tell(key, values[0], values[1]));
    excluded.forEach(accounts::exclude);
    return alone(new TopicExpertise(sums, TOPICS, EVERYTHING, accounts, OPTIONS));
  }

  /** All topics in one place. */
  private static TopicExpertise alone(TopicExpertise expertise) {
    return expertise.returning(expertise.given());
  }

  private static Map<Long, Integer> rows(JudgedTopic judged) {
    Map<Long, Integer> rows = new TreeMap<>();
    for (int row = 0; row < judged.size(); row++) {
      rows.put(judged.accountKey(row), row);
    }
    return rows;
  }

  /** However topics are shared out among tasks, what is judged is the same, bit for bit. */
  @Test
  void topicsThatAreSharedOutAreJudgedAlike() {
    Random random = new Random(11);
    List<Act> acts = randomActs(random, 40, 4000);
    Map<Long, double[]> credibilities = randomCredibilities(random, 40);
    TopicExpertise together = expertise(acts, credibilities, Set.of(3000L));
    List<TopicExpertise> shards = new ArrayList<>();
    for (int topic = CHESS; topic < TOPICS; topic++) {
      int its = topic;
      TopicSums sums =
          sums(acts.stream().filter(a -> a.topic == its || a.topic == EVERYTHING).toList());
      TopicAccounts accounts = new TopicAccounts(sums.accounts());
      credibilities.forEach((key, values) -> accounts.tell(key, values[0], values[1]));
      accounts.exclude(3000L);
      shards.add(new TopicExpertise(sums, TOPICS, EVERYTHING, accounts, OPTIONS));
    }
    for (int parts : new int[] {1, 3, 8}) {
      List<PairWeights[]> sent = shards.stream().map(s -> s.given().parts(parts)).toList();
      for (int shard = 0; shard < shards.size(); shard++) {
        List<PairWeights> received = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
          int number = part;
          PairWeights all = PairWeights.together(sent.stream().map(s -> s[number]).toList());
          received.add(all.mutualOf(sent.get(shard)[part]));
        }
        shards.get(shard).returning(PairWeights.together(received));
        JudgedTopic alike = shards.get(shard).judge(CHESS + shard, true);
        JudgedTopic whole = together.judge(CHESS + shard, true);
        assertThat(rows(alike).keySet()).isEqualTo(rows(whole).keySet()).hasSizeGreaterThan(20);
        rows(whole)
            .forEach(
                (key, row) -> {
                  int other = rows(alike).get(key);
                  assertThat(alike.earned(other)).isEqualTo(whole.earned(row));
                  assertThat(alike.expertiseLow(other)).isEqualTo(whole.expertiseLow(row));
                  assertThat(alike.attesterCount(other)).isEqualTo(whole.attesterCount(row));
                  assertThat(alike.interest(other)).isEqualTo(whole.interest(row));
                });
      }
    }
    // It is not that nothing would be returned.
    double[] alone =
        new double[] {
          shards.get(0).returning(shards.get(0).given()).judge(CHESS, true).earned(5),
          together.judge(CHESS, true).earned(5)
        };
    assertThat(alone[0]).isNotEqualTo(alone[1]);
  }

  // ---- Random acts

  private static List<Act> randomActs(Random random, int accounts, int count) {
    List<Act> acts = new ArrayList<>();
    List<TopicVerb> attention = Arrays.asList(TopicVerb.values()).subList(0, 6);
    for (int i = 0; i < count; i++) {
      int topic = 1 + random.nextInt(TOPICS - 1);
      // Keys far apart, a few of them much more often than the rest.
      long source = 1000L * (int) (accounts * Math.pow(random.nextDouble(), 2));
      long destination = 1000L * (int) (accounts * Math.pow(random.nextDouble(), 2));
      double many = 0.01 + 3 * random.nextDouble();
      long at = random.nextInt(1000);
      if (source == destination) {
        acts.add(new Act(topic, source, source, TopicVerb.POST, 1, many, at));
        acts.add(new Act(EVERYTHING, source, source, TopicVerb.POST, 1, 1.5 * many, at));
      } else if (random.nextInt(8) == 0) {
        acts.add(new Act(topic, -7, destination, TopicVerb.VOTE, 1, many, at));
        acts.add(new Act(EVERYTHING, destination, destination, TopicVerb.VOTE, 1, many, at));
        acts.add(new Act(topic, destination, destination, TopicVerb.POST, 1, many, at));
      } else {
        TopicVerb verb = attention.get(random.nextInt(6));
        // Now and then something is undone of which nothing is known.
        int change = random.nextInt(20) == 0 ? -1 : 1;
        acts.add(new Act(topic, source, destination, verb, change, change * many, at));
        acts.add(new Act(EVERYTHING, source, source, TopicVerb.REACTION, change, many, at));
        acts.add(
            new Act(EVERYTHING, destination, destination, TopicVerb.RECEIVED, change, many, at));
      }
    }
    return acts;
  }

  private static Map<Long, double[]> randomCredibilities(Random random, int accounts) {
    Map<Long, double[]> credibilities = new TreeMap<>();
    for (int i = 0; i < accounts; i++) {
      if (random.nextInt(10) > 0) {
        credibilities.put(1000L * i, new double[] {random.nextDouble(), random.nextDouble() / 2});
      }
    }
    return credibilities;
  }

  // ---- The same, plainly

  private record Pair(long source, long destination) {
    Pair turned() {
      return new Pair(destination, source);
    }
  }

  private record Judged(
      double earned,
      double deviation,
      long attesters,
      long votes,
      double share,
      double interest,
      long posts,
      long reactions) {}

  private static long units(List<Act> acts) {
    return acts.stream().mapToLong(Act::units).sum();
  }

  private static Map<Pair, Double> weights(List<Act> acts, int topic, Set<Long> excluded) {
    Map<Pair, List<Act>> byPair =
        acts.stream()
            .filter(act -> act.topic == topic && act.verb.isAttention())
            .filter(act -> !excluded.contains(act.source) && !excluded.contains(act.destination))
            .collect(Collectors.groupingBy(act -> new Pair(act.source, act.destination)));
    Map<Pair, Double> weights = new HashMap<>();
    byPair.forEach(
        (pair, theirs) -> {
          double weight = 0;
          for (TopicVerb verb : TopicVerb.values()) {
            if (verb.isAttention()) {
              long units = units(theirs.stream().filter(act -> act.verb == verb).toList());
              weight +=
                  WEIGHTS[verb.ordinal()] * Math.log(1 + Math.max(0, units) * CLOCK.actsPerUnit());
            }
          }
          if (weight > 0 && theirs.stream().mapToLong(Act::count).sum() > 0) {
            weights.put(pair, weight);
          }
        });
    return weights;
  }

  private static Map<Long, Judged> plainly(
      List<Act> acts, int topic, Map<Long, double[]> credibilities, Set<Long> excluded) {
    Map<Pair, Double> everywhere = new HashMap<>();
    for (int other = 1; other < TOPICS; other++) {
      weights(acts, other, excluded).forEach((pair, w) -> everywhere.merge(pair, w, Double::sum));
    }
    Map<Pair, Double> weights = weights(acts, topic, excluded);
    Map<Pair, Double> kept = new HashMap<>();
    weights.forEach(
        (pair, weight) -> {
          double there = everywhere.get(pair);
          double back = everywhere.getOrDefault(pair.turned(), 0.0);
          kept.put(pair, weight * (1 - 0.9 * Math.min(there, back) / there));
        });
    Map<Long, Double> out = new HashMap<>();
    weights.forEach((pair, weight) -> out.merge(pair.source, weight, Double::sum));
    Set<Long> vertices = new HashSet<>(out.keySet());
    weights.keySet().forEach(pair -> vertices.add(pair.destination));
    Map<Long, Double> ranks = new HashMap<>();
    for (int round = 0; round < 300; round++) {
      Map<Long, Double> next = new HashMap<>();
      out.keySet()
          .forEach(
              key -> next.put(key, credibilities.getOrDefault(key, new double[] {0.001, 0})[0]));
      kept.forEach(
          (pair, weight) ->
              next.merge(
                  pair.destination,
                  DAMPING * ranks.getOrDefault(pair.source, 0.0) * weight / out.get(pair.source),
                  Double::sum));
      ranks.clear();
      ranks.putAll(next);
    }
    double mean = ranks.values().stream().mapToDouble(r -> r).sum() / vertices.size();

    Set<Long> listed = new TreeSet<>();
    acts.stream()
        .filter(act -> act.topic == topic && act.verb != TopicVerb.VOTE)
        .forEach(act -> listed.add(act.source));
    weights.keySet().forEach(pair -> listed.add(pair.destination));
    listed.removeAll(excluded);
    List<Act> received =
        acts.stream().filter(act -> act.topic == topic && act.verb.isAttention()).toList();
    List<Act> votes =
        acts.stream().filter(act -> act.topic == topic && act.verb == TopicVerb.VOTE).toList();
    double prior = share(units(received), units(of(acts, TopicVerb.RECEIVED)));
    List<Act> allVotes =
        of(acts, TopicVerb.VOTE).stream().filter(act -> act.topic == EVERYTHING).toList();
    double voteShare = share(units(votes), units(allVotes));
    Map<Long, Judged> judged = new TreeMap<>();
    for (long key : listed) {
      double earned = 0;
      double squares = 0;
      long attesters = 0;
      for (Pair pair : kept.keySet()) {
        if (pair.destination == key) {
          double brought =
              DAMPING * ranks.get(pair.source) / mean * kept.get(pair) / out.get(pair.source);
          earned += brought;
          squares += brought * brought;
          boolean isKnown =
              credibilities.containsKey(pair.source)
                  && credibilities.get(pair.source)[0] >= LEAST_CREDIBILITY;
          attesters += isKnown && kept.get(pair) > weights.get(pair) / 2 ? 1 : 0;
        }
      }
      double perUnit = CLOCK.actsPerUnit();
      long all = units(with(of(acts, TopicVerb.RECEIVED), key));
      long here = units(with(received, key));
      double share =
          Math.min(1, (Math.max(0, here) * perUnit + 3 * prior) / (Math.max(0, all) * perUnit + 3));
      double trading = credibilities.getOrDefault(key, new double[2])[1];
      double believed = share * Math.pow(1 - 0.9 * trading, 1.5);
      double voted = Math.max(0, units(with(votes, key))) * perUnit;
      double allVoted = Math.max(0, units(with(allVotes, key))) * perUnit;
      double worth = votes(voted, allVoted - voted, voteShare);
      double value = earned * believed + VOTE_WEIGHT * worth;
      double variance = squares * believed * believed;
      // What one vote more would change, by a small step.
      double onTopic = (votes(voted + 1e-4, allVoted - voted, voteShare) - worth) / 1e-4;
      double elsewhere = (votes(voted, allVoted - voted + 1e-4, voteShare) - worth) / 1e-4;
      variance += Math.pow(onTopic * VOTE_WEIGHT, 2) * voted;
      variance += Math.pow(elsewhere * VOTE_WEIGHT, 2) * Math.max(0, allVoted - voted);
      List<Act> own =
          acts.stream()
              .filter(act -> act.source == key && act.verb != TopicVerb.VOTE)
              .filter(act -> act.verb != TopicVerb.RECEIVED)
              .toList();
      List<Act> ownHere = own.stream().filter(act -> act.topic == topic).toList();
      long ownAll = units(own.stream().filter(act -> act.topic == EVERYTHING).toList());
      judged.put(
          key,
          new Judged(
              value,
              value > 0 ? Math.sqrt(variance) / value : Double.NaN,
              attesters,
              with(votes, key).stream().mapToLong(Act::count).sum(),
              all > 0 ? share : Double.NaN,
              ownAll > 0 ? Math.min(1, Math.max(0, units(ownHere)) / (double) ownAll) : Double.NaN,
              of(ownHere, TopicVerb.POST).stream().mapToLong(Act::count).sum(),
              Math.max(
                  0,
                  ownHere.stream()
                      .filter(act -> act.verb != TopicVerb.POST)
                      .mapToLong(Act::count)
                      .sum())));
    }
    return judged;
  }

  /** All votes, times the mean of the topic's share once {@code VOTE_PRIOR} votes are added. */
  private static double votes(double onTopic, double elsewhere, double share) {
    double added = VOTE_PRIOR * share;
    double mean = (onTopic + added) / (onTopic + elsewhere + VOTE_PRIOR);
    return mean * (onTopic + elsewhere);
  }

  private static List<Act> of(List<Act> acts, TopicVerb verb) {
    return acts.stream().filter(act -> act.verb == verb).toList();
  }

  private static List<Act> with(List<Act> acts, long destination) {
    return acts.stream().filter(act -> act.destination == destination).toList();
  }

  private static double share(double part, double whole) {
    return whole > 0 ? Math.min(1, part / whole) : 0;
  }

  @Test
  void isWhatTheEquationsSay() {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      int accounts = 5 + random.nextInt(60);
      List<Act> acts = randomActs(random, accounts, 50 + random.nextInt(700));
      Map<Long, double[]> credibilities = randomCredibilities(random, accounts);
      Set<Long> excluded = Set.of(0L, 3000L);
      TopicExpertise expertise = expertise(acts, credibilities, excluded);
      for (int topic : new int[] {MUSIC, CHESS}) {
        JudgedTopic judged = expertise.judge(topic, true);
        Map<Long, Judged> expected = plainly(acts, topic, credibilities, excluded);
        Map<Long, Integer> rows = rows(judged);
        assertThat(rows.keySet()).isEqualTo(expected.keySet());
        rows.forEach(
            (key, row) -> {
              Judged one = expected.get(key);
              assertThat(judged.earned(row)).as("%s", key).isCloseTo(one.earned, within(1e-8));
              assertThat(judged.deviation(row)).isCloseTo(one.deviation, within(1e-4));
              assertThat(judged.attesterCount(row)).isEqualTo(one.attesters);
              assertThat(judged.voteCount(row)).isEqualTo(one.votes);
              assertThat(judged.attentionShare(row)).isCloseTo(one.share, within(1e-12));
              assertThat(judged.interest(row)).isCloseTo(one.interest, within(1e-12));
              assertThat(judged.postCount(row)).isEqualTo(one.posts);
              assertThat(judged.reactionCount(row)).isEqualTo(one.reactions);
            });
        placesFollowPoints(judged);
      }
    }
  }

  /** The scale itself is tested where it is; here who is on it, and in which order. */
  private static void placesFollowPoints(JudgedTopic judged) {
    List<Integer> evident = new ArrayList<>();
    TreeMap<Long, Long> steps = new TreeMap<>();
    long nothing = 0;
    for (int row = 0; row < judged.size(); row++) {
      boolean isEvident =
          judged.attesterCount(row) + judged.voteCount(row) >= 3 && judged.earned(row) > 0;
      assertThat(Double.isNaN(judged.expertise(row))).isEqualTo(!isEvident);
      assertThat(judged.place(row) == 0).isEqualTo(!isEvident);
      if (isEvident) {
        evident.add(row);
      }
      if (judged.earned(row) > 0) {
        steps.merge(RarityScale.step(judged.earned(row)), 1L, Long::sum);
      } else {
        nothing++;
      }
    }
    if (evident.isEmpty()) {
      return;
    }
    RarityScale scale =
        RarityScale.ofItself(
            steps.keySet().stream().mapToLong(step -> step).toArray(),
            steps.values().stream().mapToLong(count -> count).toArray(),
            nothing);
    evident.sort(
        Comparator.comparingDouble((Integer row) -> -scale.score(judged.earned(row)))
            .thenComparingDouble(row -> -judged.earned(row))
            .thenComparingLong(judged::accountKey));
    assertThat(Arrays.stream(judged.experts()).boxed().toList()).isEqualTo(evident);
    for (int place = 0; place < evident.size(); place++) {
      int row = evident.get(place);
      assertThat(judged.place(row)).isEqualTo(place + 1);
      assertThat(judged.expertise(row)).isEqualTo(scale.score(judged.earned(row)));
      double deviation = 1.6449 * judged.deviation(row);
      assertThat(judged.expertiseLow(row))
          .isEqualTo(scale.score(judged.earned(row) * StrictMath.exp(-deviation)));
      assertThat(judged.expertiseHigh(row))
          .isEqualTo(scale.score(judged.earned(row) * StrictMath.exp(deviation)));
    }
  }

  @Test
  void hasTheSameBitsHoweverTheActsAreSpread() {
    Random random = new Random(7);
    List<Act> acts = randomActs(random, 50, 600);
    Map<Long, double[]> credibilities = randomCredibilities(random, 50);
    JudgedTopic judged = expertise(acts, credibilities, Set.of()).judge(CHESS, true);
    List<Act> shuffled = new ArrayList<>(acts);
    Collections.shuffle(shuffled, random);
    TopicSums merged = new TopicSums();
    merged.addAll(sums(shuffled.subList(0, 200)).merged(true));
    merged.addAll(sums(shuffled.subList(200, shuffled.size())));
    TopicAccounts accounts = new TopicAccounts(merged.accounts());
    credibilities.forEach((key, values) -> accounts.tell(key, values[0], values[1]));
    JudgedTopic again =
        alone(new TopicExpertise(merged, TOPICS, EVERYTHING, accounts, OPTIONS)).judge(CHESS, true);
    assertThat(again.experts()).hasSizeGreaterThan(5).isEqualTo(judged.experts());
    for (int row = 0; row < judged.size(); row++) {
      assertThat(again.earned(row)).isEqualTo(judged.earned(row));
      assertThat(again.deviation(row)).isEqualTo((Double) judged.deviation(row));
      assertThat(again.expertiseLow(row)).isEqualTo((Double) judged.expertiseLow(row));
      int[] attesters = judged.attesters(row, 3);
      int[] theirs = again.attesters(row, 3);
      assertThat(theirs).hasSameSizeAs(attesters);
      for (int i = 0; i < attesters.length; i++) {
        assertThat(again.attesterKey(theirs[i])).isEqualTo(judged.attesterKey(attesters[i]));
        assertThat(again.latestPost(theirs[i])).isEqualTo(judged.latestPost(attesters[i]));
      }
    }
  }

  @Test
  void attestersAreThoseThatBringMost() {
    Random random = new Random(5);
    List<Act> acts = randomActs(random, 30, 900);
    JudgedTopic judged =
        expertise(acts, randomCredibilities(random, 30), Set.of()).judge(MUSIC, true);
    int longest = 0;
    for (int row = 0; row < judged.size(); row++) {
      int[] all = judged.attesters(row, 1000);
      longest = Math.max(longest, all.length);
      double sum = 0;
      for (int i = 0; i < all.length; i++) {
        sum += judged.earnedBy(all[i]);
        if (i > 0) {
          double more = judged.earnedBy(all[i - 1]);
          assertThat(more).isGreaterThanOrEqualTo(judged.earnedBy(all[i]));
          if (more == judged.earnedBy(all[i])) {
            assertThat(judged.attesterKey(all[i - 1])).isLessThan(judged.attesterKey(all[i]));
          }
        }
      }
      assertThat(sum).isCloseTo(judged.earnedByAll(row), within(1e-12));
      for (int most = 1; most < 6; most++) {
        assertThat(judged.attesters(row, most))
            .isEqualTo(Arrays.copyOf(all, Math.min(most, all.length)));
      }
    }
    assertThat(longest).isGreaterThan(10);
  }

  @Test
  void leadersAreTheFirstOfEachKindAndLanguage() {
    Random random = new Random(9);
    int accounts = 80;
    List<Act> acts = randomActs(random, accounts, 3000);
    JudgedTopic judged =
        expertise(acts, randomCredibilities(random, accounts), Set.of()).judge(MUSIC, true);
    int[] kinds = random.ints(accounts + 1, 0, 3).toArray();
    int[] languages = random.ints(accounts + 1, -1, 4).toArray();
    JudgedTopic.Leaders leaders = judged.leaders(kinds, 3, languages, 4, 4);
    Map<List<Integer>, Long> found = new HashMap<>();
    List<String> expected = new ArrayList<>();
    int borrowed = 0;
    for (int row : judged.experts()) {
      int language = languages[judged.account(row)];
      if (language < 0) {
        TreeMap<Integer, Integer> readers = new TreeMap<>();
        for (int edge : judged.attesters(row, 1000)) {
          int theirs = languages[account(judged, judged.attesterKey(edge))];
          if (theirs >= 0) {
            readers.merge(theirs, 1, Integer::sum);
          }
        }
        int most = readers.values().stream().mapToInt(n -> n).max().orElse(0);
        language =
            readers.keySet().stream().filter(l -> readers.get(l) == most).findFirst().orElse(-1);
        borrowed += language >= 0 ? 1 : 0;
      }
      long place = found.merge(List.of(kinds[judged.account(row)], language), 1L, Long::sum);
      if (place <= 4) {
        expected.add(row + " " + language + " " + place);
      }
    }
    List<String> told = new ArrayList<>();
    for (int i = 0; i < leaders.rows().length; i++) {
      told.add(leaders.rows()[i] + " " + leaders.languages()[i] + " " + leaders.kindPlaces()[i]);
    }
    assertThat(told).hasSizeGreaterThan(20).isEqualTo(expected);
    assertThat(judged.experts().length).isGreaterThan(told.size());
    assertThat(borrowed).isGreaterThan(3);
  }

  private static int account(JudgedTopic judged, long key) {
    for (int row = 0; row < judged.size(); row++) {
      if (judged.accountKey(row) == key) {
        return judged.account(row);
      }
    }
    throw new AssertionError(key);
  }

  // ---- Values by hand

  /** Weights so small that rounding them to units once left nothing. */
  @Test
  void attentionOfLongAgoIsSharedOutAsAnyOther() {
    double little = 2 * CLOCK.actsPerUnit();
    List<Act> acts = new ArrayList<>();
    for (long[] pair : new long[][] {{1, 2}, {2, 1}, {1, 3}, {4, 3}}) {
      acts.add(new Act(CHESS, pair[0], pair[1], TopicVerb.LIKE, 1, little, 0));
    }
    Map<Long, double[]> alike = new TreeMap<>();
    for (long key = 1; key <= 4; key++) {
      alike.put(key, new double[] {0.5, 0});
    }
    JudgedTopic judged = expertise(acts, alike, Set.of()).judge(CHESS, true);
    Map<Long, Integer> rows = rows(judged);
    int[] of3 = judged.attesters(rows.get(3L), 5);
    assertThat(of3).hasSize(2);
    assertThat(judged.attesterKey(of3[0])).isEqualTo(4);
    int of2 = judged.attesters(rows.get(2L), 5)[0];
    int by1 = of3[1];
    // What 1 gives to 2 is returned, what it gives to 3 is not.
    assertThat(judged.earnedBy(of2)).isCloseTo(0.1 * judged.earnedBy(by1), within(1e-9));
  }

  @Test
  void interestIsOwnDoingAndExpertiseIsOthers() {
    List<Act> acts = new ArrayList<>();
    // 1 writes of chess alone; nobody attends to it on chess.
    acts.add(act(CHESS, 1, 1, TopicVerb.POST, 4));
    acts.add(act(EVERYTHING, 1, 1, TopicVerb.POST, 4));
    // 2 writes nothing; ten attend to it, eight times out of ten on chess.
    acts.add(act(EVERYTHING, 2, 2, TopicVerb.RECEIVED, 10));
    // 10 likes it on chess, and half of what it does is about it.
    acts.add(act(CHESS, 10, 2, TopicVerb.LIKE, 8));
    acts.add(act(EVERYTHING, 10, 10, TopicVerb.REACTION, 16));
    Map<Long, double[]> credibilities = new TreeMap<>();
    credibilities.put(2L, new double[] {0.5, 0.4});
    credibilities.put(10L, new double[] {0.5, 0});
    JudgedTopic judged = expertise(acts, credibilities, Set.of()).judge(CHESS, true);
    Map<Long, Integer> rows = rows(judged);
    assertThat(rows).containsOnlyKeys(1L, 2L, 10L);
    assertThat(judged.interest(rows.get(1L))).isEqualTo(1);
    assertThat(judged.earned(rows.get(1L))).isZero();
    assertThat(judged.attentionShare(rows.get(1L))).isNaN();
    assertThat(judged.interest(rows.get(10L))).isCloseTo(0.5, within(1e-9));
    int expert = rows.get(2L);
    assertThat(judged.interest(expert)).isNaN();
    assertThat(judged.attesterCount(expert)).isEqualTo(1);
    assertThat(judged.verbCount(expert, TopicVerb.LIKE)).isEqualTo(8);
    double share = (8 + 3 * 0.8) / (10 + 3);
    assertThat(judged.attentionShare(expert)).isCloseTo(share, within(1e-6));
    // 10 alone has a preference: its rank is 1, that of 2 is 0.7, the mean 0.85.
    assertThat(judged.earned(expert))
        .isCloseTo(0.7 / 0.85 * share * Math.pow(1 - 0.9 * 0.4, 1.5), within(1e-6));
    // On a topic that the taxonomy no longer has, nobody is an expert.
    JudgedTopic unranked = expertise(acts, credibilities, Set.of()).judge(CHESS, false);
    assertThat(rows(unranked)).containsOnlyKeys(1L, 10L);
    assertThat(unranked.interest(0)).isEqualTo(1);
  }

  @Test
  void attentionOnATopicThatNobodyIsAttendedOnIsAboutOtherThings() {
    List<Act> acts =
        List.of(
            act(CHESS, 1, 1, TopicVerb.POST, 4),
            act(EVERYTHING, 1, 1, TopicVerb.POST, 4),
            act(EVERYTHING, 1, 1, TopicVerb.RECEIVED, 10));
    assertThat(expertise(acts, Map.of(), Set.of()).judge(CHESS, true).attentionShare(0)).isZero();
  }

  /** Three votes of ten years ago are evidence of next to nothing, with next to no certainty. */
  @Test
  void votesOfLongAgoHaveAnInterval() {
    double little = 4 * CLOCK.actsPerUnit();
    List<Act> acts = new ArrayList<>();
    acts.add(new Act(CHESS, 9, 1, TopicVerb.VOTE, 3, little, 0));
    acts.add(new Act(EVERYTHING, 1, 1, TopicVerb.VOTE, 3, little, 0));
    acts.add(act(CHESS, 1, 1, TopicVerb.POST, 4));
    acts.add(act(EVERYTHING, 1, 1, TopicVerb.POST, 4));
    JudgedTopic judged = expertise(acts, Map.of(), Set.of()).judge(CHESS, true);
    assertThat(judged.size()).isEqualTo(1);
    assertThat(judged.expertise(0)).isNotNaN();
    assertThat(judged.expertiseLow(0)).isZero();
    assertThat(judged.expertiseHigh(0)).isEqualTo(100);
  }

  /** Too small a bound for so many sweeps: said, not taken for ranks. */
  @Test
  void rankingThatDoesNotConvergeIsTold() {
    TopicSums sums =
        sums(
            List.of(
                act(CHESS, 1, 2, TopicVerb.LIKE, 1),
                act(CHESS, 2, 3, TopicVerb.LIKE, 1),
                act(CHESS, 3, 1, TopicVerb.LIKE, 1)));
    TopicExpertise.Options hasty =
        new TopicExpertise.Options(WEIGHTS, CLOCK, DAMPING, 1e-9, 2, 0, 0.5, 10, 1);
    TopicAccounts accounts = new TopicAccounts(sums.accounts());
    assertThat(
            alone(new TopicExpertise(sums, TOPICS, EVERYTHING, accounts, hasty)).judge(CHESS, true))
        .isNull();
  }
}
