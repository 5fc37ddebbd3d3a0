package renown.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import renown.run.Config;
import renown.run.ConfigKey;
import renown.run.ExitCode;
import renown.run.Progress;
import renown.run.RenownException;
import renown.testing.SparkTest;
import renown.testing.TableAssert;

class NamedAccountsTest extends SparkTest {
  private static final ConfigKey<String> KEY = ConfigKey.text("friends", "", "a path", "Friends.");

  private static NamedAccounts read(String path) {
    Config config =
        Config.load(List.of(KEY), List.of(KEY), Optional.empty(), Map.of("friends", path));
    return NamedAccounts.read(KEY, config, spark());
  }

  private Path file(String... lines) throws Exception {
    return Files.write(folder.resolve("friends.tsv"), List.of(lines));
  }

  private static String told(NamedAccounts accounts, String... loaded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Object[][] rows = new Object[loaded.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(loaded[i]);
    }
    accounts.tellUnknownNetworks(
        () -> rows("network string", rows),
        new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC()));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesAreUnderstoodOrTold() {
    TableAssert.assertThat(
            NamedAccounts.parse(
                rows(
                    "value string",
                    row("\uFEFFx\t1"),
                    row("# a remark\twith a tab"),
                    row("  # another"),
                    row(""),
                    row("   "),
                    row(" bluesky \t did:plc:a  "),
                    row("x"),
                    row("x\t"),
                    row("\t1"),
                    row("x\t1\t2"),
                    row("x 1"))))
        .hasRows(
            row("x", "1"),
            row("bluesky", "did:plc:a"),
            row("x", null),
            row("x\t", null),
            row("\t1", null),
            row("x\t1\t2", null),
            row("x 1", null));
  }

  @Test
  void aFileIsReadAndNoFileNamesNobody() throws Exception {
    TableAssert.assertThat(
            read(file("# those we know", "", "x\t1", "bluesky\tdid:plc:a").toString()).rows())
        .hasRows(row("x", "1"), row("bluesky", "did:plc:a"));
    TableAssert.assertThat(read("").rows()).hasRows();
    read("")
        .tellUnknownNetworks(
            () -> {
              throw new AssertionError("what is loaded was asked for");
            },
            new Progress(System.out, Clock.systemUTC()));
  }

  @Test
  void aLineThatIsNotUnderstoodIsShownWithItsKey() throws Exception {
    Path file = file("x\t1", "bluesky did:plc:a");
    assertThatThrownBy(() -> read(file.toString()))
        .isInstanceOfSatisfying(
            RenownException.class,
            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "friends = \"%s\": a line is not NETWORK<tab>ACCOUNT_ID: \"bluesky did:plc:a\".", file);
  }

  @Test
  void accountsThatNobodyKnowsAreToldWithTheNearest() throws Exception {
    Dataset<Row> known =
        rows(
            "network string, account_id string, handle string",
            row("github", "octocat", "Octocat"),
            row("github", "hubot", "hubot"),
            row("x", "17", "Alice"),
            row("x", "18", null));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Progress progress =
        new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC());
    NamedAccounts accounts =
        read(
            file("github\tOctoCat", "github\thubbot", "x\talice", "x\tnobody", "y\t1", "x\t17")
                .toString());
    accounts.tellUnknownAccounts(() -> known, progress);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "  Warning: friends names 4 accounts that the lake does not know:",
            "    github OctoCat; the nearest that it knows is octocat",
            "    github hubbot; the nearest that it knows is hubot",
            "    x alice; the nearest that it knows is 17",
            "    x nobody");
    out.reset();
    accounts
        .withIds((network, id) -> network.equals("github") ? id.toLowerCase(Locale.ROOT) : id)
        .tellUnknownAccounts(() -> known, progress);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("names 3 accounts")
        .doesNotContain("octocat");
  }

  @Test
  void networksOfWhichNothingIsLoadedAreToldInOneLine() throws Exception {
    NamedAccounts accounts = read(file("x\t1", "X\t2", "X\t3", "bluesky\t4", "bsky\t5").toString());
    assertThat(told(accounts, "x", "X", "bsky", "bluesky", "mastodon")).isEmpty();
    assertThat(told(accounts, "x", "x", "bluesky"))
        .isEqualToIgnoringNewLines(
            "  Warning: friends names accounts of X, bsky, of which nothing is loaded: write"
                + " networks as their folder under the raw root.");
    assertThat(told(accounts))
        .contains("accounts of X, bluesky, bsky and other networks, of which")
        .hasLineCount(1);
  }
}
