package renown.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import renown.run.RenownException;

class RealEventsTest {
  private static final long DAY = 86_400;

  @TempDir Path folder;

  private List<RealEvents.Split> write(String name, Path source) throws Exception {
    return RealEvents.write(name, source, network -> folder.resolve("raw"));
  }

  private List<String> dump(RealEvents.Split split, LocalDate day, String file) throws Exception {
    return Files.readAllLines(
        folder.resolve("raw").resolve(split.name()).resolve("dt=" + day).resolve(file));
  }

  /** A message a day for 100 days from 1970 on: the first 71 days are past, the next ten future. */
  @Test
  void messagesAreSplitByDayAndMovedIntoOurTime() throws Exception {
    List<String> lines = new ArrayList<>(List.of("src dst time"));
    for (long day = 0; day <= 100; day++) {
      lines.add("a" + day + " b " + day * DAY);
    }
    Path file = Files.write(folder.resolve("messages.txt"), lines);
    RealEvents.Split split = write("messages", file).get(0);
    // 37 years of 364 days, the first that end after 2005.
    LocalDate first = LocalDate.ofEpochDay(37 * 364);
    assertThat(split.night()).isEqualTo(first.plusDays(70));
    assertThat(split.daysAhead()).isCloseTo(10, within(1e-9));
    assertThat(split.outcome()).isEmpty();
    List<String> past = dump(split, split.night(), "events.jsonl");
    assertThat(past).hasSize(2 * 71);
    assertThat(past.get(0))
        .isEqualTo(
            "{\"type\":\"post\",\"account_id\":\"a0\",\"record_id\":\"line:2\",\"at\":\""
                + first
                + "T00:00:00Z\"}");
    assertThat(past.get(1)).contains("\"verb\":\"mention\",\"target_account_id\":\"b\"");
    assertThat(dump(split, split.night().plusDays(1), "events.jsonl"))
        .hasSize(2 * 10)
        .allMatch(line -> line.contains("\"at\":\"" + split.night().plusDays(1) + "T00:00:00Z\""));
  }

  @Test
  void ratingsAreLikesAndBlocks() throws Exception {
    long at = LocalDate.of(2012, 3, 1).toEpochDay() * DAY;
    Path file =
        Files.write(
            folder.resolve("ratings.csv"),
            List.of(
                "1,2,10," + at, "2,3,-10," + at + ".5", "2,4,0," + at, "3,4,1," + (at + 30 * DAY)));
    RealEvents.Split split = write("ratings", file).get(0);
    assertThat(split.night()).isEqualTo(LocalDate.of(2012, 3, 31));
    List<String> past = dump(split, split.night(), "events.jsonl");
    assertThat(past).hasSize(3).noneMatch(line -> line.contains("post"));
    assertThat(past.get(0)).contains("\"like\"");
    assertThat(past.get(1)).contains("\"block\"").contains("2012-03-01T00:00:00.500Z");
  }

  @Test
  void aLineThatIsNoActIsNamed() throws Exception {
    Path file = Files.write(folder.resolve("bad.txt"), List.of("a b 1", "a b"));
    assertThatThrownBy(() -> write("bad", file))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("bad.txt, line 2: it must be \"source target time\"");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> write("none", empty))
        .isInstanceOf(RenownException.class)
        .hasMessageStartingWith("--data none=");
  }

  @Test
  void cascadesComeWithThePostsThatBeganThem() throws Exception {
    Path source = Files.createDirectory(folder.resolve("cascades"));
    Files.write(source.resolve("graph.txt"), List.of("2 1", "3 1"));
    Files.write(source.resolve("train.txt"), List.of("1 2 100000 3 200000 1 250000"));
    Files.write(source.resolve("test.txt"), List.of("2 3 1000000"));
    RealEvents.Split split = write("cascades", source).get(0);
    List<String> past = dump(split, split.night(), "events.jsonl");
    List<String> next = dump(split, split.night().plusDays(1), "events.jsonl");
    assertThat(past).filteredOn(line -> line.contains("\"follow\"")).hasSize(2);
    assertThat(past)
        .filteredOn(line -> line.contains("\"repost\""))
        .hasSize(3)
        .allMatch(line -> line.contains("\"object_id\":\"cascade:"));
    assertThat(next).isEmpty();
  }

  @Test
  void friendsFollowEachOtherAndViewsAreTheOutcome() throws Exception {
    Path source = Files.createDirectory(folder.resolve("friends"));
    Files.write(source.resolve("DE_edges.csv"), List.of("from,to", "0,1", "1,2", "1,0"));
    Files.write(
        source.resolve("DE_target.csv"),
        List.of(
            "id,days,mature,views,partner,new_id",
            "77,1,True,500,False,0",
            "78,1,True,900,True,1"));
    RealEvents.Split split = write("live", source).get(0);
    assertThat(split.name()).isEqualTo("live-de");
    assertThat(split.outcome()).isEqualTo(Map.of("0", 500.0, "1", 900.0));
    assertThat(dump(split, split.night(), "events.jsonl")).hasSize(4);
  }

  @Test
  void minutesOfOneDayAreOneSet() throws Exception {
    Path source = Files.createDirectory(folder.resolve("minutes"));
    Files.write(source.resolve("2011-09-28T0243.json"), List.of("1", "2", "3", "4", "5", "6"));
    Files.write(source.resolve("2011-09-28T0244.json"), List.of("7", "8", "9", "10"));
    Files.write(source.resolve("2013-08-10T1100.json"), List.of("1", "2"));
    List<RealEvents.Split> splits = write("x", source);
    assertThat(splits)
        .extracting(RealEvents.Split::name)
        .containsExactly("x-2011-09-28", "x-2013-08-10");
    LocalDate day = LocalDate.of(2011, 9, 28);
    assertThat(dump(splits.get(0), day, RealEvents.LINES))
        .containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(dump(splits.get(0), day.plusDays(1), RealEvents.LINES))
        .containsExactly("8", "9", "10");
  }

  @Test
  void aWindowOfJetstreamIsOneSetOfItsLastDay() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // 3 July 2026, the last one the day after.
      long second = LocalDate.of(2026, 7, 3).toEpochDay() * DAY + (i == 9 ? DAY : 0);
      lines.add("{\"did\":\"did:plc:a" + i + "\",\"time_us\":" + second * 1_000_000 + "}");
    }
    Path file = Files.write(folder.resolve("window.jsonl"), lines);
    RealEvents.Split split = write("window", file).get(0);
    assertThat(split.format()).isEqualTo(RealEvents.JETSTREAM);
    LocalDate day = LocalDate.of(2026, 7, 4);
    assertThat(split.night()).isEqualTo(day);
    assertThat(split.daysAhead()).isCloseTo(0.3, within(1e-9));
    assertThat(dump(split, day, RealEvents.LINES)).isEqualTo(lines.subList(0, 7));
    assertThat(dump(split, day.plusDays(1), RealEvents.LINES)).isEqualTo(lines.subList(7, 10));
    Path bad = Files.write(folder.resolve("bad.jsonl"), List.of("{}"));
    assertThatThrownBy(() -> write("bad", bad))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("time_us");
  }
}
