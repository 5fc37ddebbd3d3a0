package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import renown.dumps.Verb;
import renown.night.ingest.Statement.Sort;
import renown.tables.Deletions;
import renown.tables.Interactions;
import renown.tables.Posts;
import renown.tables.WaitingInteractions;
import renown.testing.PrintedIds;

/**
 * Random nights, told in random order, in one night or several, by one shard or several, against
 * rules that are written down once more over sets of all statements.
 */
class RandomNightsTest {
  private static final Moves.Confirmed NO_MOVES = new Moves.Confirmed(List.of());

  private record Told(String id, Verb verb, long actor, long target) {}

  /** A lake of rows, as later nights find it. */
  private static final class Held {
    final TableRows rows = new TableRows();
    final Map<String, Object[]> posts = new HashMap<>();
    List<Object[]> waiting = new ArrayList<>();
  }

  private static List<Statement> statements(Random random) {
    List<Statement> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Few records, so that much is told twice; who owns a record is told by its id.
      int record = random.nextInt(12);
      long owner = record % 3;
      String id = "r" + record;
      long second = 10L * random.nextInt(8);
      switch (random.nextInt(5)) {
        case 0 ->
            all.add(
                Says.deletion(
                    random.nextInt(4) == 0 ? 5 : random.nextInt(6) == 0 ? Statement.NONE : owner,
                    id,
                    second));
        case 1 ->
            all.add(Says.post(owner, "p" + record, 10L * record, "x".repeat(random.nextInt(4))));
        case 2 -> all.add(Says.deletion(owner, "p" + random.nextInt(12), second));
        default -> {
          Verb verb = random.nextBoolean() ? Verb.LIKE : Verb.FOLLOW;
          Statement act = Says.act(owner, verb, 7 + random.nextInt(2), id, second);
          // As rows of databases tell it.
          boolean isShown = random.nextInt(3) == 0;
          all.add(isShown ? Says.shown(act, second + 10 * (1 + random.nextInt(4))) : act);
        }
      }
    }
    return all;
  }

  private static void night(Held held, List<Statement> said, int shards) {
    List<Object[]> waiting = held.waiting;
    held.waiting = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<Statement> ofActs = new ArrayList<>();
      PostShard posts = new PostShard(Says.NIGHT, 30, true);
      for (Statement one : said) {
        if (Statement.shard(one.hash(), shards) == shard) {
          if (one.sort != Sort.POST) {
            ofActs.add(one);
          }
          if (one.sort != Sort.ACT) {
            posts.add(Says.copy(one));
          }
        }
      }
      List<Statement> known = new ArrayList<>();
      held.rows.of(Interactions.TABLE).forEach(row -> known.add(Says.held(row)));
      for (Object[] row : held.rows.of(Deletions.TABLE)) {
        known.add(Says.heldDeletion(row));
        posts.add(Says.heldDeletion(row));
      }
      for (Object[] row : waiting) {
        Statement again = Says.toldAgain(row);
        if (Statement.shard(again.hash(), shards) == shard) {
          ofActs.add(again);
        }
      }
      for (Object[] row : held.posts.values()) {
        Statement post = new Statement(Sort.HELD_POST, (String) row[0]);
        post.id = (String) row[1];
        post.day = (Integer) row[2];
        post.account = (Long) row[3];
        post.happened = (Long) row[4];
        posts.add(post);
      }
      TableRows added = new TableRows();
      acts(ofActs, known, added);
      posts.end(
          added, new Counts(), one -> {}, one -> held.posts.remove(one.id()), one -> {}, one -> {});
      added.of(Interactions.TABLE).forEach(row -> held.rows.add(Interactions.TABLE, row));
      added.of(Deletions.TABLE).forEach(row -> held.rows.add(Deletions.TABLE, row));
      held.waiting.addAll(added.of(WaitingInteractions.TABLE));
      added.of(Posts.TABLE).forEach(row -> held.posts.put((String) row[1], row));
    }
  }

  /** As one shard holds all, and reads by itself what it asks for, or as it is sent all of it. */
  private static void acts(List<Statement> said, List<Statement> known, TableRows added) {
    int half = said.size() / 2;
    List<byte[]> blocks = new ArrayList<>();
    blocks.add(Statements.block(said.subList(0, half)));
    blocks.add(Statements.block(said.subList(half, said.size())));
    boolean isSent = said.size() % 2 == 0;
    if (isSent) {
      blocks.add(Statements.block(known));
    }
    ActBlocks acts = new ActBlocks(blocks);
    if (!isSent) {
      known.stream().filter(one -> acts.asksFor(one.network, one.print())).forEach(acts::addHeld);
    }
    acts.end(new ActShard(Says.NIGHT, 30, NO_MOVES), NO_MOVES, Says.NIGHT, added, new Counts());
  }

  /** What stands and what is undone, by the rules and nothing else. */
  private static Map<String, Integer> expected(List<Statement> all) {
    Map<Told, List<Statement>> claims = new HashMap<>();
    Map<String, Map<Long, TreeSet<Long>>> deletions = new HashMap<>();
    for (Statement one : all) {
      if (one.sort == Sort.ACT) {
        claims
            .computeIfAbsent(
                new Told(Says.id(one), one.verb, one.account, one.target), any -> new ArrayList<>())
            .add(one);
      } else if (one.sort == Sort.DELETION) {
        deletions
            .computeIfAbsent(one.id, any -> new HashMap<>())
            .computeIfAbsent(one.account, any -> new TreeSet<>())
            .add(one.witnessed);
      }
    }
    Map<String, Integer> rows = new TreeMap<>();
    claims.forEach(
        (told, acts) -> {
          TreeSet<Long> ends = new TreeSet<>();
          Map<Long, TreeSet<Long>> ofRecord = deletions.getOrDefault(told.id, Map.of());
          ends.addAll(ofRecord.getOrDefault(told.actor, new TreeSet<>()));
          ends.addAll(ofRecord.getOrDefault(Statement.NONE, new TreeSet<>()));
          TreeSet<Long> times = new TreeSet<>();
          for (Statement act : acts) {
            Long before = ends.lower(act.witnessed);
            times.add(before == null || before < act.happened ? act.happened : act.witnessed);
          }
          Set<Object> seen = new HashSet<>();
          for (long at : times) {
            Long end = ends.ceiling(at);
            if (seen.add(String.valueOf(end))) {
              String row = told.id + told.verb + told.actor + ">" + told.target + "@" + at;
              rows.put(row, end == null ? 1 : 0);
            }
          }
        });
    return rows;
  }

  private static Map<String, Integer> standing(Held held) {
    Map<String, Integer> rows = new TreeMap<>();
    for (Object[] row : held.rows.of(Interactions.TABLE)) {
      String what =
          PrintedIds.id(row[1], row[2])
              + Verb.valueOf(((String) row[4]).toUpperCase(java.util.Locale.ROOT))
              + row[5]
              + ">"
              + row[6]
              + "@"
              + row[10];
      rows.merge(what, ((Long) row[11]).intValue(), Integer::sum);
    }
    return rows;
  }

  private static Set<String> expectedPosts(List<Statement> all) {
    Set<String> ids = new TreeSet<>();
    all.stream().filter(one -> one.sort == Sort.POST).forEach(one -> ids.add(one.id));
    for (Statement one : all) {
      if (one.sort == Sort.DELETION && one.id.startsWith("p")) {
        long owner = Long.parseLong(one.id.substring(1)) % 3;
        if (one.account == owner || one.account == Statement.NONE) {
          ids.remove(one.id);
        }
      }
    }
    return ids;
  }

  @Test
  void whatStandsFollowsFromAllThatWasToldInAnyOrderOnAnyNumberOfShards() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Statement> all = statements(random);
      Map<String, Integer> expected = expected(all);
      Map<String, List<String>> rows = new HashMap<>();
      for (int shards : new int[] {1, 2, 5}) {
        Collections.shuffle(all, random);
        Held held = new Held();
        night(held, all, shards);
        assertThat(standing(held)).as("seed %d, %d shards", seed, shards).isEqualTo(expected);
        assertThat(held.posts.keySet()).isEqualTo(expectedPosts(all));
        rows.put("interactions " + shards, Says.rows(held.rows, Interactions.TABLE));
        rows.put("deletions " + shards, Says.rows(held.rows, Deletions.TABLE));
        // The same night again brings nothing.
        int count = held.rows.of(Interactions.TABLE).size();
        int deletions = held.rows.of(Deletions.TABLE).size();
        night(held, all, shards);
        assertThat(held.rows.of(Interactions.TABLE)).hasSize(count);
        assertThat(held.rows.of(Deletions.TABLE)).hasSize(deletions);
      }
      for (String table : List.of("interactions ", "deletions ")) {
        assertThat(rows.get(table + 2)).isEqualTo(rows.get(table + 1));
        assertThat(rows.get(table + 5)).isEqualTo(rows.get(table + 1));
      }
    }
  }

  @Test
  void nightByNightInTheOrderOfTimeItIsTheSame() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(1000 + seed);
      List<Statement> all = statements(random);
      // Each is told when it happens.
      all.stream()
          .filter(one -> one.sort == Sort.ACT)
          .forEach(one -> one.witnessed = Statement.NONE);
      Held held = new Held();
      for (long second = 0; second < 120; second += 10) {
        long at = Says.at(second);
        List<Statement> night =
            new ArrayList<>(
                all.stream().filter(one -> one.witnessed == at || one.happened == at).toList());
        Collections.shuffle(night, random);
        night(held, night, 1 + random.nextInt(3));
      }
      assertThat(standing(held)).as("seed %d", seed).isEqualTo(expected(all));
      assertThat(held.posts.keySet()).isEqualTo(expectedPosts(all));
    }
  }

  /** Which acts stand, whatever their times. */
  private static Set<String> stands(Map<String, Integer> rows) {
    Set<String> stands = new TreeSet<>();
    rows.forEach(
        (row, count) -> {
          if (count > 0) {
            assertThat(stands.add(row.substring(0, row.indexOf('@')))).as(row).isTrue();
          }
        });
    return stands;
  }

  @Test
  void whatStandsIsTheSameInAnyOrderOfNights() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(2000 + seed);
      List<Statement> all = statements(random);
      Collections.shuffle(all, random);
      Held held = new Held();
      for (int from = 0; from < all.size(); from += 7) {
        night(held, all.subList(from, Math.min(from + 7, all.size())), 1 + random.nextInt(3));
      }
      assertThat(stands(standing(held))).as("seed %d", seed).isEqualTo(stands(expected(all)));
    }
  }
}
