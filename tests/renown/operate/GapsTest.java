package renown.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final LocalDate LAST = LocalDate.of(2026, 1, 14);

  private static Gaps.Loaded file(String network, String day, String night, String name) {
    return new Gaps.Loaded(
        network,
        LocalDate.parse(day),
        LocalDate.parse(night),
        network + "/dt=" + day + "/" + name,
        10,
        1);
  }

  private static List<String> texts(List<Gaps.Loaded> files, Gaps.Cut... cut) {
    return Gaps.of(files, List.of(cut), LAST).stream()
        .map(gap -> gap.rule() + " | " + gap.text())
        .toList();
  }

  /** A day of a network that writes a file every hour, without some hours. */
  private static List<Gaps.Loaded> hours(String day, Integer... without) {
    List<Gaps.Loaded> files = new ArrayList<>();
    for (int hour = 0; hour < 24; hour++) {
      if (!List.of(without).contains(hour)) {
        files.add(file("github", day, day, day + "-" + hour + ".json.gz"));
      }
    }
    return files;
  }

  @Test
  void hoursAreMissedWhereOtherDaysHaveThem() {
    List<Gaps.Loaded> files = new ArrayList<>(hours("2026-01-11"));
    files.addAll(hours("2026-01-12", 3, 17));
    files.addAll(hours("2026-01-13"));
    assertThat(texts(files))
        .containsExactly("hours | github: no file of 2026-01-12 03:00, 2026-01-12 17:00.");
    // Two hours a day are a habit, not a gap; and where names tell no hour there is none.
    assertThat(
            texts(
                List.of(
                    file("x", "2026-01-12", "2026-01-12", "2026-01-12-03.json"),
                    file("x", "2026-01-13", "2026-01-13", "2026-01-13-03.json"),
                    file("y", "2026-01-13", "2026-01-13", "part-00003.json"))))
        .isEmpty();
  }

  @Test
  void aLineThatBreaksOffShowsItsFileToBeCutWhereItIsTheLast() {
    List<Gaps.Loaded> files = List.of(file("x", "2026-01-13", "2026-01-13", "a.jsonl"));
    String path = files.get(0).path();
    assertThat(Gaps.isLast(path, 11, files)).isTrue();
    // Blank lines are numbered and not counted.
    assertThat(Gaps.isLast(path, 13, files)).isTrue();
    assertThat(Gaps.isLast(path, 10, files)).isFalse();
    assertThat(Gaps.isLast("x/dt=2026-01-13/other.jsonl", 11, files)).isFalse();
  }

  @Test
  void daysAreMissedBetweenTheFirstAndTheLast() {
    assertThat(
            texts(
                List.of(
                    file("x", "2025-01-01", "2026-01-10", "a.json"),
                    file("x", "2026-01-10", "2026-01-10", "a.json"),
                    file("x", "2026-01-13", "2026-01-13", "a.json"),
                    file("y", "2026-01-02", "2026-01-02", "a.json"))))
        .containsExactly(
            "days | x: no file of 2025-12-16, 2025-12-17, 2025-12-18, 2025-12-19, 2025-12-20 and"
                + " 22 more.");
    assertThat(
            texts(
                List.of(
                    file("x", "2026-01-10", "2026-01-10", "a.json"),
                    file("x", "2026-01-13", "2026-01-13", "a.json"))))
        .containsExactly("days | x: no file of 2026-01-11, 2026-01-12.");
  }

  @Test
  void whatArrivedLateIsToldAndHistoryIsNot() {
    assertThat(
            texts(
                List.of(
                    // The first night read what had been there.
                    file("x", "2026-01-09", "2026-01-10", "a.json"),
                    file("x", "2026-01-10", "2026-01-10", "a.json"),
                    file("x", "2026-01-11", "2026-01-11", "a.json"),
                    file("x", "2026-01-11", "2026-01-13", "b.json"),
                    file("x", "2026-01-12", "2026-01-12", "a.json"))))
        .containsExactly(
            "delayed | x: arrived after the night of their day: x/dt=2026-01-11/b.json"
                + " (2026-01-13).");
  }

  @Test
  void filesOfNothingButRejectsAndFilesThatStopAreTold() {
    Gaps.Loaded refused = new Gaps.Loaded("x", LAST, LAST, "x/dt=2026-01-14/odd.json", 0, 1);
    Gaps.Loaded empty = new Gaps.Loaded("x", LAST, LAST, "x/dt=2026-01-14/empty.json", 0, 0);
    Gaps.Loaded old =
        new Gaps.Loaded("x", LAST, LocalDate.of(2025, 6, 1), "x/dt=2026-01-14/old.json", 0, 9);
    assertThat(
            texts(
                List.of(refused, empty, old),
                new Gaps.Cut("x", "x/dt=2026-01-14/b.gz", "truncated gz file")))
        .containsExactly(
            "refused | x: every line was rejected of x/dt=2026-01-14/odd.json.",
            "cut | x: could not be read to the end: x/dt=2026-01-14/b.gz: truncated gz file.");
  }
}
