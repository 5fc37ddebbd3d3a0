package renown.night.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactionTest {
  /** A hundred nights of a society whose accounts meet again: fewer and fewer rows are new. */
  @Test
  void aNightReadsAtMostTwiceWhatThereIsAndRowsAreWrittenFewTimes() {
    List<Long> files = new ArrayList<>();
    long added = 0;
    long written = 0;
    for (int night = 1; night <= 100; night++) {
      files.add(100L);
      added += 100;
      written += 100;
      long distinct = Math.min(100L * night, 300 + 20L * night);
      long read = files.stream().mapToLong(rows -> rows).sum();
      assertThat(read).as("night " + night).isLessThanOrEqualTo(2 * distinct + 400);
      if (TopicJudgement.isCompactionDue(files.stream().mapToLong(rows -> rows).toArray())) {
        files = new ArrayList<>(List.of(distinct));
        written += distinct;
      }
    }
    assertThat(added).isEqualTo(10_000);
    assertThat(written).isLessThan(3 * added);
  }

  @Test
  void fewFilesStay() {
    assertThat(TopicJudgement.isCompactionDue()).isFalse();
    assertThat(TopicJudgement.isCompactionDue(10, 10, 10)).isFalse();
    assertThat(TopicJudgement.isCompactionDue(10, 10, 10, 10)).isTrue();
    assertThat(TopicJudgement.isCompactionDue(100, 10, 10, 10)).isFalse();
  }
}
