package renown.night.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import renown.tables.Accounts;
import renown.tables.Exclusions;
import renown.testing.NightRuns;
import renown.testing.SparkTest;

/** Who asks to be left alone, however they ask, is in no score; and the operator is told. */
class ConsentNightTest extends SparkTest {
  private NightRuns runs;

  private static String account(String name, String description, String more) {
    return "{\"type\":\"account\",\"at\":\"2026-01-05T10:00:00Z\",\"account_id\":\"https://%s\",%s\"description\":\"%s\"}\n"
        .formatted(name, more, description);
  }

  @BeforeEach
  void dumps() throws Exception {
    Path first = Files.createDirectories(folder.resolve("raw/fedi/dt=2026-01-05"));
    Files.writeString(
        first.resolve("a.jsonl"),
        account("social.example/users/ann", "Bees and books", "")
            + account("social.example/users/bob", "Birds. #NoBot", "")
            + account("bots.example/users/c1", "One", "")
            + account("bots.example/users/c2", "Two", "")
            + account("social.example/users/dan", "Dogs", "")
            + account("social.example/users/eve", "Gone", "\"status\":\"deleted\","));
    Path second = Files.createDirectories(folder.resolve("raw/fedi/dt=2026-01-06"));
    Files.writeString(
        second.resolve("a.jsonl"),
        account("social.example/users/eve", "Gone, but her profile is told again", "")
            + account("bots.example/users/c3", "Three", "")
            // Whoever takes the tag away is back.
            + account("social.example/users/bob", "Birds.", "").replace("T10", "T20"));
    Path optOuts = folder.resolve("opt-outs.tsv");
    Files.writeString(
        optOuts, "fedi\t@Dan@SOCIAL.example\nfedi\t*@bots.example\nfedi\t@who@social.example\n");
    runs =
        new NightRuns(folder.resolve("raw"), folder.resolve("lake"))
            .without("score.reference-accounts-min")
            .with("ingest.formats", "fedi=neutral")
            .with("consent.opt-outs", optOuts.toString());
  }

  private Map<String, String> excluded() {
    Map<Long, String> ids = new TreeMap<>();
    for (Row row : runs.lake().rows(Accounts.TABLE)) {
      ids.put(row.getAs("account_key"), row.getAs("account_id"));
    }
    Map<String, String> reasons = new TreeMap<>();
    for (Row row : runs.lake().rows(Exclusions.TABLE)) {
      reasons.put(
          ids.get(row.<Long>getAs("account_key")).replaceAll(".*/", ""), row.getAs("reason"));
    }
    return reasons;
  }

  @Test
  void whoAskedIsLeftOutAndTold() throws Exception {
    runs.run(List.of(new IngestStage()), "2026-01-05");
    assertThat(excluded())
        .isEqualTo(
            Map.of(
                "bob", "opted out",
                "c1", "opted out",
                "c2", "opted out",
                "dan", "opted out",
                "eve", "deleted"));
    assertThat(runs.said())
        .contains("Accounts that asked not to be scored: 3 by consent.opt-outs, 1 by a tag")
        .contains("consent.opt-outs names 1 account that the lake does not know:")
        .contains("fedi who@social.example");
    runs.run(List.of(new IngestStage()), "2026-01-06");
    assertThat(excluded()).containsOnlyKeys("c1", "c2", "c3", "dan", "eve");
    assertThat(excluded()).containsEntry("eve", "deleted");
    runs.with("consent.opt-out-tags", "").run(List.of(new IngestStage()), "2026-01-05", "--again");
    assertThat(runs.said()).contains("0 by a tag");
  }

  private List<String> accounts() {
    return runs.lake().rows(Accounts.TABLE).stream()
        .map(row -> row.<String>getAs("account_id").replace("https://", ""))
        .sorted()
        .toList();
  }

  /**
   * Those of a host go together, and whom it has later does not come in. One of them has the key 0,
   * which logs are full of as the number of nulls.
   */
  @Test
  void aHostIsErasedWithAllItsAccounts() throws Exception {
    Path second = folder.resolve("raw/fedi/dt=2026-01-06");
    Files.writeString(
        second.resolve("b.jsonl"),
        account("social.example/users/ann", "A friend of @c1@bots.example and @c4@Bots.example", "")
            + "{\"type\":\"interaction\",\"at\":\"2026-01-06T11:00:00Z\",\"verb\":\"follow\","
            + "\"account_id\":\"https://social.example/users/ann\","
            + "\"target_account_id\":\"https://bots.example/users/c5\",\"record_id\":\"r1\"}\n");
    runs.without("consent.opt-outs").run(List.of(new IngestStage()), "2026-01-05");
    assertThat(accounts()).contains("bots.example/users/c1", "bots.example/users/c2");
    runs.erase("--network", "fedi", "--account", "*@Bots.example", "--skip-raw");
    assertThat(runs.said())
        .contains("*@bots.example of fedi: 2 accounts in the lake.")
        .contains("none names the account");
    List<String> others =
        List.of(
            "social.example/users/ann",
            "social.example/users/bob",
            "social.example/users/dan",
            "social.example/users/eve");
    assertThat(accounts()).isEqualTo(others);
    runs.run(List.of(new IngestStage()), "2026-01-06");
    assertThat(accounts()).isEqualTo(others);
    assertThat(runs.lake().rows(Accounts.TABLE).toString()).doesNotContainIgnoringCase("bots.");
    runs.erase("--network", "fedi", "--account", "*@bots.example", "--skip-raw", "--verify");
    assertThat(runs.said()).contains("0 accounts in the lake").contains("none names the account");
  }
}
