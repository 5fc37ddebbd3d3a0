package renown.night.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static renown.testing.Columns.values;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import renown.kernels.sketches.AudienceSketch;
import renown.lake.ColumnRows;
import renown.tables.CredibleAccounts;
import renown.tables.MartAudienceOverlaps;
import renown.tables.MartAudienceSketches;

class AudiencesTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

  @Test
  void anAccountCountsFromTheBoundUntilHalfOfIt() {
    ColumnRows tonight =
        new AudienceTables()
            .credibility(1, 0.1)
            .credibility(2, 0.09)
            .credibility(3, 0.09)
            .credibility(4, 0.04)
            .counted(3)
            .counted(4)
            .counted(5)
            .rowsOf(FIRST)
            .get(CredibleAccounts.TABLE);
    assertThat(values(tonight, CredibleAccounts.ACCOUNT_KEY, CredibleAccounts.NIGHT))
        .containsExactlyInAnyOrder(
            List.of(1L, FIRST.toEpochDay()), List.of(3L, FIRST.toEpochDay()));
  }

  /** Follows and reactions reach; blocks, lists, what was undone and who does not count do not. */
  @Test
  void reachIsOfDistinctCredibleAccounts() {
    ColumnRows sketches =
        new AudienceTables()
            .edge(1, 100, "follow", 1, FIRST)
            .edge(1, 100, "like", 5, FIRST)
            .edge(2, 100, "follow", 1, FIRST)
            .edge(2, 100, "follow", -1, FIRST)
            .edge(3, 100, "block", 1, FIRST)
            .edge(4, 100, "list", 1, FIRST)
            .edge(5, 100, "mention", 1, FIRST)
            .edge(9, 100, "follow", 1, FIRST)
            .edge(1, 200, "reply", 1, FIRST)
            .about("*", 1, 1, "reaction", 9, FIRST)
            .about("chess", 1, 100, "like", 1, FIRST)
            .about("chess", 5, 100, "list", 1, FIRST)
            .about("chess", 100, 100, "post", 4, FIRST)
            .about("music", 2, 100, "like", 1, FIRST)
            .about("music", 2, 100, "like", -1, FIRST)
            .credible(1, 2, 3, 4, 5, 100)
            .scored(100)
            .scored(300)
            .expert(100, "chess")
            .expert(100, "music")
            // Without a score there is no sketch.
            .expert(200, "chess")
            .rowsOf(FIRST)
            .get(MartAudienceSketches.TABLE);
    assertThat(
            values(
                sketches,
                MartAudienceSketches.ACCOUNT_KEY,
                MartAudienceSketches.TOPIC_ID,
                MartAudienceSketches.REACHED_COUNT,
                MartAudienceSketches.RELATIVE_ERROR))
        .containsExactlyInAnyOrder(List.of(100L, "*", 2L, 0.0), List.of(100L, "chess", 1L, 0.0));
  }

  private static Map<String, String> bytes(ColumnRows sketches) {
    Map<String, String> bytes = new TreeMap<>();
    for (int i = 0; i < sketches.size(); i++) {
      bytes.put(
          sketches.longs(MartAudienceSketches.ACCOUNT_KEY).get(i)
              + " "
              + sketches.texts(MartAudienceSketches.TOPIC_ID).get(i),
          Arrays.toString(sketches.lists(MartAudienceSketches.SKETCH).bytes(i)));
    }
    return bytes;
  }

  private record Act(long src, long dst, String verb, long change, LocalDate night) {}

  private static AudienceTables tables(List<Act> acts, Set<Long> counting, int experts) {
    AudienceTables tables = new AudienceTables();
    for (Act act : acts) {
      tables.edge(act.src(), act.dst(), act.verb(), act.change(), act.night());
      if (act.verb().equals("like")) {
        tables.about("chess", act.src(), act.dst(), act.verb(), act.change(), act.night());
      }
    }
    counting.forEach(tables::credible);
    for (long account = 10_000; account < 10_000 + experts; account++) {
      tables.scored(account).expert(account, "chess");
    }
    return tables;
  }

  /**
   * Night after night of acts done and undone, and of accounts that come to count and cease to: the
   * sketches brought forward are those made from all edges, bit for bit, whatever the order of the
   * rows; and they hold the true sets. One account is too large to be exact. Only those of accounts
   * that lost somebody, or that have none, are made again.
   */
  @Test
  void sketchesBroughtForwardAreThoseMadeFromAllEdges() {
    Random random = new Random(5);
    int sources = 7000;
    Set<String> done = new HashSet<>();
    List<Act> acts = new ArrayList<>();
    Set<Long> counting = new HashSet<>();
    ColumnRows last = new ColumnRows(MartAudienceSketches.TABLE);
    for (int night = 0; night < 5; night++) {
      LocalDate day = FIRST.plusDays(night);
      List<Act> tonight = new ArrayList<>();
      for (int i = 0; i < (night == 0 ? 12_000 : 600); i++) {
        long src = random.nextInt(sources);
        // Most attend to the first; nothing is taken back from the last but one.
        long dst = 10_000 + (random.nextInt(4) > 0 ? 0 : random.nextInt(6));
        String verb = random.nextBoolean() ? "follow" : "like";
        boolean undoes = night > 0 && dst != 10_003 && random.nextInt(100) == 0;
        String act = src + " " + dst + " " + verb;
        if (undoes ? done.remove(act) : done.add(act)) {
          tonight.add(new Act(src, dst, verb, undoes ? -1 : 1, day));
        }
      }
      acts.addAll(tonight);
      Set<Long> before = new HashSet<>(counting);
      for (long src = 0; src < sources; src++) {
        if (night == 0 ? random.nextInt(10) > 0 : random.nextInt(400) == 0) {
          if (!counting.remove(src)) {
            counting.add(src);
          }
        }
      }
      // Some get a sketch only later.
      int experts = night < 2 ? 4 : 6;
      AudienceTables forward = tables(acts, counting, experts);
      before.forEach(forward::counted);
      for (Act act : tonight) {
        forward.act("like", act.src(), act.dst(), "any", null, act.change(), day);
      }
      forward.with(MartAudienceSketches.TABLE, last);
      AudienceInput input = forward.input(day);
      ColumnRows sketches = AudienceStage.rows(input).sketches().sketches();
      List<Act> shuffled = new ArrayList<>(acts);
      Collections.shuffle(shuffled, random);
      ColumnRows made =
          tables(shuffled, counting, experts).rowsOf(day).get(MartAudienceSketches.TABLE);
      assertThat(bytes(sketches)).as("night %s", night).isEqualTo(bytes(made));
      assertThat(sketches.size()).isEqualTo(2 * experts);
      hold(sketches, truth(done, counting), night);
      last = sketches;
    }
  }

  private static void hold(ColumnRows sketches, Map<String, Set<Long>> truth, int night) {
    int estimated = 0;
    for (int i = 0; i < sketches.size(); i++) {
      String pair =
          sketches.longs(MartAudienceSketches.ACCOUNT_KEY).get(i)
              + " "
              + sketches.texts(MartAudienceSketches.TOPIC_ID).get(i);
      double error = sketches.doubles(MartAudienceSketches.RELATIVE_ERROR).get(i);
      int size = truth.get(pair).size();
      assertThat((double) sketches.longs(MartAudienceSketches.REACHED_COUNT).get(i))
          .as("%s on night %s", pair, night)
          .isCloseTo(size, within(4 * error * size));
      assertThat(error > 0).isEqualTo(size > 1 << AudienceSketch.LOG2_ENTRIES);
      estimated += error > 0 ? 1 : 0;
    }
    assertThat(estimated).isPositive();
  }

  private static Map<String, Set<Long>> truth(Set<String> done, Set<Long> counting) {
    Map<String, Set<Long>> truth = new HashMap<>();
    for (String act : done) {
      String[] parts = act.split(" ");
      long src = Long.parseLong(parts[0]);
      if (counting.contains(src)) {
        truth.computeIfAbsent(parts[1] + " *", pair -> new HashSet<>()).add(src);
        if (parts[2].equals("like")) {
          truth.computeIfAbsent(parts[1] + " chess", pair -> new HashSet<>()).add(src);
        }
      }
    }
    return truth;
  }

  /** Nobody left 100 and 200; 300 lost one, and 400 is new. */
  @Test
  void onlySketchesOfAudiencesThatShrankAreMadeAgain() {
    LocalDate next = FIRST.plusDays(1);
    AudienceTables first =
        new AudienceTables().credible(1, 2, 3).scored(100).scored(200).scored(300);
    AudienceTables second =
        new AudienceTables()
            .credible(1, 2, 3)
            .counted(1)
            .counted(2)
            .counted(3)
            .scored(100)
            .scored(200)
            .scored(300)
            .scored(400);
    for (AudienceTables tables : List.of(first, second)) {
      for (long account = 100; account <= 300; account += 100) {
        tables.edge(1, account, "follow", 1, FIRST).edge(2, account, "follow", 1, FIRST);
      }
    }
    second
        .edge(3, 200, "follow", 1, next)
        .edge(2, 300, "follow", -1, next)
        .edge(3, 400, "follow", 1, next)
        .act("follow", 3, 200, null, null, 1, next)
        .act("follow", 2, 300, null, null, -1, next);
    second.with(MartAudienceSketches.TABLE, first.rowsOf(FIRST).get(MartAudienceSketches.TABLE));
    AudienceInput input = second.input(next);
    Audiences audiences = new Audiences(input, new CredibleSet(input));
    assertThat(audiences.remade()).isEqualTo(2);
    assertThat(
            values(
                new AudienceMarts(input, audiences).sketches(),
                MartAudienceSketches.ACCOUNT_KEY,
                MartAudienceSketches.REACHED_COUNT))
        .containsExactlyInAnyOrder(
            List.of(100L, 2L), List.of(200L, 3L), List.of(300L, 1L), List.of(400L, 1L));
  }

  /**
   * A night writes the sketches of audiences that changed and of accounts that are described
   * otherwise than before; what it leaves, written whole, is the same rows.
   */
  @Test
  void aNightWritesTheRowsThatChange() {
    LocalDate next = FIRST.plusDays(1);
    AudienceTables first = new AudienceTables().credible(1, 2, 3);
    AudienceTables second = new AudienceTables().credible(1, 2, 3).counted(1).counted(2).counted(3);
    for (AudienceTables tables : List.of(first, second)) {
      for (long account = 100; account < 110; account++) {
        tables.edge(1, account, "follow", 1, FIRST).kind(account, "person");
        tables.scored(account).followers(account, account == 103 && tables == second ? 8L : 7L);
      }
      tables.edge(2, 100, "follow", 1, FIRST).expert(102, "chess");
      tables.about("chess", 1, 102, "like", 1, FIRST);
    }
    // 100 is followed once more by one who did before, 101 by somebody new, and 102, too.
    second
        .edge(2, 100, "like", 1, next)
        .edge(2, 101, "like", 1, next)
        .edge(3, 102, "like", 1, next)
        .with(MartAudienceSketches.TABLE, first.rowsOf(FIRST).get(MartAudienceSketches.TABLE));
    ColumnRows whole = second.rowsOf(next).get(MartAudienceSketches.TABLE);
    AudienceMarts some = AudienceStage.rows(second.changing().input(next)).sketches();
    assertThat(some.isWhole()).isFalse();
    assertThat(
            values(
                some.sketches(),
                MartAudienceSketches.ACCOUNT_KEY,
                MartAudienceSketches.TOPIC_ID,
                MartAudienceSketches.REACHED_COUNT,
                MartAudienceSketches.TOTAL_REACHED_COUNT,
                MartAudienceSketches.STATED_FOLLOWER_COUNT,
                MartAudienceSketches.NIGHT))
        .containsExactlyInAnyOrder(
            List.of(101L, "*", 2L, 2L, 7L, next.toEpochDay()),
            List.of(102L, "*", 2L, 2L, 7L, next.toEpochDay()),
            // Its own audience is as it was, but that of everything has grown.
            List.of(102L, "chess", 1L, 2L, 7L, next.toEpochDay()),
            List.of(103L, "*", 1L, 1L, 8L, next.toEpochDay()));
    assertThat(some.isKept(100, "*")).isTrue();
    assertThat(some.isKept(102, "chess")).isFalse();
    assertThat(some.isKept(999, "*")).isFalse();
    assertThat(whole.size()).isEqualTo(11);
    for (int i = 0; i < whole.size(); i++) {
      long account = whole.longs(MartAudienceSketches.ACCOUNT_KEY).get(i);
      boolean isNew = account >= 101 && account <= 103;
      assertThat(whole.longs(MartAudienceSketches.NIGHT).get(i))
          .isEqualTo(isNew ? next.toEpochDay() : FIRST.toEpochDay());
    }
  }

  @Test
  void theMartSaysWhoItIs() {
    ColumnRows mart =
        new AudienceTables()
            .edge(1, 100, "follow", 1, FIRST)
            .edge(2, 100, "like", 1, FIRST)
            .edge(1, 200, "like", 1, FIRST)
            .about("chess", 2, 100, "like", 1, FIRST)
            .credible(1, 2)
            .scored(100)
            .scored(200)
            .expert(100, "chess")
            .followers(100, 77L)
            .followers(200, null)
            .kind(100, "person")
            .writes(200, "en", 2)
            .writes(200, "es", 5)
            .leader(100, "chess", 1, "fr")
            .rowsOf(FIRST)
            .get(MartAudienceSketches.TABLE);
    assertThat(
            values(
                mart,
                MartAudienceSketches.ACCOUNT_KEY,
                MartAudienceSketches.TOPIC_ID,
                MartAudienceSketches.REACHED_COUNT,
                MartAudienceSketches.TOTAL_REACHED_COUNT,
                MartAudienceSketches.STATED_FOLLOWER_COUNT,
                MartAudienceSketches.KIND,
                MartAudienceSketches.LANGUAGE,
                MartAudienceSketches.EXPERTISE))
        .containsExactlyInAnyOrder(
            Arrays.asList(100L, "*", 2L, 2L, 77L, "person", null, null),
            Arrays.asList(100L, "chess", 1L, 2L, 77L, "person", "fr", 30.0),
            Arrays.asList(200L, "*", 1L, 1L, null, "unknown", "es", null));
  }

  private static AudienceTables three() {
    AudienceTables tables =
        new AudienceTables()
            .about("chess", 1, 100, "like", 1, FIRST)
            .about("chess", 2, 100, "like", 1, FIRST)
            .about("chess", 2, 200, "like", 1, FIRST)
            .about("chess", 3, 300, "like", 1, FIRST)
            .credible(1, 2, 3);
    for (long account = 100; account <= 300; account += 100) {
      tables.scored(account).expert(account, "chess").leader(account, "chess", account / 100, null);
    }
    return tables;
  }

  @Test
  void overlapsAreOfLeadersOfATopicWithEachOther() {
    assertThat(
            values(
                three().rowsOf(FIRST).get(MartAudienceOverlaps.TABLE),
                MartAudienceOverlaps.ACCOUNT_KEY,
                MartAudienceOverlaps.OTHER_KEY,
                MartAudienceOverlaps.REACHED_COUNT,
                MartAudienceOverlaps.SHARED_COUNT,
                MartAudienceOverlaps.SHARED_SHARE))
        .containsExactlyInAnyOrder(
            List.of(100L, 200L, 2L, 1L, 0.5), List.of(200L, 100L, 1L, 1L, 1.0));
    ColumnRows all = three().comparing(3).rowsOf(FIRST).get(MartAudienceOverlaps.TABLE);
    assertThat(values(all, MartAudienceOverlaps.SHARED_COUNT))
        .containsExactlyInAnyOrder(
            List.of(1L), List.of(1L), List.of(0L), List.of(0L), List.of(0L), List.of(0L));
  }
}
