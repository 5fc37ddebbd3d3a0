package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import renown.dumps.DumpFormat;
import renown.dumps.RejectedLineException;

/** The CSV files that YouTube and Reddit hand out to the owners of accounts. */
class OwnersExportsTest {
  private static final String OWNER = "UCaaaaaaaaaaaaaaaaaaaaaa";
  private static final String OTHER = "UCbbbbbbbbbbbbbbbbbbbbbb";

  private static DumpFormat youtube(String file) throws RejectedLineException {
    String channel =
        "\uFEFFChannel ID,Channel Title (Original),Channel Visibility\n" + OWNER + ",Ann,Public\n";
    return new YouTubeFormat()
        .inContext(channel.getBytes(StandardCharsets.UTF_8))
        .inFile("youtube/dt=2026-01-05/takeout.zip!/Takeout/YouTube/" + file);
  }

  private static DumpFormat reddit(String file) throws RejectedLineException {
    String statistics = "statistic,value\naccount name,Ann_B\nemail address,a@example.org\n";
    return new RedditFormat()
        .inContext(statistics.getBytes(StandardCharsets.UTF_8))
        .inFile("reddit/dt=2026-01-05/export.zip!/" + file);
  }

  @Test
  void subscriptionsAreFollowsOfTheOwner() throws RejectedLineException {
    DumpFormat format = youtube("subscriptions/subscriptions.csv");
    assertThat(format.isJson()).isFalse();
    assertThat(Statements.asText(format, "Channel Id,Channel Url,Channel Title"))
        .containsExactly("ignored: header of the CSV file");
    assertThat(
            Statements.asText(
                format, OTHER + ",http://www.example.org/" + OTHER + ",\"Bees, wild\""))
        .containsExactly(
            "interaction accountId=\""
                + OWNER
                + "\" recordId=\"subscription:"
                + OWNER
                + ":"
                + OTHER
                + "\" recordDay=1970-01-01 verb=follow targetAccountId=\""
                + OTHER
                + "\"",
            "account accountId=\"" + OTHER + "\" displayName=\"Bees, wild\"");
    DumpFormat nobodys = new YouTubeFormat().inFile("youtube/dt=2026-01-05/subscriptions.csv");
    assertThat(Statements.asText(nobodys, OTHER + ",u,t"))
        .containsExactly("ignored: CSV export without its account");
    assertThatThrownBy(() -> Statements.of(format, "who,u,t"))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("no channel in the line");
  }

  /** The columns of two years, and a reply. */
  @Test
  void commentsAnswerVideosAndComments() throws RejectedLineException {
    DumpFormat format = youtube("comments/comments.csv");
    String text = "\"{\"\"text\"\":\"\"Hello \"\"},{\"\"text\"\":\"\"bees\"\"}\"";
    String post = "Ugx0000000000000001Aa";
    for (String line :
        List.of(
            OWNER + ",2023-05-01T10:00:00+00:00,0," + post + ",abcdefghijk," + text,
            post + "," + OWNER + ",2023-05-01T10:00:00Z,0,,abcdefghijk," + text)) {
      List<String> said = Statements.asText(format, line);
      assertThat(said).hasSize(2);
      assertThat(said.get(0))
          .startsWith("post accountId=\"" + OWNER + "\"")
          .contains("recordId=\"" + post + "\"", "text=\"Hello bees\"")
          .contains("replyToId=\"abcdefghijk\"");
      assertThat(said.get(1)).contains("verb=reply", "objectId=\"abcdefghijk\"");
    }
    String reply = post + ".9abcdefghij0123";
    assertThat(
            Statements.asText(
                    format,
                    OWNER
                        + ",2023-05-01T10:00:00Z,0,"
                        + post
                        + ","
                        + reply
                        + ",abcdefghijk,"
                        + text)
                .get(1))
        .contains("recordId=\"" + reply + "\"", "verb=reply", "objectId=\"" + post + "\"");
    assertThatThrownBy(() -> Statements.of(format, OWNER + ",soon," + post))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("no time in the line");
  }

  @Test
  void votesAndFriendsOfAnAccountOfReddit() throws RejectedLineException {
    DumpFormat votes = reddit("post_votes.csv");
    assertThat(Statements.asText(votes, "id,permalink,direction"))
        .containsExactly("ignored: header of the CSV file");
    assertThat(Statements.asText(votes, "1abc,https://www.example.org/r/bees/1abc,up"))
        .containsExactly(
            "interaction accountId=\"ann_b\" recordId=\"vote:ann_b:t3_1abc\""
                + " recordDay=1970-01-01 verb=like objectId=\"t3_1abc\"");
    assertThat(Statements.asText(votes, "1abd,https://www.example.org/r/bees/1abd,down"))
        .containsExactly("ignored: vote down");
    assertThat(Statements.asText(reddit("comment_votes.csv"), "2x,p,up").get(0))
        .contains("objectId=\"t1_2x\"");
    assertThat(Statements.asText(reddit("friends.csv"), "Bob,"))
        .containsExactly(
            "interaction accountId=\"ann_b\" recordId=\"follow:ann_b:bob\""
                + " recordDay=1970-01-01 verb=follow targetAccountId=\"bob\"");
    assertThat(Statements.asText(reddit("comments.csv"), "\"a text that goes"))
        .containsExactly("ignored: comments of an archive");
    assertThat(Statements.asText(reddit("statistics.csv"), "email address,a@example.org"))
        .containsExactly("ignored: statistics of the archive's owner");
    assertThatThrownBy(() -> Statements.of(votes, "A B,p,up"))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("id: not an id");
    assertThat(Statements.asText(new RedditFormat().inFile("r/dt=2026-01-05/friends.csv"), "bob"))
        .containsExactly("ignored: CSV export without its account");
  }

  @Test
  void aSubmissionWithoutATitleSaysSo() throws RejectedLineException {
    assertThat(
            Statements.asText(
                new RedditFormat(),
                "{\"id\":\"a\",\"created_utc\":1600000000,\"selftext\":\"x\",\"is_self\":true}"))
        .containsExactly("ignored: submission without a title");
  }
}
