package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import renown.run.ConfigKey;
import renown.tables.AccountState;
import renown.tables.Accounts;
import renown.tables.EdgeIncrements;
import renown.tables.Posts;
import renown.tables.StageRuns;
import renown.tables.TableSchema;

/** Stages run at the same time only where none can see what another does. */
class StageOrderTest {
  private record Named(
      String name,
      List<TableSchema> inputs,
      List<TableSchema> inputsOfNightBefore,
      List<TableSchema> outputs)
      implements Stage {
    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public void run(Night night) {}
  }

  private static Named stage(String name, List<TableSchema> inputs, List<TableSchema> outputs) {
    return new Named(name, inputs, List.of(), outputs);
  }

  private static final Named READER = stage("reader", List.of(), List.of(Accounts.TABLE));
  private static final Named LEFT =
      stage("left", List.of(Accounts.TABLE), List.of(EdgeIncrements.TABLE));
  private static final Named RIGHT = stage("right", List.of(Accounts.TABLE), List.of(Posts.TABLE));
  private static final Named JOINER =
      stage("joiner", List.of(Posts.TABLE, EdgeIncrements.TABLE), List.of(AccountState.TABLE));
  private static final List<Stage> STAGES = List.of(READER, LEFT, RIGHT, JOINER);

  @Test
  void oneAtATimeIsTheirOrder() throws Exception {
    List<String> ended = new ArrayList<>();
    StageOrder.run(STAGES, 1, stage -> ended.add(stage.name()));
    assertThat(ended).containsExactly("reader", "left", "right", "joiner");
  }

  /** Each of the two in the middle ends only when the other has begun. */
  @Test
  void thoseThatDoNotMeetRunAtOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    StageOrder.run(
        STAGES,
        3,
        stage -> {
          if (stage == LEFT || stage == RIGHT) {
            assertThat(ended).containsExactly("reader");
            begun.countDown();
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
          } else if (stage == JOINER) {
            assertThat(ended).containsExactlyInAnyOrder("reader", "left", "right");
          }
          ended.add(stage.name());
        });
    assertThat(ended).hasSize(4).endsWith("joiner");
  }

  @Test
  void afterAFailureNoFurtherStageBegins() {
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch failed = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                StageOrder.run(
                    STAGES,
                    2,
                    stage -> {
                      if (stage == LEFT) {
                        failed.countDown();
                        throw new IllegalStateException("left");
                      }
                      if (stage == RIGHT) {
                        assertThat(failed.await(1, TimeUnit.MINUTES)).isTrue();
                      }
                      ended.add(stage.name());
                    }))
        .hasMessage("left");
    assertThat(ended).containsExactly("reader", "right");
  }

  @Test
  void whoWritesATableWaitsForThoseWhoReadItAsItWas() {
    Named before =
        new Named("before", List.of(), List.of(Posts.TABLE), List.of(AccountState.TABLE));
    assertThat(RIGHT.waitsFor(before)).isTrue();
    assertThat(LEFT.waitsFor(before)).isFalse();
  }

  @Test
  void whoReadsTheJournalIsWaitedForAndWaits() {
    Named teller = stage("teller", List.of(StageRuns.TABLE), List.of());
    assertThat(teller.waitsFor(LEFT)).isTrue();
    assertThat(LEFT.waitsFor(teller)).isTrue();
    assertThat(LEFT.waitsFor(RIGHT)).isFalse();
  }
}
