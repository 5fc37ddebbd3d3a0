package renown.ask.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import renown.run.Config;
import renown.run.ExitCode;
import renown.run.Job;
import renown.run.Progress;
import renown.run.RenownException;
import renown.run.RunContext;
import renown.testing.SmallLake;
import renown.testing.SparkTest;

class AccountJobTest extends SparkTest {
  private static final String ALICE = "alice.example";

  /** What a job prints. */
  private static String printed(String name, String... arguments) throws Exception {
    return printed(name, Optional.empty(), arguments);
  }

  private static String printed(String name, Optional<LocalDate> night, String... arguments)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Job job = name.equals("account") ? new AccountJob(out) : new CompareJob(out);
    new CommandLine(job).parseArgs(arguments);
    Config config =
        Config.load(
            job.keys(),
            job.keys(),
            Optional.empty(),
            Map.of("lake.root", SmallLake.root().toUri().toString()));
    job.run(
        new RunContext(
            config,
            night,
            Clock.systemUTC(),
            new Progress(out, Clock.systemUTC()),
            SparkTest::spark));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode card(String... arguments) throws Exception {
    return new ObjectMapper().readTree(printed("account", arguments));
  }

  @Test
  void theCardHoldsWhatTheMartsHold() throws Exception {
    JsonNode card = card("@" + ALICE, "--json");
    double score = SmallLake.score(0, 3, SmallLake.NIGHTS - 1);
    assertThat(card.get("handle").asText()).isEqualTo(ALICE);
    assertThat(card.get("night").asText()).isEqualTo(SmallLake.LAST.toString());
    assertThat(card.get("score").asDouble()).isEqualTo(score);
    assertThat(card.get("scoreLow").asDouble()).isLessThanOrEqualTo(score);
    assertThat(card.get("scoreHigh").asDouble()).isGreaterThanOrEqualTo(score);
    assertThat(card.get("scoredCount").asLong()).isEqualTo(SmallLake.SCORED);

    double points = 0;
    for (JsonNode term : card.get("terms")) {
      points += term.get("points").asDouble();
    }
    assertThat(points).isCloseTo(score, within(1e-9));
    double change = 0;
    for (JsonNode cause : card.get("changes")) {
      change += cause.get("points").asDouble();
    }
    assertThat(change).isCloseTo(card.get("scoreChange").asDouble(), within(1e-9));
    assertThat(card.get("changes").get(0).get("source").asText()).isEqualTo(SmallLake.handle(0, 4));
    assertThat(card.get("sources")).hasSize(3);
    assertThat(card.get("sources").get(0).get("handle").asText()).isEqualTo(SmallLake.handle(0, 4));
    assertThat(card.get("hours")).hasSize(3);
    assertThat(card.get("hours").get(0).get("weekday").asInt()).isEqualTo(2);
    assertThat(card.get("hours").get(0).get("hour").asInt()).isEqualTo(3);
    assertThat(card.get("community").get("name").asText()).isEqualTo("#endgame #opening");
    assertThat(card.get("community").get("bridgedCount").asLong()).isEqualTo(15);
    assertThat(printed("account", "@" + ALICE))
        .contains("Tuesday    03:00  (UTC+2)  +46 %")
        .contains("Community: #endgame #opening, 10 accounts")
        .contains("it brought posts of other communities to 15 of them");
    assertThat(printed("account", "@" + ALICE, "--lang", "es")).contains("martes     03:00");
    assertThat(card.get("history")).hasSize(SmallLake.NIGHTS);
    assertThat(card.get("history").get(0).get("score").asDouble())
        .isEqualTo(SmallLake.score(0, 3, 0));
  }

  @Test
  void aNightBeforeShowsWhatWasKnownThen() throws Exception {
    assertThat(card("id-0-1", "--json").get("linked").get(0).get("network").asText())
        .isEqualTo("x");
    assertThatThrownBy(() -> printed("account", Optional.of(LocalDate.EPOCH), "id-0-1"))
        .isInstanceOf(RenownException.class)
        .hasMessageContaining("is not published");
  }

  @Test
  void theCardIsReadOnATerminalOfEightyColumns() throws Exception {
    for (String language : List.of("en", "es")) {
      List<String> lines =
          printed("account", ALICE.toUpperCase(java.util.Locale.ROOT), "--lang", language)
              .lines()
              .toList();
      assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
      assertThat(lines.get(0)).startsWith("@" + ALICE);
      assertThat(String.join("\n", lines))
          .contains(language.equals("en") ? "What makes it" : "De qué se compone")
          .contains("authority", "█", "▁");
    }
  }

  @Test
  void namesOfStrangersMoveNothing() throws Exception {
    String card = printed("account", "id-1-4", "--network", "x");
    assertThat(card).doesNotContain("\u202e").contains("\uFFFDgro.live");
  }

  @Test
  void anAccountWithoutScoreSaysSo() throws Exception {
    String name = SmallLake.handle(0, SmallLake.ACCOUNTS - 1);
    assertThat(printed("account", name)).contains("No score: too little evidence.");
    assertThat(card(name, "--json").get("score").isNull()).isTrue();
  }

  @Test
  void whoIsNotThereIsToldWithThoseWhoAreNear() {
    assertThatThrownBy(() -> card("alice.exmple"))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining("did you mean")
        .hasMessageContaining("bluesky @alice.example");
    assertThatThrownBy(() -> card(ALICE, "--network", "nosuch"))
        .hasMessageContaining("there are bluesky, x");
    assertThatThrownBy(() -> card(ALICE, "--network", "x")).hasMessageContaining("on x");
    assertThatThrownBy(() -> card(ALICE, "--lang", "fr")).hasMessageContaining("en or es");
  }

  @Test
  void twoAccountsStandSideBySide() throws Exception {
    String compared = printed("compare", "bluesky-0", "bluesky-9");
    assertThat(compared)
        .contains("@bluesky-0", "@bluesky-9", "authority", "is ahead, beyond its interval");
    assertThat(printed("compare", "bluesky-9", "bluesky-9")).contains("Their intervals overlap");
    assertThat(printed("compare", "bluesky-0", SmallLake.handle(0, SmallLake.ACCOUNTS - 1)))
        .contains("cannot be compared");
  }
}
