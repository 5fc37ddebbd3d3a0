package renown.kernels.cascades;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import renown.kernels.cascades.SlowCascade.Bridge;
import renown.kernels.cascades.SlowCascade.Reached;

class CascadeTest {
  private static final long AUTHOR = 1;
  private static final long HOUR = 3_600_000_000L;
  private static final long POSTED = 1000 * HOUR;

  private static OnePost cascade() {
    return new OnePost(AUTHOR, 100, POSTED);
  }

  /** A repost without a path on a network that does not tell paths. */
  private static void repost(OnePost cascade, long actor, long at) {
    cascade.add(actor, Cascade.REPOST, at, actor, 0, false, 1, Cascade.UNKNOWN);
  }

  private static Map<Long, Long> parents(OnePost cascade) {
    Map<Long, Long> parents = new HashMap<>();
    for (int act = 0; act < cascade.acts(); act++) {
      parents.put(cascade.actor(act), cascade.parent(act));
    }
    return parents;
  }

  @Test
  void whatIsRecordedIsTaken() {
    OnePost cascade = cascade();
    // 2 reposts the post, 3 reposts that, 4 likes it there, 5 answers, 6 answers 5's answer.
    cascade.add(2, Cascade.REPOST, POSTED + 1, 20, 0, true, 1, Cascade.UNKNOWN);
    cascade.add(3, Cascade.REPOST, POSTED + 2, 30, 20, false, 1, Cascade.UNKNOWN);
    cascade.add(4, Cascade.LIKE, POSTED + 3, 40, 30, false, 1, Cascade.UNKNOWN);
    cascade.add(5, Cascade.REPLY, POSTED + 4, 50, 0, true, 1, Cascade.UNKNOWN);
    cascade.add(6, Cascade.REPLY, POSTED + 5, 60, 50, false, 1, Cascade.UNKNOWN);
    cascade.build();
    assertThat(parents(cascade))
        .containsExactlyInAnyOrderEntriesOf(Map.of(2L, AUTHOR, 3L, 2L, 4L, 3L, 5L, AUTHOR, 6L, 5L));
    assertThat(cascade.built().recordedShare()).isEqualTo(1);
    assertThat(cascade.built().confidence()).isEqualTo(1);
    assertThat(cascade.built().tree().depth()).isEqualTo(3);
    assertThat(cascade.built().count(Cascade.REPOST)).isEqualTo(2);
    assertThat(cascade.built().count(Cascade.REPLY)).isEqualTo(2);
  }

  @Test
  void elseTheLatestSharerThatTheAccountAttendsTo() {
    OnePost cascade = cascade();
    cascade.attend(5, 2, 1);
    cascade.attend(5, 3, 1);
    cascade.attend(5, 6, 1);
    cascade.attend(5, 77, 1);
    repost(cascade, 2, POSTED + 1);
    repost(cascade, 3, POSTED + 2);
    repost(cascade, 4, POSTED + 3);
    repost(cascade, 5, POSTED + 4);
    repost(cascade, 6, POSTED + 5);
    cascade.build();
    assertThat(cascade.parent(3)).isEqualTo(3);
    assertThat(cascade.isRecorded(3)).isFalse();
    // It may have come from the author, from 2 or from 3; 6 came later, 4 is a stranger.
    assertThat(cascade.confidence(3)).isCloseTo(1.0 / 3, within(1e-12));
    // Nobody that 6 attends to: the author, or any of the four.
    assertThat(cascade.parent(4)).isEqualTo(AUTHOR);
    assertThat(cascade.confidence(4)).isCloseTo(1.0 / 5, within(1e-12));
    assertThat(cascade.confidence(0)).isEqualTo(1);
    assertThat(cascade.built().recordedShare()).isZero();
    assertThat(cascade.built().confidence())
        .isCloseTo((1 + 1 / 2.0 + 1 / 3.0 + 1 / 3.0 + 1 / 5.0) / 5, within(1e-12));
  }

  @Test
  void aPathThatIsNotHereOrNotEarlierIsInferred() {
    OnePost cascade = cascade();
    cascade.add(2, Cascade.REPOST, POSTED + 1, 20, 99, false, 1, Cascade.UNKNOWN);
    cascade.add(3, Cascade.REPOST, POSTED + 2, 30, 40, false, 1, Cascade.UNKNOWN);
    cascade.add(4, Cascade.REPOST, POSTED + 3, 40, 0, true, 1, Cascade.UNKNOWN);
    cascade.build();
    assertThat(parents(cascade)).containsEntry(2L, AUTHOR).containsEntry(3L, AUTHOR);
    assertThat(cascade.isRecorded(0)).isFalse();
    assertThat(cascade.isRecorded(1)).isFalse();
    assertThat(cascade.built().recordedShare()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void theAuthorsOwnRepostIsTheAuthor() {
    OnePost cascade = cascade();
    cascade.add(AUTHOR, Cascade.REPOST, POSTED + 1, 10, 0, true, 1, Cascade.UNKNOWN);
    cascade.add(2, Cascade.LIKE, POSTED + 2, 20, 10, false, 1, Cascade.UNKNOWN);
    cascade.build();
    assertThat(cascade.built().reactors()).isEqualTo(1);
    assertThat(cascade.parent(1)).isEqualTo(AUTHOR);
    assertThat(cascade.isRecorded(1)).isTrue();
    assertThat(cascade.built().count(Cascade.REPOST)).isZero();
  }

  /** What was decided stays, and who came through one that is gone hangs at the author, unsure. */
  @Test
  void whatIsUndoneLeavesTheTree() {
    OnePost cascade = cascade();
    cascade.undo(20, POSTED + 1);
    cascade.undo(40, POSTED + 3);
    cascade.addDecided(
        2, Cascade.REPOST, POSTED + 1, 20, AUTHOR, true, 1, true, 1, Cascade.UNKNOWN);
    cascade.addDecided(3, Cascade.REPOST, POSTED + 2, 30, 2, true, 1, false, 1, Cascade.UNKNOWN);
    cascade.add(4, Cascade.LIKE, POSTED + 3, 40, 30, false, 1, Cascade.UNKNOWN);
    cascade.add(5, Cascade.LIKE, POSTED + 4, 50, 30, false, 1, Cascade.UNKNOWN);
    cascade.build();
    assertThat(cascade.built().reactors()).isEqualTo(2);
    assertThat(cascade.built().tree().depth()).isEqualTo(2);
    assertThat(cascade.built().recordedShare()).isEqualTo(0.5);
    assertThat(cascade.built().confidence()).isEqualTo(0.5);
    assertThat(cascade.built().beyondAudience()).isEqualTo(2);
    assertThat(cascade.isNew(0)).isFalse();
    assertThat(cascade.isNew(1)).isTrue();
  }

  @Test
  void anAccountStandsInTheTreeOnceWhereItFirstCame() {
    OnePost cascade = cascade();
    cascade.add(2, Cascade.LIKE, POSTED + 1, 20, 0, true, 7, 200);
    cascade.add(3, Cascade.REPOST, POSTED + 2, 30, 0, true, 5, 300);
    cascade.add(2, Cascade.REPOST, POSTED + 3, 21, 30, false, 7, 200);
    cascade.build();
    assertThat(cascade.built().reactors()).isEqualTo(2);
    assertThat(cascade.built().units()).isEqualTo(12);
    assertThat(cascade.built().tree().depth()).isEqualTo(1);
    assertThat(cascade.built().communities()).isEqualTo(2);
  }

  @Test
  void theAudienceFollowsOrHasReactedToSomethingElse() {
    OnePost cascade = cascade();
    cascade.attend(2, AUTHOR, 1L << 40);
    cascade.attend(3, AUTHOR, Cascade.ACT - 5);
    cascade.attend(4, AUTHOR, 3 * Cascade.ACT - 500);
    repost(cascade, 2, POSTED + 1);
    repost(cascade, 3, POSTED + 2);
    cascade.add(4, Cascade.LIKE, POSTED + 3, 40, 0, false, 1, Cascade.UNKNOWN);
    cascade.add(4, Cascade.REPLY, POSTED + 4, 41, 0, true, 1, Cascade.UNKNOWN);
    repost(cascade, 5, POSTED + 5);
    cascade.build();
    // 3's only act is this repost; 4 has done two here and one elsewhere; 5 is a stranger.
    assertThat(cascade.built().beyondAudience()).isEqualTo(2);
    assertThat(cascade.inAudience(0)).isTrue();
    assertThat(cascade.inAudience(1)).isFalse();
    assertThat(cascade.inAudience(2)).isTrue();
  }

  @Test
  void timesAndTheFirstHour() {
    OnePost cascade = cascade();
    long[] at = {-HOUR, HOUR / 2, HOUR - 1, HOUR, 5 * HOUR, 30 * HOUR};
    for (int i = 0; i < at.length; i++) {
      cascade.add(
          10 + i, i == 1 ? Cascade.LIKE : Cascade.REPOST, POSTED + at[i], i, 0, true, 2, 300 + i);
    }
    cascade.build();
    assertThat(cascade.built().toHalf()).isEqualTo(HOUR - 1);
    assertThat(cascade.built().alive()).isEqualTo(30 * HOUR);
    long[] hourly = cascade.built().hourlyUnits();
    assertThat(hourly).hasSize(24).startsWith(6, 2, 0, 0, 0, 2, 0);
    assertThat(java.util.Arrays.stream(hourly).sum()).isEqualTo(10);
    assertThat(cascade.built().firstHour()).isEqualTo(new Cascade.FirstHour(3, 2, 3, 3, 1));
  }

  @Test
  void aBridgeIsWhoBroughtItIntoACommunityWhereOthersTookItOn() {
    OnePost cascade = cascade();
    // Author in 100: 2 carries it into 200, where 3 and 4 follow, and 4 brings 6 of 300, who
    // brings 7 of 300; 5 of 300 comes to it from the author and nobody follows.
    cascade.addDecided(2, Cascade.REPOST, POSTED + 1, 20, AUTHOR, true, 1, true, 1, 200);
    cascade.add(3, Cascade.REPOST, POSTED + 2, 30, 20, false, 8, 200);
    cascade.add(4, Cascade.REPOST, POSTED + 3, 40, 30, false, 16, 200);
    cascade.add(5, Cascade.REPOST, POSTED + 4, 50, 0, true, 1, 300);
    cascade.add(6, Cascade.REPOST, POSTED + 5, 60, 40, false, 1, 300);
    cascade.add(7, Cascade.LIKE, POSTED + 6, 70, 60, false, 32, 300);
    cascade.add(8, Cascade.LIKE, POSTED + 7, 80, 20, false, 1, Cascade.UNKNOWN);
    cascade.add(9, Cascade.LIKE, POSTED + 8, 90, 0, true, 1, 100);
    cascade.build();
    assertThat(cascade.bridges())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                new Bridge(2, 100, 200), new Reached(2, 24),
                new Bridge(6, 200, 300), new Reached(1, 32)));
  }

  /** Against a table of who shared when, asked anew for every act. */
  @Test
  void inferenceAgreesWithLookingAtEveryEarlierSharer() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(40);
      boolean[][] attends = new boolean[n + 2][n + 2];
      OnePost cascade = cascade();
      for (int a = 2; a < n + 2; a++) {
        for (int b = 2; b < n + 2; b++) {
          attends[a][b] = a != b && random.nextInt(6) == 0;
          if (attends[a][b]) {
            cascade.attend(a, b, 1 + random.nextInt(3));
          }
        }
      }
      List<long[]> acts = new ArrayList<>();
      long at = POSTED;
      for (int i = 0; i < 2 * n; i++) {
        at += random.nextInt(3);
        long actor = 2 + random.nextInt(n);
        int verb = random.nextInt(2) == 0 ? Cascade.REPOST : Cascade.LIKE;
        acts.add(new long[] {at, actor, verb});
      }
      acts.sort((x, y) -> x[0] != y[0] ? Long.compare(x[0], y[0]) : Long.compare(x[1], y[1]));
      for (int i = 0; i < acts.size(); i++) {
        long[] act = acts.get(i);
        cascade.add(act[1], (int) act[2], act[0], 1000 + i, 0, false, 1, Cascade.UNKNOWN);
      }
      cascade.build();
      for (int i = 0; i < acts.size(); i++) {
        long[] act = acts.get(i);
        long parent = AUTHOR;
        long latest = Long.MIN_VALUE;
        int candidates = 0;
        for (int other = 2; other < n + 2; other++) {
          // The last that it did before this act in the order of acts; none at the same time.
          long share = Long.MIN_VALUE;
          for (int j = 0; j < i; j++) {
            if (acts.get(j)[1] == other && acts.get(j)[2] == Cascade.REPOST) {
              share = acts.get(j)[0];
            }
          }
          if (attends[(int) act[1]][other] && share != Long.MIN_VALUE && share < act[0]) {
            candidates++;
            if (share > latest) {
              latest = share;
              parent = other;
            }
          }
        }
        assertThat(cascade.parent(i)).isEqualTo(parent);
        if (candidates > 0) {
          assertThat(cascade.confidence(i)).isCloseTo(1.0 / (1 + candidates), within(1e-12));
        }
      }
    }
  }
}
