package renown.kernels.cascades;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** Random posts and acts, in any order, against {@link SlowCascade}. */
class CascadesOfManyPostsTest {
  private static final long HOUR = 3_600_000_000L;

  private record Act(
      int post,
      long actor,
      int verb,
      long at,
      long record,
      long path,
      boolean direct,
      Long parent) {
    private boolean isNew() {
      return parent == null;
    }
  }

  private record Society(
      long[] authors,
      long[] posted,
      List<Act> acts,
      Set<List<Long>> undone,
      List<long[]> attention) {
    static Society of(Random random) {
      int people = 2 + random.nextInt(30);
      int posts = 1 + random.nextInt(6);
      long[] authors = new long[posts];
      long[] posted = new long[posts];
      for (int post = 0; post < posts; post++) {
        authors[post] = random.nextInt(people);
        posted[post] = random.nextInt(5) == 0 ? Cascade.UNKNOWN : 100 * HOUR + random.nextInt(9);
      }
      List<Act> acts = new ArrayList<>();
      Set<List<Long>> undone = new HashSet<>();
      int count = random.nextInt(120);
      for (long record = 1; record <= count; record++) {
        // Many acts of one moment, and of one account at one moment.
        long at = 100 * HOUR + random.nextInt(20) * (random.nextInt(3) == 0 ? 1 : HOUR);
        acts.add(
            new Act(
                random.nextInt(posts),
                random.nextInt(people),
                random.nextInt(4),
                at,
                record,
                random.nextInt(3) == 0 ? 1 + random.nextInt(120) : 0,
                random.nextInt(4) == 0,
                random.nextInt(3) == 0 ? (long) random.nextInt(people) : null));
        if (random.nextInt(10) == 0) {
          undone.add(List.of(record, at));
        }
      }
      List<long[]> attention = new ArrayList<>();
      int pairs = random.nextInt(4 * people);
      for (int i = 0; i < pairs; i++) {
        long src = random.nextInt(people);
        long dst = random.nextInt(people);
        if (src != dst) {
          attention.add(new long[] {src, dst, 1 + random.nextInt(4000)});
        }
      }
      return new Society(authors, posted, acts, undone, attention);
    }
  }

  private static long units(long account) {
    return account * account % 97;
  }

  private static long community(long account) {
    return account % 5 == 0 ? Cascade.UNKNOWN : account % 3;
  }

  private static SlowCascade slow(Society society, int post) {
    SlowCascade slow =
        new SlowCascade(
            society.authors()[post], community(society.authors()[post]), society.posted()[post]);
    society.undone().forEach(gone -> slow.undo(gone.get(0), gone.get(1)));
    society.attention().forEach(pair -> slow.attend(pair[0], pair[1], pair[2]));
    society.acts().stream()
        .filter(act -> act.post() == post)
        .sorted(
            Comparator.comparingLong(Act::at)
                .thenComparingLong(Act::actor)
                .thenComparingInt(Act::verb)
                .thenComparingLong(Act::record))
        .forEach(
            act -> {
              if (act.isNew()) {
                slow.add(
                    act.actor(),
                    act.verb(),
                    act.at(),
                    act.record(),
                    act.path(),
                    act.direct(),
                    units(act.actor()),
                    community(act.actor()));
              } else {
                slow.addDecided(
                    act.actor(),
                    act.verb(),
                    act.at(),
                    act.record(),
                    act.parent(),
                    act.record() % 2 == 0,
                    1.0 / act.record(),
                    act.record() % 3 == 0,
                    units(act.actor()),
                    community(act.actor()));
              }
            });
    slow.build();
    return slow;
  }

  private static CascadeActs acts(Society society, List<Act> inOrder) {
    Undone undone = new Undone();
    society.undone().forEach(gone -> undone.add(7, gone.get(0), gone.get(1)));
    CascadeActs acts = new CascadeActs();
    for (Act act : inOrder) {
      if (undone.has(7, act.record(), act.at())) {
        continue;
      }
      if (act.isNew()) {
        acts.add(
            act.post(),
            act.actor(),
            act.verb(),
            act.at(),
            act.record(),
            act.path(),
            act.direct(),
            units(act.actor()),
            community(act.actor()));
      } else {
        acts.addDecided(
            act.post(),
            act.actor(),
            act.verb(),
            act.at(),
            act.record(),
            act.parent(),
            act.record() % 2 == 0,
            1.0 / act.record(),
            act.record() % 3 == 0,
            units(act.actor()),
            community(act.actor()));
      }
    }
    acts.sort(society.authors().length);
    return acts;
  }

  private static AttentionPairs attention(Society society, Random random) {
    List<long[]> pairs = new ArrayList<>(society.attention());
    Collections.shuffle(pairs, random);
    return AttentionPairs.of(
        pairs.stream().mapToLong(pair -> pair[0]).toArray(),
        pairs.stream().mapToLong(pair -> pair[1]).toArray(),
        pairs.stream().mapToLong(pair -> pair[2]).toArray());
  }

  @Test
  void agreesWithTheSlowOneWhateverTheOrder() {
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      Society society = Society.of(random);
      List<Act> shuffled = new ArrayList<>(society.acts());
      Collections.shuffle(shuffled, random);
      CascadeActs acts = acts(society, shuffled);
      AttentionPairs attention = attention(society, random);
      for (int post = 0; post < society.authors().length; post++) {
        long author = society.authors()[post];
        long posted = society.posted()[post];
        SlowCascade slow = slow(society, post);
        Cascade fast = new Cascade(acts, post, author, community(author), posted, attention);
        assertThat(acts.to(post) - acts.from(post)).as("seed %d", seed).isEqualTo(slow.acts());
        for (int i = 0; i < slow.acts(); i++) {
          int act = acts.from(post) + i;
          assertThat(acts.record(act)).isEqualTo(slow.record(i));
          assertThat(acts.parent(act)).as("seed %d, act %d", seed, i).isEqualTo(slow.parent(i));
          assertThat(acts.isRecorded(act)).isEqualTo(slow.isRecorded(i));
          assertThat(acts.confidence(act)).isEqualTo(slow.confidence(i));
          assertThat(acts.inAudience(act)).isEqualTo(slow.inAudience(i));
          assertThat(acts.isNew(act)).isEqualTo(slow.isNew(i));
        }
        assertThat(figures(fast, posted)).as("seed %d", seed).isEqualTo(figures(slow, posted));
        assertThat(showers(fast)).isEqualTo(showers(slow, author));
      }
    }
  }

  private static List<Object> figures(Cascade cascade, long posted) {
    Map<SlowCascade.Bridge, SlowCascade.Reached> bridges = new HashMap<>();
    cascade.bridges(
        (carrier, from, to, count, units) ->
            bridges.put(
                new SlowCascade.Bridge(carrier, from, to), new SlowCascade.Reached(count, units)));
    boolean isTimed = posted != Cascade.UNKNOWN && cascade.reactors() > 0;
    return Arrays.asList(
        cascade.count(Cascade.REPOST),
        cascade.count(Cascade.LIKE),
        cascade.reactors(),
        cascade.units(),
        cascade.recordedShare(),
        cascade.confidence(),
        cascade.beyondAudience(),
        cascade.communities(),
        cascade.tree().depth(),
        cascade.tree().breadth(),
        cascade.tree().virality(),
        isTimed ? cascade.toHalf() : null,
        isTimed ? cascade.alive() : null,
        isTimed ? cascade.firstHour() : null,
        Arrays.toString(cascade.hourlyUnits()),
        bridges);
  }

  private static List<Object> figures(SlowCascade cascade, long posted) {
    boolean isTimed = posted != Cascade.UNKNOWN && cascade.reactors() > 0;
    return Arrays.asList(
        cascade.count(Cascade.REPOST),
        cascade.count(Cascade.LIKE),
        cascade.reactors(),
        cascade.units(),
        cascade.recordedShare(),
        cascade.confidence(),
        cascade.beyondAudience(),
        cascade.communities(),
        cascade.tree().depth(),
        cascade.tree().breadth(),
        cascade.tree().virality(),
        isTimed ? cascade.toHalf() : null,
        isTimed ? cascade.alive() : null,
        isTimed ? cascade.firstHour() : null,
        Arrays.toString(cascade.hourlyUnits()),
        cascade.bridges());
  }

  private static Set<Long> showers(Cascade cascade) {
    Set<Long> showers = new HashSet<>();
    for (long one : cascade.showers()) {
      assertThat(showers.add(one)).isTrue();
    }
    return showers;
  }

  private static Set<Long> showers(SlowCascade cascade, long author) {
    Set<Long> showers = new HashSet<>(Set.of(author));
    for (int act = 0; act < cascade.acts(); act++) {
      if (cascade.verb(act) <= Cascade.QUOTE) {
        showers.add(cascade.actor(act));
      }
    }
    return showers;
  }

  /** Two retweets within a second are two records: one that is taken back leaves the other. */
  @Test
  void oneOfTwoActsOfOneMomentIsUndone() {
    OnePost post = new OnePost(1, Cascade.UNKNOWN, HOUR);
    post.undo(21, 2 * HOUR);
    post.add(2, Cascade.REPOST, 2 * HOUR, 20, 0, true, 1, Cascade.UNKNOWN);
    post.add(2, Cascade.REPOST, 2 * HOUR, 21, 0, true, 1, Cascade.UNKNOWN);
    post.build();
    assertThat(post.acts()).isEqualTo(1);
    assertThat(post.built().count(Cascade.REPOST)).isEqualTo(1);
  }

  @Test
  void aRecordIsUndoneOnItsNetworkAndAsOfItsTimeAlone() {
    Undone undone = new Undone();
    undone.add(1, 5, 100);
    assertThat(undone.has(1, 5, 100)).isTrue();
    assertThat(undone.has(2, 5, 100)).isFalse();
    assertThat(undone.has(1, 5, 101)).isFalse();
    assertThat(undone.has(1, 6, 100)).isFalse();
  }
}
