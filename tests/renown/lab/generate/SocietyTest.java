package renown.lab.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is planted can be seen in the dumps, by counting alone. */
class SocietyTest {
  private static final int ACCOUNTS = 3000;
  private static final int DAYS = 6;

  private static Dumps dumps;
  private static Map<String, JsonNode> truth;
  private static List<Act> acts;

  /** Somebody paid attention to somebody; what was reacted to is null for mentions and follows. */
  private record Act(String actor, String subject, String verb, long micros, String object) {}

  @AfterAll
  static void forget() {
    dumps = null;
    truth = null;
    acts = null;
  }

  @BeforeAll
  static void generate() {
    dumps = Dumps.of(Dumps.settings(ACCOUNTS, 10, 0), Network.BLUESKY, DAYS);
    truth = dumps.truth();
    acts = acts(dumps);
  }

  private static List<Act> acts(Dumps dumps) {
    List<Act> acts = new ArrayList<>();
    for (JsonNode line : dumps.parsed()) {
      JsonNode commit = line.path("commit");
      if (!commit.path("operation").asText().equals("create")) {
        continue;
      }
      String actor = line.get("did").asText();
      long micros = line.get("time_us").asLong();
      JsonNode record = commit.get("record");
      String collection = commit.get("collection").asText();
      String verb = collection.substring(collection.lastIndexOf('.') + 1);
      if (verb.equals("post")) {
        acts.add(new Act(actor, actor, "post", micros, null));
        for (JsonNode facet : record.path("facets")) {
          JsonNode did = facet.at("/features/0/did");
          if (did.isTextual()) {
            acts.add(new Act(actor, did.asText(), "mention", micros, null));
          }
        }
        react(acts, actor, "reply", micros, record.at("/reply/parent/uri"));
        react(acts, actor, "quote", micros, record.at("/embed/record/uri"));
      } else if (verb.equals("follow")) {
        acts.add(new Act(actor, record.get("subject").asText(), "follow", micros, null));
      } else if (verb.equals("like") || verb.equals("repost")) {
        react(acts, actor, verb, micros, record.at("/subject/uri"));
      }
    }
    return acts;
  }

  private static void react(List<Act> acts, String actor, String verb, long micros, JsonNode uri) {
    if (uri.isTextual()) {
      acts.add(new Act(actor, Dumps.parts(uri.asText())[0], verb, micros, uri.asText()));
    }
  }

  private static boolean isReaction(Act act) {
    return !act.verb.equals("post") && !act.verb.equals("follow") && !act.actor.equals(act.subject);
  }

  private static String role(String id) {
    return truth.get(id).get("role").asText();
  }

  /** Distinct accounts that reacted to each. */
  private static Map<String, Set<String>> reactors() {
    Map<String, Set<String>> reactors = new HashMap<>();
    truth.keySet().forEach(id -> reactors.put(id, new HashSet<>()));
    acts.stream()
        .filter(SocietyTest::isReaction)
        .forEach(act -> reactors.get(act.subject).add(act.actor));
    return reactors;
  }

  private static Map<String, Integer> count(Predicate<Act> which) {
    Map<String, Integer> counts = new HashMap<>();
    truth.keySet().forEach(id -> counts.put(id, 0));
    acts.stream().filter(which).forEach(act -> counts.merge(act.actor, 1, Integer::sum));
    return counts;
  }

  private static Collection<JsonNode> accounts(Predicate<JsonNode> which) {
    return truth.values().stream().filter(which).toList();
  }

  private static Predicate<JsonNode> isA(String role) {
    return account -> account.get("role").asText().equals(role);
  }

  private static double mean(Collection<JsonNode> accounts, ToDoubleFunction<String> value) {
    return accounts.stream()
        .mapToDouble(account -> value.applyAsDouble(account.get("account_id").asText()))
        .average()
        .orElseThrow();
  }

  @Test
  void everyRoleHasItsShare() {
    Map<String, Integer> roles = new TreeMap<>();
    truth.values().forEach(a -> roles.merge(a.get("role").asText(), 1, Integer::sum));
    assertThat(roles)
        .containsEntry("celebrity", 3)
        .containsEntry("news", 9)
        .containsEntry("expert", 60)
        .containsEntry("talker", 60)
        .containsEntry("chatter", 15)
        .containsEntry("ring", 45)
        .containsEntry("buyer", 6)
        .containsEntry("farm", 120)
        .containsEntry("sybil", 60)
        .containsEntry("person", 2622);
    assertThat(accounts(a -> Dumps.has(a, "silent"))).hasSizeBetween(15, 30);
    assertThat(accounts(a -> Dumps.has(a, "opted_out"))).hasSizeBetween(12, 45);
    assertThat(accounts(a -> Dumps.has(a, "protected"))).hasSizeBetween(4, 30);
    assertThat(accounts(a -> Dumps.has(a, "holiday"))).hasSizeBetween(45, 120);
    assertThat(accounts(a -> !a.get("gone_from").isNull())).hasSizeBetween(5, 35);
    Map<String, Integer> languages = new TreeMap<>();
    truth.values().forEach(a -> languages.merge(a.get("language").asText(), 1, Integer::sum));
    assertThat(languages.get("en")).isBetween(ACCOUNTS * 3 / 10, ACCOUNTS * 6 / 10);
    assertThat(languages.get("es")).isBetween(ACCOUNTS * 3 / 10, ACCOUNTS * 6 / 10);
    assertThat(languages.get("fr")).isBetween(ACCOUNTS / 20, ACCOUNTS / 5);
  }

  @Test
  void smallSocietiesFromFiveHundredAccountsOnHaveEveryRole() {
    for (Role role : Role.values()) {
      assertThat(Shares.STANDARD.count(role, Shares.COMPLETE)).isPositive();
    }
    int sum = 0;
    for (Role role : Role.values()) {
      sum += Shares.STANDARD.count(role, 100_000_000);
    }
    assertThat(sum).isEqualTo(100_000_000);
  }

  @Test
  void attentionIsEarnedByThoseWhoDeserveIt() {
    Map<String, Set<String>> reactors = reactors();
    ToDoubleFunction<String> attention = id -> reactors.get(id).size();
    double experts = mean(accounts(isA("expert")), attention);
    double silent = mean(accounts(a -> Dumps.has(a, "silent")), attention);
    double talkers = mean(accounts(isA("talker")), attention);
    double persons = mean(accounts(isA("person")), attention);
    double celebrities = mean(accounts(isA("celebrity")), attention);
    assertThat(experts).isGreaterThan(4 * talkers).isGreaterThan(4 * persons);
    assertThat(silent).isGreaterThan(4 * talkers);
    assertThat(celebrities).isGreaterThan(4 * experts);
    assertThat(mean(accounts(isA("farm")), attention)).isLessThan(0.1 * persons);
    assertThat(mean(accounts(isA("chatter")), attention)).isLessThan(0.5 * persons);
    assertThat(mean(accounts(isA("buyer")), attention)).isLessThan(4 * persons);
  }

  @Test
  void talkersWriteAsMuchAsExpertsAndSilentExpertsHardlyAtAll() {
    Map<String, Integer> posts = count(act -> act.verb.equals("post"));
    double experts = mean(accounts(isA("expert").and(a -> !Dumps.has(a, "silent"))), posts::get);
    double talkers = mean(accounts(isA("talker")), posts::get);
    double silent = mean(accounts(a -> Dumps.has(a, "silent")), posts::get);
    assertThat(talkers / experts).isBetween(0.7, 1.4);
    assertThat(silent).isLessThan(0.4 * experts);
    Set<String> cited = new HashSet<>();
    acts.stream().filter(a -> a.verb.equals("mention")).forEach(a -> cited.add(a.subject));
    assertThat(accounts(a -> Dumps.has(a, "silent")))
        .allMatch(a -> cited.contains(a.get("account_id").asText()));
  }

  @Test
  void expertsAreNoticedByReadersOfTheirTopicAndByEachOther() {
    int sameTopic = 0;
    int all = 0;
    int byExperts = 0;
    for (Act act : acts) {
      if (isReaction(act) && role(act.subject).equals("expert")) {
        all++;
        sameTopic +=
            truth.get(act.actor).get("topic").equals(truth.get(act.subject).get("topic")) ? 1 : 0;
        byExperts += role(act.actor).equals("expert") ? 1 : 0;
      }
    }
    assertThat((double) sameTopic / all).isGreaterThan(0.8);
    // Experts are 2 % of all accounts.
    assertThat((double) byExperts / all).isGreaterThan(0.035);
  }

  @Test
  void theRankWithinACommunityDrivesAttention() {
    Map<String, Set<String>> reactors = reactors();
    Predicate<JsonNode> person = isA("person");
    ToDoubleFunction<String> attention = id -> reactors.get(id).size();
    double top = mean(accounts(person.and(a -> a.get("rank").asInt() == 0)), attention);
    double second = mean(accounts(person.and(a -> a.get("rank").asInt() == 5)), attention);
    double low = mean(accounts(person.and(a -> a.get("rank").asInt() >= 40)), attention);
    assertThat(top).isGreaterThan(2 * second);
    assertThat(second).isGreaterThan(1.5 * low);
  }

  @Test
  void attentionHasAHeavyTail() {
    Map<String, Integer> received = new HashMap<>();
    acts.stream()
        .filter(SocietyTest::isReaction)
        .forEach(act -> received.merge(act.subject, 1, Integer::sum));
    List<Integer> sorted = received.values().stream().sorted((a, b) -> b - a).toList();
    // Hill's estimate of the tail index over the top 5 %: density exponent 1 + index.
    int top = sorted.size() / 20;
    double sum = 0;
    for (int i = 0; i < top; i++) {
      sum += Math.log((double) sorted.get(i) / sorted.get(top));
    }
    assertThat(1 + top / sum).isBetween(1.7, 3.2);
    int total = sorted.stream().mapToInt(Integer::intValue).sum();
    int ofTop = sorted.subList(0, top).stream().mapToInt(Integer::intValue).sum();
    assertThat((double) ofTop / total).isBetween(0.25, 0.8);
  }

  @Test
  void activityHasAHeavyTailToo() {
    List<Integer> sorted =
        count(act -> act.verb.equals("post")).values().stream().sorted((a, b) -> b - a).toList();
    int total = sorted.stream().mapToInt(Integer::intValue).sum();
    int ofTop = sorted.subList(0, ACCOUNTS / 10).stream().mapToInt(Integer::intValue).sum();
    assertThat((double) ofTop / total).isBetween(0.3, 0.9);
  }

  @Test
  void nightsAreQuiet() {
    int[] hours = new int[24];
    for (Act act : acts) {
      if (act.verb.equals("post")
          && role(act.actor).equals("person")
          && truth.get(act.actor).get("language").asText().equals("fr")) {
        hours[(int) (act.micros / 3_600_000_000L % 24)]++;
      }
    }
    // French speakers: five in six at UTC+1.
    int evening = hours[18] + hours[19] + hours[20];
    int night = hours[1] + hours[2] + hours[3];
    assertThat(evening).isGreaterThan((int) (2.5 * night));
  }

  @Test
  void reactionsComeWithinMinutesAndAfterDays() {
    int within = 0;
    int nextDays = 0;
    int all = 0;
    for (Act act : acts) {
      if (act.object != null) {
        double hours =
            (act.micros - Dumps.microsOfTid(Dumps.parts(act.object)[2])) / 3_600_000_000.0;
        assertThat(hours).isPositive();
        all++;
        within += hours < 1 ? 1 : 0;
        nextDays += hours > 24 ? 1 : 0;
      }
    }
    assertThat((double) within / all).isBetween(0.25, 0.7);
    assertThat((double) nextDays / all).isBetween(0.1, 0.45);
  }

  @Test
  void ringsTradeLikeForLike() {
    Map<String, List<JsonNode>> kinds = new TreeMap<>();
    for (JsonNode account : accounts(isA("ring"))) {
      for (String kind : List.of("reply_ring", "repost_ring", "repost_swap")) {
        if (Dumps.has(account, kind)) {
          kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(account);
        }
      }
    }
    assertThat(kinds).hasSize(3);
    kinds.forEach(
        (kind, members) -> {
          String verb = kind.equals("reply_ring") ? "reply" : "repost";
          assertThat(reciprocity(verb, id -> members.contains(truth.get(id))))
              .as(kind)
              .isGreaterThan(0.9);
        });
    assertThat(reciprocity("reply", id -> role(id).equals("person"))).isLessThan(0.5);
    assertThat(reciprocity("repost", id -> role(id).equals("person"))).isLessThan(0.2);
    // A swap is between two.
    Map<String, Set<String>> partners = new HashMap<>();
    for (Act act : acts) {
      if (act.verb.equals("repost")
          && kinds.get("repost_swap").contains(truth.get(act.actor))
          && kinds.get("repost_swap").contains(truth.get(act.subject))) {
        partners.computeIfAbsent(act.actor, a -> new HashSet<>()).add(act.subject);
      }
    }
    assertThat(partners.values()).allMatch(of -> of.size() == 1);
  }

  /** Share of (actor, subject) pairs among some accounts that go both ways. */
  private static double reciprocity(String verb, Predicate<String> member) {
    Set<String> pairs = new HashSet<>();
    for (Act act : acts) {
      if (act.verb.equals(verb)
          && !act.actor.equals(act.subject)
          && member.test(act.actor)
          && member.test(act.subject)) {
        pairs.add(act.actor + " " + act.subject);
      }
    }
    long mutual =
        pairs.stream()
            .filter(pair -> pairs.contains(pair.split(" ")[1] + " " + pair.split(" ")[0]))
            .count();
    assertThat(pairs).hasSizeGreaterThan(5);
    return (double) mutual / pairs.size();
  }

  @Test
  void boughtFollowersComeInABurstFromNewAccounts() {
    List<JsonNode> customers = new ArrayList<>(accounts(a -> Dumps.has(a, "bought_followers")));
    assertThat(customers).hasSizeBetween(7, 9);
    for (JsonNode customer : customers) {
      String id = customer.get("account_id").asText();
      List<Long> times =
          acts.stream()
              .filter(a -> a.verb.equals("follow") && a.subject.equals(id))
              .filter(a -> role(a.actor).equals("farm"))
              .map(Act::micros)
              .sorted()
              .toList();
      assertThat(times).hasSizeGreaterThan(40);
      assertThat(times.get(times.size() - 1) - times.get(0)).isLessThan(2 * 3_600_000_000L);
    }
    Map<String, Instant> created = new HashMap<>();
    for (JsonNode line : dumps.parsed()) {
      if (line.at("/commit/collection").asText().equals("app.bsky.actor.profile")) {
        created.put(
            line.get("did").asText(), Instant.parse(line.at("/commit/record/createdAt").asText()));
      }
    }
    Instant first = Dumps.FIRST.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
    for (JsonNode account : truth.values()) {
      Instant at = created.get(account.get("account_id").asText());
      boolean isNew = at.isAfter(first.minusSeconds(20 * 86_400L + 10));
      assertThat(isNew).isEqualTo(Set.of("farm", "sybil").contains(account.get("role").asText()));
    }
  }

  @Test
  void theSybilRegionHasFewWaysIn() {
    Set<String> attackers = new HashSet<>();
    int inside = 0;
    for (Act act : acts) {
      if (role(act.subject).equals("sybil") && !act.actor.equals(act.subject)) {
        if (role(act.actor).equals("sybil")) {
          inside++;
        } else {
          attackers.add(act.actor);
          assertThat(role(act.actor)).isEqualTo("person");
        }
      }
    }
    assertThat(attackers).hasSizeBetween(3, 10);
    assertThat(inside).isGreaterThan(1000);
  }

  @Test
  void holidayMakersAndLeaversAreSilentAndTheOthersAreNot() {
    SocietySettings settings = Dumps.settings(500, 10, 0);
    for (Network network : Network.values()) {
      Dumps month = Dumps.of(settings, network, 30);
      Map<String, JsonNode> accounts = month.truth();
      Map<String, Set<LocalDate>> active = new HashMap<>();
      for (int day = 0; day < 30; day++) {
        LocalDate date = Dumps.FIRST.plusDays(day);
        for (byte[] bytes : month.lines.get(day)) {
          if (bytes.length == 0) {
            continue;
          }
          JsonNode line = Dumps.parse(bytes);
          if (line.path("kind").asText().equals("account")
              || line.has("user_delete")
              || line.has("user_suspend")) {
            continue;
          }
          JsonNode id =
              network == Network.BLUESKY
                  ? line.get("did")
                  : line.has("delete")
                      ? line.at("/delete/status/user_id_str")
                      : line.at("/user/id_str");
          active.computeIfAbsent(id.asText(), i -> new HashSet<>()).add(date);
        }
      }
      int away = 0;
      for (JsonNode account : accounts.values()) {
        Set<LocalDate> days = active.getOrDefault(account.get("account_id").asText(), Set.of());
        if (!account.get("holiday_from").isNull()) {
          away++;
          LocalDate from = LocalDate.parse(account.get("holiday_from").asText());
          assertThat(days).noneMatch(d -> !d.isBefore(from) && d.isBefore(from.plusDays(21)));
          assertThat(days).anyMatch(d -> d.isBefore(from));
        }
        if (!account.get("gone_from").isNull()) {
          away++;
          LocalDate from = LocalDate.parse(account.get("gone_from").asText());
          assertThat(days).allMatch(d -> d.isBefore(from));
        }
      }
      assertThat(away).isGreaterThan(8);
      double ordinary =
          accounts.values().stream()
              .filter(a -> isA("person").test(a))
              .filter(a -> a.get("holiday_from").isNull() && a.get("gone_from").isNull())
              .mapToInt(a -> active.getOrDefault(a.get("account_id").asText(), Set.of()).size())
              .average()
              .orElseThrow();
      assertThat(ordinary).isGreaterThan(15);
    }
  }

  @Test
  void breakoutsAreOfSmallAccountsAndAsLargeAsTheTruthSays() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Truth.breakouts(new DumpGenerator(dumps.settings, Network.BLUESKY), DAYS, out);
    String[] rows = out.toString(StandardCharsets.UTF_8).split("\n");
    assertThat(rows).hasSize(3 * DAYS);
    Map<String, Integer> found = new HashMap<>();
    for (Act act : acts) {
      if (act.object != null) {
        found.merge(act.object + " " + act.verb, 1, Integer::sum);
      }
    }
    for (String row : rows) {
      JsonNode breakout = Dumps.parse(row.getBytes(StandardCharsets.UTF_8));
      String post = breakout.get("post_id").asText();
      JsonNode author = truth.get(breakout.get("account_id").asText());
      assertThat(author.get("role").asText()).isEqualTo("person");
      assertThat(author.get("rank").asInt()).isGreaterThanOrEqualTo(15);
      Map<String, String> columns =
          Map.of("repost", "reposts", "like", "likes", "quote", "quotes", "reply", "replies");
      columns.forEach(
          (verb, column) ->
              assertThat(found.getOrDefault(post + " " + verb, 0))
                  .isEqualTo(breakout.get(column).asInt()));
    }
  }

  @Test
  void aPersonWithTwoAccountsIsTheSameOnBothNetworks() {
    Map<String, JsonNode> persons = new HashMap<>();
    truth.values().forEach(a -> persons.put(a.get("person_id").asText(), a));
    Map<String, JsonNode> onX = Dumps.of(Dumps.settings(ACCOUNTS, 10, 0), Network.X, 0).truth();
    int both = 0;
    for (JsonNode account : onX.values()) {
      JsonNode other = persons.get(account.get("person_id").asText());
      if (other != null) {
        both++;
        for (String field : List.of("role", "topic", "community", "language", "rank")) {
          assertThat(account.get(field)).isEqualTo(other.get(field));
        }
      }
    }
    assertThat((double) both / ACCOUNTS).isCloseTo(0.27, within(0.04));
  }
}
