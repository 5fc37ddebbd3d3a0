package renown.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import renown.ask.sql.PublishedMarts;
import renown.lake.ColumnRows;
import renown.lake.PublishedNights;
import renown.lake.PublishedNights.Publication;
import renown.night.ingest.IngestStage;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.RenownException;
import renown.tables.Accounts;
import renown.tables.Landmarks;
import renown.tables.MartTopicAncestors;
import renown.tables.StageRuns;
import renown.tables.TableSchema;
import renown.tables.TopicClocks;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/** Which nights a command runs, and which it takes for a slip of the pen. */
class NightsToRunTest extends SparkTest {
  private NightRuns runs;

  @BeforeEach
  void oneRawFolder() throws Exception {
    Path raw = folder.resolve("raw");
    Path day = Files.createDirectories(raw.resolve("x/dt=2026-01-05"));
    Files.writeString(day.resolve("a.jsonl"), "{}\n");
    runs = new NightRuns(raw, folder.resolve("lake")).without("score.reference-accounts-min");
  }

  private void run(String date, String... options) throws Exception {
    runs.run(List.of(), date, options);
  }

  private void refused(String message, String date, String... options) {
    assertThatThrownBy(() -> run(date, options))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(message);
  }

  /** A stage that reads nothing. */
  private abstract static class Simple implements Stage {
    private final String name;
    private final List<TableSchema> outputs;

    Simple(String name, TableSchema... outputs) {
      this.name = name;
      this.outputs = List.of(outputs);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public List<TableSchema> inputs() {
      return List.of();
    }

    @Override
    public List<TableSchema> outputs() {
      return outputs;
    }
  }

  /** A stage that adds one row to a table whenever it runs, and perhaps dies then. */
  private static Stage adding(long value, boolean dies) {
    Stage stage =
        new Simple("one", TopicClocks.TABLE, Landmarks.TABLE) {
          @Override
          public void run(Night night) throws Exception {
            ColumnRows rows = new ColumnRows(TopicClocks.TABLE);
            rows.longs(TopicClocks.HALF_LIFE_DAYS).add(value);
            night.lake().append(TopicClocks.TABLE, rows);
          }
        };
    return dies ? NightRuns.dying(stage) : stage;
  }

  /** Tables begin when somebody writes them: of an attempt that died nothing stays in them. */
  @Test
  void aFirstNightThatDiesLeavesNoRows() throws Exception {
    assertThatThrownBy(() -> runs.run(List.of(adding(1, true)), "2026-01-05"))
        .hasMessageContaining("dies after one");
    assertThat(runs.lake().read(TopicClocks.TABLE).count()).isEqualTo(1);
    runs.run(List.of(adding(2, false)), "2026-01-05");
    assertThat(runs.said()).doesNotContain("ended in an earlier attempt");
    assertThat(runs.rows(TopicClocks.TABLE)).containsExactly("2");
    // The journal tells of a table that nobody has written.
    assertThat(
            runs.lake()
                .read(StageRuns.TABLE)
                .select("stage", "table_path", "version")
                .collectAsList())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "[one,topics/topic_clocks,2]", "[one," + Landmarks.TABLE.path() + ",null]");
    // Whoever looks for a mart finds it; of other tables only those that somebody has written.
    Map<String, Long> versions = runs.published().versions();
    assertThat(versions).hasSize(PublishedMarts.marts().size() + 1);
    for (TableSchema mart : PublishedMarts.marts()) {
      assertThat(versions).containsEntry(mart.path(), 0L);
      assertThat(runs.lake().read(mart).isEmpty()).isTrue();
    }
    assertThat(runs.lake().has(Landmarks.TABLE)).isFalse();

    runs.run(List.of(adding(3, false)), "2026-01-05", "--again");
    assertThat(runs.rows(TopicClocks.TABLE)).containsExactly("3");
  }

  /** What the newest version of a mart holds, for whoever simply opens it. */
  private List<String> newest(TableSchema mart) {
    return runs.lake().read(mart).collectAsList().stream().map(Object::toString).toList();
  }

  /** A stage that replaces a mart by one row of a text, or does not get that far. */
  private static Stage telling(String text, RuntimeException failure) {
    return new Simple("two", MartTopicAncestors.TABLE) {
      @Override
      public void run(Night night) throws Exception {
        if (failure != null) {
          throw failure;
        }
        ColumnRows rows = new ColumnRows(MartTopicAncestors.TABLE);
        rows.texts(MartTopicAncestors.TOPIC_ID).add(text);
        rows.texts(MartTopicAncestors.ANCESTOR_ID).add("music");
        rows.texts(MartTopicAncestors.ANCESTOR_LABEL_EN).add("Music");
        rows.longs(MartTopicAncestors.IS_PARENT).add(true);
        rows.longs(MartTopicAncestors.NIGHT).add(night.date().toEpochDay());
        night.lake().overwrite(MartTopicAncestors.TABLE, rows);
      }
    };
  }

  /** A stage after it that sees its rows, and may find them wrong. */
  private static Stage judging(String expected) {
    return new Simple("three", TopicClocks.TABLE) {
      @Override
      public List<TableSchema> inputs() {
        return List.of(MartTopicAncestors.TABLE);
      }

      @Override
      public void run(Night night) {
        assertThat(night.lake().read(MartTopicAncestors.TABLE).select("topic_id").collectAsList())
            .extracting(Object::toString)
            .containsExactly("[" + expected + "]");
      }
    };
  }

  /** Marts are committed when all stages have ended, whichever attempt at the night wrote them. */
  @Test
  void aMartChangesWhenItsNightIsPublished() throws Exception {
    runs.run(List.of(telling("jazz", null), judging("jazz")), "2026-01-05");
    List<String> jazz = newest(MartTopicAncestors.TABLE);
    assertThat(jazz).containsExactly("[jazz,music,Music,true,2026-01-05]");

    assertThatThrownBy(() -> runs.run(List.of(telling("rock", null), judging("pop")), "2026-01-06"))
        .hasMessageContaining("[rock]");
    assertThat(newest(MartTopicAncestors.TABLE)).isEqualTo(jazz);
    // It goes on from there, with what the first attempt has written.
    RuntimeException again = new IllegalStateException("runs again");
    runs.run(List.of(telling("rock", again), judging("rock")), "2026-01-06");
    assertThat(runs.said()).containsPattern("two +ended in an earlier attempt");
    assertThat(newest(MartTopicAncestors.TABLE))
        .containsExactly("[rock,music,Music,true,2026-01-06]");
    assertThat(runs.published().versions()).containsEntry(MartTopicAncestors.TABLE.path(), 1L);
    // Of the night before nothing is lost.
    assertThat(runs.lake().readAt(MartTopicAncestors.TABLE, 0).count()).isEqualTo(1);
  }

  @Test
  void whereWrittenFilesAreGoneTheNightBeginsAnew() throws Exception {
    assertThatThrownBy(() -> runs.run(List.of(telling("rock", null), judging("pop")), "2026-01-05"))
        .hasMessageContaining("[rock]");
    Path mart = folder.resolve("lake").resolve(MartTopicAncestors.TABLE.path());
    try (Stream<Path> files = Files.list(mart)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    assertThat(runs.lake().has(MartTopicAncestors.TABLE)).isFalse();
    runs.run(List.of(telling("blues", null), judging("blues")), "2026-01-05");
    assertThat(runs.said()).doesNotContain("ended in an earlier attempt");
    assertThat(newest(MartTopicAncestors.TABLE))
        .containsExactly("[blues,music,Music,true,2026-01-05]");
  }

  private List<LocalDate> published() {
    return PublishedNights.of(runs.lake()).after(LocalDate.EPOCH);
  }

  @Test
  void aNightThatIsNotOverIsRefused() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    refused("--date 2099-01-01: that night is not over; the last one that is, is ", "2099-01-01");
    refused("--date " + today + ": that night is not over", today.toString());
  }

  @Test
  void aNightLongBeforeAllThatThereIsToReadIsRefused() throws Exception {
    refused("--date 1999-01-01: the first raw folder under ", "1999-01-01");
    refused("is dt=2026-01-05", "2025-12-04");
    run("2026-01-04");
    // Nor does the lake go back there later.
    refused("Give 2026-01-05 or a later one.", "1999-01-01");
    assertThat(published()).containsExactly(LocalDate.of(2026, 1, 4));
  }

  @Test
  void manyNightsAtOnceWantAWord() throws Exception {
    run("2026-01-05");
    refused(
        "32 nights would run, 2026-01-06 to 2026-02-06, more than --most-nights 31 allows. If that"
            + " is meant, say --most-nights 32; else give another --date.",
        "2026-02-06");
    refused("3 nights would run", "2026-01-08", "--most-nights", "2");
    refused("--most-nights 0", "2026-01-08", "--most-nights", "0");
    run("2026-01-08", "--most-nights", "3");
    assertThat(published()).hasSize(4);
    // Backwards as well.
    refused("4 nights would run", "2026-01-05", "--again", "--most-nights", "3");
  }

  @Test
  void nightsThatAreNotOverAreTakenBack() throws Exception {
    run("2026-01-05");
    PublishedNights.publish(
        runs.lake(),
        new Publication(LocalDate.of(2099, 1, 1), 1, "slip", Map.of("core/posts", 0L)));
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    refused("take these back by nightly --withdraw-after " + yesterday, yesterday.toString());
    // However few they are, and whatever is allowed.
    refused(
        "for the lake holds nights that are not over",
        "2026-01-05",
        "--again",
        "--most-nights",
        "99999");
    runs.withdrawAfter(yesterday.toString());
    assertThat(runs.said())
        .contains("Nights published after " + yesterday + " are taken back: 1, from 2099-01-01");
    assertThat(published()).containsExactly(LocalDate.of(2026, 1, 5));
    run("2026-01-06");
    assertThat(published()).hasSize(2);
    refused("leave out --date", "2026-01-06", "--withdraw-after", "2026-01-05");
    runs.withdrawAfter("2026-01-06");
    assertThat(runs.said()).contains("No night after 2026-01-06 is published.");
  }

  /** What a night that is too old to begin with needs is gone; nothing is put back half-way. */
  @Test
  void aNightWhoseBaseIsGoneIsNotRunAgain() throws Exception {
    for (int day = 5; day <= 7; day++) {
      long value = day;
      Stage replacing =
          new Simple("one", TopicClocks.TABLE) {
            @Override
            public void run(Night night) throws Exception {
              ColumnRows rows = new ColumnRows(TopicClocks.TABLE);
              rows.longs(TopicClocks.HALF_LIFE_DAYS).add(value);
              night.lake().overwrite(TopicClocks.TABLE, rows);
            }
          };
      runs.run(List.of(replacing), "2026-01-0" + day);
    }
    for (String file : runs.lake().readAt(TopicClocks.TABLE, 0).inputFiles()) {
      Files.delete(Path.of(java.net.URI.create(file)));
    }
    refused(
        "Night 2026-01-06 cannot be run again: maintain has deleted files of the night before it"
            + " (maintain.keep-nights). The earliest that can is 2026-01-07.",
        "2026-01-06",
        "--again");
    assertThat(runs.lake().version(TopicClocks.TABLE)).contains(2L);
    assertThat(runs.rows(TopicClocks.TABLE)).containsExactly("7");
  }

  private Map<String, Long> keys() {
    Map<String, Long> keys = new TreeMap<>();
    runs.lake()
        .rows(Accounts.TABLE)
        .forEach(row -> keys.put(row.getAs("account_id"), row.getAs("account_key")));
    return keys;
  }

  /** Keys are given once, whatever comes late: they are in tables that people have copied. */
  @Test
  void aNightThatRunsAgainGivesTheSameKeys() throws Exception {
    runs.with("ingest.formats", "n=neutral,x=skip");
    Path day = Files.createDirectories(folder.resolve("raw/n/dt=2026-01-05"));
    Files.writeString(day.resolve("a.jsonl"), account("b") + account("d"));
    Path next = Files.createDirectories(folder.resolve("raw/n/dt=2026-01-06"));
    Files.writeString(next.resolve("a.jsonl"), account("f"));
    runs.run(List.of(new IngestStage()), "2026-01-05");
    runs.run(List.of(new IngestStage()), "2026-01-06");
    Map<String, Long> given = keys();
    assertThat(given).containsOnlyKeys("b", "d", "f");

    Files.writeString(day.resolve("late.jsonl"), account("a") + account("c"));
    runs.run(List.of(new IngestStage()), "2026-01-05", "--again");
    assertThat(keys()).containsAllEntriesOf(given).hasSize(5);
    assertThat(keys().values()).doesNotHaveDuplicates();
    // In shards as well.
    Files.writeString(day.resolve("later.jsonl"), account("aa") + account("e"));
    given = keys();
    runs.with("ingest.shard-bytes", "1024")
        .run(List.of(new IngestStage()), "2026-01-05", "--again");
    assertThat(keys()).containsAllEntriesOf(given).hasSize(7);
    assertThat(keys().values()).doesNotHaveDuplicates();
  }

  private static String account(String id) {
    return "{\"type\":\"account\",\"at\":\"2026-01-05T10:00:00Z\",\"account_id\":\"" + id + "\"}\n";
  }
}
