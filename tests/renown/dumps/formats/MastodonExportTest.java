package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import renown.dumps.DumpFormat;
import renown.dumps.ParsedRecord;
import renown.dumps.RejectedLineException;

class MastodonExportTest {
  private static final DumpFormat FORMAT = new MastodonFormat();
  private static final String ANN = "https://social.example/users/ann";

  private static DumpFormat file(String name) {
    return FORMAT.inFile("mastodon/dt=2026-01-05/ann@Social.example/" + name);
  }

  @Test
  void theFolderTellsWhoseTheFileIs() {
    assertThat(Statements.asText(file("following_accounts.csv"), "bob@other.example,true,false,"))
        .containsExactly(
            "interaction accountId=\""
                + ANN
                + "\" recordId=\"follow:"
                + ANN
                + ":https://other.example/users/bob\" recordDay=1970-01-01 verb=follow"
                + " targetAccountId=\"https://other.example/users/bob\"");
    assertThat(Statements.asText(file("blocked_accounts.csv.gz"), "@Bob@Other.example"))
        .containsExactly(
            "interaction accountId=\""
                + ANN
                + "\" recordId=\"block:"
                + ANN
                + ":https://other.example/users/Bob\" recordDay=1970-01-01 verb=block"
                + " targetAccountId=\"https://other.example/users/Bob\"");
    assertThat(Statements.asText(file("lists.csv"), "\"Bees, \"\"wild\"\"\",bob"))
        .containsExactly(
            "interaction accountId=\""
                + ANN
                + "\" recordId=\"list:"
                + ANN
                + ":Bees%2C+%22wild%22:https://social.example/users/bob\" recordDay=1970-01-01"
                + " verb=list targetAccountId=\"https://social.example/users/bob\""
                + " objectId=\"list:"
                + ANN
                + ":Bees%2C+%22wild%22\"",
            "list accountId=\""
                + ANN
                + "\" recordId=\"list:"
                + ANN
                + ":Bees%2C+%22wild%22\" recordDay=1970-01-01 displayName=\"Bees, \"wild\"\""
                + " purpose=\"curation\"");
  }

  /** The same identity as where the follow stands in a collection: it counts once. */
  @Test
  void aFollowIsTheSameInACollection() throws RejectedLineException {
    ParsedRecord exported =
        Statements.of(file("following_accounts.csv"), "bob@other.example,true").records.get(0);
    ParsedRecord collected =
        Statements.of(
                FORMAT,
                "{\"type\":\"OrderedCollection\",\"id\":\""
                    + ANN
                    + "/following\",\"orderedItems\":[\"https://other.example/users/bob\"]}")
            .records
            .get(0);
    assertThat(Statements.text(exported)).isEqualTo(Statements.text(collected));
  }

  @Test
  void theActorOfTheArchiveGoesFirst() throws RejectedLineException {
    DumpFormat archive =
        FORMAT.inContext(
            "{\"type\":\"Person\",\"id\":\"https://social.example/ap/users/7\"}"
                .getBytes(StandardCharsets.UTF_8));
    DumpFormat inside =
        archive.inFile("mastodon/dt=2026-01-05/ann@social.example/a.zip!/blocked_accounts.csv");
    assertThat(Statements.of(inside, "bob@other.example").records.get(0).accountId)
        .isEqualTo("https://social.example/ap/users/7");
  }

  @Test
  void withoutItsAccountAFileSaysNothing() {
    DumpFormat alone = FORMAT.inFile("mastodon/dt=2026-01-05/following_accounts.csv");
    assertThat(Statements.asText(alone, "bob@other.example"))
        .containsExactly("ignored: CSV export without its account");
    assertThat(
            Statements.asText(alone, "Account address,Show boosts,Notify on new posts,Languages"))
        .containsExactly("ignored: header of the CSV file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mastodon/dt=2026-01-05/a.json", "a@b.example/bookmarks.csv", "lists.csv/a.json"})
  void otherFilesAreReadAsEver(String path) {
    assertThat(FORMAT.inFile(path)).isSameAs(FORMAT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lists.csv|bees|not CSV: no account beside the list",
        "lists.csv|\"bees,bob@other.example|not CSV: no closing quote",
        "lists.csv|\"bees\"x,bob@other.example|not CSV: more after a quote",
        "lists.csv|bees,|not an account name@host",
        "following_accounts.csv|bob@|not an account name@host",
        "following_accounts.csv|b/ob@other.example|not an account name@host",
        "blocked_accounts.csv|bob@other/example|not an account name@host"
      })
  void linesThatAreRejected(String name, String line, String reason) {
    assertThatThrownBy(() -> Statements.of(file(name), line))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage(reason);
  }

  @Test
  void anyLineIsReadOrRejected() {
    String letters = "ab@@..,,\"\" \u00e5\u202e\u0007-_:/9";
    Random random = new Random(11);
    int read = 0;
    for (int round = 0; round < 30_000; round++) {
      StringBuilder line =
          new StringBuilder(random.nextBoolean() ? "Bees,bob@other.example" : "bob@other.example");
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(line.length() + 1);
        int end = Math.min(line.length(), at + random.nextInt(3));
        line.replace(at, end, "" + letters.charAt(random.nextInt(letters.length())));
      }
      byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
      if (random.nextInt(20) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      for (String name : List.of("following_accounts.csv", "lists.csv", "blocked_accounts.csv")) {
        try {
          Statements said = Statements.of(file(name), bytes);
          FormatsFuzzTest.assertSound(said);
          for (ParsedRecord record : said.records) {
            assertThat(Fediverse.isUri(record.accountId)).isTrue();
            if (record.targetAccountId != null) {
              assertThat(Fediverse.isUri(record.targetAccountId)).isTrue();
            }
          }
          read++;
        } catch (RejectedLineException e) {
          assertThat(e.getMessage()).matches("[ -~]{1,200}");
        }
      }
    }
    assertThat(read).isBetween(5_000, 85_000);
  }
}
