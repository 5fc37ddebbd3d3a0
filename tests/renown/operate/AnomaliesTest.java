package renown.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomaliesTest {
  private static final LocalDate LAST = LocalDate.of(2026, 1, 14);
  private static final LocalDate MORNING_AFTER = LAST.plusDays(1);

  private final List<Status.Unread> unread = new ArrayList<>();
  private final List<Status.Loaded> loaded = new ArrayList<>();
  private final List<Status.Duration> durations = new ArrayList<>();
  private final List<Status.Judged> judged = new ArrayList<>();

  /** So many ordinary nights before the last one. */
  private AnomaliesTest before(int nights) {
    for (int i = nights; i > 0; i--) {
      loaded.add(new Status.Loaded(LAST.minusDays(i), "x", 990, 0, 0, 10, 100));
      durations.add(new Status.Duration(LAST.minusDays(i), 100));
      judged.add(new Status.Judged(LAST.minusDays(i), "x", "momentum", 0.8, "reactors", 0.7));
    }
    return this;
  }

  private AnomaliesTest last(long accepted, long rejected, long scored, double seconds) {
    loaded.add(new Status.Loaded(LAST, "x", accepted, 0, 0, rejected, scored));
    durations.add(new Status.Duration(LAST, seconds));
    return this;
  }

  private List<String> rules(LocalDate today) {
    return found(today).stream().map(Anomalies.Anomaly::rule).toList();
  }

  private List<Anomalies.Anomaly> found(LocalDate today) {
    return Anomalies.of(new Status(LAST, loaded, unread, durations, List.of(), judged), today);
  }

  @Test
  void anOrdinaryNightIsNotUnusual() {
    before(7).last(500, 5, 90, 200);
    assertThat(found(MORNING_AFTER)).isEmpty();
    // A night is not late while its day lasts.
    assertThat(found(LAST)).isEmpty();
  }

  @Test
  void aNightThatIsOverAndNotPublishedIsLate() {
    before(7).last(990, 10, 100, 100);
    assertThat(found(MORNING_AFTER.plusDays(1)))
        .containsExactly(
            new Anomalies.Anomaly(
                "late",
                "",
                "The night of 2026-01-15 is not published; the last one is 2026-01-14."));
  }

  @Test
  void aNetworkOfWhichNothingCanBeReadIsSeen() {
    before(7).last(990, 10, 100, 100);
    unread.add(new Status.Unread("orkut", 1200));
    assertThat(found(MORNING_AFTER))
        .containsExactly(
            new Anomalies.Anomaly(
                "unread",
                "orkut",
                "orkut: nothing is loaded, for none of its 1,200 files can be read. See:"
                    + " scripts/submit.sh rejects --network orkut."));
  }

  @Test
  void aVolumeThatHalvedOrDoubledIsUnusual() {
    before(7).last(494, 0, 100, 100);
    assertThat(found(MORNING_AFTER))
        .containsExactly(
            new Anomalies.Anomaly("volume", "x", "x: 494 lines were accepted; usually 990."));
    loaded.remove(7);
    last(1981, 0, 100, 0);
    assertThat(rules(MORNING_AFTER)).containsExactly("volume");
  }

  @Test
  void aNetworkThatFellSilentIsSeen() {
    before(7);
    assertThat(rules(MORNING_AFTER)).containsExactly("volume", "scored");
  }

  @Test
  void withTwoNightsThereIsNoUsual() {
    before(2).last(1, 0, 100, 1000);
    assertThat(found(MORNING_AFTER)).isEmpty();
    before(3);
    assertThat(rules(MORNING_AFTER)).containsExactly("volume", "duration");
  }

  /** The median: one bad night before does not move what is usual. */
  @Test
  void onlyTheSevenNightsBeforeCount() {
    loaded.add(new Status.Loaded(LAST.minusDays(20), "x", 1, 0, 0, 0, 100));
    loaded.add(new Status.Loaded(LAST.minusDays(21), "x", 1, 0, 0, 0, 100));
    loaded.add(new Status.Loaded(LAST.minusDays(22), "x", 1, 0, 0, 0, 100));
    before(4).last(990, 0, 100, 100);
    loaded.add(new Status.Loaded(LAST.minusDays(5), "x", 1, 0, 0, 0, 100));
    assertThat(found(MORNING_AFTER)).isEmpty();
  }

  @Test
  void rejectsAboveOnePercentAndTwiceTheUsualAreUnusual() {
    before(7).last(970, 30, 100, 100);
    assertThat(found(MORNING_AFTER))
        .extracting(Anomalies.Anomaly::text)
        .containsExactly(
            "x: 3.00 % of the lines were rejected; usually 1.00 %. See: scripts/submit.sh"
                + " rejects.");
  }

  @Test
  void scoresThatGetLostAreUnusual() {
    before(1).last(990, 10, 89, 100);
    assertThat(found(MORNING_AFTER))
        .extracting(Anomalies.Anomaly::text)
        .containsExactly("x: 89 accounts have a score, 100 the night before.");
  }

  @Test
  void aSlowNightIsUnusualWhereItIsAMinuteMore() {
    before(7).last(990, 10, 100, 201);
    assertThat(rules(MORNING_AFTER)).containsExactly("duration");
    durations.clear();
    for (int i = 0; i < 8; i++) {
      durations.add(new Status.Duration(LAST.minusDays(i), i == 0 ? 69 : 10));
    }
    assertThat(found(MORNING_AFTER)).isEmpty();
  }

  @Test
  void aWorseValidationIsUnusual() {
    before(7).last(990, 10, 100, 100);
    judged.add(new Status.Judged(LAST, "x", "momentum", 0.71, "reactors", 0.6));
    judged.add(new Status.Judged(LAST, "x", "score", 0.1, "reactors", 0.6));
    assertThat(found(MORNING_AFTER)).isEmpty();
    judged.set(7, new Status.Judged(LAST, "x", "momentum", 0.69, "reactors", 0.6));
    assertThat(found(MORNING_AFTER))
        .extracting(Anomalies.Anomaly::text)
        .containsExactly(
            "x: the rank correlation of momentum with the outcome is 0.69; usually 0.80.");
  }
}
