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
        "\uFEFFChannel ID,Channel Country,Channel Description (Original),Channel Title (Original),"
            + "Channel Visibility\n"
            + OWNER
            + ",NL,\"All about bees.\n\nAnd \"\"wasps\"\"\",Ann,Public\n";
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

  /** The columns of comments as they were until June 2024, after it, and since posts have them. */
  @Test
  void commentsAnswerVideosAndComments() throws RejectedLineException {
    DumpFormat format = youtube("comments/comments(2).csv");
    String at = "2023-09-19T17:42:53.434647+00:00";
    String segments =
        "\"{\"\"takeoutSegments\"\":[{\"\"text\"\":\"\"Hello \"\"},{\"\"text\"\":\"\"bees\"\"}]}\"";
    String pieces = "\"{\"\"text\"\":\"\"Hello \"\"},{\"\"text\"\":\"\"bees\"\"}\"";
    String post = "UgxtaaaaaaaaaaaaaaF4AaABAg";
    for (String line :
        List.of(
            post + "," + OWNER + "," + at + ",0,,abcdefghijk," + segments,
            OWNER + "," + at + ",0," + post + ",,abcdefghijk," + pieces,
            post + "," + OWNER + "," + at + ",0,,,abcdefghijk," + pieces + ",")) {
      List<String> said = Statements.asText(format, line);
      assertThat(said).hasSize(2);
      assertThat(said.get(0))
          .startsWith("post accountId=\"" + OWNER + "\"")
          .contains("recordId=\"" + post + "\"", "text=\"Hello bees\"")
          .contains("replyToId=\"abcdefghijk\"");
      assertThat(said.get(1)).contains("verb=reply", "objectId=\"abcdefghijk\"");
    }
    String above = "UgwDaaaaaaaaaaaaaaZ4AaABAg";
    String reply = above + ".9iwJaaaaaaaa9u0lvaaAbh";
    for (String line :
        List.of(
            reply + "," + OWNER + "," + at + ",0," + above + ",abcdefghijk," + segments,
            OWNER + "," + at + ",0," + reply + "," + above + ",abcdefghijk," + pieces,
            reply
                + ","
                + OWNER
                + ","
                + at
                + ",0,"
                + above
                + ",,abcdefghijk,"
                + pieces
                + ","
                + above)) {
      assertThat(Statements.asText(format, line).get(1))
          .contains("recordId=\"" + reply + "\"", "verb=reply", "objectId=\"" + above + "\"");
    }
    // Replies may answer replies.
    String other = above + ".9iwJaaaaaaaa9u0lvaaAzz";
    assertThat(
            Statements.asText(
                    format,
                    reply
                        + ","
                        + OWNER
                        + ","
                        + at
                        + ",0,"
                        + other
                        + ",,abcdefghijk,"
                        + pieces
                        + ","
                        + above)
                .get(1))
        .contains("recordId=\"" + reply + "\"", "objectId=\"" + other + "\"");
    // A channel's own post has comments as well.
    String text = "Ugkx" + "a".repeat(32);
    assertThat(
            Statements.asText(
                    format, post + "," + OWNER + "," + at + ",0,," + text + ",," + pieces + ",")
                .get(1))
        .contains("recordId=\"" + post + "\"", "verb=reply", "objectId=\"" + text + "\"");
    for (String header :
        List.of(
            "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video"
                + " ID,Comment Text",
            "Channel ID,Comment Create Timestamp,Price,Comment ID,Parent Comment ID,Video"
                + " ID,Comment Text")) {
      assertThat(Statements.asText(format, header))
          .containsExactly("ignored: header of the CSV file");
    }
    assertThatThrownBy(() -> Statements.of(format, OWNER + ",soon," + post))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("no time in the line");
    assertThatThrownBy(() -> Statements.of(format, OWNER + "," + at + "," + text))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("no comment in the line");
    assertThat(Statements.asText(youtube("channels/channel.csv"), "a line of a description"))
        .containsExactly("ignored: channel of the archive's owner");
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
    assertThat(Statements.asText(reddit("posts.csv"), "1abc,\"a text that goes"))
        .containsExactly("ignored: posts of an archive");
    assertThat(Statements.asText(reddit("statistics.csv"), "email address,a@example.org"))
        .containsExactly("ignored: statistics of the archive's owner");
    assertThatThrownBy(() -> Statements.of(votes, "A B,p,up"))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("id: not an id");
    assertThat(Statements.asText(new RedditFormat().inFile("r/dt=2026-01-05/friends.csv"), "bob"))
        .containsExactly("ignored: CSV export without its account");
  }

  /** Without their texts, each on one line: comment_headers.csv beside comments.csv. */
  @Test
  void answersOfAnAccountOfReddit() throws RejectedLineException {
    DumpFormat comments = reddit("comment_headers.csv");
    assertThat(Statements.asText(comments, "id,permalink,date,ip,subreddit,gildings,link,parent"))
        .containsExactly("ignored: header of the CSV file");
    String link = "https://www.example.org/r/bees/comments/1abc/wild_bees/";
    String line = "k2x," + link + "k2x/,2019-12-17 06:20:10 UTC,,bees,0," + link + ",";
    List<String> said = Statements.asText(comments, line);
    assertThat(said).hasSize(2);
    assertThat(said.get(0))
        .contains("accountId=\"ann_b\"", "recordId=\"t1_k2x\"", "2019-12-17")
        .contains("threadId=\"t3_1abc\"", "replyToId=\"t3_1abc\"", "bees");
    assertThat(said.get(1)).contains("verb=reply", "objectId=\"t3_1abc\"");
    assertThat(Statements.asText(comments, line + "k1a").get(1)).contains("objectId=\"t1_k1a\"");
    assertThat(Statements.asText(comments, line + "t1_k1a").get(1)).contains("objectId=\"t1_k1a\"");
    assertThatThrownBy(() -> Statements.of(comments, "k2x,p,soon,,bees,0," + link + ","))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("date: not a time");
    assertThatThrownBy(() -> Statements.of(comments, "k2x,p,2019-12-17 06:20:10 UTC"))
        .isInstanceOf(RejectedLineException.class)
        .hasMessage("not CSV: fewer than eight values");
    assertThat(
            Statements.asText(
                new RedditFormat().inFile("r/dt=2026-01-05/comment_headers.csv"), line))
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
